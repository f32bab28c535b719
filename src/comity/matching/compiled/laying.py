"""`comity.matching.aligning`, compiled: which words stand for which, and what is left on both sides."""

from __future__ import annotations

from itertools import permutations

import numpy as np
from numba import njit

from comity.matching.aligning import (
    EXACTLY,
    INITIAL,
    JOINED_FROM,
    READ_MAX,
    READINGS_MAX,
    REORDERED_MAX,
    WHOLE_LETTERS_MIN,
)
from comity.matching.compiled.arrays import (
    CLOSE,
    CLOSE_BITS,
    CLOSE_END,
    CONCEPT,
    FIRST,
    FOLDS,
    INITIAL_LETTER,
    IS_ALONE,
    LENGTH,
    READINGS,
    SCRIPT,
    TEXT,
    WEIGHT,
)
from comity.matching.compiled.closeness import IS_ABJAD, IS_SYLLABIC
from comity.matching.compiled.texts import SPACE, alike, read
from comity.matching.names import Kind

INITIAL_STRENGTH, INITIAL_WAY = INITIAL.strength, int(INITIAL.way)
PERSON = int(Kind.PERSON)
STRONGEST = 100
FEW = 16
"""Pairs that are put in order one by one."""
ORDERS = np.array(sorted(permutations(range(REORDERED_MAX)), key=lambda order: order[::-1], reverse=True))
"""The orders of as many words as are tried in every one, those that leave the last in its place first."""
ORDERS_OF = np.array([0, 1, 2, 6])
"""How many orders so many words have."""


@njit(nogil=True, inline="always")
def is_syllabic(heads, ids, kind):
    """Tell whether the words of a name are syllables in their order: a person's, or of nobody whom an institutional word names."""
    found, is_nobody = False, True
    for one in ids:
        found |= IS_SYLLABIC[heads[one, SCRIPT]]
        is_nobody &= heads[one, CONCEPT] < 0
    return found and (kind == PERSON or is_nobody)


@njit(nogil=True, inline="always")
def lay(listed, words, beside, room):
    """Lay words beside the tokens of a row; fill the pairs and which words and places are used; return how many pairs there are."""
    ids, tokens, syllabic = beside
    pairs, used, taken = room
    used[: len(ids)] = False
    taken[: len(tokens)] = False
    count = 0
    for key in _pairs(listed.shapes.heads, words, ids, tokens):
        at, place = (key >> 12) & 255, (key >> 4) & 255
        if not used[at] and not taken[place]:
            used[at] = taken[place] = True
            pairs[count, 0], pairs[count, 1] = at, place
            pairs[count, 2], pairs[count, 3] = STRONGEST - (key >> 20), key & 15
            count += 1
    if syllabic and count > 1 and out_of_order(pairs, count):
        for at in range(1, count):  # a name of the same syllables in another order is another name
            used[pairs[at, 0]] = taken[pairs[at, 1]] = False
        count = 1
    return count


@njit(nogil=True, inline="always")
def _pairs(heads, words, ids, tokens):
    found = np.empty(len(ids) * len(tokens), np.int64)
    count = 0
    has_initial = False
    for one in ids:
        has_initial |= words.shapes.heads[one, LENGTH] == 1
    for place in range(len(tokens)):
        token = tokens[place]
        for at in range(len(ids)):
            one = ids[at]
            close = _close(words.close, words.near[one, CLOSE], words.near[one, CLOSE_END], token)
            if close:
                strength, way = np.int64(close >> CLOSE_BITS), np.int64(close & ((1 << CLOSE_BITS) - 1))
            elif (has_initial or heads[token, LENGTH] == 1) and _is_initial(words.shapes.heads, one, heads, token):
                strength, way = np.int64(INITIAL_STRENGTH), np.int64(INITIAL_WAY)
            else:
                continue
            found[count] = (STRONGEST - strength) << 20 | at << 12 | place << 4 | way
            count += 1
    found = found[:count]
    if count > FEW:
        found.sort()
    else:
        for at in range(1, count):
            key, to = found[at], at
            while to and found[to - 1] > key:
                found[to] = found[to - 1]
                to -= 1
            found[to] = key
    return found


@njit(nogil=True, inline="always")
def _close(close, low, end, token):
    """Return how close a listed token is to a word; 0: it is not."""
    high = end
    while low < high:
        middle = (low + high) >> 1
        if close[middle, 0] < token:
            low = middle + 1
        else:
            high = middle
    return close[low, 1] if low < end and close[low, 0] == token else np.int32(0)


@njit(nogil=True, inline="always")
def _is_initial(asked, one, listed, token):
    is_alone = listed[token, LENGTH] == 1
    return asked[one, INITIAL_LETTER] == listed[token, FIRST] and asked[one, IS_ALONE] != is_alone


@njit(nogil=True)
def out_of_order(pairs, count):
    """Return how far the matched words stand in another order, but for which of them comes first."""
    if count < 2:
        return 0
    places = np.empty(count, np.int64)
    for at in range(count):
        to = at
        while to and pairs[places[to - 1], 0] > pairs[at, 0]:
            places[to] = places[to - 1]
            to -= 1
        places[to] = at
    found = -1
    for at in range(count):
        found += pairs[places[(at + 1) % count], 1] < pairs[places[at], 1]
    return found


@njit(nogil=True)
def rejoined(shapes, beside, left_over, texts):
    """Return how alike what is left on both sides is as one text; 0 if a side has nothing left.

    Unless it may be less, it is 0 too where the texts are not near enough in length to be one.
    """
    words, listed = shapes
    ids, tokens, syllabic = beside
    used, taken, may_be_less = left_over
    asked, is_abjad = _left_of(ids, used, words.heads)
    left = _places(tokens, taken)
    if len(asked) == 0 or len(left) == 0:
        return 0
    lengths = _lengths(words, asked, texts[0])
    length = 0
    for token in left:
        length += listed.heads[token, LENGTH]
    nearest = min(max(length, lengths[0]), lengths[1])
    if not may_be_less and 200 * min(nearest, length) < JOINED_FROM * (nearest + length):
        return 0
    best = _most_alike(listed, words, (asked, left), syllabic, texts)
    few = min(len(asked), len(left))
    if best < JOINED_FROM:
        return best
    if syllabic:
        may_be = best == EXACTLY and (len(asked) < len(ids) or length >= WHOLE_LETTERS_MIN)
    else:
        may_be = few == 1 if is_abjad else few <= READ_MAX
    return best if may_be else JOINED_FROM - 1


@njit(nogil=True, inline="always")
def _left_of(ids, used, heads):
    """Return the words that are left over, and whether one is in a script whose vowels are guessed."""
    left = np.empty(len(ids), np.int64)
    count, is_abjad = 0, False
    for at in range(len(ids)):
        if not used[at]:
            left[count] = ids[at]
            is_abjad |= IS_ABJAD[heads[ids[at], SCRIPT]]
            count += 1
    return left[:count], is_abjad


@njit(nogil=True, inline="always")
def _places(tokens, taken):
    left = np.empty(len(tokens), np.int64)
    count = 0
    for place in range(len(tokens)):
        if not taken[place]:
            left[count] = tokens[place]
            count += 1
    return left[:count]


@njit(nogil=True, inline="always")
def _ways(words, asked):
    """Return in how many texts some words may be read."""
    if len(asked) > READ_MAX:
        return 1
    ways = 1
    for one in asked:
        ways *= min(_readings(words, one), READINGS_MAX)
    return ways


@njit(nogil=True)
def _readings(words, one):
    count = 0
    for at in range(words.heads[one, READINGS], words.heads[one, FOLDS]):
        count += words.letters[at] == SPACE
    return count


@njit(nogil=True)
def _written(words, asked, way, text):
    """Write some words as one text in one of the ways to read them; return how many letters it has."""
    count = 0
    for one in asked:
        readings = max(min(_readings(words, one), READINGS_MAX), 1)
        which = way % readings if len(asked) <= READ_MAX else 0
        way //= readings
        since = at = words.heads[one, READINGS]
        while at < words.heads[one, FOLDS]:
            if words.letters[at] == SPACE:
                if which == 0:
                    count = read(words.letters, (since, at), text, count)
                    break
                which, since = which - 1, at + 1
            at += 1
    return count


@njit(nogil=True, inline="always")
def _lengths(words, asked, text):
    """Return how short and how long what some words may be read as is."""
    shortest = longest = 0
    for way in range(_ways(words, asked)):
        length = _written(words, asked, way, text)
        shortest, longest = length if way == 0 else min(shortest, length), max(longest, length)
    return shortest, longest


@njit(nogil=True)
def _most_alike(listed, words, left, syllabic, texts):
    """Return how alike the words left on both sides are as one text, in the readings, and the order, in which they are most."""
    asked, tokens = left
    best = 0
    orders = ORDERS_OF[len(tokens)] if len(tokens) <= REORDERED_MAX and not syllabic else 1
    for way in range(_ways(words, asked)):
        count = _written(words, asked, way, texts[0])
        for order in range(orders):
            other = 0
            for at in range(len(tokens)):
                token = tokens[ORDERS[order, at] if orders > 1 else at]
                other = read(
                    listed.letters, (listed.heads[token, TEXT], listed.heads[token, READINGS]), texts[1], other
                )
            best = max(best, alike(texts[0], count, texts[1], other))
    return best


@njit(nogil=True, inline="always")
def promise(listed, words, beside, laid):
    """Return at first sight how much speaks for a row."""
    ids, tokens, _ = beside
    pairs, count, used, taken, together = laid
    gained = left = 0
    for at in range(count):
        weight = min(words.heads[ids[pairs[at, 0]], WEIGHT], listed.heads[tokens[pairs[at, 1]], WEIGHT])
        gained += weight * pairs[at, 2]
    for place in range(len(tokens)):
        if not taken[place]:
            left += listed.heads[tokens[place], WEIGHT]
    if together >= JOINED_FROM:
        return gained // 50 + 2 * left
    for at in range(len(ids)):
        if not used[at]:
            left += words.heads[ids[at], WEIGHT]
    return gained // 50 - left
