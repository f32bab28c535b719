"""Asking, compiled: from the words of names to the rows that each may mean, what is observed of them, and their points."""

from __future__ import annotations

import numpy as np
from numba import njit

from comity.matching.compiled.arrays import IDS, KIND, SINGLES
from comity.matching.compiled.borrowing import Held, borrowed
from comity.matching.compiled.finding import find
from comity.matching.compiled.laying import is_syllabic, lay, promise, rejoined
from comity.matching.compiled.nearing import resolve
from comity.matching.compiled.observing import is_same, meant, observe, points

ROW, WAY, COUNT, TOGETHER, LEFT, PROMISE = range(6)
"""The columns of what is laid."""


@njit(cache=True, nogil=True)
def hold(listed, words, score, room, answer):
    """Return all that questions have in common as one thing: to hand over each array anew would take longer than to answer."""
    return Held(listed, words, score, room, answer)


@njit(cache=True, nogil=True)
def ask_many(held, asked):
    """Resolve the new words, and fill the answer for every name; return whether there was room for what is near the words."""
    listed, words, score, room, answer, asked = borrowed(
        (held.listed, held.words, held.score, held.room, held.answer, asked)
    )
    if not resolve(listed, words, asked.words, room):
        return False
    for name in range(len(asked.firsts) - 1):
        count = 0
        for way in range(asked.firsts[name], asked.firsts[name + 1]):
            if asked.heads[way, IDS] < asked.heads[way, SINGLES]:
                count = _lay(listed, words, asked, (way, count), room)
        answer.counts[name] = _observe((listed, words, score), asked, _order(room.laid[:count]), (room, answer, name))
    return True


@njit(nogil=True, inline="always")
def _lay(listed, words, asked, at, room):
    """Lay one way of a name beside rows, behind the way before it; return how many rows are laid by now."""
    way, known = at
    head = asked.heads[way]
    ids = asked.numbers[head[IDS] : head[SINGLES]]
    syllabic = is_syllabic(words.shapes.heads, ids, head[KIND])
    count = known
    for row in find(listed, words, asked, way, room):
        tokens = listed.row_tokens[listed.row_starts[row] : listed.row_starts[row + 1]]
        pairs, used, taken = room.pairs[count], room.used[count], room.taken[count]
        beside = (ids, tokens, syllabic)
        many = lay(listed, words, beside, (pairs, used, taken))
        together = rejoined((words.shapes, listed.shapes), beside, (used, taken, False), room.desk.texts)
        laid = room.laid[count]
        laid[ROW], laid[WAY], laid[COUNT], laid[TOGETHER], laid[LEFT] = (
            row,
            way,
            many,
            together,
            len(ids) + len(tokens) - 2 * many,
        )
        laid[PROMISE] = promise(listed.shapes, words.shapes, beside, (pairs, many, used, taken, together))
        count += 1
    return count


@njit(nogil=True, inline="always")
def _order(laid):
    """Return the places of the rows laid by their promise, of equals the lower first: each row as the way has it that fits best."""
    order = np.empty(len(laid), np.int64)
    count = 0
    for at in range(len(laid)):
        if _is_beaten(laid, at):
            continue
        to = count
        while to and (
            laid[order[to - 1], PROMISE] < laid[at, PROMISE]
            or (laid[order[to - 1], PROMISE] == laid[at, PROMISE] and laid[order[to - 1], ROW] > laid[at, ROW])
        ):
            order[to] = order[to - 1]
            to -= 1
        order[to] = at
        count += 1
    return order[:count]


@njit(nogil=True)
def _is_beaten(laid, at):
    """Tell whether another way leaves fewer words over, or promises more, or came first."""
    for other in range(len(laid)):
        if other != at and laid[other, ROW] == laid[at, ROW]:
            left, promised = laid[other, LEFT] - laid[at, LEFT], laid[at, PROMISE] - laid[other, PROMISE]
            if left < 0 or (left == 0 and (promised < 0 or (promised == 0 and other < at))):
                return True
    return False


@njit(nogil=True, inline="always")
def _observe(index, asked, order, to):
    """Fill the answer for one name; return how many rows it is about."""
    listed, words, score = index
    room, answer, name = to
    chosen = order[: answer.rows.shape[1]]
    for place in range(len(chosen)):
        at = chosen[place]
        row, way, count, together = (
            room.laid[at, ROW],
            room.laid[at, WAY],
            room.laid[at, COUNT],
            room.laid[at, TOGETHER],
        )
        head = asked.heads[way]
        ids = asked.numbers[head[IDS] : head[SINGLES]]
        tokens = listed.row_tokens[listed.row_starts[row] : listed.row_starts[row + 1]]
        used, taken = room.used[at], room.taken[at]
        if together == 0:
            syllabic = is_syllabic(words.shapes.heads, ids, head[KIND])
            together = rejoined(
                (words.shapes, listed.shapes), (ids, tokens, syllabic), (used, taken, True), room.desk.texts
            )
        said = answer.observed[place]
        observe((listed, words), asked, (way, row, tokens, said), (room.pairs[at], count, used, taken, together), room)
        answer.pairs[place, :count] = room.pairs[at, :count]
        scored = points(score, said)
        told = answer.rows[name, place]
        told[0], told[1] = row, meant(score, said, scored, is_same(words.shapes.heads, ids, tokens))
        told[2], told[3], told[4], told[5] = way - asked.firsts[name], count, together, place
    _sort(answer.rows[name], len(chosen))
    return len(chosen)


@njit(nogil=True)
def _sort(rows, count):
    """Put rows in order, the likeliest first; of equals the lower first."""
    for at in range(1, count):
        to = at
        while to and (
            rows[to - 1, 1] < rows[to, 1] or (rows[to - 1, 1] == rows[to, 1] and rows[to - 1, 0] > rows[to, 0])
        ):
            for column in range(rows.shape[1]):
                rows[to - 1, column], rows[to, column] = rows[to, column], rows[to - 1, column]
            to -= 1
