"""The unit of work: everything of it, or nothing."""

from __future__ import annotations

import pytest

from comity.infra import jobs, ledger, work
from comity.infra.database import Database
from comity.infra.work import Work
from comity.kit.clock import FakeClock
from comity.model.actor import OPERATOR, Purpose
from comity.model.permission import Permission

GROUNDS = {"actor": OPERATOR, "purpose": Purpose.AUDIT, "permission": Permission.LEDGER_READ}


def events(database: Database) -> int:
    with database.transaction(write=False) as connection:
        return ledger.size(connection)


def orders(database: Database) -> list[str]:
    with database.transaction(write=False) as connection:
        return [job.id for job in jobs.latest(connection, set(jobs.State))]


def test_a_work_knows_who_why_by_what_right_and_when(database: Database, clock: FakeClock) -> None:
    with work.begin(database, clock, **GROUNDS) as begun:  # type: ignore[arg-type]
        assert (begun.actor, begun.purpose, begun.permission) == tuple(GROUNDS.values())
        assert begun.at == clock.now()


def test_at_its_end_its_events_and_orders_stand(database: Database, clock: FakeClock) -> None:
    before = events(database)
    with work.begin(database, clock, **GROUNDS) as begun:  # type: ignore[arg-type]
        begun.record("probe.made", count=1)
        begun.record("probe.made", count=2)
        job_id = begun.enqueue("probe", {"n": 1})
    assert events(database) == before + 2
    assert orders(database) == [job_id]


def fail(begun: Work) -> None:
    begun.record("probe.made")
    begun.enqueue("probe", {})
    raise ZeroDivisionError


def test_on_a_failure_no_trace_of_it_is_left(database: Database, clock: FakeClock) -> None:
    before = events(database)
    with pytest.raises(ZeroDivisionError), work.begin(database, clock, **GROUNDS) as begun:  # type: ignore[arg-type]
        fail(begun)
    assert events(database) == before
    assert orders(database) == []


def test_an_event_carries_the_grounds_of_its_work(database: Database, clock: FakeClock) -> None:
    with work.begin(database, clock, **GROUNDS) as begun:  # type: ignore[arg-type]
        begun.record("probe.made", count=1)
    with database.transaction(write=False) as connection:
        (event,) = [entry.event for entry in ledger.read(connection, kind="probe.made")]
    assert event is not None
    assert (event.actor, event.purpose, event.permission, event.at, event.facts) == (
        OPERATOR.id,
        "audit",
        "ledger.read",
        clock.now(),
        {"count": 1},
    )


def test_an_order_may_be_due_later_and_once_per_key(database: Database, clock: FakeClock) -> None:
    with work.begin(database, clock, **GROUNDS) as begun:  # type: ignore[arg-type]
        first = begun.enqueue("probe", {}, key="k")
        assert begun.enqueue("probe", {}, key="k") == first
    assert orders(database) == [first]


def test_a_work_tells_the_kinds_of_what_it_has_recorded(database: Database, clock: FakeClock) -> None:
    with work.begin(database, clock, **GROUNDS) as begun:  # type: ignore[arg-type]
        assert begun.recorded == frozenset()
        begun.record("probe.seen", count=1)
        begun.record("probe.seen", count=2)
        assert begun.recorded == {"probe.seen"}
