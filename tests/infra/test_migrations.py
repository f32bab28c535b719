"""A migrated database and a fresh one are the same, and what may not be rewritten cannot be in either."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from comity.infra import migrations
from comity.infra.columns import metadata
from comity.infra.database import Database

VERSIONS = Path(migrations.__file__).parent / "versions"


@pytest.fixture
def empty(database: Database) -> Iterator[Database]:
    """The database without a single table, as a first start finds it."""
    with database.transaction(write=True) as connection:
        metadata.drop_all(connection)
    yield database
    with database.transaction(write=True) as connection:
        connection.execute(sa.text("DROP TABLE IF EXISTS alembic_version"))


def shape(database: Database) -> dict[str, str]:
    with database.transaction(write=False) as connection:
        if database.is_embedded:
            query = "SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_master"
        else:
            query = (
                "SELECT 'column ' || table_name || '.' || column_name, data_type || is_nullable "
                "FROM information_schema.columns WHERE table_schema = current_schema() "
                "UNION ALL SELECT 'index ' || indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() "
                "UNION ALL SELECT 'trigger ' || event_object_table || '.' || trigger_name || event_manipulation, action_statement "
                "FROM information_schema.triggers WHERE trigger_schema = current_schema()"
            )
        rows = connection.execute(sa.text(query)).all()
    return {name: re.sub(r"\s+", " ", text) for name, text in rows if "alembic" not in name}


def test_a_migrated_database_is_a_fresh_one(database: Database) -> None:
    fresh = shape(database)
    with database.transaction(write=True) as connection:
        metadata.drop_all(connection)
    migrations.upgrade(database)
    migrated = shape(database)
    with database.transaction(write=True) as connection:
        connection.execute(sa.text("DROP TABLE alembic_version"))
    assert migrated == fresh


def test_migrating_twice_changes_nothing(empty: Database) -> None:
    migrations.upgrade(empty)
    once = shape(empty)
    migrations.upgrade(empty)
    assert shape(empty) == once


def test_what_is_append_only_stays_so(empty: Database) -> None:
    migrations.upgrade(empty)
    columns = 'id, "left", "right", verdict, "by", at, reason'
    insert = f"INSERT INTO judgements ({columns}) VALUES ('j', 'a', 'b', 'same', 'x', :at, 'y')"
    at = "2031-11-21T12:00:00.000000+00:00"
    with empty.transaction(write=True) as connection:
        connection.execute(sa.text(insert), {"at": at})
    for statement in ("UPDATE judgements SET verdict = 'different'", "DELETE FROM judgements"):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), empty.transaction(write=True) as connection:
            connection.execute(sa.text(statement))


def test_a_newer_database_is_refused(empty: Database) -> None:
    migrations.upgrade(empty)
    with empty.transaction(write=True) as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(migrations.DatabaseNewer):
        migrations.upgrade(empty)


def test_head_is_the_last_step() -> None:
    steps = sorted(path.name[:4] for path in VERSIONS.glob("[0-9]*.py"))
    assert steps[-1] == migrations.HEAD
