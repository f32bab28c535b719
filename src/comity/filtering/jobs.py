"""What follows by itself: a look back when somebody new is in force, and the release of what was decided to be nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

from comity.model.permission import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager

    from comity.filtering.service import Place as Filtering
    from comity.infra.jobs import Job
    from comity.infra.work import Work
    from comity.infra.worker import Handler, Progress

LOOK_BACK: Final = "filtering.look_back"
"""The job that looks for whoever is new among past payments."""
SETTLE: Final = "filtering.settle"
"""The job that releases held payments all of whose matches were decided to be false."""
SETTLING: Final = frozenset({"alerts.decided", "alerts.confirmed", "alerts.good_guy_confirmed"})
"""Events after which a held payment may have nothing left to wait for."""


class Place(Protocol):
    """Where these jobs run: a node."""

    @property
    def filtering(self) -> Filtering:
        """What the services of this feature need."""
        ...

    def work(self, permission: Permission, *, write: bool = True) -> AbstractContextManager[Work]:
        """Begin a unit of work of the node itself."""
        ...


def order_look_back(work: Work) -> None:
    """Order a look back over past payments; several orders are one."""
    work.enqueue(LOOK_BACK, {}, key=LOOK_BACK)


def order_settling(work: Work) -> None:
    """Order a look at the held payments; several orders are one."""
    work.enqueue(SETTLE, {}, key=SETTLE)


def handlers(place: Place) -> Mapping[str, Handler]:
    """Return the handlers of this feature's jobs."""

    def look_back(job: Job, progress: Progress) -> Any:  # noqa: ARG001 - there is nothing to be told
        from comity.filtering import service  # noqa: PLC0415 - a quarter of a second, for whoever screens payments
        from comity.screening.model.failures import GroundAbsent  # noqa: PLC0415 - the same

        with place.work(Permission.PAYMENTS_SCREEN, write=False) as work:
            if not service.has_past(work):
                return {"payments": 0}
            try:
                found = service.look_back(
                    work,
                    place.filtering,
                    told=lambda done, total: progress(done, total, "Looking back over past payments."),
                )
            except GroundAbsent:
                return {"payments": 0}
        with place.work(Permission.PAYMENTS_SCREEN) as work:
            service.keep_lookback(work, place.filtering, found)
        return {"lookback": found.id, "listed": found.listed, "payments": found.payments}

    def settle(job: Job, progress: Progress) -> Any:  # noqa: ARG001 - it is over before anybody asks
        from comity.filtering import service  # noqa: PLC0415 - a quarter of a second, for whoever screens payments

        with place.work(Permission.PAYMENTS_DECIDE) as work:
            return {"released": service.settle(work, place.filtering)}

    return {LOOK_BACK: look_back, SETTLE: settle}
