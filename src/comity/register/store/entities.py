"""Entities and their statements, and what is kept of them so that they are found."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import sqlalchemy as sa

from comity.infra.columns import Bytes, Integer, Text, table
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
    sa.Column("card", Text, nullable=False),
    sa.Column("digest", Bytes, nullable=False),
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
    sa.Column("detail", Text, nullable=False),
    sa.Column("part", Text, nullable=False),
    sa.Column("runs", Text, nullable=False),
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


_IDENTITY = (entities.c.id, entities.c.source, entities.c.reference)
_CARDS = msgspec.json.Decoder(Card)
_RUNS = msgspec.json.Decoder(tuple[Run, ...])


class Member(NamedTuple):
    """One list entry, and where it stands."""

    id: str
    list_id: str
    reference: str


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
    digest: bytes
    """Of everything from which this was made; the same digest means that nothing has to be written."""


def replace(work: Work, indexed: Sequence[Indexed], said: Mapping[str, Sequence[Statement]]) -> list[str]:
    """Write entities and their statements over what was there, and return those that differ from it."""
    query = sa.select(entities.c.id, entities.c.cluster, entities.c.digest)
    known = {row[0]: (row[1], row[2]) for row in rows.select(work, query, entities.c.id, [one.id for one in indexed])}
    differing = [one for one in indexed if one.id not in known or known[one.id][1] != one.digest]
    there = [one.id for one in differing if one.id in known]
    wanted = (_entity_row(one, known[one.id][0] if one.id in known else one.id) for one in differing)
    rows.differ(work, entities, there, wanted)
    rows.differ(work, statements, there, (_row(made) for one in differing for made in said[one.id]))
    rows.differ(work, names, there, (row for one in differing for row in _name_rows(one)))
    rows.differ(work, tokens, there, ((token, one.id) for one in differing for token in one.tokens))
    rows.differ(work, facets, there, ((*facet, one.id) for one in differing for facet in one.facets))
    rows.differ(work, identifiers, there, ((*number, one.id) for one in differing for number in one.identifiers))
    return [one.id for one in differing]


def _name_rows(one: Indexed) -> Iterator[tuple[str, str, str, str]]:
    for words, value in one.names.items():
        yield one.id, words, value, " ".join(sorted(words.split()))


def recount(work: Work) -> None:
    """Count in how many entities each word stands."""
    work.connection.execute(vocabulary.delete())
    counted = sa.select(tokens.c.token, sa.func.count()).group_by(tokens.c.token)
    work.connection.execute(vocabulary.insert().from_select(["token", "count"], counted))


def read(work: Work, ids: Collection[str]) -> list[Statement]:
    """Return the statements of some entities."""
    return [read_statement(row) for row in rows.select(work, statements.select(), statements.c.entity_id, ids)]


def members(work: Work, clusters: Collection[str]) -> dict[str, list[Member]]:
    """Return the entities in each of some clusters, in order of id."""
    query = sa.select(*_IDENTITY, entities.c.cluster)
    found: dict[str, list[Member]] = defaultdict(list)
    for row in rows.select(work, query, entities.c.cluster, clusters):
        found[row.cluster].append(Member(row.id, row.source, row.reference))
    return {cluster: sorted(of) for cluster, of in found.items()}


def entries(work: Work, ids: Collection[str]) -> list[Member]:
    """Return some entities, in order of id."""
    return sorted(Member(*row) for row in rows.select(work, sa.select(*_IDENTITY), entities.c.id, ids))


def canonical(work: Work, id_: str) -> str:
    """Return the cluster of an entity, the cluster to which the address of an old one leads now, or the id itself."""
    return canonicals(work, [id_])[id_]


def canonicals(work: Work, ids: Collection[str]) -> dict[str, str]:
    """Return the cluster of each of some ids, as `canonical` does."""
    moves = sa.select(redirects.c.old, redirects.c.new)
    moved = {row.old: row.new for row in rows.select(work, moves, redirects.c.old, ids)}
    now = {id_: moved.get(id_, id_) for id_ in ids}
    query = sa.select(entities.c.id, entities.c.cluster)
    clusters = {row.id: row.cluster for row in rows.select(work, query, entities.c.id, set(now.values()))}
    return {id_: clusters.get(one, one) for id_, one in now.items()}


def short(work: Work, ids: Collection[str]) -> dict[str, tuple[str, Card]]:
    """Return the schema and the card of some entities."""
    query = sa.select(entities.c.id, entities.c.schema, entities.c.card)
    return {row[0]: (row[1], read_card(row[2])) for row in rows.select(work, query, entities.c.id, ids)}


def cards(work: Work, ids: Collection[str]) -> Iterator[tuple[str, str, str, str, Card]]:
    """Yield (id, cluster, list, schema, card) of every entity in the clusters of some entities."""
    columns = (entities.c.id, entities.c.cluster, entities.c.source, entities.c.schema, entities.c.card)
    clusters = set(rows.scalars(work, sa.select(entities.c.cluster), entities.c.id, ids))
    for row in rows.select(work, sa.select(*columns), entities.c.cluster, clusters):
        yield row[0], row[1], row[2], row[3], read_card(row[4])


def _entity_row(one: Indexed, cluster: str) -> tuple[Any, ...]:
    return (one.id, one.source, one.reference, cluster, one.schema, msgspec.json.encode(one.card).decode(), one.digest)


def _row(one: Statement) -> tuple[Any, ...]:
    claim = one.claim
    detail = msgspec.json.encode(claim.detail, order="sorted").decode() if claim.detail else ""
    runs = msgspec.json.encode(one.runs).decode()
    about = (claim.about, claim.property, claim.value, claim.lang, claim.original, detail, claim.part)
    return (one.entity_id, one.id, one.source, *about, runs)


def read_statement(row: Any) -> Statement:
    """Return a statement from its row."""
    return Statement(
        id=row.id,
        entity_id=row.entity_id,
        source=row.source,
        claim=Claim(
            property=row.property,
            value=row.value,
            about=row.about,
            part=row.part,
            lang=row.lang,
            original=row.original,
            detail=msgspec.json.decode(row.detail) if row.detail else {},
        ),
        runs=_RUNS.decode(row.runs),
    )


def read_card(text: str) -> Card:
    """Return a card from its text."""
    return _CARDS.decode(text)
