"""One person decides, another agrees, either is taken back; what was decided is carried until something that matters changes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from comity.alerts import service as alerts
from comity.alerts.model.answers import Stand
from comity.alerts.model.asking import Decide, Order, WhichAlerts, WhichGoodGuys
from comity.alerts.model.failures import (
    AlertUnknown,
    BulkUnfit,
    GoodGuyUnfit,
    GoodGuyUnknown,
    MeasuresUnseen,
    QuestionUnfit,
    ReasonMissing,
    SamePerson,
    StepClosed,
)
from comity.alerts.model.history import Step
from comity.alerts.model.mattering import Group
from comity.alerts.model.state import Disposition, Open
from comity.alerts.model.subject import SubjectKind
from comity.alerts.service import Office
from comity.infra.work import Work
from comity.lists.service import Desk
from comity.model.actor import Actor, ActorKind
from comity.screening.service import Place
from support.alerting import Report, customer, found
from support.invented import DRESNOV, HERON, NORDHAVN, VOSK, but, load_document, recorded

TRUE, FALSE = Disposition.TRUE_MATCH, Disposition.FALSE_POSITIVE
REST = (HERON, NORDHAVN, VOSK)


def as_person(work: Work, name: str) -> Work:
    """The same transaction, in another person's name."""
    actor = Actor(id=f"user:{name}", name=name, kind=ActorKind.PERSON)
    return Work(work.connection, actor=actor, purpose=work.purpose, permission=work.permission, at=work.at)


def say(hit: str, disposition: Disposition = FALSE, reason: str = "other_person", measures: str = "") -> Decide:
    return Decide(hit=hit, disposition=disposition, reasons=(reason,), measures=measures)


def stand(work: Work, id_: str = "c-1") -> Stand:
    return alerts.standing(work, SubjectKind.CUSTOMER, [id_])[id_].stand


@pytest.fixture
def ansa(work: Work) -> Work:
    """The first person."""
    return as_person(work, "ansa")


@pytest.fixture
def pia(work: Work) -> Work:
    """The second person."""
    return as_person(work, "pia")


@pytest.fixture
def hit(report: Report) -> str:
    """What is found of one customer."""
    (opened,) = report(customer()).opened
    return opened


def settle(ansa: Work, pia: Work, office: Office, hit: str) -> None:
    """Decide that a hit is a false positive, with two persons."""
    if alerts.decide(ansa, office, say(hit)).is_undecided:
        alerts.confirm(pia, hit)


@pytest.fixture
def settled(ansa: Work, pia: Work, office: Office, hit: str) -> Work:
    """What is found of the customer was decided as a false positive, by two persons; the work of the first."""
    settle(ansa, pia, office, hit)
    return ansa


# --- four eyes ---


def test_a_likely_false_positive_is_released_by_two(ansa: Work, pia: Work, office: Office, hit: str) -> None:
    proposed = alerts.decide(ansa, office, say(hit))
    assert (proposed.is_undecided, stand(ansa)) == (True, Stand.UNDECIDED)
    with pytest.raises(SamePerson):
        alerts.confirm(ansa, hit)
    confirmed = alerts.confirm(pia, hit)
    assert (confirmed.disposition, stand(ansa)) == (FALSE, Stand.FALSE_POSITIVE)
    with pytest.raises(StepClosed):
        alerts.confirm(pia, hit)


def test_of_two_hits_each_person_is_led_to_the_one_that_they_can_go_on_with(
    work: Work, desk: Desk, ansa: Work, pia: Work, office: Office, report: Report
) -> None:
    load_document(work, desk, "2031-02-10", DRESNOV, *REST, but(DRESNOV, number="QM-9", name="Oleg Dresnov"))
    reported = report(customer())
    first, second = reported.opened
    id_ = reported.alert
    assert (alerts.to_decide(ansa, id_), alerts.to_confirm(pia, id_)) == (first, "")
    alerts.decide(ansa, office, say(first))
    assert alerts.to_decide(ansa, id_) == second
    assert (alerts.to_confirm(ansa, id_), alerts.to_confirm(pia, id_)) == ("", first)
    alerts.decide(ansa, office, say(second))
    assert alerts.to_decide(ansa, id_) == ""
    alerts.confirm(pia, alerts.to_confirm(pia, id_))
    left = alerts.to_confirm(pia, id_)
    assert left in {first, second}
    alerts.give_back(pia, left, "Which branch?")
    assert (alerts.to_confirm(pia, id_), alerts.to_decide(ansa, id_)) == ("", left)


def test_a_true_match_is_decided_only_by_who_saw_what_follows(ansa: Work, pia: Work, office: Office, hit: str) -> None:
    with pytest.raises(MeasuresUnseen):
        alerts.decide(ansa, office, say(hit, TRUE, "same_number"))
    shown = alerts.show(ansa, office, alerts.standing(ansa, SubjectKind.CUSTOMER, ["c-1"])["c-1"].alert)
    (listing,) = shown.consequences.listings
    assert [(one.article, one.binds) for one in listing.measures] == [("Order 1, art. 2", "all in Quamaria")]
    alerts.decide(ansa, office, say(hit, TRUE, "same_number", shown.consequences.digest))
    assert stand(ansa) is Stand.UNDECIDED
    alerts.confirm(pia, hit)
    assert stand(ansa) is Stand.TRUE_MATCH


def test_what_follows_must_be_what_follows_now(ansa: Work, office: Office, desk: Desk, hit: str) -> None:
    alert = alerts.standing(ansa, SubjectKind.CUSTOMER, ["c-1"])["c-1"].alert
    before = alerts.show(ansa, office, alert).consequences.digest
    load_document(ansa, desk, "2031-02-10", but(DRESNOV, programmes="HARBOUR;LANTERN"), *REST)
    with pytest.raises(MeasuresUnseen):
        alerts.decide(ansa, office, say(hit, TRUE, "same_number", before))


def test_a_proposal_is_given_back_with_a_reason(ansa: Work, pia: Work, office: Office, hit: str) -> None:
    alerts.decide(ansa, office, say(hit))
    with pytest.raises(ReasonMissing):
        alerts.give_back(pia, hit, " ")
    returned = alerts.give_back(pia, hit, "The passport was not compared.")
    assert isinstance(returned.state, Open)
    assert (returned.state.returned_by, returned.state.remark) == ("user:pia", "The passport was not compared.")


def test_what_is_taken_back_waits_again(ansa: Work, pia: Work, office: Office, hit: str) -> None:
    settle(ansa, pia, office, hit)
    alerts.undo(ansa, hit, "The wrong line.")
    assert stand(ansa) is Stand.UNDECIDED
    with pytest.raises(StepClosed):
        alerts.undo(ansa, hit, "The wrong line.")


@pytest.mark.parametrize("reasons", [(), ("same_number",), ("of my own",)])
def test_a_decision_needs_a_reason_of_its_kind(ansa: Work, office: Office, hit: str, reasons: tuple[str, ...]) -> None:
    with pytest.raises(ReasonMissing):
        alerts.decide(ansa, office, Decide(hit=hit, disposition=FALSE, reasons=reasons))


def test_of_an_alert_that_is_not_there_nothing_is_said(ansa: Work, office: Office) -> None:
    for ask in (
        lambda: alerts.decide(ansa, office, say("h-none")),
        lambda: alerts.show(ansa, office, "a-none"),
        lambda: alerts.assign(ansa, ["a-none"], ""),
    ):
        with pytest.raises(AlertUnknown) as refused:
            ask()
        assert refused.value.detail == "There is nothing here."


def test_every_step_is_in_the_ledger_and_names_nobody(ansa: Work, pia: Work, office: Office, hit: str) -> None:
    settle(ansa, pia, office, hit)
    pia.finish()
    events = {one.kind: one for one in recorded(ansa)}
    assert {"alerts.decided", "alerts.confirmed"} <= events.keys()
    assert (events["alerts.decided"].actor, events["alerts.confirmed"].actor) == ("user:ansa", "user:pia")
    assert "resnov" not in str([one.facts for one in events.values() if one.kind.startswith("alerts")]).lower()


def test_history_tells_each_step_with_who_took_it(ansa: Work, pia: Work, office: Office, hit: str) -> None:
    settle(ansa, pia, office, hit)
    alerts.undo(ansa, hit, "The wrong line.")
    alert = alerts.standing(ansa, SubjectKind.CUSTOMER, ["c-1"])["c-1"].alert
    taken = [(one.step, one.by) for one in alerts.history(ansa, alert)]
    assert taken == [
        (Step.OPENED, "operator"),
        (Step.PROPOSED, "user:ansa"),
        (Step.CONFIRMED, "user:pia"),
        (Step.TAKEN_BACK, "user:ansa"),
    ]


# --- carried, or opened again ---


def test_a_decision_is_carried_while_nothing_that_matters_changes(
    ansa: Work, pia: Work, office: Office, desk: Desk, report: Report, hit: str
) -> None:
    settle(ansa, pia, office, hit)
    assert report(customer()).carried == (hit,)
    changed = but(
        DRESNOV,
        remark="Retired.",
        addresses=("Quay 7, Kavrel", "Quay 8, Kavrel"),
        aliases=(*DRESNOV.aliases, "The Helmsman"),
    )
    load_document(ansa, desk, "2031-02-10", changed, *REST)
    assert report(customer()).carried == (hit,)
    assert stand(ansa) is Stand.FALSE_POSITIVE


@pytest.mark.parametrize(
    ("change", "group"),
    [
        ({"born": "1971-03-15"}, Group.DATES),
        ({"passport": "4418 20938"}, Group.IDENTIFIERS),
        ({"country": "Sweden"}, Group.COUNTRIES),
        ({"programmes": "HARBOUR;LANTERN"}, Group.MEASURES),
    ],
)
def test_what_the_list_changes_and_matters_opens_it_again(
    settled: Work, office: Office, report: Report, change: dict[str, str], group: Group
) -> None:
    load_document(settled, office.desk, "2031-02-10", but(DRESNOV, **change), *REST)
    assert len(report(customer()).reopened) == 1
    alert = alerts.standing(settled, SubjectKind.CUSTOMER, ["c-1"])["c-1"].alert
    state = alerts.show(settled, office, alert).hit.state
    assert isinstance(state, Open)
    assert group in {one.group for one in state.changes}
    assert state.earlier is not None
    assert state.earlier.by == "user:ansa"


def test_what_the_customer_changes_and_matters_opens_it_again(
    ansa: Work, pia: Work, office: Office, report: Report, hit: str
) -> None:
    settle(ansa, pia, office, hit)
    assert report(customer(birthDate=("1971-03-14",))).reopened == (hit,)


def test_whoever_was_delisted_and_is_listed_again_as_before_keeps_the_decision(
    ansa: Work, pia: Work, office: Office, desk: Desk, report: Report, hit: str
) -> None:
    settle(ansa, pia, office, hit)
    load_document(ansa, desk, "2031-02-10", *REST)
    assert report(customer()).closed == (hit,)
    load_document(ansa, desk, "2031-03-10", DRESNOV, *REST)
    assert report(customer()).carried == (hit,)


# --- good guys ---


def vouched(ansa: Work, pia: Work, hit: str, days: int = 30) -> str:
    entry = alerts.vouch(ansa, hit, ansa.at.date() + timedelta(days=days), "Known at the branch.")
    with pytest.raises(SamePerson):
        alerts.confirm_good_guy(ansa, entry.id)
    alerts.confirm_good_guy(pia, entry.id)
    return entry.id


def test_a_good_guy_entry_rests_on_a_false_positive_and_ends_within_a_year(
    ansa: Work, pia: Work, office: Office, hit: str
) -> None:
    with pytest.raises(GoodGuyUnfit):
        alerts.vouch(ansa, hit, ansa.at.date() + timedelta(days=30), "Known.")
    settle(ansa, pia, office, hit)
    for days in (0, 400):
        with pytest.raises(GoodGuyUnfit):
            alerts.vouch(ansa, hit, ansa.at.date() + timedelta(days=days), "Known.")
    vouched(ansa, pia, hit)
    with pytest.raises(GoodGuyUnfit):
        alerts.vouch(ansa, hit, ansa.at.date() + timedelta(days=30), "Known.")


def test_a_payment_of_a_good_guy_is_silent_and_one_that_says_more_is_not(
    ansa: Work, pia: Work, office: Office, place: Place, hit: str
) -> None:
    settle(ansa, pia, office, hit)
    entry = vouched(ansa, pia, hit)

    def pay(id_: str, **facts: tuple[str, ...]) -> object:
        party = customer(id_, **facts)
        party = type(party)(
            kind=SubjectKind.PAYMENT_PARTY, id=id_, caption=party.caption, schema="Person", properties=party.properties
        )
        (reported,) = alerts.report(ansa, office, [found(ansa, place, party, customer="c-1")])
        return reported

    assert pay("p-1").spared  # type: ignore[attr-defined]
    assert pay("p-2", birthDate=("1971-03-14",)).opened  # type: ignore[attr-defined]
    assert alerts.standing(ansa, SubjectKind.PAYMENT_PARTY, ["p-1"])["p-1"].stand is Stand.FALSE_POSITIVE
    alerts.revoke(pia, entry, "The customer has moved.")
    assert alerts.standing(ansa, SubjectKind.PAYMENT_PARTY, ["p-1"])["p-1"].stand is Stand.UNDECIDED
    with pytest.raises(GoodGuyUnknown):
        alerts.revoke(pia, entry, "Again.")


def test_a_good_guy_entry_ends_when_either_side_changes(
    ansa: Work, pia: Work, office: Office, desk: Desk, report: Report, hit: str
) -> None:
    settle(ansa, pia, office, hit)
    vouched(ansa, pia, hit)
    load_document(ansa, desk, "2031-02-10", but(DRESNOV, passport="4418 20938"), *REST)
    assert report(customer()).reopened == (hit,)
    (ended,), total = alerts.vouched(ansa, WhichGoodGuys(standing="ended"))
    assert (total, ended.ended_because) == (1, "changed")


def test_a_good_guy_entry_ends_with_the_decision_on_which_it_rests(
    settled: Work, pia: Work, report: Report, hit: str
) -> None:
    vouched(settled, pia, hit)
    alerts.undo(settled, hit, "The wrong line.")
    assert report(customer()).renewed == (hit,)
    (ended,), _ = alerts.vouched(settled, WhichGoodGuys(standing="ended"))
    assert (ended.ended_because, ended.ended_by) == ("taken_back", "user:ansa")


def test_a_report_on_the_last_day_takes_nothing_from_the_fresh_look(
    settled: Work, pia: Work, office: Office, place: Place, hit: str
) -> None:
    vouched(settled, pia, hit, days=1)
    settled.at += timedelta(days=1)
    alerts.report(settled, office, [found(settled, place, customer())])
    assert alerts.expire(settled) == 1
    assert stand(settled) is Stand.UNDECIDED


def test_a_good_guy_entry_ends_on_its_day_and_is_looked_at_again(
    ansa: Work, pia: Work, office: Office, hit: str
) -> None:
    settle(ansa, pia, office, hit)
    vouched(ansa, pia, hit, days=1)
    assert alerts.expire(ansa) == 0
    ansa.at += timedelta(days=1)
    assert (alerts.expire(ansa), alerts.expire(ansa)) == (1, 0)
    assert stand(ansa) is Stand.UNDECIDED


# --- queue ---


@pytest.fixture
def many(work: Work, office: Office, place: Place) -> list[str]:
    """Alerts of one pattern on five customers, and one of another."""
    names = ["Ilse Vosk"] * 5 + ["Oleg Dresnov"]
    reports = [found(work, place, customer(f"c-{n}", name)) for n, name in enumerate(names)]
    return [one.alert for one in alerts.report(work, office, reports)]


def test_the_queue_has_the_likeliest_band_first_and_pages_without_loss(work: Work, many: list[str]) -> None:
    seen = []
    for offset in range(0, 6, 2):
        page = alerts.queue(work, WhichAlerts(limit=2, offset=offset))
        assert page.total == 6
        seen += page.rows
    assert {row.alert.id for row in seen} == set(many)
    bands = [row.rank.band for row in seen]
    assert bands == sorted(bands, reverse=True)
    assert [row.alert.id for row in alerts.every(work, WhichAlerts())] == [row.alert.id for row in seen]


@pytest.mark.parametrize("order", Order)
def test_every_order_holds_everything(work: Work, many: list[str], order: Order) -> None:
    found_ = alerts.queue(work, WhichAlerts(order=order))
    assert {row.alert.id for row in found_.rows} == set(many)


def test_filters_narrow_the_queue(ansa: Work, many: list[str]) -> None:
    alerts.assign(ansa, many[:2], "user:ansa")
    assert alerts.queue(ansa, WhichAlerts(assigned="me")).total == 2
    assert alerts.queue(ansa, WhichAlerts(assigned="nobody")).total == 4
    assert alerts.queue(ansa, WhichAlerts(profile="payment")).total == 0
    assert alerts.queue(ansa, WhichAlerts(profile="customer")).total == 6
    assert alerts.queue(ansa, WhichAlerts(needs="second")).total == 0
    ansa.at += timedelta(days=30)
    assert (alerts.queue(ansa, WhichAlerts(late=True)).total, alerts.queue(ansa, WhichAlerts()).late) == (6, 6)
    for wrong in ({"needs": "coffee"}, {"band": 4}, {"band": -1}, {"band": 10**30}):
        with pytest.raises(QuestionUnfit):
            WhichAlerts(**wrong)  # type: ignore[arg-type]


def test_neighbours_are_those_of_the_queue(work: Work, many: list[str]) -> None:
    order = [row.alert.id for row in alerts.queue(work, WhichAlerts()).rows]
    for number, id_ in enumerate(order):
        place, before, coming = alerts.beside(work, WhichAlerts(), id_)
        assert place == number
        assert (before.alert.id if before else None) == (order[number - 1] if number else None)
        assert [row.alert.id for row in coming] == order[number + 1 : number + 4]
    assert len(many) == len(order)


def test_what_is_alike_is_proposed_together_and_confirmed_one_by_one(ansa: Work, pia: Work, many: list[str]) -> None:
    with pytest.raises(BulkUnfit):
        alerts.alike(ansa, many)
    proposed = alerts.decide_alike(ansa, many[:5], "other_person", "")
    assert len(proposed) == 5
    assert stand(ansa, "c-0") is Stand.UNDECIDED
    with pytest.raises(BulkUnfit):
        alerts.decide_alike(ansa, many[:5], "other_person", "")
    for hit in proposed:
        with pytest.raises(SamePerson):
            alerts.confirm(ansa, hit.id)
        alerts.confirm(pia, hit.id)
    assert stand(ansa, "c-0") is Stand.FALSE_POSITIVE


# --- statistics ---


def test_statistics_count_what_happened_and_how_precisely(
    ansa: Work, pia: Work, office: Office, report: Report, hit: str
) -> None:
    settle(ansa, pia, office, hit)
    report(customer())
    told = alerts.statistics(ansa)
    (day,) = told.days
    assert (day.on, day.opened, day.decided, day.carried) == (ansa.at.date(), 1, 1, 1)
    (precise,) = told.precision
    assert (precise.profile, precise.true, precise.false, precise.share) == ("customer", 0, 1, 0)
    assert (told.waiting, told.late, told.age_median_s) == (0, 0, 0)


def test_statistics_end_where_the_calendar_does(ansa: Work) -> None:
    assert alerts.statistics(ansa, until=date(1, 1, 2)).since == date(1, 1, 1)
    with pytest.raises(QuestionUnfit):
        alerts.statistics(ansa, until=date(1, 1, 1))


def test_a_threshold_is_tried_on_what_was_decided_and_names_what_it_loses(
    ansa: Work, pia: Work, office: Office, hit: str
) -> None:
    alert = alerts.standing(ansa, SubjectKind.CUSTOMER, ["c-1"])["c-1"].alert
    shown = alerts.show(ansa, office, alert)
    alerts.decide(ansa, office, say(hit, TRUE, "same_number", shown.consequences.digest))
    alerts.confirm(pia, hit)
    assert (alerts.tuning(ansa).true, alerts.tuning(ansa).rates[0].recall) == (1, 1.0)
    kept, lost = alerts.backtest(ansa, "customer", 0.0), alerts.backtest(ansa, "customer", 1.0)
    assert (kept.true_kept, kept.true_lost) == (1, ())
    assert [(one.alert, one.hit) for one in lost.true_lost] == [(alert, hit)]
    assert kept.digest != lost.digest
