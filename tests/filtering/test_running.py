"""Files of payments: screened in batches, gone on with after a kill, nothing twice and nothing lost; held, decided and replayed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from comity.accounts import service as accounts
from comity.accounts.model.roles import Role
from comity.alerts import service as alerts
from comity.alerts.model.subject import SubjectKind
from comity.alerts.service import Office
from comity.filtering import service as filtering
from comity.filtering.model.asking import Asked
from comity.filtering.model.failures import (
    ActClosed,
    PaymentUnknown,
    QuestionUnfit,
    ReasonMissing,
    ReplayDiffers,
    SamePerson,
)
from comity.filtering.model.holding import Act, File, State, Step
from comity.filtering.model.outcome import Outcome
from comity.filtering.service import Place, running
from comity.filtering.store.payments import payments
from comity.infra.columns import metadata
from comity.infra.work import Work
from comity.lists.service import Desk
from comity.model.actor import Actor
from comity.payments.model import ValueMalformed
from comity.screening import service as screening
from support.invented import DRESNOV, VOSK, but, load_document, recorded
from support.paying import KINDS, LISTED

HEADER = "message_id,end_to_end_id,uetr,amount,currency,debtor_name,creditor_name,remittance\n"
LINES = [
    "M-1,E-1,,10.00,EUR,Rowan Quill,Fen Marlow,rent march\n",
    "M-2,E-2,,20.00,EUR,Rowan Quill,Oleg Dresnov,lamps\n",
    "M-3,E-3,,30.00,EUR,Rowan Quill,Fen Marlow,fees for Ilse Vosk\n",
    "M-4,E-4,,40.00,EUR,Rowan Quill,Fen Marlow,rent 14 Oleg Dresnov Street\n",
    "M-5,E-5,,50.00,EUR,Rowan Quill,Fen Marlow,cigars from Havana\n",
]


@pytest.fixture(autouse=True)
def loaded(request: pytest.FixtureRequest) -> None:
    """The fictional list in force, for every test that opens a work."""
    if "work" in request.fixturenames:
        load_document(request.getfixturevalue("work"), request.getfixturevalue("desk"), "2031-01-10", *LISTED)


@pytest.fixture
def place(tmp_path: Path, desk: Desk) -> Place:
    """Where these tests screen payments; nobody has said which law binds."""
    return Place(screening.Place(desk, tmp_path / "screening"), KINDS, Office(desk))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of five payments: two ordinary ones, and three that are stopped."""
    path = tmp_path / "payments.csv"
    path.write_text(HEADER + "".join(LINES))
    return path


Screen = Callable[..., File]


@pytest.fixture
def screen(work: Work, place: Place) -> Screen:
    """Screen a file to its end, or until some batches are kept."""

    def run(path: Path, batches: int = 1_000) -> File:
        run = filtering.begin(work, place, filtering.keep_file(place, path), path.name)
        done = run.file
        for number, batch in enumerate(filtering.examine(place, run), 1):
            if number > batches:
                return done
            done = filtering.keep(work, place, run, batch)
        return filtering.end(work, run.file.id)

    return run


def states(work: Work, place: Place) -> list[tuple[int, State]]:
    return [(one.number, one.state) for one in sorted(filtering.listed(work).payments, key=lambda one: one.number)]


def stopped(work: Work, number: int) -> str:
    return next(one.id for one in filtering.listed(work).payments if one.number == number)


def as_(work: Work, name: str) -> Work:
    return Work(
        work.connection,
        actor=Actor(id=f"user:{name}", name=name),
        purpose=work.purpose,
        permission=work.permission,
        at=work.at,
    )


def everything(work: Work) -> dict[str, list[tuple[object, ...]]]:
    """Return every row that filtering keeps, without what is chosen at random."""
    names = ("payments", "payment_questions", "payment_asked")
    found = {name: work.connection.execute(sa.select(metadata.tables[name])).all() for name in names}
    return {name: sorted(map(tuple, rows), key=repr) for name, rows in found.items()}


def test_a_file_is_screened_and_only_what_is_found_is_held(
    work: Work, place: Place, file: Path, screen: Screen
) -> None:
    done = screen(file)
    assert (done.transfers, done.held, done.repeated, done.name) == (5, 3, 0, "payments.csv")
    held, passed = State.HELD, State.PASSED
    assert states(work, place) == [(1, passed), (2, held), (3, held), (4, passed), (5, held)]
    with place.blobs.open(done.sha256) as kept:
        assert kept.read() == file.read_bytes()


def test_a_run_that_was_killed_goes_on_and_ends_as_if_it_had_not_been(
    work: Work, place: Place, file: Path, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BATCH", 2)
    cut = screen(file, batches=1)
    assert (cut.transfers, cut.ended_at) == (2, None)
    done = screen(file)
    assert (done.id, done.transfers, done.held) == (cut.id, 5, 3)
    assert len(states(work, place)) == 5


def test_a_batch_that_is_kept_twice_changes_nothing(work: Work, place: Place, file: Path) -> None:
    run = filtering.begin(work, place, filtering.keep_file(place, file), file.name)
    (batch,) = filtering.examine(place, run)
    once, rows = filtering.keep(work, place, run, batch), everything(work)
    assert filtering.keep(work, place, run, batch) == once
    assert everything(work) == rows


def test_a_file_that_ended_is_recognised(work: Work, place: Place, file: Path, screen: Screen) -> None:
    done, rows = screen(file), everything(work)
    assert screen(file) == done
    assert everything(work) == rows


def test_a_payment_that_comes_again_is_screened_and_called_by_the_first(
    work: Work, place: Place, file: Path, screen: Screen, tmp_path: Path
) -> None:
    screen(file)
    first = stopped(work, 2)
    again = tmp_path / "again.csv"
    again.write_text(HEADER + LINES[1] + LINES[0].replace("M-1", "M-9"))
    done = screen(again)
    assert (done.repeated, done.held) == (1, 1)
    assert sorted(one.same_as for one in filtering.listed(work, file=done.id).payments) == ["", first]


def test_a_fault_in_the_middle_names_its_place_and_what_was_kept_stands(
    work: Work, place: Place, file: Path, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BATCH", 2)
    file.write_text(HEADER + "".join(LINES).replace("40.00", "4x"))
    with pytest.raises(ValueMalformed, match=r"payments\.csv, transaction 4"):
        screen(file)
    assert len(states(work, place)) == 2


def test_the_ledger_knows_no_name(work: Work, file: Path, screen: Screen) -> None:
    screen(file)
    said = str(recorded(work)).casefold()
    assert "filtering.file_screened" in said
    assert not any(name in said for name in ("dresnov", "vosk", "quill", "marlow", "payments.csv"))


def test_a_stopped_payment_shows_what_was_found_and_waits_for_its_alerts(
    work: Work, place: Place, file: Path, screen: Screen
) -> None:
    screen(file)
    shown = filtering.show(work, place, stopped(work, 2))
    (hit,) = shown.held.verdict.hits
    assert (hit.listed.caption, hit.role, hit.standing[0].place) == (DRESNOV.name, "creditor", "3/creditor_name")
    assert shown.held.transfer.message_id == "M-2"
    assert shown.judged.outcome is Outcome.HOLD
    assert {one.act for one in shown.ways if one.is_open} == {Act.ASK, Act.ESCALATE}
    (subject,) = shown.judged.standing
    assert alerts.standing(work, SubjectKind.PAYMENT_PARTY, [subject])[subject].undecided == (hit.listed.id,)


def test_an_alert_keeps_where_in_the_payment_its_subject_stands(
    work: Work, place: Place, file: Path, screen: Screen
) -> None:
    screen(file)
    (standing,) = filtering.show(work, place, stopped(work, 2)).judged.standing.values()
    subject = alerts.subjects(work, [standing.alert])[standing.alert]
    assert [(one.place, one.text) for one in subject.said] == [("3/creditor_name", "Oleg Dresnov")]


def test_an_alert_for_named_reviewers_alone_is_not_told_with_its_payment(
    work: Work, place: Place, file: Path, screen: Screen
) -> None:
    screen(file)
    id_ = stopped(work, 2)
    (standing,) = filtering.show(work, place, id_).known.values()
    members = [accounts.add_user(work, name, [Role.COMPLIANCE_OFFICER]).id for name in ("Ansa", "Pia")]
    alerts.restrict(work, standing.alert, members)
    shown = filtering.show(as_(work, "tomas"), place, id_)
    assert shown.known == {}
    assert (shown.judged.outcome, shown.judged.is_undecided) == (Outcome.HOLD, True)


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        (Asked(list="qm_list"), [2, 3]),
        (Asked(list="territory"), [5]),
        (Asked(list="qm"), []),
        (Asked(currency="EUR", least="30"), [3, 5]),
        (Asked(currency="EUR", least="20.01", most="30"), [3]),
        (Asked(currency="USD"), []),
        (Asked(since="2031-11-21", until="2031-11-21"), [2, 3, 5]),
        (Asked(since="2031-11-22"), []),
        (Asked(until="2031-11-20"), []),
        (Asked(since="0001-01-01", until="9999-12-31"), [2, 3, 5]),
        (Asked(likely="1"), [5]),
        (Asked(instant="1"), []),
    ],
)
def test_what_is_held_is_narrowed(work: Work, file: Path, screen: Screen, asked: Asked, numbers: list[int]) -> None:
    screen(file)
    found = filtering.listed(work, "held", asked=asked)
    assert sorted(one.number for one in found.payments) == numbers
    assert found.count == len(numbers)
    assert filtering.narrowing(work, "held") == (["qm_list", "territory"], ["EUR"])


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (Asked(since="yesterday"), "since"),
        (Asked(least="5"), "currency"),
        (Asked(currency="EUR", most="a lot"), "most"),
        (Asked(currency="EUR", least="9" * 18), "least"),
        (Asked(currency="euro"), "currency"),
        (Asked(likely="often"), "likely"),
        (Asked(likely="2"), "likely"),
        (Asked(list="' or 1"), "list"),
    ],
)
def test_a_filter_that_cannot_be_read_is_refused_by_name(work: Work, asked: Asked, field: str) -> None:
    with pytest.raises(QuestionUnfit, match=field):
        filtering.listed(work, asked=asked)


def test_a_payment_is_due_when_its_first_alert_is(work: Work, place: Place, file: Path, screen: Screen) -> None:
    screen(file)
    found = filtering.listed(work, "held")
    due = filtering.due(work, found)
    assert due.keys() == {stopped(work, 2), stopped(work, 3)}, "a territory has no alert"
    shown = filtering.show(work, place, stopped(work, 2))
    assert [due[stopped(work, 2)]] == [one.due_at for one in shown.judged.standing.values()]
    assert due[stopped(work, 2)] > work.at


def test_what_passed_or_never_was_is_told_alike(work: Work, place: Place, file: Path, screen: Screen) -> None:
    screen(file)
    for id_ in (stopped(work, 1), "p-0000000000000001", "nonsense", "p-ffffffffffffffff", f"p-{'f' * 20}"):
        with pytest.raises(PaymentUnknown):
            filtering.show(work, place, id_)


def test_a_territory_is_decided_by_two_people(work: Work, place: Place, file: Path, screen: Screen) -> None:
    screen(file)
    id_ = stopped(work, 5)
    with pytest.raises(ReasonMissing):
        filtering.act(work, place, id_, Act.RELEASE, " ")
    proposed = filtering.act(as_(work, "ana"), place, id_, Act.RELEASE, "The cigars are of Zoria.")
    assert (proposed.payment.state, proposed.proposed is not None) == (State.HELD, True)
    with pytest.raises(SamePerson):
        filtering.confirm(as_(work, "ana"), place, id_, "Yes.")
    with pytest.raises(ActClosed):
        filtering.act(as_(work, "ben"), place, id_, Act.REJECT, "No.")
    work.at += timedelta(minutes=1)
    back = filtering.give_back(as_(work, "ben"), place, id_, "Where is the invoice?")
    assert back.proposed is None
    work.at += timedelta(minutes=1)
    filtering.act(as_(work, "ana"), place, id_, Act.RELEASE, "Here.")
    work.at += timedelta(minutes=1)
    done = filtering.confirm(as_(work, "ben"), place, id_, "Seen.")
    assert done.payment.state is State.RELEASED
    assert [one.step for one in done.steps] == [Step.PROPOSED, Step.RETURNED, Step.PROPOSED, Step.CONFIRMED]
    with pytest.raises(ActClosed, match="released already"):
        filtering.act(work, place, id_, Act.BLOCK, "Late.")


def test_a_verdict_is_replayed_to_the_byte_after_newer_editions(
    work: Work, desk: Desk, place: Place, file: Path, screen: Screen
) -> None:
    screen(file)
    ids = [one.id for one in filtering.listed(work).payments]
    raw = [filtering.replay(work, place, id_) for id_ in ids]
    for day in ("2031-02-10", "2031-03-10", "2031-04-10"):
        work.at += timedelta(days=40)
        load_document(work, desk, day, *LISTED[1:], but(VOSK, number="QM-90", name=f"Rowan Quill {day[5:7]}"))
    assert [filtering.replay(work, place, id_) for id_ in ids] == raw
    assert {msgspec.json.decode(one)["conclusion"] for one in raw} == {"passed", "stopped"}


def test_a_verdict_that_was_tampered_with_is_told(work: Work, place: Place, file: Path, screen: Screen) -> None:
    screen(file)
    id_ = stopped(work, 2)
    work.connection.execute(payments.update().values(proof=b"\0" * 32))
    with pytest.raises(ReplayDiffers, match="evidence"):
        filtering.replay(work, place, id_)


def test_the_rate_of_stopped_payments_is_told_by_profile(work: Work, file: Path, screen: Screen) -> None:
    screen(file)
    (rate,) = filtering.statistics(work)
    assert (rate.profile, rate.payments, rate.stopped, rate.stopped_per_10000) == ("payment 0", 5, 3, 6000.0)
