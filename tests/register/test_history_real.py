"""The real lists over the years: three editions of the United Nations' list, four of the Treasury's, and what lies between them."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from comity.catalogue.sources import un_consolidated, us_ofac_sdn
from comity.infra.work import Work
from comity.lists import service as lists
from comity.lists.model import Op, Status
from comity.lists.service import Desk, Read
from comity.model.designation import Act, ActKind
from comity.register import service as register
from comity.register.model.answers import Search
from comity.register.model.listing import state_on
from support.engines import ON_SQLITE
from support.invented import desk_in, legal_view, stage

pytestmark = pytest.mark.data

UN_DAYS = ("2020-03-20", "2025-04-19", "2025-11-20")
SDN_DAYS = ("2021-08-18", "2022-02-23", "2022-04-12", "2023-06-20")
SDN_COMMITS = ("f2dad113", "cad3314a", "c8ca3f20", "eab09372")
"""The commits of the history from which the editions and the changes between them were taken."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    sources = {one.id: one for one in (un_consolidated.SOURCE, us_ofac_sdn.SOURCE)}
    return desk_in(tmp_path_factory.mktemp("real"), sources)


@pytest.fixture(scope="module")
def un_files(shared: Path) -> dict[str, bytes]:
    return {day: (shared / f"sanctions/un/un_consolidated_{day}.xml.gz").read_bytes() for day in UN_DAYS}


@pytest.fixture(scope="module")
def un_readings(desk: Desk, un_files: dict[str, bytes]) -> dict[str, Read]:
    return {day: reading(desk, "un_consolidated", raw) for day, raw in un_files.items()}


def reading(desk: Desk, list_id: str, raw: bytes) -> Read:
    (staged,) = stage(desk, list_id, {"file.gz": raw})
    return lists.read(desk, staged)


# --- the United Nations ---

ORDERS = {"sqlite": [(0, 1, 2), (2, 1, 0), (1, 2, 0)], "postgresql": [(0, 2, 1), (2, 0, 1)]}
"""Five of the six orders; each takes some seconds."""


def test_in_any_order_the_editions_give_one_legal_view_byte_for_byte(
    work: Work, desk: Desk, un_readings: dict[str, Read]
) -> None:
    views = []
    for order in ORDERS[work.connection.dialect.name]:
        attempt = work.connection.begin_nested()
        for place in order:
            assert lists.take(work, desk, un_readings[UN_DAYS[place]]).status is Status.ACCEPTED
        views.append(legal_view(work))
        stand_as_each_edition_says(work, un_readings)
        attempt.rollback()
    for name in views[0]:
        assert all(view[name] == views[0][name] for view in views), name


def stand_as_each_edition_says(work: Work, un_readings: dict[str, Read]) -> None:
    """Demand that everybody who was ever listed stands on each edition's own day as that edition says."""
    everyone = {reference for read in un_readings.values() for reference in read.records}
    ids = {reference: register.resolve_id(f"un_consolidated:{reference}") for reference in everyone}
    cards = register.cards(work, ids.values())
    assert len(cards) == len(everyone)
    for day, read in un_readings.items():
        for reference, id_ in ids.items():
            states = {state_on(one.intervals, date.fromisoformat(day)).value for one in cards[id_][1].designations}
            assert ("listed" in states) == (reference in read.records), (reference, day)


def iran_references(raw: bytes) -> set[str]:
    """The entries of the Iran list in a file, by their permanent reference numbers, read without any reader of ours."""
    numbers = etree.fromstring(gzip.decompress(raw)).iter("REFERENCE_NUMBER")
    return {text for one in numbers if (text := (one.text or "").strip()).startswith(("IRi.", "IRe."))}


@pytest.fixture
def returned(un_files: dict[str, bytes]) -> set[str]:
    """The Iran entries that stand in the first and the third edition only."""
    first, second, third = (iran_references(un_files[day]) for day in UN_DAYS)
    return (first & third) - second


@ON_SQLITE
def test_the_iran_entries_are_listed_gone_and_listed_again_and_between_one_cannot_tell(
    work: Work, desk: Desk, un_readings: dict[str, Read], returned: set[str]
) -> None:
    for day in UN_DAYS:
        lists.take(work, desk, un_readings[day])
    assert len(returned) == 84
    ids = {reference: register.resolve_id(f"un_consolidated:{reference}") for reference in returned}
    told = {
        "2020-03-20": "listed",
        "2020-03-21": "unknown",
        "2023-10-18": "unknown",
        "2025-04-18": "unknown",
        "2025-04-19": "not_listed",
        "2025-04-20": "unknown",
        "2025-09-28": "unknown",
        "2025-11-19": "unknown",
        "2025-11-20": "listed",
    }
    cards = register.cards(work, ids.values())
    for reference, id_ in ids.items():
        (designation,) = cards[id_][1].designations
        found = {day: state_on(designation.intervals, date.fromisoformat(day)).value for day in told}
        assert found == told, reference
    reference = min(returned)
    removed = Act(kind=ActKind.REMOVED, on=date(2023, 10, 18), citation="S/RES/2231 (2015), annex B, para. 6")
    returned_act = Act(kind=ActKind.LISTED, on=date(2025, 9, 28), citation="S/RES/2231 (2015), para. 12")
    for act in (removed, returned_act):
        register.enter_act(work, desk, ids[reference], "Iran", act)
    decided = {
        "2020-03-21": "listed",
        "2023-10-17": "listed",
        "2023-10-18": "not_listed",
        "2025-04-19": "not_listed",
        "2025-09-27": "not_listed",
        "2025-09-28": "listed",
        "2025-11-20": "listed",
    }
    for day, state in decided.items():
        (shown,) = register.show(work, desk, ids[reference], as_of=date.fromisoformat(day)).designations
        assert shown.state.value == state, day
        hits = register.search(work, desk, Search(text=reference, as_of=date.fromisoformat(day))).results
        assert [hit.state.value for hit in hits if hit.id == ids[reference]] == [state]


# --- the Treasury ---


def rows(raw: bytes) -> dict[str, list[str]]:
    """The rows of a file by entry number, stripped, read by nothing but the library."""
    text = gzip.decompress(raw).decode("ascii").rstrip("\x1a\r\n")
    return {row[0].strip(): [cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""))}


@pytest.fixture(scope="module")
def sdn_files(shared: Path) -> dict[str, bytes]:
    return {day: (shared / f"sanctions/ofac/sdn_csv_history/sdn_{day}.csv.gz").read_bytes() for day in SDN_DAYS}


@pytest.fixture(scope="module")
def steps(shared: Path) -> list[dict[str, Any]]:
    """Every change that the publisher made in between, as its history tells it."""
    with gzip.open(shared / "sanctions/ofac/sdn_csv_history/sdn_deltas.jsonl.gz", "rt") as lines:
        return [json.loads(line) for line in lines]


def composed(steps: list[dict[str, Any]], since: str, until: str) -> dict[str, set[str]]:
    """Put the changes between two commits together: the entries that came, went, and read otherwise in the end."""
    start = next(number for number, step in enumerate(steps) if step["prev_commit"].startswith(since))
    end = next(number for number, step in enumerate(steps) if step["commit"].startswith(until))
    first: dict[str, list[str] | None] = {}
    last: dict[str, list[str] | None] = {}
    for step in steps[start : end + 1]:
        for before, after in moves(step):
            number = (after or before or [""])[0]
            first.setdefault(number, before)
            last[number] = after
    found: dict[str, set[str]] = {"added": set(), "removed": set(), "changed": set()}
    for number, before in first.items():
        after = last[number]
        if before != after:
            found["added" if before is None else "removed" if after is None else "changed"].add(number)
    return found


def moves(step: dict[str, Any]) -> Iterator[tuple[list[str] | None, list[str] | None]]:
    yield from ((None, row) for row in step["added"])
    yield from ((row, None) for row in step["removed"])
    yield from ((one["before"], one["after"]) for one in step["changed"])


@ON_SQLITE
def test_deltas_agree_with_the_publishers_own_history_row_by_row(
    work: Work, desk: Desk, sdn_files: dict[str, bytes], steps: list[dict[str, Any]]
) -> None:
    alone = Desk(sources=desk.sources, blobs=desk.blobs, follow=lambda *_: 0)
    ids: list[str] = []
    for day, raw in sdn_files.items():
        taken = lists.take(work, alone, reading(desk, "us_ofac_sdn", raw), date.fromisoformat(day))
        assert taken.status is Status.ACCEPTED
        ids.append(taken.edition)
    for place, (since, until) in enumerate(pairwise(ids)):
        told: dict[str, set[str]] = {"added": set(), "removed": set(), "changed": set()}
        names = {Op.ADDED: "added", Op.REMOVED: "removed", Op.CHANGED: "changed"}
        for change in lists.diff(work, desk, since, until):
            told[names[change.op]].add(change.reference)
        old, new = (rows(sdn_files[day]) for day in SDN_DAYS[place : place + 2])
        assert told["added"] == new.keys() - old.keys()
        assert told["removed"] == old.keys() - new.keys()
        assert told["changed"] == {number for number in old.keys() & new.keys() if old[number] != new[number]}
        assert told == composed(steps, *SDN_COMMITS[place : place + 2])
