"""Comparing texts, compiled: the same numbers as `rapidfuzz` gives.

A text is an array of code points and how many of them count, or a part of long UTF-8 bytes, read as characters where letters are
counted.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from comity.matching.closeness import SLIPS_MAX

WORD = 64
"""Characters of a text that fit the bits of one number."""
PLACES = 128
"""Places of a table of the characters of so short a text, twice as many as it has."""
SPACE = 32


@njit(nogil=True)
def read(raw, part, codes, at):
    """Write the characters of some UTF-8 bytes behind those that are there; return how many there are now."""
    since, until = part
    while since < until:
        first = np.uint32(raw[since])
        more = 0 if first < 0x80 else 1 if first < 0xE0 else 2 if first < 0xF0 else 3
        code = first if more == 0 else first & np.uint32(0x3F >> more)
        for place in range(since + 1, since + 1 + more):
            code = (code << np.uint32(6)) | np.uint32(raw[place] & 0x3F)
        codes[at] = code
        at += 1
        since += 1 + more
    return at


@njit(nogil=True)
def hundredths(total, shared):
    """Return `Indel.normalized_similarity` in hundredths, rounded down, of two texts of so many letters that share so many."""
    if total == 0:
        return 100
    return int((1.0 - (total - 2 * shared) / total) * 100)


@njit(nogil=True)
def alike(left, count, right, other):
    """Return how much two texts share, letter by letter in order, in hundredths."""
    return hundredths(count + other, common(left, count, right, other))


@njit(nogil=True)
def common(left, count, right, other):
    """Return the length of the longest common subsequence (Hyyrö, "Bit-parallel LCS-length computation revisited", 2004)."""
    if count > other:
        left, count, right, other = right, other, left, count
    if count == 0:
        return 0
    if count > WORD:
        return _common_long(left, count, right, other)
    codes = np.zeros(PLACES, np.uint32)
    places = np.empty(PLACES, np.uint64)
    for at in range(count):
        slot = _slot(codes, left[at])
        if codes[slot] == 0:
            codes[slot], places[slot] = left[at], 0
        places[slot] |= np.uint64(1) << np.uint64(at)
    state = ~np.uint64(0)
    for at in range(other):
        slot = _slot(codes, right[at])
        if codes[slot]:
            found = state & places[slot]
            state = (state + found) | (state - found)
    missed = ~state
    if count < WORD:
        missed &= (np.uint64(1) << np.uint64(count)) - np.uint64(1)
    return _bits(missed)


@njit(nogil=True)
def _slot(codes, code):
    """Return where a character stands in a table, or where it would."""
    last = len(codes) - 1
    slot = np.int64(code) & last
    while codes[slot] != code and codes[slot] != 0:
        slot = (slot + 1) & last
    return slot


@njit(nogil=True)
def _bits(number):
    count = 0
    while number:
        number &= number - np.uint64(1)
        count += 1
    return count


@njit(nogil=True)
def _common_long(left, count, right, other):
    """Return the same of a text that takes several numbers: what one adds is carried to the next."""
    blocks = (count + WORD - 1) // WORD
    size = PLACES
    while size < 2 * count:
        size *= 2
    codes, places = np.zeros(size, np.uint32), np.zeros((size, blocks), np.uint64)
    for at in range(count):
        slot = _slot(codes, left[at])
        codes[slot] = left[at]
        places[slot, at // WORD] |= np.uint64(1) << np.uint64(at % WORD)
    state = np.full(blocks, ~np.uint64(0))
    for at in range(other):
        slot = _slot(codes, right[at])
        if codes[slot]:
            _step(state, places[slot])
    shared = 0
    for block in range(blocks):
        missed = ~state[block]
        if block == blocks - 1 and count % WORD:
            missed &= (np.uint64(1) << np.uint64(count % WORD)) - np.uint64(1)
        shared += _bits(missed)
    return shared


@njit(nogil=True)
def _step(state, places):
    carry = np.uint64(0)
    for block in range(len(state)):
        before = state[block]
        found = before & places[block]
        added = before + found
        more = added + carry
        carry = np.uint64(1) if added < before or more < added else np.uint64(0)
        state[block] = more | (before - found)


@njit(nogil=True)
def slips(left, count, right, other, row):
    """Return `OSA.distance` of two words whose lengths differ by two at most, or 3 if it is more than two.

    `row` has room for three rows of numbers.
    """
    start = 0
    while start < count and start < other and left[start] == right[start]:
        start += 1
    while count > start and other > start and left[count - 1] == right[other - 1]:
        count, other = count - 1, other - 1
    if start in (count, other):
        return count + other - 2 * start
    for place in range(other - start + 1):
        row[0, place] = place
    for at in range(1, count - start + 1):
        if _slips_so_far((left, right, start, other - start), at, row) > SLIPS_MAX:
            return SLIPS_MAX + 1
    return min(row[(count - start) % 3, other - start], SLIPS_MAX + 1)


@njit(nogil=True)
def _slips_so_far(words, at, row):
    """Fill the next row of the distance between the beginnings of two words, where it may be small; return the least of it."""
    left, right, start, width = words
    this, last, before = at % 3, (at + 2) % 3, (at + 1) % 3
    low, high = max(1, at - SLIPS_MAX), min(width, at + SLIPS_MAX)
    best = row[this, low - 1] = at if low == 1 else SLIPS_MAX + 1
    for place in range(low, high + 1):
        one, two = left[start + at - 1], right[start + place - 1]
        cost = min(row[last, place - 1] + (one != two), row[this, place - 1] + 1)
        if place < at + SLIPS_MAX:
            cost = min(cost, row[last, place] + 1)
        if at > 1 and place > 1 and one == right[start + place - 2] and left[start + at - 2] == two:
            cost = min(cost, row[before, place - 2] + 1)
        row[this, place] = cost
        best = min(best, cost)
    return best
