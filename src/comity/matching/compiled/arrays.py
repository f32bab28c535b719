"""What the compiled path works on: plain arrays of an index, of what was found near words, and of the score."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Listed(NamedTuple):
    """An index, for numbers only. Characters that are not ASCII are question marks, which no question has."""

    row_starts: NDArray[np.int64]
    row_tokens: NDArray[np.int32]
    kinds: NDArray[np.int8]
    forms: NDArray[np.uint64]
    posting_starts: NDArray[np.int64]
    postings: NDArray[np.int32]
    weights: NDArray[np.int32]
    is_number: NDArray[np.bool_]
    token_starts: NDArray[np.int64]
    tokens: NDArray[np.uint8]
    latin_starts: NDArray[np.int64]
    latins: NDArray[np.uint8]
    contradicting: NDArray[np.uint64]
    """For each legal form, those that nothing of it is."""


class Words(NamedTuple):
    """The words of questions, and what was found near each: long lists laid end to end, and where they begin."""

    weights: NDArray[np.int32]
    is_number: NDArray[np.bool_]
    text_starts: NDArray[np.int64]
    texts: NDArray[np.uint8]
    close_starts: NDArray[np.int64]
    close: NDArray[np.int32]
    """Tokens, rising."""
    strengths: NDArray[np.int8]
    ways: NDArray[np.int8]
    rows_starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    evidence: NDArray[np.int32]
    common_starts: NDArray[np.int64]
    common: NDArray[np.int32]
    common_weights: NDArray[np.int32]


class Table(NamedTuple):
    """The score, by what is observed."""

    low: NDArray[np.int64]
    high: NDArray[np.int64]
    first: NDArray[np.int64]
    answers: NDArray[np.uint64]
    points: NDArray[np.int32]
    start: int


class Asked(NamedTuple):
    """A question."""

    ids: NDArray[np.int64]
    """Of its words."""
    singles: NDArray[np.int64]
    """Tokens that two neighbouring words make, or halves of one."""
    extra: NDArray[np.int32]
    """Rows in which common words stand together."""
    exact: NDArray[np.int64]
    """Rows with its very letters."""
    places: NDArray[np.int64]
    """What each row itself adds to its rank."""
    latin: NDArray[np.uint8]
    packed: NDArray[np.uint8]
    """Without spaces."""
    forms: np.uint64
    kind: int


class Scratch(NamedTuple):
    """Room that questions use one after the other. Sums are nothing, and no row is marked, when one is answered."""

    sums: NDArray[np.int64]
    most: NDArray[np.int64]
    marked: NDArray[np.bool_]
    pairs: NDArray[np.int64]
    """By row laid, then by pair: the places of both, the strength, the way."""
    counts: NDArray[np.int64]
    used: NDArray[np.bool_]
    taken: NDArray[np.bool_]
    rejoined: NDArray[np.int64]
    promises: NDArray[np.int64]


class Answer(NamedTuple):
    """What is told of the rows that were observed, in the order of their promise."""

    rows: NDArray[np.int64]
    points: NDArray[np.int64]
    observed: NDArray[np.int64]
    counts: NDArray[np.int64]
    pairs: NDArray[np.int64]
    """Of each row, the pairs as the laying made them: places of both, strength, way."""
    rejoined: NDArray[np.int64]
