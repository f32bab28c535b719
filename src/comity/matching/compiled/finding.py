"""`comity.matching.finding`, compiled: the rows for which most speaks."""

from __future__ import annotations

import numpy as np
from numba import njit

from comity.matching.compiled.arrays import (
    COMMON,
    COMMON_END,
    FIRST,
    IDS,
    KIND,
    LENGTH,
    LETTERS,
    ROWS,
    ROWS_END,
    SINGLES,
    SINGLES_END,
    WEIGHT,
)
from comity.matching.compiled.nearing import worth
from comity.matching.finding import (
    AMONG,
    COMMON_FROM,
    EXACT_MAX,
    INITIAL_WEIGHT,
    JOINED_STRENGTH,
    LENGTH_MAX,
    PAIRS_REMEMBERED,
    RANK_BITS,
    ROW_BITS,
    ROW_MAX,
    ROWS_MAX,
    SHORTEST_ROWS,
)

FACTOR = 0x9E3779B1
"""The golden section of 32 bits, by which pairs of common tokens are spread over their places (Knuth, TAOCP 6.4)."""
TOKEN_BITS = 31


@njit(nogil=True, inline="always")
def find(listed, words, asked, way, room):
    """Return the rows that a name may mean, best first."""
    head = asked.heads[way]
    ids, singles = asked.numbers[head[IDS] : head[SINGLES]], asked.numbers[head[SINGLES] : head[SINGLES_END]]
    exact = _by_letters(listed, np.uint32(head[LETTERS]), head[KIND])
    touched = _touched(listed, words, (ids, singles), room)
    if len(touched) == 0:
        return exact[:ROWS_MAX]
    for at in range(len(ids)):
        if not np.any(ids[:at] == ids[at]):
            _add(listed, words, (words.near[ids[at]], np.sum(ids == ids[at])), touched, room)
    for token in singles:
        weight = worth(JOINED_STRENGTH, np.int64(listed.shapes.heads[token, WEIGHT]))
        for row in _first_of(listed.posting_starts, listed.postings, token, COMMON_FROM):
            room.sums[row] += weight
    letters = _initials(words.shapes.heads, ids)
    ranks = _best(listed, head[KIND], touched, room, AMONG if len(letters) else ROWS_MAX)
    if len(letters):
        for at in range(len(ranks)):
            ranks[at] += _said(listed, letters, ROW_MAX - (ranks[at] & ROW_MAX)) << RANK_BITS
        ranks = np.sort(ranks)[::-1]
    return _chosen(exact[:EXACT_MAX], ranks)


@njit(nogil=True, inline="always")
def _by_letters(listed, key, kind):
    """Return the rows with the very letters of a name, of its kind."""
    at, high = 0, len(listed.letters)
    while at < high:
        middle = (at + high) >> 1
        if listed.letters[middle] < key:
            at = middle + 1
        else:
            high = middle
    found = np.empty(ROWS_MAX, np.int64)
    count = 0
    while at < len(listed.letters) and listed.letters[at] == key and count < ROWS_MAX:
        row = listed.lettered[at]
        if _may_be(listed.kinds, kind, row):
            found[count] = row
            count += 1
        at += 1
    return found[:count]


@njit(nogil=True)
def _may_be(kinds, kind, row):
    """Tell whether a name of a kind may mean a row."""
    return kind == 0 or kinds[row] == kind or kinds[row] == 0


@njit(nogil=True, inline="always")
def _touched(listed, words, of, room):
    """Return every row that something speaks for or may, once."""
    ids, singles = of
    count = 0
    for one in ids:
        near = words.near[one]
        for at in range(near[ROWS], near[ROWS_END]):
            count = _touch(words.rows[at, 0], count, room.marked, room.touched)
    for token in singles:
        rows = _first_of(listed.posting_starts, listed.postings, token, COMMON_FROM)
        for row in rows:
            count = _touch(row, count, room.marked, room.touched)
    common, remembered = _strongest(words, ids), (room.pair_keys, room.pair_rows)
    for at in range(len(common)):
        for row in _first_of(listed.posting_starts, listed.postings, common[at], SHORTEST_ROWS):
            count = _touch(row, count, room.marked, room.touched)
        for other in range(at):
            for row in _shared((listed.posting_starts, listed.postings), common[other], common[at], remembered):
                if row < 0:
                    break
                count = _touch(row, count, room.marked, room.touched)
    return room.touched[:count]


@njit(nogil=True)
def _touch(row, count, marked, touched):
    if not marked[row]:
        marked[row] = True
        touched[count] = row
        count += 1
    return count


@njit(nogil=True)
def _first_of(starts, postings, token, most):
    """Return the first rows of a token, so many at most."""
    return postings[starts[token] : min(starts[token + 1], starts[token] + most)]


@njit(nogil=True, inline="always")
def _strongest(words, ids):
    """Return the common token that says most for each word, but none that another pair has said already."""
    found = np.empty(len(ids), np.int64)
    count = 0
    for one in ids:
        near = words.near[one]
        if near[COMMON] < near[COMMON_END]:
            token = words.common[near[COMMON_END] - 1, 0]
            if np.sum(found[:count] == token) < 2:
                found[count] = token
                count += 1
    return found[:count]


@njit(nogil=True)
def _shared(of, token, other, remembered):
    """Return the rows in which two common tokens stand, the shortest; behind the last one, if there are few, minus one.

    What comes to a place that is taken takes it.
    """
    (starts, postings), (pair_keys, pair_rows) = of, remembered
    token, other = min(token, other), max(token, other)
    pair = token << TOKEN_BITS | other
    place = (pair * FACTOR >> 8) % PAIRS_REMEMBERED
    found = pair_rows[place]
    if pair_keys[place] != pair:
        pair_keys[place] = pair
        one, end = starts[token], starts[token + 1]
        two, last = starts[other], starts[other + 1]
        count = 0
        while one < end and two < last and count < COMMON_FROM:
            left, right = postings[one], postings[two]
            if left == right:
                found[count] = left
                count += 1
            one += left <= right
            two += right <= left
        if count < COMMON_FROM:
            found[count] = -1
    return found


@njit(nogil=True, inline="always")
def _add(listed, words, said, touched, room):
    """Add what a word that stands so many times in a name says for each row: the most that any of the tokens near it says."""
    near, times = said
    if near[COMMON] == near[COMMON_END]:
        for at in range(near[ROWS], near[ROWS_END]):
            room.sums[words.rows[at, 0]] += times * words.rows[at, 1]
        return
    for at in range(near[ROWS], near[ROWS_END]):
        room.most[words.rows[at, 0]] = words.rows[at, 1]
    for at in range(near[COMMON], near[COMMON_END]):
        room.weights[words.common[at, 0]] = words.common[at, 1]
    for row in touched:
        most = room.most[row]
        for at in range(listed.row_starts[row], listed.row_starts[row + 1]):
            most = max(most, room.weights[listed.row_tokens[at]])
        room.sums[row] += times * most
        room.most[row] = 0
    for at in range(near[COMMON], near[COMMON_END]):
        room.weights[words.common[at, 0]] = 0


@njit(nogil=True, inline="always")
def _best(listed, kind, touched, room, most):
    """Return the best ranks of rows that may be meant, the best first; and leave no sum and no mark behind."""
    ranks = np.empty(most, np.int64)
    count = 0
    for row in touched:
        said = np.int64(room.sums[row])
        room.sums[row], room.marked[row] = 0, False
        if (count == most and (said + 1) << RANK_BITS < ranks[count - 1]) or not _may_be(listed.kinds, kind, row):
            continue
        length = min(listed.row_starts[row + 1] - listed.row_starts[row], LENGTH_MAX)
        rank = (said << RANK_BITS) + ROW_MAX - row - (length << ROW_BITS)
        if rank > 0 and (count < most or rank > ranks[count - 1]):
            count = min(count + 1, most)
            at = count - 1
            while at and ranks[at - 1] < rank:
                ranks[at] = ranks[at - 1]
                at -= 1
            ranks[at] = rank
    return ranks[:count]


@njit(nogil=True, inline="always")
def _initials(heads, ids):
    """Return the letters that stand alone in a name."""
    found = np.empty(len(ids), np.int64)
    count = 0
    for one in ids:
        if heads[one, LENGTH] == 1:
            found[count] = heads[one, FIRST]
            count += 1
    return found[:count]


@njit(nogil=True, inline="always")
def _said(listed, letters, row):
    """Return what initials say for a row: each for one word that begins with it."""
    said = 0
    for at in range(len(letters)):
        if np.any(letters[:at] == letters[at]):
            continue
        firsts = 0
        for token in listed.row_tokens[listed.row_starts[row] : listed.row_starts[row + 1]]:
            firsts += listed.shapes.heads[token, FIRST] == letters[at]
        said += min(firsts, np.sum(letters == letters[at]))
    return said * INITIAL_WEIGHT


@njit(nogil=True, inline="always")
def _chosen(exact, ranks):
    chosen = np.empty(ROWS_MAX, np.int64)
    count = 0
    for at in range(len(exact) + len(ranks)):
        row = exact[at] if at < len(exact) else ROW_MAX - (ranks[at - len(exact)] & ROW_MAX)
        if not np.any(chosen[:count] == row):
            chosen[count] = row
            count += 1
            if count == ROWS_MAX:
                break
    return chosen[:count]
