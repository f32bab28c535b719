"""Asking an index about many names at once: find, lay beside, observe, score. The same integers as `Engine.ask` for every name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from comity.matching.engine import OBSERVED_MAX, SAME_POINTS
from comity.matching.observing import Feature
from comity.matching.together import aligning, finding, near, observing, scoring
from comity.matching.together.asked import asked as together
from comity.matching.together.asked import columns
from comity.matching.together.listed import listed
from comity.matching.together.slices import first, ranked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.matching.engine import Engine
    from comity.matching.names import Kind


PROMISE_BITS = 24
PROMISE_MAX = 1 << PROMISE_BITS - 1


class Together:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._listed = listed(engine.index)
        self._neighbours = near.Neighbours(engine.finder)

    def ask(self, questions: Sequence[tuple[str, Kind]]) -> list[list[tuple[int, int]]]:
        engine = self._engine
        asked = together([engine.parse(*one) for one in questions])
        answers = [[] for _ in questions]
        if not asked.names:
            return answers
        words = columns(asked.words)
        sides = words, self._listed
        found, met = self._neighbours.near(asked.words)
        two = aligning.beside(asked, finding.find(asked, found, engine.finder), engine.index)
        laid = aligning.lay(asked, two, met, sides)
        left = aligning.Leftovers(asked, two, laid, sides)
        rejoined = np.zeros(len(two.names), np.int64)
        which = left.may_rejoin()
        rejoined[which] = left.rejoined(which)
        promise = aligning.promised(two, laid, rejoined, sides)
        chosen = _chosen(asked, two, left, promise)
        which = np.sort(chosen)
        which = which[(rejoined[which] == 0) & (left.asked[which] > 0) & (left.listed[which] > 0)]
        rejoined[which] = left.rejoined(which)
        observed = observing.observe(asked, two, laid, rejoined, sides)[chosen]
        points = scoring.points(engine.score, observed)
        if engine.score.calibration:
            points = scoring.meant(engine.score.calibration, observed[:, Feature.KIND], observed[:, Feature.SCRIPT], points)
        same = _same(two, self._engine.finder.numbers, asked)[chosen]
        points[same] = np.maximum(points[same], SAME_POINTS)
        owners, rows = asked.owners[two.names[chosen]], two.rows[chosen]
        order = np.lexsort((rows, -points, owners))
        for owner, row, said in zip(owners[order].tolist(), rows[order].tolist(), points[order].tolist(), strict=True):
            answers[owner].append((row, said))
        return answers


def _chosen(asked, two, left, promise):
    owners = asked.owners[two.names]
    rows = len(np.binary_repr(int(two.rows.max(initial=0))))
    rank = ((owners << PROMISE_BITS) + PROMISE_MAX - promise << rows) + two.rows
    order = np.argsort(rank)
    several = np.zeros(len(asked.owners), bool)
    several[asked.owners[:-1][~first(asked.owners)[1:]]] = True
    if several.any():
        # of one row in several ways: the fewest words left over, then the promise
        worse = np.flatnonzero(several[owners])
        worse = worse[np.lexsort((two.names[worse], -promise[worse], (left.asked + left.listed)[worse], two.rows[worse], owners[worse]))]
        worse = worse[~first(owners[worse] * (1 << 32) + two.rows[worse])]
        order = order[~np.isin(order, worse)]
    return order[ranked(owners[order]) < OBSERVED_MAX]


def _same(two, numbers, asked):
    tokens = np.array([numbers.get(one.text, -1) for one in asked.words], np.int64)[two.asked]
    count = len(two.names)
    a = np.bincount(two.asked_of, minlength=count)
    b = np.bincount(two.listed_of, minlength=count)
    may = a == b
    one = (two.asked_of << 32) + tokens + 1
    other = (two.listed_of << 32) + two.listed + 1
    one, other = one[may[two.asked_of]], other[may[two.listed_of]]
    one.sort()
    other.sort()
    differs = np.zeros(count, np.bool_)
    differs[(one >> 32)[one != other]] = True
    return may & ~differs
