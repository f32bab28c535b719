"""What differs between two indexes of a list: rows, their bearers, and what a common word reaches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from comity.matching.finding import COMMON_FROM, NO_ROWS, SHORTEST_ROWS, Rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from comity.matching.index import Index

GONE: Final = -1


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
    at = {text: number for number, text in enumerate(new.tokens)}
    tokens = np.array([at.get(text, GONE) for text in old.tokens], dtype=np.int32)
    stayed = tokens != GONE
    held = dict(_rows(new, np.arange(len(new.tokens), dtype=np.int32)))
    moved = np.full(len(old.wholes), GONE, dtype=np.int32)
    for row, number in _rows(old, tokens):
        moved[number] = held.pop(row, GONE)
    return Change(
        old=old,
        new=new,
        moved=moved,
        added=np.array(sorted(held.values()), dtype=np.int32),
        rebearered=_rebearered(old, new, moved),
        appeared=frozenset(at).difference(old.tokens),
        vanished=frozenset(old.tokens[number] for number in np.flatnonzero(~stayed).tolist()),
        are_comparable=bool((old.idf[stayed] == new.idf[tokens[stayed]]).all()),
    )


def _rows(index: Index, tokens: NDArray[np.int32]) -> Iterator[tuple[tuple[object, ...], int]]:
    """Yield all that a row is but its bearers, its words by other numbers, and its number."""
    starts, said = index.rows.starts.tolist(), tokens[index.rows.values]
    columns = (
        index.row_kinds.tolist(),
        index.row_forms.tolist(),
        index.row_native.tolist(),
        index.wholes,
        index.latins,
    )
    for number, column in enumerate(zip(*columns, strict=True)):
        yield (*column, said[starts[number] : starts[number + 1]].tobytes()), number


def _rebearered(old: Index, new: Index, moved: NDArray[np.int32]) -> NDArray[np.bool_]:
    numbers = {text: number for number, text in enumerate(new.ids)}
    theirs = np.array([numbers.get(text, GONE) for text in old.ids], dtype=np.int32)[old.bearers.values]
    lengths, others = old.bearers.lengths(), new.bearers.lengths()
    stayed = np.flatnonzero(moved != GONE)
    found = np.zeros(len(moved), dtype=np.bool_)
    found[stayed] = lengths[stayed] != others[moved[stayed]]
    same = stayed[~found[stayed]]
    before = _places(old.bearers.starts[same], lengths[same])
    after = _places(new.bearers.starts[moved[same]], lengths[same])
    found[np.repeat(same, lengths[same])[theirs[before] != new.bearers.values[after]]] = True
    return found


def _places(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the places of several slices, one slice after the other."""
    ends = np.cumsum(lengths)
    return np.arange(int(lengths.sum())) + np.repeat(starts - ends + lengths, lengths)


def _reach(made: Change) -> Reach:
    old, new = made.old, made.new
    was_at, is_at = ({text: at for at, text in enumerate(index.tokens)} for index in (old, new))
    often, once = new.postings.lengths(), old.postings.lengths()
    texts = [new.tokens[at] for at in np.flatnonzero(often > COMMON_FROM).tolist()]
    texts += [old.tokens[at] for at in np.flatnonzero(once > COMMON_FROM).tolist()]
    tokens = {text: (was_at.get(text), is_at.get(text)) for text in dict.fromkeys(texts)}
    lost, gained, crossing = [NO_ROWS], [NO_ROWS], set()
    for text, (was, is_) in tokens.items():
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
