"""`comity.matching.finding` for many names: the rows for which most speaks, of all names in a few sorted arrays."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

import numpy as np

from comity.matching import keys
from comity.matching.finding import (
    AMONG,
    COMMON_FROM,
    EXACT_MAX,
    JOINED_STRENGTH,
    NOWHERE,
    RANK_BITS,
    ROW_MAX,
    shared,
)
from comity.matching.together.slices import first, places, ranked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from comity.matching.finding import Finder, Near
    from comity.matching.together.asked import Asked, Numbers

NAME_BITS: Final = 13
"""Names that are asked together are fewer than two to this."""
SAID_BITS: Final = 22
"""And so is what speaks for a row: of all words, halves and neighbours of a name together."""
SURE: Final = 1 << SAID_BITS
"""What speaks for a row with the very letters of the name: more than can be said otherwise."""


def find(asked: Asked, near: Sequence[Near], finder: Finder) -> tuple[Numbers, Numbers]:
    """Return the rows that names may mean: of each the name, and the row; name by name, the best first."""
    bits = len(finder.index.wholes).bit_length()
    of_names = [
        [near[at] for at in asked.slots[since : since + count].tolist()]
        for since, count in zip(asked.starts.tolist(), asked.counts.tolist(), strict=True)
    ]
    keyed, said = _said(asked, of_names, finder, bits)
    names = keyed >> bits
    rows = keyed & ((1 << bits) - 1)
    bounds = np.searchsorted(names, np.arange(len(of_names) + 1))
    for at, (since, until) in enumerate(zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)):
        of_name = slice(since, until)
        for one in of_names[at]:
            if one.common:
                said[of_name] += _common(one, rows[of_name], finder)
        if asked.has_initial[at] and since < until:
            said[of_name] = _initials(asked.names[at].words, rows[of_name], said[of_name], finder, asked.names[at].kind)
    exact = _exact(asked, bounds, finder, bits)
    there = np.minimum(np.searchsorted(keyed, exact), max(len(keyed) - 1, 0))
    is_there = keyed[there] == exact if len(keyed) else np.zeros(len(exact), np.bool_)
    said[there[is_there]] = SURE
    keyed = np.concatenate([keyed, exact[~is_there]])
    said = np.concatenate([said, np.full(len(exact) - is_there.sum(), SURE)])
    return _best(asked, keyed, said, finder, bits)


def _said(
    asked: Asked, of_names: Sequence[Sequence[Near]], finder: Finder, bits: int
) -> tuple[Numbers, Numbers]:
    """Return the rows that are touched, each with its name in one number, rising; and what rare words say for each."""
    postings = finder.index.postings
    singles = [list(finder.rejoined(name.words, of)) for name, of in zip(asked.names, of_names, strict=True)]
    tokens = np.fromiter(chain.from_iterable(singles), np.int64)
    lengths = np.minimum(postings.starts[tokens + 1] - postings.starts[tokens], COMMON_FROM)
    whose = np.repeat(np.arange(len(singles)), [len(one) for one in singles])
    weights = JOINED_STRENGTH**2 * finder.index.idf[tokens].astype(np.int64) // 1000
    common = [(at, rows) for at, of in enumerate(of_names) if any([one.common for one in of]) for rows in finder.together(of)]
    flat = [one for of in of_names for one in of]
    found = [one.rows for one in flat]
    rows = np.concatenate([*found, postings.values[places(postings.starts[tokens], lengths)], *[rows for _, rows in common]])
    names = np.concatenate(
        [
            np.repeat(np.repeat(np.arange(len(of_names)), asked.counts), [len(one) for one in found]),
            np.repeat(whose, lengths),
            np.repeat(np.array([at for at, _ in common], np.int64), [len(rows) for _, rows in common]),
        ]
    )
    said = np.zeros(len(rows), np.int64)
    by_word = np.concatenate([one.evidence for one in flat])
    said[: len(by_word)] = by_word
    said[len(by_word) : len(by_word) + lengths.sum()] = np.repeat(weights, lengths)
    both = ((names << bits) + rows << SAID_BITS) + said
    both.sort()
    keyed = both >> SAID_BITS
    since = np.flatnonzero(first(keyed))
    return keyed[since], np.add.reduceat(both & (SURE - 1), since) if len(since) else both


def _common(near: Near, rows: Numbers, finder: Finder) -> Numbers:
    """Return what the common tokens near a word say for some rows beyond what its rare ones do."""
    before = np.zeros(len(rows), np.int64)
    before[np.searchsorted(rows, near.rows)] = near.evidence
    after = before.copy()
    for weight, token in near.common:
        found = np.searchsorted(rows, shared(rows, finder.index.postings[token]))
        after[found] = np.maximum(after[found], weight)
    return after - before


def _initials(words, rows: Numbers, said: Numbers, finder: Finder, kind) -> Numbers:
    """Return what is said for rows when the initials of a name have been asked of the best of them; nothing for the others."""
    ranks = (said << RANK_BITS) + finder.standing(kind)[rows]
    order = np.argsort(ranks)[-AMONG:]
    order = order[ranks[order] > 0]
    after = np.zeros_like(said)
    if len(order):
        after[order] = said[order] + finder.initials([one.text for one in words if len(one.text) == 1], rows[order])
    return after


def _exact(asked: Asked, bounds: Numbers, finder: Finder, bits: int) -> Numbers:
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
    most = np.where(bounds[1:] > bounds[:-1], EXACT_MAX, finder.rows_max)
    kept = ranked(names) < most[names]
    return (names[kept] << bits) + rows[kept]


def _may_be(asked: Asked, names: Numbers, rows: Numbers, finder: Finder) -> NDArray[np.bool_]:
    """Tell of rows whether they may be what bears a name of that kind."""
    kinds = np.array([name.kind for name in asked.names], np.int64)[names]
    found = np.zeros(len(rows), np.bool_)
    for kind in {name.kind for name in asked.names}:
        of_kind = kinds == kind
        found[of_kind] = finder.standing(kind)[rows[of_kind]] > NOWHERE
    return found


def _best(asked: Asked, keyed: Numbers, said: Numbers, finder: Finder, bits: int) -> tuple[Numbers, Numbers]:
    """Return the rows for which most is said; of equals the lower, which is never the longer."""
    spoken = said > 0
    keyed, said = keyed[spoken], said[spoken]
    names, rows = keyed >> bits, keyed & ((1 << bits) - 1)
    stands = _may_be(asked, names, rows, finder)
    ranks = (((names << SAID_BITS + 1) + SURE - said << bits) + rows)[stands]
    ranks.sort()
    names = ranks >> SAID_BITS + 1 + bits
    kept = ranked(names) < finder.rows_max
    return names[kept], ranks[kept] & ((1 << bits) - 1)
