"""Matching by example: every name is screened and its answer kept, and the client sees the part that it asked for."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

import msgspec

from comity.opensanctions.model.datasets import Asked, is_of
from comity.opensanctions.model.entities import Total
from comity.opensanctions.model.failures import AlgorithmFixed, BatchUnfit
from comity.opensanctions.model.matching import (
    BATCH_MAX,
    POINTS,
    Answered,
    Likely,
    Matches,
    Scored,
    explanations,
    features,
)
from comity.opensanctions.model.schemata import THING, kinds
from comity.opensanctions.model.understanding import Understood, understood
from comity.opensanctions.service.catalogue import among
from comity.opensanctions.service.entities import Shelf
from comity.screening import service as screening
from comity.screening.model.answer import Screened
from comity.screening.model.profile import MATCHES_MAX, Profile
from comity.screening.model.question import NATURES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from comity.infra.work import Work
    from comity.opensanctions.model.matching import Batch, Options
    from comity.opensanctions.service.entities import Looked
    from comity.screening.model.answer import Result, Screening
    from comity.screening.service import Place

ANY: Final = frozenset({THING, "CryptoWallet"})
"""What may be anybody's: a wallet is answered by whoever holds it."""

UNFIT: Final = 422
"""The status within a batch of a query of which nothing could be asked."""


def match(work: Work, place: Place, asked: Asked, batch: Batch, options: Options) -> Answered:
    """Ask about everybody in a batch. Every question and its answer on all lists is kept as a screening.

    Raises `DatasetUnknown`, `SchemaUnknown`, `BatchUnfit`, `AlgorithmFixed`, and `GroundAbsent` where no list is in force.
    """
    if batch.weights or batch.config:
        raise AlgorithmFixed("Scores here are fitted probabilities; weights and configuration are not taken.")
    if not 1 <= len(batch.queries) <= BATCH_MAX:
        raise BatchUnfit(f"Too many queries in one batch, or none (limit: {BATCH_MAX}).")
    shelf = Shelf(work, place.desk)
    lists = among(place.desk, shelf.in_force, asked)
    examples = {key: understood(example) for key, example in batch.queries.items()}
    questions = [question for one in examples.values() for question in one.questions]
    screened = screening.screen_each(work, place, questions, Profile(threshold=options.least, limit=MATCHES_MAX))
    kept = iter(screened)
    shown = _View(shelf, lists, options)
    answers = {key: [next(kept) for _ in one.questions] for key, one in examples.items()}
    found = {key: shown.found(one, answers[key]) for key, one in examples.items()}
    shelf.fetch(one.id for of in found.values() for one in shown.looked_at(of))
    responses = {
        key: shown.answered(one, answers[key], found[key], batch.queries[key].id) for key, one in examples.items()
    }
    work.record(
        "opensanctions.matched",
        dataset=asked.dataset,
        queries=len(examples),
        results=sum(len(one.results) for one in responses.values()),
    )
    editions = screened[0].answer.editions if screened else screening.ground(work).editions
    return Answered(responses=responses, matcher=features(), limit=options.limit, editions=editions)


class _View:
    """What of the answers a client asked to see."""

    def __init__(self, shelf: Shelf, lists: Collection[str], options: Options) -> None:
        self._shelf, self._lists, self._options = shelf, lists, options
        self._schemas = frozenset().union(*(kinds(name) for name in options.exclude_schema))
        excluded = (self._shelf.find(one) for one in options.exclude_entity_ids)
        self._excluded = {one.shown.id for one in excluded if one is not None}

    def found(self, asked: Understood, answers: Sequence[Screening]) -> list[Likely]:
        """Return who of the answers to one query, whose names were asked one by one, is asked for, the likeliest first."""
        return [one for one in _likeliest(answers) if self._is_asked_for(one, asked)]

    def looked_at(self, found: Sequence[Likely]) -> Sequence[Likely]:
        """Return those of them that are looked up in the register."""
        return found if self._options.looks_closer else found[: self._options.limit]

    def answered(
        self, asked: Understood, answers: Sequence[Screening], found: Sequence[Likely], id_: str | None
    ) -> Matches:
        """Return the answer to one query."""
        query = {"id": id_, "schema": asked.schema, "properties": asked.properties}
        if asked.unfit:
            return Matches(status=UNFIT, results=(), total=Total(value=0), query=query, detail=asked.unfit)
        looked = ((one, self._shelf.find(one.id)) for one in found)
        if self._options.looks_closer:
            passed = [(one, entity) for one, entity in looked if entity is not None and self._passes(entity)]
            total, shown = len(passed), passed[: self._options.limit]
        else:
            total, shown = len(found), [(one, entity) for one, entity in islice(looked, self._options.limit) if entity]
        return Matches(
            results=tuple(_scored(one, entity, self._options) for one, entity in shown),
            total=Total(value=total, relation="gte" if any(map(_is_cut, answers)) else "eq"),
            query=query,
            screenings=tuple(one.id for one in answers),
        )

    def _is_asked_for(self, one: Likely, asked: Understood) -> bool:
        if not is_of(one.references, self._lists) or one.schema in self._schemas or one.id in self._excluded:
            return False
        return asked.schema in {*NATURES, *ANY} or one.schema in kinds(asked.schema)

    def _passes(self, found: Looked) -> bool:
        topics, since = self._options.topics, self._options.changed_since
        has_topic = not topics or bool(set(topics) & set(found.shown.properties.get("topics", ())))
        return has_topic and (not since or (found.shown.last_change or "") >= since)


def _likeliest(answers: Sequence[Screening]) -> Iterator[Likely]:
    """Yield everybody who may be meant by any of the names, each by the name that fits best, the likeliest first."""
    best: dict[str, Likely] = {}
    for answer in answers:
        for one in _results(answer):
            likely = Likely(one.id, one.schema, one.probability, one.odds, one.evidence, one.references)
            if one.id not in best or likely.probability > best[one.id].probability:
                best[one.id] = likely
    yield from sorted(best.values(), key=lambda one: -one.probability)


def _results(answer: Screening) -> tuple[Result, ...]:
    assert not isinstance(answer.answer, Screened), "a name is answered by a name"
    return answer.answer.results


def _is_cut(answer: Screening) -> bool:
    """Whether an answer on all lists has as many matches as one may have, so that there may be others on the lists asked for."""
    return len(_results(answer)) == MATCHES_MAX


def _scored(one: Likely, found: Looked, options: Options) -> Scored:
    return Scored(
        **msgspec.structs.asdict(found.shown),
        score=one.probability,
        match=one.probability >= options.threshold,
        explanations=explanations(one.evidence),
        features={weight.kind: weight.points / POINTS for weight in one.odds.weights},
    )
