"""Transactions on both engines."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from comity.infra.database import Database, DatabaseUnavailable


def test_a_transaction_commits_at_its_end(database: Database) -> None:
    with database.transaction(write=True) as connection:
        connection.execute(sa.text("CREATE TABLE probe (n INTEGER)"))
        connection.execute(sa.text("INSERT INTO probe VALUES (1)"))
    with database.transaction(write=False) as connection:
        assert connection.execute(sa.text("SELECT n FROM probe")).scalar_one() == 1


def test_a_failure_leaves_no_trace(database: Database) -> None:
    with database.transaction(write=True) as connection:
        connection.execute(sa.text("CREATE TABLE probe (n INTEGER)"))
    with pytest.raises(ZeroDivisionError), database.transaction(write=True) as connection:
        insert_and_fail(connection)
    with database.transaction(write=False) as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM probe")).scalar_one() == 0


def test_a_reader_neither_waits_for_a_writer_nor_sees_its_work(database: Database) -> None:
    with database.transaction(write=True) as connection:
        connection.execute(sa.text("CREATE TABLE probe (n INTEGER)"))
    with database.transaction(write=True) as writer, database.transaction(write=False) as reader:
        writer.execute(sa.text("INSERT INTO probe VALUES (1)"))
        assert reader.execute(sa.text("SELECT count(*) FROM probe")).scalar_one() == 0


def test_a_database_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    absent = Database.embedded(tmp_path / "no" / "such" / "folder" / "node.sqlite3")
    with pytest.raises(DatabaseUnavailable), absent.transaction(write=False):
        pass
    absent.close()


def insert_and_fail(connection: sa.Connection) -> None:
    connection.execute(sa.text("INSERT INTO probe VALUES (1)"))
    raise ZeroDivisionError
