"""An index as the compiled path reads it: its own arrays, and what its tokens are compared by laid end to end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from comity.matching import legal
from comity.matching.compiled.arrays import (
    COLUMNS,
    CONCEPT,
    END,
    FIRST,
    FOLDS,
    IS_NUMBER,
    KEYS_END,
    KNOWN_IN,
    LENGTH,
    NICKNAMES,
    NICKNAMES_END,
    PIVOTS,
    PIVOTS_END,
    READINGS,
    SCRIPT,
    SKELETONS,
    TEXT,
    WEIGHT,
    Listed,
    Shapes,
)
from comity.matching.compiled.texts import SPACE
from comity.matching.keeping import laid
from comity.matching.scripts import Script

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from comity.matching.index import Index, Slices

    Numbers = NDArray[np.int64]


def listed(index: Index) -> Listed:
    """Return an index as arrays that nobody changes."""
    arrays: tuple[NDArray[Any], ...] = (
        index.rows.starts, index.rows.values, index.row_kinds, index.row_forms, index.row_native, *laid(index.wholes),
        *laid(index.latins), index.postings.starts, index.postings.values, index.keys, index.keyed, index.shelves,
        index.letters, index.lettered, _contradicting(),
    )  # fmt: skip
    return Listed._make((*map(_fixed, arrays), _shapes(index)))


def _fixed(array: NDArray[Any]) -> NDArray[Any]:
    view = array.view()
    view.flags.writeable = False
    return view


def _contradicting() -> NDArray[np.uint64]:
    forms = range(len(legal.FORMS))
    return np.array([sum(1 << other for other in forms if legal.contradict(one, other)) for one in forms], np.uint64)


def _shapes(index: Index) -> Shapes:
    """Return what the tokens of an index are compared by."""
    heads = np.zeros((len(index.tokens), COLUMNS), np.int32)
    numbers = np.concatenate([index.pivots.values, index.nicknames.values])
    heads[:, PIVOTS], heads[:, PIVOTS_END] = index.pivots.starts[:-1], index.pivots.starts[1:]
    heads[:, NICKNAMES] = index.nicknames.starts[:-1] + len(index.pivots.values)
    heads[:, NICKNAMES_END] = heads[:, KEYS_END] = index.nicknames.starts[1:] + len(index.pivots.values)
    heads[:, SCRIPT], heads[:, CONCEPT], heads[:, KNOWN_IN] = index.scripts, index.concepts, index.known_in
    heads[:, LENGTH], heads[:, WEIGHT] = np.frombuffer(index.lengths, np.uint8), index.idf
    heads[:, FIRST] = [ord(text[0]) for text in index.tokens]
    heads[:, IS_NUMBER] = [text.isdigit() for text in index.tokens]
    return Shapes(heads, _letters(index, heads), numbers)


def _letters(index: Index, heads: NDArray[np.int32]) -> NDArray[np.uint8]:
    """Return the texts of all tokens, part by part, and fill in where each part begins and the last one ends."""
    tokens, ends = _ended(index.tokens)
    said, said_ends = _ended(index.said)
    starts, said_starts = _starts(ends), _starts(said_ends) + len(tokens)
    own = (index.scripts <= Script.LATIN).astype(np.int64)
    counts = [own + index.readings.lengths(), index.folds.lengths(), index.skeletons.lengths()]
    firsts = np.cumsum([np.ones_like(own), *counts], axis=0)
    before = np.cumsum(firsts[-1]) - firsts[-1]
    since, until = np.zeros((2, int(firsts[-1].sum())), np.int64)
    since[before], until[before] = starts, ends
    since[before[own > 0] + 1], until[before[own > 0] + 1] = starts[own > 0], ends[own > 0] + 1
    for first, part in zip(firsts, (index.readings, index.folds, index.skeletons), strict=False):
        places = _places(before + first, part)
        since[places], until[places] = said_starts[part.values], said_ends[part.values] + len(tokens) + 1
    lengths = until - since
    at = np.cumsum(lengths) - lengths
    total = int(lengths.sum())
    for column, first in zip((TEXT, READINGS, FOLDS, SKELETONS, END), (0, *firsts), strict=True):
        heads[:, column] = np.append(at, total)[before + first]
    found: NDArray[np.uint8] = np.concatenate([tokens, said])[np.repeat(since - at, lengths) + np.arange(total)]
    return found


def _places(firsts: Numbers, part: Slices) -> Numbers:
    """Return where the texts of a part stand, if those of each token begin where `firsts` says."""
    lengths = part.lengths()
    places: Numbers = np.repeat(firsts - part.starts[:-1], lengths) + np.arange(lengths.sum())
    return places


def _ended(texts: Sequence[str]) -> tuple[NDArray[np.uint8], Numbers]:
    """Return texts in UTF-8, a space behind each, and where these stand."""
    raw = np.frombuffer("".join([f"{one} " for one in texts]).encode(), np.uint8)
    return raw, np.flatnonzero(raw == SPACE)


def _starts(ends: Numbers) -> Numbers:
    return np.append(0, ends[:-1] + 1)[: len(ends)]
