"""By when something must be reported: in days, at once, or in the working days of whoever set the term."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.filtering.model.term import TARGET, Term, Unit, due, is_working
from support.law import REGIMES

TEN = Term(unit=Unit.WORKING_DAYS, count=10, says="within 10 business days")


@pytest.mark.parametrize(
    ("on", "calendar", "last"),
    [
        (date(2026, 3, 2), "", date(2026, 3, 16)),
        (date(2026, 6, 26), "US", date(2026, 7, 13)),  # Independence Day falls on a Saturday: Friday 3 July is off
        (date(2026, 11, 20), "US", date(2026, 12, 7)),  # Thanksgiving, 26 November
        (date(2026, 12, 18), "GB", date(2027, 1, 6)),  # Christmas; Boxing Day is moved to 28 December; New Year's Day
        (date(2026, 3, 27), TARGET, date(2026, 4, 14)),  # Good Friday and Easter Monday
        (date(2026, 4, 27), TARGET, date(2026, 5, 12)),  # 1 May
    ],
)
def test_ten_working_days_pass_over_weekends_and_holidays(on: date, calendar: str, last: date) -> None:
    assert due(TEN, on, calendar) == last


def test_days_are_counted_as_they_come() -> None:
    weeks = Term(unit=Unit.DAYS, count=14, says="within two weeks")
    assert due(weeks, date(2026, 12, 11), "US") == date(2026, 12, 25)


def test_at_once_is_the_same_day_even_on_a_sunday() -> None:
    now = Term(unit=Unit.AT_ONCE, says="without delay")
    assert due(now, date(2026, 3, 1), "GB") == date(2026, 3, 1)


@given(
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    st.sampled_from(("", TARGET, "US", "GB", "CH", "CA", "AU", "JP")),
    st.integers(1, 15),
)
def test_a_term_ends_on_a_working_day_with_as_many_before_it(on: date, calendar: str, count: int) -> None:
    last = due(Term(unit=Unit.WORKING_DAYS, count=count, says="in time"), on, calendar)
    days = [on + timedelta(days=one) for one in range(1, (last - on).days + 1)]
    assert is_working(last, calendar)
    assert sum(is_working(one, calendar) for one in days) == count


def test_every_regime_counts_in_a_calendar_that_is_known() -> None:
    for regime in REGIMES.values():
        assert is_working(date(2026, 3, 3), regime.calendar)
