"""Listings over time as a drawing: one lane per designation, geometry in numbers, so that schemes, print and policy all work."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from comity.model.designation import State

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from comity.register.model.profile import Designation

LEFT, RIGHT, WIDTH = 200.0, 846.0, 880
"""Where time begins and ends on the drawing, in its own units, and how wide it is."""
TOP, LANE = 34, 36
"""Where the first lane begins, and how high one is."""
YEARS_MAX = 12
"""Year marks that fit; with more years only every second, fifth or tenth is marked."""
BAR_MIN = 1.5
"""How wide the shortest interval is drawn, so that it is seen."""
LABEL_ROOM = 130
"""How much room a date needs behind a bar."""


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
    is_aggregated: bool
    bars: tuple[Bar, ...]
    notches: tuple[float, ...]
    """Where the list says that the entry was amended."""
    ended: tuple[float, date] | None
    """Where and when it was delisted, if there is room to say it."""


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """The whole drawing."""

    width: int = WIDTH
    left: float = LEFT
    right: float = RIGHT
    height: int
    lanes: tuple[Lane, ...]
    years: tuple[tuple[float, int], ...]
    now: float
    asked: float | None
    """The day asked for, where that is not today."""


def draw(
    designations: Sequence[Designation], amended: Mapping[tuple[str, str], list[date]], today: date, as_of: date
) -> Drawing | None:
    """Draw the designations of an entity, in the order given; nothing is drawn where no list knows a date."""
    days = [
        day for one in designations for interval in one.intervals for day in (interval.since, interval.until) if day
    ]
    if not days:
        return None
    first = date(min(*days, today).year, 1, 1)
    last = date(max(*days, today).year + 1, 1, 1)

    def x(day: date | None, otherwise: date) -> float:
        share = (min(max(day or otherwise, first), last) - first).days / max((last - first).days, 1)
        return round(LEFT + share * (RIGHT - LEFT), 1)

    lanes = tuple(
        _lane(number, one, amended.get((one.entity_id, one.programme), []), (first, today), x)
        for number, one in enumerate(designations)
    )
    return Drawing(
        height=TOP + len(lanes) * LANE + 20,
        lanes=lanes,
        years=_years(first, last, x),
        now=x(today, first),
        asked=x(as_of, first) if as_of != today else None,
    )


def _lane(
    number: int,
    one: Designation,
    amended: Sequence[date],
    ends: tuple[date, date],
    x: Callable[[date | None, date], float],
) -> Lane:
    first, today = ends
    bars = tuple(
        Bar(x(interval.since, first), max(x(interval.until, today) - x(interval.since, first), BAR_MIN), interval.state)
        for interval in one.intervals
        if interval.state is not State.NOT_LISTED
    )
    last = one.intervals[-1] if one.intervals else None
    gone = last.since if last is not None and last.state is State.NOT_LISTED else None
    has_room = gone is not None and x(gone, first) < RIGHT - LABEL_ROOM
    return Lane(
        y=TOP + number * LANE,
        code=one.code,
        programme=one.programme,
        is_aggregated=one.is_aggregated,
        bars=bars,
        notches=tuple(x(day, first) for day in amended if first <= day <= today),
        ended=(x(gone, first), gone) if gone is not None and has_room else None,
    )


def _years(first: date, last: date, x: Callable[[date | None, date], float]) -> tuple[tuple[float, int], ...]:
    span = last.year - first.year
    step = next((step for step in (1, 2, 5, 10) if span / step <= YEARS_MAX), 20)
    return tuple((x(date(year, 1, 1), first), year) for year in range(first.year, last.year) if year % step == 0)
