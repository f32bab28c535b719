"""Reading and writing many rows: in batches, and touching only what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity.infra import database

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    import sqlalchemy as sa

    from comity.infra.work import Work

BATCH = 500
"""Values in one IN (…) clause."""


def alone(work: Work) -> None:
    """Wait until no other work changes the register, and keep others waiting until this one ends.

    Clusters and the vocabulary are worked out from what all entries say, so that two such works at a time would each miss what
    the other writes.
    """
    database.alone(work.connection, "register")


def select(work: Work, query: Any, column: Any, values: Collection[str]) -> Iterator[Any]:
    """Yield the rows of a query whose column has one of many values."""
    listed = list(values)
    for start in range(0, len(listed), BATCH):
        yield from work.connection.execute(query.where(column.in_(listed[start : start + BATCH]))).all()


def scalars(work: Work, query: Any, column: Any, values: Collection[str]) -> Iterator[Any]:
    """Yield the first column of the rows of a query whose column has one of many values."""
    for row in select(work, query, column, values):
        yield row[0]


def insert(work: Work, rows: sa.Table, values: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows given in the order of the table's columns, all of plain text, numbers and bytes.

    The statement goes to the driver as it is: for a hundred thousand rows SQLAlchemy's own way takes three times as long.
    """
    if values:
        dialect = work.connection.dialect
        quote, mark = dialect.identifier_preparer.quote, _mark(work)
        columns = ", ".join(quote(column.name) for column in rows.columns)
        marks = ", ".join([mark] * len(rows.columns))
        statement = f"INSERT INTO {quote(rows.name)} ({columns}) VALUES ({marks})"  # noqa: S608 - names of our own tables
        work.connection.exec_driver_sql(statement, list(values))


def delete(work: Work, rows: sa.Table, keys: Sequence[tuple[Any, ...]]) -> None:
    """Delete rows by their primary keys."""
    if keys:
        quote, mark = work.connection.dialect.identifier_preparer.quote, _mark(work)
        match = " AND ".join(f"{quote(column.name)} = {mark}" for column in rows.primary_key)
        statement = f"DELETE FROM {quote(rows.name)} WHERE {match}"  # noqa: S608 - the same
        work.connection.exec_driver_sql(statement, list(keys))


def differ(work: Work, rows: sa.Table, ids: Collection[str], wanted: Iterable[tuple[Any, ...]]) -> int:
    """Delete and insert so that the rows of some entities are the wanted ones; return how many rows that took.

    Rows are tuples in the order of the table's columns, all of plain text, numbers and bytes.
    """
    places = [list(rows.columns).index(column) for column in rows.primary_key]
    owner = rows.c.entity_id if "entity_id" in rows.c else rows.c.id
    old = {tuple(row) for row in select(work, rows.select(), owner, ids)} if ids else set()
    new = set(wanted)
    gone, come = old - new, new - old
    delete(work, rows, [tuple(row[place] for place in places) for row in gone])
    insert(work, rows, sorted(come))
    return len(gone) + len(come)


def _mark(work: Work) -> str:
    return "?" if work.connection.dialect.name == "sqlite" else "%s"
