"""Partial dates: the days that a date may mean, written and read, compared, and taken to FollowTheMoney."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from followthemoney.types import registry
from hypothesis import given
from hypothesis import strategies as st

from comity.model.dates import YEAR_MAX, YEAR_MIN, DateMalformed, PartialDate

days = st.dates(min_value=date(YEAR_MIN, 1, 1), max_value=date(YEAR_MAX, 12, 31))


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    """Draw a day, a month, a year, or a span between two of these; approximate or not."""
    one, other = sorted((draw(days), draw(days)))
    circa = draw(st.booleans())
    match draw(st.sampled_from(["day", "month", "year", "span"])):
        case "day":
            return PartialDate.of(one.year, one.month, one.day, circa=circa)
        case "month":
            return PartialDate.of(one.year, one.month, circa=circa)
        case "year":
            return PartialDate.of(one.year, circa=circa)
        case _:
            return PartialDate(one, other, circa)


@given(partial_dates())
def test_what_is_written_reads_to_the_same_days(when: PartialDate) -> None:
    assert PartialDate.parse(str(when)) == when


@given(partial_dates())
def test_writing_is_normal(when: PartialDate) -> None:
    assert str(PartialDate.parse(str(when))) == str(when)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1971", date(1971, 1, 1), date(1971, 12, 31)),
        ("1971-03", date(1971, 3, 1), date(1971, 3, 31)),
        ("1972-02", date(1972, 2, 1), date(1972, 2, 29)),
        ("1971-03-14", date(1971, 3, 14), date(1971, 3, 14)),
        ("1969/1972", date(1969, 1, 1), date(1972, 12, 31)),
        ("1969-05/1972-03-02", date(1969, 5, 1), date(1972, 3, 2)),
        (" 1971 ", date(1971, 1, 1), date(1971, 12, 31)),
    ],
)
def test_a_date_means_the_days_that_its_text_leaves_open(text: str, first: date, last: date) -> None:
    when = PartialDate.parse(text)
    assert (when.first, when.last, when.circa) == (first, last, False)


def test_circa_is_a_mark_and_no_other_day() -> None:
    assert PartialDate.parse("1971~") == PartialDate.of(1971, circa=True)
    assert str(PartialDate.of(1971, 3, circa=True)) == "1971-03~"


def test_a_span_that_fills_a_year_is_that_year() -> None:
    assert str(PartialDate(date(1971, 1, 1), date(1971, 12, 31))) == "1971"
    assert str(PartialDate(date(1971, 3, 1), date(1971, 3, 31))) == "1971-03"
    assert str(PartialDate(date(1971, 3, 1), date(1971, 4, 30))) == "1971-03/1971-04"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "71",
        "1971-13",
        "1971-02-30",
        "1971-3-4",
        "03/04/1971",
        "1972/1969",
        "1969/1971/1972",
        "0999",
        "3000",
        "-1971",
        "spring",
        "~",
        "1971/",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(DateMalformed):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    "parts", [(1971, None, 3), (1971, 0, None), (1971, 13, None), (1971, 2, 30), (999, None, None), (3000, None, None)]
)
def test_parts_that_are_no_date_are_refused(parts: tuple[int, int | None, int | None]) -> None:
    with pytest.raises(DateMalformed):
        PartialDate.of(*parts)


def test_a_span_never_ends_before_it_begins() -> None:
    with pytest.raises(DateMalformed):
        PartialDate(date(1972, 1, 1), date(1971, 1, 1))
    with pytest.raises(DateMalformed):
        PartialDate.between(PartialDate.of(1972), PartialDate.of(1970))


@given(partial_dates(), partial_dates())
def test_a_span_between_two_dates_holds_both(one: PartialDate, other: PartialDate) -> None:
    if one.first > other.last:
        one, other = other, one
    span = PartialDate.between(one, other)
    assert (span.first, span.last) == (one.first, other.last)
    assert span.circa == (one.circa or other.circa)


@given(partial_dates(), partial_dates())
def test_before_is_certain_or_cannot_tell(one: PartialDate, other: PartialDate) -> None:
    answer = one.before(other)
    if answer is True:
        assert one.last < other.first
        assert other.before(one) is False
    elif answer is False:
        assert one.first >= other.last
    else:
        assert one.first < other.last
        assert one.last >= other.first


@given(partial_dates(), partial_dates())
def test_agreement_is_mutual_and_every_date_agrees_with_itself(one: PartialDate, other: PartialDate) -> None:
    assert one.agrees(one)
    assert one.agrees(other) == other.agrees(one)


@given(partial_dates(), partial_dates())
def test_dates_that_share_a_day_agree_and_exact_ones_that_share_none_do_not(
    one: PartialDate, other: PartialDate
) -> None:
    overlap = one.first <= other.last and other.first <= one.last
    if overlap:
        assert one.agrees(other)
    elif not (one.circa or other.circa):
        assert not one.agrees(other)


@given(days, st.integers(2, 20))
def test_an_approximate_date_is_given_a_year_on_either_side_and_no_more(day: date, years: int) -> None:
    when = PartialDate.of(day.year, circa=True)
    if YEAR_MIN < day.year < YEAR_MAX:
        assert when.agrees(PartialDate.of(day.year + 1))
        assert when.agrees(PartialDate.of(day.year - 1))
    if day.year + years <= YEAR_MAX:
        assert not when.agrees(PartialDate.of(day.year + years))


@given(partial_dates())
def test_only_an_exact_day_is_a_day(when: PartialDate) -> None:
    assert when.is_day == (when.last - when.first == timedelta())
    assert (when.day is not None) == (when.is_day and not when.circa)


@given(partial_dates())
def test_followthemoney_takes_the_ends_of_every_date(when: PartialDate) -> None:
    ends = when.ftm()
    assert 1 <= len(ends) <= 2
    assert all(registry.date.validate(end) for end in ends)
    assert PartialDate.between(PartialDate.parse(ends[0]), PartialDate.parse(ends[-1])) == PartialDate(
        when.first, when.last
    )
