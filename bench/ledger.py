"""How fast the ledger appends, publishes, verifies and proves, on SQLite: `python bench/ledger.py [ENTRIES]`."""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from comity.infra import ledger
from comity.infra.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable

ENTRIES = 100_000
TOGETHER = 100
"""Events in one transaction where many happen at once."""

ALONE = 5_000
"""Transactions of one event each."""

PROOFS = 1_000
EVENT = ledger.Event(
    kind="lists.edition_accepted",
    at=datetime(2031, 11, 21, 12, tzinfo=UTC),
    actor="user:7f3a",
    purpose="sanctions_implementation",
    permission="lists.update",
    facts={"source": "qm_consolidated", "edition": "9f86d081884c7d65" * 4, "added": 12, "removed": 3},
)


def append(database: Database, transactions: int, events: int) -> None:
    for _ in range(transactions):
        with database.transaction(write=True) as connection:
            ledger.append(connection, [EVENT] * events)


def measure(what: str, count: int, done: Callable[[], object]) -> None:
    start = time.perf_counter()
    done()
    took_s = time.perf_counter() - start
    print(f"| {what} | {count:,} | {took_s:.2f} | {count / took_s:,.0f} |", flush=True)


def main(entries: int) -> None:
    key = Ed25519PrivateKey.generate()
    log = ledger.log_key(key.public_key())
    with tempfile.TemporaryDirectory() as home:
        database, folder = Database.embedded(Path(home) / "node.sqlite3"), Path(home) / "ledger"
        database.create()
        print("| what | how many | seconds | per second |\n|---|--:|--:|--:|")
        measure("events appended, one in each transaction", ALONE, lambda: append(database, ALONE, 1))
        rest = (entries - ALONE) // TOGETHER
        measure(f"events appended, {TOGETHER} in each", rest * TOGETHER, lambda: append(database, rest, TOGETHER))
        measure("entries published, the first time", entries, lambda: ledger.publish(database, folder, key))
        append(database, 1, 1)
        measure("entries published, one more", 1, lambda: ledger.publish(database, folder, key))
        measure("entries verified, with every file", entries + 1, lambda: ledger.verify(database, folder, log))
        step = entries // PROOFS
        measure("proofs made", PROOFS, lambda: [ledger.prove(folder, log, n * step) for n in range(PROOFS)])
        database.close()
    print(f"\nPeak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES)
