"""What a score means: the log odds that somebody listed is meant, for each kind of bearer and script of the question.

Two names of four rare words in Latin letters and two Korean names of three syllables cannot say the same by the same sum of points.
`bench/matching/calibrate.py` asks names that mean somebody and ordinary ones, and fits for each kind and script a line that rises:
so an order never changes, and of a hundred answers at a probability of .87, eighty-seven are right, where as many of the names
that are asked mean somebody as the prior says.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from math import log
from typing import Final

import msgspec

from comity.matching.names import Kind

POINTS_PER_LOGIT: Final = 1000
KINDS: Final = {Kind.PERSON: "person", Kind.ORGANISATION: "organisation", Kind.VESSEL: "vessel", Kind.ANY: "person"}
SCRIPTS: Final = ("Latin", "Cyrillic", "Arabic", "Han", "Hangul", "Latin")
"""The scripts of the question, by the groups of `Feature.SCRIPT`; in its own script a name is compared as a Latin one is."""


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line from scored points to calibrated ones."""

    rise: int
    """Calibrated points for a thousand scored ones; more than nothing."""
    start: int
    """Calibrated points where none are scored."""

    def at(self, points: int) -> int:
        """Return the calibrated points."""
        return self.start + self.rise * points // POINTS_PER_LOGIT


class Calibration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lines, and what they assume."""

    prior: float
    """The share of the names asked that mean somebody listed."""
    lines: dict[str, Line]
    """By kind and script."""

    @property
    def start(self) -> int:
        """What the prior alone says, in points: the odds before a name is compared."""
        return round(_logit(self.prior) * POINTS_PER_LOGIT)

    def meant(self, kind: int, group: int, points: int) -> int:
        """Return what scored points mean, in thousandths of a natural logarithm of odds at the prior."""
        return self.line(kind, group).at(points)

    def line(self, kind: int, group: int) -> Line:
        """Return the line of a kind of bearer and a group of scripts."""
        return self.lines[_key(kind, group)]


@cache
def _key(kind: int, group: int) -> str:
    return f"{KINDS[Kind(kind)]}, {SCRIPTS[group]}"


def moved(points: int, prior: float) -> int:
    """Return calibrated points at another prior than that of the table, where fewer of the names asked, or more, mean somebody."""
    return points + round((_logit(prior) - _logit(shipped().prior)) * POINTS_PER_LOGIT)


@cache
def shipped() -> Calibration:
    """Return the calibration that this version ships."""
    return msgspec.json.decode((files(__package__) / "data" / "calibration.json").read_bytes(), type=Calibration)


def _logit(probability: float) -> float:
    return log(probability / (1 - probability))
