"""Ordering that lists are asked for: on their schedule, or at once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from comity.infra.jobs import State
from comity.lists import store
from comity.lists.model import Every
from comity.lists.service.fetching import fetchable

if TYPE_CHECKING:
    from collections.abc import Collection

    from comity.infra.jobs import Job
    from comity.infra.work import Work
    from comity.lists.service.desk import Desk

UPDATE: Final = "lists.update"
"""The job that asks a publisher now."""

FOLLOW: Final = "lists.follow"
"""The job that asks a publisher now, and again after the list's interval, for as long as the node runs."""


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


def orders(work: Work) -> list[Job]:
    """Return the orders that are due or under way, those under way first; what waits for its hour is none of them."""
    found = store.orders(work, (UPDATE, FOLLOW))
    return sorted(found, key=lambda job: (job.state is not State.RUNNING, job.due))
