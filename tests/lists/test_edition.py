"""Editions: their order, their fingerprint, and when one must wait for a person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.lists.model import Counts, EditionChange, Expect, Head, edition_id, edition_key, fingerprint, judge

instants = st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - given UTC
hashes = st.text("0123456789abcdef", min_size=64, max_size=64)
files = st.dictionaries(
    st.text(st.characters(codec="utf-8", exclude_characters="\n"), min_size=1, max_size=8), hashes, max_size=4
)

EXPECT = Expect(designations=(100, 1_000), removed_at_once_max=0.05, removed_per_month_max=0.02)


def reasons(
    designations: int = 500, *, count: int | None = None, change: EditionChange | None = None, **oddities: int
) -> tuple[str, ...]:
    return judge(EXPECT, Head(count=count), Counts(designations=designations), change or EditionChange(), oddities)


@given(instants, hashes, instants, hashes)
def test_text_order_is_order_of_publication_and_then_of_hash(
    one: datetime, sha: str, other: datetime, sha2: str
) -> None:
    left, right = edition_key(one, sha), edition_key(other, sha2)
    if one != other:
        assert (left < right) == (one < other)
    elif sha[:12] != sha2[:12]:
        assert (left < right) == (sha < sha2)


@given(instants, hashes, st.integers(-12, 12))
def test_the_time_zone_in_which_an_instant_is_told_changes_nothing(at: datetime, sha: str, hours: int) -> None:
    elsewhere = at.astimezone(timezone(timedelta(hours=hours)))
    assert edition_key(elsewhere, sha) == edition_key(at, sha)
    assert edition_id("qm_list", elsewhere, sha) == edition_id("qm_list", at, sha)


def test_an_edition_is_known_by_its_list_its_day_and_its_hash() -> None:
    evening = datetime(2031, 11, 20, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert edition_id("qm_list", evening, "7f3ac20e" + "0" * 56) == "qm_list@2031-11-21.7f3ac20e"


@given(files)
def test_the_order_of_files_does_not_change_their_fingerprint(some: dict[str, str]) -> None:
    assert fingerprint(dict(reversed(some.items()))) == fingerprint(some)


@given(files, files)
def test_other_files_have_another_fingerprint(some: dict[str, str], others: dict[str, str]) -> None:
    assert (fingerprint(some) == fingerprint(others)) == (some == others)


def test_a_sound_edition_need_not_wait() -> None:
    assert reasons() == ()
    assert reasons(count=500) == ()
    assert reasons(100) == reasons(1_000) == ()


def test_a_count_that_is_not_met_is_a_reason() -> None:
    assert reasons(count=501) == ("It says that it holds 501 records and holds 500.",)


@pytest.mark.parametrize("designations", [0, 99, 1_001])
def test_a_size_that_the_list_never_has_is_a_reason(designations: int) -> None:
    (reason,) = reasons(designations)
    assert reason == f"It holds {designations:,} records; this list holds between 100 and 1,000."


@pytest.mark.parametrize(
    ("removed", "days", "waits"),
    [
        (25, 0, False),
        (26, 0, True),
        (35, 30, False),
        (36, 30, True),
        (145, 360, False),
        (146, 360, True),
        (500, 30, True),
    ],
)
def test_what_may_vanish_grows_with_the_time_between_two_editions(removed: int, days: float, waits: bool) -> None:  # noqa: FBT001 - a table
    change = EditionChange(earlier_id="qm_list@2031-01-01.0", days=days, earlier_count=500, removed=removed)
    assert bool(reasons(change=change)) == waits


def test_half_a_list_that_vanishes_is_said_in_numbers() -> None:
    change = EditionChange(days=3.2, earlier_count=1_000, removed=500)
    (reason,) = reasons(change=change)
    assert reason == "It removes 500 of 1,000 records (50.0%) within 3 days; up to 5.2% is usual."
    (reason,) = reasons(change=EditionChange(days=1, earlier_count=1_000, removed=500))
    assert " within a day;" in reason


@pytest.mark.parametrize(
    ("before", "now", "days", "waits"),
    [
        ({"aliases": 100}, {"aliases": 95}, 0, False),
        ({"aliases": 100}, {"aliases": 94}, 0, True),
        ({"aliases": 100}, {"aliases": 94}, 30, False),
        ({"aliases": 100}, {}, 0, False),  # an edition without a part says nothing of it
        ({"aliases": 100}, {"aliases": 0}, 0, True),
        ({"overflow": 12}, {"overflow": 8}, 0, False),  # too few to tell
        ({}, {"aliases": 1}, 0, False),
        ({"entry": 100, "aliases": 100}, {"entry": 100, "aliases": 60}, 0, True),
    ],
)
def test_a_part_that_says_much_less_than_before_is_a_reason(
    before: dict[str, int],
    now: dict[str, int],
    days: float,
    waits: bool,  # noqa: FBT001 - a table
) -> None:
    change = EditionChange(days=days, earlier_count=500, earlier_parts=before)
    found = judge(EXPECT, Head(), Counts(designations=500, parts=now), change, {})
    assert bool(found) == waits


def test_what_went_with_its_record_is_not_told_twice() -> None:
    change = EditionChange(days=300, earlier_count=500, removed=100, earlier_parts={"aliases": 1_000})
    assert judge(EXPECT, Head(), Counts(designations=400, parts={"aliases": 800}), change, {}) == ()
    (reason,) = judge(EXPECT, Head(), Counts(designations=400, parts={"aliases": 400}), change, {})
    assert reason == "It makes 400 statements in its aliases, where the edition before made 1,000."


def test_what_a_part_lost_is_said_in_numbers() -> None:
    change = EditionChange(earlier_count=500, earlier_parts={"aliases": 1_200})
    assert judge(EXPECT, Head(), Counts(designations=500, parts={"aliases": 700}), change, {}) == (
        "It makes 700 statements in its aliases, where the edition before made 1,200.",
    )


def test_the_first_edition_of_a_list_removes_nothing() -> None:
    assert reasons(change=EditionChange(removed=400)) == ()


def test_every_unknown_value_is_a_reason_in_order() -> None:
    assert reasons(**{"QUALITY=b": 2, "QUALITY=a": 1_000}) == (
        "It holds 1,000 times an unknown value: QUALITY=a.",
        "It holds 2 times an unknown value: QUALITY=b.",
    )


@given(st.integers(0, 2_000), st.integers(0, 2_000), st.floats(0, 5_000), st.floats(0, 5_000))
def test_waiting_longer_never_makes_a_removal_stranger(earlier: int, removed: int, days: float, more: float) -> None:
    def waits(after: float) -> bool:
        return bool(reasons(change=EditionChange(days=after, earlier_count=earlier, removed=removed)))

    assert not waits(days + more) or waits(days)
