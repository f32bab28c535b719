"""Ordering that lists are asked for, on their schedule or at once, and that the files somebody has given are loaded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
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


@dataclass(frozen=True)
class Orders:
    """What is to be done with lists now; what waits for its hour is no part of it."""

    under_way: tuple[Job, ...]
    waiting: tuple[Job, ...]
    """In the order in which their turns come."""


def orders(work: Work, list_id: str = "") -> Orders:
    """Return the orders of a list, or of all: each set of files that somebody has given, and each list that is asked for once."""
    due = [job for job in store.orders(work, (LOAD, UPDATE, FOLLOW)) if list_id in {"", job.payload["list"]}]
    due.sort(key=lambda job: (not _is_under_way(job, work.at), job.due))
    asks = {job.payload["list"]: job for job in reversed(due) if job.kind != LOAD}
    found = [job for job in due if job.kind == LOAD or job is asks[job.payload["list"]]]
    under_way = tuple(job for job in found if _is_under_way(job, work.at))
    return Orders(under_way=under_way, waiting=tuple(found[len(under_way) :]))


def _is_under_way(job: Job, at: datetime) -> bool:
    """Tell whether a worker is at it; one that fell silent is not."""
    return job.state is State.RUNNING and job.leased_until is not None and job.leased_until > at
