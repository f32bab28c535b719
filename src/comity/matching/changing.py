"""What differs between two indexes of a list: rows, their bearers, and what a common word reaches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import numpy as np

from comity.matching.finding import COMMON_FROM, NO_ROWS, SHORTEST_ROWS, Rows
from comity.matching.keeping import laid
from comity.matching.together.slices import places

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from comity.matching.index import Index

GONE: Final = -1
FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)
"""The golden section of a machine word: products of small numbers with it lie far apart (Knuth, TAOCP 6.4)."""


class Reach(NamedTuple):
    """Rows that common words reach differently, though they stayed: the shortest rows of one word, the first of two together."""

    lost: Rows
    """By old number."""
    gained: Rows
    """By new number."""
    crossing: frozenset[str]
    """Words that became common, or are so no longer."""


@dataclass(frozen=True)
class Change:
    """What differs between two indexes of a list."""

    old: Index
    new: Index
    numbers: tuple[dict[str, int], dict[str, int]]
    """Of the words of each, by text."""
    moved: NDArray[np.int32]
    """The new number of each old row; `GONE` where it is no more."""
    added: Rows
    """New rows, by their new numbers."""
    rebearered: NDArray[np.bool_]
    """Of each old row, whether others bear it now."""
    appeared: frozenset[str]
    """Words that the old list did not have."""
    vanished: frozenset[str]
    are_comparable: bool
    """Whether every word that stayed weighs what it weighed; else nothing can be said of any answer."""

    @cached_property
    def gone(self) -> Rows:
        """Old rows that are no more, by their old numbers."""
        return np.flatnonzero(self.moved == GONE).astype(np.int32)

    @cached_property
    def reach(self) -> Reach:
        """What common words reach differently."""
        return _reach(self)


def change(old: Index, new: Index) -> Change:
    """Return what differs between two indexes. Rows are the same if everything but their bearers is."""
    was_at, is_at = ({text: at for at, text in enumerate(index.tokens)} for index in (old, new))
    tokens = np.array([is_at.get(text, GONE) for text in old.tokens], dtype=np.int32)
    stayed = tokens != GONE
    moved = _moved(old, new, tokens)
    return Change(
        old=old,
        new=new,
        numbers=(was_at, is_at),
        moved=moved,
        added=_missing(moved, len(new.wholes)),
        rebearered=_rebearered(old, new, moved),
        appeared=frozenset(is_at.keys() - was_at.keys()),
        vanished=frozenset(old.tokens[number] for number in np.flatnonzero(~stayed).tolist()),
        are_comparable=bool((old.idf[stayed] == new.idf[tokens[stayed]]).all()),
    )


def _moved(old: Index, new: Index, tokens: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the new number of each old row: of the one that is the same in all but its bearers.

    No two rows of an index have the same words in the same order, the same kind and the same forms: by a sum of these a row is
    looked for, and then all of it is compared. Of two rows that had the same sum, one would be taken for gone and come again,
    which asks more than it must and misses nobody.
    """
    theirs, ours = _Rows(new, np.arange(len(new.tokens), dtype=np.int32)), _Rows(old, tokens)
    by_sum = np.argsort(theirs.sums, kind="stable")
    if not len(by_sum):
        return np.full(len(ours.sums), GONE, dtype=np.int32)
    found = by_sum[np.minimum(np.searchsorted(theirs.sums[by_sum], ours.sums), len(by_sum) - 1)]
    return np.where(ours.are_same(theirs, found), found, GONE).astype(np.int32)


def _missing(moved: NDArray[np.int32], count: int) -> Rows:
    """Return the new rows that no old one is."""
    are_new = np.ones(count, dtype=np.bool_)
    are_new[moved[moved != GONE]] = False
    return np.flatnonzero(are_new).astype(np.int32)


_Laid: TypeAlias = "tuple[NDArray[np.int64], NDArray[Any]]"
"""Slices: where each begins, and their values."""


class _Rows:
    """All that the rows of an index are but their bearers, as columns; their words by numbers that two indexes share."""

    def __init__(self, index: Index, tokens: NDArray[np.int32]) -> None:
        words = index.rows.starts, tokens[index.rows.values]
        self._lists: tuple[_Laid, ...] = (words, laid(index.wholes), laid(index.latins))
        self._values: tuple[NDArray[Any], ...] = (index.row_kinds, index.row_forms, index.row_native)
        self.sums = (index.row_kinds.astype(np.uint64) * FACTOR + index.row_forms) * FACTOR + _sums(*words)

    def are_same(self, others: _Rows, at: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell of each row whether it is the same as another's row at a place."""
        same = np.ones(len(at), dtype=np.bool_)
        for ours, theirs in zip(self._values, others._values, strict=True):
            same &= ours == theirs[at]
        for (starts, _), (their_starts, _) in zip(self._lists, others._lists, strict=True):
            same &= np.diff(starts) == np.diff(their_starts)[at]
        rows = np.flatnonzero(same)
        follows = (np.diff(rows) == 1) & (np.diff(at[rows]) == 1)
        for run in np.split(rows, np.flatnonzero(~follows) + 1) if len(rows) else ():
            since, until, there = int(run[0]), int(run[-1]) + 1, int(at[run[0]])
            for (starts, values), (their_starts, their_values) in zip(self._lists, others._lists, strict=True):
                mine = values[starts[since] : starts[until]]
                differ = np.flatnonzero(mine != their_values[their_starts[there] :][: len(mine)])
                same[np.searchsorted(starts, differ + starts[since], "right") - 1] = False
        return same


def _sums(starts: NDArray[np.int64], values: NDArray[Any]) -> NDArray[np.uint64]:
    """Return a sum of each slice that depends on every value and its place."""
    places = np.arange(len(values), dtype=np.uint64) - np.repeat(starts[:-1], np.diff(starts)).astype(np.uint64)
    said = (values.astype(np.uint64) + np.uint64(1)) * (
        (places + np.uint64(1)) * FACTOR ^ (places + FACTOR) >> np.uint64(7)
    )
    totals = np.zeros(len(values) + 1, dtype=np.uint64)
    np.cumsum(said, out=totals[1:])
    found: NDArray[np.uint64] = totals[starts[1:]] - totals[starts[:-1]]
    return found


def _rebearered(old: Index, new: Index, moved: NDArray[np.int32]) -> NDArray[np.bool_]:
    numbers = {text: number for number, text in enumerate(new.ids)}
    theirs = np.array([numbers.get(text, GONE) for text in old.ids], dtype=np.int32)[old.bearers.values]
    lengths, others = old.bearers.lengths(), new.bearers.lengths()
    stayed = np.flatnonzero(moved != GONE)
    found = np.zeros(len(moved), dtype=np.bool_)
    found[stayed] = lengths[stayed] != others[moved[stayed]]
    same = stayed[~found[stayed]]
    before = places(old.bearers.starts[same], lengths[same])
    after = places(new.bearers.starts[moved[same]], lengths[same])
    found[np.repeat(same, lengths[same])[theirs[before] != new.bearers.values[after]]] = True
    return found


def _reach(made: Change) -> Reach:
    old, new = made.old, made.new
    was_at, is_at = made.numbers
    often, once = new.postings.lengths(), old.postings.lengths()
    texts = [new.tokens[at] for at in np.flatnonzero(often > COMMON_FROM).tolist()]
    texts += [old.tokens[at] for at in np.flatnonzero(once > COMMON_FROM).tolist()]
    tokens = {text: (was_at.get(text), is_at.get(text)) for text in dict.fromkeys(texts)}
    lost, gained, crossing = [NO_ROWS], [NO_ROWS], set()
    for text, (was, is_) in tokens.items():
        if was is not None and is_ is not None:  # as half of a word, or two words joined, it leads to its first rows
            _differ(made, old.postings[was][:COMMON_FROM], new.postings[is_][:COMMON_FROM], lost, gained)
        if was is None or is_ is None or (once[was] > COMMON_FROM) != (often[is_] > COMMON_FROM):
            crossing.add(text)
            continue
        _differ(made, old.postings[was][:SHORTEST_ROWS], new.postings[is_][:SHORTEST_ROWS], lost, gained)
    for pair in _together(made, tokens.keys() - crossing):
        before, after = ([tokens[text][side] for text in pair] for side in (0, 1))
        _differ(made, _both(old, before), _both(new, after), lost, gained)
    return Reach(np.unique(np.concatenate(lost)), np.unique(np.concatenate(gained)), frozenset(crossing))


def _together(made: Change, common: set[str]) -> set[tuple[str, str]]:
    """Return the pairs of common words that stand in a row that comes or goes."""
    found: set[tuple[str, str]] = set()
    for index, rows in ((made.new, made.added), (made.old, made.gone)):
        for row in rows.tolist():
            words = sorted({index.tokens[token] for token in index.rows[row].tolist()} & common)
            found.update(combinations(words, 2))
    return found


def _both(index: Index, tokens: list[int | None]) -> Rows:
    one, other = (index.postings[token] for token in tokens if token is not None)
    return np.intersect1d(one, other, assume_unique=True)[:COMMON_FROM]


def _differ(made: Change, before: Rows, after: Rows, lost: list[Rows], gained: list[Rows]) -> None:
    """Add the rows of one cut that are not in the other though they stayed."""
    moved = made.moved[before]
    lost.append(before[(moved != GONE) & ~np.isin(moved, after)])
    new_here = after[~np.isin(after, moved)]
    gained.append(new_here[~np.isin(new_here, made.added)])
