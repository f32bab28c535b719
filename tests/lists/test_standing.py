"""Where the lists stand: what is in force, since when, what waits, and which publisher has been silent for too long."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from comity.infra.work import Work
from comity.lists import service as lists
from comity.lists.model import Closed, Every
from comity.lists.model.answers import ListState, SourceUnknown
from comity.lists.service import Desk
from support.invented import EVERYBODY, HERON, NORDHAVN, SOURCES, VOSK, desk_in, load_document, load_table, source


def state(work: Work, desk: Desk, list_id: str = "qm_list") -> ListState:
    (found,) = (one for one in lists.states(work, desk) if one.source == list_id)
    return found


def test_every_list_has_a_state_also_without_an_edition(work: Work, desk: Desk) -> None:
    assert [one.source for one in lists.states(work, desk)] == sorted(SOURCES)
    empty = state(work, desk)
    assert (empty.in_force, empty.editions, empty.hours_to_force, empty.is_overdue) == (None, 0, None, False)
    assert (empty.title, empty.code, empty.is_current) == ("List of QM (fictional)", "QM", True)
    assert lists.ground(work, desk) == []


def test_a_list_that_can_be_fetched_says_how_often_it_is_asked_for(work: Work, tmp_path: Path) -> None:
    sources = {"qm_list": source("qm_list", "QM", url="https://list.invalid"), "qn_list": SOURCES["qn_list"]}
    desk = desk_in(tmp_path, sources)
    assert [state(work, desk, list_id).interval_hours for list_id in sources] == [6, None]


def test_the_latest_edition_by_publication_is_in_force(work: Work, desk: Desk) -> None:
    latest = load_table(work, desk, "2031-03-10", *EVERYBODY)
    load_table(work, desk, "2031-01-10", *EVERYBODY)
    waiting = load_table(work, desk, "2031-04-10", HERON, count=9)
    found = state(work, desk)
    assert found.in_force is not None
    assert found.in_force.id == latest.edition
    assert [one.id for one in found.quarantined] == [waiting.edition]
    assert found.editions == 2
    (ground,) = lists.ground(work, desk)
    assert (ground.edition, ground.code, ground.designations, ground.quarantined) == (latest.edition, "QM", 4, 1)
    assert ground.accepted_at == work.at


def test_the_hours_from_publication_to_force_are_told(work: Work, desk: Desk) -> None:
    load_table(work, desk, "2031-11-21T09:30:00Z", *EVERYBODY)
    assert state(work, desk).hours_to_force == pytest.approx(2.5)


@pytest.mark.parametrize(("days", "overdue"), [(59, False), (61, True)])
def test_a_list_that_has_been_silent_for_too_long_is_overdue(
    work: Work,
    desk: Desk,
    days: int,
    overdue: bool,  # noqa: FBT001 - a table
) -> None:
    load_table(work, desk, (work.at - timedelta(days=days)).isoformat(), *EVERYBODY)
    assert state(work, desk).is_overdue is overdue


def test_a_closed_list_is_never_overdue_and_never_asked_for(work: Work, tmp_path: Path) -> None:
    closed = msgspec.structs.replace(SOURCES["qm_list"], schedule=Closed(on=date(2031, 1, 31), successor="qn_list"))
    desk = desk_in(tmp_path, {"qm_list": closed})
    load_table(work, desk, "2025-01-10", *EVERYBODY)
    found = state(work, desk)
    assert (found.is_current, found.interval_hours, found.is_overdue) == (False, None, False)


def test_what_stood_in_an_edition_can_be_read_back(work: Work, desk: Desk) -> None:
    load_document(work, desk, "2031-01-10", *EVERYBODY)
    load_document(work, desk, "2031-02-10", HERON, NORDHAVN, VOSK)
    first, second = lists.editions(work, "qm_list")
    assert lists.contents(work, first).keys() - lists.contents(work, second).keys() == {"QM-1"}
    (span,) = lists.history(work, "qm_list", ["QM-1"])["QM-1"]
    assert (span.since, span.until) == (first.key, second.key)
    record = lists.records(work, [span.digest])[span.digest]
    assert (record.reference, record.caption) == ("QM-1", "Oleg Varimovich Dresnov")
    assert record.raw.startswith("<entry>")
    assert lists.history(work, "qm_list", ["QM-9"]) == {"QM-9": []}


def test_datasets_are_lists_of_their_own(work: Work, tmp_path: Path) -> None:
    many = msgspec.structs.replace(SOURCES["qm_list"], has_datasets=True, schedule=Every(hours=24))
    desk = desk_in(tmp_path, {"qm_list": many})
    for list_id in ("qm_list", "qm_other:one"):
        with pytest.raises(SourceUnknown, match="qm_list:NAME"):
            desk.source(list_id)
    assert desk.source("qm_list:one").title == "List of QM (fictional): one"
    assert lists.states(work, desk) == []
