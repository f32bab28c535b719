"""What screening found is reported: opened once, carried while nothing that matters changes, and closed when it is gone."""

from __future__ import annotations

from comity.alerts import service as alerts
from comity.alerts.model.answers import Stand
from comity.alerts.model.subject import SubjectKind
from comity.alerts.service import Office
from comity.infra.work import Work
from comity.lists.service import Desk
from comity.model.money import Money
from comity.register import service as register
from comity.screening.service import Place
from support.alerting import Report, customer, found
from support.invented import DRESNOV, HERON, NORDHAVN, VOSK, load_document, recorded

DRESNOV_ID = register.resolve_id("qm_list:QM-1")


def stand_of(work: Work, id_: str = "c-1") -> Stand | None:
    standing = alerts.standing(work, SubjectKind.CUSTOMER, [id_]).get(id_)
    return standing.stand if standing else None


def test_whoever_is_found_waits_for_a_person(work: Work, report: Report) -> None:
    reported = report(customer())
    assert reported.is_undecided
    assert len(reported.opened) == 1
    standing = alerts.standing(work, SubjectKind.CUSTOMER, ["c-1"])["c-1"]
    assert (standing.stand, standing.undecided, standing.true) == (Stand.UNDECIDED, (DRESNOV_ID,), ())


def test_of_whom_nothing_is_found_nothing_stands(work: Work, report: Report) -> None:
    assert report(customer(name="Rowan Quill")).alert == ""
    assert stand_of(work) is None


def test_the_same_answer_again_renews_what_is_open(work: Work, report: Report) -> None:
    first, again = report(customer()), report(customer())
    assert again.alert == first.alert
    assert (again.opened, again.renewed) == ((), first.opened)


def test_what_is_found_no_longer_is_closed(work: Work, report: Report) -> None:
    first, again = report(customer()), report(customer(name="Rowan Quill"))
    assert again.closed == first.opened
    assert stand_of(work) is Stand.NOTHING


def test_whoever_is_delisted_is_found_no_longer_and_found_again_when_listed_again(
    work: Work, desk: Desk, report: Report
) -> None:
    first = report(customer())
    load_document(work, desk, "2031-02-10", HERON, NORDHAVN, VOSK)
    assert report(customer()).closed == first.opened
    load_document(work, desk, "2031-03-10", DRESNOV, HERON, NORDHAVN, VOSK)
    assert report(customer()).opened == first.opened
    assert stand_of(work) is Stand.UNDECIDED


def test_many_are_reported_at_once_and_answered_in_order(work: Work, office: Office, place: Place) -> None:
    names = ("Oleg Dresnov", "Rowan Quill", "Ilse Vosk")
    reports = [found(work, place, customer(f"c-{n}", name)) for n, name in enumerate(names)]
    answers = alerts.report(work, office, reports)
    assert [one.subject_id for one in answers] == ["c-0", "c-1", "c-2"]
    assert [bool(one.alert) for one in answers] == [True, False, True]


def test_a_subject_that_is_screened_no_longer_is_retracted(work: Work, report: Report) -> None:
    report(customer())
    assert alerts.retract(work, SubjectKind.CUSTOMER, ["c-1"], "portfolio.left") == 1
    assert alerts.retract(work, SubjectKind.CUSTOMER, ["c-1"], "portfolio.left") == 0
    assert stand_of(work) is Stand.NOTHING


def test_the_ledger_has_counts_and_no_names(work: Work, report: Report) -> None:
    report(customer(), at_stake=Money(1_250_00, "QMF"))
    (event,) = [one for one in recorded(work) if one.kind == "alerts.reported"]
    assert event.facts == {"subjects": 1, "opened": 1}
