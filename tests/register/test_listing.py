"""When a designation stood: what editions, the list's own dates and acts make of every day. It is law, so it is spelt out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.model.dates import PartialDate
from comity.model.designation import Act, ActKind, State
from comity.register.model.listing import Interval, Sighting, contradiction, intervals, removed_on, state_on

DAY = timedelta(days=1)
ON = {State.LISTED, State.SUSPENDED, State.ANNULLED}


def seen(on: str, *, listed: str = "", delisted: str = "") -> Sighting:
    """An edition that holds the entry."""
    dates = (PartialDate.parse(listed) if listed else None, PartialDate.parse(delisted) if delisted else None)
    return Sighting(date.fromisoformat(on), f"ed {on}", True, *dates)


def absent(on: str) -> Sighting:
    """An edition that lacks the entry."""
    return Sighting(date.fromisoformat(on), f"ed {on}", False)


def act(kind: str, on: str) -> Act:
    return Act(kind=ActKind(kind), on=date.fromisoformat(on), citation=f"{kind} {on}")


def told(history: Sequence[Interval]) -> str:
    """Write a history as `state until-day state until-day … state`."""
    words: list[str] = []
    for one in history:
        words.append({"not_listed": "off", "unknown": "?"}.get(one.state.value, one.state.value))
        if one.until is not None:
            words.append(one.until.isoformat()[2:])
    return " ".join(words)


HOLDS, LACKS = seen("2031-01-10"), absent("2031-01-10")
HOLDS_LATER, LACKS_LATER = seen("2031-03-20"), absent("2031-03-20")


@pytest.mark.parametrize(
    ("sightings", "acts", "history"),
    [
        # Editions alone.
        ([], [], ""),
        ([HOLDS], [], "? 31-01-10 listed"),
        ([LACKS], [], "? 31-01-10 off"),
        ([HOLDS, HOLDS_LATER], [], "? 31-01-10 listed"),
        ([LACKS, LACKS_LATER], [], "? 31-01-10 off"),
        ([HOLDS, LACKS_LATER], [], "? 31-01-10 listed 31-01-11 ? 31-03-20 off"),
        ([LACKS, HOLDS_LATER], [], "? 31-01-10 off 31-01-11 ? 31-03-20 listed"),
        ([HOLDS, absent("2031-01-11")], [], "? 31-01-10 listed 31-01-11 off"),
        ([LACKS, seen("2031-01-11")], [], "? 31-01-10 off 31-01-11 listed"),
        (
            [HOLDS, LACKS_LATER, seen("2031-06-01")],
            [],
            "? 31-01-10 listed 31-01-11 ? 31-03-20 off 31-03-21 ? 31-06-01 listed",
        ),
        # Of several editions on one day the last counts for the whole day.
        ([HOLDS, LACKS], [], "? 31-01-10 off"),
        ([LACKS, HOLDS], [], "? 31-01-10 listed"),
        ([HOLDS, LACKS, HOLDS, HOLDS_LATER], [], "? 31-01-10 listed"),
        # The list's own date of listing.
        ([seen("2031-01-10", listed="2029-05-01")], [], "off 29-05-01 listed"),
        ([seen("2031-01-10", listed="2031-01-10")], [], "off 31-01-10 listed"),
        ([seen("2031-01-10", listed="2031-02-01")], [], "? 31-01-10 listed"),
        ([LACKS, seen("2031-03-20", listed="2031-02-01")], [], "off 31-02-01 listed"),
        ([LACKS, seen("2031-03-20", listed="2031-01-10")], [], "off 31-01-11 ? 31-03-20 listed"),
        ([LACKS, seen("2031-03-20", listed="2031-03-20")], [], "off 31-03-20 listed"),
        ([LACKS, seen("2031-03-20", listed="2031-04-01")], [], "off 31-01-11 ? 31-03-20 listed"),
        # It never overrides an edition that lacks the entry.
        ([LACKS, seen("2031-03-20", listed="2029-05-01")], [], "? 31-01-10 off 31-01-11 ? 31-03-20 listed"),
        (
            [seen("2031-01-10", listed="2029-05-01"), LACKS_LATER, seen("2031-06-01", listed="2029-05-01")],
            [],
            "off 29-05-01 listed 31-01-11 ? 31-03-20 off 31-03-21 ? 31-06-01 listed",
        ),
        # Two editions that both hold the entry mean listed, even where the list has since moved its date.
        (
            [seen("2031-01-10", listed="2029-05-01"), seen("2031-03-20", listed="2031-02-01")],
            [],
            "off 29-05-01 listed",
        ),
        # A month or a year leaves its own days open; an approximate date decides nothing.
        ([seen("2031-01-10", listed="2029-05")], [], "off 29-05-01 ? 29-06-01 listed"),
        ([seen("2031-01-10", listed="2029")], [], "off 29-01-01 ? 30-01-01 listed"),
        ([seen("2031-01-10", listed="2031")], [], "off 31-01-01 ? 31-01-10 listed"),
        ([seen("2031-01-10", listed="2029-05~")], [], "? 31-01-10 listed"),
        ([LACKS, seen("2031-03-20", listed="2031-02")], [], "off 31-02-01 ? 31-03-01 listed"),
        ([LACKS, seen("2031-03-20", listed="2031-03")], [], "off 31-03-01 ? 31-03-20 listed"),
        ([LACKS, seen("2031-03-20", listed="2031-01")], [], "? 31-01-10 off 31-01-11 ? 31-02-01 listed"),
        # The list's own date of removal, announced before or kept as history afterwards.
        ([seen("2031-01-10", delisted="2031-02-01")], [], "? 31-01-10 listed 31-02-01 off"),
        ([seen("2031-01-10", delisted="2031-02-01"), LACKS_LATER], [], "? 31-01-10 listed 31-02-01 off"),
        ([seen("2031-01-10", delisted="2031-04-01"), LACKS_LATER], [], "? 31-01-10 listed 31-01-11 ? 31-03-20 off"),
        ([HOLDS, seen("2031-03-20", delisted="2031-02-01")], [], "? 31-01-10 listed 31-02-01 off"),
        ([HOLDS, seen("2031-03-20", delisted="2030-02-01")], [], "? 31-01-10 listed 31-01-11 ? 31-03-20 off"),
        ([HOLDS, seen("2031-03-20", delisted="2031-02")], [], "? 31-01-10 listed 31-02-01 ? 31-03-01 off"),
        ([seen("2031-01-10", listed="2020-05-01", delisted="2025-02-01")], [], "off 20-05-01 listed 25-02-01 off"),
        ([seen("2031-01-10", delisted="2025-02-01")], [], "? 25-02-01 off"),
        ([seen("2031-01-10", delisted="2031-01-10")], [], "? 31-01-10 off"),
        (
            [LACKS, seen("2031-03-20", listed="2031-02-01", delisted="2031-02-20")],
            [],
            "off 31-02-01 listed 31-02-20 off",
        ),
        # An announced end that the next edition knows nothing of did not come.
        ([seen("2031-01-10", delisted="2031-02-01"), HOLDS_LATER], [], "? 31-01-10 listed"),
        (
            [seen("2031-01-10", delisted="2031-02-01"), seen("2031-03-20", delisted="2031-09-01")],
            [],
            "? 31-01-10 listed 31-09-01 off",
        ),
        # Acts inside a gap.
        ([HOLDS, LACKS_LATER], [act("removed", "2031-02-01")], "? 31-01-10 listed 31-02-01 off"),
        ([HOLDS, LACKS_LATER], [act("removed", "2031-01-11")], "? 31-01-10 listed 31-01-11 off"),
        ([HOLDS, LACKS_LATER], [act("removed", "2031-03-20")], "? 31-01-10 listed 31-03-20 off"),
        ([LACKS, HOLDS_LATER], [act("listed", "2031-02-01")], "? 31-01-10 off 31-02-01 listed"),
        (
            [HOLDS, HOLDS_LATER],
            [act("removed", "2031-02-01"), act("listed", "2031-02-20")],
            "? 31-01-10 listed 31-02-01 off 31-02-20 listed",
        ),
        (
            [LACKS, LACKS_LATER],
            [act("listed", "2031-02-01"), act("removed", "2031-02-20")],
            "? 31-01-10 off 31-02-01 listed 31-02-20 off",
        ),
        ([HOLDS, absent("2031-01-11")], [act("removed", "2031-01-11")], "? 31-01-10 listed 31-01-11 off"),
        # Suspended, resumed, varied, annulled: such an entry stays on the list.
        (
            [HOLDS, HOLDS_LATER],
            [act("suspended", "2031-02-01"), act("resumed", "2031-02-20")],
            "? 31-01-10 listed 31-02-01 suspended 31-02-20 listed",
        ),
        ([HOLDS, HOLDS_LATER], [act("suspended", "2031-02-01")], "? 31-01-10 listed 31-02-01 suspended"),
        ([HOLDS], [act("suspended", "2031-02-01")], "? 31-01-10 listed 31-02-01 suspended"),
        ([HOLDS, seen("2031-01-11")], [act("suspended", "2031-01-11")], "? 31-01-10 listed 31-01-11 suspended"),
        ([HOLDS], [act("suspended", "2031-01-10")], "? 31-01-10 suspended"),
        ([HOLDS], [act("suspended", "2030-05-01")], "? 30-05-01 suspended"),
        (
            [HOLDS, HOLDS_LATER, seen("2031-06-01"), absent("2031-09-01")],
            [act("suspended", "2031-02-01"), act("removed", "2031-07-01")],
            "? 31-01-10 listed 31-02-01 suspended 31-07-01 off",
        ),
        (
            [HOLDS, HOLDS_LATER],
            [act("suspended", "2031-02-01"), act("varied", "2031-02-10"), act("resumed", "2031-02-20")],
            "? 31-01-10 listed 31-02-01 suspended 31-02-20 listed",
        ),
        ([HOLDS, HOLDS_LATER], [act("varied", "2031-02-10")], "? 31-01-10 listed"),
        ([HOLDS, LACKS_LATER], [act("annulled", "2031-02-01")], "? 31-01-10 listed 31-02-01 annulled 31-03-20 off"),
        ([HOLDS, HOLDS_LATER], [act("annulled", "2031-02-01")], "? 31-01-10 listed 31-02-01 annulled"),
        (
            [HOLDS, HOLDS_LATER, absent("2031-06-01")],
            [act("annulled", "2031-02-01")],
            "? 31-01-10 listed 31-02-01 annulled 31-06-01 off",
        ),
        (
            [HOLDS, HOLDS_LATER],
            [act("annulled", "2031-02-01"), act("listed", "2031-02-20")],
            "? 31-01-10 listed 31-02-01 annulled 31-02-20 listed",
        ),
        # A new listing after the entry was away begins afresh.
        (
            [HOLDS, LACKS_LATER, seen("2031-06-01")],
            [act("suspended", "2031-01-20"), act("removed", "2031-02-01"), act("listed", "2031-05-01")],
            "? 31-01-10 listed 31-01-20 suspended 31-02-01 off 31-05-01 listed",
        ),
        # Before the first edition and after the last.
        ([LACKS], [act("listed", "2029-05-01"), act("removed", "2030-05-01")], "off 29-05-01 listed 30-05-01 off"),
        ([LACKS], [act("removed", "2030-05-01")], "? 30-05-01 off"),
        ([LACKS], [act("listed", "2029-05-01")], "off 29-05-01 ? 31-01-10 off"),
        ([HOLDS], [act("listed", "2029-05-01")], "off 29-05-01 listed"),
        ([HOLDS], [act("removed", "2031-02-01")], "? 31-01-10 listed 31-02-01 off"),
        ([LACKS], [act("listed", "2031-02-01")], "? 31-01-10 off 31-02-01 listed"),
        # What goes with neither end stays open.
        ([HOLDS, HOLDS_LATER], [act("removed", "2031-02-01")], "? 31-01-10 listed 31-02-01 ? 31-03-20 listed"),
        ([HOLDS, HOLDS_LATER], [act("listed", "2031-02-01")], "? 31-01-10 listed 31-01-11 ? 31-02-01 listed"),
        ([HOLDS, LACKS_LATER], [act("suspended", "2031-02-01")], "? 31-01-10 listed 31-02-01 ? 31-03-20 off"),
        ([HOLDS, HOLDS_LATER], [act("removed", "2031-03-20")], "? 31-01-10 listed"),
        ([HOLDS], [act("removed", "2031-01-10")], "? 31-01-10 listed"),
        # The list's own dates and acts together: the act decides where both say the same thing.
        ([seen("2031-01-10", listed="2029-05-01")], [act("listed", "2029-05-09")], "off 29-05-09 listed"),
        ([seen("2031-01-10", listed="2029-05-09")], [act("listed", "2029-05-01")], "off 29-05-01 listed"),
        (
            [seen("2031-01-10", listed="2029-05-01")],
            [act("varied", "2029-09-01"), act("suspended", "2030-01-01"), act("resumed", "2030-02-01")],
            "off 29-05-01 listed 30-01-01 suspended 30-02-01 listed",
        ),
        (
            [seen("2031-01-10", listed="2029-05-01")],
            [act("listed", "2021-05-01"), act("removed", "2025-05-01")],
            "off 21-05-01 listed 25-05-01 off 29-05-01 listed",
        ),
        (
            [seen("2031-01-10", listed="2029-05-01")],
            [act("suspended", "2029-05-01")],
            "off 29-05-01 suspended",
        ),
        (
            [LACKS, seen("2031-03-20", listed="2031-02-01")],
            [act("suspended", "2031-03-01")],
            "off 31-02-01 listed 31-03-01 suspended",
        ),
        (
            [HOLDS, seen("2031-03-20", delisted="2031-03-01")],
            [act("suspended", "2031-02-01")],
            "? 31-01-10 listed 31-02-01 suspended 31-03-01 off",
        ),
        (
            [HOLDS, seen("2031-03-20", delisted="2031-03-01")],
            [act("removed", "2031-02-01")],
            "? 31-01-10 listed 31-02-01 off",
        ),
        (
            [HOLDS, seen("2031-03-20", listed="2031-03-01")],
            [act("removed", "2031-02-01")],
            "? 31-01-10 listed 31-02-01 off 31-03-01 listed",
        ),
        (
            [LACKS, seen("2031-03-20", listed="2031-02")],
            [act("suspended", "2031-02-10")],
            "off 31-02-01 ? 31-02-10 suspended",
        ),
    ],
)
def test_every_day_is_told(sightings: list[Sighting], acts: list[Act], history: str) -> None:
    assert told(intervals(sightings, acts)) == history


def test_an_interval_names_what_opens_and_closes_it() -> None:
    holds = seen("2031-01-10", listed="2029-05-01")
    history = intervals([holds, LACKS_LATER, seen("2031-06-01")], [act("removed", "2031-02-01")])
    assert [(one.opened_by, one.closed_by) for one in history] == [
        ("", "ed 2031-01-10"),
        ("ed 2031-01-10", "removed 2031-02-01"),
        ("removed 2031-02-01", ""),
        ("", "ed 2031-06-01"),
        ("ed 2031-06-01", ""),
    ]


@pytest.mark.parametrize(
    ("sightings", "acts", "closed", "history"),
    [
        ([HOLDS], [], "2031-03-01", "? 31-01-10 listed 31-01-11 ? 31-03-01 off"),
        ([HOLDS], [], "2031-01-11", "? 31-01-10 listed 31-01-11 off"),
        ([HOLDS], [], "2031-01-10", "? 31-01-10 listed 31-01-11 off"),
        ([HOLDS], [], "2030-01-01", "? 31-01-10 listed 31-01-11 off"),
        ([LACKS], [], "2031-03-01", "? 31-01-10 off"),
        ([HOLDS, LACKS_LATER], [], "2031-06-01", "? 31-01-10 listed 31-01-11 ? 31-03-20 off"),
        ([HOLDS, HOLDS_LATER], [], "2031-06-01", "? 31-01-10 listed 31-03-21 ? 31-06-01 off"),
        ([HOLDS], [act("removed", "2031-02-01")], "2031-03-01", "? 31-01-10 listed 31-02-01 off"),
        (
            [HOLDS],
            [act("suspended", "2031-02-01")],
            "2031-03-01",
            "? 31-01-10 listed 31-02-01 suspended 31-03-01 off",
        ),
        ([HOLDS], [act("removed", "2031-04-01")], "2031-03-01", "? 31-01-10 listed 31-01-11 ? 31-03-01 off"),
        ([seen("2031-01-10", delisted="2031-02-01")], [], "2031-03-01", "? 31-01-10 listed 31-02-01 off"),
    ],
)
def test_a_list_that_was_closed_lists_nobody(
    sightings: list[Sighting], acts: list[Act], closed: str, history: str
) -> None:
    found = intervals(sightings, acts, date.fromisoformat(closed))
    assert told(found) == history


def test_the_closing_of_a_list_is_nobodys_removal() -> None:
    assert removed_on(intervals([HOLDS], (), date(2031, 1, 11)), date(2031, 5, 1)) is None
    assert removed_on(intervals([HOLDS], (), date(2031, 3, 1)), date(2031, 5, 1)) is None
    removed = intervals([HOLDS], [act("removed", "2031-02-01")], date(2031, 3, 1))
    assert removed_on(removed, date(2031, 5, 1)) == date(2031, 2, 1)


# --- the day of removal ---


@pytest.mark.parametrize(
    ("sightings", "acts", "on", "removed"),
    [
        ([HOLDS, LACKS_LATER], [], "2031-04-01", None),  # some day between: the edition is only the latest possible
        ([HOLDS, LACKS_LATER], [act("removed", "2031-02-01")], "2031-04-01", "2031-02-01"),
        ([HOLDS, LACKS_LATER], [act("removed", "2031-02-01")], "2031-02-01", "2031-02-01"),
        ([HOLDS, LACKS_LATER], [act("removed", "2031-02-01")], "2031-01-31", None),  # still listed
        ([HOLDS, absent("2031-01-11")], [], "2031-04-01", "2031-01-11"),
        ([seen("2031-01-10", listed="2029-05-01")], [], "2028-01-01", None),  # not yet listed
        (
            [HOLDS, LACKS_LATER, seen("2031-06-01"), absent("2031-08-01")],
            [act("removed", "2031-02-01"), act("listed", "2031-05-01"), act("removed", "2031-07-01")],
            "2031-09-01",
            "2031-07-01",
        ),
        (
            [HOLDS, LACKS_LATER, seen("2031-06-01"), absent("2031-08-01")],
            [act("removed", "2031-02-01"), act("listed", "2031-05-01"), act("removed", "2031-07-01")],
            "2031-04-01",
            "2031-02-01",
        ),
    ],
)
def test_a_removal_is_dated_only_where_its_day_is_known(
    sightings: list[Sighting], acts: list[Act], on: str, removed: str | None
) -> None:
    found = removed_on(intervals(sightings, acts), date.fromisoformat(on))
    assert found == (date.fromisoformat(removed) if removed else None)


# --- acts that cannot have been ---


@pytest.mark.parametrize(
    ("sightings", "known", "new", "why"),
    [
        ([HOLDS, LACKS_LATER], [], act("removed", "2031-02-01"), ""),
        ([HOLDS, LACKS_LATER], [], act("annulled", "2031-02-01"), ""),
        ([HOLDS, HOLDS_LATER], [], act("annulled", "2031-02-01"), ""),
        ([HOLDS, HOLDS_LATER], [], act("suspended", "2031-02-01"), ""),
        ([HOLDS, HOLDS_LATER], [], act("varied", "2031-02-01"), ""),
        ([LACKS, HOLDS_LATER], [], act("listed", "2031-02-01"), ""),
        ([LACKS, HOLDS_LATER], [], act("listed", "2031-03-20"), ""),
        ([HOLDS], [], act("removed", "2031-02-01"), ""),
        ([HOLDS], [], act("listed", "2029-02-01"), ""),
        ([LACKS], [], act("removed", "2029-02-01"), ""),
        ([HOLDS, LACKS_LATER], [act("removed", "2031-02-01")], act("suspended", "2031-01-20"), ""),
        ([HOLDS, HOLDS_LATER], [act("annulled", "2031-02-01")], act("listed", "2031-02-20"), ""),
        ([HOLDS, HOLDS_LATER], [act("annulled", "2031-01-10")], act("listed", "2031-02-20"), ""),
        ([HOLDS, HOLDS_LATER], [], act("removed", "2031-02-01"), "2031-03-20 holds the entry afterwards"),
        ([HOLDS, HOLDS_LATER], [], act("removed", "2031-03-20"), "2031-03-20 holds the entry afterwards"),
        ([HOLDS, LACKS_LATER], [], act("suspended", "2031-02-01"), "2031-03-20 lacks the entry afterwards"),
        ([HOLDS, LACKS_LATER], [], act("varied", "2031-02-01"), "2031-03-20 lacks the entry afterwards"),
        ([LACKS, HOLDS_LATER], [], act("suspended", "2031-02-01"), "2031-01-10 lacks the entry before"),
        ([LACKS, LACKS_LATER], [], act("removed", "2031-02-01"), "2031-01-10 lacks the entry before"),
        ([HOLDS, LACKS_LATER], [], act("listed", "2031-02-01"), "2031-01-10 holds the entry before"),
        ([HOLDS], [], act("listed", "2031-02-01"), "2031-01-10 holds the entry before"),
        ([LACKS], [], act("resumed", "2031-02-01"), "2031-01-10 lacks the entry before"),
        ([LACKS], [], act("listed", "2029-02-01"), "2031-01-10 lacks the entry afterwards"),
        (
            [HOLDS, seen("2031-03-20", delisted="2031-02-01")],
            [],
            act("suspended", "2031-02-20"),
            "2031-03-20 lacks the entry afterwards",
        ),
    ],
)
def test_an_act_that_an_edition_gives_the_lie_is_refused(
    sightings: list[Sighting], known: list[Act], new: Act, why: str
) -> None:
    found = contradiction(sightings, known, new)
    assert found == (f"the edition ed {why}." if why else "")


# --- what holds of every history ---

FIRST = date(2031, 1, 1)
days = st.integers(0, 60).map(lambda count: FIRST + timedelta(days=count))
near = st.integers(-30, 90).map(lambda count: FIRST + timedelta(days=count))
own = st.one_of(
    st.none(), near.map(lambda on: PartialDate(on, on)), near.map(lambda on: PartialDate.of(on.year, on.month))
)


@st.composite
def sighting_rows(draw: st.DrawFn) -> list[Sighting]:
    rows = []
    for number, on in enumerate(sorted(draw(st.lists(days, min_size=1, max_size=6)))):
        present = draw(st.booleans())
        dates = (draw(own), draw(st.one_of(st.none(), own))) if present else (None, None)
        rows.append(Sighting(on, f"ed {number}", present, *dates))
    return rows


acts_ = st.lists(
    st.builds(Act, kind=st.sampled_from(ActKind), on=near, citation=st.just("a gazette")),
    max_size=4,
    unique_by=lambda one: one.on,
)


@given(sighting_rows(), acts_)
def test_intervals_cover_all_days_once(sightings: list[Sighting], acts: list[Act]) -> None:
    history = intervals(sightings, acts)
    assert history[0].since is None
    assert history[-1].until is None
    for one, following in pairwise(history):
        assert one.until == following.since is not None
        assert one.since is None or one.since < following.since
        assert one.state is not following.state


@given(sighting_rows(), acts_)
def test_no_date_and_no_act_overrides_an_edition_on_its_own_day(sightings: list[Sighting], acts: list[Act]) -> None:
    history = intervals(sightings, acts)
    last_of_day = {one.on: one for one in sightings}
    for on, sighting in last_of_day.items():
        gone = sighting.delisted_on is not None and sighting.delisted_on.last <= on
        assert (state_on(history, on) in ON) == (sighting.is_present and not gone)


@given(sighting_rows())
def test_without_acts_nobody_is_suspended_or_annulled(sightings: list[Sighting]) -> None:
    assert {one.state for one in intervals(sightings)} <= {State.LISTED, State.NOT_LISTED, State.UNKNOWN}


@given(st.lists(st.tuples(days, st.booleans()), min_size=1, max_size=6, unique_by=lambda row: row[0]).map(sorted))
def test_without_dates_a_day_is_told_exactly_where_the_editions_around_it_agree(rows: list[tuple[date, bool]]) -> None:
    history = intervals([Sighting(on, f"ed {on}", holds) for on, holds in rows])
    for offset in range(-5, 70):
        on = FIRST + timedelta(days=offset)
        before = [holds for day, holds in rows if day <= on][-1:]
        after = [holds for day, holds in rows if day >= on][:1]
        on_the_day = dict(rows).get(on)
        if on_the_day is not None:
            expected = {on_the_day}
        elif before and not after:
            expected = set(before)
        else:
            expected = set(before) & set(after)
        states = {True: State.LISTED, False: State.NOT_LISTED}
        wanted = states[expected.pop()] if len(expected) == 1 else State.UNKNOWN
        assert state_on(history, on) is wanted


@given(sighting_rows(), acts_, st.data())
def test_the_order_in_which_acts_are_entered_changes_nothing(
    sightings: list[Sighting], acts: list[Act], data: st.DataObject
) -> None:
    assert intervals(sightings, data.draw(st.permutations(acts))) == intervals(sightings, acts)


@given(sighting_rows(), acts_)
def test_an_act_speaks_only_of_its_own_gap_and_of_what_lasts(sightings: list[Sighting], acts: list[Act]) -> None:
    """Before the edition that precedes it nothing changes; after the next, only whether a listing is suspended or annulled."""
    for one in acts:
        others = [other for other in acts if other is not one]
        with_it, without = intervals(sightings, acts), intervals(sightings, others)
        earlier = max((row.on for row in sightings if row.on < one.on), default=None)
        later = min((row.on for row in sightings if row.on >= one.on), default=None)
        if earlier is not None:
            for back in range(40):
                on = earlier - timedelta(days=back)
                assert state_on(with_it, on) is state_on(without, on)
        if later is not None and not any(other.on > later for other in acts):
            for ahead in range(40):
                on = later + timedelta(days=ahead)
                assert (state_on(with_it, on) in ON) == (state_on(without, on) in ON) or (
                    State.ANNULLED in {state_on(with_it, on), state_on(without, on), state_on(with_it, later)}
                    or State.ANNULLED is state_on(without, later)
                )


@given(sighting_rows(), acts_)
def test_acts_that_are_let_in_decide_and_open_no_doubt(sightings: list[Sighting], acts: list[Act]) -> None:
    """What a person may enter never makes a day uncertain on which the act's own gap was certain, but for a removal's eve."""
    entered: list[Act] = []
    for one in acts:
        if contradiction(sightings, entered, one) == "":
            entered.append(one)
            history = intervals(sightings, entered)
            alone = len([other for other in entered if _same_gap(sightings, other.on, one.on)]) == 1
            if alone and _inside(sightings, one.on):
                assert state_on(history, one.on) is not State.UNKNOWN
                assert state_on(history, one.on - DAY) is not State.UNKNOWN


def _same_gap(sightings: list[Sighting], left: date, right: date) -> bool:
    low, high = sorted((left, right))
    return not any(low <= row.on < high for row in sightings)


def _inside(sightings: list[Sighting], on: date) -> bool:
    stated = any(row.listed_on or row.delisted_on for row in sightings)
    return not stated and any(row.on < on for row in sightings) and any(row.on > on for row in sightings)


CLOSED_ON = date(2031, 6, 1)


@pytest.mark.parametrize("present", [True, False])
def test_a_closed_list_lists_nobody_after_its_last_edition(present: bool) -> None:  # noqa: FBT001 - a case
    last = Sighting(date(2030, 3, 1), "last", present)
    told = intervals([Sighting(date(2029, 1, 1), "first", True), last], (), CLOSED_ON)
    after = State.UNKNOWN if present else State.NOT_LISTED
    assert state_on(told, date(2029, 1, 1)) is State.LISTED
    assert state_on(told, date(2030, 3, 2)) is after
    assert state_on(told, CLOSED_ON - timedelta(days=1)) is after
    assert state_on(told, CLOSED_ON) is State.NOT_LISTED


def test_what_the_last_edition_of_a_closed_list_says_of_its_own_day_stands() -> None:
    told = intervals([Sighting(CLOSED_ON, "last", True)], (), CLOSED_ON)
    assert state_on(told, CLOSED_ON) is State.LISTED
    assert state_on(told, CLOSED_ON + timedelta(days=1)) is State.NOT_LISTED


def test_an_act_dates_a_removal_after_the_last_edition_of_a_closed_list() -> None:
    removal = Act(kind=ActKind.REMOVED, on=date(2030, 9, 9), citation="Notice 9")
    told = intervals([Sighting(date(2030, 3, 1), "last", True)], [removal], CLOSED_ON)
    assert state_on(told, date(2030, 9, 9)) is State.NOT_LISTED
    assert told[-1].opened_by == "Notice 9"
