"""What a search reads: words, postings, names and facets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from comity.register.store import rows
from comity.register.store.entities import entities, facets, names, tokens, vocabulary

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from comity.infra.work import Work
    from comity.register.model.answers import Search


LENGTHS = 1
"""How much longer or shorter a misspelt word may be."""


def count_entities(work: Work) -> int:
    """Return how many entities there are."""
    return work.connection.execute(sa.select(sa.func.count()).select_from(entities)).scalar_one()


def vocabulary_between(work: Work, first: str, last: str) -> dict[str, int]:
    """Return the words from one to another, both included, each with the number of entities that hold it."""
    query = sa.select(vocabulary.c.token, vocabulary.c.count).where(vocabulary.c.token.between(first, last))
    return {row[0]: row[1] for row in work.connection.execute(query)}


def vocabulary_like(work: Work, first: str, length: int) -> dict[str, int]:
    """Return the words that begin with a letter and are at most one letter longer or shorter than a length, with their counts."""
    query = sa.select(vocabulary.c.token, vocabulary.c.count).where(
        vocabulary.c.token.between(first, first + "\x7f"),
        sa.func.length(vocabulary.c.token).between(length - LENGTHS, length + LENGTHS),
    )
    return {row[0]: row[1] for row in work.connection.execute(query).all()}


def postings(work: Work, words: Collection[str]) -> dict[str, list[str]]:
    """Return the entities that hold each of some words."""
    found: dict[str, list[str]] = {}
    for token, entity_id in rows.select(work, sa.select(tokens), tokens.c.token, words):
        found.setdefault(token, []).append(entity_id)
    return found


def having(work: Work, words: Collection[str]) -> list[str]:
    """Return the entities that hold any of some words."""
    return [id_ for ids in postings(work, words).values() for id_ in ids]


def names_of(work: Work, ids: Collection[str], holding: Collection[str] = ()) -> Iterator[tuple[str, str, str]]:
    """Yield (entity, words, spelling) of every name of some entities, or of those names that hold one of some words."""
    query = sa.select(names.c.entity_id, names.c.words, names.c.value)
    if holding:
        query = query.where(sa.or_(*(names.c.words.contains(word, autoescape=True) for word in sorted(holding))))
    for row in rows.select(work, query, names.c.entity_id, ids):
        yield row[0], row[1], row[2]


def filtered(work: Work, question: Search, limit: int) -> list[str]:
    """Return the first entity of each cluster that has one of the asked values for each kind that is asked for, in order of id."""
    first = sa.func.min(entities.c.id)
    query = sa.select(first).group_by(entities.c.cluster).order_by(first).limit(limit)
    asked = (entities.c.cluster.in_(_having(kind, values)) for kind, values in _asked(question))
    return list(work.connection.execute(query.where(*asked)).scalars())


def narrowed(work: Work, question: Search, ids: Collection[str]) -> set[str]:
    """Return those of some entities whose clusters have one of the asked values for each kind that is asked for."""
    asked = dict(_asked(question))
    clusters = sa.select(entities.c.id, entities.c.cluster)
    own = {row[0]: row[1] for row in rows.select(work, clusters, entities.c.id, ids)}
    members = {row[0]: row[1] for row in rows.select(work, clusters, entities.c.cluster, set(own.values()))}
    met: dict[str, set[str]] = {}
    for id_, kind, value in rows.select(
        work, sa.select(facets.c.entity_id, facets.c.kind, facets.c.value), facets.c.entity_id, members
    ):
        if value in asked.get(kind, ()):
            met.setdefault(members[id_], set()).add(kind)
    return {id_ for id_, cluster in own.items() if len(met.get(cluster, ())) == len(asked)}


def _having(kind: str, values: Collection[str]) -> sa.Select[tuple[str]]:
    """Select the clusters of which some member has one of some values."""
    joined = sa.select(entities.c.cluster).join(facets, facets.c.entity_id == entities.c.id)
    return joined.where(facets.c.kind == kind, facets.c.value.in_(values))


def _asked(question: Search) -> list[tuple[str, Collection[str]]]:
    asked = {
        "source": question.sources,
        "programme": question.programmes,
        "measure": question.measures,
        "schema": question.schemas,
        "country": question.countries,
    }
    return [(kind, values) for kind, values in asked.items() if values]
