"""Terms of law: by when something must be reported, counted in the working days of whoever set the term."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum

import msgspec


class Unit(Enum):
    """In what a term is counted."""

    AT_ONCE = "at_once"
    """Immediately, without delay, as soon as practicable: the same day."""
    WORKING_DAYS = "working_days"
    DAYS = "days"
    WEEKS = "weeks"


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """How long there is, from the day of the act."""

    unit: Unit
    count: int = 0
    says: str
    """The law's own words: `within 10 business days from the date that property becomes blocked`."""


def due(term: Term, on: date, calendar: str) -> date:
    """Return the last day of a term that begins with an act on a day; the day of the act is not counted."""
    raise NotImplementedError((term, on, calendar, timedelta(1)))
