"""What a probability is made of: where it starts, and what the name and each fact add to it, in whole points that sum.

A point is a thousandth of a natural logarithm of odds. Facts are taken as independent of each other and of the name, as Fellegi and
Sunter do (A Theory for Record Linkage, 1969): what each is worth, it is worth whatever else is known.
"""

from __future__ import annotations

from typing import Final

import msgspec

from comity.matching.scoring import probability

DECIMALS: Final = 6
"""Of a probability in an answer."""


class Weight(msgspec.Struct, frozen=True, kw_only=True):
    """What one kind of evidence adds."""

    kind: str
    """`name`, `weak_alias`, or a fact: `birth_date`, `country`, `gender`, `address`, `identifier`, `incorporated`, `built`."""
    points: int


class Odds(msgspec.Struct, frozen=True, kw_only=True):
    """A start, and what each kind of evidence adds to it."""

    start: int
    """Before anything was compared: how many of the names that are asked mean somebody listed, as the score's prior says."""
    weights: tuple[Weight, ...]

    @property
    def points(self) -> int:
        """The sum."""
        return self.start + sum(one.points for one in self.weights)

    @property
    def probability(self) -> float:
        """What the sum says. The one place where points become a probability."""
        return round(probability(self.points), DECIMALS)
