"""Laying a name beside a listed one, word by word, and saying in whole numbers what agrees, is missing or contradicts.

What is missing on one side is cheap; what is left over on both sides is a contradiction, and dear. What each is worth is fitted,
not set here: this module only observes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from functools import cache
from itertools import pairwise, permutations, product
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from rapidfuzz.distance import Indel

from comity.matching import legal
from comity.matching.closeness import ABJADS, Close, Way
from comity.matching.finding import initial
from comity.matching.names import Name
from comity.matching.rarity import RAREST
from comity.matching.scripts import SYLLABIC, Script

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
EXACTLY: Final = 100
WHOLE_LETTERS_MIN: Final = 8
"""Letters of a whole name in syllables, from which it may be one listed word."""
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
    is_syllabic: bool
    weights: Sequence[int]
    """Of its words."""
    left: dict[tuple[int, ...], Left]
    """By the words left over; filled as rows leave them."""


class Left(NamedTuple):
    """What words left over may be as one text."""

    texts: Sequence[str]
    """In some of the readings of each."""
    shortest: int
    longest: int
    """Letters of these."""
    is_abjad: bool


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
    EVIDENCE_FULL = 36
    RAREST_FULL = 37
    INEXACT_ASKED = 38
    INEXACT_LISTED = 39
    OTHERS = 40


WAYS: Final = len(Way)
EDITED: Final = frozenset({Way.EDIT1, Way.EDIT2, Way.OTHER})
SLIPS: Final = EDITED | {Way.SOUND, Way.TABLE, Way.NICKNAME, Way.CROSS, Way.CROSS_SOUND, Way.OTHER}
"""Ways in which two words may be two names after all."""
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
    return Asked(
        name,
        met,
        has_initial=any([len(one.text) == 1 for one in name.words]),
        is_syllabic=any([one.script in SYLLABIC for one in name.words])
        and all([one.concept < 0 for one in name.words]),
        weights=[one.weight for one in name.words],
        left={},
    )


def lay(asked: Asked, index: Index, tokens: Sequence[int]) -> Laid:
    """Lay a name beside a row's tokens: the strongest pairs first, each word once.

    What is left on both sides is compared only where it may be one text; `finished` says how alike it is in any case.
    """
    met = asked.met
    found: list[tuple[int, int, int, Way]] = []
    for place, token in enumerate(tokens):
        if token in met:
            for strength, at, way in met[token]:
                found.append((strength, at, place, way))
        if asked.has_initial or token in index.letters_alone:
            found += _initials(asked, place, token, index.tokens[token])
    if len(found) > 1:
        found.sort()
    pairs: list[Pair] = []
    words, places = list(range(len(asked.weights))), list(range(len(tokens)))
    for strength, at, place, way in found:
        if at in words and place in places:
            words.remove(at)
            places.remove(place)
            pairs.append((at, place, -strength, way))
    if asked.is_syllabic and len(pairs) > 1 and _out_of_order(pairs):
        pairs, words, places = _only_first(pairs, words, places)
    if not words or not places:
        return Laid(pairs, words, places, 0)
    listed = [index.tokens[tokens[at]] for at in places]
    return Laid(pairs, words, places, _rejoined(asked, words, listed) if _may_rejoin(asked, words, listed) else 0)


def _only_first(pairs: list[Pair], words: list[int], places: list[int]) -> tuple[list[Pair], list[int], list[int]]:
    """Return what is laid without all pairs but the strongest: a name of the same syllables in another order is another name."""
    gone = pairs[1:]
    return pairs[:1], sorted([*words, *(one[0] for one in gone)]), sorted([*places, *(one[1] for one in gone)])


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
    left = _left(asked, words)
    length = sum(map(len, listed))
    nearest = min(max(length, left.shortest), left.longest)
    return 200 * min(nearest, length) >= JOINED_FROM * (nearest + length)


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


class _Tally:
    """What the words of two names come to, added up pair by pair. Two words that agree weigh what the more common of them does."""

    __slots__ = (
        "full", "full_gained", "full_rarest", "gained", "inexact_asked", "inexact_listed", "least", "left_asked", "left_listed",
        "letters", "lost", "rarest_asked", "rarest_listed", "short", "sum", "ways", "weakest",
    )  # fmt: skip

    def __init__(self, name: Name, row: Row, laid: Laid) -> None:
        gained = lost = full = total = letters = short = full_gained = full_rarest = 0
        least = weakest = 100 if laid.pairs else 0
        inexact_asked = inexact_listed = RAREST
        rarest_asked = rarest_listed = (0, 0, 0)
        self.ways = ways = [0] * WAYS
        weights, texts, words = row.weights, row.texts, name.words
        for asked, listed, strength, way in laid.pairs:
            of_asked, of_listed = words[asked].weight, weights[listed]
            length_asked, length = len(words[asked].text), len(texts[listed])
            weight = min(of_asked, of_listed)
            gained += weight * strength
            lost += weight * (100 - strength)
            if strength >= FULL:
                full += 1
                full_gained += weight
                full_rarest = max(full_rarest, weight)
            elif way in SLIPS:
                inexact_asked, inexact_listed = min(inexact_asked, of_asked), min(inexact_listed, of_listed)
            total += strength
            letters += length
            least = min(least, strength)
            ways[way] += 1
            short += way in EDITED and min(length, length_asked) <= SHORT
            if weight * 2 > RAREST and strength < weakest:
                weakest = strength
            rarest_asked = max(rarest_asked, (of_asked, length_asked, strength))
            rarest_listed = max(rarest_listed, (of_listed, length, strength))
        self.full, self.sum, self.letters, self.short, self.least, self.weakest = (
            full,
            total,
            letters,
            short,
            least,
            weakest,
        )
        self.full_gained, self.full_rarest = full_gained, full_rarest
        self.inexact_asked, self.inexact_listed = inexact_asked, inexact_listed
        self.left_asked = self.left_listed = 0
        for at in laid.left_listed:
            self.left_listed += weights[at]
            rarest_listed = max(rarest_listed, (weights[at], len(texts[at]), 0))
        for at in laid.left_asked:
            self.left_asked += words[at].weight
            rarest_asked = max(rarest_asked, (words[at].weight, len(words[at].text), 0))
        self.gained, self.lost = gained // 100, lost // 100
        self.rarest_asked, self.rarest_listed = rarest_asked[2], rarest_listed[2]
        if laid.rejoined >= JOINED_FROM:
            self.gained += min(self.left_asked, self.left_listed)
            self.left_asked = self.left_listed = 0
            self.rarest_asked = self.rarest_listed = REJOINED_STRENGTH


def observe(name: Name, row: Row, laid: Laid) -> list[int]:
    """Return what is observed of a name and a row, one number for each `Feature`."""
    words, texts, pairs = name.words, row.texts, laid.pairs
    tally = _Tally(name, row, laid)
    gained = tally.gained
    _, _, _, table, nickname, edits, edits_two, sound, cross, cross_sound, concept, initials, _, other = tally.ways
    counts = (0, 0) if laid.rejoined >= JOINED_FROM else (len(laid.left_asked), len(laid.left_listed))
    own = row.native and name.native
    whole, packed = _alike(name, row, tally, own=own)
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
        edits,
        edits_two,
        tally.short,
        sound,
        table + nickname,
        cross + 4 * cross_sound,
        initials,
        concept,
        _forms(name.forms, row.forms),
        whole,
        packed,
        int(name.kind or row.kind),
        OWN_SCRIPT if own else GROUPS[words[0].script],
        _numbers(name, texts, laid),
        _out_of_order(pairs) if len(pairs) > 1 else 0,
        tally.rarest_asked,
        tally.rarest_listed,
        sum([len(one.text) == 1 for one in words]) + sum([len(text) == 1 for text in texts]),
        min(tally.letters, 30),
        tally.weakest,
        tally.full_gained // 25,
        tally.full_rarest // 25,
        tally.inexact_asked // 25,
        tally.inexact_listed // 25,
        other,
    ]


def _alike(name: Name, row: Row, tally: _Tally, *, own: bool) -> tuple[int, int]:
    """Return how alike the letters of two names are, in alphabetical order of the words and without the spaces.

    Syllables have many readings, of which a text can have only one: of them, the words say it.
    """
    if not own and name.words[0].script in SYLLABIC:
        said = tally.sum // max(len(name.words), len(row.texts))
        return said, said
    whole, other = (name.whole, row.whole) if own else (name.latin, row.latin)
    together = Indel.normalized_similarity(whole.replace(" ", ""), other.replace(" ", ""))
    return int(Indel.normalized_similarity(whole, other) * 100), int(together * 100)


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


def _out_of_order(pairs: Sequence[Pair]) -> int:
    """Return how far the matched words stand in another order, but for which of them comes first: family names do on some lists."""
    places = [pair[1] for pair in sorted(pairs)]
    return sum([later < earlier for earlier, later in pairwise([*places, places[0]])]) - 1
