"""Dates, numbers and identifiers, as each language writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.edge import formats, i18n
from comity.model.dates import PartialDate

NOW = datetime(2031, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    i18n.speak(i18n.ENGLISH)
    yield
    i18n.speak(i18n.ENGLISH)


@pytest.mark.parametrize(("code", "written"), [("en", "21 Nov 2031"), ("fr", "21 nov. 2031"), ("ar", "21 نوفمبر 2031")])
def test_a_day_is_written_in_the_readers_language_with_western_digits(code: str, written: str) -> None:
    i18n.speak(i18n.LANGUAGES[code])
    assert formats.day(date(2031, 11, 21)) == f'<time datetime="2031-11-21">{written}</time>'


def test_an_instant_says_its_zone() -> None:
    assert formats.instant_text(datetime(2031, 11, 21, 6, 12, 59, tzinfo=UTC)) == "21 Nov 2031, 06:12 UTC"


def test_the_year_is_left_out_only_where_it_is_this_year() -> None:
    assert formats.day_soon(date(2031, 11, 18), NOW.date()).striptags() == "18 Nov"
    assert formats.day_soon(date(2030, 11, 18), NOW.date()).striptags() == "18 Nov 2030"


@pytest.mark.parametrize(
    ("written", "shown", "machine"),
    [
        ("1971", "1971", "1971"),
        ("1971-03", "Mar 1971", "1971-03"),
        ("1971-03-14", "14 Mar 1971", "1971-03-14"),
        ("1971~", "c. 1971", "1971"),
        ("1969/1972", "between 1969 and 1972", None),
        ("1969/1972~", "c. between 1969 and 1972", None),
    ],
)
def test_a_partial_date_stays_partial(written: str, shown: str, machine: str | None) -> None:
    found = formats.partial_date(PartialDate.parse(written))
    assert found.striptags() == shown
    assert (f'datetime="{machine}"' in found) is (machine is not None)


def test_numbers_are_grouped_and_have_a_true_minus() -> None:
    assert formats.number(1208) == "1,208"
    assert formats.number(-412) == "\N{MINUS SIGN}412"
    assert formats.percent(0.3411) == "34.1\N{NO-BREAK SPACE}%"
    i18n.speak(i18n.LANGUAGES["ar"])
    assert formats.number(1208) == "1,208"


@given(st.integers(-(10**12), 10**12))
def test_a_number_can_be_read_back(value: int) -> None:
    assert int(formats.number(value).replace(",", "").replace("\N{MINUS SIGN}", "-")) == value


def test_a_distance_says_its_side() -> None:
    assert formats.ago(NOW - timedelta(hours=2), NOW).striptags() == "2 hours ago"
    assert formats.ago(NOW + timedelta(days=1), NOW).striptags() == "in 1 day"
    assert formats.ago(NOW, NOW).striptags() == "just now"
    assert formats.apart(NOW - timedelta(minutes=4), NOW) == "4 minutes"


def test_a_digest_is_shortened_to_two_groups() -> None:
    assert formats.digest_short("7f3ac20e" + "0" * 56) == "7f3a·c20e"


@pytest.mark.parametrize("code", sorted(i18n.LANGUAGES))
@pytest.mark.parametrize("words", [["one"], ["one", "two"], ["one", "two", "three"], ["one", "two", "three", "four"]])
def test_each_word_of_a_row_is_written_once(code: str, words: list[str]) -> None:
    i18n.speak(i18n.LANGUAGES[code])
    assert re.findall("one|two|three|four", formats.listed(words)) == words


def test_a_country_is_named_and_an_invented_one_stands_for_itself() -> None:
    assert formats.country("ch") == "Switzerland"
    assert formats.country("QM") == "QM"
    i18n.speak(i18n.LANGUAGES["fr"])
    assert formats.country("CH") == "Suisse"
