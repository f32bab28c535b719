"""Ending good-guy entries on their day, opening again what they kept silent, and trying versions of profiles."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final, Protocol

from comity.alerts.model.trying import TRY
from comity.model.permission import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager

    from comity.infra.jobs import Job
    from comity.infra.work import Work
    from comity.infra.worker import Handler, Progress
    from comity.screening.service import Place as Screening

EXPIRE: Final = "alerts.expire"
"""The job that ends the good-guy entries whose last day has passed."""
VOUCHING: Final = "alerts.good_guy_confirmed"
"""The event after which there is an entry that will end some day."""


class Place(Protocol):
    """Where these jobs run: a node."""

    @property
    def screening(self) -> Screening:
        """What screening needs."""
        ...

    def work(self, permission: Permission, *, write: bool = True) -> AbstractContextManager[Work]:
        """Begin a unit of work of the node itself."""
        ...


def order(work: Work) -> None:
    """Order a look at the good-guy entries for the next midnight, UTC; several orders are one."""
    next_day = datetime.combine(work.at.date() + timedelta(days=1), time(), UTC)
    work.enqueue(EXPIRE, {}, due=next_day, key=EXPIRE)


def handlers(place: Place) -> Mapping[str, Handler]:
    """Return the handlers of this feature's jobs."""

    def expire(job: Job, progress: Progress) -> Any:  # noqa: ARG001 - it is over before anybody asks
        from comity.alerts import service  # noqa: PLC0415 - a tenth of a second, once a day

        with place.work(Permission.ALERTS_CONFIRM) as work:
            order(work)
            return {"ended": service.expire(work)}

    def attempt(job: Job, progress: Progress) -> Any:
        from comity.alerts import service  # noqa: PLC0415 - the same

        progress(0, None, "Asking again about what was decided.")
        return {"trial": service.run_trial(place, job, progress)}

    return {EXPIRE: expire, TRY: attempt}
