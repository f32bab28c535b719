"""Reading every entry with its names and numbers, and how much the register has been told beside the lists."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from comity.register.model.answers import Card
from comity.register.model.naming import Learned
from comity.register.model.statements import Statement
from comity.register.store.acts import acts, withdrawn_acts
from comity.register.store.entities import entities, read_card, read_statement, statements
from comity.register.store.judgements import judgements, undone

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from comity.infra.work import Work

ROWS_AT_ONCE = 5_000
"""Rows that are fetched at a time."""


class Told(NamedTuple):
    """One entry, and some of what is said of it."""

    id: str
    cluster: str
    source: str
    reference: str
    schema: str
    card: Card
    own: Sequence[Statement]


def every(work: Work, properties: Collection[str]) -> Iterator[Told]:
    """Yield every entry with its statements of some properties, in order of id, in one stream."""
    columns = (entities.c.cluster, entities.c.reference, entities.c.schema, entities.c.card)
    query = (
        sa.select(statements, *columns)
        .join(entities, entities.c.id == statements.c.entity_id)
        .where(statements.c.property.in_(sorted(properties)))
        .order_by(statements.c.entity_id)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    for id_, grouped in groupby(work.connection.execute(query), key=lambda row: row.entity_id):
        rows = list(grouped)
        first = rows[0]
        own = [read_statement(row) for row in rows]
        yield Told(id_, first.cluster, first.source, first.reference, first.schema, read_card(first.card), own)


def ids(work: Work) -> list[str]:
    """Return the id of every entry, in order."""
    return list(work.connection.execute(sa.select(entities.c.id).order_by(entities.c.id)).scalars())


def learned(work: Work) -> Learned:
    """Return when the register was last told something beside the lists, and how much it was told."""
    found = [
        work.connection.execute(sa.select(sa.func.max(at), sa.func.count(at))).one()
        for at in (judgements.c.at, undone.c.at, acts.c.entered_at, withdrawn_acts.c.at)
    ]
    return Learned(max((row[0] for row in found if row[0] is not None), default=None), sum(row[1] for row in found))
