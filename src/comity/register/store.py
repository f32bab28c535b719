"""Entities, their statements, and what makes them findable."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sa

from comity.infra.columns import Bytes, Instant, Integer, Json, Text, append_only, table
from comity.model.claim import Claim
from comity.model.designation import Act, ActKind
from comity.register.model.answers import Card, EnteredAct, Search
from comity.register.model.statements import Run, Statement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

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
)

tokens = table(
    "entity_tokens",
    sa.Column("token", Text, primary_key=True),
    sa.Column("entity_id", Text, primary_key=True),
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

acts = table(
    "dated_acts",
    sa.Column("id", Text, primary_key=True),
    sa.Column("entity_id", Text, nullable=False),
    sa.Column("programme", Text, nullable=False),
    sa.Column("kind", Text, nullable=False),
    sa.Column("on", Text, nullable=False),
    sa.Column("citation", Text, nullable=False),
    sa.Column("entered_at", Instant, nullable=False),
    sa.Column("entered_by", Text, nullable=False),
    sa.Index("ix_dated_acts_entity_id", "entity_id"),
)
append_only(acts)

withdrawn_acts = table(
    "withdrawn_acts",
    sa.Column("act_id", Text, sa.ForeignKey("dated_acts.id"), primary_key=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("by", Text, nullable=False),
    sa.Column("reason", Text, nullable=False),
)
append_only(withdrawn_acts)

BATCH = 500
"""Values in one IN (…) clause."""


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


def replace(work: Work, indexed: Sequence[Indexed], said: Mapping[str, Sequence[Statement]]) -> int:
    """Write entities and their statements over what was there, touching only rows that differ; return how many did."""
    ids = [one.id for one in indexed]
    clusters = dict(_select(work, sa.select(entities.c.id, entities.c.cluster), entities.c.id, ids))
    _differ(work, entities, ("id",), ids, (_entity_row(one, clusters.get(one.id, one.id)) for one in indexed))
    changed = _differ(work, statements, ("entity_id", "id"), ids, (_row(one) for of in said.values() for one in of))
    rows = [
        {"entity_id": one.id, "words": words, "value": value} for one in indexed for words, value in one.names.items()
    ]
    _differ(work, names, ("entity_id", "words"), ids, rows)
    rows = [{"token": token, "entity_id": one.id} for one in indexed for token in one.tokens]
    _differ(work, tokens, ("token", "entity_id"), ids, rows)
    rows = [{"kind": kind, "value": value, "entity_id": one.id} for one in indexed for kind, value in one.facets]
    _differ(work, facets, ("kind", "value", "entity_id"), ids, rows)
    return changed


def recount(work: Work) -> None:
    """Count in how many entities each word stands."""
    work.connection.execute(vocabulary.delete())
    counted = sa.select(tokens.c.token, sa.func.count()).group_by(tokens.c.token)
    work.connection.execute(vocabulary.insert().from_select(["token", "count"], counted))


def read(work: Work, ids: Collection[str]) -> list[Statement]:
    """Return the statements of some entities."""
    return [_statement(row) for row in _select(work, statements.select(), statements.c.entity_id, ids)]


def members(work: Work, cluster: str) -> list[tuple[str, str, str, str]]:
    """Return (id, list, reference, schema) of every entity in a cluster."""
    columns = (entities.c.id, entities.c.source, entities.c.reference, entities.c.schema)
    rows = work.connection.execute(sa.select(*columns).where(entities.c.cluster == cluster).order_by(entities.c.id))
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def canonical(work: Work, id_: str) -> str:
    """Return the cluster of an entity, or the id itself."""
    found = work.connection.execute(sa.select(entities.c.cluster).where(entities.c.id == id_)).scalar()
    return str(found) if found is not None else id_


def record_reference(work: Work, list_id: str, reference: str) -> str:
    """Return the reference of the record that describes an entity: its own, or that of the record it is linked to."""
    head = reference.partition("/")[0]
    own = (entities.c.source == list_id) & (entities.c.reference == head)
    linked = head != reference and work.connection.execute(sa.select(entities.c.id).where(own)).first() is not None
    return head if linked else reference


def cards(work: Work, ids: Collection[str]) -> Iterator[tuple[str, str, str, str, Card]]:
    """Yield (id, cluster, list, schema, card) of every entity in the clusters of some entities."""
    columns = (entities.c.id, entities.c.cluster, entities.c.source, entities.c.schema, entities.c.card)
    clusters = set(_scalars(work, sa.select(entities.c.cluster), entities.c.id, ids))
    for row in _select(work, sa.select(*columns), entities.c.cluster, clusters):
        yield row[0], row[1], row[2], row[3], msgspec.convert(row[4], Card)


def count_entities(work: Work) -> int:
    """Return how many entities there are."""
    return work.connection.execute(sa.select(sa.func.count()).select_from(entities)).scalar_one()


def vocabulary_between(work: Work, first: str, last: str) -> dict[str, int]:
    """Return the words from one to another, both included, each with the number of entities that hold it."""
    query = sa.select(vocabulary.c.token, vocabulary.c.count).where(vocabulary.c.token.between(first, last))
    return {token: count for token, count in work.connection.execute(query)}


def postings(work: Work, words: Collection[str]) -> dict[str, list[str]]:
    """Return the entities that hold each of some words."""
    found: dict[str, list[str]] = {}
    for token, entity_id in _select(work, sa.select(tokens), tokens.c.token, words):
        found.setdefault(token, []).append(entity_id)
    return found


def having(work: Work, words: Collection[str]) -> list[str]:
    """Return the entities that hold any of some words."""
    return [id_ for ids in postings(work, words).values() for id_ in ids]


def names_of(work: Work, ids: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (entity, words, spelling) of every name of some entities."""
    for row in _select(work, sa.select(names.c.entity_id, names.c.words, names.c.value), names.c.entity_id, ids):
        yield row[0], row[1], row[2]


def filtered(work: Work, question: Search, limit: int) -> list[str]:
    """Return the entities that have one of the asked values for each kind that is asked for, in order of id."""
    asked = {
        "source": question.sources,
        "programme": question.programmes,
        "measure": question.measures,
        "schema": question.schemas,
        "country": question.countries,
    }
    query = sa.select(entities.c.id).order_by(entities.c.id).limit(limit)
    for kind, values in asked.items():
        if values:
            having_it = sa.select(facets.c.entity_id).where(facets.c.kind == kind, facets.c.value.in_(values))
            query = query.where(entities.c.id.in_(having_it))
    return list(work.connection.execute(query).scalars())


def acts_of(work: Work, ids: Collection[str]) -> dict[str, dict[str, list[Act]]]:
    """Return the acts in force about some entities, by entity and programme, in the order of their days."""
    found: dict[str, dict[str, list[Act]]] = {}
    for one in entered_acts(work, ids):
        if one.withdrawn_at is None:
            found.setdefault(one.entity_id, {}).setdefault(one.programme, []).append(one.act)
    return found


def entered_acts(work: Work, ids: Collection[str]) -> list[EnteredAct]:
    """Return every act entered about some entities, withdrawn ones too, in the order of their days."""
    query = sa.select(acts, withdrawn_acts.c.at, withdrawn_acts.c.by, withdrawn_acts.c.reason).outerjoin(
        withdrawn_acts, withdrawn_acts.c.act_id == acts.c.id
    )
    found = [
        EnteredAct(
            id=row.id,
            entity_id=row.entity_id,
            programme=row.programme,
            act=Act(kind=ActKind(row.kind), on=date.fromisoformat(row.on), citation=row.citation),
            entered_at=row.entered_at,
            entered_by=row.entered_by,
            withdrawn_at=row.at,
            withdrawn_by=row.by or "",
            withdrawn_because=row.reason or "",
        )
        for row in _select(work, query, acts.c.entity_id, ids)
    ]
    return sorted(found, key=lambda one: (one.act.on, one.entered_at))


def enter_act(work: Work, one: EnteredAct) -> None:
    """Add an act."""
    work.connection.execute(
        acts.insert().values(
            id=one.id,
            entity_id=one.entity_id,
            programme=one.programme,
            kind=one.act.kind.value,
            on=one.act.on.isoformat(),
            citation=one.act.citation,
            entered_at=one.entered_at,
            entered_by=one.entered_by,
        )
    )


def withdraw_act(work: Work, id_: str, reason: str) -> str | None:
    """Withdraw an act, and return the entity that it was about; None if there is none in force."""
    entity = work.connection.execute(sa.select(acts.c.entity_id).where(acts.c.id == id_)).scalar()
    gone = work.connection.execute(withdrawn_acts.select().where(withdrawn_acts.c.act_id == id_)).one_or_none()
    if entity is None or gone is not None:
        return None
    work.connection.execute(withdrawn_acts.insert().values(act_id=id_, at=work.at, by=work.actor.id, reason=reason))
    return str(entity)


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


def _select(work: Work, query: Any, column: Any, values: Collection[str]) -> Iterator[Any]:
    listed = list(values)
    for start in range(0, len(listed), BATCH):
        yield from work.connection.execute(query.where(column.in_(listed[start : start + BATCH])))


def _scalars(work: Work, query: Any, column: Any, values: Collection[str]) -> Iterator[Any]:
    for row in _select(work, query, column, values):
        yield row[0]


def _differ(
    work: Work, rows: sa.Table, key: tuple[str, ...], ids: Collection[str], wanted: Iterable[dict[str, Any]]
) -> int:
    """Delete, update and insert so that the rows of these entities are the wanted ones; return how many rows that took."""
    owner = rows.c.id if rows is entities else rows.c.entity_id
    old = {
        tuple(getattr(row, name) for name in key): dict(row._mapping)
        for row in _select(work, rows.select(), owner, ids)
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
