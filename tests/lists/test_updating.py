"""From a publisher's server into force: asked politely, believed in nothing, and noted however it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from comity.infra import jobs
from comity.infra.database import Database
from comity.infra.jobs import State
from comity.infra.outbound import FetchFailed
from comity.infra.work import Work, begin
from comity.infra.worker import Worker
from comity.kit.clock import FakeClock
from comity.lists import service as lists
from comity.lists.jobs import handlers
from comity.lists.model import EditionEmpty, File, NotThisList, Source, Standing, Status
from comity.lists.model.answers import PublicationDiffers, PublicationUnknown
from comity.lists.service import Desk
from comity.lists.service.fetching import NothingToFetch, modified
from comity.model.actor import NODE, Purpose
from comity.model.permission import Permission
from support.invented import (
    DRESNOV,
    EVERYBODY,
    HERON,
    NORDHAVN,
    VOSK,
    desk_in,
    document,
    legal_view,
    recorded,
    source,
    stage,
    table,
)
from support.publisher import Answer, Publisher, publishing, status, whole

MODIFIED = "Fri, 10 Jan 2031 12:00:00 GMT"


@dataclass
class Place:
    """Where updates run, and a publisher that they ask."""

    home: Path
    database: Database
    clock: FakeClock
    publisher: Publisher
    desk: Desk
    timeout_s: float = 5.0

    def work(self, permission: Permission, *, write: bool = True) -> AbstractContextManager[Work]:
        return begin(
            self.database, self.clock, actor=NODE, purpose=Purpose.OPERATION, permission=permission, write=write
        )

    def update(self, list_id: str = "qm_list") -> list[tuple[str, str]]:
        taken = lists.update(self, self.desk, list_id, lambda _done, _total: None)
        return [(one.status.value, one.published_on) for one in taken]

    def look(self, ask: Callable[[Work], Any]) -> Any:
        with self.work(Permission.LISTS_READ) as work:
            return ask(work)

    def noted(self, list_id: str = "qm_list") -> tuple[str, str]:
        (state,) = (one for one in self.look(lambda work: lists.states(work, self.desk)) if one.source == list_id)
        return state.check_outcome, state.check_detail


def in_files(one: Source, url: str) -> Source:
    """Return a source whose CSV files have addresses, and which is published in no other form."""
    (table_,) = (format_ for format_ in one.formats if format_.id == "csv")
    files = tuple(msgspec.structs.replace(file, url=f"{url}/{file.name}") for file in table_.files)
    return msgspec.structs.replace(one, formats=(msgspec.structs.replace(table_, files=files),))


@pytest.fixture
def place(tmp_path: Path, database: Database, clock: FakeClock) -> Iterator[Place]:
    with publishing() as publisher:
        sources = {
            "qm_list": source("qm_list", "QM", url=publisher.url),
            "qn_list": in_files(source("qn_list", "QN"), publisher.url),
            "qo_list": source("qo_list", "QO"),
        }
        yield Place(tmp_path, database, clock, publisher, desk_in(tmp_path, sources))


def sends(files: dict[str, bytes], **headers: str) -> list[Answer]:
    return [whole(raw, **headers) for raw in files.values()]


def test_what_the_publisher_sends_comes_into_force(place: Place) -> None:
    place.publisher.script = sends(document(EVERYBODY, "2031-01-10"), ETag='"1"')
    assert place.update() == [("accepted", "2031-01-10")]
    assert place.noted() == ("accepted", "")
    assert [asked.path for asked in place.publisher.asked] == ["/list.xml"]
    assert place.look(lambda work: len(lists.contents(work, lists.editions(work)[0]))) == 4


def test_the_publisher_is_asked_only_for_what_is_new(place: Place) -> None:
    place.publisher.script = [
        *sends(document(EVERYBODY, "2031-01-10"), ETag='"1"', Last_Modified=MODIFIED),
        status(304),
    ]
    place.update()
    assert place.update() == []
    assert place.noted() == ("unchanged", "")
    assert place.publisher.asked[1].headers["if-none-match"] == '"1"'
    assert place.publisher.asked[1].headers["if-modified-since"] == MODIFIED
    assert place.update() == []
    assert place.publisher.asked[2].headers["if-none-match"] == '"1"'


def test_the_same_file_sent_again_changes_nothing(place: Place) -> None:
    place.publisher.script = sends(document(EVERYBODY, "2031-01-10"))
    place.update()
    before = place.look(legal_view)
    assert place.update() == [("unchanged", "2031-01-10")]
    assert place.noted() == ("unchanged", "")
    assert place.look(legal_view) == before


def test_files_that_belong_together_are_fetched_together_and_never_by_half(place: Place) -> None:
    """One that has not changed must come all the same, or the edition would say nothing of its part."""
    first = table(EVERYBODY, "2031-01-10", tag="QN")
    place.publisher.script = [*sends(first, ETag='"1"'), *sends(table(EVERYBODY, "2031-01-11", tag="QN"), ETag='"1"')]
    assert place.update("qn_list") == [("accepted", "2031-01-10")]
    assert place.update("qn_list") == [("accepted", "2031-01-11")]
    assert [asked.path for asked in place.publisher.asked] == ["/entries.csv", "/aliases.csv", "/addresses.csv"] * 2
    assert all("if-none-match" not in asked.headers for asked in place.publisher.asked)


def test_a_set_without_one_of_its_files_is_not_taken(place: Place) -> None:
    files = sends(table(EVERYBODY, "2031-01-10", tag="QN"))
    place.publisher.script = [*files, files[0], status(404), status(404)]
    place.update("qn_list")
    before = place.look(legal_view)
    with pytest.raises(FetchFailed, match=r"aliases\.csv answered 404"):
        place.update("qn_list")
    assert place.look(legal_view) == before
    assert place.noted("qn_list")[0] == "failed"


def test_a_file_that_does_not_say_its_day_has_the_servers(place: Place) -> None:
    place.publisher.script = sends(document(EVERYBODY), Last_Modified=MODIFIED)
    assert place.update() == [("accepted", "2031-01-10")]


def test_without_a_day_from_anyone_it_is_today(place: Place) -> None:
    place.publisher.script = [
        *sends(document(EVERYBODY)),
        *sends(document([HERON, NORDHAVN, VOSK]), Last_Modified="soon"),
    ]
    assert place.update() == [("accepted", "2031-11-21")]
    place.clock.advance(timedelta(hours=1))
    assert place.update() == [("accepted", "2031-11-21")]


def test_the_latest_day_of_several_files_counts(place: Place) -> None:
    days = ("Wed, 08 Jan 2031 12:00:00 GMT", MODIFIED, "Thu, 09 Jan 2031 12:00:00 -0000")
    files = table(EVERYBODY, tag="QN").values()
    place.publisher.script = [whole(raw, Last_Modified=day) for raw, day in zip(files, days, strict=True)]
    assert place.update("qn_list") == [("accepted", "2031-01-10")]


@pytest.mark.parametrize(
    "text", ["", "yesterday", "Fri, 99 Jan 2031 12:00:00 GMT", "0", "Fri, 10 Jan 2031 12:00:00 +9999"]
)
def test_a_server_may_say_any_day(text: str) -> None:
    assert modified({"https://a.invalid/": msgspec.json.encode({"last_modified": text}).decode()}) is None


def test_a_day_without_a_zone_is_universal_time() -> None:
    said = {"https://a.invalid/": msgspec.json.encode({"last_modified": "Fri, 10 Jan 2031 12:00:00 -0000"}).decode()}
    assert modified(said) == datetime(2031, 1, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("answer", "failure", "said"),
    [
        (status(404), FetchFailed, "answered 404"),
        (whole(b"<!DOCTYPE html><html>Sorry, we are busy.</html>"), NotThisList, "the file is a web page"),
        (whole(b""), EditionEmpty, "the file is empty"),
        (whole(document(EVERYBODY, "2031-02-10")["list.xml"][:900]), Exception, "the XML breaks off"),
    ],
)
def test_whatever_else_comes_is_noted_and_changes_nothing(
    place: Place, answer: Answer, failure: type[Exception], said: str
) -> None:
    place.publisher.script = [*sends(document(EVERYBODY, "2031-01-10"), ETag='"1"'), answer]
    place.update()
    before, events = place.look(legal_view), len(place.look(recorded))
    with pytest.raises(failure, match=said):
        place.update()
    assert place.look(legal_view) == before
    outcome, detail = place.noted()
    assert outcome == "failed"
    assert said in detail
    assert [event.kind for event in place.look(recorded)[events:]] == ["lists.refused"]
    place.publisher.script = [*place.publisher.script, answer]
    with pytest.raises(failure, match=said):
        place.update()
    assert len(place.look(recorded)) == events + 1, "the same failure is told once"
    place.publisher.script = [*place.publisher.script, *sends(document([DRESNOV, HERON, VOSK], "2031-02-11"))]
    assert place.update() == [("accepted", "2031-02-11")]
    assert place.publisher.asked[-1].headers["if-none-match"] == '"1"'


def test_an_edition_that_must_wait_is_noted_as_waiting(place: Place) -> None:
    place.publisher.script = sends(document(EVERYBODY, "2031-01-10", count=9))
    assert place.update() == [("quarantined", "2031-01-10")]
    assert place.noted() == ("quarantined", "")


def test_a_list_without_an_address_is_loaded_from_files(place: Place) -> None:
    with pytest.raises(NothingToFetch, match="qo_list --file PATH"):
        place.update("qo_list")
    assert place.noted("qo_list")[0] == "failed"


def test_nothing_that_arrived_is_left_lying_about(place: Place) -> None:
    good = document(EVERYBODY, "2031-01-10")["list.xml"]
    place.publisher.script = [whole(good, ETag='"1"'), whole(b"<html>")]
    place.update()
    with pytest.raises(NotThisList):
        place.update()
    assert list((place.home / "incoming").iterdir()) == []


# --- what can be fetched, and when ---


def test_a_list_is_fetched_in_its_first_official_form_that_has_addresses(place: Place) -> None:
    def form(list_id: str) -> str:
        found = lists.fetchable(place.desk, list_id)
        return found.id if found else ""

    assert (form("qm_list"), form("qn_list"), form("qo_list")) == ("xml", "csv", "")
    one = place.desk.source("qm_list")
    derived = msgspec.structs.replace(one.formats[0], standing=Standing.DERIVED)
    desk = desk_in(place.home, {"qm_list": msgspec.structs.replace(one, formats=(derived,))})
    assert lists.fetchable(desk, "qm_list") is None


def test_a_list_with_one_file_that_has_no_address_is_not_fetched(place: Place) -> None:
    one = place.desk.source("qn_list").formats[0]
    files = (*one.files[:2], File(name="addresses.csv", recognises=lambda _name, _head: False))
    half = msgspec.structs.replace(place.desk.source("qn_list"), formats=(msgspec.structs.replace(one, files=files),))
    assert lists.fetchable(desk_in(place.home, {"qn_list": half}), "qn_list") is None


def test_each_list_that_can_be_fetched_is_ordered_once(place: Place) -> None:
    with place.work(Permission.LISTS_UPDATE) as work:
        lists.order(work, place.desk, list(place.desk.sources), first=True)
        lists.order(work, place.desk, list(place.desk.sources))
        rows = work.connection.exec_driver_sql("SELECT kind, key FROM jobs ORDER BY key").all()
    assert [tuple(row) for row in rows] == [
        (lists.FOLLOW, "lists.follow:qm_list"),
        (lists.FOLLOW, "lists.follow:qn_list"),
    ]


def test_the_next_check_is_ordered_before_this_one_is_made(place: Place) -> None:
    """A check that fails does not end the schedule."""
    place.publisher.script = [status(404)]
    job = type("Job", (), {"payload": {"list": "qm_list"}})()
    with pytest.raises(FetchFailed):
        handlers(place)[lists.FOLLOW](job, lambda _done, _total: None)  # type: ignore[arg-type]
    due = place.look(lambda work: work.connection.exec_driver_sql("SELECT due FROM jobs").scalar_one())
    assert datetime.fromisoformat(str(due)) == datetime(2031, 11, 21, 18, tzinfo=UTC)


def test_a_job_answers_what_became_of_each_edition(place: Place) -> None:
    place.publisher.script = sends(document(EVERYBODY, "2031-01-10"))
    with place.work(Permission.LISTS_UPDATE) as work:
        assert lists.order_now(work, "qm_list") == lists.order_now(work, "qm_list")
    job = type("Job", (), {"payload": {"list": "qm_list"}})()
    (answer,) = handlers(place)[lists.UPDATE](job, lambda _done, _total: None)  # type: ignore[arg-type]
    assert (answer["status"], answer["designations"]) == (Status.ACCEPTED.value, 4)


# --- files that somebody gives ---


def given(place: Place, files: dict[str, bytes], published: date | None = None, list_id: str = "qm_list") -> None:
    """Order that files are loaded, as the console does."""
    with place.work(Permission.LISTS_UPDATE) as work:
        lists.order_load(work, place.desk, stage(place.desk, list_id, files), published)


def work_off(place: Place) -> list[State]:
    """Do everything that is ordered, and return how each job ended."""
    worker = Worker(place.database, place.clock, handlers(place))
    while worker.step():
        pass
    ended = (State.DONE, State.FAILED, State.WAITING)
    return place.look(lambda work: [job.state for job in reversed(jobs.latest(work.connection, ended))])


def test_what_is_given_is_loaded_by_the_worker_in_its_own_time(place: Place) -> None:
    both = {
        **document(EVERYBODY, "2031-01-10"),
        "second.xml": document([DRESNOV, HERON, VOSK], "2031-02-10")["list.xml"],
    }
    given(place, both)
    assert place.look(lists.editions) == []
    assert [job.kind for job in place.look(lists.orders).waiting] == [lists.LOAD, lists.LOAD]
    assert work_off(place) == [State.DONE, State.DONE]
    editions = place.look(lists.editions)
    assert [(str(one.published_at.date()), one.status) for one in editions] == [
        ("2031-01-10", Status.ACCEPTED),
        ("2031-02-10", Status.ACCEPTED),
    ]
    assert place.look(lists.orders).waiting == ()
    assert [event.kind for event in place.look(recorded)][:2] == ["lists.load_ordered"] * 2


def test_giving_the_same_files_again_changes_nothing(place: Place) -> None:
    for _ in range(2):
        given(place, document(EVERYBODY, "2031-01-10"))
    assert len(place.look(lists.orders).waiting) == 1
    work_off(place)
    before = place.look(legal_view)
    given(place, document(EVERYBODY, "2031-01-10"))
    assert work_off(place) == [State.DONE, State.DONE]
    assert place.look(legal_view) == before


@pytest.mark.parametrize(
    ("files", "published", "failure"),
    [
        (table(EVERYBODY), None, PublicationUnknown),
        (document(EVERYBODY, "2031-01-10"), date(2031, 1, 11), PublicationDiffers),
        ({"list.xml": b"<html>"}, None, NotThisList),
    ],
)
def test_what_is_no_edition_at_first_sight_is_not_ordered(
    place: Place, files: dict[str, bytes], published: date | None, failure: type[Exception]
) -> None:
    with pytest.raises(failure):
        given(place, files, published)
    assert place.look(lists.orders).waiting == ()
    assert place.look(recorded) == []


def test_what_turns_out_to_be_broken_is_noted_until_something_is_loaded(place: Place) -> None:
    given(place, {"list.xml": document(EVERYBODY, "2031-01-10")["list.xml"][:900]})
    assert work_off(place) == [State.FAILED]
    outcome, detail = place.noted()
    assert outcome == "refused"
    assert "list.xml: the XML breaks off" in detail
    assert place.look(lists.editions) == []
    given(place, table(EVERYBODY), date(2031, 1, 10))
    work_off(place)
    assert place.noted() == ("accepted", "")


def test_a_list_that_is_asked_for_twice_stands_once_among_what_is_to_be_done(place: Place) -> None:
    given(place, document(EVERYBODY, "2031-01-10"))
    with place.work(Permission.LISTS_UPDATE) as work:
        lists.order(work, place.desk, ["qm_list", "qn_list"], first=True)
        lists.order_now(work, "qm_list")
        begun = jobs.lease(work.connection, work.at, {lists.UPDATE})
        assert begun is not None
    told = place.look(lists.orders)
    assert [job.id for job in told.under_way] == [begun.id]
    waiting = {(job.kind, job.payload["list"]) for job in told.waiting}
    assert waiting == {(lists.LOAD, "qm_list"), (lists.FOLLOW, "qn_list")}
    assert [job.kind for job in place.look(lambda work: lists.orders(work, "qn_list")).waiting] == [lists.FOLLOW]


def test_what_a_worker_fell_silent_over_waits_again(place: Place) -> None:
    given(place, document(EVERYBODY, "2031-01-10"))
    with place.work(Permission.LISTS_UPDATE) as work:
        assert jobs.lease(work.connection, work.at, {lists.LOAD}) is not None
    assert len(place.look(lists.orders).under_way) == 1
    place.clock.advance(timedelta(seconds=jobs.LEASE_S + 1))
    assert (len(place.look(lists.orders).under_way), len(place.look(lists.orders).waiting)) == (0, 1)
