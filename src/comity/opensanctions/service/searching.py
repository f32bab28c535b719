"""Searching by text, for people who look for somebody: the register's own search, in another form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from babel import Locale

from comity.kit.limits import PAGE_ROWS_MAX
from comity.model.designation import State
from comity.opensanctions.model.datasets import Asked, name_of
from comity.opensanctions.model.entities import Total
from comity.opensanctions.model.schemata import SCHEMATA, THING, kinds
from comity.opensanctions.model.searching import FACETS, Facet, FacetItem, Found
from comity.opensanctions.service.catalogue import among
from comity.opensanctions.service.entities import SANCTIONED, Shelf
from comity.register import service as register
from comity.register.model.answers import Hit, Search

if TYPE_CHECKING:
    from collections.abc import Collection

    from comity.infra.work import Work
    from comity.lists.service import Desk
    from comity.opensanctions.model.entities import Entity
    from comity.opensanctions.model.searching import Query

TODAY: Final = (State.LISTED, State.SUSPENDED, State.UNKNOWN)
"""States of whoever stands on a list today."""


def search(work: Work, desk: Desk, asked: Asked, query: Query) -> Found:
    """Return a page of the entities on some lists today that answer a text, best first.

    What only a closer look tells (topics, changes) is looked for among the best `PAGE_ROWS_MAX` answers; where there are more, the
    total says *at least*. Facets count the same answers. Raises `DatasetUnknown`, `SchemaUnknown`, `QuestionTooLong`.
    """
    shelf = Shelf(work, desk)
    lists = among(desk, shelf.in_force, asked)
    if query.datasets:
        lists &= among(desk, shelf.in_force, Asked(dataset=asked.dataset, include=query.datasets))
    answers = _answers(work, desk, lists, query)
    page = slice(query.offset, query.offset + query.limit)
    shelf.fetch(one.id for one in answers.hits[slice(PAGE_ROWS_MAX) if query.looks_closer else page])
    if query.looks_closer:
        best = (shelf.find(one.id) for one in answers.hits[:PAGE_ROWS_MAX])
        passed = [one.shown for one in best if one is not None and _passes(one.shown, query)]
        results, total = passed[page], len(passed)
        hits = [one for one in answers.hits if one.id in {entity.id for entity in passed}]
    else:
        looked = (shelf.find(one.id) for one in answers.hits[page])
        results, total, hits = [one.shown for one in looked if one is not None], answers.total, answers.hits
    is_cut = answers.is_cut or (query.looks_closer and answers.total > PAGE_ROWS_MAX)
    return Found(
        results=tuple(results),
        facets=_facets(hits, lists, shelf, query.facets),
        total=Total(value=total, relation="gte" if is_cut else "eq"),
        limit=query.limit,
        offset=query.offset,
    )


class _Answers(NamedTuple):
    """The best answers of the register, at least as many as the page needs."""

    hits: list[Hit]
    total: int
    is_cut: bool


def _answers(work: Work, desk: Desk, lists: Collection[str], query: Query) -> _Answers:
    schemas = kinds(query.schema) if query.schema != THING else frozenset(SCHEMATA)
    wanted = schemas.difference(*(kinds(name) for name in query.exclude_schema))
    is_any = query.schema == THING and not query.exclude_schema
    hits: list[Hit] = []
    total, is_cut = 0, False
    if not lists or not wanted:
        return _Answers(hits, total, is_cut)
    while len(hits) < max(PAGE_ROWS_MAX, query.offset + query.limit):
        found = register.search(
            work,
            desk,
            Search(
                text=query.text,
                sources=tuple(sorted(lists)),
                schemas=() if is_any else tuple(sorted(wanted)),
                countries=query.countries,
                states=TODAY,
                order=query.order,
                limit=PAGE_ROWS_MAX,
                offset=len(hits),
            ),
        )
        hits += found.results
        total, is_cut = found.total, found.is_cut
        if len(hits) >= total or not found.results:
            break
    if query.needs_all:
        hits = [one for one in hits if set(query.countries) <= set(one.countries)]
        total = len(hits)
    return _Answers(hits, total, is_cut)


def _passes(entity: Entity, query: Query) -> bool:
    topics, wanted = set(entity.properties.get("topics", ())), set(query.topics)
    has_topics = wanted <= topics if query.needs_all else not wanted or bool(wanted & topics)
    is_new = not query.changed_since or (entity.last_change or "") >= query.changed_since
    return has_topics and is_new and query.target in {None, entity.target}


def _facets(hits: Sequence[Hit], lists: Collection[str], shelf: Shelf, asked: Sequence[str]) -> dict[str, Facet]:
    counted: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for one in hits:
        counted["datasets"].update(source for source in one.sources if source in lists)
        counted["countries"].update(one.countries)
        counted["schema"][one.schema] += 1
        counted["topics"].update(
            {SANCTIONED for said in one.standing if said.state in TODAY and not shelf.desk.source(said.source).says}
        )
    return {
        name: Facet(
            label=FACETS.get(name, name.capitalize()),
            values=tuple(
                FacetItem(
                    name=name_of(value) if name == "datasets" else value, label=_label(shelf, name, value), count=count
                )
                for value, count in counted.get(name, Counter()).most_common()
            ),
        )
        for name in asked
    }


def _label(shelf: Shelf, facet: str, value: str) -> str:
    if facet == "datasets":
        return shelf.desk.source(value).title
    if facet == "countries":
        return _territories().get(value.upper(), value)
    if facet == "schema" and value in SCHEMATA:
        return SCHEMATA[value].plural
    return value.capitalize()


@cache
def _territories() -> dict[str, str]:
    return dict(Locale("en").territories)
