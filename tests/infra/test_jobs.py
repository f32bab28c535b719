"""The queue: ordered once, leased by one, taken over from the dead."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from comity.infra import jobs
from comity.infra.database import Database
from comity.infra.jobs import ATTEMPTS_MAX, BACKOFF_S, LEASE_S, Job, JobAbsent, JobTooLarge, LeaseLost, State
from comity.kit.clock import FakeClock

KIND = "probe"


def order(database: Database, clock: FakeClock, key: str | None = None, after_s: float = 0, **payload: Any) -> str:
    now = clock.now()
    with database.transaction(write=True) as connection:
        return jobs.enqueue(connection, KIND, payload, due=now + timedelta(seconds=after_s), at=now, key=key)


def take(database: Database, clock: FakeClock) -> Job | None:
    with database.transaction(write=True) as connection:
        return jobs.lease(connection, clock.now(), [KIND])


def taken(database: Database, clock: FakeClock) -> Job:
    job = take(database, clock)
    assert job is not None
    return job


def state(database: Database, job_id: str) -> Job:
    with database.transaction(write=False) as connection:
        return jobs.find(connection, job_id)


def is_due(database: Database, clock: FakeClock) -> bool:
    with database.transaction(write=False) as connection:
        return jobs.is_due(connection, clock.now(), [KIND])


def failed(database: Database, clock: FakeClock, job: Job, *, again: bool = True) -> State:
    with database.transaction(write=True) as connection:
        return jobs.fail(connection, job, ("probe.failed", "It did not work."), clock.now(), again=again)


def test_a_job_carries_its_payload_to_whoever_leases_it(database: Database, clock: FakeClock) -> None:
    job_id = order(database, clock, edition="e1", count=3)
    job = taken(database, clock)
    assert (job.id, job.kind, job.payload) == (job_id, KIND, {"edition": "e1", "count": 3})
    assert (job.state, job.attempts, job.started_at) == (State.RUNNING, 1, clock.now())
    assert job.leased_until == clock.now() + timedelta(seconds=LEASE_S)


def test_a_leased_job_is_not_leased_again(database: Database, clock: FakeClock) -> None:
    order(database, clock)
    assert take(database, clock) is not None
    assert take(database, clock) is None
    assert not is_due(database, clock)


def test_a_job_waits_until_it_is_due(database: Database, clock: FakeClock) -> None:
    order(database, clock, after_s=60)
    assert not is_due(database, clock)
    assert take(database, clock) is None
    clock.advance(timedelta(seconds=60))
    assert is_due(database, clock)
    assert take(database, clock) is not None


def test_the_longest_due_comes_first(database: Database, clock: FakeClock) -> None:
    late = order(database, clock, after_s=20)
    early = order(database, clock, after_s=10)
    clock.advance(timedelta(seconds=30))
    assert [taken(database, clock).id, taken(database, clock).id] == [early, late]


def test_a_worker_sees_only_its_own_kinds(database: Database, clock: FakeClock) -> None:
    order(database, clock)
    with database.transaction(write=True) as connection:
        assert jobs.lease(connection, clock.now(), ["other"]) is None
        assert jobs.lease(connection, clock.now(), []) is None


def test_an_order_that_rolled_back_was_never_given(database: Database, clock: FakeClock) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction(write=True) as connection:
        jobs.enqueue(connection, KIND, {"ratio": 1 / 0}, due=clock.now(), at=clock.now())
    assert take(database, clock) is None


def test_an_oversized_payload_is_refused(database: Database, clock: FakeClock) -> None:
    with pytest.raises(JobTooLarge):
        order(database, clock, text="x" * jobs.PAYLOAD_BYTES_MAX)


def test_a_finished_job_keeps_its_result(database: Database, clock: FakeClock) -> None:
    job_id = order(database, clock)
    job = taken(database, clock)
    clock.advance(timedelta(seconds=5))
    with database.transaction(write=True) as connection:
        jobs.finish(connection, job, {"added": 2}, clock.now())
    done = state(database, job_id)
    assert (done.state, done.result, done.finished_at) == (State.DONE, {"added": 2}, clock.now())
    assert take(database, clock) is None


def test_progress_is_seen_by_others_and_keeps_the_lease(database: Database, clock: FakeClock) -> None:
    job = state(database, order(database, clock))
    job = taken(database, clock)
    clock.advance(timedelta(seconds=LEASE_S - 1))
    with database.transaction(write=True) as connection:
        jobs.progress(connection, job, clock.now(), done=7, total=9, message="reading")
    seen = state(database, job.id)
    assert (seen.done, seen.total, seen.message) == (7, 9, "reading")
    clock.advance(timedelta(seconds=LEASE_S - 1))
    assert take(database, clock) is None


def test_an_expired_lease_is_taken_over_and_the_first_worker_can_no_longer_finish(
    database: Database, clock: FakeClock
) -> None:
    order(database, clock)
    first = taken(database, clock)
    clock.advance(timedelta(seconds=LEASE_S))
    second = taken(database, clock)
    assert (second.id, second.attempts) == (first.id, 2)
    with pytest.raises(LeaseLost), database.transaction(write=True) as connection:
        jobs.finish(connection, first, "late", clock.now())
    with pytest.raises(LeaseLost), database.transaction(write=True) as connection:
        jobs.extend(connection, first, clock.now())
    with database.transaction(write=True) as connection:
        jobs.finish(connection, second, "in time", clock.now())
    assert state(database, first.id).result == "in time"


def test_a_job_whose_every_worker_dies_fails_in_the_end(database: Database, clock: FakeClock) -> None:
    job_id = order(database, clock)
    for _ in range(ATTEMPTS_MAX):
        assert take(database, clock) is not None
        clock.advance(timedelta(seconds=LEASE_S))
    assert is_due(database, clock)
    assert take(database, clock) is None
    assert (state(database, job_id).state, state(database, job_id).error_code) == (State.FAILED, "job.worker_lost")
    assert not is_due(database, clock)


def test_each_failure_waits_twice_as_long_until_the_last(database: Database, clock: FakeClock) -> None:
    job_id = order(database, clock)
    waits: list[float] = []
    while failed(database, clock, taken(database, clock)) is State.WAITING:
        waits.append((state(database, job_id).due - clock.now()).total_seconds())
        clock.advance(timedelta(seconds=waits[-1]))
    assert waits == [BACKOFF_S * factor for factor in (1, 2, 4, 8, 16)]
    last = state(database, job_id)
    assert (last.state, last.attempts, last.error_code) == (State.FAILED, ATTEMPTS_MAX, "probe.failed")
    assert last.error_detail == "It did not work."


def test_a_hopeless_failure_is_not_tried_again(database: Database, clock: FakeClock) -> None:
    order(database, clock)
    assert failed(database, clock, taken(database, clock), again=False) is State.FAILED


def test_one_untried_job_waits_per_key_and_the_earlier_time_wins(database: Database, clock: FakeClock) -> None:
    first = order(database, clock, key="k", after_s=60)
    assert order(database, clock, key="k", after_s=90) == first
    assert state(database, first).due == clock.now() + timedelta(seconds=60)
    assert order(database, clock, key="k", after_s=30) == first
    assert state(database, first).due == clock.now() + timedelta(seconds=30)
    assert order(database, clock, key="other") != first
    assert order(database, clock) != order(database, clock)


def test_a_running_job_orders_its_successor_and_may_still_be_tried_again(database: Database, clock: FakeClock) -> None:
    order(database, clock, key="hourly")
    job = taken(database, clock)
    successor = order(database, clock, key="hourly", after_s=3600)
    assert successor != job.id
    assert failed(database, clock, job) is State.WAITING
    clock.advance(timedelta(seconds=BACKOFF_S))
    retry = taken(database, clock)
    assert retry.id == job.id
    assert order(database, clock, key="hourly", after_s=3600) == successor


def test_finished_jobs_are_listed_newest_first_and_forgotten_by_age(database: Database, clock: FakeClock) -> None:
    older = order(database, clock)
    job = taken(database, clock)
    with database.transaction(write=True) as connection:
        jobs.finish(connection, job, None, clock.now())
    clock.advance(timedelta(days=1))
    newer = order(database, clock)
    with database.transaction(write=True) as connection:
        assert [job.id for job in jobs.latest(connection, set(State))] == [newer, older]
        assert [job.id for job in jobs.latest(connection, [State.DONE], [KIND])] == [older]
        assert jobs.latest(connection, set(State), ["other"]) == []
        assert jobs.forget(connection, clock.now()) == 1
        assert [job.id for job in jobs.latest(connection, set(State))] == [newer]
    with pytest.raises(JobAbsent):
        state(database, older)


def test_six_threads_share_four_hundred_jobs_and_do_each_exactly_once(database: Database, clock: FakeClock) -> None:
    ordered = {order(database, clock, n=n) for n in range(400)}
    did: list[str] = []

    def labour() -> None:
        while job := take(database, clock):
            did.append(job.id)
            with database.transaction(write=True) as connection:
                jobs.finish(connection, job, None, clock.now())

    threads = [threading.Thread(target=labour) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(did) == Counter(ordered)
