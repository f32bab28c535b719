"""What a name and facts are worth together: the one place where points are put together into the odds of an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from comity.matching import facts
from comity.matching.engine import Match
from comity.matching.observing import Feature
from comity.register.model.naming import Said
from comity.screening.model.odds import Odds, Weight

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.matching.facts import Table
    from comity.screening.service.comparing import Compared

PROOF: Final = 20_000
"""An equal number proves whoever bears it, whatever the name is."""


class Hit(NamedTuple):
    """A listed name that was hit, and which weak alias it is, if it is one."""

    match: Match
    weak: Said | None

    def points(self, table: Table) -> int:
        """Return what the name is worth."""
        return self.match.points + (weak_points(table) if self.weak else 0)


def weak_points(table: Table) -> int:
    """Return what it costs that a name is called weak by its own publisher."""
    return facts.points(table, "name", "weak_alias")


def weigh(start: int, hit: Hit, compared: Iterable[Compared], table: Table) -> Odds:
    """Return the odds that a name and what is known beside it give.

    Where the name contradicts and is below even by itself, the fact that speaks loudest lifts it to even at most: no single fact
    outweighs another name, and it takes two.
    """
    weights = [Weight(kind="name", points=hit.match.points - start)]
    if hit.weak:
        weights.append(Weight(kind="weak_alias", points=weak_points(table)))
    by_name = hit.points(table)
    worth = [(one.fact, one.points) for one in compared]
    if worth and by_name < 0 and contradicts(hit.match):
        loudest = max(range(len(worth)), key=lambda at: worth[at][1])
        fact, points = worth[loudest]
        worth[loudest] = (fact, min(points, -by_name))
    weights += [Weight(kind=fact, points=points) for fact, points in worth]
    return Odds(start=start, weights=tuple(weights))


def prove(start: int, hit: Hit | None, compared: Iterable[Compared]) -> Odds:
    """Return the odds where a number is equal: whatever speaks against its bearer has no say, since numbers are stolen and lent."""
    name = max(hit.match.points - start, 0) if hit else 0
    said = [("identifier", PROOF), ("name", name), *((one.fact, one.points) for one in compared)]
    return Odds(start=start, weights=tuple(Weight(kind=kind, points=points) for kind, points in said if points > 0))


def contradicts(match: Match) -> bool:
    """Whether words are left over on both sides of a name: another name stands in the place of one."""
    return match.observed[Feature.CONTRADICTIONS] > 0
