"""An answer's results as a page shows them: each kind of evidence with its weight, its lines, and the bar that draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from comity.matching.evidence import Effect
from comity.screening.model.answer import Result, Screened

if TYPE_CHECKING:
    from comity.matching.evidence import Evidence
    from comity.screening.model.answer import AnyAnswer

FACTS = frozenset(
    {"identifier", "weak_alias", "birth_date", "country", "gender", "address", "incorporated", "built", "vessel_type", "tonnage"}
)  # fmt: skip
"""Kinds of evidence that have a weight of their own; all other kinds are of the name."""
EQUAL = frozenset({"same_word", "identifier", "legal_form"})
BAR_POINTS = 8_000
"""Points that fill one half of a bar."""
HALF = 50.0


class Line(msgspec.Struct, frozen=True):
    """One piece of evidence with its relation: equal, near, differs or missing."""

    relation: str
    text: str


class Group(msgspec.Struct, frozen=True):
    """Everything of one kind, and what it weighs in natural-log odds."""

    kind: str
    weight: float
    lines: tuple[Line, ...]

    @property
    def bar(self) -> float:
        """How much of one half of a bar it fills, of 50."""
        return min(abs(self.weight) * 1000 / BAR_POINTS, 1) * HALF


class Weighed(msgspec.Struct, frozen=True):
    """A result with its evidence put together by kind."""

    result: Result
    start: float
    total: float
    groups: tuple[Group, ...]


def weighed(answer: AnyAnswer) -> tuple[Weighed, ...]:
    """Return the results of an answer, the likeliest first; those of a file stand in its own file."""
    return () if isinstance(answer, Screened) else tuple(map(_weighed, answer.results))


def _weighed(result: Result) -> Weighed:
    points = {one.kind: one.points for one in result.odds.weights}
    kinds = [*points, *(kind for kind in map(_kind, result.evidence) if kind not in points)]
    groups = tuple(
        Group(kind, points.get(kind, 0) / 1000, tuple(_line(one) for one in result.evidence if _kind(one) == kind))
        for kind in dict.fromkeys(kinds)
    )
    return Weighed(result, result.odds.start / 1000, result.odds.points / 1000, groups)


def _kind(one: Evidence) -> str:
    return one.kind if one.kind in FACTS else "name"


def _line(one: Evidence) -> Line:
    if one.effect is Effect.NEUTRAL:
        return Line("missing", one.text)
    if one.effect is Effect.AGAINST:
        return Line("differs", one.text)
    return Line("equal" if one.kind in EQUAL or "in both" in one.text else "near", one.text)
