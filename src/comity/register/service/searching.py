"""Searching the register: by name in any script, by number, by regime, programme, measure, kind, country and day."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from comity.model.designation import State
from comity.register.model import names
from comity.register.model.answers import Card, Found, Hit, Search, Standing
from comity.register.model.listing import state_on
from comity.register.service import following
from comity.register.store import entities, finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from comity.infra.work import Work
    from comity.lists.service import Desk

CANDIDATES_MAX = 300
"""List entries whose names are compared; rarer words of the query decide which."""

ANSWERS_MAX = 200
"""List entries that may answer a text; a longer list is better asked again with one more word or a filter."""

COMMON_MIN = 1000
"""A word of more entries than this finds nothing by itself where a rarer word of the query does."""

BROWSED_MAX = 2000
"""List entries that filters alone may find; further ones are found by a narrower filter."""

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
    scored, is_cut = _scored(work, question)
    entries = entities.cards(work, scored.keys())
    if question.known_at is not None:
        entries = following.recall_cards(work, desk, entries, question.known_at)
    hits = _hits(entries, scored, as_of)
    kept = [hit for hit in hits if _passes(hit, question)]
    kept.sort(key=lambda hit: (-round(hit.score, 3), hit.state is not State.LISTED, hit.caption, hit.id))
    return Found(
        results=tuple(kept[question.offset : question.offset + question.limit]),
        total=len(kept),
        as_of=as_of,
        known_at=question.known_at,
        facets=_facets(hits),
        is_cut=is_cut,
    )


def _scored(work: Work, question: Search) -> tuple[dict[str, tuple[float, str]], bool]:
    """Return each answering entry with its score and the name that answered."""
    query = names.words(question.text)[: names.WORDS_MAX]
    if not query:
        ids = finding.filtered(work, question, BROWSED_MAX)
        return dict.fromkeys(ids, (1.0, "")), len(ids) == BROWSED_MAX
    total = finding.count_entities(work)
    weights, candidates, tried = _candidates(work, query, total)
    number = names.joined(question.text)
    exact = set(finding.having(work, [number])) if any(char.isdigit() for char in number) else set()
    if question.has_filters:  # before anything is cut off, so that a filter finds what a longer list would have hidden
        allowed = finding.narrowed(work, question, candidates)
        candidates = {id_: weight for id_, weight in candidates.items() if id_ in allowed}
    ranked = _ranked(candidates)
    likeness = names.Likeness(query, weights)
    scored = {id_: (1.0, value) for id_, _, value in finding.names_of(work, exact)}
    for id_, words, value in finding.names_of(work, ranked, tried):
        score = likeness.of(words.split())
        if score >= SCORE_MIN and score > scored.get(id_, (0.0, ""))[0]:
            scored[id_] = (score, value)
    best = sorted(scored, key=lambda id_: (-scored[id_][0], id_))[:ANSWERS_MAX]
    return {id_: scored[id_] for id_ in best}, max(len(ranked), len(scored)) >= ANSWERS_MAX


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
        standing=tuple(_standing(list_id, card, as_of) for _, list_id, _, card in ordered if card.designations),
        score=best[0],
        matched=best[1],
    )


def _standing(list_id: str, card: Card, as_of: date) -> Standing:
    state = card.state(as_of)
    opened = [
        interval.since
        for one in card.designations
        for interval in one.intervals
        if interval.state is state and state_on([interval], as_of) is state and interval.since is not None
    ]
    aggregated = all(one.is_aggregated for one in card.designations)
    return Standing(list_id, card.code, state, min(opened, default=None), aggregated)


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
