"""Which answers a change of the list can touch: those are asked again, and every other one provably stays what it is.

The argument stands, rule by rule, in docs/explanation/re-screening.md. Where a rule cannot tell exactly it says "touched": to ask
once too often costs a millisecond, and once too seldom is a person missed.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from comity.matching.asked import Askings
from comity.matching.changing import GONE
from comity.matching.finding import INITIAL_WEIGHT, LENGTH_BITS, NO_ROWS, NO_WEIGHTS
from comity.matching.following import Following, Joining, joined
from comity.matching.heard import Heard
from comity.matching.tracing import ANY, Traces

if TYPE_CHECKING:
    from collections.abc import Collection

    from comity.matching.changing import Change
    from comity.matching.finding import Rows
    from comity.matching.heard import Voiced
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
    leaving = _leave(kept, made, heard, again)
    _restate(kept, made, restated, again)
    _respell(kept, heard, again)
    passing, joining = _join(kept, made, heard, again)
    following = Following(kept.askings, kept.traces, heard, made, score)
    again[following.pass_by(passing.among(~again[passing.names]))] = True
    leaving, joining = leaving[~again[leaving]], joining.among(~again[joining.names])
    again[following.follow(leaving, joining, kept.floors)] = True
    return Touched(np.flatnonzero(again).astype(np.int32), following.compared)


def _leave(kept: Kept, made: Change, heard: Heard, again: NDArray[np.bool_]) -> Rows:
    """Return the names from whose traces rows leave; touch those that are not followed, and those that a row may lose otherwise.

    A row to which a common word leads no longer has what it had for every name in which a rare word leads to it.
    """
    traces = kept.traces
    leaves = np.append(made.moved == GONE, False)[traces.rows].any(axis=1)
    again |= leaves & (traces.room <= 0)
    if len(made.reach.lost):
        for row in made.reach.lost.tolist():
            voiced = heard.names(made.old, row)
            has = (traces.rows == row).any(axis=1)
            has[voiced.names[voiced.are_plain & (traces.room[voiced.names] > 0)]] = False
            again |= has
    return np.flatnonzero(leaves).astype(np.int32)


def _restate(kept: Kept, made: Change, restated: Collection[str], again: NDArray[np.bool_]) -> None:
    """Touch the answers in which a likely row had a say of which something else is said."""
    traces = kept.traces
    ids = made.old.ids
    bearers = np.zeros(len(ids), dtype=np.bool_)
    bearers[[at for one in restated if (at := bisect_left(ids, one)) < len(ids) and ids[at] == one]] = True
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


def _join(kept: Kept, made: Change, heard: Heard, again: NDArray[np.bool_]) -> tuple[Joining, Joining]:
    """Return the rows that may have a say from now on, each with its name and rank: of names not followed, and of all others.

    Names that are not followed are touched where a row has less of a say.
    """
    traces, askings = kept.traces, kept.askings
    followed = traces.room > 0
    least = np.where(
        traces.from_rank == ANY,
        ANY,
        traces.from_rank - askings.initials.astype(np.int64) * (INITIAL_WEIGHT << LENGTH_BITS),
    )
    found, passing = [Joining(NO_ROWS, NO_ROWS, NO_WEIGHTS)], [Joining(NO_ROWS, NO_ROWS, NO_WEIGHTS)]
    for row in made.added.tolist():
        voiced = heard.names(made.new, row)
        has_say = (voiced.ranks >= least[voiced.names]) & ~again[voiced.names]
        passing.append(_joining(voiced.among(has_say & ~followed[voiced.names]), row))
        voiced = heard.exactly(voiced.among(has_say & followed[voiced.names]), row)
        found.append(_joining(voiced.among(voiced.ranks >= least[voiced.names]), row))
    for row in made.reach.gained.tolist():
        voiced = heard.names(made.new, row)
        stays = followed[voiced.names] & voiced.are_plain
        again[voiced.names[(voiced.ranks >= least[voiced.names]) & ~stays]] = True
    for row in [*made.gone.tolist(), *made.reach.lost.tolist()]:
        voiced = heard.names(made.old, row)
        again[voiced.names[(voiced.ranks >= least[voiced.names]) & ~followed[voiced.names]]] = True
    return joined(passing), joined(found)


def _joining(voiced: Voiced, row: int) -> Joining:
    return Joining(voiced.names, np.full(len(voiced.names), row, dtype=np.int32), voiced.ranks)
