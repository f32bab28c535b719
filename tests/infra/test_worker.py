"""The worker: every job ends in an answer, whatever its handler does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from comity.infra import jobs, worker
from comity.infra.database import Database, DatabaseUnavailable
from comity.infra.jobs import LEASE_S, Job, State
from comity.infra.worker import Handler, Progress, Worker
from comity.kit.clock import FakeClock
from comity.kit.errors import Invalid, Unavailable

KIND = "probe"
PATIENCE_S = 20.0


class ProbeMalformed(Invalid):
    code = "probe.malformed"


class ProbeAway(Unavailable):
    code = "probe.away"


def order(database: Database, clock: FakeClock, **payload: Any) -> str:
    with database.transaction(write=True) as connection:
        return jobs.enqueue(connection, KIND, payload, due=clock.now(), at=clock.now())


def found(database: Database, job_id: str) -> Job:
    with database.transaction(write=False) as connection:
        return jobs.find(connection, job_id)


def after_one_step(database: Database, clock: FakeClock, handler: Handler) -> Job:
    job_id = order(database, clock)
    assert Worker(database, clock, {KIND: handler}).step()
    return found(database, job_id)


def test_a_handlers_answer_is_kept(database: Database, clock: FakeClock) -> None:
    job = after_one_step(database, clock, lambda job, _: {"seen": job.id, "tuple": (1, 2)})
    assert (job.state, job.result) == (State.DONE, {"seen": job.id, "tuple": [1, 2]})


def test_without_a_due_job_of_its_kinds_a_worker_does_nothing(database: Database, clock: FakeClock) -> None:
    order(database, clock)
    assert not Worker(database, clock, {"other": lambda _job, _progress: None}).step()
    assert not Worker(database, clock, {}).step()


def test_a_failure_that_may_pass_is_tried_again(database: Database, clock: FakeClock) -> None:
    def handler(job: Job, progress: Progress) -> str:
        if job.attempts == 1:
            raise ProbeAway("The publisher does not answer.")
        return "done at last"

    job = after_one_step(database, clock, handler)
    assert (job.state, job.error_code, job.error_detail) == (
        State.WAITING,
        "probe.away",
        "The publisher does not answer.",
    )
    clock.advance(job.due - clock.now())
    assert Worker(database, clock, {KIND: handler}).step()
    assert found(database, job.id).result == "done at last"


def test_a_failure_that_cannot_pass_is_final(database: Database, clock: FakeClock) -> None:
    def handler(job: Job, progress: Progress) -> None:
        raise ProbeMalformed("The file is malformed.")

    job = after_one_step(database, clock, handler)
    assert (job.state, job.error_code, job.attempts) == (State.FAILED, "probe.malformed", 1)


def test_a_bug_is_logged_and_shown_only_as_an_incident(database: Database, clock: FakeClock) -> None:
    def handler(job: Job, progress: Progress) -> None:
        raise KeyError("Zinaida Quorbel")

    with capture_logs() as logs:
        job = after_one_step(database, clock, handler)
    assert (job.state, job.error_code) == (State.WAITING, "bug")
    incident = next(entry["incident"] for entry in logs if entry["event"] == "job.bug")
    assert incident in str(job.error_detail)
    assert "Quorbel" not in str(job.error_detail)


def test_a_worker_that_lost_its_lease_changes_nothing_more(database: Database, clock: FakeClock) -> None:
    def slow(job: Job, progress: Progress) -> str:
        clock.advance(timedelta(seconds=LEASE_S))
        assert Worker(database, clock, {KIND: lambda _job, _progress: "the other"}).step()
        return "too late"

    assert after_one_step(database, clock, slow).result == "the other"


def test_a_late_failure_changes_nothing_either(database: Database, clock: FakeClock) -> None:
    def slow(job: Job, progress: Progress) -> str:
        clock.advance(timedelta(seconds=LEASE_S))
        assert Worker(database, clock, {KIND: lambda _job, _progress: "the other"}).step()
        raise ProbeAway("Too late.")

    job = after_one_step(database, clock, slow)
    assert (job.state, job.result) == (State.DONE, "the other")


def test_progress_is_seen_while_the_handler_runs(
    database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "HEARTBEAT_S", 0.01)
    unseen = threading.Event()  # never set: only a bounded way to wait

    def handler(job: Job, progress: Progress) -> list[Any]:
        progress(7, 9, "reading")
        for _ in range(int(PATIENCE_S / 0.01)):
            seen = found(database, job.id)
            if seen.done:
                return [seen.done, seen.total, seen.message]
            unseen.wait(0.01)
        return []

    assert after_one_step(database, clock, handler).result == [7, 9, "reading"]


def test_the_heart_never_holds_up_a_handler_that_is_writing(
    database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "HEARTBEAT_S", 0.01)

    def handler(job: Job, progress: Progress) -> str:
        with database.transaction(write=True) as connection:
            for n in range(10):
                progress(n)
                threading.Event().wait(0.01)
            jobs.enqueue(connection, "successor", {}, due=clock.now(), at=clock.now())
        return "written"

    assert after_one_step(database, clock, handler).result == "written"


def test_workers_run_until_they_are_told_to_stop_and_share_the_jobs(
    database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "POLL_S", 0.01)
    stop = threading.Event()
    did: list[str] = []

    def handler(job: Job, progress: Progress) -> None:
        did.append(job.id)
        if len(did) == 20:
            stop.set()

    threads = [threading.Thread(target=Worker(database, clock, {KIND: handler}).run, args=[stop]) for _ in range(2)]
    for thread in threads:
        thread.start()
    ordered = [order(database, clock) for _ in range(20)]
    for thread in threads:
        thread.join(PATIENCE_S)
    assert sorted(did) == sorted(ordered)


class Away(Database):
    """A database that cannot be reached the first few times."""

    def __init__(self, real: Database, times: int) -> None:
        self.engine = real.engine
        self.times = times

    @contextmanager
    def transaction(self, *, write: bool) -> Iterator[sa.Connection]:
        if self.times:
            self.times -= 1
            raise DatabaseUnavailable("The database cannot be reached.")
        with super().transaction(write=write) as connection:
            yield connection


def test_a_worker_waits_for_a_database_that_is_away(
    database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "POLL_S", 0.01)
    stop = threading.Event()
    job_id = order(database, clock)
    Worker(Away(database, times=3), clock, {KIND: lambda _job, _progress: stop.set()}).run(stop)
    assert found(database, job_id).state is State.DONE


def test_a_worker_outlives_an_answer_that_cannot_be_kept(
    database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a handler answers must be plain; one that is not is a bug of the feature, and the next job is done all the same."""
    monkeypatch.setattr(worker, "POLL_S", 0.01)
    stop = threading.Event()
    order(database, clock)
    clock.advance(timedelta(seconds=1))
    last = order(database, clock, last=True)

    def handler(job: Job, _progress: Progress) -> Any:
        if not job.payload:
            return object()
        return stop.set()

    Worker(database, clock, {KIND: handler}).run(stop)
    assert found(database, last).state is State.DONE
