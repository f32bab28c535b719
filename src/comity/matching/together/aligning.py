"""`comity.matching.aligning` for many names: which words stand for which, of all names and rows in rounds, the strongest first."""

from __future__ import annotations

from itertools import permutations, product
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Indel

from comity.matching.aligning import (
    EXACTLY,
    INITIAL,
    JOINED_FROM,
    READ_MAX,
    READINGS_MAX,
    REORDERED_MAX,
    WHOLE_LETTERS_MIN,
)
from comity.matching.together.slices import begins, first, places, sums

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.matching.index import Index
    from comity.matching.spelling import Shape
    from comity.matching.together.asked import Asked, Columns, Numbers, Truths
    from comity.matching.together.listed import Listed
    from comity.matching.together.near import Met

T = TypeVar("T")

PLACE_BITS: Final = 8
"""Words of a name, and of a row, are fewer than two to this."""
WAY_BITS: Final = 4
STRONGEST: Final = 100


AT_BITS: Final = PLACE_BITS + WAY_BITS
PAIR_BITS: Final = 7 + PLACE_BITS + AT_BITS
"""A pair is one number: how much its strength is below the highest, the place of the word, that of the token, the way."""
PLACE_MAX: Final = (1 << PLACE_BITS) - 1
WAY_MAX: Final = (1 << WAY_BITS) - 1


class Beside(NamedTuple):
    """Names beside rows: of each two the name and the row, and the words of both laid end to end."""

    names: Numbers
    rows: Numbers
    asked: Numbers
    asked_of: Numbers
    """Of each word of a name, which two it is of."""
    asked_starts: Numbers
    listed: Numbers
    listed_of: Numbers
    listed_starts: Numbers


class Laid(NamedTuple):
    """How names were laid beside rows."""

    of: Numbers
    """Of each pair of words, which two it is of; those of one stand together, the strongest first."""
    at: Numbers
    place: Numbers
    strength: Numbers
    way: Numbers
    reversed: Numbers
    """How far out of order the pairs are."""
    left_asked: Truths
    """Of each word of a name, whether it is left over."""
    left_listed: Truths


def beside(asked: Asked, found: tuple[Numbers, Numbers], index: Index) -> Beside:
    """Return names beside the rows that were found for them."""
    names, rows = found
    twos = np.arange(len(names))
    since = index.rows.starts[rows]
    listed, counts = index.rows.starts[rows + 1] - since, asked.counts[names]
    return Beside(
        names=names,
        rows=rows,
        asked=asked.slots[places(asked.starts[names], counts)],
        asked_of=np.repeat(twos, counts),
        asked_starts=begins(counts),
        listed=index.rows.values[places(since, listed)].astype(np.int64),
        listed_of=np.repeat(twos, listed),
        listed_starts=begins(listed),
    )


def lay(asked: Asked, two: Beside, met: Met, sides: tuple[Columns, Listed]) -> Laid:
    """Lay names beside rows, the strongest pairs first, each word once."""
    of, at, place, strength, way = _taken(_pairs(asked, two, met, sides))
    order = _out_of_order(of, at, place, len(two.names))
    moved = (order > 0) & asked.is_syllabic[two.names]
    if moved.any():  # a name of the same syllables in another order is another name
        kept = first(of) | ~moved[of]
        of, at, place, strength, way = of[kept], at[kept], place[kept], strength[kept], way[kept]
        order[moved] = 0
    left_asked = np.ones(len(two.asked), np.bool_)
    left_asked[two.asked_starts[of] + at] = False
    left_listed = np.ones(len(two.listed), np.bool_)
    left_listed[two.listed_starts[of] + place] = False
    return Laid(of, at, place, strength, way, order, left_asked, left_listed)


def _pairs(asked: Asked, two: Beside, met: Met, sides: tuple[Columns, Listed]) -> Numbers:
    """Return the pairs that the words of names and rows may make: which two they are of, and the pair, in one number."""
    words, tokens = sides
    counts = asked.counts[two.names][two.listed_of]
    cell = np.repeat(np.arange(len(two.listed)), counts)
    of = two.listed_of[cell]
    slot = places(two.asked_starts[two.listed_of], counts)
    word, token = two.asked[slot], two.listed[cell]
    strength, way = met.of(word, token)
    single = tokens.is_single[token]
    initial = words.is_single[word] != single
    initial &= words.first[word] == tokens.first[token]
    initial &= single | asked.has_initial[two.names[of]]
    initial &= strength == 0
    strength[initial], way[initial] = INITIAL.strength, INITIAL.way
    kept = np.flatnonzero(strength)
    of, slot, cell = of[kept], slot[kept], cell[kept]
    pair = (of << PAIR_BITS) + (STRONGEST - strength[kept] << PLACE_BITS + AT_BITS)
    pair += slot - two.asked_starts[of] << AT_BITS
    return pair + (cell - two.listed_starts[of] << WAY_BITS) + way[kept]


def _taken(pairs: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers, Numbers]:
    """Return the pairs that are taken if the strongest is always taken next of which neither word is: as columns."""
    pairs.sort()
    taken = [pairs[:0]]
    while len(pairs):
        is_best = first(pairs >> PAIR_BITS)
        best = pairs[is_best]
        taken.append(best)
        differs = pairs ^ best[is_best.cumsum() - 1]
        pairs = pairs[(differs >> AT_BITS & PLACE_MAX != 0) & (differs >> WAY_BITS & PLACE_MAX != 0)]
    found = np.concatenate(taken)
    found.sort()
    strength = STRONGEST - (found >> PLACE_BITS + AT_BITS & (1 << 7) - 1)
    return found >> PAIR_BITS, found >> AT_BITS & PLACE_MAX, found >> WAY_BITS & PLACE_MAX, strength, found & WAY_MAX


def _out_of_order(of: Numbers, at: Numbers, place: Numbers, count: int) -> Numbers:
    """Return how far the pairs of each two are out of order, as `aligning.out_of_order` does."""
    ordered = ((of << PLACE_BITS) + at << PLACE_BITS) + place
    ordered.sort()
    place = ordered & PLACE_MAX
    since = np.flatnonzero(first(of))
    following = np.arange(1, len(of) + 1)
    following[np.append(since[1:], len(of)) - 1] = since
    return np.maximum(sums(of, place[following] < place, count) - 1, 0)


def promised(two: Beside, laid: Laid, rejoined: Numbers, sides: tuple[Columns, Listed]) -> Numbers:
    """Return at first sight how much speaks for each row."""
    words, tokens = sides
    count = len(two.names)
    said, listed = words.weights[two.asked], tokens.weights[two.listed]
    pairs = np.minimum(said[two.asked_starts[laid.of] + laid.at], listed[two.listed_starts[laid.of] + laid.place])
    gained = sums(laid.of, pairs * laid.strength, count) // 50
    left_asked = sums(two.asked_of, said * laid.left_asked, count)
    left_listed = sums(two.listed_of, listed * laid.left_listed, count)
    return np.where(rejoined >= JOINED_FROM, gained + 2 * left_listed, gained - left_asked - left_listed)


class Leftovers:
    """What is left on both sides of names beside rows, and how alike it is as one text."""

    def __init__(self, asked: Asked, two: Beside, laid: Laid, sides: tuple[Columns, Listed]) -> None:
        words, tokens = sides
        count = len(two.names)
        self._names, self._tokens = asked.names, tokens
        self._two = two
        self._is_syllabic = asked.is_syllabic[two.names]
        self._is_whole = sums(two.asked_of, laid.left_asked, count) == asked.counts[two.names]
        bits = np.arange(len(two.asked)) - two.asked_starts[two.asked_of]
        self._asked = sums(two.asked_of, laid.left_asked * (1 << bits), count)
        bits = np.arange(len(two.listed)) - two.listed_starts[two.listed_of]
        self._listed = sums(two.listed_of, laid.left_listed * (1 << bits), count)
        self.asked = sums(two.asked_of, laid.left_asked, count)
        self.listed = sums(two.listed_of, laid.left_listed, count)
        left = two.asked[laid.left_asked], two.asked_of[laid.left_asked]
        read, shortest, longest = (sums(left[1], one[left[0]], count) for one in (words.read, words.shortest, words.longest))
        self._is_abjad = sums(left[1], words.is_abjad[left[0]], count) > 0
        is_much = self.asked > READ_MAX
        self._shortest, self._longest = np.where(is_much, read, shortest), np.where(is_much, read, longest)
        self._letters = sums(two.listed_of, tokens.lengths[two.listed] * laid.left_listed, count)

    def may_rejoin(self) -> Numbers:
        """Return the twos of which what is left on both sides is near enough in length to be one text."""
        nearest = np.minimum(np.maximum(self._letters, self._shortest), self._longest)
        enough = 200 * np.minimum(nearest, self._letters) >= JOINED_FROM * (nearest + self._letters)
        return np.flatnonzero(enough & (self.asked > 0) & (self.listed > 0))

    def rejoined(self, which: Numbers) -> Numbers:
        """Return how alike what is left on both sides of some twos is, in the readings, and the order, in which it is most."""
        ones, others, counts = self._texts(which)
        of = np.repeat(np.arange(len(which)), counts)
        alike = process.cpdist(ones, others, scorer=Indel.normalized_similarity, dtype=np.float64)
        best = np.zeros(len(which))
        np.maximum.at(best, of, alike)
        found = (best * 100).astype(np.int64)
        few = np.minimum(self.asked, self.listed)[which]
        joined = np.where(self._is_abjad[which], few == 1, few <= READ_MAX)
        exact = (found == EXACTLY) & (~self._is_whole[which] | (self._letters[which] >= WHOLE_LETTERS_MIN))
        joined = np.where(self._is_syllabic[which], exact, joined)
        return np.where(joined, found, np.minimum(found, JOINED_FROM - 1))

    def _texts(self, which: Numbers) -> tuple[list[str], list[str], list[int]]:
        """Return every text that may be left on one side beside every one of the other, and how many such there are of each two."""
        ones: list[str] = []
        others: list[str] = []
        counts: list[int] = []
        names, rows, ordered = self._two.names[which], self._two.rows[which], self._is_syllabic[which]
        masks = names, self._asked[which], rows, self._listed[which], ordered
        known: dict[tuple[int, int], list[str]] = {}
        listed: dict[tuple[int, int, bool], list[str]] = {}
        for name, of_asked, row, of_listed, is_ordered in zip(*(one.tolist() for one in masks), strict=True):
            asked = known.get((name, of_asked))
            if asked is None:
                asked = known[name, of_asked] = _read(_of(self._names[name].words, of_asked))
            other = listed.get((row, of_listed, is_ordered))
            if other is None:
                texts = _of(self._tokens.texts_of(row), of_listed)
                other = listed[row, of_listed, is_ordered] = _ordered(texts, is_ordered=is_ordered)
            ones += [one for one in asked for _ in other]
            others += other * len(asked)
            counts.append(len(asked) * len(other))
        return ones, others, counts


def _of(items: Sequence[T], mask: int) -> list[T]:
    """Return the items that a mask names, the first by its lowest bit."""
    return [one for at, one in enumerate(items) if mask >> at & 1]


def _read(words: Sequence[Shape]) -> list[str]:
    """Return words left over as one text, in some of the readings of each."""
    if len(words) > READ_MAX:
        return ["".join([one.readings[0] for one in words if one.readings])]
    return ["".join(one) for one in product(*(one.readings[:READINGS_MAX] for one in words))]


def _ordered(texts: Sequence[str], *, is_ordered: bool) -> list[str]:
    """Return listed words left over as one text, in every order if they are few."""
    if is_ordered or not 1 < len(texts) <= REORDERED_MAX:
        return ["".join(texts)]
    return ["".join(one) for one in permutations(texts)]
