"""What the compiled path works on: plain arrays of an index, of words, of the score, and of the names that are asked."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

(
    TEXT, READINGS, FOLDS, SKELETONS, END, PIVOTS, PIVOTS_END, NICKNAMES, NICKNAMES_END, KEYS_END, SCRIPT, LENGTH, CONCEPT,
    KNOWN_IN, IS_NUMBER, FIRST, WEIGHT, OWN, INITIAL_LETTER, IS_ALONE,
) = range(20)  # fmt: skip
"""The columns of what is said of a word. The first five tell where in the letters its parts begin and where the last ends, the next
five the same in the numbers; then what is one number itself, `FIRST` its first character.

The last three are of words that are asked: the listed token that it is (-1: none), the first letter of its reading (0: none, or a
digit), and whether that is all of it.
"""
COLUMNS = 20
CLOSE, CLOSE_END, ROWS, ROWS_END, COMMON, COMMON_END = range(6)
"""The columns of what was found near a word: where it begins and ends in the lists."""
IDS, SINGLES, SINGLES_END, LATIN, WHOLE, WHOLE_END, LETTERS, KIND, FORMS, IS_NATIVE = range(10)
"""The columns of a name that is asked: where its words, the tokens that two of them make, its letters, and those of its own script
begin and end; the key of its letters; its kind, its legal forms, and whether it has a script of its own."""
CLOSE_BITS = 4
"""How close two words are is one number: the strength, then the way."""


class Shapes(NamedTuple):
    """What words are compared by."""

    heads: NDArray[np.int32]
    """By word, then by column."""
    letters: NDArray[np.uint8]
    """Text, readings, folds and skeletons of each in UTF-8; behind every reading, fold and skeleton a space."""
    numbers: NDArray[np.int32]
    """Pivots and nicknames, and keys beside those that its parts have."""


class Listed(NamedTuple):
    """An index."""

    row_starts: NDArray[np.int64]
    row_tokens: NDArray[np.int32]
    kinds: NDArray[np.int8]
    forms: NDArray[np.uint64]
    native: NDArray[np.bool_]
    whole_starts: NDArray[np.int64]
    wholes: NDArray[np.uint8]
    latin_starts: NDArray[np.int64]
    latins: NDArray[np.uint8]
    posting_starts: NDArray[np.int64]
    postings: NDArray[np.int32]
    keys: NDArray[np.uint32]
    keyed: NDArray[np.int32]
    shelves: NDArray[np.int32]
    letters: NDArray[np.uint32]
    lettered: NDArray[np.int32]
    contradicting: NDArray[np.uint64]
    """For each legal form, those that nothing of it is."""
    shapes: Shapes
    """Of its tokens."""


class Words(NamedTuple):
    """What was found near the words that were asked: lists laid end to end."""

    near: NDArray[np.int64]
    """By word, then by column."""
    close: NDArray[np.int32]
    """Tokens, rising, and how close each is."""
    rows: NDArray[np.int32]
    """Rows, each once, and the most that one of the tokens says for it."""
    common: NDArray[np.int32]
    """Tokens that are common, and what each says; the strongest last."""
    used: NDArray[np.int64]
    """How many words are resolved, and how much of each list is."""
    shapes: Shapes


class Score(NamedTuple):
    """The score, by what is observed, and what points mean, by kind and script."""

    low: NDArray[np.int64]
    high: NDArray[np.int64]
    first: NDArray[np.int64]
    answers: NDArray[np.uint64]
    points: NDArray[np.int32]
    lines: NDArray[np.int64]
    """By kind, then by group of scripts: points where none are scored, and points for a thousand."""
    start: int


class Asked(NamedTuple):
    """Names that are asked, each divided in one way or more."""

    heads: NDArray[np.int64]
    """By way, then by column."""
    numbers: NDArray[np.int32]
    """Words of each, and tokens that two neighbours make or halves of one."""
    letters: NDArray[np.uint8]
    """The letters of each and, of those that are not Latin, its own: UTF-8."""
    firsts: NDArray[np.int64]
    """The first way of each name, and behind the last name where the ways end."""
    words: int
    """How many words there are, with those that are new."""


class Desk(NamedTuple):
    """Room for the two texts that are compared."""

    texts: NDArray[np.uint32]
    """Their characters, one text a row."""
    slips: NDArray[np.int64]
    sounds: NDArray[np.int64]
    """Their sounds, and a row of their distance."""


class Room(NamedTuple):
    """Room that words and names use one after the other. Sums are nothing, and nothing is marked, when one is answered."""

    sums: NDArray[np.int32]
    most: NDArray[np.int32]
    marked: NDArray[np.bool_]
    weights: NDArray[np.int32]
    """Of common tokens near a word."""
    seen: NDArray[np.bool_]
    tokens: NDArray[np.int32]
    touched: NDArray[np.int32]
    keys: NDArray[np.uint32]
    desk: Desk
    pairs: NDArray[np.int64]
    """By row laid, then by pair: the places of both, the strength, the way."""
    used: NDArray[np.bool_]
    taken: NDArray[np.bool_]
    laid: NDArray[np.int64]
    """By row laid: its number, the way of the name, how many pairs, how alike the rest is as one text, the promise."""
    pair_keys: NDArray[np.int64]
    pair_rows: NDArray[np.int32]
    """Pairs of common tokens that were met last, and the rows in which both stand."""


class Answer(NamedTuple):
    """What is told of the rows of each name."""

    counts: NDArray[np.int64]
    """By name: how many rows."""
    rows: NDArray[np.int64]
    """By name, then by place, the likeliest first: the row, the points, the way of the name, how many pairs, how alike the rest is,
    and the place of what follows."""
    observed: NDArray[np.int64]
    """Of the last name, what was observed of each row."""
    pairs: NDArray[np.int64]
    """Of the last name, the pairs of each row: places of both, strength, way."""
