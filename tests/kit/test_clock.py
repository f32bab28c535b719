"""Clocks tell aware instants in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.kit.clock import FakeClock, SystemClock

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
INSTANTS = st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1), timezones=ZONES)  # noqa: DTZ001


@given(INSTANTS)
def test_a_fake_clock_stands_at_the_same_instant_in_utc(at: datetime) -> None:
    clock = FakeClock(at)
    assert clock.now() == at
    assert clock.now().tzinfo is UTC
    assert clock.now() == clock.now()


@given(INSTANTS, st.lists(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=3_000)), max_size=5))
def test_it_moves_by_what_it_is_told(at: datetime, steps: list[timedelta]) -> None:
    clock = FakeClock(at)
    for step in steps:
        clock.advance(step)
    assert clock.now() - at == sum(steps, timedelta(0))


def test_it_needs_an_aware_instant_and_never_runs_backwards() -> None:
    with pytest.raises(ValueError, match="aware"):
        FakeClock(datetime(2031, 11, 21))  # noqa: DTZ001 - that is the fault
    with pytest.raises(ValueError, match="backwards"):
        FakeClock(datetime(2031, 11, 21, tzinfo=UTC)).advance(timedelta(microseconds=-1))


def test_the_machines_clock_is_aware_and_in_utc() -> None:
    assert SystemClock().now().tzinfo is UTC
