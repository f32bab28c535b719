"""Which answers a change of the list can touch: those are asked again, and every other one provably stays what it is.

The argument stands, rule by rule, in docs/explanation/re-screening.md. Where a rule cannot tell exactly it says "touched": to ask
once too often costs a millisecond, and once too seldom is a person missed.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple
from zlib import crc32

import numpy as np

from comity.matching.aligning import lay, observe
from comity.matching.changing import GONE
from comity.matching.engine import OBSERVED_MAX, ROWS_MAX, Engine, Seen, promise
from comity.matching.finding import NO_ROWS, Near
from comity.matching.heard import Heard
from comity.matching.names import Kind, parse
from comity.matching.tracing import ANY, NO_ROW, UNSCORED

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from comity.matching.asked import Askings
    from comity.matching.changing import Change
    from comity.matching.closeness import Close
    from comity.matching.scoring import Score
    from comity.matching.tracing import Traces

NO_WEIGHTS: Final = np.zeros(0, np.int64)
NOBODY: Final[dict[int, Close]] = {}


class Touched(NamedTuple):
    """What a change does to some answers."""

    again: NDArray[np.int32]
    """The numbers of the names to ask again, in order; the trace of every other one is up to date."""
    compared: int
    """Pairs of a name and a row that were laid beside each other to tell."""


class Kept(NamedTuple):
    """Names that are asked again and again, with the traces of their answers."""

    askings: Askings
    traces: Traces


def touch(kept: Kept, made: Change, score: Score, restated: Collection[str], floor: int) -> Touched:
    """Return the names to ask again after a change of the list, and bring the traces of all others up to date.

    `restated` are the ids of those of whom something else is said now; `floor` are the least points of a name that can become an
    answer, whatever else is known of its bearer.
    """
    again = np.zeros(len(kept.askings.texts), dtype=np.bool_)
    if not made.are_comparable:
        again[:] = True
        return Touched(np.flatnonzero(again).astype(np.int32), 0)
    heard = Heard(kept.askings, kept.traces.crowds, made)
    _leave(kept.traces, made, restated, floor, again)
    _respell(kept.askings, heard, again)
    joining = _join(kept, made, heard, again)
    kept.traces.rows[:] = np.append(made.moved, NO_ROW)[kept.traces.rows]
    _follow(kept, Engine(made.new, score), heard, joining, floor, again)
    return Touched(np.flatnonzero(again).astype(np.int32), sum(map(len, joining.values())))


def _leave(traces: Traces, made: Change, restated: Collection[str], floor: int, again: NDArray[np.bool_]) -> None:
    """Touch the answers in which a row had a say that leaves, or a likely one that stands for something else now."""
    leaves = np.append(made.moved == GONE, False)
    leaves[made.reach.lost] = True
    again |= leaves[traces.rows].any(axis=1)
    numbers = {text: number for number, text in enumerate(made.old.ids)}
    bearers = np.zeros(len(numbers), dtype=np.bool_)
    bearers[[numbers[one] for one in restated if one in numbers]] = True
    rows = np.repeat(np.arange(len(made.moved)), made.old.bearers.lengths())
    stale = np.append(made.rebearered, False)
    stale[rows[bearers[made.old.bearers.values]]] = True
    again |= (stale[traces.rows] & (traces.points >= floor)).any(axis=1)


def _respell(askings: Askings, heard: Heard, again: NDArray[np.bool_]) -> None:
    """Touch the names that a row of the change has letter by letter, and those whose words it joins, halves or crowds."""
    again[askings.lettered[np.isin(askings.letters, heard.letters)]] = True
    joined = np.array([crc32(text.encode()) for text in heard.texts], dtype=np.uint32)
    again[askings.joining[np.isin(askings.joined, joined)]] = True
    for word in heard.shaken:
        again[askings.held[word]] = True
    for word in heard.unglued:
        names = askings.held[word]
        again[names[askings.loose[names]]] = True


def _join(kept: Kept, made: Change, heard: Heard, again: NDArray[np.bool_]) -> dict[int, list[tuple[int, int]]]:
    """Return, by name, the rows (with their ranks) that have a say from now on; names whose answers are not followed are touched."""
    traces = kept.traces
    is_followed = (traces.room > 0) & ~kept.askings.loose
    joining: dict[int, list[tuple[int, int]]] = defaultdict(list)
    arriving = [(row, True) for row in made.added.tolist()] + [(row, False) for row in made.reach.gained.tolist()]
    for row, is_new in arriving:
        names, ranks, is_rare = heard.names(made.new, row)
        has_say = (ranks >= traces.from_rank[names]) & ~again[names]
        followed = is_followed[names] & is_rare & is_new
        again[names[has_say & ~followed]] = True
        for name, rank in zip(names[has_say & followed].tolist(), ranks[has_say & followed].tolist(), strict=True):
            joining[name].append((row, rank))
    for row in [*made.gone.tolist(), *made.reach.lost.tolist()]:
        names, ranks, _ = heard.names(made.old, row)
        again[names[(ranks >= traces.from_rank[names]) & ~is_followed[names]]] = True
    return joining


def _follow(
    kept: Kept, engine: Engine, heard: Heard, joining: dict[int, list[tuple[int, int]]], floor: int, again: NDArray[np.bool_]
) -> None:
    """Put the rows that join into the traces; touch a name where one of them, or one that they push about, is likely."""
    for name, rows in joining.items():
        if not again[name]:
            again[name] = not _put(kept, engine, heard, name, rows, floor)


class _Placed(NamedTuple):
    """A row of a trace; in order of its rank."""

    rank: int
    row: int
    promise: int
    points: int


def _put(kept: Kept, engine: Engine, heard: Heard, name: int, rows: list[tuple[int, int]], floor: int) -> bool:
    """Put some rows into one trace, and tell whether the answer provably stays what it is."""
    askings, traces = kept
    if len(rows) > traces.room[name]:
        return False
    asked = parse(askings.texts[name], Kind(int(askings.kinds[name])))
    near = [Near(heard.close.get(word.text, NOBODY), NO_ROWS, NO_WEIGHTS, ()) for word in asked.words]
    before = [
        _Placed(-rank, row, -said, points)
        for rank, row, said, points in zip(
            *(column[name].tolist() for column in (traces.ranks, traces.rows, traces.promises, traces.points)), strict=True
        )
        if row != NO_ROW
    ]
    seen, coming = {}, []
    for number, rank in rows:
        row = engine.index.row(number)
        laid = lay(asked, near, row.tokens, row.texts)
        seen[number] = row, laid
        said = promise(laid, row, engine.index.idf_max)
        coming.append(_Placed(-rank, number, -said, UNSCORED))
    after = sorted([*before, *coming])[:ROWS_MAX]
    observed = sorted(after, key=lambda one: (one.promise, one.row))[:OBSERVED_MAX]
    watched = {one.row for one in observed}
    if any(one.points >= floor and one.row not in watched for one in before):
        return False  # somebody likely was pushed out
    fresh = [one.row for one in observed if one.points == UNSCORED]
    if any(row not in seen for row in fresh):
        return False  # somebody nobody looked at before moves up
    found = [Seen(*seen[row], observe(engine.index, asked, *seen[row])) for row in fresh]
    points = {match.row.number: match.points for match in engine.weigh(asked, found)}
    if any(said >= floor for said in points.values()):
        return False
    _write(traces, name, [one._replace(points=points.get(one.row, one.points if one.row in watched else UNSCORED)) for one in after])
    traces.room[name] -= len(rows)
    return True


def _write(traces: Traces, name: int, after: list[_Placed]) -> None:
    count = len(after)
    traces.rows[name, :count] = [one.row for one in after]
    traces.ranks[name, :count] = [-one.rank for one in after]
    traces.promises[name, :count] = [-one.promise for one in after]
    traces.points[name, :count] = [one.points for one in after]
    traces.from_rank[name] = -after[-1].rank if count == ROWS_MAX else ANY
