"""`comity.matching.observing` and `comity.matching.scoring`, compiled: what is observed of two names, and the points of that."""

from __future__ import annotations

import numpy as np
from numba import njit

from comity.matching.aligning import JOINED_FROM
from comity.matching.compiled.texts import alike
from comity.matching.observing import (
    CONCEPT,
    CROSS,
    CROSS_SOUND,
    FULL,
    LETTERS_MAX,
    OTHER,
    RARITY_STEP,
    REJOINED_STRENGTH,
    SLIPS,
    WAYS,
    Feature,
)
from comity.matching.rarity import RAREST

(
    MATCHED, MATCHED_FULL, EVIDENCE, COVER_ASKED, COVER_LISTED, LEFT_ASKED, LEFT_LISTED, CONTRADICTION, LEFT_ASKED_COUNT,
    LEFT_LISTED_COUNT, CONTRADICTIONS, REJOINED, STRENGTH_MIN, STRENGTH_MEAN, OTHERS, CROSSED, TRANSLATED, SINGLES, LETTERS, FORMS,
    NUMBERS, REVERSED, WHOLE, PACKED, RAREST_ASKED, RAREST_FULL, INEXACT_ASKED, INEXACT_LISTED, KIND, SCRIPT,
) = map(int, Feature)  # fmt: skip
SLIPPED = np.array([way in SLIPS for way in range(WAYS)])
NOTHING_LEFT = 101
SPACE = 32


@njit(cache=True, nogil=True, inline="always")
def observe(index, asked, row, laid, said):
    """Fill what is observed of a name and a row, one number for each `Feature`."""
    listed, words = index
    ids = asked.ids
    tokens = listed.row_tokens[listed.row_starts[row] : listed.row_starts[row + 1]]
    pairs, count, used, taken, together = laid
    gained, lost, rarest = _of_pairs(index, (ids, tokens), pairs, count, said)
    left_asked, count_asked, number_asked, rarest = _left_asked(words, ids, used, rarest)
    left_listed, count_listed, number_listed = _left_listed(listed, tokens, taken)
    said[REJOINED] = together if count_asked and count_listed else NOTHING_LEFT
    said[RAREST_ASKED] = rarest & 127
    if together >= JOINED_FROM:
        gained += min(left_asked, left_listed)
        left_asked = left_listed = count_asked = count_listed = 0
        said[RAREST_ASKED] = REJOINED_STRENGTH
    everything, all_listed = gained + lost + left_asked, gained + lost + left_listed
    said[EVIDENCE] = gained // RARITY_STEP
    said[COVER_ASKED] = gained * 100 // everything if everything else 0
    said[COVER_LISTED] = gained * 100 // all_listed if gained else 0
    said[LEFT_ASKED] = left_asked // RARITY_STEP
    said[LEFT_LISTED] = left_listed // RARITY_STEP
    said[CONTRADICTION] = min(left_asked, left_listed) // RARITY_STEP
    said[LEFT_ASKED_COUNT] = count_asked
    said[LEFT_LISTED_COUNT] = count_listed
    said[CONTRADICTIONS] = min(count_asked, count_listed)
    said[SINGLES] = _alone(words.text_starts, ids) + _alone(listed.token_starts, tokens)
    said[FORMS] = _forms(listed, asked.forms, listed.forms[row])
    said[NUMBERS] = number_asked + number_listed
    said[REVERSED] = _out_of_order(pairs, count)
    latin = listed.latins[listed.latin_starts[row] : listed.latin_starts[row + 1]]
    said[WHOLE] = alike(asked.latin, latin)
    said[PACKED] = alike(asked.packed, _packed(latin))
    said[KIND] = asked.kind or listed.kinds[row]
    said[SCRIPT] = 0


@njit(cache=True, nogil=True, inline="always")
def _of_pairs(index, beside, pairs, count, said):
    """Fill what the pairs of words say; return what is gained and lost by them, and which word asked is the rarest."""
    listed, words = index
    ids, tokens = beside
    full_rarest = np.int64(0)
    gained = lost = full = strengths = letters = others = crossed = translated = rarest = 0
    least = 100 if count else 0
    inexact_asked = inexact_listed = np.int64(RAREST)
    for at in range(count):
        one, token, strength, way = ids[pairs[at, 0]], tokens[pairs[at, 1]], pairs[at, 2], pairs[at, 3]
        of_asked, of_listed = np.int64(words.weights[one]), np.int64(listed.weights[token])
        weight = min(of_asked, of_listed)
        gained += weight * strength
        lost += weight * (100 - strength)
        if strength >= FULL:
            full += 1
            full_rarest = max(full_rarest, weight)
        elif SLIPPED[way]:
            inexact_asked, inexact_listed = min(inexact_asked, of_asked), min(inexact_listed, of_listed)
        strengths += strength
        letters += listed.token_starts[token + 1] - listed.token_starts[token]
        least = min(least, strength)
        others += way == OTHER
        crossed += (way == CROSS) + 4 * (way == CROSS_SOUND)
        translated += way == CONCEPT
        rarest = max(rarest, _rank(words, one, strength))
    said[MATCHED], said[MATCHED_FULL], said[LETTERS] = count, full, min(letters, LETTERS_MAX)
    said[STRENGTH_MIN], said[STRENGTH_MEAN] = least, strengths // count if count else 0
    said[OTHERS], said[CROSSED], said[TRANSLATED] = others, crossed, translated
    said[RAREST_FULL] = full_rarest // RARITY_STEP
    said[INEXACT_ASKED], said[INEXACT_LISTED] = inexact_asked // RARITY_STEP, inexact_listed // RARITY_STEP
    return gained // 100, lost // 100, rarest


@njit(cache=True, nogil=True, inline="always")
def _rank(words, one, strength):
    """Return a number that orders words by how rare they are, how long, and how strongly they agree."""
    length = words.text_starts[one + 1] - words.text_starts[one]
    return np.int64(words.weights[one]) << 20 | length << 7 | strength


@njit(cache=True, nogil=True, inline="always")
def _left_asked(words, ids, used, rarest):
    left = count = number = 0
    for at in range(len(ids)):
        if not used[at]:
            one = ids[at]
            left += words.weights[one]
            count += 1
            number |= words.is_number[one]
            rarest = max(rarest, _rank(words, one, 0))
    return left, count, number, rarest


@njit(cache=True, nogil=True, inline="always")
def _left_listed(listed, tokens, taken):
    left = count = number = 0
    for place in range(len(tokens)):
        if not taken[place]:
            token = tokens[place]
            left += listed.weights[token]
            count += 1
            number |= listed.is_number[token]
    return left, count, number


@njit(cache=True, nogil=True, inline="always")
def _alone(starts, which):
    count = 0
    for one in which:
        count += starts[one + 1] - starts[one] == 1
    return count


@njit(cache=True, nogil=True, inline="always")
def _forms(listed, asked, other):
    if asked == 0 and other == 0:
        return 0
    if asked == 0 or other == 0:
        return 2
    if asked & other:
        return 1
    for form in range(len(listed.contradicting)):
        if asked >> np.uint64(form) & np.uint64(1) and other & ~listed.contradicting[form]:
            return 2
    return 3


@njit(cache=True, nogil=True, inline="always")
def _out_of_order(pairs, count):
    if count < 2:
        return 0
    places = np.empty(count, np.int64)
    order = np.argsort(pairs[:count, 0])
    for at in range(count):
        places[at] = pairs[order[at], 1]
    found = -1
    for at in range(count):
        found += places[(at + 1) % count] < places[at]
    return found


@njit(cache=True, nogil=True, inline="always")
def _packed(text):
    """Return a text without its spaces."""
    found = np.empty(len(text), np.uint8)
    count = 0
    for letter in text:
        if letter != SPACE:
            found[count] = letter
            count += 1
    return found[:count]


@njit(cache=True, nogil=True, inline="always")
def points(table, said):
    """Return the points of what is observed."""
    width = table.answers.shape[1]
    leaves = np.zeros(width, np.uint64)
    for feature in range(len(said)):
        place = min(max(said[feature], table.low[feature]), table.high[feature]) + table.first[feature]
        for at in range(width):
            leaves[at] |= table.answers[place, at]
    total = table.start
    for at, byte in enumerate(leaves.view(np.uint8)):
        total += table.points[2 * at, byte & 15] + table.points[2 * at + 1, byte >> 4]
    return total
