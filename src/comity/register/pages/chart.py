"""Listings over time as a drawing: one lane per designation, geometry in numbers, so that schemes, print and policy all work."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from comity.model.designation import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.register.model.profile import Designation

LEFT, RIGHT, WIDTH = 130.0, 846.0, 880
"""Where time begins and ends on the drawing, in its own units, and how wide it is."""
TOP, LANE = 34, 36
"""Where the first lane begins, and how high one is."""
YEARS_MAX = 12
"""Year marks that fit; with more years only every second, fifth or tenth is marked."""


class Bar(msgspec.Struct, frozen=True):
    """One interval on a lane."""

    x: float
    width: float
    state: State


class Lane(msgspec.Struct, frozen=True, kw_only=True):
    """One designation."""

    y: int
    code: str
    programme: str
    bars: tuple[Bar, ...]
    notches: tuple[float, ...]
    """Where the list says that the entry was amended."""


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """The whole drawing."""

    height: int
    lanes: tuple[Lane, ...]
    years: tuple[tuple[float, int], ...]
    now: float


def draw(
    designations: Sequence[Designation], amended: dict[tuple[str, str], list[date]], today: date
) -> Drawing | None:
    """Draw the designations of an entity; nothing is drawn where no list knows a date."""
    days = [
        day for one in designations for interval in one.intervals for day in (interval.since, interval.until) if day
    ]
    if not days:
        return None
    first = date(min(*days, today).year, 1, 1)
    last = date(max(*days, today).year + 1, 1, 1)

    def x(day: date | None, otherwise: date) -> float:
        share = ((day or otherwise) - first).days / max((last - first).days, 1)
        return round(LEFT + share * (RIGHT - LEFT), 1)

    lanes = []
    for number, one in enumerate(designations):
        bars = tuple(
            Bar(x(interval.since, first), max(x(interval.until, today) - x(interval.since, first), 1.5), interval.state)
            for interval in one.intervals
            if interval.state is not State.NOT_LISTED
            and (interval.since is not None or interval.state is not State.UNKNOWN)
        )
        notches = tuple(
            x(day, first) for day in amended.get((one.entity_id, one.programme), []) if first <= day <= today
        )
        lanes.append(Lane(y=TOP + number * LANE, code=one.code, programme=one.programme, bars=bars, notches=notches))
    return Drawing(
        height=TOP + len(lanes) * LANE + 20, lanes=tuple(lanes), years=_years(first, last, x), now=x(today, first)
    )


def _years(first: date, last: date, x: object) -> tuple[tuple[float, int], ...]:
    assert callable(x)
    span = last.year - first.year
    step = next((step for step in (1, 2, 5, 10) if span / step <= YEARS_MAX), 20)
    return tuple(
        (x(date(year, 1, 1), first), year) for year in range(first.year, last.year) if (year - first.year) % step == 0
    )
