"""Screening portfolios in the background: after each change of the lists or the customers, and once a day; and taking files in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

import msgspec

from comity.model.permission import Permission
from comity.portfolios import service
from comity.portfolios.model.failures import PortfolioEmpty
from comity.portfolios.model.portfolio import Given
from comity.screening.model.failures import GroundAbsent

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager

    from comity.infra.jobs import Job
    from comity.infra.work import Work
    from comity.infra.worker import Handler, Progress

RELEASED: Final = frozenset({"screening.profile_released"})
"""Events after which customers are screened by another profile."""


class Place(Protocol):
    """Where these jobs run: a node."""

    @property
    def books(self) -> service.Books:
        """What the services of this feature need."""
        ...

    def work(self, permission: Permission, *, write: bool = True) -> AbstractContextManager[Work]:
        """Begin a unit of work of the node itself."""
        ...


def order(work: Work) -> None:
    """Order that every portfolio is screened: what is in force, or a profile, has changed."""
    service.order_all(work)


def begin(work: Work) -> None:
    """Order the screening of every day, as a node does when it starts."""
    service.order_daily(work)
    service.order_all(work)


def handlers(place: Place) -> Mapping[str, Handler]:
    """Return the handlers of this feature's jobs."""

    def screen(job: Job, progress: Progress) -> Any:
        whole = job.kind == service.SCREEN_WHOLE

        def told(done: int, total: int | None) -> None:
            progress(done, total, "Asking about customers.")

        progress(0, None, "Working out whom the change can touch.")
        try:
            done = service.run(place, job.payload["portfolio"], told, whole=whole)
        except (GroundAbsent, PortfolioEmpty) as failure:
            return {"asked": 0, "detail": failure.detail}
        return {"run": done.id, "asked": done.asked, "changed": done.changed, "result": done.result}

    def take(job: Job, progress: Progress) -> Any:
        given = msgspec.convert(job.payload["given"], Given)

        def told(done: int, total: int | None) -> None:
            progress(done, total, "Reading customers.")

        examined = service.examine(place.books, given, told)
        with place.work(Permission.PORTFOLIOS_MANAGE) as work:
            taken = service.take(work, place.books, examined, told, accept=False)
        return {"import": taken.id, "state": taken.state.value, **msgspec.to_builtins(taken.counts)}

    def daily(job: Job, progress: Progress) -> Any:  # noqa: ARG001 - there is nothing to be told
        with place.work(Permission.OPERATE) as work:
            service.order_daily(work)
            service.order_all(work)
        return None

    return {service.SCREEN: screen, service.SCREEN_WHOLE: screen, service.TAKE: take, service.DAILY: daily}
