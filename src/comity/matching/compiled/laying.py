"""`comity.matching.aligning`, compiled: which words stand for which, and what is left on both sides."""

from __future__ import annotations

import numpy as np
from numba import njit

from comity.matching.aligning import INITIAL, JOINED_FROM, READ_MAX, REORDERED_MAX
from comity.matching.compiled.texts import alike

INITIAL_STRENGTH, INITIAL_WAY = INITIAL.strength, int(INITIAL.way)
STRONGEST = 100
FEW = 16
"""Pairs that are put in order one by one."""
NINE = 57
"""The last digit; the first is before it by nine."""
ORDERS = np.array([[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])


@njit(cache=True, nogil=True, inline="always")
def lay(listed, words, beside, room):
    """Lay words beside the tokens of a row; fill the pairs and which words and places are used; return how many pairs there are."""
    ids, tokens = beside
    pairs, used, taken = room
    used[: len(ids)] = False
    taken[: len(tokens)] = False
    found = _pairs(listed, words, ids, tokens)
    count = 0
    for key in found:
        at, place = (key >> 12) & 255, (key >> 4) & 255
        if not used[at] and not taken[place]:
            used[at] = taken[place] = True
            pairs[count, 0], pairs[count, 1] = at, place
            pairs[count, 2], pairs[count, 3] = STRONGEST - (key >> 20), key & 15
            count += 1
    return count


@njit(cache=True, nogil=True, inline="always")
def _pairs(listed, words, ids, tokens):
    found = np.empty(len(ids) * len(tokens), np.int64)
    count = 0
    for place in range(len(tokens)):
        token = tokens[place]
        for at in range(len(ids)):
            one = ids[at]
            close = _close(words, one, token)
            if close >= 0:
                strength, way = np.int64(words.strengths[close]), np.int64(words.ways[close])
            elif _is_initial(listed, words, one, token):
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


@njit(cache=True, nogil=True, inline="always")
def _close(words, one, token):
    """Return where it is said how close a listed token is to a word; -1: it is not."""
    low, high = words.close_starts[one], words.close_starts[one + 1]
    end = high
    while low < high:
        middle = (low + high) >> 1
        if words.close[middle] < token:
            low = middle + 1
        else:
            high = middle
    return low if low < end and words.close[low] == token else -1


@njit(cache=True, nogil=True, inline="always")
def _is_initial(listed, words, one, token):
    first = words.texts[words.text_starts[one]]
    length = words.text_starts[one + 1] - words.text_starts[one]
    other = listed.token_starts[token + 1] - listed.token_starts[token]
    if (length == 1) == (other == 1) or (NINE - 9 <= first <= NINE):
        return False
    return first == listed.tokens[listed.token_starts[token]]


@njit(cache=True, nogil=True, inline="always")
def left_asked(words, ids, used):
    """Return the words that are left over, as one text."""
    length = 0
    for at in range(len(ids)):
        if not used[at]:
            length += words.text_starts[ids[at] + 1] - words.text_starts[ids[at]]
    text = np.empty(length, np.uint8)
    to = 0
    for at in range(len(ids)):
        if not used[at]:
            part = words.texts[words.text_starts[ids[at]] : words.text_starts[ids[at] + 1]]
            text[to : to + len(part)] = part
            to += len(part)
    return text


@njit(cache=True, nogil=True, inline="always")
def rejoined(listed, words, beside, left_over, least):
    """Return how alike what is left on both sides is as one text; 0 if a side has nothing left or less than `least` is possible."""
    ids, tokens = beside
    used, taken = left_over
    count_asked = len(ids) - np.sum(used[: len(ids)])
    count_listed = len(tokens) - np.sum(taken[: len(tokens)])
    if count_asked == 0 or count_listed == 0:
        return 0
    left = np.empty(count_listed, np.int64)
    at = length = 0
    for place in range(len(tokens)):
        if not taken[place]:
            left[at] = tokens[place]
            length += listed.token_starts[tokens[place] + 1] - listed.token_starts[tokens[place]]
            at += 1
    asked = left_asked(words, ids, used)
    if 200 * min(len(asked), length) < least * (len(asked) + length):
        return 0
    best = 0
    text = np.empty(length, np.uint8)
    if 1 < count_listed <= REORDERED_MAX:
        for order in ORDERS:
            if count_listed == REORDERED_MAX or order[2] == 2:
                best = max(best, alike(asked, _joined(listed, left, order, text)))
    else:
        best = alike(asked, _joined(listed, left, np.arange(count_listed), text))
    return best if best < JOINED_FROM or min(count_asked, count_listed) <= READ_MAX else JOINED_FROM - 1


@njit(cache=True, nogil=True, inline="always")
def _joined(listed, left, order, text):
    to = 0
    for at in range(len(left)):
        token = left[order[at]]
        part = listed.tokens[listed.token_starts[token] : listed.token_starts[token + 1]]
        text[to : to + len(part)] = part
        to += len(part)
    return text


@njit(cache=True, nogil=True, inline="always")
def promise(listed, words, beside, laid):
    """Return at first sight how much speaks for a row."""
    ids, tokens = beside
    pairs, count, used, taken, together = laid
    gained = left = 0
    for at in range(count):
        weight = min(words.weights[ids[pairs[at, 0]]], listed.weights[tokens[pairs[at, 1]]])
        gained += weight * pairs[at, 2]
    for place in range(len(tokens)):
        if not taken[place]:
            left += listed.weights[tokens[place]]
    if together >= JOINED_FROM:
        return gained // 50 + 2 * left
    for at in range(len(ids)):
        if not used[at]:
            left += words.weights[ids[at]]
    return gained // 50 - left
