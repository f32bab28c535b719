"""Appending, reading and erasing, on both engines."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa

from comity.infra import ledger, work
from comity.infra.database import Database
from comity.infra.ledger import reading
from comity.infra.ledger.rows import (
    EVENT_BYTES_MAX,
    EntryAbsent,
    ErasureKept,
    EventTooLarge,
    commitment,
    entries,
    erasable_ddl,
    erasures,
    events,
)
from comity.kit.clock import FakeClock
from comity.kit.json import JsonMalformed
from comity.model.actor import OPERATOR, Purpose
from comity.model.permission import Permission
from support.engines import ON_SQLITE
from support.ledger import append, erase, event, untriggered


def test_entries_are_numbered_from_nought_without_gaps(database: Database) -> None:
    assert [append(database, count) for count in (2, 0, 3)] == [range(2), range(0), range(2, 5)]
    with database.transaction(write=False) as connection:
        assert ledger.size(connection) == 5
        assert [entry.index for entry in ledger.read(connection)] == [4, 3, 2, 1, 0]


def test_what_was_said_is_read_back(database: Database) -> None:
    append(database, 1)
    with database.transaction(write=False) as connection:
        entry = ledger.entry(connection, 0)
        opening = ledger.opening(connection, 0)
    assert entry.event == event(0)
    assert entry.leaf == commitment(opening[:32], opening[32:])
    assert opening[32:].decode().startswith('{"actor":"user:0","at":"2031-11-21T12:00:00Z","facts":{"note":"Édition')


def test_the_same_event_twice_has_two_leaves(database: Database) -> None:
    with database.transaction(write=True) as connection:
        ledger.append(connection, [event(), event()])
        first, second = ledger.read(connection)
    assert first.event == second.event
    assert first.leaf != second.leaf


def test_a_work_records_when_it_commits_and_leaves_no_trace_when_it_fails(database: Database, clock: FakeClock) -> None:
    grounds: dict[str, Any] = {"actor": OPERATOR, "purpose": Purpose.OPERATION, "permission": Permission.OPERATE}
    with work.begin(database, clock, **grounds) as doing:
        doing.record("node.started", port=8400)
    with pytest.raises(ZeroDivisionError), work.begin(database, clock, **grounds) as doing:
        record_and_fail(doing)
    with database.transaction(write=False) as connection:
        (entry,) = ledger.read(connection)
    assert entry.event == ledger.Event(
        kind="node.started",
        at=clock.now(),
        actor="operator",
        purpose="operation",
        permission="operate",
        facts={"port": 8400},
    )


def test_writers_at_once_share_no_index_and_leave_none_out(database: Database) -> None:
    with ThreadPoolExecutor(6) as pool:
        ranges = list(pool.map(lambda number: append(database, 1 + number % 3), range(60)))
    assert sorted(index for indexes in ranges for index in indexes) == list(range(120))


def test_pages_go_back_in_time_and_may_be_narrowed(database: Database) -> None:
    append(database, 7)
    with database.transaction(write=True) as connection:
        ledger.append(connection, [event(9, kind="accounts.user_added")])
        assert [entry.index for entry in ledger.read(connection, limit=3)] == [7, 6, 5]
        assert [entry.index for entry in ledger.read(connection, before=5, limit=3)] == [4, 3, 2]
        assert [entry.index for entry in ledger.read(connection, kind="accounts.user_added")] == [7]
        assert [entry.index for entry in ledger.read(connection, actor="user:1")] == [4, 1]
        assert [entry.index for entry in ledger.read(connection, actor="user:1", before=4)] == [1]


def test_an_absent_entry_is_said_to_be_absent(database: Database) -> None:
    with database.transaction(write=False) as connection:
        with pytest.raises(EntryAbsent):
            ledger.entry(connection, 0)
        with pytest.raises(EntryAbsent):
            ledger.opening(connection, 0)


@pytest.mark.parametrize("verb", ["UPDATE {} SET {}", "DELETE FROM {}", "INSERT OR REPLACE INTO {} SELECT * FROM {}"])
@pytest.mark.parametrize("table", [entries, events, erasures])
def test_nothing_changes_and_nothing_goes(database: Database, table: sa.Table, verb: str) -> None:
    append(database, 3)
    erase(database, 0)
    if "REPLACE" in verb and not database.is_embedded:
        verb = "TRUNCATE {}"
    statement = verb.format(table.name, '"index" = "index" + 100' if "SET" in verb else table.name)
    with pytest.raises(sa.exc.DBAPIError), database.transaction(write=True) as connection:
        connection.execute(sa.text(statement))


def test_an_erased_event_is_gone_and_its_place_remains(database: Database) -> None:
    append(database, 3)
    with database.transaction(write=False) as connection:
        before = ledger.entry(connection, 1)
    assert erase(database, 1) == 3
    with database.transaction(write=False) as connection:
        after = ledger.entry(connection, 1)
        with pytest.raises(EntryAbsent):
            ledger.opening(connection, 1)
    assert (after.index, after.leaf, after.event, after.erased_by) == (1, before.leaf, None, 3)


def test_an_erasure_is_made_once_and_never_of_an_erasure(database: Database) -> None:
    append(database, 2)
    act = erase(database, 0)
    with pytest.raises(EntryAbsent):
        erase(database, 0)
    with pytest.raises(EntryAbsent):
        erase(database, 77)
    with pytest.raises(ErasureKept):
        erase(database, act)
    with database.transaction(write=False) as connection:
        assert ledger.size(connection) == 3
    for wrong in (event(kind=ledger.ERASED), event(index=1), event(kind=ledger.ERASED, index="1")):
        with pytest.raises(ValueError, match="erasure"), database.transaction(write=True) as connection:
            ledger.erase(connection, wrong)


@ON_SQLITE
def test_erased_bytes_are_overwritten_on_the_disk(database: Database) -> None:
    with database.transaction(write=True) as connection:
        ledger.append(connection, [event(n, mark="ephemeral-4711") for n in range(3)])
    for index in range(3):
        erase(database, index)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    file = database.engine.url.database
    assert file is not None
    with open(file, "rb") as raw:  # noqa: PTH123 - the path is text already
        assert b"ephemeral-4711" not in raw.read()


def test_triggers_can_be_made_again_after_a_migration_has_lost_them(database: Database) -> None:
    append(database, 1)
    if database.is_embedded:
        untriggered(database)
        with database.transaction(write=True) as connection:
            for statement in erasable_ddl()["sqlite"]:
                connection.execute(sa.text(statement))
    with pytest.raises(sa.exc.DBAPIError), database.transaction(write=True) as connection:
        connection.execute(sa.delete(events))


def test_an_event_has_a_canonical_form_and_a_limit(database: Database) -> None:
    with database.transaction(write=True) as connection:
        with pytest.raises(EventTooLarge):
            ledger.append(connection, [event(text="x" * EVENT_BYTES_MAX)])
        for unsayable in (2**53, float("nan"), object()):
            with pytest.raises(JsonMalformed):
                ledger.append(connection, [event(value=unsayable)])
        assert ledger.size(connection) == 0


def test_an_event_happens_at_an_aware_instant_and_is_said_in_utc() -> None:
    east = datetime(2031, 11, 21, 14, tzinfo=timezone(timedelta(hours=2)))
    said = ledger.Event(kind="k", at=east, actor="a", purpose="p", permission="p", facts={})
    assert said.at.tzinfo is UTC
    assert said.at == east
    with pytest.raises(ValueError, match="aware"):
        ledger.Event(kind="k", at=east.replace(tzinfo=None), actor="a", purpose="p", permission="p", facts={})


def test_a_row_that_is_no_event_is_said_to_be_damaged(database: Database) -> None:
    append(database, 1)
    untriggered(database)
    with database.transaction(write=True) as connection:
        connection.execute(sa.update(events).values(event="{}"))
        with pytest.raises(reading.EntryDamaged):
            ledger.entry(connection, 0)


def record_and_fail(doing: work.Work) -> None:
    doing.record("node.failed")
    raise ZeroDivisionError
