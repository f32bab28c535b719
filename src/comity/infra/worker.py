"""The loop that does what was ordered: lease a job, run its handler, record what became of it."""

from __future__ import annotations

import secrets
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

import sqlalchemy as sa
import structlog

from comity.infra import jobs
from comity.infra.database import DatabaseUnavailable
from comity.infra.jobs import Job, LeaseLost
from comity.kit.errors import Failure, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from structlog.typing import FilteringBoundLogger

    from comity.infra.database import Database
    from comity.kit.clock import Clock

POLL_S = 1.0
"""How long an idle worker waits before it looks again."""

HEARTBEAT_S = 2.0
"""How often progress is written and the lease is renewed while a handler runs."""

PASSING = frozenset({Kind.UNAVAILABLE, Kind.LIMITED, Kind.CONFLICT})
"""Kinds of failure that may go better the next time; the others fail a job for good."""

log: FilteringBoundLogger = structlog.get_logger()


class Progress(Protocol):
    """Told by a handler how far it is; costs nothing, so it may be told for every record."""

    def __call__(self, done: int, total: int | None = None, message: str = "") -> None:
        """Say how many units are done, of how many, and what is being done now."""
        ...


class Handler(Protocol):
    """Does one kind of job, in as many works of its own as it needs, and returns a plain result. It may run twice."""

    def __call__(self, job: Job, progress: Progress) -> Any:
        """Do the job. A `Failure` of a passing kind is tried again later."""
        ...


class Worker:
    """Runs the jobs of the kinds that it has handlers for, one at a time. Any number of workers share a database."""

    def __init__(self, database: Database, clock: Clock, handlers: Mapping[str, Handler]) -> None:
        self._database = database
        self._clock = clock
        self._handlers = handlers

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop; the job at hand is finished first. A database that is away is waited for."""
        while not stop.is_set():
            try:
                busy = self.step()
            except (DatabaseUnavailable, sa.exc.OperationalError) as error:
                log.warning("worker.database_away", error=type(error).__name__)
                busy = False
            except Exception:  # the last net under the worker itself: nothing else would do what was ordered
                log.exception("worker.broke")
                busy = False
            if not busy:
                stop.wait(POLL_S)

    def step(self) -> bool:
        """Run one due job, if there is one, and tell whether there was."""
        job = self._lease()
        if job is None:
            return False
        began = time.monotonic()
        try:
            with self._heart(job) as progress:
                result = self._handlers[job.kind](job, progress)
        except Failure as failure:
            self._failed(job, (failure.code, failure.detail), again=failure.kind in PASSING)
        except Exception:  # the last net under a handler: a bug must not end the worker
            incident = secrets.token_hex(4)
            log.exception("job.bug", job=job.id, kind=job.kind, incident=incident)
            self._failed(job, ("bug", f"Something went wrong here. The log has it as incident {incident}."), again=True)
        else:
            self._done(job, result, time.monotonic() - began)
        return True

    def _lease(self) -> Job | None:
        with self._database.transaction(write=False) as connection:
            if not jobs.is_due(connection, self._clock.now(), self._handlers):
                return None
        with self._database.transaction(write=True) as connection:
            return jobs.lease(connection, self._clock.now(), self._handlers)

    def _done(self, job: Job, result: Any, seconds: float) -> None:
        try:
            with self._database.transaction(write=True) as connection:
                jobs.finish(connection, job, result, self._clock.now())
        except LeaseLost:
            log.warning("job.lease_lost", job=job.id, kind=job.kind)
        else:
            log.info("job.done", job=job.id, kind=job.kind, seconds=round(seconds, 3))

    def _failed(self, job: Job, error: tuple[str, str], *, again: bool) -> None:
        try:
            with self._database.transaction(write=True) as connection:
                state = jobs.fail(connection, job, error, self._clock.now(), again=again)
        except LeaseLost:
            log.warning("job.lease_lost", job=job.id, kind=job.kind)
        else:
            log.warning(
                "job.failed", job=job.id, kind=job.kind, code=error[0], attempt=job.attempts, status=state.value
            )

    @contextmanager
    def _heart(self, job: Job) -> Iterator[Progress]:
        heart = _Heart(self._database, self._clock, job)
        thread = threading.Thread(target=heart.beat, name=f"heart of {job.id}", daemon=True)
        thread.start()
        try:
            yield heart.tell
        finally:
            heart.stopped.set()
            thread.join()


class _Heart:
    """Writes a handler's progress and renews its lease from a thread of its own.

    The handler may hold SQLite's only write lock; then a beat waits or is missed, and the handler never waits for it.
    """

    def __init__(self, database: Database, clock: Clock, job: Job) -> None:
        self.stopped = threading.Event()
        self._database = database
        self._clock = clock
        self._job = job
        self._told: tuple[int, int | None, str] = (0, None, "")

    def tell(self, done: int, total: int | None = None, message: str = "") -> None:
        self._told = (done, total, message)

    def beat(self) -> None:
        while not self.stopped.wait(HEARTBEAT_S):
            done, total, message = self._told
            try:
                with self._database.transaction(write=True) as connection:
                    jobs.progress(connection, self._job, self._clock.now(), done=done, total=total, message=message)
            except (DatabaseUnavailable, sa.exc.OperationalError):
                continue  # the next beat may get through; the lease lasts for many
            except LeaseLost:
                return
