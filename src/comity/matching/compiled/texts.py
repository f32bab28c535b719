"""Comparing texts, compiled: the same numbers as `rapidfuzz` gives, for arrays of characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Codes = NDArray[np.uint8]

LETTERS = 128
"""Texts are ASCII."""
WORD = 64
"""Characters of a text that fit the bits of one number."""


@njit(cache=True, nogil=True)
def alike(left: Codes, right: Codes) -> int:
    """Return `Indel.normalized_similarity` in hundredths, rounded down: how much two texts share, letter by letter in order."""
    total = len(left) + len(right)
    if total == 0:
        return 100
    distance = total - 2 * common(left, right)
    return int((1.0 - distance / total) * 100)


@njit(cache=True, nogil=True)
def common(left: Codes, right: Codes) -> int:
    """Return the length of the longest common subsequence (Hyyrö, "Bit-parallel LCS-length computation revisited", 2004)."""
    if len(left) > len(right):
        left, right = right, left
    if len(left) > WORD:
        return _common_long(left, right)
    if len(left) == 0:
        return 0
    places = np.zeros(LETTERS, np.uint64)
    for at in range(len(left)):
        places[left[at]] |= np.uint64(1) << np.uint64(at)
    state = ~np.uint64(0)
    for letter in right:
        found = state & places[letter]
        state = (state + found) | (state - found)
    missed = ~state
    if len(left) < WORD:
        missed &= (np.uint64(1) << np.uint64(len(left))) - np.uint64(1)
    return _bits(missed)


@njit(cache=True, nogil=True)
def _bits(number: np.uint64) -> int:
    count = 0
    while number:
        number &= number - np.uint64(1)
        count += 1
    return count


@njit(cache=True, nogil=True)
def _common_long(left: Codes, right: Codes) -> int:
    row = np.zeros(len(right) + 1, np.int64)
    for letter in left:
        before = 0
        for at in range(len(right)):
            above = row[at + 1]
            row[at + 1] = before + 1 if letter == right[at] else max(above, row[at])
            before = above
    return int(row[len(right)])
