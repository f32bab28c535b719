"""Laying a name beside a listed one, word by word: which words stand for which, and what is left on both sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise, permutations, product
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec
from rapidfuzz.distance import Indel

from comity.matching.closeness import ABJADS, Close, Way
from comity.matching.finding import initial
from comity.matching.names import Kind, Name
from comity.matching.scripts import SYLLABIC

if TYPE_CHECKING:
    from comity.matching.finding import Near
    from comity.matching.index import Index

INITIAL: Final = Close(60, Way.INITIAL)
JOINED_FROM: Final = 88
"""The likeness, of a hundred, from which what is left on both sides is one text whose spaces moved."""
REORDERED_MAX: Final = 3
"""Words left over that are also tried in another order."""
READ_MAX: Final = 2
READINGS_MAX: Final = 3
"""Words left over of which every reading is tried, and how many readings of each."""
EXACTLY: Final = 100
WHOLE_LETTERS_MIN: Final = 8
"""Letters of a whole name in syllables, from which it may be one listed word."""


Pair: TypeAlias = tuple[int, int, int, Way]
"""A word of the question and a word of the row that stand for each other: the places of both, the strength, the way."""


class Laid(msgspec.Struct, frozen=True, gc=False):
    """Two names laid beside each other."""

    pairs: Sequence[Pair]
    left_asked: Sequence[int]
    left_listed: Sequence[int]
    rejoined: int
    """How alike what is left on both sides is, as one text; 0 where a side has nothing left."""


class Asked(msgspec.Struct, frozen=True, gc=False):
    """A name that is about to be laid beside rows: what is the same for all of them, worked out once."""

    name: Name
    close: Sequence[Mapping[int, Close]]
    """Word by word, the listed tokens that it may be."""
    met: AbstractSet[int]
    """These tokens, of all words."""
    has_initial: bool
    is_syllabic: bool
    weights: Sequence[int]
    """Of its words."""
    left: dict[tuple[int, ...], Left]
    """By the words left over; filled as rows leave them."""
    singles: int
    """Words of one letter."""
    has_number: bool
    packed: str
    """All letters, in ASCII, without spaces."""


class Left(msgspec.Struct, frozen=True, gc=False):
    """What words left over may be as one text."""

    texts: Sequence[str]
    """In some of the readings of each."""
    shortest: int
    longest: int
    """Letters of these."""
    is_abjad: bool


def prepared(name: Name, near: Sequence[Near]) -> Asked:
    """Prepare a name for being laid beside rows; `near` is what was found near each of its words."""
    close = [one.close for one in near]
    singles = sum([len(one.text) == 1 for one in name.words])
    return Asked(
        name,
        close,
        set().union(*close),
        has_initial=singles > 0,
        is_syllabic=is_syllabic(name),
        weights=[one.weight for one in name.words],
        left={},
        singles=singles,
        has_number=any([one.is_number for one in name.words]),
        packed=name.latin.replace(" ", ""),
    )


def is_syllabic(name: Name) -> bool:
    """Tell whether the words of a name are syllables in their order: a person's, or of nobody whom an institutional word names."""
    is_person = name.kind is Kind.PERSON or all([one.concept < 0 for one in name.words])
    return is_person and any([one.script in SYLLABIC for one in name.words])


def lay(asked: Asked, index: Index, tokens: Sequence[int]) -> tuple[int, Laid]:
    """Lay a name beside a row's tokens, the strongest pairs first, each word once; and say at first sight how much speaks for it.

    What is left on both sides is compared only where it may be one text; `finished` says how alike it is in any case.
    """
    found = _pairs(asked, index, tokens)
    pairs: list[Pair] = []
    words, places = list(range(len(asked.weights))), list(range(len(tokens)))
    for strength, at, place, way in found:
        if at in words and place in places:
            words.remove(at)
            places.remove(place)
            pairs.append((at, place, -strength, way))
    if asked.is_syllabic and len(pairs) > 1 and out_of_order(pairs):
        pairs, words, places = _only_first(pairs, words, places)
    rejoined = _may_rejoin(asked, index, words, [tokens[at] for at in places]) if words and places else 0
    laid = Laid(pairs, words, places, rejoined)
    return _promise(asked, index.weights, tokens, laid), laid


def _promise(asked: Asked, weights: Sequence[int], tokens: Sequence[int], laid: Laid) -> int:
    said = asked.weights
    gained = left = 0
    for at, place, strength, _ in laid.pairs:
        gained += min(said[at], weights[tokens[place]]) * strength
    for place in laid.left_listed:
        left += weights[tokens[place]]
    if laid.rejoined >= JOINED_FROM:
        return gained // 50 + 2 * left
    for at in laid.left_asked:
        left += said[at]
    return gained // 50 - left


def _pairs(asked: Asked, index: Index, tokens: Sequence[int]) -> list[tuple[int, int, int, Way]]:
    """Return the pairs that the words of a name and those of a row may make, the strongest first, less than nothing by strength."""
    met, alone, has_initial = asked.met, index.letters_alone, asked.has_initial
    found = []
    for place, token in enumerate(tokens):
        if token in met:
            for at, close in enumerate(asked.close):
                if token in close:
                    strength, way = close[token]
                    found.append((-strength, at, place, way))
        if has_initial or token in alone:
            found += _initials(asked, place, token, index.tokens[token])
    if len(found) > 1:
        found.sort()
    return found


def _only_first(pairs: list[Pair], words: list[int], places: list[int]) -> tuple[list[Pair], list[int], list[int]]:
    """Return what is laid without all pairs but the strongest: a name of the same syllables in another order is another name."""
    gone = pairs[1:]
    return pairs[:1], sorted([*words, *(one[0] for one in gone)]), sorted([*places, *(one[1] for one in gone)])


def finished(asked: Asked, index: Index, tokens: Sequence[int], laid: Laid) -> Laid:
    """Return what was laid, with how alike what is left on both sides is, be it much or little."""
    if laid.rejoined or not laid.left_asked or not laid.left_listed:
        return laid
    listed = [index.tokens[tokens[at]] for at in laid.left_listed]
    return msgspec.structs.replace(laid, rejoined=_rejoined(asked, laid.left_asked, listed))


def _initials(asked: Asked, place: int, token: int, text: str) -> list[tuple[int, int, int, Way]]:
    """Return the pairs that a listed token makes with the words of which one is the other's initial."""
    return [
        (-INITIAL.strength, at, place, INITIAL.way)
        for at, (word, met) in enumerate(zip(asked.name.words, asked.close, strict=True))
        if token not in met and initial(word, text)
    ]


def _may_rejoin(asked: Asked, index: Index, words: Sequence[int], listed: Sequence[int]) -> int:
    """Return how alike the words left on both sides are as one text, if they are near enough in length to be one; otherwise 0."""
    left = asked.left.get(tuple(words)) or _left(asked, words)
    lengths, length = index.lengths, 0
    for token in listed:
        length += lengths[token]
    nearest = min(max(length, left.shortest), left.longest)
    if 200 * min(nearest, length) < JOINED_FROM * (nearest + length):
        return 0
    return _rejoined(asked, words, [index.tokens[token] for token in listed])


def _left(asked: Asked, words: Sequence[int]) -> Left:
    key = tuple(words)
    known = asked.left.get(key)
    if known is None:
        of = [asked.name.words[at] for at in words]
        if len(of) > READ_MAX:
            texts = ["".join([one.readings[0] for one in of if one.readings])]
        else:
            texts = ["".join(one) for one in product(*(one.readings[:READINGS_MAX] for one in of))]
        lengths = [len(one) for one in texts] or [0]
        known = Left(texts, min(lengths), max(lengths), any([one.script in ABJADS for one in of]))
        asked.left[key] = known
    return known


def _rejoined(asked: Asked, words: Sequence[int], listed: Sequence[str]) -> int:
    """Return how alike the words left on both sides are as one text, in the readings, and the order, in which they are most."""
    if asked.is_syllabic or not 1 < len(listed) <= REORDERED_MAX:
        others = ["".join(listed)]
    else:
        others = ["".join(one) for one in permutations(listed)]
    texts = _left(asked, words).texts
    alike = int(max([Indel.normalized_similarity(one, other) for one in texts for other in others], default=0) * 100)
    if alike < JOINED_FROM or _may_be_joined(asked, words, listed, alike):
        return alike
    return JOINED_FROM - 1


def _may_be_joined(asked: Asked, words: Sequence[int], listed: Sequence[str], alike: int) -> bool:
    """Tell whether likeness of letters may be spaces that moved: not in much text, nor in a script whose vowels are guessed.

    Of syllables, nearly is another name; and a whole name of few letters may be anything.
    """
    few = min(len(words), len(listed))
    if asked.is_syllabic:
        return alike == EXACTLY and (len(words) < len(asked.name.words) or sum(map(len, listed)) >= WHOLE_LETTERS_MIN)
    return few == 1 if _left(asked, words).is_abjad else few <= READ_MAX


def out_of_order(pairs: Sequence[Pair]) -> int:
    """Return how far the matched words stand in another order, but for which of them comes first: family names do on some lists."""
    places = [pair[1] for pair in sorted(pairs)]
    return sum([later < earlier for earlier, later in pairwise([*places, places[0]])]) - 1
