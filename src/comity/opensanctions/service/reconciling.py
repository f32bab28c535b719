"""Reconciling a column of names, suggesting what somebody types, and filling in what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.opensanctions.model.failures import BatchUnfit
from comity.opensanctions.model.matching import BATCH_MAX, Batch, Options
from comity.opensanctions.model.reconciling import CERTAIN, Candidate, Candidates, Extended, Property, Suggestion, Type
from comity.opensanctions.model.schemata import SCHEMATA, properties
from comity.opensanctions.model.searching import Query as Search
from comity.opensanctions.service.entities import Shelf
from comity.opensanctions.service.matching import match
from comity.opensanctions.service.searching import search

if TYPE_CHECKING:
    from collections.abc import Mapping

    from comity.infra.work import Work
    from comity.lists.service import Desk
    from comity.opensanctions.model.datasets import Asked
    from comity.opensanctions.model.matching import Matches, Scored
    from comity.opensanctions.model.reconciling import Extension, Query
    from comity.screening.service import Place


ALONE: Final = 1
"""Candidates among whom no person has to choose."""


def reconcile(work: Work, place: Place, asked: Asked, queries: Mapping[str, Query]) -> dict[str, Candidates]:
    """Return who may be meant by each query; every question and its answer is kept as a screening.

    Raises what `match` raises.
    """
    if not 1 <= len(queries) <= BATCH_MAX:
        raise BatchUnfit(f"Too many queries in one batch, or none (limit: {BATCH_MAX}).")
    limit = max(ALONE + 1, *(one.limit for one in queries.values()))
    batch = Batch(queries={key: one.example() for key, one in queries.items()})
    answered = match(work, place, asked, batch, Options(limit=limit))
    return {key: _candidates(answered.responses[key], one.limit) for key, one in queries.items()}


def suggest(work: Work, desk: Desk, asked: Asked, prefix: str, limit: int) -> tuple[Suggestion, ...]:
    """Return entities that somebody may mean who types the beginning of a name. Raises `DatasetUnknown`."""
    if not prefix.strip():
        return ()
    found = search(work, desk, asked, Search(text=prefix, limit=limit, facets=()))
    return tuple(
        Suggestion(id=one.id, name=one.caption, description=_label(one.schema), notable=(_type(one.schema),))
        for one in found.results
    )


def extend(work: Work, desk: Desk, asked: Extension) -> Extended:
    """Return properties of entities; of what is on no list today, nothing."""
    shelf = Shelf(work, desk)
    rows: dict[str, dict[str, tuple[dict[str, str], ...]]] = {}
    for id_ in asked.ids:
        found = shelf.find(id_)
        said = found.shown.properties if found is not None else {}
        rows[id_] = {
            one.id: tuple({"str": value} for value in said.get(one.id, ())[: one.settings.limit or None])
            for one in asked.properties
        }
    labels = {name: label for schema in SCHEMATA for name, (_, label) in properties(schema).items()}
    return Extended(
        meta=tuple(Property(id=one.id, name=labels.get(one.id, one.id)) for one in asked.properties), rows=rows
    )


def _candidates(answer: Matches, limit: int) -> Candidates:
    alone = len(answer.results) == ALONE
    return Candidates(result=tuple(_candidate(one, is_alone=alone) for one in answer.results[:limit]))


def _candidate(one: Scored, *, is_alone: bool) -> Candidate:
    return Candidate(
        id=one.id,
        name=one.caption,
        type=(_type(one.schema),),
        description=", ".join([_label(one.schema), *one.datasets]),
        score=one.score,
        match=is_alone and one.score >= CERTAIN,
        features=tuple({"id": name, "value": value} for name, value in one.features.items()),
    )


def _type(schema: str) -> Type:
    return Type(id=schema, name=SCHEMATA[schema].plural if schema in SCHEMATA else schema)


def _label(schema: str) -> str:
    return SCHEMATA[schema].label if schema in SCHEMATA else schema
