"""The score of two names: a few hundred small questions about what was observed, each worth whole points; the sum is the log odds.

Points are thousandths of a natural logarithm of odds, as whole numbers: the sum is the same alone, in any batch, on every
machine.
The table of questions is fitted by `bench/matching/fit.py` on names of lists and ordinary names, and shipped as data.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp
from typing import TYPE_CHECKING, Any, Final

import msgspec
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

POINTS_PER_LOGIT: Final = 1000
DEPTH: Final = 3
"""Questions that are asked together: eight answers, each with its points."""


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

    def of(self, observed: Sequence[Sequence[int]]) -> list[int]:
        """Return the points of each of some rows of observations."""
        values = np.asarray(observed, dtype=np.int32)
        answers = values[:, self.features] > self.thresholds
        leaves = answers @ PLACES
        said: list[int] = (self.points[TREES(len(self.points)), leaves].sum(axis=1) + self.start).tolist()
        return said


PLACES: Final = np.array([1 << at for at in range(DEPTH)])


@cache
def TREES(count: int) -> NDArray[np.intp]:  # noqa: N802 - a constant for each size
    """Return the numbers of the trees."""
    return np.arange(count)


def probability(points: int) -> float:
    """Return the probability that points say, at the prior at which they were fitted."""
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
    return read((files(__package__) / "data" / "score.json").read_bytes())
