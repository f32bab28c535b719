"""Terms of law: by when something must be reported, counted in the working days of whoever set the term."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from holidays import HolidayBase

SATURDAY: Final = 5
TARGET: Final = "TARGET"
"""The calendar of the euro's settlement (Guideline (EU) 2022/912): TARGET closing days."""


class Unit(Enum):
    """In what a term is counted."""

    AT_ONCE = "at_once"
    """Immediately, without delay, as soon as practicable: the same day."""
    WORKING_DAYS = "working_days"
    DAYS = "days"


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """How long there is, from the day of the act."""

    unit: Unit
    count: int = 0
    says: str
    """The law's own words."""


def due(term: Term, on: date, calendar: str) -> date:
    """Return the last day of a term that begins with an act on a day, which is not counted itself.

    `calendar` says whose holidays count: a country of ISO 3166, `TARGET`, or nothing for none. A term in days ends on the day
    itself even if that is a holiday: only the law can prolong it.
    """
    if term.unit is not Unit.WORKING_DAYS:
        return on + timedelta(days=term.count)
    day, left = on, term.count
    while left:
        day += timedelta(days=1)
        left -= is_working(day, calendar)
    return day


def is_working(day: date, calendar: str) -> bool:
    """Say whether offices work on a day: not at the weekend, and not on a public holiday."""
    return day.weekday() < SATURDAY and day not in _holidays(calendar, day.year)


@lru_cache(maxsize=64)
def _holidays(calendar: str, year: int) -> HolidayBase | frozenset[date]:
    if not calendar:
        return frozenset()
    import holidays  # noqa: PLC0415 - a tenth of a second, for whoever owes a report

    if calendar == TARGET:
        return holidays.financial_holidays("XECB", years=year)
    return holidays.country_holidays(calendar, years=year, subdiv="ENG" if calendar == "GB" else None)
