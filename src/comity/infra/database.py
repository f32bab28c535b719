"""One database, embedded (SQLite) or served (PostgreSQL), and how a transaction on it begins."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from comity.infra.columns import metadata
from comity.kit.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUSY_TIMEOUT_MS = 30_000
"""How long a writer waits for another writer on SQLite: longer than the longest load of one edition's last step."""


ALONE = 0x434F4D49
"""The class of the advisory locks by which transactions on PostgreSQL are alone with something."""


class DatabaseUnavailable(Unavailable):
    """The database cannot be reached or opened."""

    code = "database.unavailable"


class Database:
    """An engine with this project's habits: WAL and foreign keys on SQLite, writers that say so before they begin."""

    def __init__(self, url: str, **connect_args: Any) -> None:
        self.engine = sa.create_engine(url, connect_args=connect_args, pool_pre_ping=not url.startswith("sqlite"))
        if self.engine.dialect.name == "sqlite":
            sa.event.listen(self.engine, "connect", _on_sqlite_connect)
            sa.event.listen(self.engine, "begin", _on_sqlite_begin)

    @classmethod
    def embedded(cls, file: Path) -> Database:
        """Open, or create on first use, a SQLite database in a file."""
        return cls(f"sqlite:///{file}")

    @property
    def is_embedded(self) -> bool:
        """Whether this is SQLite."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def transaction(self, *, write: bool) -> Iterator[sa.Connection]:
        """Begin, and commit at the end or roll back on any failure. A reader never waits for a writer."""
        engine = self.engine.execution_options(write=write)
        try:
            connection = engine.connect()
        except sa.exc.OperationalError as error:
            raise DatabaseUnavailable("The database cannot be reached.", error=str(error)) from error
        with connection, connection.begin():
            yield connection

    def create(self) -> None:
        """Create every declared table that is absent; for tests and for a node's first start."""
        with self.transaction(write=True) as connection:
            metadata.create_all(connection)

    def close(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


def alone(connection: sa.Connection, what: str) -> None:
    """Wait until no other transaction is alone with this, and be so until the end; on SQLite a writer always is."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(ALONE, sa.func.hashtext(what))))


def _on_sqlite_connect(raw: Any, _record: object) -> None:
    raw.isolation_level = None  # we say BEGIN ourselves, below
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "recursive_triggers=ON",  # without it INSERT OR REPLACE walks round the append-only triggers
        "cache_size=-64000",
        "mmap_size=268435456",
    ):
        raw.execute(f"PRAGMA {pragma}")


def _on_sqlite_begin(connection: sa.Connection) -> None:
    # A transaction that reads first and writes later fails at once with "database is locked": writers say so at the start.
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
