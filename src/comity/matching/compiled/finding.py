"""`comity.matching.finding`, compiled: the rows for which most speaks."""

from __future__ import annotations

import numpy as np
from numba import njit

from comity.matching.finding import (
    AMONG,
    COMMON_FROM,
    EXACT_MAX,
    INITIAL_WEIGHT,
    JOINED_STRENGTH,
    RANK_BITS,
    ROW_MAX,
    ROWS_MAX,
)


@njit(cache=True, nogil=True, inline="always")
def find(listed, words, scratch, asked):
    """Return the rows that a name may mean, best first."""
    ids = asked.ids
    touched = _touched(listed, words, asked)
    if len(touched) == 0:
        return asked.exact[:ROWS_MAX].copy()
    _mark(scratch, touched, True)
    for one in ids:
        _add(listed, words, scratch, one, touched)
    for token in asked.singles:
        since = listed.posting_starts[token]
        until = min(listed.posting_starts[token + 1], since + COMMON_FROM)
        weight = JOINED_STRENGTH**2 * np.int64(listed.weights[token]) // 1000
        for row in listed.postings[since:until]:
            scratch.sums[row] += weight
    _mark(scratch, touched, False)
    letters = _initials(words, ids)
    ranks = _best(scratch, asked.places, touched, AMONG if len(letters) else ROWS_MAX)
    if len(letters):
        for at in range(len(ranks)):
            ranks[at] += _said(listed, letters, ROW_MAX - (ranks[at] & ROW_MAX)) << RANK_BITS
        ranks = np.sort(ranks)[::-1]
    return _chosen(asked.exact[:EXACT_MAX], ranks)


@njit(cache=True, nogil=True, inline="always")
def _touched(listed, words, asked):
    ids, singles, extra = asked.ids, asked.singles, asked.extra
    count = len(extra)
    for one in ids:
        count += words.rows_starts[one + 1] - words.rows_starts[one]
    for token in singles:
        count += min(listed.posting_starts[token + 1] - listed.posting_starts[token], COMMON_FROM)
    touched = np.empty(count, np.int32)
    at = 0
    for one in ids:
        part = words.rows[words.rows_starts[one] : words.rows_starts[one + 1]]
        touched[at : at + len(part)] = part
        at += len(part)
    for token in singles:
        since = listed.posting_starts[token]
        part = listed.postings[since : min(listed.posting_starts[token + 1], since + COMMON_FROM)]
        touched[at : at + len(part)] = part
        at += len(part)
    touched[at:] = extra
    return touched


@njit(cache=True, nogil=True, inline="always")
def _mark(scratch, touched, is_touched):
    for row in touched:
        scratch.marked[row] = is_touched


@njit(cache=True, nogil=True, inline="always")
def _add(listed, words, scratch, one, touched):
    since, until = words.rows_starts[one], words.rows_starts[one + 1]
    for at in range(since, until):
        scratch.sums[words.rows[at]] += words.evidence[at]
    first, last = words.common_starts[one], words.common_starts[one + 1]
    if first == last:
        return
    for at in range(since, until):
        scratch.most[words.rows[at]] = words.evidence[at]
    for at in range(first, last):
        token, weight = words.common[at], words.common_weights[at]
        for row in listed.postings[listed.posting_starts[token] : listed.posting_starts[token + 1]]:
            if scratch.marked[row] and weight > scratch.most[row]:
                scratch.sums[row] += weight - scratch.most[row]
                scratch.most[row] = weight
    for row in touched:
        scratch.most[row] = 0


@njit(cache=True, nogil=True, inline="always")
def _best(scratch, places, touched, most):
    """Return the best ranks of rows that may be meant, each row once, the best first; and leave no sum behind."""
    ranks = np.empty(most, np.int64)
    count = 0
    for row in touched:
        if scratch.sums[row]:
            rank = (scratch.sums[row] << RANK_BITS) + places[row]
            scratch.sums[row] = 0
            if rank > 0 and (count < most or rank > ranks[count - 1]):
                count = min(count + 1, most)
                at = count - 1
                while at and ranks[at - 1] < rank:
                    ranks[at] = ranks[at - 1]
                    at -= 1
                ranks[at] = rank
    return ranks[:count]


@njit(cache=True, nogil=True, inline="always")
def _initials(words, ids):
    """Return the letters that stand alone in a name."""
    found = np.empty(len(ids), np.uint8)
    count = 0
    for one in ids:
        since = words.text_starts[one]
        if words.text_starts[one + 1] - since == 1:
            found[count] = words.texts[since]
            count += 1
    return found[:count]


@njit(cache=True, nogil=True, inline="always")
def _said(listed, letters, row):
    """Return what initials say for a row: each for one word that begins with it."""
    said = 0
    for at in range(len(letters)):
        if _holds(letters[:at], letters[at]):
            continue
        firsts = 0
        for token in listed.row_tokens[listed.row_starts[row] : listed.row_starts[row + 1]]:
            firsts += listed.tokens[listed.token_starts[token]] == letters[at]
        said += min(firsts, np.sum(letters == letters[at]))
    return said * INITIAL_WEIGHT


@njit(cache=True, nogil=True, inline="always")
def _chosen(exact, ranks):
    chosen = np.empty(ROWS_MAX, np.int64)
    count = 0
    for at in range(len(exact) + len(ranks)):
        row = exact[at] if at < len(exact) else ROW_MAX - (ranks[at - len(exact)] & ROW_MAX)
        if not _holds(chosen[:count], row):
            chosen[count] = row
            count += 1
            if count == ROWS_MAX:
                break
    return chosen[:count]


@njit(cache=True, nogil=True, inline="always")
def _holds(numbers, number):
    found = False
    for one in numbers:
        found |= one == number
    return found
