"""Looking back: whoever is newly listed is found among the payments that passed before, and nobody else is."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from comity.alerts.service import Office
from comity.filtering import service as filtering
from comity.filtering.model.dealing import Lookback
from comity.filtering.service import Place
from comity.infra.work import Work
from comity.lists.service import Desk
from comity.screening import service as screening
from support.invented import Entry, but, load_document, recorded
from support.paying import KINDS, LISTED

HEADER = "message_id,amount,currency,debtor_name,creditor_name,creditor_bic,remittance\n"
LINES = [
    "M-1,10.00,EUR,Rowan Quill,Fen Marlow,ZORLQZQZ,rent march\n",
    "M-2,20.00,EUR,Rowan Quill,Astrid Velm,ZORLQZQZ,lamps\n",
    "M-3,30.00,EUR,Rowan Quill,Fen Marlow,QUAMQNQN,freight by MV Kelda Queen\n",
    "M-4,40.00,EUR,Rowan Quill,Oleg Dresnov,ZORLQZQZ,rent\n",
]
NEW = (
    Entry(number="QM-50", name="Astrid Velm"),
    Entry(number="QM-51", name="Kelda Queen", kind="Vessel"),
    Entry(number="QM-52", name="Quamar Union Bank", kind="Company", numbers="swiftBic:QUAMQNQN"),
    Entry(number="QM-53", name="Somebody Else Entirely"),
)


@pytest.fixture
def place(tmp_path: Path, desk: Desk) -> Place:
    """Where these tests screen payments."""
    return Place(screening.Place(desk, tmp_path / "screening"), KINDS, Office(desk))


@pytest.fixture(autouse=True)
def screened(work: Work, desk: Desk, place: Place, tmp_path: Path) -> None:
    """A file of payments, screened before anybody new was listed."""
    load_document(work, desk, "2031-01-10", *LISTED)
    path = tmp_path / "payments.csv"
    path.write_text(HEADER + "".join(LINES))
    run = filtering.begin(work, place, filtering.keep_file(place, path), path.name)
    for batch in filtering.examine(place, run):
        filtering.keep(work, place, run, batch)
    filtering.end(work, run.file.id)


def looked(work: Work, place: Place, since: date | None = None) -> Lookback:
    return filtering.keep_lookback(work, place, filtering.look_back(work, place, since))


def found(work: Work, one: Lookback) -> set[tuple[str, int]]:
    numbers = {payment.id: payment.number for payment in filtering.listed(work).payments}
    return {(dealing.hit.listed.caption, numbers[id_]) for dealing in one.dealings for id_ in dealing.payments}


def test_with_nobody_new_nothing_is_found(work: Work, place: Place) -> None:
    one = looked(work, place)
    assert (one.listed, one.dealings) == (0, ())
    assert one.questions > 0


def test_earlier_dealings_with_whoever_is_new_are_found(work: Work, desk: Desk, place: Place) -> None:
    work.at += timedelta(days=30)
    load_document(work, desk, "2031-12-10", *LISTED, *NEW)
    one = looked(work, place)
    assert one.listed == len(NEW)
    assert found(work, one) == {("Astrid Velm", 2), ("Kelda Queen", 3), ("Quamar Union Bank", 3)}
    work.at += timedelta(minutes=1)
    assert looked(work, place).dealings == (), "they are looked for once"
    assert [each.payments for each in filtering.look_backs(work)] == [0, 2]


def test_a_new_alias_of_somebody_listed_is_new(work: Work, desk: Desk, place: Place) -> None:
    work.at += timedelta(days=30)
    load_document(work, desk, "2031-12-10", but(LISTED[0], aliases=("Fen Marlow",)), *LISTED[1:])
    assert found(work, looked(work, place)) == {(LISTED[0].name, 1), (LISTED[0].name, 3)}


def test_one_can_look_back_from_a_day(work: Work, desk: Desk, place: Place) -> None:
    looked(work, place)
    assert ("Oleg Varimovich Dresnov", 4) in found(work, looked(work, place, date(2029, 1, 1)))


def test_earlier_dealings_become_alerts_and_the_ledger_knows_no_name(work: Work, desk: Desk, place: Place) -> None:
    work.at += timedelta(days=30)
    load_document(work, desk, "2031-12-10", *LISTED, *NEW)
    looked(work, place)
    said = [event for event in recorded(work) if event.kind in {"filtering.looked_back", "alerts.reported"}]
    assert {event.kind for event in said} == {"filtering.looked_back", "alerts.reported"}
    assert "velm" not in str(said).casefold()
