"""Who may know of an alert, in which order the queue is walked, and how what happened is put together."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.accounts import service as accounts
from comity.accounts.model.roles import Role
from comity.alerts import service as alerts
from comity.alerts.model.answers import Stand
from comity.alerts.model.asking import Day, Decide, Order, WhichAlerts, WhichGoodGuys
from comity.alerts.model.failures import AlertUnknown, GoodGuyUnknown, MembersUnfit
from comity.alerts.model.spanning import COUNTED, Span, by_span, table
from comity.alerts.model.state import Disposition
from comity.alerts.model.subject import SubjectKind
from comity.alerts.service import Office
from comity.infra.work import Work
from comity.model.actor import OPERATOR, Actor, ActorKind
from comity.model.money import Money
from comity.screening import service as screening
from comity.screening.model.profile import Profile
from comity.screening.model.question import Question
from comity.screening.service import Place
from support.alerting import customer, found
from support.invented import recorded

NAMES = ("Oleg Dresnov", "Ilse Vosk", "Ilsé Vösk", "Nordhavn Trading", "Ilse Vosk", "Oleg Dresnow")


@pytest.fixture
def people(work: Work) -> list[Actor]:
    """Three people who decide here."""
    made = [accounts.add_user(work, name, [Role.COMPLIANCE_OFFICER]) for name in ("Ansa", "Pia", "Tomas")]
    return [Actor(id=one.id, name=one.name, kind=ActorKind.PERSON) for one in made]


@pytest.fixture
def many(work: Work, office: Office, place: Place) -> list[str]:
    """Alerts on some customers, with and without an amount."""
    stakes = (Money(900, "EUR"), None, Money(500, "EUR"), Money(700, "USD"), None, Money(500, "EUR"))
    reports = [
        found(work, place, customer(f"c-{n}", name), at_stake=stake)
        for n, (name, stake) in enumerate(zip(NAMES, stakes, strict=True))
    ]
    return [one.alert for one in alerts.report(work, office, reports) if one.alert]


def seen(work: Work, which: WhichAlerts | None = None) -> list[str]:
    return [row.alert.id for row in alerts.every(work, which or WhichAlerts())]


# --- named reviewers ---


def test_what_is_for_named_reviewers_alone_does_not_exist_for_others(
    work: Work, office: Office, many: list[str], people: list[Actor]
) -> None:
    ansa, pia, tomas = people
    work.actor = ansa
    alerts.restrict(work, many[0], [ansa.id, pia.id])
    for member in (ansa, pia, OPERATOR):
        work.actor = member
        assert many[0] in seen(work)
        assert alerts.show(work, office, many[0]).alert.members == tuple(sorted([ansa.id, pia.id]))
    hit = alerts.show(work, office, many[0]).hit.id
    work.actor = tomas
    assert set(seen(work)) == set(many[1:])
    assert alerts.queue(work, WhichAlerts(limit=0)).total == len(many) - 1
    assert alerts.history(work, many[0]) == []
    assert alerts.subjects(work, many[:1]) == {}
    refused = []
    for id_, own in ((many[0], hit), ("a-000000000000", "h-000000000000")):
        for act in (
            lambda id_=id_: alerts.show(work, office, id_),
            lambda id_=id_: alerts.assign(work, [id_], tomas.id),
            lambda id_=id_: alerts.alike(work, [id_]),
            lambda id_=id_: alerts.restrict(work, id_, []),
            lambda own=own: alerts.confirm(work, own),
            lambda own=own: alerts.vouch(work, own, work.at.date() + timedelta(days=3), "Known."),
            lambda own=own: alerts.decide(work, office, Decide(hit=own, disposition=Disposition.UNSURE)),
        ):
            with pytest.raises(AlertUnknown) as told:
                act()
            refused.append(told.value.detail)
    assert len(set(refused)) == 1


def test_neighbours_and_places_do_not_tell_of_it(work: Work, many: list[str], people: list[Actor]) -> None:
    ansa, pia, tomas = people
    order = seen(work)
    alerts.restrict(work, order[1], [ansa.id, pia.id])
    work.actor = tomas
    place, before, coming = alerts.beside(work, WhichAlerts(), order[2])
    assert (place, before and before.alert.id) == (1, order[0])
    assert order[1] not in {row.alert.id for row in coming}
    assert sum(count for _, count in alerts.patterns(work)) == len(many) - 1


def test_figures_count_it_for_its_reviewers_alone(
    work: Work, office: Office, place: Place, many: list[str], people: list[Actor]
) -> None:
    ansa, pia, tomas = people
    work.actor = ansa
    shown = alerts.show(work, office, many[0])
    said = Decide(hit=shown.hit.id, disposition=Disposition.FALSE_POSITIVE, reasons=("other_person",), measures="")
    if alerts.decide(work, office, said).is_undecided:
        work.actor = pia
        alerts.confirm(work, shown.hit.id)
    work.actor = ansa
    entry = alerts.vouch(work, shown.hit.id, work.at.date() + timedelta(days=9), "Known at the branch.")
    alerts.restrict(work, many[0], [ansa.id, pia.id])

    def figures() -> tuple[int, int, int, int]:
        told = alerts.statistics(work)
        opened = sum(day.opened for day in told.days)
        return opened, alerts.tuning(work).false, len(told.precision), alerts.vouched(work, WhichGoodGuys())[1]

    assert figures()[1:] == (1, 1, 1)
    before = figures()[0]
    work.actor = tomas
    assert figures() == (before - len(shown.hits), 0, 0, 0)
    with pytest.raises(GoodGuyUnknown):
        alerts.confirm_good_guy(work, entry.id)
    assert alerts.tried(work, screening.profile(work, "customer")).decisions == 1  # a release may not lose it unseen
    standing = alerts.standing(work, SubjectKind.CUSTOMER, ["c-0"])["c-0"]
    assert standing.stand is Stand.FALSE_POSITIVE  # whatever waits for the answer is not changed


def test_it_needs_two_people_of_this_node_and_is_given_to_one_of_them(
    work: Work, many: list[str], people: list[Actor]
) -> None:
    ansa, pia, tomas = people
    for members in ([ansa.id], [ansa.id, "user:nobody"], [ansa.id, ansa.id]):
        with pytest.raises(MembersUnfit):
            alerts.restrict(work, many[0], members)
    work.actor = tomas
    alerts.assign(work, many[:1], tomas.id)
    work.actor = ansa
    assert alerts.restrict(work, many[0], [ansa.id, pia.id]).assigned_to == ""
    with pytest.raises(MembersUnfit):
        alerts.assign(work, many[:1], tomas.id)
    assert alerts.assign(work, many[:1], pia.id) == 1
    assert recorded(work)[-2].facts == {"alert": many[0], "members": sorted([ansa.id, pia.id])}
    alerts.restrict(work, many[0], [])
    work.actor = tomas
    assert many[0] in seen(work)


# --- the order of the queue ---


@pytest.mark.parametrize("order", Order)
def test_next_follows_the_order_in_which_the_queue_is_shown(work: Work, many: list[str], order: Order) -> None:
    which = WhichAlerts(order=order)
    shown = seen(work, which)
    assert sorted(shown) == sorted(many)
    for number, id_ in enumerate(shown):
        place, before, coming = alerts.beside(work, which, id_)
        assert (place, before.alert.id if before else None) == (number, shown[number - 1] if number else None)
        assert [row.alert.id for row in coming] == shown[number + 1 : number + 4]


def test_amounts_are_compared_within_a_currency_and_what_has_none_comes_last(work: Work, many: list[str]) -> None:
    rows = list(alerts.every(work, WhichAlerts(order=Order.AMOUNT)))
    stakes = [str(row.alert.at_stake) if row.alert.at_stake else "" for row in rows]
    with_amount = [one for one in stakes if one]
    assert stakes == [*with_amount, *[""] * (len(many) - len(with_amount))]
    assert [one.split()[1] for one in with_amount] == sorted(one.split()[1] for one in with_amount)


def test_the_queue_is_narrowed_to_a_regime(work: Work, many: list[str]) -> None:
    (regime,) = alerts.regimes(work)
    assert set(seen(work, WhichAlerts(regime=regime))) == set(many)
    assert seen(work, WhichAlerts(regime="ZZ")) == []
    assert seen(work, WhichAlerts(regime=regime[0])) == []


# --- a name that was asked about ---


def test_an_alert_about_an_answer_is_known_and_keeps_its_profile(work: Work, office: Office, place: Place) -> None:
    kept = screening.screen(work, place, Question.of("Oleg Dresnov"), screening.profile(work, "payment"))
    assert alerts.opened(work, kept.id) == ""
    first = alerts.open_name(work, office, kept.id)
    assert alerts.opened(work, kept.id) == first.alert
    assert alerts.open_name(work, office, kept.id).alert == first.alert
    assert alerts.show(work, office, first.alert).hit.profile == "payment 0"
    other = screening.screen(work, place, Question.of("Oleg Dresnov"), Profile())
    assert alerts.show(work, office, alerts.open_name(work, office, other.id).alert).hit.profile == "customer"


def test_who_may_not_know_of_an_alert_about_an_answer_opens_one_as_if_there_were_none(
    work: Work, office: Office, place: Place, people: list[Actor]
) -> None:
    ansa, pia, tomas = people
    work.actor = tomas
    kept = screening.screen(work, place, Question.of("Oleg Dresnov"))
    first = alerts.open_name(work, office, kept.id).alert
    work.actor = ansa
    alerts.restrict(work, first, [ansa.id, pia.id])
    work.actor = tomas
    assert alerts.opened(work, kept.id) == ""
    work.at += timedelta(minutes=1)
    second = alerts.open_name(work, office, kept.id).alert
    assert second != first
    assert alerts.show(work, office, second).alert.members == ()
    assert alerts.opened(work, kept.id) == alerts.open_name(work, office, kept.id).alert == second
    work.actor = OPERATOR
    assert alerts.opened(work, kept.id) == first
    assert alerts.show(work, office, first).alert.members == tuple(sorted([ansa.id, pia.id]))


def test_where_a_subject_stands_is_told_to_whoever_may_know_of_its_alert(
    work: Work, many: list[str], people: list[Actor]
) -> None:
    ansa, pia, tomas = people
    alerts.restrict(work, many[0], [ansa.id, pia.id])
    for actor, told in ((ansa, {"c-0", "c-1"}), (tomas, {"c-1"})):
        work.actor = actor
        assert alerts.known(work, SubjectKind.CUSTOMER, ["c-0", "c-1"]).keys() == told
        assert alerts.standing(work, SubjectKind.CUSTOMER, ["c-0", "c-1"]).keys() == {"c-0", "c-1"}


# --- by day, week and month ---

days = st.lists(
    st.builds(
        Day, on=st.dates(date(2030, 1, 1), date(2031, 12, 31)), opened=st.integers(0, 9), closed=st.integers(0, 9)
    ),
    unique_by=lambda one: one.on,
    max_size=30,
)


@given(days, st.sampled_from(Span))
def test_nothing_is_lost_when_days_are_put_together(found_: list[Day], span: Span) -> None:
    told = by_span(found_, span)
    for name in COUNTED:
        assert sum(getattr(one, name) for one in told) == sum(getattr(one, name) for one in found_)
    assert [one.on for one in told] == sorted({span.first(one.on) for one in found_})


def test_a_week_begins_on_monday_and_a_month_on_its_first() -> None:
    assert Span.WEEK.first(date(2031, 11, 23)) == date(2031, 11, 17)
    assert Span.WEEK.first(date(2031, 11, 17)) == date(2031, 11, 17)
    assert Span.MONTH.first(date(2031, 11, 23)) == date(2031, 11, 1)


def test_days_are_a_table_with_a_header() -> None:
    told: Any = table([msgspec.structs.replace(Day(on=date(2031, 11, 17)), opened=3, decided=2)])
    assert told.splitlines() == ["since,opened,reopened,decided,carried,spared,closed", "2031-11-17,3,0,2,0,0,0"]
