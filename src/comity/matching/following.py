"""Following answers through a change of the list: rows leave their traces and join them, and each stays what it is, or may not.

A trace is the beginning of the finder's order of the rows. Whoever leaves makes it shorter, and it is a beginning still; whoever
joins it before its end makes it longer. Only when fewer rows are left than are laid beside a name must it be asked again. All
names of a change are followed at once; what must be done one by one is to lay a row that comes far in front beside the name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from comity.matching.aligning import prepared
from comity.matching.engine import OBSERVED_MAX, Engine
from comity.matching.finding import INITIAL_WEIGHT, LENGTH_BITS, NO_ROWS, NO_WEIGHTS, ROWS_MAX, Near, Rows
from comity.matching.names import Kind, Name, parse
from comity.matching.tracing import ANY, NO_ROW, TRACED, UNBOUNDED, UNLAID, UNSCORED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.matching.asked import Askings
    from comity.matching.changing import Change
    from comity.matching.engine import Seen
    from comity.matching.heard import Heard
    from comity.matching.index import Index
    from comity.matching.scoring import Score
    from comity.matching.tracing import Traces

NOBODY: Final = -2
"""Stands for no row where one is compared with those that leave."""
NOWHERE: Final = 1 << 40
"""Where a place without a row stands among the promises: last."""


class Joining(NamedTuple):
    """Rows that join traces: each with the name that it joins, and its rank without what initials say."""

    names: Rows
    rows: Rows
    ranks: NDArray[np.int64]

    def among(self, which: NDArray[np.bool_]) -> Joining:
        """Return some of them."""
        return Joining(self.names[which], self.rows[which], self.ranks[which])


def joined(some: Sequence[Joining]) -> Joining:
    """Return several as one."""
    names, rows, ranks = zip(*some, strict=True)
    return Joining(np.concatenate(names), np.concatenate(rows), np.concatenate(ranks))


class _Placed(NamedTuple):
    """The traces of some names as columns: a line for each name, the finder's order from left to right."""

    rows: NDArray[np.int32]
    """By new numbers."""
    ranks: NDArray[np.int32]
    promises: NDArray[np.int32]
    points: NDArray[np.int32]
    joined: NDArray[np.bool_]
    """Whether the row is one that joins."""
    are_whole: NDArray[np.bool_]
    """Of each name, whether its trace has every row that was found."""


class _Beside(Engine):
    """An engine that is told which rows to lay beside a name, and finds none itself: it is made at once."""

    def __init__(self, index: Index, score: Score) -> None:
        self.index, self.score = index, score


class Following:
    """Names whose traces are followed."""

    def __init__(self, askings: Askings, traces: Traces, heard: Heard, made: Change, score: Score) -> None:
        self._askings, self._traces, self._heard, self._moved = askings, traces, heard, np.append(made.moved, NO_ROW)
        self._engine = _Beside(made.new, score)
        self.compared = 0
        """Pairs of a name and a row that were laid beside each other."""

    def follow(self, leaving: Rows, joining: Joining, floors: NDArray[np.int32]) -> Rows:
        """Bring the traces of all up to date whose answers provably stay what they are, and of all others the rows' numbers.

        Returns the names, of those that rows leave or join, that must be asked again.
        """
        traces = self._traces
        names = np.union1d(leaving, joining.names)
        before = _Placed(
            rows=self._moved[traces.rows[names]],
            ranks=traces.ranks[names],
            promises=traces.promises[names],
            points=traces.points[names],
            joined=np.zeros((len(names), TRACED), np.bool_),
            are_whole=traces.from_rank[names] == ANY,
        )
        was = _watched(traces.rows[names], before.promises)
        at = np.searchsorted(names, joining.names)
        coming = np.bincount(at, minlength=len(names))
        after = _merged(before, at, joining._replace(ranks=self._ranks(joining)))
        asked = (coming > traces.room[names]) | (~after.are_whole & ((after.rows != NO_ROW).sum(axis=1) < ROWS_MAX))
        self._lay(names, after, asked)
        now = _watched(after.rows, after.promises)
        self._score(names, after, now, asked)
        asked |= _moves(before, was, after, now, floors[names])
        traces.rows[:] = self._moved[traces.rows]
        self._write(names[~asked], after, ~asked)
        bounded = ~asked & (traces.room[names] != UNBOUNDED)
        traces.room[names[bounded]] -= coming[bounded].astype(np.int8)
        return np.compress(asked, names)

    def pass_by(self, joining: Joining) -> Rows:
        """Let rows come that are not observed, and push nobody out who is, of names that are compared in several ways.

        Returns the names, of those that they join, that must be asked again.
        """
        traces = self._traces
        names, at, counts = np.unique(joining.names, return_inverse=True, return_counts=True)
        asked = counts > traces.slack[names]
        observed = np.where(traces.points[names] != UNSCORED, traces.promises[names], NOWHERE).min(axis=1)
        for line in np.flatnonzero(~asked).tolist():
            asked[line] = self._most(int(names[line]), joining.rows[at == line].tolist()) >= observed[line]
        traces.slack[names[~asked]] -= counts[~asked].astype(np.int8)
        return np.compress(asked, names)

    def _most(self, at: int, rows: list[int]) -> int:
        """Return the most that any of some rows promises, beside any of the ways to write a name."""
        name = parse(self._askings.texts[at], Kind(int(self._askings.kinds[at])))
        self.compared += len(rows)
        ways = [prepared(one, self._near(one)) for one in (name, *name.others())]
        return max(-found[0] for way in ways for found in self._engine.beside(way, rows))

    def _ranks(self, joining: Joining) -> NDArray[np.int64]:
        """Return the ranks of rows with what the initials of the names say for them."""
        ranks, index = joining.ranks.copy(), self._engine.index
        for at in np.flatnonzero(self._askings.initials[joining.names]).tolist():
            texts = [word.text for word in self._heard.spoken(int(joining.names[at]))]
            initials = [one for one in texts if len(one) == 1]
            firsts = [index.tokens[token][0] for token in index.rows.list(joining.rows[at])]
            said = sum(min(initials.count(one), firsts.count(one)) for one in set(initials))
            ranks[at] += said * INITIAL_WEIGHT << LENGTH_BITS
        return ranks

    def _lay(self, names: Rows, placed: _Placed, asked: NDArray[np.bool_]) -> None:
        """Lay the rows that come beside their names; a name at whose row nobody had looked that moves up is to be asked."""
        wanted = (placed.promises[:, :ROWS_MAX] == UNLAID) & (placed.rows[:, :ROWS_MAX] != NO_ROW)
        asked |= (wanted & ~placed.joined[:, :ROWS_MAX]).any(axis=1)
        for line in np.flatnonzero(wanted.any(axis=1) & ~asked).tolist():
            columns = np.flatnonzero(wanted[line])
            name = int(names[line])
            words = self._heard.spoken(name)
            light = Name(words, (), 0, Kind(int(self._askings.kinds[name])), native=False, whole="", latin="")
            found = self._engine.beside(prepared(light, self._near(light)), placed.rows[line, columns].tolist())
            placed.promises[line, columns] = [-one[0] for one in found]
            self.compared += len(found)

    def _score(self, names: Rows, placed: _Placed, now: NDArray[np.bool_], asked: NDArray[np.bool_]) -> None:
        """Score the rows that come and are observed; a name of which another row is observed for the first time is to be asked."""
        fresh = now & (placed.points == UNSCORED)
        asked |= (fresh & ~placed.joined).any(axis=1)
        lines, columns = np.nonzero(fresh & ~asked[:, None])
        seen = [
            self._seen(int(names[line]), int(placed.rows[line, at])) for line, at in zip(lines, columns, strict=True)
        ]
        placed.points[lines, columns] = [match.points for match in self._engine.weigh(seen)]

    def _seen(self, at: int, row: int) -> Seen:
        name = parse(self._askings.texts[at], Kind(int(self._askings.kinds[at])))
        (found,) = self._engine.beside(prepared(name, self._near(name)), [row])
        return self._engine.observe(found)

    def _near(self, name: Name) -> list[Near]:
        close = self._heard.close
        return [Near(close.get(word.text, {}), NO_ROWS, NO_WEIGHTS) for word in name.words]

    def _write(self, names: Rows, after: _Placed, which: NDArray[np.bool_]) -> None:
        traces = self._traces
        traces.rows[names], traces.ranks[names] = after.rows[which], after.ranks[which]
        traces.promises[names], traces.points[names] = after.promises[which], after.points[which]
        last = np.maximum((after.rows != NO_ROW).sum(axis=1) - 1, 0)
        last_ranks = np.take_along_axis(after.ranks, last[:, None], axis=1)[:, 0]
        traces.from_rank[names] = np.where(after.are_whole, ANY, last_ranks)[which]


def _merged(before: _Placed, at: NDArray[np.int64], joining: Joining) -> _Placed:
    """Return traces without the rows that left and with those that join, each at the line of its name.

    Behind the last row of a beginning nobody's place is known: who would stand there does not join.
    """
    stays = before.rows != NO_ROW
    lines = np.append(np.nonzero(stays)[0], at)
    rows = np.append(before.rows[stays], joining.rows)
    ranks = np.append(before.ranks[stays], joining.ranks.astype(np.int32))
    order = np.lexsort((rows, -ranks, lines))
    lines, stayed = lines[order], order < np.count_nonzero(stays)
    counts = np.bincount(lines, minlength=len(before.rows))
    places = np.arange(len(lines)) - np.repeat(np.cumsum(counts) - counts, counts)
    ends = np.where(before.are_whole, counts, 0)
    np.maximum.at(ends, lines[stayed], places[stayed] + 1)
    kept = (places < ends[lines]) & (places < TRACED)
    cells = lines[kept], places[kept]

    def column(held: NDArray[Any], coming: NDArray[Any] | int, empty: int) -> NDArray[Any]:
        found = np.full_like(held, empty)
        found[cells] = np.append(held[stays], np.broadcast_to(coming, at.shape))[order][kept]
        return found

    return _Placed(
        rows=column(before.rows, joining.rows, NO_ROW),
        ranks=column(before.ranks, joining.ranks, 0),
        promises=column(before.promises, UNLAID, 0),
        points=column(before.points, UNSCORED, UNSCORED),
        joined=column(before.joined, 1, 0),
        are_whole=before.are_whole & (counts <= TRACED),
    )


def _watched(rows: NDArray[np.int32], promises: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Tell which rows are observed: of those laid beside a name the most promising, of equals the lower."""
    laid = rows[:, :ROWS_MAX]
    wanting = np.where(laid == NO_ROW, NOWHERE, -promises[:, :ROWS_MAX].astype(np.int64))
    first = np.lexsort((laid, wanting), axis=1)[:, :OBSERVED_MAX]
    found = np.zeros(rows.shape, np.bool_)
    np.put_along_axis(found, first, values=True, axis=1)
    found &= rows != NO_ROW
    return found


def _moves(
    before: _Placed, was: NDArray[np.bool_], after: _Placed, now: NDArray[np.bool_], floors: NDArray[np.int32]
) -> NDArray[np.bool_]:
    """Tell of which names somebody likely is observed no longer, or for the first time."""
    old = np.where(was & (before.rows != NO_ROW), before.rows, NOBODY)[:, :ROWS_MAX]
    new = np.where(now, after.rows, NO_ROW)[:, :ROWS_MAX]
    same = old[:, :, None] == new[:, None, :]
    left = was[:, :ROWS_MAX] & ~same.any(axis=2) & (before.points[:, :ROWS_MAX] >= floors[:, None])
    came = now[:, :ROWS_MAX] & ~same.any(axis=1) & (after.points[:, :ROWS_MAX] >= floors[:, None])
    found: NDArray[np.bool_] = (left | came).any(axis=1)
    return found
