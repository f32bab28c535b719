"""Ordering that lists are asked for, on their schedule or at once, and that the files somebody has given are loaded."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from comity.infra.jobs import State
from comity.lists import store
from comity.lists.model import Every
from comity.lists.service.fetching import fetchable
from comity.lists.service.files import Staged, head
from comity.lists.service.loading import when_published

if TYPE_CHECKING:
    from collections.abc import Collection

    from comity.infra.jobs import Job
    from comity.infra.work import Work
    from comity.lists.service.desk import Desk

UPDATE: Final = "lists.update"
"""The job that asks a publisher now."""

FOLLOW: Final = "lists.follow"
"""The job that asks a publisher now, and again after the list's interval, for as long as the node runs."""


LOAD: Final = "lists.load"
"""The job that loads files which somebody has given."""


def order(work: Work, desk: Desk, lists: Collection[str], *, first: bool = False) -> None:
    """Order the next check of some lists; at most one waits for each. `first` asks at once, as a node does when it starts."""
    for list_id in lists:
        schedule = desk.source(list_id).schedule
        if isinstance(schedule, Every) and fetchable(desk, list_id):
            due = work.at if first else work.at + timedelta(hours=schedule.hours)
            work.enqueue(FOLLOW, {"list": list_id}, due=due, key=f"{FOLLOW}:{list_id}")


def order_now(work: Work, list_id: str) -> str:
    """Order that a list is asked for at once, and return the job's id."""
    return work.enqueue(UPDATE, {"list": list_id}, key=f"{UPDATE}:{list_id}")


def order_load(work: Work, desk: Desk, staged: Collection[Staged], published: date | None) -> None:
    """Order that files are loaded, each set in its turn, once it is known when they were published.

    Raises `PublicationUnknown`, `PublicationDiffers` and what `head` raises, before anything is ordered.
    """
    for one in staged:
        when_published(one, head(desk, one), published)
    for one in staged:
        payload = {"list": one.list_id, "staged": msgspec.to_builtins(one), "published": published and str(published)}
        work.enqueue(LOAD, payload, key=f"{LOAD}:{one.list_id}:{one.sha256}")
        work.record("lists.load_ordered", list=one.list_id, sha256=one.sha256)


def ordered(job: Job) -> tuple[Staged, date | None]:
    """Return which files a job is to load, and when they were published as far as somebody has said."""
    said = job.payload["published"]
    return msgspec.convert(job.payload["staged"], Staged), date.fromisoformat(said) if said else None


def orders(work: Work) -> list[Job]:
    """Return the orders that are due or under way, those under way first; what waits for its hour is none of them.

    A list of which something is under way, or which is ordered twice, stands here once for each thing to be done.
    """
    found = sorted(
        store.orders(work, (LOAD, UPDATE, FOLLOW)), key=lambda job: (job.state is not State.RUNNING, job.due)
    )
    loads = [job for job in found if job.kind == LOAD]
    asks = {job.payload["list"]: job for job in reversed(found) if job.kind != LOAD}
    return sorted((*loads, *asks.values()), key=found.index)
