"""Searching the register: by name in any script, by number, by regime, programme, measure, kind, country and day."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from comity.model.designation import State
from comity.register.model import names
from comity.register.model.answers import Card, Found, Hit, Search, SearchOrder, Standing
from comity.register.model.listing import STRONGEST
from comity.register.service import following, resolving
from comity.register.store import entities, finding, judgements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from comity.infra.work import Work
    from comity.lists.service import Desk

CANDIDATES_MAX = 300
"""List entries whose names are compared; rarer words of the query decide which."""

ANSWERS_MAX = 200
"""List entries that may answer a text; a longer list is better asked again with one more word or a filter."""

COMMON_MIN = 1000
"""A word of more entries than this finds nothing by itself where a rarer word of the query does."""

BROWSED_MAX = 2000
"""Entities that filters alone may find; further ones are found by a narrower filter."""

HELD_MIN = 0.45
"""Entries that hold less than this share of the weight that the best one holds are not compared."""

SCORE_MIN = 0.55
"""Below this a name does not answer the query."""

EXPANSIONS_MAX = 12
"""Similar words that are tried for a word which the register does not hold."""

SIMILAR_MIN = 0.72
"""How similar they must be."""

LONG = 3
"""From this many letters on, a word may also be the beginning of another."""


def search(work: Work, desk: Desk, question: Search) -> Found:
    """Return the entities that answer a question, best first; those that are joined appear once.

    A text finds names and numbers; without one the filters alone decide. Raises `QuestionTooLong`, `PageOutOfRange`.
    """
    as_of = question.as_of or work.at.date()
    entries: Iterable[tuple[str, str, str, str, Card]]
    if question.known_at is None:
        scored, is_cut, _ = _scored(work, question)
        entries = entities.cards(work, scored.keys())
    else:
        entries, scored, is_cut = _as_known(work, desk, question, question.known_at)
    hits = _hits(entries, scored, as_of)
    kept = [hit for hit in hits if _passes(hit, question)]
    kept.sort(key=_order(question.order))
    return Found(
        results=tuple(kept[question.offset : question.offset + question.limit]),
        total=len(kept),
        as_of=as_of,
        known_at=question.known_at,
        facets=_facets(hits),
        is_cut=is_cut,
    )


Scored = dict[str, tuple[float, str]]
"""Each answering entry with its score and the name that answered."""


class _Answer(NamedTuple):
    """What answers a question by what is known now."""

    scored: Scored
    is_cut: bool
    likeness: names.Likeness | None = None
    """How names are compared; None where there is no text."""

    def as_known(self, one: entities.Indexed, numbers: frozenset[str]) -> tuple[float, str] | None:
        """Return the score of an entry by the names and numbers that it had at another time; None where it does not answer."""
        if self.likeness is None or numbers & one.tokens:
            return 1.0, ""
        compared = ((self.likeness.of(words.split()), value) for words, value in one.names.items())
        return max((found for found in compared if found[0] >= SCORE_MIN), default=None)


def _as_known(
    work: Work, desk: Desk, question: Search, known_at: datetime
) -> tuple[list[tuple[str, str, str, str, Card]], Scored, bool]:
    """Return what answered at an instant: entries, names and joins as they were known then."""
    lasting = msgspec.structs.replace(
        question, measures=(), schemas=(), countries=()
    )  # these may have been others then
    now = _scored(work, lasting)
    if (
        now.likeness is None
    ):  # of each cluster of today its first entry stands for all: they may not have been joined then
        members = judgements.in_clusters(work, set(judgements.clusters_of(work, now.scored).values()))
        now = now._replace(scored=dict.fromkeys(members, (1.0, "")))
    groups = resolving.joined_at(work, now.scored, known_at)
    everyone = {id_ for group in groups.values() for id_ in group}
    recalled = {one.id: one for one in following.recall_indexed(work, desk, everyone, known_at)}
    numbers = names.numbers(question.text)
    answered = ((id_, now.as_known(one, numbers)) for id_, one in recalled.items() if id_ in now.scored)
    scored = {id_: found for id_, found in answered if found is not None}
    entries = [
        (one.id, shown_as, one.source, one.schema, one.card)
        for shown_as, group in groups.items()
        if group & scored.keys()
        for one in (recalled[id_] for id_ in sorted(group & recalled.keys()))
    ]
    return entries, scored, now.is_cut


def _order(order: SearchOrder) -> Callable[[Hit], tuple[object, ...]]:
    """Return by what found entities are sorted; the rest of the key makes the order the same every time."""
    if order is SearchOrder.NAME:
        return lambda hit: (hit.caption.casefold(), hit.id)
    if order is SearchOrder.LATEST:
        return lambda hit: (-max((one.since.toordinal() for one in hit.standing if one.since), default=0), hit.id)
    return lambda hit: (-round(hit.score, 3), hit.state is not State.LISTED, hit.caption, hit.id)


def _scored(work: Work, question: Search) -> _Answer:
    """Return what answers a question by what is known now."""
    query = names.words(question.text)[: names.WORDS_MAX]
    if not question.text.strip():
        ids = finding.filtered(work, question, BROWSED_MAX)
        return _Answer(dict.fromkeys(ids, (1.0, "")), len(ids) == BROWSED_MAX)
    total = finding.count_entities(work)
    weights, candidates, tried = _candidates(work, query, total)
    exact = set(finding.having(work, names.numbers(question.text)))
    if question.has_filters:  # before anything is cut off, so that a filter finds what a longer list would have hidden
        allowed = finding.narrowed(work, question, candidates)
        candidates = {id_: weight for id_, weight in candidates.items() if id_ in allowed}
    ranked = _ranked(candidates)
    likeness = names.Likeness(query, weights)
    scored = dict.fromkeys(exact, (1.0, "")) | {id_: (1.0, value) for id_, _, value in finding.names_of(work, exact)}
    for id_, words, value in finding.names_of(work, ranked, tried):
        score = likeness.of(words.split())
        if score >= SCORE_MIN and score > scored.get(id_, (0.0, ""))[0]:
            scored[id_] = (score, value)
    best = sorted(scored, key=lambda id_: (-scored[id_][0], id_))[:ANSWERS_MAX]
    return _Answer({id_: scored[id_] for id_ in best}, max(len(ranked), len(scored)) >= ANSWERS_MAX, likeness)


def _ranked(candidates: Mapping[str, float]) -> list[str]:
    """Return the entries that hold most of the query's weight; those that hold much less than the best are left out."""
    least = HELD_MIN * max(candidates.values(), default=0.0)
    held = sorted((-weight, id_) for id_, weight in candidates.items() if weight >= least)
    return [id_ for _, id_ in held[:CANDIDATES_MAX]]


def _candidates(work: Work, query: Sequence[str], total: int) -> tuple[dict[str, float], dict[str, float], set[str]]:
    """Return each word's weight, the entries that hold any with the weight they hold, and the words that were tried."""
    variants = {word: _variants(work, word) for word in dict.fromkeys(query)}
    counts = {word: sum(of.values()) for word, of in variants.items()}
    weights = {word: names.weight(count, total) for word, count in counts.items()}
    held: dict[str, dict[str, float]] = defaultdict(dict)
    for word in sorted(variants, key=lambda word: (counts[word], word)):
        if held and counts[word] > COMMON_MIN:
            continue  # it would only add entries that hold nothing rarer; those found already are compared by it all the same
        for token, ids in finding.postings(work, variants[word]).items():
            factor = weights[word] * (1.0 if token == word else 0.8)
            for id_ in ids:
                held[id_][word] = max(held[id_].get(word, 0.0), factor)
    tried = {token for word in variants for token in variants[word]}
    return weights, {id_: sum(of.values()) for id_, of in held.items()}, tried


def _variants(work: Work, word: str) -> dict[str, int]:
    """Return the words of the register that a word of the query may mean, with their counts."""
    beginning = finding.vocabulary_between(work, word, word + "\x7f" if len(word) >= LONG else word)
    variants = dict(sorted(beginning.items(), key=lambda item: (item[0] != word, -item[1]))[:EXPANSIONS_MAX])
    if word in variants or len(word) <= LONG or word.isdigit():
        return variants
    near = finding.vocabulary_like(work, word[0], len(word))
    close = names.closest(word, near, SIMILAR_MIN, EXPANSIONS_MAX)
    return variants | {token: near[token] for token in close}


def _hits(
    entries: Iterable[tuple[str, str, str, str, Card]], scored: dict[str, tuple[float, str]], as_of: date
) -> list[Hit]:
    clusters: dict[str, list[tuple[str, str, str, Card]]] = defaultdict(list)
    for id_, cluster, list_id, schema, card in entries:
        clusters[cluster].append((id_, list_id, schema, card))
    return [_hit(cluster, of, scored, as_of) for cluster, of in clusters.items()]


def _hit(
    cluster: str, entries: Sequence[tuple[str, str, str, Card]], scored: dict[str, tuple[float, str]], as_of: date
) -> Hit:
    ordered = sorted(entries, key=lambda entry: (entry[3].state(as_of) is not State.LISTED, entry[0]))
    cards = [entry[3] for entry in ordered]
    best = max((scored.get(entry[0], (0.0, "")) for entry in entries), key=lambda pair: pair[0])
    standing = [_standing(list_id, card, as_of) for _, list_id, _, card in ordered if card.designations]
    return Hit(
        id=cluster,
        schema=ordered[0][2],
        caption=cards[0].caption,
        original=next((card.original for card in cards if card.original), ""),
        sources=tuple(sorted({entry[1] for entry in entries})),
        programmes=_union(one.programme for card in cards for one in card.designations),
        countries=_union(code for card in cards for code in card.countries),
        born=_union(born for card in cards for born in card.born),
        measures=_union(kind for card in cards for one in card.designations for kind in one.measures),
        standing=tuple(sorted(standing, key=lambda one: (STRONGEST.index(one.state), one.is_aggregated))),
        score=best[0],
        matched=best[1],
    )


def _standing(list_id: str, card: Card, as_of: date) -> Standing:
    state = card.state(as_of)
    covering = (interval for one in card.designations for interval in one.intervals if interval.covers(as_of))
    opened = [interval.since for interval in covering if interval.state is state and interval.since is not None]
    since = max(opened, default=None) if state is State.NOT_LISTED else min(opened, default=None)
    aggregated = all(one.is_aggregated for one in card.designations)
    return Standing(list_id, card.code, state, since, aggregated)


def _passes(hit: Hit, question: Search) -> bool:
    wanted = (
        (question.sources, hit.sources),
        (question.programmes, hit.programmes),
        (question.measures, hit.measures),
        (question.schemas, (hit.schema,)),
        (question.countries, hit.countries),
        (question.states, (hit.state,)),
    )
    return all(not asked or set(asked) & set(held) for asked, held in wanted)


def _facets(hits: Sequence[Hit]) -> dict[str, dict[str, int]]:
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for hit in hits:
        counted["source"].update(hit.sources)
        counted["programme"].update(hit.programmes)
        counted["measure"].update(hit.measures)
        counted["schema"][hit.schema] += 1
        counted["country"].update(hit.countries)
        counted["state"][hit.state.value] += 1
    return {kind: dict(counts.most_common()) for kind, counts in counted.items()}


def _union(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
