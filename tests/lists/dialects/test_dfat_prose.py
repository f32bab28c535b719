"""Dates as the Australian department writes them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.catalogue.dialects import dfat_prose
from comity.model.dates import DateMalformed


@pytest.mark.parametrize(
    ("cell", "dates"),
    [
        ("13/06/1961, Approximately 1963", ["1961-06-13", "1963~"]),
        ("a) 5/12/1970 b) 1969", ["1970-12-05", "1969"]),
        ("Approximately: Between 1972 and 1975", ["1972/1975~"]),
        ("1945, 1946, 1947", ["1945", "1946", "1947"]),
        ("03/1955", ["1955-03"]),
        ("12 April 1965", ["1965-04-12"]),
        ("5 Feb. 1970 and 7 Feb 1971", ["1970-02-05", "1971-02-07"]),
        ("1970-1973", ["1970/1973"]),
        ("1960 to 1966", ["1960/1966"]),
        ("March 16, 1972", ["1972-03-16"]),
        ("Approximately 1968\n 28/08/1965", ["1968~", "1965-08-28"]),
        ("14/04/1970 14/04/1971", ["1970-04-14", "1971-04-14"]),
        ("24/08/1962\u00a0", ["1962-08-24"]),
        ("1973-11", ["1973-11"]),
        ("between 10 May 1960 and June 1962", ["1960-05-10/1962-06"]),
    ],
)
def test_births_are_read_in_all_spellings(cell: str, dates: list[str]) -> None:
    found, unread = dfat_prose.births(cell)
    assert [str(one) for one in found] == dates
    assert unread == []


@pytest.mark.parametrize("cell", ["1980.1981", "10/061962", "31/02/1960", "07/04/62", "Aug."])
def test_what_is_misprinted_is_handed_back(cell: str) -> None:
    assert dfat_prose.births(cell) == ([], [cell])


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_day_comes_first(day: date) -> None:
    for text in (f"{day.day}/{day.month}/{day.year}", f"{day.day:02}/{day.month:02}/{day.year}", day.isoformat()):
        assert dfat_prose.day(text).day == day


def test_a_day_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(DateMalformed):
        dfat_prose.day("soon")


@pytest.mark.parametrize(
    ("account", "listed", "amended"),
    [
        ("Listed on 25 Jan. 2001 (amended on 3 Sep. 2003, 18 Jul. 2007)", "2001-01-25", ["2003-09-03", "2007-07-18"]),
        ("Listed on: 17 Oct. 2001", "2001-10-17", []),
        (
            "Designated under the Autonomous Sanctions Regulations 2011 on 2 March 2012. Formerly listed",
            "2012-03-02",
            [],
        ),
        ("28 Jan. 2003 (amended on 2 Jul. 2007)", "2003-01-28", ["2007-07-02"]),
        ("Relisted on 4 May 2010. Originally listed on 5 June 2001", "2001-06-05", []),
        ("List 2001 (updated on 5 Aug. 2004)", None, ["2004-08-05"]),
        ("Autonomous Sanctions (Quamaria) List 2012", None, []),
    ],
)
def test_only_the_day_of_listing_is_one(account: str, listed: str | None, amended: list[str]) -> None:
    found, later = dfat_prose.listing(account)
    assert (str(found) if found else None) == listed
    assert [str(one) for one in later] == amended


def test_an_enumeration_is_split_and_a_semicolon_is_not() -> None:
    assert dfat_prose.several("a) 1 Quay Road; back door b) Arica  c) ") == ["1 Quay Road; back door", "Arica"]
    assert dfat_prose.several("Bergen (Norway)") == ["Bergen (Norway)"]
