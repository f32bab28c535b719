"""The score of two names: a few hundred small questions about what was observed, each worth whole points; the sum is the log odds.

Points are thousandths of a natural logarithm of odds, as whole numbers: the sum is the same alone, in any batch, on every
machine.
The table of questions is fitted by `bench/matching/fit.py` on names of lists and ordinary names, and shipped as data.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from math import exp
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from comity.matching import calibration
from comity.matching.observing import Feature

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.matching.calibration import Calibration


POINTS_PER_LOGIT: Final = 1000
DEPTH: Final = 3
"""Questions that are asked together: eight answers, each with its points."""
HALF_BYTE: Final = 4
"""Bits for the answers of one tree; none has more questions."""
OBSERVED: Final = len(Feature)
THRESHOLD_MAX: Final = 1 << 20


@dataclass(frozen=True)
class Score:
    """The questions and their points."""

    features: NDArray[np.intp]
    """Which observation each question is about: trees by `DEPTH`."""
    thresholds: NDArray[np.int32]
    """The question: is it more than this?"""
    points: NDArray[np.int64]
    """What each combination of answers is worth: trees by two to the `DEPTH`."""
    start: int
    """The points before anything is observed."""
    calibration: Calibration | None = None
    """What points mean, for each kind of bearer and script; without one they mean what they are."""

    @property
    def prior(self) -> int:
        """The points that stand before anything is compared: what is observed adds to them."""
        return self.calibration.start if self.calibration else self.start

    def of(self, observed: Sequence[Sequence[int]]) -> list[int]:
        """Return the points of each of some rows of observations."""
        table = self.table
        values = np.array(observed, dtype=np.int64)
        places = np.minimum(np.maximum(values, table.low), table.high)
        places += table.first
        leaves = np.bitwise_or.reduce(table.answers.take(places, axis=0), axis=1).view(np.uint8)
        said: list[int] = np.add.reduce(table.points.take(leaves + table.starts), axis=1, initial=self.start).tolist()
        return said

    @cached_property
    def table(self) -> _Table:
        """The same questions, by the answers to them."""
        return _table(self.features, self.thresholds, self.points)


class _Table(NamedTuple):
    """The same questions by what is observed: every value of every observation with its answers to all of them.

    Two trees share a byte, four bits each; a name is then scored by laying the answers of its observations over one another.
    """

    low: NDArray[np.int64]
    high: NDArray[np.int64]
    """Of each observation, the values beyond which no answer changes."""
    first: NDArray[np.int64]
    """Where the answers of its value 0 would stand."""
    answers: NDArray[np.uint64]
    points: NDArray[np.int32]
    """What each byte is worth, byte by byte."""
    starts: NDArray[np.intp]
    leaves: NDArray[np.int32]
    """What each half of a byte is worth, tree by tree."""


def _table(features: NDArray[np.intp], thresholds: NDArray[np.int32], points: NDArray[np.int64]) -> _Table:
    count = int(features.max(initial=0)) + 1
    low, high = np.zeros((2, max(count, OBSERVED)), dtype=np.int64)
    for feature in range(count):
        of = thresholds[features == feature]
        low[feature], high[feature] = of.min(initial=THRESHOLD_MAX), of.max(initial=-1) + 1
    low = np.minimum(low, high)
    ends = np.cumsum(high - low + 1)
    first = ends - high - 1
    width = -(-len(points) // 16) * 8
    answers = np.zeros((int(ends[-1]), width), dtype=np.uint8)
    for tree, asked in enumerate(features.tolist()):
        for at, feature in enumerate(asked):
            above = range(int(first[feature] + thresholds[tree, at]) + 1, int(ends[feature]))
            answers[above, tree // 2] |= np.uint8(1 << at << 4 * (tree % 2))
    leaves = np.zeros((width * 2, 1 << HALF_BYTE), dtype=np.int64)
    leaves[: len(points), : points.shape[1]] = points
    byte = np.arange(256)
    worth = leaves[::2][:, byte & 15] + leaves[1::2][:, byte >> HALF_BYTE]
    starts = np.arange(width, dtype=np.intp) * 256
    return _Table(
        low, high, first, answers.view(np.uint64), worth.astype(np.int32).ravel(), starts, leaves.astype(np.int32)
    )


def probability(points: int) -> float:
    """Return the probability that points say, at the prior at which they were calibrated."""
    return 1 / (1 + exp(-max(min(points, 30_000), -30_000) / POINTS_PER_LOGIT))


def read(raw: bytes) -> Score:
    """Return a score from its file."""
    said: dict[str, Any] = msgspec.json.decode(raw)
    return Score(
        features=np.array(said["features"], dtype=np.intp),
        thresholds=np.array(said["thresholds"], dtype=np.int32),
        points=np.array(said["points"], dtype=np.int64),
        start=said["start"],
    )


@cache
def shipped() -> Score:
    """Return the score that this version ships."""
    fitted = read((files(__package__) / "data" / "score.json").read_bytes())
    return replace(fitted, calibration=calibration.shipped())
