"""`comity.matching.finding` for many names: the rows for which most speaks, of all names in a few sorted arrays."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np

from comity.matching import keys
from comity.matching.finding import (
    AMONG,
    COMMON_FROM,
    EXACT_MAX,
    INITIAL_WEIGHT,
    JOINED_STRENGTH,
    shared,
    worth,
)
from comity.matching.names import Kind
from comity.matching.together.slices import (
    SAID_BITS,
    TOKEN_BITS,
    Numbers,
    Truths,
    begins,
    last_of,
    places,
    ranked,
    sums,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.matching.finding import Finder, Near
    from comity.matching.together.asked import Asked

SURE: Final = 1 << SAID_BITS
"""What speaks for a row with the very letters of the name: more than can be said otherwise."""


def find(asked: Asked, near: Sequence[Near], finder: Finder) -> tuple[Numbers, Numbers]:
    """Return the rows that names may mean: of each the name, and the row; name by name, the best first."""
    bits = len(finder.index.wholes).bit_length()
    keyed, said = _said(asked, near, finder, bits)
    rows = keyed & ((1 << bits) - 1)
    bounds = np.searchsorted(keyed >> bits, np.arange(len(asked.names) + 1))
    for at in _names_of(asked, [bool(one.common) for one in near]):
        of_name = slice(bounds[at], bounds[at + 1])
        for one in asked.of(at, near):
            if one.common:
                said[of_name] += _common(one, rows[of_name], finder)
    said = np.minimum(said, SURE - 1)
    allowed = np.flatnonzero((said > 0) & _may_be(asked, keyed >> bits, rows, finder))
    best = _best(keyed[allowed], said[allowed], np.where(asked.has_initial, AMONG, finder.rows_max), bits)
    exact = _exact(asked, bounds[1:] > bounds[:-1], finder, bits)
    keyed, said = best[0], best[1] + _by_initials(asked, best[0], finder, bits)
    others = ~np.isin(keyed, exact)
    keyed = np.append(keyed[others], exact)
    said = np.append(np.minimum(said[others], SURE - 1), np.full(len(exact), SURE))
    keyed, _ = _best(keyed, said, np.full(len(asked.names), finder.rows_max), bits)
    return keyed >> bits, keyed & (1 << bits) - 1


def _names_of(asked: Asked, which: Sequence[bool]) -> list[int]:
    """Return the names with words of which that is so."""
    of = np.repeat(np.arange(len(asked.names)), asked.counts)
    found: list[int] = np.unique(of[np.array(which, np.bool_)[asked.slots]]).tolist()
    return found


def _said(asked: Asked, near: Sequence[Near], finder: Finder, bits: int) -> tuple[Numbers, Numbers]:
    """Return the rows that are touched, each with its name in one number, rising; and what rare words say for each."""
    postings = finder.index.postings
    lists = [near[at].rows for at in asked.slots.tolist()]
    by_words = np.concatenate([near[at].evidence for at in asked.slots.tolist()])
    joined, tokens = _rejoined(asked, near, finder)
    lengths = np.minimum(postings.starts[tokens + 1] - postings.starts[tokens], COMMON_FROM)
    singles = worth(JOINED_STRENGTH, finder.index.idf[tokens].astype(np.int64))
    common = [
        (at, rows)
        for at in _names_of(asked, [bool(one.common) for one in near])
        for rows in finder.together(asked.of(at, near))
    ]
    rows = [*lists, postings.values[places(postings.starts[tokens], lengths)], *[rows for _, rows in common]]
    names = [
        np.repeat(np.repeat(np.arange(len(asked.names)), asked.counts), [len(one) for one in lists]),
        np.repeat(joined, lengths),
        np.repeat(np.array([at for at, _ in common], np.int64), [len(rows) for _, rows in common]),
    ]
    said = [by_words, np.repeat(singles, lengths), np.zeros(len(names[2]), np.int64)]
    both = ((np.concatenate(names) << bits) + np.concatenate(rows) << SAID_BITS) + np.concatenate(said)
    both.sort()
    keyed = both >> SAID_BITS
    last = np.flatnonzero(last_of(keyed))
    return keyed[last], np.diff((both & SURE - 1).cumsum()[last], prepend=0)


def _rejoined(asked: Asked, near: Sequence[Near], finder: Finder) -> tuple[Numbers, Numbers]:
    """Return the listed tokens that two neighbouring words make, and the two that an unknown word is made of: of each the name."""
    numbers = finder.numbers
    of = np.repeat(np.arange(len(asked.names)), asked.counts)
    left = np.flatnonzero(of[1:] == of[:-1])
    pairs = zip(left.tolist(), asked.slots[left].tolist(), asked.slots[left + 1].tolist(), strict=True)
    read = [one.readings for one in asked.words]
    found = [
        (at, numbers[one + other])
        for at, word, after in pairs
        for one in read[word]
        for other in read[after]
        if one + other in numbers
    ]
    halved = np.flatnonzero(np.array([bool(one.halves) for one in near], np.bool_)[asked.slots])
    found += [(at, token) for at in halved.tolist() for token in near[asked.slots[at]].halves]
    at, tokens = np.array(found, np.int64).reshape(-1, 2).T
    both = np.unique((of[at] << TOKEN_BITS) + tokens)
    return both >> TOKEN_BITS, both & (1 << TOKEN_BITS) - 1


def _common(near: Near, rows: Numbers, finder: Finder) -> Numbers:
    """Return what the common tokens near a word say for some rows beyond what its rare ones do."""
    before = np.zeros(len(rows), np.int64)
    before[np.searchsorted(rows, near.rows)] = near.evidence
    after = before.copy()
    for weight, token in near.common:
        found = np.searchsorted(rows, shared(rows, finder.index.postings[token]))
        after[found] = np.maximum(after[found], weight)
    return after - before


def _exact(asked: Asked, is_touched: Truths, finder: Finder, bits: int) -> Numbers:
    """Return the rows with the very letters of each name that go before all others, each with its name in one number."""
    index = finder.index
    wanted = np.array(
        [keys.letters([one.readings[0] for one in name.words if one.readings]) for name in asked.names], np.uint32
    )
    since = np.searchsorted(index.letters, wanted)
    lengths = np.searchsorted(index.letters, wanted, "right") - since
    rows = index.lettered[places(since, lengths)].astype(np.int64)
    names = np.repeat(np.arange(len(wanted)), lengths)
    stands = _may_be(asked, names, rows, finder)
    names, rows = names[stands], rows[stands]
    most = np.where(is_touched, EXACT_MAX, finder.rows_max)
    kept = ranked(names) < most[names]
    return (names[kept] << bits) + rows[kept]


def _may_be(asked: Asked, names: Numbers, rows: Numbers, finder: Finder) -> Truths:
    """Tell of rows whether they may be what bears a name of that kind."""
    kinds = np.array([name.kind for name in asked.names], np.int8)[names]
    listed = finder.index.row_kinds[rows]
    found: Truths = (kinds == listed) | (kinds == Kind.ANY) | (listed == Kind.ANY)
    return found


def _best(keyed: Numbers, said: Numbers, most: Numbers, bits: int) -> tuple[Numbers, Numbers]:
    """Return so many rows of each name for which most is said, and what; of equals the lower, which is never the longer."""
    ranks = ((keyed >> bits << SAID_BITS + 1) + SURE - said << bits) + (keyed & (1 << bits) - 1)
    ranks.sort()
    names = ranks >> SAID_BITS + 1 + bits
    kept = ranked(names) < most[names]
    ranks, names = ranks[kept], names[kept]
    return (names << bits) + (ranks & (1 << bits) - 1), SURE - (ranks >> bits & (1 << SAID_BITS + 1) - 1)


def _by_initials(asked: Asked, keyed: Numbers, finder: Finder, bits: int) -> Numbers:
    """Return what the initials of names say for rows."""
    which = np.flatnonzero(asked.has_initial[keyed >> bits])
    letters = [Counter([ord(one.text) for one in name.words if len(one.text) == 1]) for name in asked.names]
    of = keyed[which] >> bits
    counts = np.array([len(one) for one in letters], np.int64)
    flat = np.array([pair for one in letters for pair in one.items()], np.int64).reshape(-1, 2)
    at = np.repeat(np.arange(len(which)), counts[of])
    letter, most = flat[places(begins(counts)[of], counts[of])].T
    listed = finder.index.rows
    row = (keyed[which] & (1 << bits) - 1)[at]
    lengths = listed.starts[row + 1] - listed.starts[row]
    firsts = finder.firsts[listed.values[places(listed.starts[row], lengths)]]
    same = np.bincount(np.repeat(np.arange(len(at)), lengths), firsts == np.repeat(letter, lengths), len(at))
    said = np.zeros(len(keyed), np.int64)
    said[which] = INITIAL_WEIGHT * sums(at, np.minimum(same, most), len(which))
    return said
