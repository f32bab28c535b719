"""`comity.matching.observing` for many names: what is observed of names and rows, a column for each `Feature`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from comity.matching.aligning import JOINED_FROM
from comity.matching.observing import (
    CONCEPT,
    CROSS,
    CROSS_SOUND,
    FULL,
    GROUPS,
    LETTERS_MAX,
    NOTHING_LEFT,
    OTHER,
    OWN_SCRIPT,
    RARITY_STEP,
    REJOINED_STRENGTH,
    SLIPS,
    WAYS,
    Feature,
    legal_forms,
)
from comity.matching.rarity import RAREST
from comity.matching.scripts import SYLLABIC
from comity.matching.together.aligning import STRENGTH_BITS, STRENGTHS
from comity.matching.together.slices import Numbers, Truths, hundredths, least, most, sums

if TYPE_CHECKING:
    from comity.matching.index import Index
    from comity.matching.together.aligning import Beside, Laid
    from comity.matching.together.asked import Asked, Columns
    from comity.matching.together.listed import Listed

SLIPPED: Final = np.array([way in SLIPS for way in range(WAYS)])
LENGTH_BITS: Final = 13
"""Letters of a word are fewer than two to this, many times over."""


def observe(asked: Asked, two: Beside, laid: Laid, rejoined: Numbers, sides: tuple[Columns, Listed]) -> Numbers:
    """Return what is observed of names and rows, a row of numbers for each two."""
    words, tokens = sides
    count = len(two.names)
    said = np.zeros((count, len(Feature)), np.int64)
    pairs = _of_pairs(two, laid, sides, said)
    left_words, left_tokens = two.asked[laid.left_asked], two.listed[laid.left_listed]
    of_words, of_tokens = two.asked_of[laid.left_asked], two.listed_of[laid.left_listed]
    left_asked = sums(of_words, words.weights[left_words], count)
    left_listed = sums(of_tokens, tokens.weights[left_tokens], count)
    count_asked, count_listed = np.bincount(of_words, minlength=count), np.bincount(of_tokens, minlength=count)
    said[:, Feature.REJOINED] = np.where((count_asked > 0) & (count_listed > 0), rejoined, NOTHING_LEFT)
    is_one = rejoined >= JOINED_FROM
    gained = pairs.gained + np.where(is_one, np.minimum(left_asked, left_listed), 0)
    for left in (left_asked, left_listed, count_asked, count_listed):
        left[is_one] = 0
    said[:, Feature.EVIDENCE] = gained // RARITY_STEP
    said[:, Feature.COVER_ASKED] = gained * 100 // np.maximum(gained + pairs.lost + left_asked, 1)
    said[:, Feature.COVER_LISTED] = gained * 100 // np.maximum(gained + pairs.lost + left_listed, 1)
    said[:, Feature.LEFT_ASKED] = left_asked // RARITY_STEP
    said[:, Feature.LEFT_LISTED] = left_listed // RARITY_STEP
    said[:, Feature.CONTRADICTION] = np.minimum(left_asked, left_listed) // RARITY_STEP
    said[:, Feature.LEFT_ASKED_COUNT] = count_asked
    said[:, Feature.LEFT_LISTED_COUNT] = count_listed
    said[:, Feature.CONTRADICTIONS] = np.minimum(count_asked, count_listed)
    singles = sums(two.asked_of, words.lengths[two.asked] == 1, count)
    said[:, Feature.SINGLES] = singles + sums(two.listed_of, tokens.is_single[two.listed], count)
    said[:, Feature.NUMBERS] = most(of_words, words.is_number[left_words], count)
    said[:, Feature.NUMBERS] += most(of_tokens, tokens.is_number[left_tokens], count)
    said[:, Feature.REVERSED] = laid.reversed
    rarest = np.maximum(pairs.rarest, most(of_words, _rarity(words, left_words), count))
    said[:, Feature.RAREST_ASKED] = np.where(is_one, REJOINED_STRENGTH, rarest & STRENGTHS)
    _of_names(asked, two, tokens.of, pairs.strengths, said)
    return said


class _Said(NamedTuple):
    """What the pairs of words say together, of each two."""

    gained: Numbers
    lost: Numbers
    strengths: Numbers
    rarest: Numbers


def _of_pairs(two: Beside, laid: Laid, sides: tuple[Columns, Listed], said: Numbers) -> _Said:
    """Fill what the pairs of words say by themselves, and return what they say together with the rest."""
    words, tokens = sides
    of, strength, way, count = laid.of, laid.strength, laid.way, len(two.names)
    word, token = two.asked[two.asked_starts[of] + laid.at], two.listed[two.listed_starts[of] + laid.place]
    of_asked, of_listed = words.weights[word], tokens.weights[token]
    weight = np.minimum(of_asked, of_listed)
    full = strength >= FULL
    slipped = ~full & SLIPPED[way]
    pairs = np.bincount(of, minlength=count)
    strengths = sums(of, strength, count)
    said[:, Feature.MATCHED] = pairs
    said[:, Feature.MATCHED_FULL] = sums(of, full, count)
    said[:, Feature.STRENGTH_MIN] = least(of, strength, count, 100) * (pairs > 0)
    said[:, Feature.STRENGTH_MEAN] = strengths // np.maximum(pairs, 1)
    said[:, Feature.OTHERS] = sums(of, way == OTHER, count)
    said[:, Feature.CROSSED] = sums(of, (way == CROSS) + 4 * (way == CROSS_SOUND), count)
    said[:, Feature.TRANSLATED] = sums(of, way == CONCEPT, count)
    said[:, Feature.LETTERS] = np.minimum(sums(of, tokens.lengths[token], count), LETTERS_MAX)
    said[:, Feature.RAREST_FULL] = most(of[full], weight[full], count) // RARITY_STEP
    said[:, Feature.INEXACT_ASKED] = least(of[slipped], of_asked[slipped], count, RAREST) // RARITY_STEP
    said[:, Feature.INEXACT_LISTED] = least(of[slipped], of_listed[slipped], count, RAREST) // RARITY_STEP
    gained, lost = sums(of, weight * strength, count) // 100, sums(of, weight * (100 - strength), count) // 100
    return _Said(gained, lost, strengths, most(of, _rarity(words, word) + strength, count))


def _rarity(words: Columns, which: Numbers) -> Numbers:
    """Return a number that orders words by how rare they are, and how long; there is room for a strength in it."""
    return (words.weights[which] << LENGTH_BITS) + words.lengths[which] << STRENGTH_BITS


def _of_names(asked: Asked, two: Beside, index: Index, strengths: Numbers, said: Numbers) -> None:
    """Fill what is observed of whole names."""
    names, rows = asked.names, two.rows
    kinds = np.array([one.kind for one in names], np.int64)[two.names]
    native = np.array([one.native for one in names], np.bool_)[two.names]
    of_names = np.array([one.forms for one in names], np.uint64)[two.names]
    groups = np.array([GROUPS[one.words[0].script] for one in names], np.int64)[two.names]
    syllables = np.array([one.words[0].script in SYLLABIC for one in names], np.bool_)[two.names]
    own = native & index.row_native[rows]
    said[:, Feature.KIND] = np.where(kinds != 0, kinds, index.row_kinds[rows])
    said[:, Feature.SCRIPT] = np.where(own, OWN_SCRIPT, groups)
    of_rows = index.row_forms[rows]
    said[:, Feature.FORMS] = np.where((of_names != 0) | (of_rows != 0), legal_forms(1, 0), legal_forms(0, 0))
    both = np.flatnonzero((of_names != 0) & (of_rows != 0))
    said[both, Feature.FORMS] = [
        legal_forms(one, other) for one, other in zip(of_names[both].tolist(), of_rows[both].tolist(), strict=True)
    ]
    by_words = syllables & ~own
    at = np.flatnonzero(~by_words)
    whole, packed = _alike(asked, index, (two.names[at], rows[at]), own[at])
    said[at, Feature.WHOLE], said[at, Feature.PACKED] = whole, packed
    most_words = np.maximum(asked.counts[two.names], index.rows.lengths()[rows])
    by_strength = (strengths // most_words)[by_words]
    said[by_words, Feature.WHOLE] = said[by_words, Feature.PACKED] = by_strength


def _alike(asked: Asked, index: Index, which: tuple[Numbers, Numbers], own: Truths) -> tuple[Numbers, Numbers]:
    """Return how alike the letters of names and rows are, in alphabetical order of the words, and without the spaces."""
    names, rows = which[0].tolist(), which[1].tolist()
    texts = [(one.latin, one.latin.replace(" ", "")) for one in asked.names]
    latins = {row: (text, text.replace(" ", "")) for row in set(rows) for text in (index.latins[row],)}
    ones, others = [texts[at] for at in names], [latins[row] for row in rows]
    for at in np.flatnonzero(own).tolist():
        one, other = asked.names[names[at]].whole, index.wholes[rows[at]]
        ones[at], others[at] = (one, one.replace(" ", "")), (other, other.replace(" ", ""))
    whole, packed = (hundredths([one[place] for one in ones], [other[place] for other in others]) for place in range(2))
    return whole, packed
