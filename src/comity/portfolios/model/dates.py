"""Dates as people write them into files, read in one declared or proven order of day and month, and never guessed.

A column proves its order itself where one of its dates has a day beyond the twelfth. Where none has, a person says which it is.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Final

from babel import Locale

from comity.model.dates import DateMalformed, PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterable

LANGUAGES: Final = (
    "en",
    "fr",
    "de",
    "es",
    "it",
    "pt",
    "nl",
    "sv",
    "da",
    "nb",
    "fi",
    "pl",
    "cs",
    "tr",
    "ru",
    "uk",
    "ar",
)
"""Languages whose names of months are understood."""
EXCEL_EPOCH: Final = date(1899, 12, 30)
SERIALS: Final = range(3_654, 73_051)
"""Days that a spreadsheet counts from 1900 on: those of 1910 to 2099. A smaller whole number is no date."""
DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
FIGURES: Final = re.compile(r"(\d{1,4})\s*[./\-\s]\s*(\d{1,2})\s*[./\-\s]\s*(\d{1,4})")
MONTH_YEAR: Final = re.compile(r"(\d{1,2})\s*[./\-]\s*(\d{4})")
WORDED: Final = re.compile(
    r"(?:(\d{1,2})\.?(?:st|nd|rd|th|er|º)?\s*(?:de\s+)?)?([^\W\d]+)\.?,?\s*(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(?:de\s+)?(\d{4})"
)
CJK: Final = re.compile(r"(\d{4})\s*[年년]\s*(?:(\d{1,2})\s*[月월]\s*)?(?:(\d{1,2})\s*[日일])?")
COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
TIME: Final = re.compile(r"[T ]\d{1,2}:\d{2}.*$")
CENTURY: Final = 100
DAYS_OF_MONTH_MAX: Final = 12


class DateOrder(Enum):
    """Which comes first in a date of three figures that does not begin with the year."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


def order_of(texts: Iterable[str]) -> tuple[DateOrder | None, bool]:
    """Return the order that some dates prove, and whether any needs one.

    Raises `DateMalformed` where some prove the one and some the other.
    """
    proven: set[DateOrder] = set()
    needs = False
    for text in texts:
        found = FIGURES.fullmatch(_plain(text))
        if found is None or len(found[1]) == 4:  # noqa: PLR2004 - a year
            continue
        first, second = int(found[1]), int(found[2])
        needs = needs or first != second
        if first > DAYS_OF_MONTH_MAX:
            proven.add(DateOrder.DAY_FIRST)
        elif second > DAYS_OF_MONTH_MAX:
            proven.add(DateOrder.MONTH_FIRST)
    if len(proven) > 1:
        raise DateMalformed("Some dates have the day first and some the month.")
    return next(iter(proven), None), needs


def read(text: str, order: DateOrder | None) -> PartialDate:
    """Read one date. Raises `DateMalformed`, also where day and month cannot be told apart and no order is given."""
    plain = _plain(text)
    if found := FIGURES.fullmatch(plain):
        return _figures((found[1], found[2], found[3]), order)
    if (found := COMPACT.fullmatch(plain)) and 1 <= int(found[2]) <= DAYS_OF_MONTH_MAX:
        return PartialDate.of(int(found[1]), int(found[2]), int(found[3]))
    if found := CJK.fullmatch(plain):
        return PartialDate.of(int(found[1]), *(int(part) if part else None for part in (found[2], found[3])))
    if found := MONTH_YEAR.fullmatch(plain):
        return PartialDate.of(int(found[2]), int(found[1]))
    if plain.isdigit() and len(plain) == 5 and int(plain) in SERIALS:  # noqa: PLR2004 - a spreadsheet's days
        return PartialDate.parse(str(EXCEL_EPOCH + timedelta(days=int(plain))))
    if found := WORDED.fullmatch(plain):
        return _worded(found)
    return PartialDate.parse(plain)


def _plain(text: str) -> str:
    return TIME.sub("", " ".join(text.translate(DIGITS).split())).rstrip(".")


def _figures(figures: tuple[str, str, str], order: DateOrder | None) -> PartialDate:
    first, second, third = figures
    if len(first) == 4:  # noqa: PLR2004 - a year
        return PartialDate.of(int(first), int(second), int(third))
    if len(third) != 4:  # noqa: PLR2004
        raise DateMalformed("A year has four figures.")
    one, two = int(first), int(second)
    if one > DAYS_OF_MONTH_MAX or order is DateOrder.DAY_FIRST:
        return PartialDate.of(int(third), two, one)
    if two > DAYS_OF_MONTH_MAX or order is DateOrder.MONTH_FIRST or one == two:
        return PartialDate.of(int(third), one, two)
    raise DateMalformed("Day and month cannot be told apart.")


def _worded(found: re.Match[str]) -> PartialDate:
    month = _months().get(found[2].casefold())
    if month is None or (found[1] and found[3]):
        raise DateMalformed("There is no such month.")
    day = found[1] or found[3]
    return PartialDate.of(int(found[4]), month, int(day) if day else None)


@cache
def _months() -> dict[str, int]:
    """Return the number of each month by its names and abbreviations."""
    found: dict[str, int] = {}
    for language in LANGUAGES:
        months = Locale.parse(language).months
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[form][width].items():
                    found.setdefault(name.casefold().strip("."), number)
    return found
