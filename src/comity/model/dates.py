"""Dates as lists know them: a day, a month, a year, a span of years, or about then.

A partial date is the set of days that it may mean. It is written in the forms of ISO 8601 and EDTF: `1971-03-14`, `1971-03`,
`1971`, `1969/1972`, and with a closing `~` where the list says "circa". It is never completed to the first of January.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

import msgspec

from comity.kit.errors import Invalid

YEAR_MIN, YEAR_MAX = 1000, 2999
"""Years outside are misprints: the oldest listed organisation is younger, and so is every living person."""

_PREFIX = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class DateMalformed(Invalid):
    """The text is not a day, month, year or span in ISO form."""

    code = "date.malformed"


class PartialDate(msgspec.Struct, frozen=True, order=True):
    """The days from `first` to `last`, both included; `circa` if the source says that it is approximate."""

    first: date
    last: date
    circa: bool = False

    def __post_init__(self) -> None:
        """Refuse a span that ends before it begins, or lies outside the years that make sense."""
        if self.last < self.first or self.first.year < YEAR_MIN or self.last.year > YEAR_MAX:
            raise DateMalformed(f"{self.first} to {self.last} is no span of days.")

    @classmethod
    def of(cls, year: int, month: int | None = None, day: int | None = None, *, circa: bool = False) -> PartialDate:
        """Make a year, a month or a day. Raises `DateMalformed`."""
        if not YEAR_MIN <= year <= YEAR_MAX or (day is not None and month is None):
            raise DateMalformed(f"{year}-{month}-{day} is no date.")
        try:
            first = date(year, 1 if month is None else month, 1 if day is None else day)
            last_month = 12 if month is None else month
            last_day = calendar.monthrange(year, last_month)[1] if day is None else day
            return cls(first, date(year, last_month, last_day), circa)
        except ValueError as error:
            raise DateMalformed(f"{year}-{month}-{day} is no date.") from error

    @classmethod
    def between(cls, start: PartialDate, end: PartialDate, *, circa: bool = False) -> PartialDate:
        """Make the span from the beginning of one date to the end of another."""
        return cls(start.first, end.last, circa or start.circa or end.circa)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read the written form. Raises `DateMalformed`."""
        body = text.strip()
        circa = body.endswith("~")
        ends = [_prefix(part) for part in body.removesuffix("~").split("/")]
        if len(ends) > 2:  # noqa: PLR2004 - a span has two ends
            raise DateMalformed(f"{text!r} is no date.")
        return cls(ends[0].first, ends[-1].last, circa)

    def __str__(self) -> str:
        """Write the shortest form that means the same days."""
        mark = "~" if self.circa else ""
        single = _shortest(self.first, self.last)
        return (single or f"{self._end(self.first, start=True)}/{self._end(self.last, start=False)}") + mark

    @staticmethod
    def _end(day: date, *, start: bool) -> str:
        opens = (1, 1) if start else (12, 31)
        if (day.month, day.day) == opens:
            return f"{day.year:04}"
        edge = 1 if start else calendar.monthrange(day.year, day.month)[1]
        return day.isoformat()[:7] if day.day == edge else day.isoformat()

    @property
    def is_day(self) -> bool:
        """Whether it means exactly one day."""
        return self.first == self.last

    @property
    def day(self) -> date | None:
        """The one day that it means, if it means one and is not approximate."""
        return self.first if self.is_day and not self.circa else None

    def before(self, other: PartialDate) -> bool | None:
        """Whether every day of this lies before every day of the other; None where the two overlap, so that one cannot tell."""
        if self.last < other.first:
            return True
        return False if self.first >= other.last else None

    def agrees(self, other: PartialDate) -> bool:
        """Whether the two could mean the same day; an approximate date is given a year on either side."""
        slack = 1 if self.circa or other.circa else 0
        if slack:
            return self.first.year - slack <= other.last.year and other.first.year - slack <= self.last.year
        return self.first <= other.last and other.first <= self.last

    def ftm(self) -> tuple[str, ...]:
        """Return the same as FollowTheMoney dates, which know prefixes but no spans: a span gives its two ends."""
        single = _shortest(self.first, self.last)
        return (single,) if single else (self._end(self.first, start=True), self._end(self.last, start=False))


def _prefix(text: str) -> PartialDate:
    match = _PREFIX.fullmatch(text.strip())
    if match is None:
        raise DateMalformed(f"{text!r} is no date.")
    year, month, day = (int(group) if group else None for group in match.groups())
    assert year is not None
    return PartialDate.of(year, month, day)


def _shortest(first: date, last: date) -> str | None:
    if first == last:
        return first.isoformat()
    if first.year != last.year:
        return None
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year:04}"
    whole_month = first.day == 1 and first.month == last.month
    return first.isoformat()[:7] if whole_month and last.day == calendar.monthrange(last.year, last.month)[1] else None
