"""What an index says of its tokens and rows, as columns."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from comity.matching.index import Index
from comity.matching.together.slices import Numbers, Truths


class Listed(NamedTuple):
    """The tokens of an index, column by column."""

    of: Index
    weights: Numbers
    lengths: Numbers
    first: Numbers
    """Of each its first letter."""
    is_single: Truths
    is_number: Truths


def listed(index: Index) -> Listed:
    """Return the tokens of an index as columns."""
    lengths = np.frombuffer(index.lengths, np.uint8).astype(np.int64)
    return Listed(
        of=index,
        weights=index.idf.astype(np.int64),
        lengths=lengths,
        first=np.array([ord(text[0]) for text in index.tokens], np.int64),
        is_single=lengths == 1,
        is_number=np.array([text.isdigit() for text in index.tokens], np.bool_),
    )
