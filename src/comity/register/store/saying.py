"""Statements that stand today, whoever they are about, and the entries that stand beside others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
import sqlalchemy as sa

from comity.register.model.answers import Said
from comity.register.model.statements import Run
from comity.register.store import rows
from comity.register.store.entities import entities, statements

if TYPE_CHECKING:
    from collections.abc import Collection

    from comity.infra.work import Work
    from comity.register.model.answers import StatementSearch

LASTING: Final = ",null]]"
"""How the runs of a statement end that stands in the latest edition."""

BESIDE: Final = "/"
"""Divides the reference of a record from the name of what is linked to it."""

_RUNS = msgspec.json.Decoder(tuple[Run, ...])


def standing(work: Work, question: StatementSearch) -> tuple[list[Said], int]:
    """Return a page of the statements that stand today, entry by entry, and how many there are."""
    asked = [
        statements.c.runs.endswith(LASTING, autoescape=True),
        statements.c.about == "",
        *([statements.c.source.in_(question.sources)] if question.sources else []),
        *(
            column == value
            for column, value in (
                (statements.c.entity_id, question.entity),
                (entities.c.cluster, question.cluster),
                (statements.c.property, question.property),
                (statements.c.value, question.value),
                (entities.c.schema, question.schema),
            )
            if value
        ),
    ]
    joined = statements.join(entities, entities.c.id == statements.c.entity_id)
    total = work.connection.execute(sa.select(sa.func.count()).select_from(joined).where(*asked)).scalar_one()
    query = (
        sa.select(statements, entities.c.cluster, entities.c.schema)
        .select_from(joined)
        .where(*asked)
        .order_by(statements.c.entity_id, statements.c.property, statements.c.value, statements.c.id)
        .limit(question.limit)
        .offset(question.offset)
    )
    return [_said(row) for row in work.connection.execute(query)], total


def linked(work: Work, members: Collection[tuple[str, str]]) -> list[str]:
    """Return the entries that were read from the records of some, given as (list, reference), beside those themselves."""
    found: list[str] = []
    for source, reference in members:
        start = f"{reference}{BESIDE}"
        query = sa.select(entities.c.id, entities.c.reference).where(
            entities.c.source == source, entities.c.reference.startswith(start, autoescape=True)
        )
        ids = (row.id for row in work.connection.execute(query) if row.reference.startswith(start))
        found += sorted(ids)  # SQLite's LIKE takes capitals for small letters
    return found


def pointing(work: Work, sources: Collection[str], properties: Collection[str], values: Collection[str]) -> list[str]:
    """Return the entries of some lists that hold one of some values in one of some properties today."""
    query = sa.select(statements.c.entity_id).where(
        statements.c.source.in_(sources),
        statements.c.property.in_(properties),
        statements.c.runs.endswith(LASTING, autoescape=True),
    )
    return sorted(set(rows.scalars(work, query, statements.c.value, values)))


def clusters(work: Work, ids: Collection[str]) -> dict[str, str]:
    """Return the cluster of each of some ids that is an entry."""
    query = sa.select(entities.c.id, entities.c.cluster)
    return {row[0]: row[1] for row in rows.select(work, query, entities.c.id, ids)}


def _said(row: sa.Row[tuple[object, ...]]) -> Said:
    return Said(
        id=bytes(row.id).hex(),
        entity=row.entity_id,
        cluster=row.cluster,
        schema=row.schema,
        source=row.source,
        property=row.property,
        value=row.value,
        original=row.original,
        lang=row.lang,
        part=row.part,
        since=_RUNS.decode(row.runs)[-1].since,
    )
