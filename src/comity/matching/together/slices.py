"""Many short lists laid end to end, and what is asked of all of them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Indel

if TYPE_CHECKING:
    from collections.abc import Sequence

Numbers: TypeAlias = NDArray[np.signedinteger[Any]]
Truths: TypeAlias = NDArray[np.bool_]

TOKEN_BITS: Final = 32
"""Tokens of an index are fewer than two to this, and stand behind a word or a name in one number."""
SAID_BITS: Final = 22
"""What speaks for a row is less than two to this: of all words, halves and neighbours of a name together."""


def begins(lengths: Numbers) -> Numbers:
    """Return where each list begins."""
    return lengths.cumsum() - lengths


def places(since: Numbers, lengths: Numbers) -> Numbers:
    """Return every place of some slices, one slice after the other."""
    return np.arange(lengths.sum()) + np.repeat(since - begins(lengths), lengths)


def within(lengths: Numbers) -> Numbers:
    """Return of every place of lists laid end to end, which of its list it is."""
    return places(np.zeros_like(lengths), lengths)


def sums(whose: Numbers, values: NDArray[Any], count: int) -> Numbers:
    """Return the sum of the values of each of so many; they are whole, and exact as long as none reaches two to the 53rd."""
    return np.bincount(whose, values, count).astype(np.int64)


def most(whose: Numbers, values: NDArray[Any], count: int) -> Numbers:
    """Return the greatest value of each of so many; 0 where there is none."""
    found = np.zeros(count, np.int64)
    np.maximum.at(found, whose, values)
    return found


def least(whose: Numbers, values: NDArray[Any], count: int, of_none: int) -> Numbers:
    """Return the least value of each of so many, and at most that of none."""
    found = np.full(count, of_none, np.int64)
    np.minimum.at(found, whose, values)
    return found


def first(whose: Numbers) -> Truths:
    """Tell of each of some values that stand group by group whether it is the first of its group."""
    return np.append(whose[:1] == whose[:1], whose[1:] != whose[:-1])


def last_of(whose: Numbers) -> Truths:
    """Tell of each of some values that stand group by group whether it is the last of its group."""
    return np.append(whose[1:] != whose[:-1], whose[:1] == whose[:1])


def ranked(whose: Numbers) -> Numbers:
    """Return of each of some values that stand group by group, which of its group it is."""
    starts = np.flatnonzero(first(whose))
    return within(np.diff(np.append(starts, len(whose))))


def hundredths(ones: Sequence[str], others: Sequence[str]) -> Numbers:
    """Return how alike texts are, two and two, in hundredths rounded down."""
    alike = process.cpdist(ones, others, scorer=Indel.normalized_similarity, dtype=np.float64)
    return (alike * 100).astype(np.int64)
