"""Asking, compiled: from the words of a name to the rows that it may mean, what is observed of them, and their points."""

from __future__ import annotations

import numpy as np
from numba import njit

from comity.matching.aligning import JOINED_FROM
from comity.matching.compiled.finding import find
from comity.matching.compiled.laying import lay, promise, rejoined
from comity.matching.compiled.observing import observe, points


@njit(cache=True, nogil=True)
def ask(listed, words, table, asked, room):
    """Fill the answer and return how many rows it is about."""
    scratch, answer = room
    rows = find(listed, words, scratch, asked)
    for at in range(len(rows)):
        row = rows[at]
        tokens = listed.row_tokens[listed.row_starts[row] : listed.row_starts[row + 1]]
        pairs, used, taken = scratch.pairs[at], scratch.used[at], scratch.taken[at]
        beside = (asked.ids, tokens)
        count = lay(listed, words, beside, (pairs, used, taken))
        together = rejoined(listed, words, beside, (used, taken), JOINED_FROM)
        scratch.counts[at], scratch.rejoined[at] = count, together
        scratch.promises[at] = promise(listed, words, beside, (pairs, count, used, taken, together))
    chosen = _order(scratch.promises, rows)[: len(answer.rows)]
    for place in range(len(chosen)):
        at = chosen[place]
        row = rows[at]
        tokens = listed.row_tokens[listed.row_starts[row] : listed.row_starts[row + 1]]
        pairs, used, taken, together = scratch.pairs[at], scratch.used[at], scratch.taken[at], scratch.rejoined[at]
        if together == 0:
            together = rejoined(listed, words, (asked.ids, tokens), (used, taken), 0)
        count = scratch.counts[at]
        said = answer.observed[place]
        observe((listed, words), asked, row, (pairs, count, used, taken, together), said)
        answer.rows[place], answer.counts[place], answer.rejoined[place] = row, count, together
        answer.pairs[place, :count] = pairs[:count]
        answer.points[place] = points(table, said)
    return len(chosen)


@njit(cache=True, nogil=True, inline="always")
def _order(promises, rows):
    """Return the rows by their promise; of equals the lower first."""
    order = np.empty(len(rows), np.int64)
    for at in range(len(rows)):
        to = at
        while to and (
            promises[order[to - 1]] < promises[at]
            or (promises[order[to - 1]] == promises[at] and rows[order[to - 1]] > rows[at])
        ):
            order[to] = order[to - 1]
            to -= 1
        order[to] = at
    return order
