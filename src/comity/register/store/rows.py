"""Reading and writing many rows: in batches, and touching only what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from comity.infra.work import Work

BATCH = 500
"""Values in one IN (…) clause."""


def select(work: Work, query: Any, column: Any, values: Collection[str]) -> Iterator[Any]:
    """Yield the rows of a query whose column has one of many values."""
    listed = list(values)
    for start in range(0, len(listed), BATCH):
        yield from work.connection.execute(query.where(column.in_(listed[start : start + BATCH])))


def scalars(work: Work, query: Any, column: Any, values: Collection[str]) -> Iterator[Any]:
    """Yield the first column of the rows of a query whose column has one of many values."""
    for row in select(work, query, column, values):
        yield row[0]


def differ(work: Work, rows: sa.Table, ids: Collection[str], wanted: Iterable[dict[str, Any]]) -> int:
    """Delete, update and insert so that the rows of these entities are the wanted ones; return how many rows that took."""
    key = tuple(column.name for column in rows.primary_key)
    owner = rows.c.entity_id if "entity_id" in rows.c else rows.c.id
    old = {
        tuple(getattr(row, name) for name in key): dict(row._mapping) for row in select(work, rows.select(), owner, ids)
    }
    new = {tuple(row[name] for name in key): row for row in wanted}
    gone = [old_key for old_key, row in old.items() if new.get(old_key) != row]
    come = [row for new_key, row in new.items() if old.get(new_key) != row]
    if gone:
        match = sa.and_(*(rows.c[name] == sa.bindparam(f"k_{name}") for name in key))
        work.connection.execute(
            rows.delete().where(match),
            [{f"k_{name}": part for name, part in zip(key, one, strict=True)} for one in gone],
        )
    if come:
        work.connection.execute(rows.insert(), come)
    return len(gone) + len(come)
