"""What tests of screening share: a score that can be worked out by hand, and a place on a temporary folder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from comity.lists.service import Desk
from comity.matching.observing import Feature
from comity.matching.scoring import Score
from comity.screening.service import Place

ALIKE, NEARLY = 85, 60
"""How alike two whole names are in hundredths: from here on the same, and from here on perhaps."""


def by_hand() -> Score:
    """Three questions: are the names perhaps alike, are they nearly the same, is a word of one missing in the other?

    The same names: odds of e⁴. Nearly: e. A word too many, or another name altogether: e⁻³.
    """
    same, perhaps, never = 4_000, 1_000, -3_000
    return Score(
        features=np.array([[Feature.WHOLE, Feature.WHOLE, Feature.CONTRADICTIONS]], dtype=np.intp),
        thresholds=np.array([[NEARLY, ALIKE, 0]], dtype=np.int32),
        points=np.array([[never, perhaps, never, same, never, never, never, never]], dtype=np.int64),
        start=0,
    )


@pytest.fixture
def score() -> Score:
    """The score worked out by hand."""
    return by_hand()


@pytest.fixture
def place(tmp_path: Path, desk: Desk) -> Place:
    """Where these tests screen."""
    return Place(desk, tmp_path / "screening", by_hand)
