"""`comity.matching.aligning` for many names: which words stand for which, of all names and rows in rounds, the strongest first."""

from __future__ import annotations

from itertools import permutations, product
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from comity.matching.aligning import (
    EXACTLY,
    INITIAL,
    JOINED_FROM,
    READ_MAX,
    READINGS_MAX,
    REORDERED_MAX,
    WHOLE_LETTERS_MIN,
)
from comity.matching.closeness import SAME
from comity.matching.together.closeness import WAY_BITS, WAY_MAX
from comity.matching.together.slices import (
    Numbers,
    Truths,
    begins,
    first,
    hundredths,
    last_of,
    least,
    most,
    places,
    sums,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.matching.index import Index
    from comity.matching.together.asked import Asked, Columns
    from comity.matching.together.listed import Listed
    from comity.matching.together.near import Met

STRENGTH_BITS: Final = 7
PLACE_BITS: Final = 8
"""Words of a name, and of a row, are fewer than two to this."""
AT_BITS: Final = PLACE_BITS + WAY_BITS
PAIR_BITS: Final = STRENGTH_BITS + PLACE_BITS + AT_BITS
"""A pair is one number: how much its strength is below the highest, the place of the word, that of the token, the way."""
PLACES: Final = (1 << PLACE_BITS) - 1
STRENGTHS: Final = (1 << STRENGTH_BITS) - 1


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
    pair = (of << PAIR_BITS) + (SAME.strength - strength[kept] << PLACE_BITS + AT_BITS)
    pair += slot - two.asked_starts[of] << AT_BITS
    pair += cell - two.listed_starts[of] << WAY_BITS
    pair += way[kept]
    return pair


def _taken(pairs: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers, Numbers]:
    """Return the pairs that are taken if the strongest is always taken next of which neither word is: as columns."""
    pairs.sort()
    taken = [pairs[:0]]
    while len(pairs):
        is_best = first(pairs >> PAIR_BITS)
        best = pairs[is_best]
        taken.append(best)
        differs = pairs ^ best[is_best.cumsum() - 1]
        pairs = pairs[(differs >> AT_BITS & PLACES != 0) & (differs >> WAY_BITS & PLACES != 0)]
    found = np.concatenate(taken)
    found.sort()
    strength = SAME.strength - (found >> PLACE_BITS + AT_BITS & STRENGTHS)
    return found >> PAIR_BITS, found >> AT_BITS & PLACES, found >> WAY_BITS & PLACES, strength, found & WAY_MAX


def _out_of_order(of: Numbers, at: Numbers, place: Numbers, count: int) -> Numbers:
    """Return how far the pairs of each two are out of order, as `aligning.out_of_order` does."""
    ordered = ((of << PLACE_BITS) + at << PLACE_BITS) + place
    ordered.sort()
    place = ordered & PLACES
    following = np.arange(1, len(of) + 1)
    following[last_of(of)] = np.flatnonzero(first(of))
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
        self._words, self._texts = asked.words, tokens.of.tokens
        self._left = (two.asked[laid.left_asked], two.listed[laid.left_listed])
        of_words, of_tokens = two.asked_of[laid.left_asked], two.listed_of[laid.left_listed]
        self.asked, self.listed = np.bincount(of_words, minlength=count), np.bincount(of_tokens, minlength=count)
        self._is_whole = self.asked == asked.counts[two.names]
        self._is_syllabic = asked.is_syllabic[two.names]
        is_much = self.asked > READ_MAX
        left, read = self._left[0], sums(of_words, words.read[self._left[0]], count)
        self._is_abjad = most(of_words, words.is_abjad[left], count) > 0
        self._is_plain = is_much | (least(of_words, words.is_plain[left], count, 1) > 0)
        self._shortest = np.where(is_much, read, sums(of_words, words.shortest[left], count))
        self._longest = np.where(is_much, read, sums(of_words, words.longest[left], count))
        self._letters = sums(of_tokens, tokens.lengths[self._left[1]], count)

    def may_rejoin(self) -> Numbers:
        """Return the twos of which what is left on both sides is near enough in length to be one text."""
        nearest = np.minimum(np.maximum(self._letters, self._shortest), self._longest)
        enough = 200 * np.minimum(nearest, self._letters) >= JOINED_FROM * (nearest + self._letters)
        return np.flatnonzero(enough & (self.asked > 0) & (self.listed > 0))

    def rejoined(self, which: Numbers) -> Numbers:
        """Return how alike what is left on both sides of some twos is, in the readings, and the order, in which it is most."""
        asked, listed = self._of_names(which), self._of_rows(which)
        ones = [one for texts, others in zip(asked, listed, strict=True) for one in texts for _ in others]
        others = [one for texts, others in zip(asked, listed, strict=True) for _ in texts for one in others]
        counts = [len(texts) * len(others) for texts, others in zip(asked, listed, strict=True)]
        alike = hundredths(ones, others)
        found = most(np.repeat(np.arange(len(which)), counts), alike, len(which))
        few = np.minimum(self.asked, self.listed)[which]
        joined = np.where(self._is_abjad[which], few == 1, few <= READ_MAX)
        exact = (found == EXACTLY) & (~self._is_whole[which] | (self._letters[which] >= WHOLE_LETTERS_MIN))
        joined = np.where(self._is_syllabic[which], exact, joined)
        return np.where(joined, found, np.minimum(found, JOINED_FROM - 1))

    def _of_names(self, which: Numbers) -> list[Sequence[str]]:
        """Return what is left of each name, as one text in some of the readings of each word."""
        counts = self.asked[which]
        words = [self._words[at] for at in self._left[0][places(begins(self.asked)[which], counts)].tolist()]
        read = [one.readings[0] if one.readings else "" for one in words]
        ends = counts.cumsum().tolist()
        return [
            ("".join(read[end - count : end]),)
            if is_plain
            else list(map("".join, product(*(one.readings[:READINGS_MAX] for one in words[end - count : end]))))
            for count, end, is_plain in zip(counts.tolist(), ends, self._is_plain[which].tolist(), strict=True)
        ]

    def _of_rows(self, which: Numbers) -> list[Sequence[str]]:
        """Return what is left of each row, as one text in every order of few words."""
        counts = self.listed[which]
        texts = [self._texts[at] for at in self._left[1][places(begins(self.listed)[which], counts)].tolist()]
        ends = counts.cumsum().tolist()
        reordered = (counts > 1) & (counts <= REORDERED_MAX) & ~self._is_syllabic[which]
        return [
            list(map("".join, permutations(texts[end - count : end])))
            if is_reordered
            else ("".join(texts[end - count : end]),)
            for count, end, is_reordered in zip(counts.tolist(), ends, reordered.tolist(), strict=True)
        ]
