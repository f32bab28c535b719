"""Asking an index about many names at once: find, lay beside, observe, score. The same integers as `Engine.ask` for every name.

What is asked of one name in dictionaries and lists is asked of a batch in arrays, and each module mirrors one of
`comity.matching`; reading names, and every table and constant, is theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from comity.matching.engine import OBSERVED_MAX, SAME_POINTS
from comity.matching.observing import Feature
from comity.matching.together import aligning, finding, observing, scoring
from comity.matching.together.asked import asked, columns
from comity.matching.together.listed import listed
from comity.matching.together.near import Neighbours
from comity.matching.together.slices import Numbers, Truths, first, last_of, ranked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.matching.engine import Engine
    from comity.matching.names import Kind, Name
    from comity.matching.together.aligning import Beside
    from comity.matching.together.asked import Asked

AT_ONCE: Final = 1024
"""Names whose rows are found, laid and observed together: they stay in the cache of a processor."""
PROMISE_BITS: Final = 24
HIGHEST: Final = 1 << PROMISE_BITS - 1
"""No row promises more, and none less than nothing by so much."""


class Together:
    """Asks one index about many names. It remembers words as a finder does; what it remembers changes no answer."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._listed = listed(engine.index)
        self._neighbours = Neighbours(engine.finder)

    def ask(self, questions: Sequence[tuple[str, Kind]]) -> list[list[tuple[int, int]]]:
        """Return of each name the rows that it may mean and the points of each, the likeliest first; of equals the lower row."""
        names = [self._engine.parse(*one) for one in questions]
        words = {word.text: word for name in names for way in (name, *name.others()) for word in way.words}
        self._neighbours.learn(list(words.values()))
        return [one for at in range(0, len(names), AT_ONCE) for one in self._asked(names[at : at + AT_ONCE])]

    def _asked(self, names: Sequence[Name]) -> list[list[tuple[int, int]]]:
        answers: list[list[tuple[int, int]]] = [[] for _ in names]
        some = asked(names)
        if some.names:
            owners, rows, points = self._weighed(some)
            order = np.lexsort((rows, -points, owners))
            columns = (one[order].tolist() for one in (owners, rows, points))
            for owner, row, said in zip(*columns, strict=True):
                answers[owner].append((row, said))
        return answers

    def _weighed(self, some: Asked) -> tuple[Numbers, Numbers, Numbers]:
        """Return the rows that were observed: of each the name, the row, and its points."""
        engine, sides = self._engine, (columns(some.words), self._listed)
        near, met = self._neighbours.near(some.words)
        two = aligning.beside(some, finding.find(some, near, engine.finder), engine.index)
        laid = aligning.lay(some, two, met, sides)
        left = aligning.Leftovers(some, two, laid, sides)
        rejoined = np.zeros(len(two.names), np.int64)
        which = left.may_rejoin()
        rejoined[which] = left.rejoined(which)
        promise = aligning.promised(two, laid, rejoined, sides)
        chosen = _chosen(some, two, promise, left.asked + left.listed)
        which = chosen[(rejoined[chosen] == 0) & (left.asked[chosen] > 0) & (left.listed[chosen] > 0)]
        rejoined[which] = left.rejoined(which)
        observed = observing.observe(some, two, laid, rejoined, sides)[chosen]
        points = scoring.points(engine.score, observed)
        if engine.score.calibration:
            groups = observed[:, Feature.KIND], observed[:, Feature.SCRIPT]
            points = scoring.meant(engine.score.calibration, *groups, points)
        same = _same(some, two, engine.finder.numbers)[chosen]
        return some.owners[two.names[chosen]], two.rows[chosen], np.where(same, np.maximum(points, SAME_POINTS), points)


def _chosen(some: Asked, two: Beside, promise: Numbers, left: Numbers) -> Numbers:
    """Return which rows are observed, rising: of each question those that promise most, of equals the lower."""
    owners = some.owners[two.names]
    bits = int(two.rows.max(initial=0)).bit_length()
    order = np.argsort(((owners << PROMISE_BITS) + HIGHEST - promise << bits) + two.rows)
    several = ~(first(some.owners) & last_of(some.owners))[two.names]
    if several.any():  # of one row in several ways: the fewest words left over, then the promise
        ways = np.flatnonzero(several)
        ways = ways[np.lexsort((two.names[ways], -promise[ways], left[ways], two.rows[ways], owners[ways]))]
        order = order[~np.isin(order, ways[~first((owners[ways] << bits) + two.rows[ways])])]
    return np.sort(order[ranked(owners[order]) < OBSERVED_MAX])


def _same(some: Asked, two: Beside, numbers: dict[str, int]) -> Truths:
    """Tell which rows have the very words of the name, in whatever order."""
    words = np.array([numbers.get(one.text, -1) for one in some.words], np.int64)[two.asked]
    count = len(two.names)
    may_be: Truths = np.bincount(two.asked_of, minlength=count) == np.bincount(two.listed_of, minlength=count)
    asked_of, listed_of = may_be[two.asked_of], may_be[two.listed_of]
    one = np.sort((two.asked_of[asked_of] << 32) + words[asked_of])
    other = np.sort((two.listed_of[listed_of] << 32) + two.listed[listed_of])
    may_be[two.listed_of[listed_of][one != other]] = False
    return may_be
