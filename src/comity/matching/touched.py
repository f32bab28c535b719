"""Which answers a change of the list can touch: those are asked again, and every other one provably stays what it is.

The argument stands, rule by rule, in docs/explanation/re-screening.md. Where a rule cannot tell exactly it says "touched": to ask
once too often costs a millisecond, and once too seldom is a person missed.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from comity.matching.aligning import prepared
from comity.matching.asked import Askings
from comity.matching.changing import GONE
from comity.matching.engine import OBSERVED_MAX, Engine
from comity.matching.finding import INITIAL_WEIGHT, NO_ROWS, NO_WEIGHTS, ROWS_MAX, Near
from comity.matching.heard import Heard
from comity.matching.names import Kind, parse
from comity.matching.tracing import ANY, NO_ROW, UNSCORED, Traces

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from comity.matching.changing import Change
    from comity.matching.engine import Candidate
    from comity.matching.index import Index
    from comity.matching.scoring import Score


class Kept(NamedTuple):
    """Names that are asked again and again, with the traces of their answers."""

    askings: Askings
    traces: Traces
    floors: NDArray[np.int32]
    """For each name the least points of a row that can become an answer, whatever else is known of both."""


class Touched(NamedTuple):
    """What a change does to some answers."""

    again: NDArray[np.int32]
    """The numbers of the names to ask again, in order; the trace of every other one is up to date."""
    compared: int
    """Pairs of a name and a row that were laid beside each other to tell."""


def touch(kept: Kept, made: Change, score: Score, restated: Collection[str]) -> Touched:
    """Return the names to ask again after a change of the list, and bring the traces of all others up to date.

    `restated` are the ids of those of whom the list says something else beside their names. The trace of a name that is to be
    asked again is worth nothing until it is.
    """
    again = np.zeros(len(kept.askings.texts), dtype=np.bool_)
    if not made.are_comparable:
        again[:] = True
        return Touched(np.flatnonzero(again).astype(np.int32), 0)
    heard = Heard(kept.askings, kept.traces, made)
    _leave(kept, made, restated, again)
    _respell(kept, heard, again)
    joining = _join(kept, made, heard, again)
    kept.traces.rows[:] = np.append(made.moved, NO_ROW)[kept.traces.rows]
    engine = _Beside(made.new, score)
    for name, rows in joining.items():
        if not again[name]:
            again[name] = not _Following(kept, engine, heard, name).take(rows)
    return Touched(np.flatnonzero(again).astype(np.int32), sum(map(len, joining.values())))


def _leave(kept: Kept, made: Change, restated: Collection[str], again: NDArray[np.bool_]) -> None:
    """Touch the answers in which a row had a say that leaves, or a likely one of which something else is said."""
    traces = kept.traces
    leaves = np.append(made.moved == GONE, False)
    leaves[made.reach.lost] = True
    again |= leaves[traces.rows].any(axis=1)
    bearers = np.fromiter((one in restated for one in made.old.ids), dtype=np.bool_, count=len(made.old.ids))
    rows = np.repeat(np.arange(len(made.moved)), made.old.bearers.lengths())
    stale = np.append(made.rebearered, False)
    stale[rows[bearers[made.old.bearers.values]]] = True
    again |= (stale[traces.rows] & (traces.points >= kept.floors[:, None])).any(axis=1)


def _respell(kept: Kept, heard: Heard, again: NDArray[np.bool_]) -> None:
    """Touch the names that a row has letter by letter, those of a shaken word, and the answers that an unheard one upheld."""
    askings, traces = kept.askings, kept.traces
    again[askings.lettered[np.isin(askings.letters, heard.letters)]] = True
    for word in heard.shaken:
        again[heard.holding(word)] = True
    for word, rows in heard.unheard.items():
        names = heard.holding(word)
        again[names[np.isin(traces.rows[names], rows).any(axis=1) | (traces.room[names] <= 0)]] = True
    for word in heard.unglued:
        names = askings.held[word]
        again[names[askings.loose[names]]] = True


def _join(kept: Kept, made: Change, heard: Heard, again: NDArray[np.bool_]) -> dict[int, list[tuple[int, int]]]:
    """Return, by name, the rows (and their ranks) that may have a say from now on; names that are not followed are touched."""
    traces, askings = kept.traces, kept.askings
    followed = traces.room > 0
    least = np.where(
        traces.from_rank == ANY, ANY, traces.from_rank - askings.initials.astype(np.int64) * (INITIAL_WEIGHT << 8)
    )
    joining: dict[int, list[tuple[int, int]]] = defaultdict(list)
    arriving = [(row, True) for row in made.added.tolist()] + [(row, False) for row in made.reach.gained.tolist()]
    for row, is_new in arriving:
        names, ranks, are_plain = heard.names(made.new, row)
        has_say = (ranks >= least[names]) & ~again[names]
        merged = has_say & followed[names] & are_plain & is_new
        again[names[has_say & ~merged]] = True
        for name, rank in zip(names[merged].tolist(), ranks[merged].tolist(), strict=True):
            joining[name].append((row, rank))
    for row in [*made.gone.tolist(), *made.reach.lost.tolist()]:
        names, ranks, are_plain = heard.names(made.old, row)
        again[names[(ranks >= least[names]) & ~(followed[names] & are_plain)]] = True
    return joining


class _Beside(Engine):
    """An engine that is told which rows to lay beside a name, and finds none itself: it is made at once."""

    def __init__(self, index: Index, score: Score) -> None:
        self.index, self.score = index, score


class _Placed(NamedTuple):
    """A row of a trace. Rows are in the finder's order: most spoken for, of equals the lower."""

    turn: int
    """Its rank, less than nothing."""
    row: int
    promise: int
    points: int


def _watched(placed: Sequence[_Placed]) -> dict[int, _Placed]:
    """Return the rows of a trace that are observed."""
    return {one.row: one for one in sorted(placed, key=lambda one: (-one.promise, one.row))[:OBSERVED_MAX]}


class _Following:
    """One name whose trace rows join."""

    def __init__(self, kept: Kept, engine: Engine, heard: Heard, name: int) -> None:
        askings = kept.askings
        self._traces, self._engine, self._at, self._floor = kept.traces, engine, name, kept.floors[name]
        words = parse(askings.texts[name], Kind(int(askings.kinds[name])))
        near = [Near(heard.close.get(word.text, {}), NO_ROWS, NO_WEIGHTS) for word in words.words]
        self._asked = prepared(words, near)
        self._initials = [word.text for word in words.words if len(word.text) == 1]

    def take(self, rows: Sequence[tuple[int, int]]) -> bool:
        """Put rows into the trace, and tell whether the answer provably stays what it is."""
        if len(rows) > self._traces.room[self._at]:
            return False
        laid = {one[1]: one for one in self._engine.beside(self._asked, [row for row, _ in rows])}
        before = self._before()
        coming = [_Placed(-self._rank(row, rank), row, -laid[row][0], UNSCORED) for row, rank in rows]
        after = sorted([*before, *coming], key=lambda one: (one.turn, one.row))[:ROWS_MAX]
        was, now = (_watched(placed) for placed in (before, after))
        fresh = [one.row for one in now.values() if one.points == UNSCORED]
        if any(row not in laid for row in fresh):
            return False  # somebody moves up at whom nobody had looked
        points = self._points([laid[row] for row in fresh])
        moved = [one for row, one in was.items() if row not in now] + [
            one for row, one in now.items() if row not in was
        ]
        if any(points.get(one.row, one.points) >= self._floor for one in moved):
            return False  # somebody likely is pushed out, or moves up
        self._write([one._replace(points=points.get(one.row, one.points)) for one in after])
        self._traces.room[self._at] -= len(rows)
        return True

    def _before(self) -> list[_Placed]:
        traces, at = self._traces, self._at
        columns = (traces.ranks[at], traces.rows[at], traces.promises[at], traces.points[at])
        placed = zip(*(column.tolist() for column in columns), strict=True)
        return [_Placed(-rank, row, said, points) for rank, row, said, points in placed if row != NO_ROW]

    def _rank(self, row: int, rank: int) -> int:
        """Return the rank of a row with what the initials of the name say for it."""
        tokens = self._engine.index.tokens
        firsts = [tokens[token][0] for token in self._engine.index.rows.list(row)] if self._initials else []
        said = sum(min(self._initials.count(one), firsts.count(one)) for one in set(self._initials))
        return rank + (said * INITIAL_WEIGHT << 8)

    def _points(self, laid: list[Candidate]) -> dict[int, int]:
        seen = [self._engine.observe(one) for one in laid]
        return {match.row.number: match.points for match in self._engine.weigh(seen)}

    def _write(self, after: list[_Placed]) -> None:
        traces, at, count = self._traces, self._at, len(after)
        traces.ranks[at, :count] = [-one.turn for one in after]
        traces.rows[at, :count] = [one.row for one in after]
        traces.promises[at, :count] = [one.promise for one in after]
        traces.points[at, :count] = [one.points for one in after]
        traces.from_rank[at] = -after[-1].turn if count == ROWS_MAX else ANY
