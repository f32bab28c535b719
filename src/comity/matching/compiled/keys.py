"""`comity.matching.keys`, compiled: the keys under which one word is looked for."""

from __future__ import annotations

import numpy as np
from numba import njit

from comity.matching import keys
from comity.matching.compiled.arrays import (
    CONCEPT,
    END,
    FOLDS,
    IS_NUMBER,
    KEYS_END,
    LENGTH,
    NICKNAMES,
    NICKNAMES_END,
    PIVOTS,
    PIVOTS_END,
    SKELETONS,
    TEXT,
)
from comity.matching.compiled.texts import SPACE
from comity.matching.spelling import ONE_GONE_FROM, TWO_GONE_FROM

OF_TEXT, OF_FOLD, OF_SOUND, OF_PIVOT, OF_NICKNAME, OF_CONCEPT, _ = map(int, keys.Channel)
CRC = keys.CRC
ZERO = 48


@njit(nogil=True)
def keys_of(words, one, found):
    """Fill in every key of a word and return how many there are; some may be there twice."""
    heads, letters, numbers = words
    head = heads[one]
    whole = (head[TEXT], head[TEXT + 1])
    if head[IS_NUMBER]:
        return _thinned(letters, whole, (OF_TEXT, 0), found, 0)
    missing = (head[LENGTH] >= ONE_GONE_FROM) + (head[LENGTH] >= TWO_GONE_FROM)
    count = _thinned(letters, whole, (OF_TEXT, missing), found, 0)
    count = _parts(letters, (head[FOLDS], head[SKELETONS]), OF_FOLD, found, count)
    count = _parts(letters, (head[SKELETONS], head[END]), OF_SOUND, found, count)
    for at in range(head[PIVOTS], head[PIVOTS_END]):
        found[count] = _of_number(OF_PIVOT, numbers[at])
        count += 1
    for at in range(head[NICKNAMES], head[NICKNAMES_END]):
        found[count] = _of_number(OF_NICKNAME, numbers[at])
        count += 1
    if head[CONCEPT] >= 0:
        found[count] = _of_number(OF_CONCEPT, head[CONCEPT])
        count += 1
    for at in range(head[NICKNAMES_END], head[KEYS_END]):
        found[count] = np.uint32(numbers[at])
        count += 1
    return count


@njit(nogil=True)
def _parts(letters, part, seed, found, count):
    """Fill in the keys of folded readings, or of skeletons."""
    since, until = part
    for at in range(since, until):
        if letters[at] == SPACE:
            length = _letters(letters, since, at)
            if seed == OF_FOLD or length > 1:
                count = _thinned(
                    letters, (since, at), (seed, seed == OF_FOLD and length >= ONE_GONE_FROM), found, count
                )
            since = at + 1
    return count


@njit(nogil=True)
def _letters(letters, since, until):
    count = 0
    for at in range(since, until):
        count += (letters[at] & 0xC0) != 0x80
    return count


@njit(nogil=True)
def _thinned(letters, part, channel, found, count):
    """Fill in the keys of a text, whole and with up to two of its characters missing."""
    since, until = part
    seed, missing = channel
    state = np.uint32(~np.uint32(seed))
    found[count] = _ended(letters, since, until, state)
    count += 1
    first = since
    while missing and first < until:
        behind = _next(letters, first, until)
        found[count] = _ended(letters, behind, until, state)
        count += 1
        if missing > 1:
            between, second = state, behind
            while second < until:
                rest = _next(letters, second, until)
                found[count] = _ended(letters, rest, until, between)
                count += 1
                between = _on(letters, second, rest, between)
                second = rest
        state = _on(letters, first, behind, state)
        first = behind
    return count


@njit(nogil=True)
def _next(letters, at, until):
    """Return where the next character begins."""
    at += 1
    while at < until and (letters[at] & 0xC0) == 0x80:
        at += 1
    return at


@njit(nogil=True)
def _on(letters, since, until, state):
    """Return what some bytes make of a checksum (ISO 3309), as in `zlib`."""
    for at in range(since, until):
        state = _with(state, letters[at])
    return state


@njit(nogil=True)
def _with(state, byte):
    return np.uint32(CRC[(state ^ byte) & 0xFF] ^ (state >> 8))


@njit(nogil=True)
def _ended(letters, since, until, state):
    return np.uint32(~_on(letters, since, until, state))


@njit(nogil=True)
def _of_number(seed, number):
    """Return the key of a number, as it is written."""
    state = np.uint32(~np.uint32(seed))
    power = 1
    while number // power >= 10:
        power *= 10
    while power:
        state = _with(state, ZERO + number // power % 10)
        power //= 10
    return np.uint32(~state)
