"""How dates, numbers and identifiers are written for this reader: `21 Nov 2031`, `1,208`, `7f3a·c20e`.

Times of day are in UTC and say so. Digits are western in every language, so that figures compare across a table. What has a
machine value carries it in a `<time>` element.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

from babel.dates import format_date, format_timedelta
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit
from markupsafe import Markup

from comity.edge.i18n import gettext as _
from comity.edge.i18n import locale
from comity.model.dates import DateMalformed, PartialDate

if TYPE_CHECKING:
    from collections.abc import Sequence

DAY: Final = "d MMM y"
DAY_OF_YEAR: Final = "d MMM"
MONTH: Final = "MMM y"
MOMENT: Final = timedelta(minutes=1)
"""What is nearer than this is now."""
ASSIGNED_BY_USERS: Final = re.compile("Q[M-Z]")
"""Codes that ISO 3166-1 leaves to whoever needs one; CLDR has its own use for some."""
KILOBYTE: Final = 1_000
MEGABYTE: Final = 1_000_000
PAIR: Final = 2
"""CLDR has no comma between two words of Arabic, which then stand with an "and"."""
SHORT_DIGITS: Final = 8
"""Characters of a digest that are shown; the whole is one press away."""


def day_text(value: date) -> str:
    """Write a day as plain text: 21 Nov 2031."""
    return format_date(value, DAY, locale())


def instant_text(value: datetime) -> str:
    """Write an instant as plain text, to the minute: 21 Nov 2031, 06:12 UTC."""
    at = value.astimezone(UTC)
    return _("%(day)s, %(time)s UTC") % {"day": day_text(at.date()), "time": f"{at:%H:%M}"}


def day(value: date) -> Markup:
    """Write a day."""
    return _time(value.isoformat(), day_text(value))


def instant(value: datetime) -> Markup:
    """Write an instant, to the minute."""
    return _time(_machine(value), instant_text(value))


def clock(value: datetime) -> Markup:
    """Write the time of day alone, where the day stands beside it: 06:12."""
    return _time(_machine(value), f"{value.astimezone(UTC):%H:%M}")


def day_soon(value: date, today: date) -> Markup:
    """Write a day, without the year where that is this year: 18 Nov."""
    pattern = DAY_OF_YEAR if value.year == today.year else DAY
    return _time(value.isoformat(), format_date(value, pattern, locale()))


def apart(value: datetime, now: datetime) -> str:
    """Write how long lies between two instants: 4 minutes, 2 days."""
    return format_timedelta(abs(value - now), locale=locale(), threshold=1)


def ago(value: datetime, now: datetime) -> Markup:
    """Write how far an instant lies from another, and on which side: 4 minutes ago, in 2 hours."""
    words = format_timedelta(value - now, add_direction=True, locale=locale(), threshold=1)
    if abs(value - now) < MOMENT:
        words = _("just now")
    return Markup('<time datetime="{}" title="{}">{}</time>').format(_machine(value), instant_text(value), words)


def partial_date(value: PartialDate) -> Markup:
    """Write a partial date as partial as it is: 1971, c. 1971, Mar 1971, between 1969 and 1972."""
    machine = str(value).removesuffix("~")
    if "/" in machine:
        first, last = (_prefix_text(part) for part in machine.split("/"))
        words: str | Markup = _("between %(first)s and %(last)s") % {"first": first, "last": last}
        shown = Markup('<span class="nowrap">{}</span>').format(words)
    else:
        shown = _time(machine, _prefix_text(machine))
    return _around(_("c. %(date)s"), shown) if value.circa else shown


def edtf(value: str) -> Markup | str:
    """Write a date as a list states it, whatever its form; what is no date stands as it is."""
    try:
        return partial_date(PartialDate.parse(value))
    except DateMalformed:
        return value


def number(value: float) -> str:
    """Write a number exactly, grouped as the reader groups, with a true minus: 1,208."""
    return format_decimal(value, locale=locale(), numbering_system="latn").replace("-", "\N{MINUS SIGN}")


def percent(value: float) -> str:
    """Write a share, which is 1 at the whole, to one decimal at most: 34.1 %."""
    written = format_percent(round(value, 3), "#,##0.#%", locale=locale(), numbering_system="latn")
    return written.replace("%", "\N{NO-BREAK SPACE}%").replace("-", "\N{MINUS SIGN}")


def size(count: int) -> str:
    """Write a number of bytes as people speak of files, in powers of ten: 812 kB, 1.9 MB, 1,9 Mo."""
    unit, divisor = ("megabyte", MEGABYTE) if count >= MEGABYTE else ("kilobyte", KILOBYTE)
    return format_unit(
        round(count / divisor, 1), f"digital-{unit}", length="short", locale=locale(), numbering_system="latn"
    )


def digest_short(value: str) -> str:
    """Write the first eight characters of a digest in two groups: 7f3a·c20e."""
    half = SHORT_DIGITS // 2
    return f"{value[:half]}\N{MIDDLE DOT}{value[half:SHORT_DIGITS]}"


def listed(values: Sequence[str]) -> str:
    """Write several words in a row, with the reader's own comma: a, b, c."""
    words = [str(value) for value in values]
    style: Literal["standard", "unit"] = "standard" if len(words) == PAIR and locale().language == "ar" else "unit"
    return format_list(words, style=style, locale=locale())


def country(code: str) -> str:
    """Write a country's name from its ISO 3166-1 alpha-2 code; an unknown or user-assigned code stands for itself."""
    written = code.upper()
    name: str = written if ASSIGNED_BY_USERS.fullmatch(written) else locale().territories.get(written, written)
    return name


def _around(sentence: str, inner: Markup) -> Markup:
    before, _mark, after = sentence.partition("%(date)s")
    return Markup("{}{}{}").format(before, inner, after)


def _prefix_text(machine: str) -> str:
    year, month, day_ = (int(part) if part else 0 for part in (*machine.split("-"), "", "")[:3])
    if day_:
        return day_text(date(year, month, day_))
    return format_date(date(year, month, 1), MONTH, locale()) if month else str(year)


def _machine(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _time(machine: str, words: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(machine, words)
