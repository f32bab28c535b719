"""Laying a name beside a listed one, word by word, and saying in whole numbers what agrees, is missing or contradicts.

What is missing on one side is cheap; what is left over on both sides is a contradiction, and dear. What each is worth is fitted,
not set here: this module only observes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import IntEnum
from functools import cache
from itertools import pairwise, permutations, product
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from rapidfuzz.distance import Indel

from comity.matching import legal
from comity.matching.closeness import SYLLABIC, Close, Way
from comity.matching.finding import initial
from comity.matching.names import Name
from comity.matching.scripts import Script

if TYPE_CHECKING:
    from comity.matching.finding import Near
    from comity.matching.index import Index, Row


INITIAL: Final = Close(60, Way.INITIAL)
JOINED_FROM: Final = 88
"""The likeness, of a hundred, from which what is left on both sides is one text whose spaces moved."""
REORDERED_MAX: Final = 3
"""Words left over that are also tried in another order."""
READ_MAX: Final = 2
READINGS_MAX: Final = 3
"""Words left over of which every reading is tried, and how many readings of each."""
FULL: Final = 95
"""The strength from which two words are the same."""
REJOINED_STRENGTH: Final = 90
SHORT: Final = 4
"""Letters up to which one slip makes another word."""


Pair: TypeAlias = tuple[int, int, int, Way]
"""A word of the question and a word of the row that stand for each other: the places of both, the strength, the way."""


class Laid(NamedTuple):
    """Two names laid beside each other."""

    pairs: Sequence[Pair]
    left_asked: Sequence[int]
    left_listed: Sequence[int]
    rejoined: int
    """How alike what is left on both sides is, as one text; 0 where a side has nothing left."""


class Asked(NamedTuple):
    """A name that is about to be laid beside rows: what is the same for all of them, worked out once."""

    name: Name
    met: Mapping[int, Sequence[tuple[int, int, Way]]]
    """By listed token, the words that it may be: less than nothing by the strength, which word, the way."""
    has_initial: bool
    left: dict[tuple[int, ...], tuple[Sequence[str], Collection[int]]]
    """By the words left over, the texts that they may make, and the lengths of these; filled as rows leave them."""


class Feature(IntEnum):
    """What is observed of two names; every value is a whole number. The order is that of the score's columns."""

    WORDS_ASKED = 0
    WORDS_LISTED = 1
    MATCHED = 2
    MATCHED_FULL = 3
    EVIDENCE = 4
    COVER_ASKED = 5
    COVER_LISTED = 6
    LEFT_ASKED = 7
    LEFT_LISTED = 8
    CONTRADICTION = 9
    LEFT_ASKED_COUNT = 10
    LEFT_LISTED_COUNT = 11
    CONTRADICTIONS = 12
    REJOINED = 13
    STRENGTH_MIN = 14
    STRENGTH_MEAN = 15
    EDITS = 16
    EDITS_TWO = 17
    EDITS_SHORT = 18
    SOUNDS = 19
    VARIANTS = 20
    CROSSED = 21
    INITIALS = 22
    TRANSLATED = 23
    FORMS = 24
    WHOLE = 25
    PACKED = 26
    KIND = 27
    SCRIPT = 28
    NUMBERS = 29
    REVERSED = 30
    RAREST_ASKED = 31
    RAREST_LISTED = 32
    SINGLES = 33
    LETTERS = 34
    WEAKEST_RARE = 35


EDITED: Final = frozenset({Way.EDIT1, Way.EDIT2})
OWN_SCRIPT: Final = 5
"""The group of a name that is compared in its own script."""
GROUPS: Final = {
    Script.LATIN: 0, Script.OTHER: 0, Script.CYRILLIC: 1, Script.GREEK: 1, Script.GEORGIAN: 1, Script.ARMENIAN: 1, Script.ARABIC: 2,
    Script.HEBREW: 2, Script.HAN: 3, Script.HANGUL: 4, Script.KANA: 4, Script.THAI: 1, Script.DEVANAGARI: 1,
}  # fmt: skip


def prepared(name: Name, near: Sequence[Near]) -> Asked:
    """Prepare a name for being laid beside rows; `near` is what was found near each of its words."""
    met: dict[int, list[tuple[int, int, Way]]] = {}
    for at, one in enumerate(near):
        for token, (strength, way) in one.close.items():
            if token in met:
                met[token].append((-strength, at, way))
            else:
                met[token] = [(-strength, at, way)]
    return Asked(name, met, has_initial=any([len(one.text) == 1 for one in name.words]), left={})


def lay(asked: Asked, index: Index, tokens: Sequence[int]) -> Laid:
    """Lay a name beside a row's tokens: the strongest pairs first, each word once.

    What is left on both sides is compared only where it may be one text; `finished` says how alike it is in any case.
    """
    met = asked.met
    found: list[tuple[int, int, int, Way]] = []
    for place, token in enumerate(tokens):
        if token in met:
            found += [(strength, at, place, way) for strength, at, way in met[token]]
        if asked.has_initial or token in index.letters_alone:
            found += _initials(asked, place, token, index.tokens[token])
    if len(found) > 1:
        found.sort()
    pairs: list[Pair] = []
    words, places = list(range(len(asked.name.words))), list(range(len(tokens)))
    for strength, at, place, way in found:
        if at in words and place in places:
            words.remove(at)
            places.remove(place)
            pairs.append((at, place, -strength, way))
    if not words or not places:
        return Laid(pairs, words, places, 0)
    listed = [index.tokens[tokens[at]] for at in places]
    return Laid(pairs, words, places, _rejoined(asked, words, listed) if _may_rejoin(asked, words, listed) else 0)


def finished(asked: Asked, index: Index, tokens: Sequence[int], laid: Laid) -> Laid:
    """Return what was laid, with how alike what is left on both sides is, be it much or little."""
    if laid.rejoined or not laid.left_asked or not laid.left_listed:
        return laid
    listed = [index.tokens[tokens[at]] for at in laid.left_listed]
    return laid._replace(rejoined=_rejoined(asked, laid.left_asked, listed))


def _initials(asked: Asked, place: int, token: int, text: str) -> list[tuple[int, int, int, Way]]:
    """Return the pairs that a listed token makes with the words of which one is the other's initial."""
    already = {at for _, at, _ in asked.met.get(token, ())}
    return [
        (-INITIAL.strength, at, place, INITIAL.way)
        for at, word in enumerate(asked.name.words)
        if at not in already and initial(word, text)
    ]


def _may_rejoin(asked: Asked, words: Sequence[int], listed: Sequence[str]) -> bool:
    """Tell whether the words left on both sides are near enough in length to be one text."""
    length = sum([len(one) for one in listed])
    return any([200 * min(one, length) >= JOINED_FROM * (one + length) for one in _left(asked, words)[1]])


def _left(asked: Asked, words: Sequence[int]) -> tuple[Sequence[str], Collection[int]]:
    """Return the texts that words left over may make, each in some of its readings, and the lengths of the texts."""
    key = tuple(words)
    known = asked.left.get(key)
    if known is None:
        readings = [asked.name.words[at].readings for at in words]
        if len(words) > READ_MAX:
            texts = ["".join([one[0] for one in readings if one])]
        else:
            texts = ["".join(one) for one in product(*(one[:READINGS_MAX] for one in readings))]
        known = asked.left[key] = texts, frozenset(map(len, texts))
    return known


def _rejoined(asked: Asked, words: Sequence[int], listed: Sequence[str]) -> int:
    """Return how alike the words left on both sides are as one text, in the readings, and the order, in which they are most."""
    in_order = any([asked.name.words[at].script in SYLLABIC for at in words])
    others = (
        ["".join(one) for one in permutations(listed)]
        if not in_order and 1 < len(listed) <= REORDERED_MAX
        else ["".join(listed)]
    )
    texts = _left(asked, words)[0]
    return int(max([Indel.normalized_similarity(one, other) for one in texts for other in others], default=0) * 100)


class _Tally:
    """What the words of two names come to, added up pair by pair."""

    __slots__ = (
        "full", "gained", "least", "left_asked", "left_listed", "letters", "lost", "rarest_asked", "rarest_listed", "short", "sum",
        "ways", "weakest",
    )  # fmt: skip

    def __init__(self, name: Name, row: Row, laid: Laid, most: int) -> None:
        self.gained = self.lost = self.full = self.sum = self.letters = self.short = 0
        self.least = self.weakest = 100 if laid.pairs else 0
        self.ways = [0] * len(Way)
        rarest_asked = rarest_listed = (0, 0, 0)
        weights, texts, words = row.weights, row.texts, name.words
        for asked, listed, strength, way in laid.pairs:
            weight, length, length_asked = weights[listed], len(texts[listed]), len(words[asked].text)
            self.gained += weight * strength
            self.lost += weight * (100 - strength)
            self.full += strength >= FULL
            self.sum += strength
            self.letters += length
            self.least = min(self.least, strength)
            self.ways[way] += 1
            self.short += way in EDITED and min(length, length_asked) <= SHORT
            if weight * 2 > most and strength < self.weakest:
                self.weakest = strength
            rarest_asked = max(rarest_asked, (weight, length_asked, strength))
            rarest_listed = max(rarest_listed, (weight, length, strength))
        self.left_asked, self.left_listed = most * len(laid.left_asked), 0
        for at in laid.left_listed:
            self.left_listed += weights[at]
            rarest_listed = max(rarest_listed, (weights[at], len(texts[at]), 0))
        for at in laid.left_asked:
            rarest_asked = max(rarest_asked, (most, len(words[at].text), 0))
        self.gained, self.lost = self.gained // 100, self.lost // 100
        self.rarest_asked, self.rarest_listed = rarest_asked[2], rarest_listed[2]
        if laid.rejoined >= JOINED_FROM:
            self.gained += self.left_listed
            self.left_asked = self.left_listed = 0
            self.rarest_asked = self.rarest_listed = REJOINED_STRENGTH


def observe(index: Index, name: Name, row: Row, laid: Laid) -> list[int]:
    """Return what is observed of a name and a row, one number for each `Feature`."""
    words, texts, pairs = name.words, row.texts, laid.pairs
    tally = _Tally(name, row, laid, index.idf_max)
    gained, ways = tally.gained, tally.ways
    counts = (0, 0) if laid.rejoined >= JOINED_FROM else (len(laid.left_asked), len(laid.left_listed))
    own = row.native and name.native
    whole, other = (name.whole, row.whole) if own else (name.latin, row.latin)
    everything = gained + tally.lost + tally.left_asked
    return [
        min(len(words), 8),
        min(len(texts), 8),
        len(pairs),
        tally.full,
        gained // 25,
        gained * 100 // everything if everything else 0,
        gained * 100 // (gained + tally.lost + tally.left_listed) if gained else 0,
        tally.left_asked // 25,
        tally.left_listed // 25,
        min(tally.left_asked, tally.left_listed) // 25,
        *counts,
        min(counts),
        laid.rejoined if laid.left_asked and laid.left_listed else 101,
        tally.least,
        tally.sum // len(pairs) if pairs else 0,
        ways[Way.EDIT1],
        ways[Way.EDIT2],
        tally.short,
        ways[Way.SOUND],
        ways[Way.TABLE] + ways[Way.NICKNAME],
        ways[Way.CROSS] + 4 * ways[Way.CROSS_SOUND],
        ways[Way.INITIAL],
        ways[Way.CONCEPT],
        _forms(name.forms, row.forms),
        int(Indel.normalized_similarity(whole, other) * 100),
        int(Indel.normalized_similarity(whole.replace(" ", ""), other.replace(" ", "")) * 100),
        row.kind,
        OWN_SCRIPT if own else GROUPS[words[0].script],
        _numbers(name, texts, laid),
        _reversed(laid) if len(pairs) > 1 else 0,
        tally.rarest_asked,
        tally.rarest_listed,
        sum([len(one.text) == 1 for one in words]) + sum([len(text) == 1 for text in texts]),
        min(tally.letters, 30),
        tally.weakest,
    ]


def _forms(asked: int, listed: int) -> int:
    """0: none on either side, 1: agree, 2: missing on one side or said more loosely, 3: disagree."""
    if not asked and not listed:
        return 0
    if not asked or not listed:
        return 2
    if asked & listed:
        return 1
    return 3 if _contradict(asked, listed) else 2


@cache
def _contradict(asked: int, listed: int) -> bool:
    """Tell whether no form of one side may be another word for one of the other's."""
    return all(legal.contradict(one, other) for one in _bits(asked) for other in _bits(listed))


def _bits(forms: int) -> list[int]:
    return [at for at in range(forms.bit_length()) if forms >> at & 1]


def _numbers(name: Name, texts: Sequence[str], laid: Laid) -> int:
    """0: no number is left over, 1: on one side, 2: on both sides."""
    asked = any(name.words[at].is_number for at in laid.left_asked)
    return int(asked) + int(any(texts[at].isdigit() for at in laid.left_listed))


def _reversed(laid: Laid) -> int:
    """Return how far the matched words stand in another order, but for which of them comes first: family names do on some lists."""
    places = [pair[1] for pair in sorted(laid.pairs)]
    return sum([later < earlier for earlier, later in pairwise([*places, places[0]])]) - 1
