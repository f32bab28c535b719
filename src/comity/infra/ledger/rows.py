"""The ledger's three tables, and the only ways in which they grow.

    ledger_entries    index, leaf                          for ever; the published tree stands on these
    ledger_events     index, at, kind, actor, event, salt  what happened; a row may go, once a recorded act says so
    ledger_erasures   index, act                           for ever; which later entry erased this one

leaf = SHA-256(salt ‖ event), the event in its canonical form (RFC 8785). So the tree commits to every event and tells nothing of
any, and an erased event leaves the tree as it was. `at`, `kind` and `actor` repeat what the event says, for finding it.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import msgspec
import sqlalchemy as sa

from comity.infra.columns import Bytes, Instant, Integer, Text, append_only, append_only_ddl, table
from comity.kit.errors import Invalid, NotFound, Refused
from comity.kit.json import canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

EVENT_BYTES_MAX = 65_536
"""One event in its canonical form; whatever is larger belongs into a blob, and its hash into the event."""

SALT_BYTES = 32
LEAF_BYTES = 32

ERASED = "ledger.erased"
"""The kind of the event that erases another; its facts hold that one's `index`. It cannot itself be erased."""

ADVISORY_LOCK: Final = 0x636F6D6974796C67
"""PostgreSQL's lock for the next index, held until the transaction ends ("comitylg")."""


class EventTooLarge(Invalid):
    """An event is larger than `EVENT_BYTES_MAX`."""

    code = "ledger.event_too_large"


class EntryAbsent(NotFound):
    """The ledger has no such entry, or its event has been erased."""

    code = "ledger.entry_absent"


class ErasureKept(Refused):
    """The record of an erasure is never erased."""

    code = "ledger.erasure_kept"


class Event(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that happened: by whom, what for, under which permission."""

    kind: str
    """A past fact, as `lists.edition_accepted`."""
    at: datetime
    actor: str
    """The actor's id, never a name."""
    purpose: str
    permission: str
    facts: dict[str, Any]
    """Ids, counts, digests and dates; plain JSON values, never names."""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("an event happens at an aware instant")
        msgspec.structs.force_setattr(self, "at", self.at.astimezone(UTC))


entries = table(
    "ledger_entries",
    sa.Column("index", Integer, primary_key=True, autoincrement=False),
    sa.Column("leaf", Bytes, nullable=False),
    sa.CheckConstraint('"index" >= 0', "index"),
    sa.CheckConstraint(f"length(leaf) = {LEAF_BYTES}", "leaf"),
)

events = table(
    "ledger_events",
    sa.Column("index", Integer, primary_key=True, autoincrement=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("kind", Text, nullable=False),
    sa.Column("actor", Text, nullable=False),
    sa.Column("event", Text, nullable=False),
    sa.Column("salt", Bytes, nullable=False),
    sa.CheckConstraint(f"length(salt) = {SALT_BYTES}", "salt"),
    sa.Index(None, "kind", "index"),
    sa.Index(None, "actor", "index"),
)

erasures = table(
    "ledger_erasures",
    sa.Column("index", Integer, primary_key=True, autoincrement=False),
    sa.Column("act", Integer, nullable=False),
    sa.CheckConstraint('act > "index"', "act"),
)


def erasable_ddl() -> dict[str, tuple[str, ...]]:
    """Return the statements, by dialect, that let a row of `ledger_events` go only where an erasure of it is recorded."""
    no_update, _ = append_only_ddl(events.name)["sqlite"]
    refuse, _, no_truncate = append_only_ddl(events.name)["postgresql"]
    recorded = 'SELECT 1 FROM ledger_erasures WHERE "index" = OLD."index"'
    refusal = "an event is erased by a recorded act only"
    before = "CREATE TRIGGER ledger_events_no_{0} BEFORE {0} ON ledger_events"
    each = "FOR EACH ROW EXECUTE FUNCTION"
    erase = f"BEGIN IF EXISTS ({recorded}) THEN RETURN OLD; END IF; RAISE EXCEPTION '{refusal}'; END"
    return {
        "sqlite": (
            no_update,
            f"{before.format('delete')} WHEN NOT EXISTS ({recorded}) BEGIN SELECT RAISE(ABORT, '{refusal}'); END",
        ),
        "postgresql": (
            refuse,
            no_truncate,
            f"{before.format('update')} {each} ledger_events_refuse()",
            f"CREATE OR REPLACE FUNCTION ledger_events_erase() RETURNS trigger LANGUAGE plpgsql AS $$ {erase} $$",
            f"{before.format('delete')} {each} ledger_events_erase()",
        ),
    }


append_only(entries)
append_only(erasures)
for _dialect, _statements in erasable_ddl().items():
    for _statement in _statements:
        _ddl = sa.DDL(_statement)  # type: ignore[no-untyped-call]
        sa.event.listen(events, "after_create", _ddl.execute_if(dialect=_dialect))


def commitment(salt: bytes, event: bytes) -> bytes:
    """Return the leaf of an event in its canonical form: SHA-256(salt ‖ event)."""
    return hashlib.sha256(salt + event).digest()


def append(connection: sa.Connection, happened: Sequence[Event]) -> range:
    """Append events in their order, and return their indexes; they stand if, and only if, the transaction commits.

    The next index is locked until then, so call this last. Raises `EventTooLarge`, `JsonMalformed`.
    """
    if not happened:
        return range(0)
    texts = [_canonical(event) for event in happened]
    salts = [secrets.token_bytes(SALT_BYTES) for _ in happened]
    _lock(connection)
    first = size(connection)
    indexes = range(first, first + len(texts))
    connection.execute(
        sa.insert(entries),
        [
            {"index": index, "leaf": commitment(salt, text)}
            for index, salt, text in zip(indexes, salts, texts, strict=True)
        ],
    )
    connection.execute(
        sa.insert(events),
        [
            {
                "index": index,
                "at": event.at,
                "kind": event.kind,
                "actor": event.actor,
                "event": text.decode(),
                "salt": salt,
            }
            for index, event, salt, text in zip(indexes, happened, salts, texts, strict=True)
        ],
    )
    return indexes


def erase(connection: sa.Connection, act: Event) -> int:
    """Append an act of kind `ERASED`, erase the event that its facts name by `index`, and return the act's own index.

    The entry's place and commitment remain, so every proof holds. Raises `EntryAbsent`, `ErasureKept`.
    """
    index = act.facts.get("index")
    if act.kind != ERASED or not isinstance(index, int):
        raise ValueError("an erasure names the index that it erases")
    _lock(connection)
    kind = connection.execute(sa.select(events.c.kind).where(events.c["index"] == index)).scalar()
    if kind is None:
        raise EntryAbsent(f"The ledger has no event {index}.")
    if kind == ERASED:
        raise ErasureKept(f"Entry {index} records an erasure, and stays.")
    (number,) = append(connection, [act])
    connection.execute(sa.insert(erasures).values({"index": index, "act": number}))
    _delete(connection, index)
    return number


def size(connection: sa.Connection) -> int:
    """Return how many entries the ledger has."""
    last = connection.execute(sa.select(sa.func.max(entries.c["index"]))).scalar()
    return 0 if last is None else int(last) + 1


def _canonical(event: Event) -> bytes:
    text = canonical(event)
    if len(text) > EVENT_BYTES_MAX:
        raise EventTooLarge(f"An event of kind {event.kind} has {len(text)} bytes; {EVENT_BYTES_MAX} are allowed.")
    return text


def _lock(connection: sa.Connection) -> None:
    if connection.dialect.name == "postgresql":  # on SQLite a writer holds the one lock from its first moment
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(ADVISORY_LOCK)))


def _delete(connection: sa.Connection, index: int) -> None:
    embedded = connection.dialect.name == "sqlite"
    if embedded:
        connection.exec_driver_sql("PRAGMA secure_delete=ON")  # overwrite the bytes, do not only forget where they are
    connection.execute(sa.delete(events).where(events.c["index"] == index))
    if embedded:
        connection.exec_driver_sql("PRAGMA secure_delete=OFF")
