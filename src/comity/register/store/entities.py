"""Entities and their statements, and what is kept of them so that they are found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sa

from comity.infra.columns import Bytes, Integer, Json, Text, table
from comity.model.claim import Claim
from comity.register.model.answers import Card
from comity.register.model.statements import Run, Statement
from comity.register.store import rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from comity.infra.work import Work

entities = table(
    "entities",
    sa.Column("id", Text, primary_key=True),
    sa.Column("source", Text, nullable=False),
    sa.Column("reference", Text, nullable=False),
    sa.Column("cluster", Text, nullable=False),
    sa.Column("schema", Text, nullable=False),
    sa.Column("card", Json, nullable=False),
    sa.Index("ix_entities_cluster", "cluster"),
    sa.Index("ix_entities_source_reference", "source", "reference"),
)

statements = table(
    "statements",
    sa.Column("entity_id", Text, primary_key=True),
    sa.Column("id", Bytes, primary_key=True),
    sa.Column("source", Text, nullable=False),
    sa.Column("about", Text, nullable=False),
    sa.Column("property", Text, nullable=False),
    sa.Column("value", Text, nullable=False),
    sa.Column("lang", Text, nullable=False),
    sa.Column("original", Text, nullable=False),
    sa.Column("detail", Json, nullable=False),
    sa.Column("part", Text, nullable=False),
    sa.Column("runs", Json, nullable=False),
)

names = table(
    "entity_names",
    sa.Column("entity_id", Text, primary_key=True),
    sa.Column("words", Text, primary_key=True),
    sa.Column("value", Text, nullable=False),
    sa.Column("bag", Text, nullable=False),
    sa.Index("ix_entity_names_bag", "bag"),
)

identifiers = table(
    "entity_identifiers",
    sa.Column("kind", Text, primary_key=True),
    sa.Column("value", Text, primary_key=True),
    sa.Column("country", Text, primary_key=True),
    sa.Column("entity_id", Text, primary_key=True),
    sa.Index("ix_entity_identifiers_entity_id", "entity_id"),
)

tokens = table(
    "entity_tokens",
    sa.Column("token", Text, primary_key=True),
    sa.Column("entity_id", Text, primary_key=True),
    sa.Index("ix_entity_tokens_entity_id", "entity_id"),
)

vocabulary = table(
    "vocabulary",
    sa.Column("token", Text, primary_key=True),
    sa.Column("count", Integer, nullable=False),
)

facets = table(
    "entity_facets",
    sa.Column("kind", Text, primary_key=True),
    sa.Column("value", Text, primary_key=True),
    sa.Column("entity_id", Text, primary_key=True),
    sa.Index("ix_entity_facets_entity_id", "entity_id"),
)


redirects = table(
    "cluster_redirects",
    sa.Column("old", Text, primary_key=True),
    sa.Column("new", Text, nullable=False),
)


class Indexed(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of one entity beside its statements."""

    id: str
    source: str
    reference: str
    schema: str
    card: Card
    names: dict[str, str]
    """Each distinct name: its words, and one spelling of it."""
    tokens: frozenset[str]
    facets: frozenset[tuple[str, str]]
    """(kind, value) by which searches filter."""
    identifiers: frozenset[tuple[str, str, str]]
    """(property, bare value, issuing country) of what may prove two entities the same."""


def replace(work: Work, indexed: Sequence[Indexed], said: Mapping[str, Sequence[Statement]]) -> int:
    """Write entities and their statements over what was there, touching only rows that differ; return how many did."""
    ids = [one.id for one in indexed]
    clusters = {
        row[0]: row[1] for row in rows.select(work, sa.select(entities.c.id, entities.c.cluster), entities.c.id, ids)
    }
    rows.differ(work, entities, ids, (_entity_row(one, clusters.get(one.id, one.id)) for one in indexed))
    changed = rows.differ(work, statements, ids, (_row(one) for of in said.values() for one in of))
    rows.differ(work, names, ids, (row for one in indexed for row in _name_rows(one)))
    rows.differ(work, tokens, ids, ({"token": token, "entity_id": one.id} for one in indexed for token in one.tokens))
    rows.differ(work, facets, ids, (_facet_row(one.id, *facet) for one in indexed for facet in one.facets))
    rows.differ(work, identifiers, ids, (_number_row(one.id, *number) for one in indexed for number in one.identifiers))
    return changed


def _facet_row(id_: str, kind: str, value: str) -> dict[str, str]:
    return {"kind": kind, "value": value, "entity_id": id_}


def _number_row(id_: str, kind: str, value: str, country: str) -> dict[str, str]:
    return {"kind": kind, "value": value, "country": country, "entity_id": id_}


def _name_rows(one: Indexed) -> Iterator[dict[str, str]]:
    for words, value in one.names.items():
        yield {"entity_id": one.id, "words": words, "value": value, "bag": " ".join(sorted(words.split()))}


def recount(work: Work) -> None:
    """Count in how many entities each word stands."""
    work.connection.execute(vocabulary.delete())
    counted = sa.select(tokens.c.token, sa.func.count()).group_by(tokens.c.token)
    work.connection.execute(vocabulary.insert().from_select(["token", "count"], counted))


def read(work: Work, ids: Collection[str]) -> list[Statement]:
    """Return the statements of some entities."""
    return [_statement(row) for row in rows.select(work, statements.select(), statements.c.entity_id, ids)]


def members(work: Work, cluster: str) -> list[tuple[str, str, str, str]]:
    """Return (id, list, reference, schema) of every entity in a cluster."""
    columns = (entities.c.id, entities.c.source, entities.c.reference, entities.c.schema)
    rows = work.connection.execute(sa.select(*columns).where(entities.c.cluster == cluster).order_by(entities.c.id))
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def entry(work: Work, id_: str) -> tuple[str, str] | None:
    """Return the list and the reference of an entity."""
    query = sa.select(entities.c.source, entities.c.reference).where(entities.c.id == id_)
    row = work.connection.execute(query).one_or_none()
    return (row[0], row[1]) if row is not None else None


def canonical(work: Work, id_: str) -> str:
    """Return the cluster of an entity, the cluster that an old cluster was merged into, or the id itself."""
    found = work.connection.execute(sa.select(entities.c.cluster).where(entities.c.id == id_)).scalar()
    moved = work.connection.execute(sa.select(redirects.c.new).where(redirects.c.old == id_)).scalar()
    return str(found or moved or id_)


def record_reference(work: Work, list_id: str, reference: str) -> str:
    """Return the reference of the record that describes an entity: its own, or that of the record it is linked to."""
    head = reference.partition("/")[0]
    own = (entities.c.source == list_id) & (entities.c.reference == head)
    linked = head != reference and work.connection.execute(sa.select(entities.c.id).where(own)).first() is not None
    return head if linked else reference


def record_of(work: Work, id_: str) -> str:
    """Return the reference of the record that describes an entity."""
    found = entry(work, id_)
    return record_reference(work, *found) if found else ""


def short(work: Work, ids: Collection[str]) -> dict[str, tuple[str, Card]]:
    """Return the schema and the card of some entities."""
    query = sa.select(entities.c.id, entities.c.schema, entities.c.card)
    return {row[0]: (row[1], msgspec.convert(row[2], Card)) for row in rows.select(work, query, entities.c.id, ids)}


def cards(work: Work, ids: Collection[str]) -> Iterator[tuple[str, str, str, str, Card]]:
    """Yield (id, cluster, list, schema, card) of every entity in the clusters of some entities."""
    columns = (entities.c.id, entities.c.cluster, entities.c.source, entities.c.schema, entities.c.card)
    clusters = set(rows.scalars(work, sa.select(entities.c.cluster), entities.c.id, ids))
    for row in rows.select(work, sa.select(*columns), entities.c.cluster, clusters):
        yield row[0], row[1], row[2], row[3], msgspec.convert(row[4], Card)


def _entity_row(one: Indexed, cluster: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "source": one.source,
        "reference": one.reference,
        "cluster": cluster,
        "schema": one.schema,
        "card": msgspec.to_builtins(one.card),
    }


def _row(one: Statement) -> dict[str, Any]:
    claim = one.claim
    return {
        "entity_id": one.entity_id,
        "id": one.id,
        "source": one.source,
        "about": claim.about,
        "property": claim.property,
        "value": claim.value,
        "lang": claim.lang,
        "original": claim.original,
        "detail": dict(claim.detail),
        "part": claim.part,
        "runs": [list(run) for run in one.runs],
    }


def _statement(row: Any) -> Statement:
    return Statement(
        entity_id=row.entity_id,
        source=row.source,
        claim=Claim(
            property=row.property,
            value=row.value,
            about=row.about,
            part=row.part,
            lang=row.lang,
            original=row.original,
            detail=row.detail,
        ),
        runs=tuple(Run(*run) for run in row.runs),
    )
