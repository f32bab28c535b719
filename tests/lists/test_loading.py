"""Taking editions: judged, put into force as a whole or set aside, and the same picture whatever the order in which they come."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.infra.database import Database
from comity.infra.work import Work, begin
from comity.kit.clock import FakeClock
from comity.lists import service as lists
from comity.lists.model import Change, Edition, Expect, Op, Status
from comity.lists.model.answers import EditionUnknown, PublicationDiffers, PublicationUnknown, SourceUnknown, Taken
from comity.lists.service import Desk, EditionDecided
from comity.model.actor import OPERATOR, Purpose
from comity.model.permission import Permission
from comity.register import service as register
from comity.register.model.answers import Search
from support.invented import (
    CUT,
    DRESNOV,
    EVERYBODY,
    HERON,
    NORDHAVN,
    SOURCES,
    VOSK,
    Entry,
    but,
    desk_in,
    document,
    legal_view,
    load,
    load_document,
    load_table,
    recorded,
    source,
    stage,
    table,
)

NOW = datetime(2031, 11, 21, 12, tzinfo=UTC)
LENIENT = source("qm_list", "QM", expect=Expect(designations=(0, 99), removed_at_once_max=1.0))


def in_force(work: Work, list_id: str = "qm_list") -> list[Edition]:
    return lists.editions(work, list_id, statuses=[Status.ACCEPTED])


def held(work: Work) -> set[str]:
    """The references in the edition in force."""
    return set(lists.contents(work, in_force(work)[-1]))


def found(work: Work, desk: Desk, text: str) -> list[str]:
    return [hit.caption for hit in register.search(work, desk, Search(text=text)).results]


@contextmanager
def tried(work: Work) -> Iterator[None]:
    """Do something and take it back."""
    attempt = work.connection.begin_nested()
    yield
    attempt.rollback()


# --- taking ---


def test_a_sound_edition_is_in_force_at_once(work: Work, desk: Desk) -> None:
    taken = load_table(work, desk, "2031-01-10", *EVERYBODY)
    (edition,) = in_force(work)
    assert taken == Taken(
        source="qm_list",
        edition=edition.id,
        status=Status.ACCEPTED,
        published_on="2031-01-10",
        designations=4,
        added=4,
    )
    assert edition.published_at == datetime(2031, 1, 10, 8, tzinfo=UTC)
    assert (edition.fetched_at, edition.decided_at, edition.decided_by) == (NOW, NOW, "rule")
    assert edition.format == "csv"
    assert set(edition.parts) == {"entry", "remarks", "aliases", "addresses"}
    assert held(work) == {"QM-1", "QM-2", "QM-3", "QM-4"}
    assert found(work, desk, "ferryman") == ["Oleg Varimovich Dresnov"]


def test_the_raw_bytes_are_kept_by_their_hash(work: Work, desk: Desk) -> None:
    files = table(EVERYBODY, "2031-01-10")
    load(work, desk, "qm_list", files)
    (edition,) = in_force(work)
    for name, raw in files.items():
        with lists.open_file(desk, edition, name) as stream:
            assert stream.read() == raw
    with pytest.raises(EditionUnknown):
        lists.open_file(desk, edition, "other.csv")


def test_what_an_edition_changed_is_counted_against_the_one_before(work: Work, desk: Desk) -> None:
    load_table(work, desk, "2031-01-10", DRESNOV, HERON, NORDHAVN)
    taken = load_table(work, desk, "2031-02-10", but(DRESNOV, remark="Retired."), HERON, VOSK)
    assert (taken.added, taken.removed, taken.changed) == (1, 1, 1)


def test_an_accepted_edition_is_in_the_ledger(work: Work, desk: Desk) -> None:
    taken = load_table(work, desk, "2031-01-10", *EVERYBODY)
    (event,) = recorded(work)
    assert event.kind == "lists.edition_accepted"
    assert (event.facts["edition"], event.facts["designations"], event.facts["added"]) == (taken.edition, 4, 4)


def test_the_same_bytes_again_change_nothing(work: Work, desk: Desk) -> None:
    first = load_table(work, desk, "2031-01-10", *EVERYBODY)
    before = legal_view(work)
    again = load_table(work, desk, "2031-01-10", *EVERYBODY)
    assert (again.status, again.edition) == (Status.UNCHANGED, first.edition)
    assert again.reason == "This edition is here already: accepted."
    assert legal_view(work) == before
    assert len(recorded(work)) == 1


def test_a_list_that_does_not_exist_is_refused(desk: Desk) -> None:
    with pytest.raises(SourceUnknown, match="qm_list, qn_list"):
        stage(desk, "qx_list", table(EVERYBODY))


# --- the day of publication ---


def test_a_file_that_does_not_say_its_day_needs_somebody_who_does(work: Work, desk: Desk) -> None:
    with pytest.raises(PublicationUnknown, match=r"entries\.csv"):
        load_table(work, desk, "", *EVERYBODY)
    taken = load(work, desk, "qm_list", table(EVERYBODY), date(2031, 1, 10))
    assert (taken.status, taken.published_on) == (Status.ACCEPTED, "2031-01-10")


def test_a_file_and_a_person_who_say_different_days_are_not_believed(work: Work, desk: Desk) -> None:
    files = table(EVERYBODY, "2031-01-10")
    with pytest.raises(PublicationDiffers, match="2031-01-10, not on 2031-01-11"):
        load(work, desk, "qm_list", files, date(2031, 1, 11))
    assert load(work, desk, "qm_list", files, date(2031, 1, 10)).status is Status.ACCEPTED


def test_a_file_knows_better_than_the_server_that_sends_it(work: Work, desk: Desk) -> None:
    taken = load(work, desk, "qm_list", table(EVERYBODY, "2031-01-10"), datetime(2031, 3, 1, tzinfo=UTC))
    assert taken.published_on == "2031-01-10"


def test_an_undated_list_that_says_again_what_it_said_before_brings_it_back(work: Work, desk: Desk) -> None:
    """Dresnov is added by mistake, taken off, and added again: the third file is the first, byte for byte."""
    with_him, without_him = table([HERON, DRESNOV]), table([HERON])
    days = [date(2031, 1, day) for day in (10, 11, 12, 13)]
    files = [with_him, without_him, with_him, with_him]
    taken = [load(work, desk, "qm_list", *each) for each in zip(files, days, strict=True)]
    assert [one.status.value for one in taken] == ["accepted", "accepted", "accepted", "unchanged"]
    assert held(work) == {"QM-1", "QM-2"}
    assert len({one.edition for one in taken}) == 3


def test_two_editions_with_the_same_bytes_on_one_day_have_their_own_ids(work: Work, desk: Desk) -> None:
    with_him, without_him = table([HERON, DRESNOV]), table([HERON])
    hours = [datetime(2031, 1, 10, hour, tzinfo=UTC) for hour in (8, 10, 12, 14)]
    files = [with_him, without_him, with_him, without_him]
    taken = [load(work, desk, "qm_list", *each) for each in zip(files, hours, strict=True)]
    assert [one.status for one in taken] == [Status.ACCEPTED] * 4
    assert len({one.edition for one in taken}) == 4
    assert held(work) == {"QM-2"}
    assert [lists.find(work, one.edition).id for one in taken] == [one.edition for one in taken]


def test_a_server_cannot_put_an_undated_list_back_into_the_past(work: Work, desk: Desk) -> None:
    """A wrong clock or a stale mirror would otherwise keep today's list out of force."""
    load(work, desk, "qm_list", table([HERON]), datetime(2031, 1, 10, tzinfo=UTC))
    stale = load(work, desk, "qm_list", table([HERON, DRESNOV]), datetime(1970, 1, 1, tzinfo=UTC))
    assert stale.status is Status.QUARANTINED
    assert stale.reason == ("The server dates it 1970-01-01, before the edition of 2031-01-10; the file does not say.")
    person = load(work, desk, "qm_list", table([HERON, NORDHAVN]), date(2030, 1, 10))
    assert person.status is Status.ACCEPTED


def test_two_editions_of_one_moment_wait_for_a_person_who_knows_which_came_later(work: Work, desk: Desk) -> None:
    load(work, desk, "qm_list", table([HERON, DRESNOV]), date(2031, 1, 10))
    other = load(work, desk, "qm_list", table([HERON]), date(2031, 1, 10))
    assert other.status is Status.QUARANTINED
    assert other.reason == (
        "An edition in force was published at the same moment: which of the two came later cannot be told."
    )
    assert held(work) == {"QM-1", "QM-2"}


# --- quarantine ---

HALF = Expect(designations=(2, 5), removed_at_once_max=0.25, removed_per_month_max=0.25)


@pytest.fixture
def strict(tmp_path: Path) -> Desk:
    return desk_in(tmp_path, {**SOURCES, "qm_list": source("qm_list", "QM", expect=HALF)})


def many(count: int) -> list[Entry]:
    return [but(HERON, number=f"QM-{number}", name=f"Heron {number}", imo="") for number in range(count)]


@pytest.mark.parametrize(
    ("entries", "how", "reason"),
    [
        (many(1), {}, "It holds 1 records; this list holds between 2 and 5."),
        (many(6), {}, "It holds 6 records; this list holds between 2 and 5."),
        (many(3), {"count": 4}, "It says that it holds 4 records and holds 3."),
        ([*many(3), but(VOSK, programmes="COMET")], {}, "It holds 1 times an unknown value: programmes 'COMET'."),
        ([*many(3), but(VOSK, kind="Ghost")], {}, "It holds 1 times an unknown value: kind 'Ghost'."),
    ],
)
def test_an_edition_that_is_not_as_expected_waits_and_the_last_good_one_stays(
    work: Work, strict: Desk, entries: list[Entry], how: dict[str, Any], reason: str
) -> None:
    load_table(work, strict, "2031-01-10", *EVERYBODY)
    before, events = legal_view(work), len(recorded(work))
    taken = load_table(work, strict, "2031-11-10", *entries, **how)
    assert taken.status is Status.QUARANTINED
    assert reason in taken.reason
    assert legal_view(work) == before
    assert [event.kind for event in recorded(work)[events:]] == ["lists.edition_quarantined"]
    (state,) = (one for one in lists.states(work, strict) if one.source == "qm_list")
    assert [one.id for one in state.quarantined] == [taken.edition]
    assert state.in_force is not None
    assert state.in_force.published_at.date() == date(2031, 1, 10)


@pytest.mark.parametrize(("published", "status"), [("2031-01-20", "quarantined"), ("2031-02-12", "accepted")])
def test_how_many_may_vanish_grows_with_the_time_between(work: Work, strict: Desk, published: str, status: str) -> None:
    load_table(work, strict, "2031-01-10", *EVERYBODY)
    taken = load_table(work, strict, published, DRESNOV, HERON)
    assert taken.status.value == status
    if status == "quarantined":
        assert taken.reason == "It removes 2 of 4 records (50.0%) within 10 days; up to 33.3% is usual."


def test_an_edition_from_the_future_waits(work: Work, desk: Desk) -> None:
    tomorrow = load_table(work, desk, (NOW + timedelta(hours=23)).isoformat(), *EVERYBODY)
    assert tomorrow.status is Status.ACCEPTED
    later = load_table(work, desk, "2031-12-24", *EVERYBODY)
    assert (later.status, later.reason) == (Status.QUARANTINED, "It says that it will be published on 2031-12-24.")


def test_a_removal_is_judged_against_the_nearest_earlier_edition_not_the_last_one_loaded(
    work: Work, strict: Desk
) -> None:
    load_table(work, strict, "2031-06-10", *many(4))
    load_table(work, strict, "2031-01-10", *many(2))
    assert load_table(work, strict, "2031-01-12", *many(2), but(VOSK, number="x")).status is Status.ACCEPTED


# --- deciding ---


def wait(work: Work, desk: Desk, *, published: str = "2031-02-10") -> Taken:
    """Load an edition without Dresnov that says a wrong count."""
    load_table(work, desk, "2031-01-10", *EVERYBODY)
    taken = load_table(work, desk, published, HERON, NORDHAVN, VOSK, count=9)
    assert taken.status is Status.QUARANTINED
    return taken


def test_a_person_releases_an_edition_on_their_own_responsibility(work: Work, desk: Desk) -> None:
    waiting = wait(work, desk)
    work.at += timedelta(hours=3)
    released = lists.release(work, desk, waiting.edition, "The office confirmed it by telephone.")
    assert (released.status, released.removed) == (Status.ACCEPTED, 1)
    edition = in_force(work)[-1]
    assert edition.id == waiting.edition
    assert edition.decided_at == work.at
    assert edition.decided_by == OPERATOR.id
    assert edition.decision == "The office confirmed it by telephone."
    assert edition.reasons == ("It says that it holds 9 records and holds 3.",)
    assert held(work) == {"QM-2", "QM-3", "QM-4"}
    assert recorded(work)[-1].kind == "lists.edition_released"
    assert recorded(work)[-1].facts["historical"] is False


def test_releasing_a_historical_edition_is_said_to_be_so(work: Work, desk: Desk) -> None:
    waiting = wait(work, desk, published="2030-02-10")
    lists.release(work, desk, waiting.edition, "From the archive.")
    assert recorded(work)[-1].facts["historical"] is True
    assert held(work) == {"QM-1", "QM-2", "QM-3", "QM-4"}


def test_a_released_edition_is_the_same_as_if_it_had_been_accepted(work: Work, strict: Desk, tmp_path: Path) -> None:
    lenient = desk_in(
        tmp_path, {"qm_list": source("qm_list", "QM", expect=Expect(designations=(1, 9), removed_at_once_max=1.0))}
    )
    with tried(work):
        load_table(work, strict, "2031-01-10", *EVERYBODY)
        waiting = load_table(work, strict, "2031-01-11", HERON, NORDHAVN)
        lists.release(work, strict, waiting.edition, "They were all struck off.")
        released = legal_view(work)
    load_table(work, lenient, "2031-01-10", *EVERYBODY)
    assert load_table(work, lenient, "2031-01-11", HERON, NORDHAVN).status is Status.ACCEPTED
    assert legal_view(work) == released


def test_a_rejected_edition_never_comes_into_force(work: Work, desk: Desk) -> None:
    waiting = wait(work, desk)
    before = legal_view(work)
    rejected = lists.reject(work, waiting.edition, "A broken download.")
    assert rejected.status is Status.REJECTED
    assert legal_view(work) == before
    assert recorded(work)[-1].kind == "lists.edition_rejected"
    again = load_table(work, desk, "2031-02-10", HERON, NORDHAVN, VOSK, count=9)
    assert (again.status, again.reason) == (Status.UNCHANGED, "This edition is here already: rejected.")


@pytest.mark.parametrize("first", ["release", "reject"])
def test_what_is_decided_is_decided(work: Work, desk: Desk, first: str) -> None:
    waiting = wait(work, desk)
    release: Callable[[], Taken] = lambda: lists.release(work, desk, waiting.edition, "a")  # noqa: E731 - a pair
    reject: Callable[[], Taken] = lambda: lists.reject(work, waiting.edition, "b")  # noqa: E731 - the other
    (release if first == "release" else reject)()
    for again in (release, reject):
        with pytest.raises(EditionDecided):
            again()


def test_an_edition_that_is_not_here_cannot_be_decided(work: Work, desk: Desk) -> None:
    with pytest.raises(EditionUnknown):
        lists.release(work, desk, "qm_list@2031-01-10", "?")


# --- parts and formats ---


def test_an_edition_without_one_of_its_parts_takes_nothing_away(work: Work, desk: Desk) -> None:
    load_table(work, desk, "2031-01-10", *EVERYBODY)
    taken = load_table(work, desk, "2031-02-10", *EVERYBODY, parts="addresses")
    assert (taken.added, taken.removed, taken.changed) == (0, 0, 0)
    assert aliases(work, desk) == {"Oleg Dresnow", "The Ferryman"}


def test_the_next_complete_edition_says_what_is_gone(work: Work, desk: Desk) -> None:
    """The record is the same as in the incomplete edition; that its part was read now makes the difference."""
    load_table(work, desk, "2031-01-10", *EVERYBODY)
    load_table(work, desk, "2031-02-10", *EVERYBODY, parts="addresses")
    load_table(work, desk, "2031-03-10", but(DRESNOV, aliases=()), HERON, NORDHAVN, VOSK)
    assert aliases(work, desk) == set()
    assert aliases(work, desk, date(2031, 2, 20)) == {"Oleg Dresnow", "The Ferryman"}
    kept = [row for row in legal_view(work)["statements"] if "The Ferryman" in row]
    assert [lists.find(work, key_day(row[-1])).published_at.date() for row in kept] == [date(2031, 3, 10)]


def test_a_record_that_is_cut_short_takes_nothing_away(work: Work, desk: Desk) -> None:
    load_table(work, desk, "2031-01-10", *EVERYBODY)
    taken = load_table(work, desk, "2031-02-10", but(DRESNOV, remark=CUT), HERON, NORDHAVN, VOSK)
    assert taken.changed == 0
    shown = register.show(work, desk, register.resolve_id("qm_list:QM-1"))
    assert shown.properties["notes"] == ("Owner of a shipping line.",)


def test_a_change_of_format_changes_nothing_in_law(work: Work, desk: Desk) -> None:
    load_table(work, desk, "2031-01-10", *EVERYBODY)
    taken = load_document(work, desk, "2031-02-10", *EVERYBODY)
    assert (taken.status, taken.added, taken.removed, taken.changed) == (Status.ACCEPTED, 0, 0, 0)
    assert list(lists.diff(work, desk, in_force(work)[0].id, taken.edition)) == []
    back = load_table(work, desk, "2031-03-10", *EVERYBODY)
    assert (back.added, back.removed, back.changed) == (0, 0, 0)


def key_day(runs: str) -> str:
    """Return the edition with which a kept statement's only run ends, by its day."""
    ((_, until),) = json.loads(runs)
    return f"qm_list@{until[:4]}-{until[4:6]}-{until[6:8]}"


def aliases(work: Work, desk: Desk, as_of: date | None = None) -> set[str]:
    shown = register.show(work, desk, register.resolve_id("qm_list:QM-1"), as_of=as_of)
    return set(shown.properties.get("alias", ()))


# --- differences ---


def changes(work: Work, desk: Desk, *ends: str) -> dict[str, Change]:
    return {change.reference: change for change in lists.diff(work, desk, *ends)}


def test_what_differs_is_told_record_by_record(work: Work, desk: Desk) -> None:
    first = load_table(work, desk, "2031-01-10", DRESNOV, HERON, NORDHAVN)
    second = load_table(work, desk, "2031-02-10", but(DRESNOV, remark="Retired."), HERON, VOSK)
    told = changes(work, desk, first.edition, second.edition)
    assert {reference: change.op for reference, change in told.items()} == {
        "QM-1": Op.CHANGED,
        "QM-3": Op.REMOVED,
        "QM-4": Op.ADDED,
    }
    (remark,) = told["QM-1"].properties
    assert (remark.property, remark.removed, remark.added) == ("notes", ("Owner of a shipping line.",), ("Retired.",))
    assert told["QM-3"].caption == "Nordhavn Trading"
    back = changes(work, desk, second.edition, first.edition)
    assert {reference: change.op for reference, change in back.items()} == {
        "QM-1": Op.CHANGED,
        "QM-3": Op.ADDED,
        "QM-4": Op.REMOVED,
    }


def counted(found: lists.Comparison) -> tuple[int, int, int]:
    return found.counts[Op.ADDED], found.counts[Op.REMOVED], found.counts[Op.CHANGED]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_kept_counts_of_an_edition_are_those_of_its_comparison(
    work: Work, desk: Desk, order: tuple[int, ...]
) -> None:
    """Whatever the order in which the editions came."""
    editions = (
        ("2031-01-10", (DRESNOV, HERON, NORDHAVN)),
        ("2031-02-10", (but(DRESNOV, remark="Retired."), HERON, VOSK)),
        ("2031-03-10", (but(DRESNOV, remark="Retired."), but(HERON, remark="Laid up."), VOSK, NORDHAVN)),
    )
    for place in order:
        day, entries = editions[place]
        load_table(work, desk, day, *entries)
    first, second, third = in_force(work)
    everything = slice(0, 100)
    for before, after in ((first, second), (second, third), (first, third), (third, first)):
        told = lists.compared(work, desk, before, after, window=everything)
        assert list(told.changes) == list(lists.diff(work, desk, before.id, after.id))
        assert Counter(one.op for one in told.changes) == Counter(told.counts)
    assert counted(lists.compared(work, desk, first, second, window=everything)) == (1, 1, 1)
    assert counted(lists.compared(work, desk, second, third, window=everything)) == (1, 0, 1)


def test_a_comparison_is_turned_page_by_page_and_kind_by_kind(work: Work, desk: Desk) -> None:
    before = load_table(work, desk, "2031-01-10", DRESNOV, HERON, NORDHAVN)
    after = load_table(work, desk, "2031-02-10", but(DRESNOV, remark="Retired."), HERON, VOSK)
    ends = lists.find(work, before.edition), lists.find(work, after.edition)

    def page(start: int, stop: int, *ops: Op) -> list[str]:
        found = lists.compared(work, desk, *ends, ops=ops, window=slice(start, stop))
        assert counted(found) == (1, 1, 1)
        return [one.reference for one in found.changes]

    assert [page(place, place + 1) for place in range(4)] == [["QM-1"], ["QM-3"], ["QM-4"], []]
    assert page(0, 9, Op.ADDED) == ["QM-4"]
    assert page(0, 9, Op.REMOVED, Op.CHANGED) == ["QM-1", "QM-3"]


def test_an_edition_in_quarantine_can_be_compared_before_it_is_released(work: Work, desk: Desk) -> None:
    waiting = wait(work, desk)
    assert list(changes(work, desk, in_force(work)[0].id, waiting.edition)) == ["QM-1"]


def test_everything_is_new_against_the_time_before_the_list_was_known(work: Work, desk: Desk) -> None:
    taken = load_table(work, desk, "2031-01-10", *EVERYBODY)
    told = changes(work, desk, "", taken.edition)
    assert {change.op for change in told.values()} == {Op.ADDED}
    assert len(told) == 4


def test_editions_of_two_lists_are_not_compared(work: Work, desk: Desk) -> None:
    one = load_table(work, desk, "2031-01-10", *EVERYBODY)
    other = load_table(work, desk, "2031-01-10", *EVERYBODY, list_id="qn_list")
    with pytest.raises(EditionUnknown, match="no edition of qm_list"):
        changes(work, desk, one.edition, other.edition)


def test_an_edition_is_found_by_its_day_where_that_is_enough(work: Work, desk: Desk) -> None:
    one = load_table(work, desk, "2031-01-10", *EVERYBODY)
    two = load_table(work, desk, "2031-01-10T12:00:00Z", *EVERYBODY[:3])
    load_table(work, desk, "2031-01-11", *EVERYBODY)
    assert lists.find(work, lists.edition_name("qm_list", "2031-01-11")).published_at.day == 11
    assert lists.find(work, one.edition).id == one.edition
    assert lists.find(work, two.edition[:-2]).id == two.edition
    for unclear in ("qm_list@2031-01-10", "qm_list@2031-01-12", "", "qm%"):
        with pytest.raises(EditionUnknown):
            lists.find(work, unclear)


# --- order ---


def test_counts_follow_an_edition_that_is_put_in_between(work: Work, desk: Desk) -> None:
    load_table(work, desk, "2031-01-10", DRESNOV, HERON)
    late = load_table(work, desk, "2031-03-10", DRESNOV, HERON, NORDHAVN, VOSK)
    load_table(work, desk, "2031-02-10", DRESNOV, NORDHAVN)
    counts = lists.find(work, late.edition).counts
    assert (counts.added, counts.removed, counts.changed) == (2, 0, 0)


HISTORY: list[tuple[str, list[Entry], dict[str, Any]]] = [
    ("2031-01-10", [DRESNOV, HERON, VOSK], {}),
    ("2031-02-10", [but(DRESNOV, remark="Retired."), NORDHAVN, VOSK], {"parts": "addresses"}),
    ("2031-03-10", [but(DRESNOV, aliases=("Oleg Dresnow",)), HERON, NORDHAVN, but(VOSK, aliases=())], {}),
    ("2031-04-10", [HERON, but(NORDHAVN, listed="2031-03-01"), but(VOSK, aliases=())], {"parts": ""}),
]


def test_editions_in_any_order_give_one_legal_view_byte_for_byte(work: Work, tmp_path: Path) -> None:
    desk = desk_in(tmp_path, {"qm_list": LENIENT})
    views = []
    for order in permutations(HISTORY):
        with tried(work):
            for published, entries, how in order:
                assert load_table(work, desk, published, *entries, **how).status is Status.ACCEPTED
            views.append(legal_view(work))
    assert all(view == views[0] for view in views)
    assert len(views[0]["list_record_spans"]) > 6


remarks = st.sampled_from(["", "Retired.", CUT])
some_aliases = st.sampled_from([(), ("Oleg Dresnow",), ("Oleg Dresnow", "The Ferryman")])


@st.composite
def edition_rows(draw: st.DrawFn) -> tuple[list[Entry], dict[str, Any] | None]:
    """Draw what an edition holds, and in which form: None for XML, or the parts of a CSV edition."""
    dates = st.sampled_from(["", "2030-05-01", "2031-03-01", "2031-03"])
    entries = [
        but(
            one,
            remark=draw(remarks),
            aliases=draw(some_aliases),
            listed=draw(dates),
            kind=draw(st.sampled_from(["Organization", "Company"])),
        )
        for one in EVERYBODY
        if draw(st.integers(0, 3))
    ] or [HERON]
    parts = draw(st.sampled_from([None, "", "aliases", "aliases addresses"]))
    return entries, None if parts is None else {"parts": parts}


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(rows=st.lists(edition_rows(), min_size=2, max_size=4), data=st.data())
def test_no_order_of_any_editions_leaves_a_trace(
    work: Work, tmp_path: Path, rows: list[Any], data: st.DataObject
) -> None:
    desk = desk_in(tmp_path, {"qm_list": LENIENT})
    dated = [(f"2031-0{number + 1}-10", *row) for number, row in enumerate(rows)]
    views = []
    for order in (dated, data.draw(st.permutations(dated))):
        with tried(work):
            for published, entries, parts in order:
                files = document(entries, published) if parts is None else table(entries, published, **parts)
                load(work, desk, "qm_list", files)
            views.append(legal_view(work))
    assert views[0] == views[1]


# --- one at a time, and whole ---


def test_a_failure_leaves_no_trace_of_an_edition(database: Database, clock: FakeClock, desk: Desk) -> None:
    class Broken(Exception):  # noqa: N818 - a test's own
        pass

    def fail(*_: Any) -> int:
        raise Broken

    with at_work(database, clock) as work:
        load_table(work, desk, "2031-01-10", *EVERYBODY)
    with at_work(database, clock) as work:
        before = legal_view(work)
    with pytest.raises(Broken), at_work(database, clock) as work:
        load_table(work, Desk(sources=desk.sources, blobs=desk.blobs, follow=fail), "2031-02-10", DRESNOV, HERON, VOSK)
    with at_work(database, clock) as work:
        assert legal_view(work) == before
        assert len(recorded(work)) == 1


def at_work(database: Database, clock: FakeClock) -> Any:
    return begin(
        database, clock, actor=OPERATOR, purpose=Purpose.SANCTIONS_IMPLEMENTATION, permission=Permission.LISTS_UPDATE
    )


def test_works_at_the_same_time_give_the_same_picture_as_one_after_the_other(
    database: Database, clock: FakeClock, tmp_path: Path
) -> None:
    """Four editions of one list and one of another that names the same people, each by a worker of its own."""
    desk = desk_in(tmp_path, {**SOURCES, "qm_list": LENIENT})
    jobs = [*HISTORY, ("2031-01-10", list(EVERYBODY), {"list_id": "qn_list"})]
    failures: list[BaseException] = []

    def run(into: Database, published: str, entries: list[Entry], how: dict[str, Any]) -> None:
        try:
            with at_work(into, clock) as work:
                load_table(work, desk, published, *entries, **how)
        except BaseException as failure:  # noqa: BLE001 - a thread's failure would be lost
            failures.append(failure)

    threads = [threading.Thread(target=run, args=(database, *job)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    one_by_one = Database.embedded(tmp_path / "calm.sqlite3")
    one_by_one.create()
    for job in jobs:
        run(one_by_one, *job)
    assert failures == []
    with at_work(database, clock) as work, at_work(one_by_one, clock) as calm:
        assert unnamed(legal_view(work)) == unnamed(legal_view(calm))
        assert len(in_force(work)) == 4
    one_by_one.close()


def unnamed(view: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    """Return a legal view with clusters named by their first entry, because they are given random names."""
    first: dict[str, str] = {}
    for id_, _, _, cluster, *_ in view["entities"]:
        first[cluster] = min(first.get(cluster, id_), id_)
    return view | {"entities": [(*row[:3], first[row[3]], *row[4:]) for row in view["entities"]]}
