"""Column types that mean the same on SQLite STRICT and on PostgreSQL, and the one `metadata` on which stores declare their tables.

SQLite's STRICT tables know only INT, INTEGER, REAL, TEXT, BLOB and ANY; each type here names its form on either engine.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Text = sa.Text
Integer = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Real: sa.types.TypeEngine[float] = sa.Double().with_variant(sa.REAL(), "sqlite")
Bytes = sa.LargeBinary


class Instant(TypeDecorator[datetime]):
    """An aware instant in UTC; on SQLite ISO text with fixed microseconds, so that the order of text is the order of time."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """Choose TIMESTAMPTZ or TEXT."""
        postgres = dialect.name == "postgresql"
        return dialect.type_descriptor(TIMESTAMP(timezone=True) if postgres else sa.Text())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Write an instant; a naive one is a programming error."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("a naive time is no instant")
        return value if dialect.name == "postgresql" else instant_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Read an instant back, in UTC."""
        if value is None:
            return None
        return value.astimezone(UTC) if dialect.name == "postgresql" else datetime.fromisoformat(value)


class Json(TypeDecorator[Any]):
    """Plain JSON values: JSONB or text with sorted keys."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """Choose JSONB or TEXT."""
        return dialect.type_descriptor(JSONB(none_as_null=True) if dialect.name == "postgresql" else sa.Text())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Write a value of plain types."""
        if value is None or dialect.name == "postgresql":
            return value
        return msgspec.json.encode(value, order="sorted").decode()

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Read the value back."""
        return value if value is None or dialect.name == "postgresql" else msgspec.json.decode(value)


class Flag(TypeDecorator[bool]):
    """True or false: BOOLEAN or INTEGER 0 and 1."""

    impl = sa.Integer
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """Choose BOOLEAN or INTEGER."""
        return dialect.type_descriptor(sa.Boolean() if dialect.name == "postgresql" else sa.Integer())

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> Any:  # noqa: FBT001 - the base class's signature
        """Write a flag."""
        return value if value is None or dialect.name == "postgresql" else int(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> bool | None:  # noqa: ARG002 - the base class's signature
        """Read the flag back."""
        return None if value is None else bool(value)


def table(name: str, *parts: sa.schema.SchemaItem) -> sa.Table:
    """Declare a table on the shared metadata, STRICT on SQLite."""
    return sa.Table(name, metadata, *parts, sqlite_strict=True)


def instant_text(at: datetime) -> str:
    """Write an instant as fixed-width ISO text in UTC: text order is time order."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def append_only(rows: sa.Table) -> None:
    """Forbid UPDATE, DELETE and TRUNCATE on a table by triggers, on both engines.

    The triggers are created with the table. After any alembic batch operation on SQLite they must be created again by
    `append_only_ddl`, because the rebuilt table has lost them.
    """
    for dialect, statements in append_only_ddl(rows.name).items():
        for statement in statements:
            ddl = sa.DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
            sa.event.listen(rows, "after_create", ddl.execute_if(dialect=dialect))


def append_only_ddl(name: str) -> dict[str, tuple[str, ...]]:
    """Return the statements, by dialect, that make a table append-only."""
    refusal = f"{name} is append-only"
    sqlite = tuple(
        f"CREATE TRIGGER {name}_no_{verb.lower()} BEFORE {verb} ON {name} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        for verb in ("UPDATE", "DELETE")
    )
    postgres = (
        (
            f"CREATE OR REPLACE FUNCTION {name}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{refusal}'; END $$"
        ),
        f"CREATE TRIGGER {name}_no_change BEFORE UPDATE OR DELETE ON {name} FOR EACH ROW EXECUTE FUNCTION {name}_refuse()",
        f"CREATE TRIGGER {name}_no_truncate BEFORE TRUNCATE ON {name} FOR EACH STATEMENT EXECUTE FUNCTION {name}_refuse()",
    )
    return {"sqlite": sqlite, "postgresql": postgres}
