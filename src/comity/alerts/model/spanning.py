"""Statistics by day, week or month, and as a table."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Final

from comity.alerts.model.asking import Day

if TYPE_CHECKING:
    from collections.abc import Iterable

COUNTED: Final = ("opened", "reopened", "decided", "carried", "spared", "closed")
"""The figures of a `Day`, in the order of a table."""


class Span(Enum):
    """How long each line of a statistic is."""

    DAY = "day"
    WEEK = "week"
    """From Monday, as ISO 8601 has it."""
    MONTH = "month"

    def first(self, on: date) -> date:
        """Return the first day of the span in which a day lies."""
        match self:
            case Span.DAY:
                return on
            case Span.WEEK:
                return on - timedelta(days=on.weekday())
            case Span.MONTH:
                return on.replace(day=1)


def by_span(days: Iterable[Day], span: Span) -> tuple[Day, ...]:
    """Return days put together by week or month, each under its first day; the first before others."""
    together: dict[date, Counter[str]] = defaultdict(Counter)
    for one in days:
        together[span.first(one.on)].update({name: getattr(one, name) for name in COUNTED})
    return tuple(Day(on=on, **counts) for on, counts in sorted(together.items()))


def table(days: Iterable[Day]) -> str:
    """Return days, weeks or months as CSV with a header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("since", *COUNTED))
    for one in days:
        writer.writerow((one.on.isoformat(), *(getattr(one, name) for name in COUNTED)))
    return out.getvalue()
