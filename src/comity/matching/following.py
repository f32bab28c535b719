"""Following one answer through a change of the list: rows leave its trace and join it, and it stays what it is, or may not.

A trace is the beginning of the finder's order of the rows. Whoever leaves makes it shorter, and it is a beginning still; whoever
joins it before its end makes it longer. Only when fewer rows are left than are laid beside a name must it be asked again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from comity.matching.aligning import prepared
from comity.matching.engine import OBSERVED_MAX, Engine
from comity.matching.finding import INITIAL_WEIGHT, NO_ROWS, NO_WEIGHTS, ROWS_MAX, Near
from comity.matching.names import Kind, parse
from comity.matching.tracing import ANY, NO_ROW, TRACED, UNBOUNDED, UNLAID, UNSCORED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from comity.matching.aligning import Asked
    from comity.matching.asked import Askings
    from comity.matching.changing import Change
    from comity.matching.engine import Candidate
    from comity.matching.heard import Heard
    from comity.matching.index import Index
    from comity.matching.names import Name
    from comity.matching.scoring import Score
    from comity.matching.tracing import Traces


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


class Following:
    """The names of a change, followed one by one."""

    def __init__(self, askings: Askings, traces: Traces, heard: Heard, made: Change, score: Score) -> None:
        self._askings, self._traces, self._heard, self._moved = askings, traces, heard, made.moved
        self._engine = _Beside(made.new, score)
        self.compared = 0
        """Pairs of a name and a row that were laid beside each other."""
        self._followed: list[tuple[int, list[_Placed], bool]] = []

    def take(self, at: int, joining: Sequence[tuple[int, int]], floor: int) -> bool:
        """Follow a name, and tell whether its answer provably stays what it is. Rows that join are given with their ranks."""
        if len(joining) > self._traces.room[at]:
            return False
        name = self._name(at) if joining else None
        coming = [_Placed(-self._rank(name, row, rank), row, UNLAID, UNSCORED) for row, rank in joining if name]
        before, was = self._before(at)
        stayed = [one for one in before if one.row != NO_ROW]
        is_whole = bool(self._traces.from_rank[at] == ANY)
        after = _together(stayed, coming, is_whole=is_whole)
        is_whole = is_whole and len(after) <= TRACED
        if not is_whole and len(after) < ROWS_MAX:
            return False  # who is next, nobody knows
        laid = self._laid(name, [one.row for one in after[:ROWS_MAX] if one.promise == UNLAID], coming)
        if laid is None:
            return False  # somebody moves up at whom nobody had looked
        after = [one._replace(promise=-laid[one.row][0]) if one.row in laid else one for one in after]
        now = {one.row: one for one in _watched(after[:ROWS_MAX])}
        fresh = [one.row for one in now.values() if one.points == UNSCORED]
        if any(row not in laid for row in fresh):
            return False  # somebody is observed whom nobody had scored
        points = self._points([laid[row] for row in fresh])
        after = [one._replace(points=points.get(one.row, one.points)) for one in after]
        stays = {one.row for one in was} & now.keys()
        moved = [one.points for one in was if one.row not in stays]
        moved += [points.get(row, one.points) for row, one in now.items() if row not in stays]
        if any(one >= floor for one in moved):
            return False  # somebody likely leaves, is pushed out, or moves up
        self._followed.append((at, after[:TRACED], is_whole))
        if self._traces.room[at] != UNBOUNDED:
            self._traces.room[at] -= len(joining)
        return True

    def write(self) -> None:
        """Bring the traces up to date of all whose answers stay what they are."""
        traces = self._traces
        for at, after, is_whole in self._followed:
            count = len(after)
            traces.rows[at, :count] = [one.row for one in after]
            traces.rows[at, count:] = NO_ROW
            traces.ranks[at, :count] = [-one.turn for one in after]
            traces.promises[at, :count] = [one.promise for one in after]
            traces.points[at, :count] = [one.points for one in after]
            traces.from_rank[at] = ANY if is_whole else -after[-1].turn

    def _name(self, at: int) -> Name:
        return parse(self._askings.texts[at], Kind(int(self._askings.kinds[at])))

    def _before(self, at: int) -> tuple[list[_Placed], list[_Placed]]:
        """Return the trace of a name by the new numbers of its rows, `NO_ROW` for those that leave; and those that were observed."""
        traces = self._traces
        columns: list[NDArray] = [traces.ranks[at], traces.rows[at], traces.promises[at], traces.points[at]]
        placed = [
            _Placed(-rank, row, promise, points)
            for rank, row, promise, points in zip(*(one.tolist() for one in columns), strict=True)
            if row != NO_ROW
        ]
        moved = self._moved
        was = [one._replace(row=int(moved[one.row])) for one in _watched(placed[:ROWS_MAX])]
        return [one._replace(row=int(moved[one.row])) for one in placed], was

    def _rank(self, name: Name, row: int, rank: int) -> int:
        """Return the rank of a row with what the initials of a name say for it."""
        initials = [word.text for word in name.words if len(word.text) == 1]
        index = self._engine.index
        firsts = [index.tokens[token][0] for token in index.rows.list(row)] if initials else []
        said = sum(min(initials.count(one), firsts.count(one)) for one in set(initials))
        return rank + (said * INITIAL_WEIGHT << 8)

    def _laid(self, name: Name | None, rows: list[int], coming: Sequence[_Placed]) -> Mapping[int, Candidate] | None:
        """Lay rows that come beside the name; None where others must be."""
        if not rows:
            return {}
        if name is None or not {one.row for one in coming}.issuperset(rows):
            return None
        self.compared += len(rows)
        return {one[1]: one for one in self._engine.beside(self._prepared(name), rows)}

    def _prepared(self, name: Name) -> Asked:
        close = self._heard.close
        return prepared(name, [Near(close.get(word.text, {}), NO_ROWS, NO_WEIGHTS) for word in name.words])

    def _points(self, laid: list[Candidate]) -> dict[int, int]:
        seen = [self._engine.observe(one) for one in laid]
        return {match.row.number: match.points for match in self._engine.weigh(seen)}


def _together(stayed: list[_Placed], coming: list[_Placed], *, is_whole: bool) -> list[_Placed]:
    """Return the rows that stayed and those that join them, in order: behind the last of a beginning nobody's place is known."""
    if not coming:
        return stayed
    found = sorted([*stayed, *coming], key=lambda one: (one.turn, one.row))
    if is_whole:
        return found
    return found[: found.index(stayed[-1]) + 1] if stayed else []


def _watched(placed: Sequence[_Placed]) -> list[_Placed]:
    """Return those that are observed of the rows laid beside a name."""
    return sorted(placed, key=lambda one: (-one.promise, one.row))[:OBSERVED_MAX]
