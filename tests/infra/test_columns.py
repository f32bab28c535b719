"""Column types mean the same on both engines, and append-only tables stay as they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from comity.infra import columns
from comity.infra.columns import Bytes, Flag, Instant, Integer, Json, Real, Text, append_only_ddl, instant_text
from comity.infra.database import Database

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
INSTANTS = st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1), timezones=ZONES)  # noqa: DTZ001

metadata = sa.MetaData()
probe = sa.Table(
    "column_probe",
    metadata,
    sa.Column("id", Integer, primary_key=True),
    sa.Column("text", Text),
    sa.Column("integer", Integer),
    sa.Column("real", Real),
    sa.Column("bytes", Bytes),
    sa.Column("at", Instant),
    sa.Column("json", Json),
    sa.Column("flag", Flag),
    sqlite_strict=True,
)


@pytest.fixture
def connection(database: Database) -> Iterator[sa.Connection]:
    with database.transaction(write=True) as opened:
        metadata.create_all(opened)
        yield opened


def kept(connection: sa.Connection, **values: Any) -> Any:
    connection.execute(sa.delete(probe))
    connection.execute(sa.insert(probe).values(id=1, **values))
    return next(iter(connection.execute(sa.select(*(probe.c[name] for name in values)))))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("text", "Zoë \u202eRTL\u202c 中文 🜁"),
        ("integer", 2**62),
        ("integer", -(2**62)),
        ("real", 0.1),
        ("real", 1e300),
        ("bytes", bytes(range(256))),
        ("at", datetime(2031, 11, 21, 12, 0, 0, 1, tzinfo=UTC)),
        ("json", {"b": [1, 2.5, None, True], "a": {"ä": "ö"}}),
        ("json", []),
        ("json", "text"),
        ("json", 0),
        ("json", False),
        ("flag", True),
        ("flag", False),
    ],
)
def test_a_value_comes_back_as_it_was(connection: sa.Connection, column: str, value: object) -> None:
    (back,) = kept(connection, **{column: value})
    assert (back, type(back)) == (value, type(value))


@pytest.mark.parametrize("column", ["text", "integer", "real", "bytes", "at", "json", "flag"])
def test_nothing_is_null_and_nothing_else(connection: sa.Connection, column: str) -> None:
    assert tuple(kept(connection, **{column: None})) == (None,)
    is_null = sa.select(sa.func.count()).where(probe.c[column].is_(None))
    assert connection.execute(is_null).scalar_one() == 1


def test_an_instant_comes_back_in_utc_whatever_zone_it_was_written_in(connection: sa.Connection) -> None:
    at = datetime(2031, 11, 21, 12, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    (back,) = kept(connection, at=at)
    assert back == at
    assert back.tzinfo is UTC


def test_a_naive_time_is_refused(connection: sa.Connection) -> None:
    with pytest.raises(sa.exc.StatementError, match="naive"):
        kept(connection, at=datetime(2031, 11, 21))  # noqa: DTZ001 - that is the fault


@given(INSTANTS, INSTANTS)
def test_the_order_of_an_instants_text_is_the_order_of_time(one: datetime, other: datetime) -> None:
    assert (instant_text(one) < instant_text(other)) == (one < other)
    assert len(instant_text(one)) == len(instant_text(other))
    assert datetime.fromisoformat(instant_text(one)) == one


def test_instants_are_compared_and_ordered_by_the_database(connection: sa.Connection) -> None:
    start = datetime(2031, 11, 21, 12, tzinfo=UTC)
    steps = [
        timedelta(0),
        timedelta(microseconds=1),
        timedelta(milliseconds=1),
        timedelta(seconds=1),
        timedelta(days=400),
    ]
    for number, step in enumerate(reversed(steps)):
        connection.execute(sa.insert(probe).values(id=number, at=start + step))
    ordered = connection.execute(sa.select(probe.c.at).order_by(probe.c.at)).scalars().all()
    assert ordered == [start + step for step in steps]
    after = sa.select(sa.func.count()).where(probe.c.at > start)
    assert connection.execute(after).scalar_one() == len(steps) - 1


def test_a_strict_table_refuses_a_value_of_another_type(connection: sa.Connection) -> None:
    with pytest.raises(sa.exc.DBAPIError):
        connection.execute(sa.text("INSERT INTO column_probe (id, integer) VALUES (1, 'many')"))


@pytest.fixture
def annals(database: Database) -> Database:
    """A database with one row in an append-only table."""
    with database.transaction(write=True) as connection:
        connection.execute(sa.text("CREATE TABLE annals (id INTEGER PRIMARY KEY, said TEXT)"))
        for statement in append_only_ddl("annals")[connection.dialect.name]:
            connection.execute(sa.text(statement))
        connection.execute(sa.text("INSERT INTO annals VALUES (1, 'so it was')"))
    return database


REWRITES = {
    "sqlite": [
        "UPDATE annals SET said = 'otherwise'",
        "DELETE FROM annals",
        "INSERT OR REPLACE INTO annals VALUES (1, 'otherwise')",
        "REPLACE INTO annals VALUES (1, 'otherwise')",
    ],
    "postgresql": [
        "UPDATE annals SET said = 'otherwise'",
        "DELETE FROM annals",
        "TRUNCATE annals",
        "INSERT INTO annals VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET said = 'otherwise'",
    ],
}


def test_an_append_only_table_takes_rows_and_gives_none_back(annals: Database) -> None:
    for rewrite in REWRITES[annals.engine.dialect.name]:
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), annals.transaction(write=True) as connection:
            connection.execute(sa.text(rewrite))
    with annals.transaction(write=True) as connection:
        connection.execute(sa.text("INSERT INTO annals VALUES (2, 'and then')"))
        said = connection.execute(sa.text("SELECT said FROM annals ORDER BY id")).scalars().all()
    assert said == ["so it was", "and then"]


def test_every_declared_table_is_strict_and_its_constraints_are_named(database: Database) -> None:
    for table in columns.metadata.sorted_tables:
        assert table.dialect_options["sqlite"]["strict"], table.name
        assert all(constraint.name for constraint in table.constraints if not is_empty(constraint)), table.name


def is_empty(constraint: sa.Constraint) -> bool:
    return isinstance(constraint, sa.PrimaryKeyConstraint) and not constraint.columns
