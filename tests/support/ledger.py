"""A ledger to test with: invented events, a key, and ways round the triggers that only somebody with the disk in hand has."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from comity.infra import ledger
from comity.infra.ledger.rows import entries, erasures, events

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.infra.database import Database

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
LOG = ledger.log_key(KEY.public_key())
AT = datetime(2031, 11, 21, 12, tzinfo=UTC)


def event(number: int = 0, kind: str = "lists.edition_accepted", **facts: Any) -> ledger.Event:
    """Invent an event."""
    return ledger.Event(
        kind=kind,
        at=AT + timedelta(milliseconds=number),
        actor=f"user:{number % 3}",
        purpose="sanctions_implementation",
        permission="lists.update",
        facts={"number": number, "source": "qm_consolidated", "note": "Édition «été»", **facts},
    )


def append(database: Database, count: int, start: int = 0) -> range:
    """Append invented events in one transaction."""
    with database.transaction(write=True) as connection:
        return ledger.append(connection, [event(number) for number in range(start, start + count)])


def erase(database: Database, index: int) -> int:
    """Erase an entry as a person would have it done."""
    with database.transaction(write=True) as connection:
        return ledger.erase(connection, event(kind=ledger.ERASED, index=index))


def untriggered(database: Database) -> None:
    """Take away what makes the ledger's tables append-only, as an intruder would."""
    with database.transaction(write=True) as connection:
        for statement in _statements(database):
            connection.execute(sa.text(statement))


def _statements(database: Database) -> Iterator[str]:
    for rows in (entries, events, erasures):
        if database.is_embedded:
            yield f"DROP TRIGGER {rows.name}_no_update"
            yield f"DROP TRIGGER {rows.name}_no_delete"
        else:
            yield f"ALTER TABLE {rows.name} DISABLE TRIGGER ALL"
