"""Following the publishers, each on its schedule and at once when a person wants it; and loading the files that somebody has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

import msgspec

from comity.lists import service
from comity.model.permission import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from comity.infra.jobs import Job
    from comity.infra.worker import Handler, Progress
    from comity.lists.service import Desk


AFAR: Final = frozenset({service.UPDATE, service.FOLLOW})
"""The jobs that wait for somebody else's server, for minutes if it is away."""


class Place(service.Place, Protocol):
    """Where these jobs run: a node."""

    @property
    def desk(self) -> Desk:
        """What the services of this feature need."""
        ...


def handlers(place: Place) -> Mapping[str, Handler]:
    """Return the handlers of this feature's jobs."""

    def update(job: Job, progress: Progress) -> Any:
        taken = service.update(place, place.desk, job.payload["list"], progress)
        return msgspec.to_builtins(taken)

    def follow(job: Job, progress: Progress) -> Any:
        list_id = job.payload["list"]
        with place.work(Permission.LISTS_UPDATE) as work:
            service.order(work, place.desk, [list_id])
        return update(job, progress)

    def load(job: Job, progress: Progress) -> Any:
        staged, published = service.ordered(job)
        progress(0, None, ", ".join(staged.names.values()))
        return msgspec.to_builtins(service.load(place, place.desk, staged, published))

    return {service.UPDATE: update, service.FOLLOW: follow, service.LOAD: load}
