"""Reading the ledger's rows: entries for people, leaves for the tree, and everything as it is stored for whoever verifies it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import sqlalchemy as sa

from comity.infra.columns import Text
from comity.infra.ledger.rows import EntryAbsent, Event, entries, erasures, events
from comity.kit.errors import Corrupt
from comity.kit.json import JsonMalformed, decode
from comity.kit.limits import PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAVES_AT_ONCE = 4_096
"""Leaves in memory while they are read for the tree."""

ACTORS_MAX = 500
"""Different actors that are told apart in a list of them; a node has fewer people."""


class EntryDamaged(Corrupt):
    """An entry is missing, or what is stored of it is no event."""

    code = "ledger.entry_damaged"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry as it stands: its place, its commitment, and what it says unless that was erased."""

    index: int
    leaf: bytes
    event: Event | None
    erased_by: int | None
    """The index of the entry that erased this one."""


class Stored(NamedTuple):
    """One entry exactly as the database holds it, with nothing taken for granted."""

    number: int
    leaf: bytes
    at: str | datetime | None
    kind: str | None
    actor: str | None
    event: str | None
    salt: bytes | None
    act: int | None


_ALL = entries.outerjoin(events, events.c["index"] == entries.c["index"]).outerjoin(
    erasures, erasures.c["index"] == entries.c["index"]
)
_ENTRIES = sa.select(entries.c["index"], entries.c.leaf, events.c.event, erasures.c.act).select_from(_ALL)
_STORED = sa.select(
    entries.c["index"],
    entries.c.leaf,
    sa.type_coerce(events.c.at, Text),  # as it is written, not as it is meant
    events.c.kind,
    events.c.actor,
    events.c.event,
    events.c.salt,
    erasures.c.act,
).select_from(_ALL)


def read(
    connection: sa.Connection,
    *,
    before: int | None = None,
    kind: str | None = None,
    actor: str | None = None,
    limit: int = PAGE_ROWS_DEFAULT,
) -> list[Entry]:
    """Return the newest entries below an index, newest first; a kind or an actor leaves out the erased ones.

    Raises `EntryDamaged`.
    """
    query = _ENTRIES.order_by(entries.c["index"].desc()).limit(min(limit, PAGE_ROWS_MAX))
    if before is not None:
        query = query.where(entries.c["index"] < before)
    if kind is not None:
        query = query.where(events.c.kind == kind)
    if actor is not None:
        query = query.where(events.c.actor == actor)
    return [_entry(*row) for row in connection.execute(query)]


def kinds(connection: sa.Connection) -> list[str]:
    """Return every kind of event that stands in the ledger, in order of their names."""
    return _distinct(connection, events.c.kind)


def actors(connection: sa.Connection) -> list[str]:
    """Return the id of everybody who acted, in order; `ACTORS_MAX` at most."""
    return _distinct(connection, events.c.actor)


def entry(connection: sa.Connection, index: int) -> Entry:
    """Return one entry. Raises `EntryAbsent`, `EntryDamaged`."""
    row = connection.execute(_ENTRIES.where(entries.c["index"] == index)).one_or_none()
    if row is None:
        raise EntryAbsent(f"The ledger has no entry {index}.")
    return _entry(*row)


def opening(connection: sa.Connection, index: int) -> bytes:
    """Return the salt and event of an entry: whoever is given these bytes can compute its leaf. Raises `EntryAbsent`."""
    query = sa.select(events.c.salt, events.c.event).where(events.c["index"] == index)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise EntryAbsent(f"The ledger has no event {index}.")
    salt, event = row
    return bytes(salt) + str(event).encode()


def leaves(connection: sa.Connection, start: int, end: int) -> Iterator[list[bytes]]:
    """Yield the leaves from `start` up to, but without, `end`, some thousands at a time. Raises `EntryDamaged`."""
    for first in range(start, end, LEAVES_AT_ONCE):
        last = min(end, first + LEAVES_AT_ONCE)
        query = sa.select(entries.c["index"], entries.c.leaf).where(_within(first, last)).order_by(entries.c["index"])
        found = []
        for expected, (index, leaf) in zip(range(first, last), connection.execute(query), strict=False):
            if index != expected:
                break
            found.append(leaf)
        if len(found) < last - first:
            raise EntryDamaged(f"Entry {first + len(found)} is missing.")
        yield found


def stored(connection: sa.Connection, start: int, end: int) -> list[Stored]:
    """Return entries as they are stored, from `start` up to, but without, `end`; a missing one is simply not there."""
    query = _STORED.where(_within(start, end)).order_by(entries.c["index"])
    return [Stored(*row) for row in connection.execute(query)]


def strays(connection: sa.Connection, size: int) -> int | None:
    """Return the first index, from `size` on, at which there is an event or an erasure without an entry."""
    found: list[int] = []
    for rows in (events, erasures):
        without = rows.outerjoin(entries, entries.c["index"] == rows.c["index"])
        query = sa.select(sa.func.min(rows.c["index"])).select_from(without)
        found.extend(
            index
            for index in connection.execute(
                query.where(rows.c["index"] >= size, entries.c["index"].is_(None))
            ).scalars()
            if index is not None
        )
    return min(found, default=None)


def broken(connection: sa.Connection) -> str:
    """Return what SQLite finds wrong in the ledger's tables and indexes, if anything; PostgreSQL is not asked."""
    if connection.dialect.name != "sqlite":
        return ""
    for rows in (entries, events, erasures):
        found = str(connection.exec_driver_sql(f"PRAGMA integrity_check({rows.name})").scalars().first())
        if found != "ok":
            return f"SQLite says: {found}"
    return ""


def _distinct(connection: sa.Connection, column: sa.Column[str]) -> list[str]:
    """Step from each value to the next by the column's index: as many look-ups as there are values, however long the ledger."""
    found: list[str] = []
    while len(found) < ACTORS_MAX:
        beyond = sa.select(sa.func.min(column))
        query = beyond.where(column > found[-1]) if found else beyond
        value: str | None = connection.execute(query).scalar_one()
        if value is None:
            break
        found.append(value)
    return found


def _within(start: int, end: int) -> sa.ColumnElement[bool]:
    return sa.and_(entries.c["index"] >= start, entries.c["index"] < end)


def _entry(index: int, leaf: bytes, event: str | None, act: int | None) -> Entry:
    try:
        said = None if event is None else decode(event, Event)
    except JsonMalformed as error:
        raise EntryDamaged(f"Entry {index} holds no event.", error=error.detail) from error
    return Entry(index=index, leaf=leaf, event=said, erased_by=act)
