"""`comity.matching.skeleton`, compiled: how near the sounds of two words are. Skeletons are ASCII."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from comity.matching import skeleton
from comity.matching.skeleton import BROAD

GONE = 0
BROADLY = np.array([ord(chr(at).translate(BROAD) or "\0") for at in range(128)], np.uint8)
"""The broad class of each sound; nothing for those that are easily lost."""
EXACTLY = np.arange(128).astype(np.uint8)
agreed: Any = njit(nogil=True)(skeleton.agreed)
distance_max: Any = njit(nogil=True)(skeleton.distance_max)


@njit(nogil=True)
def agreement(asked, listed, least, room):
    """Return how far two skeletons, parts of two arrays, say the same sounds; 0 if it is less than `least`."""
    (left, one), (right, other) = asked, listed
    (since, until), (begin, end) = one, other
    if is_same(left, one, right, other):
        return 100
    count, many = until - since, end - begin
    length = max(count, many) + 1
    most = distance_max(length, least)
    if abs(count - many) > most:
        return 0
    distance = _distance(
        _said(left, one, EXACTLY, room[0]), room[0], _said(right, other, EXACTLY, room[1]), room[1], room[2]
    )
    if distance > most:
        return 0
    distance += _distance(
        _said(left, one, BROADLY, room[0]), room[0], _said(right, other, BROADLY, room[1]), room[1], room[2]
    )
    return agreed(distance, length) if distance <= most else 0


@njit(nogil=True)
def is_same(left, one, right, other):
    """Tell whether two parts of two arrays are the same."""
    count = one[1] - one[0]
    at = 0 if count == other[1] - other[0] else count
    while at < count and left[one[0] + at] == right[other[0] + at]:
        at += 1
    return at == count == other[1] - other[0]


@njit(nogil=True)
def _said(letters, part, classes, said):
    """Write the sounds in their classes; return how many there are."""
    count = 0
    for at in range(part[0], part[1]):
        sound = classes[letters[at]]
        if sound != GONE:
            said[count] = sound
            count += 1
    return count


@njit(nogil=True)
def _distance(count, left, other, right, row):
    """Return `Levenshtein.distance`."""
    start = 0
    while start < count and start < other and left[start] == right[start]:
        start += 1
    while count > start and other > start and left[count - 1] == right[other - 1]:
        count, other = count - 1, other - 1
    if start in (count, other):
        return count + other - 2 * start
    for place in range(start, other):
        row[place] = place - start + 1
    for at in range(start, count):
        diagonal, before = np.int64(at - start), np.int64(at - start + 1)
        for place in range(start, other):
            above = np.int64(row[place])
            before = min(diagonal + (left[at] != right[place]), above + 1, before + 1)
            diagonal = above
            row[place] = before
    return np.int64(row[other - 1])
