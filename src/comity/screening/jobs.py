"""Keeping the index fresh, so that whoever screens next need not wait for it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from comity.model.permission import Permission
from comity.screening import service
from comity.screening.model.failures import GroundAbsent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from comity.infra.jobs import Job
    from comity.infra.work import Work
    from comity.infra.worker import Handler, Progress

INDEX: Final = "screening.index"
"""The job that builds the index of what is in force."""

CHANGING: Final = frozenset(
    {
        "lists.edition_accepted", "lists.edition_released", "register.judged", "register.judgement_undone",
        "register.act_entered", "register.act_withdrawn",
    }
)  # fmt: skip
"""Events after which somebody else, or somebody under other names, is in force."""


def order(work: Work) -> None:
    """Order the index of what is in force from now on; several orders are one."""
    work.enqueue(INDEX, {}, key=INDEX)


def _order_next(work: Work) -> None:
    """Order the index of the next day of the law: what was enacted for that day comes into force with it."""
    next_day = datetime.combine(work.at.date() + timedelta(days=1), time(), UTC)
    work.enqueue(INDEX, {}, due=next_day, key=INDEX)


def handlers(place: service.Node) -> Mapping[str, Handler]:
    """Return the handlers of this feature's jobs."""

    def index(job: Job, progress: Progress) -> Any:  # noqa: ARG001 - there is nothing to be told
        progress(0, None, "Building the index of who is in force.")
        with place.work(Permission.OPERATE) as work:
            _order_next(work)
        with place.work(Permission.OPERATE, write=False) as work:
            try:
                built = service.fresh(work, place.screening)
            except GroundAbsent:
                return {"entries": 0}
        return {"entries": len(built.entries), "digest": built.digest}

    def file(job: Job, progress: Progress) -> Any:
        progress(0, None, "Screening a file of names.")
        return service.run_file(place, job, progress)

    def replay(job: Job, progress: Progress) -> Any:
        progress(0, None, "Working the register out as it was known then.")
        return {"screening": job.payload["screening"], "answer": sha256(service.run_replay(place, job)).hexdigest()}

    return {INDEX: index, service.FILE: file, service.REPLAY: replay}
