"""The two times of a page, and how an address carries them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.edge.problems import RequestInvalid
from comity.edge.times import Times, cleaned

DAYS = st.dates(date(1900, 1, 1), date(2999, 12, 31))
MINUTES = st.datetimes(datetime(1900, 1, 1), datetime(2999, 12, 31)).map(  # noqa: DTZ001 - made aware here
    lambda at: at.replace(second=0, microsecond=0, tzinfo=UTC)
)
TIMES = st.builds(Times, as_of=st.none() | DAYS, known_at=st.none() | MINUTES)


@given(TIMES)
def test_an_address_brings_back_the_times_that_it_carries(times: Times) -> None:
    carried = urlsplit(times.carried_by("/lists?source=qm#rows"))
    query = dict(parse_qsl(carried.query))
    assert Times.of(query) == times
    assert (query["source"], carried.fragment, carried.path) == ("qm", "rows", "/lists")


def test_nothing_said_is_now() -> None:
    assert Times.of({}).is_now
    assert Times.of({"as_of": "", "known_at": ""}).is_now
    assert Times.of({}).carried_by("/lists") == "/lists"


def test_a_form_that_leaves_a_time_empty_says_now() -> None:
    assert cleaned(b"source=qm&as_of=&known_at=&page=2") == b"source=qm&page=2"
    assert cleaned(b"as_of=2031-10-01&known_at=") == b"as_of=2031-10-01"
    assert cleaned(b"") == b""


def test_an_instant_without_a_zone_is_utc() -> None:
    assert Times.of({"known_at": "2031-10-03T09:00"}).known_at == datetime(2031, 10, 3, 9, tzinfo=UTC)


def test_an_instant_with_a_zone_is_moved_to_utc() -> None:
    assert Times.of({"known_at": "2031-10-03T11:00+02:00"}).marks == {"known_at": "2031-10-03T09:00Z"}


@pytest.mark.parametrize("query", [{"as_of": "yesterday"}, {"as_of": "2031-02-30"}, {"known_at": "nine o'clock"}])
def test_what_is_no_time_is_refused(query: dict[str, str]) -> None:
    with pytest.raises(RequestInvalid):
        Times.of(query)
