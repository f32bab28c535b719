"""`comity.matching.finding`, compiled, for words that are new: the listed tokens near each, and the rows in which those stand."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from comity.matching import finding
from comity.matching.compiled.arrays import (
    CLOSE,
    CLOSE_BITS,
    CLOSE_END,
    COMMON,
    COMMON_END,
    FOLDS,
    LENGTH,
    READINGS,
    ROWS,
    ROWS_END,
    SCRIPT,
    TEXT,
    WEIGHT,
)
from comity.matching.compiled.closeness import IN_LATIN, closeness
from comity.matching.compiled.keys import keys_of
from comity.matching.compiled.texts import SPACE, common, read
from comity.matching.finding import COMMON_FROM, LOOKED_AT_MAX, STRENGTH_MIN
from comity.matching.index import KEY_BITS

worth: Any = njit(nogil=True)(finding.worth)
TOKEN_BITS = 31
NO_TOKEN = (1 << TOKEN_BITS) - 1
SHARES = 1 << 30
"""Likeness is told in so many parts: more than any two texts of words need."""


@njit(nogil=True)
def resolve(listed, words, count, room):
    """Find what is near every word that is new, up to so many words in all; return whether there was room for all."""
    used = words.used
    for one in range(used[0], count):
        if not _has_room(words):
            return False
        near, head = words.near[one], words.shapes.heads[one]
        at = used[1]
        near[CLOSE] = at
        for token in _suggested(listed, words.shapes, one, room):
            found = closeness(words.shapes, one, listed.shapes, token, room.desk)
            if found >> CLOSE_BITS >= STRENGTH_MIN:
                words.close[at, 0], words.close[at, 1] = token, found
                at += 1
        near[CLOSE_END] = used[1] = at
        near[ROWS] = near[ROWS_END] = used[2]
        near[COMMON] = near[COMMON_END] = used[3]
        if head[LENGTH] != 1 or head[SCRIPT] != IN_LATIN:  # an initial finds nobody, but counts where others have found
            _weigh(listed, words, near, room.most)
            used[2], used[3] = near[ROWS_END], near[COMMON_END]
        used[0] = one + 1
    return True


@njit(nogil=True)
def _has_room(words):
    """Tell whether there is room for what may be near one more word."""
    used = words.used
    return (
        used[1] + LOOKED_AT_MAX <= len(words.close)
        and used[2] + LOOKED_AT_MAX * COMMON_FROM <= len(words.rows)
        and used[3] + LOOKED_AT_MAX <= len(words.common)
    )


@njit(nogil=True)
def _suggested(listed, words, one, room):
    """Return the listed tokens, rising, that have a key of a word; of very many, those whose letters are most alike."""
    count = keys_of(words, one, room.keys)
    shift = np.uint32(KEY_BITS + 1 - _bit_length(len(listed.shelves)))
    found = 0
    for at in range(count):
        key = room.keys[at]
        shelf = np.int64(key >> shift)
        for place in range(listed.shelves[shelf], listed.shelves[shelf + 1]):
            if listed.keys[place] == key:
                token = listed.keyed[place]
                room.tokens[found] = token
                found += not room.seen[token]
                room.seen[token] = True
    tokens = room.tokens[:found]
    for token in tokens:
        room.seen[token] = False
    tokens.sort()
    return tokens if found <= LOOKED_AT_MAX else _most_alike(listed.shapes, words, one, tokens, room.desk.texts)


@njit(nogil=True)
def _bit_length(number):
    count = 0
    while number:
        number >>= 1
        count += 1
    return count


@njit(nogil=True)
def _most_alike(listed, words, one, tokens, texts):
    head = words.heads[one]
    since = until = head[READINGS]
    while until < head[FOLDS] and words.letters[until] != SPACE:
        until += 1
    if since == until:
        since, until = head[TEXT], head[READINGS]
    count = read(words.letters, (since, until), texts[0], 0)
    ranks = np.empty(len(tokens), np.int64)
    for at in range(len(tokens)):
        other = listed.heads[tokens[at]]
        many = read(listed.letters, (other[TEXT], other[READINGS]), texts[1], 0)
        shared = common(texts[0], count, texts[1], many)
        ranks[at] = np.int64(SHARES * (2 * shared / (count + many))) << TOKEN_BITS | (NO_TOKEN - tokens[at])
    ranks.sort()
    kept = np.empty(LOOKED_AT_MAX, np.int32)
    for at in range(LOOKED_AT_MAX):
        kept[at] = NO_TOKEN - (ranks[len(ranks) - 1 - at] & NO_TOKEN)
    kept.sort()
    return kept


@njit(nogil=True)
def _weigh(listed, words, near, most):
    """Fill in the rows of the tokens near a word, each once with the most that one of them says; and those that are common."""
    since, last = near[ROWS], near[ROWS]
    for at in range(near[CLOSE], near[CLOSE_END]):
        token, strength = words.close[at, 0], np.int64(words.close[at, 1] >> CLOSE_BITS)
        weight = worth(strength, np.int64(listed.shapes.heads[token, WEIGHT]))
        first, end = listed.posting_starts[token], listed.posting_starts[token + 1]
        if end - first > COMMON_FROM:
            _put(words.common, near, token, weight)
            continue
        for place in range(first, end):
            row = listed.postings[place]
            if most[row] == 0:
                words.rows[last, 0] = row
                last += 1
            most[row] = max(most[row], weight)
    for at in range(since, last):
        row = words.rows[at, 0]
        words.rows[at, 1] = most[row]
        most[row] = 0
    near[ROWS_END] = last


@njit(nogil=True)
def _put(common, near, token, weight):
    """Add a common token in its place, the weakest first; tokens come rising."""
    at = near[COMMON_END]
    near[COMMON_END] += 1
    while at > near[COMMON] and common[at - 1, 1] > weight:
        common[at, 0], common[at, 1] = common[at - 1, 0], common[at - 1, 1]
        at -= 1
    common[at, 0], common[at, 1] = token, weight
