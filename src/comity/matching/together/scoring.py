"""`comity.matching.scoring` for many rows of observations: the same points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from comity.matching.calibration import POINTS_PER_LOGIT

if TYPE_CHECKING:
    from comity.matching.calibration import Calibration
    from comity.matching.scoring import Score
    from comity.matching.together.slices import Numbers

AT_ONCE: Final = 512
"""Rows whose answers are laid over one another together: they stay in the cache of a processor."""


def points(score: Score, observed: Numbers) -> Numbers:
    """Return the points of each row of observations."""
    table = score.table
    places = np.minimum(np.maximum(observed, table.low), table.high) + table.first
    said = np.empty(len(observed), np.int64)
    for since in range(0, len(observed), AT_ONCE):
        some = places[since : since + AT_ONCE]
        leaves = table.answers[some[:, 0]]
        for feature in range(1, some.shape[1]):
            leaves |= table.answers[some[:, feature]]
        said[since : since + AT_ONCE] = table.points[leaves.view(np.uint8) + table.starts].sum(axis=1)
    return said + score.start


def meant(calibration: Calibration, kinds: Numbers, groups: Numbers, scored: Numbers) -> Numbers:
    """Return what scored points mean, as `Calibration.meant` does."""
    found = np.empty_like(scored)
    for kind, group in {*zip(kinds.tolist(), groups.tolist(), strict=True)}:
        which = (kinds == kind) & (groups == group)
        line = calibration.line(kind, group)
        found[which] = line.start + line.rise * scored[which] // POINTS_PER_LOGIT
    return found
