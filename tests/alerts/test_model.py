"""Steps, changes that matter, ranks and due times: nothing here asks a database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.alerts.model import state as states
from comity.alerts.model.carrying import follow
from comity.alerts.model.failures import CalendarUnfit, SamePerson, StepClosed, SubjectUnfit
from comity.alerts.model.history import Step
from comity.alerts.model.mattering import (
    RULES,
    Change,
    Group,
    How,
    Rested,
    Side,
    compare,
    group_of,
    mattering,
    rested,
    together,
    value_digest,
)
from comity.alerts.model.practice import HOURS_OTHERWISE, IN_WORDS, Calendar, Practice, band
from comity.alerts.model.state import Decided, Decision, Disposition, Gone, Open, Parked, Proposed, Spared, State, Why
from comity.alerts.model.subject import Subject, SubjectKind, customer_key
from comity.screening.model.profile import Profile, Reason, ServiceLevel
from support.alerting import hit_of

AT = datetime(2031, 11, 21, 12, tzinfo=UTC)
PEOPLE = ("user:ansa", "user:pia", "user:rowan")
RESTS = rested({"name": ["Oleg Dresnov"]}, {"hit": ["dresnov"], "birthDate": ["1971"]}, 2)

facts = st.dictionaries(
    st.sampled_from(["name", "birthDate", "passportNumber", "nationality", "gender", "address", "notes"]),
    st.lists(st.sampled_from(["one", "two", "three"]), max_size=3),
)
listed = st.dictionaries(
    st.sampled_from(
        ["alias", "hit", "birthDate", "imoNumber", "country", "regimes", "measures", "address", "position"]
    ),
    st.lists(st.sampled_from(["one", "two", "three"]), max_size=3),
)
pairs = st.builds(rested, facts, listed, st.integers(0, 3))


def decision(by: str, disposition: Disposition = Disposition.FALSE_POSITIVE, rests: Rested = RESTS) -> Decision:
    return Decision(
        id="d-1", disposition=disposition, reasons=("name_only",), note="", by=by, at=AT, rests=rests, probability=0.6,
        profile="customer 1", screening="s-1",
    )  # fmt: skip


# --- steps ---

actions = st.lists(
    st.tuples(
        st.sampled_from(["decide", "confirm", "give_back", "take_back", "reopen", "carry", "vanish"]),
        st.sampled_from(PEOPLE),
        st.sampled_from(Disposition),
    ),
    max_size=14,
)


def step(state: State, what: str, by: str, disposition: Disposition) -> State:
    match what:
        case "decide":
            return states.decide(state, decision(by, disposition), needs_second=True)
        case "confirm":
            return states.confirm(state, by, AT)
        case "give_back":
            return states.give_back(state, by, AT, "Look again.")
        case "take_back":
            return states.take_back(state, AT, "Look again.")
        case "reopen":
            return states.reopen(state, AT)
        case "carry":
            return states.carry(state)
        case _:
            return states.vanish(state, AT, Why.NOT_FOUND, "digest")


@given(actions)
def test_no_path_lets_one_person_take_both_steps(taken: list[tuple[str, str, Disposition]]) -> None:
    state: State = Open(since=AT)
    for what, by, disposition in taken:
        try:
            state = step(state, what, by, disposition)
        except (StepClosed, SamePerson):
            continue
        standing = state.was if isinstance(state, Gone) else state
        if isinstance(standing, Decided):
            assert standing.confirmed_by
            assert standing.confirmed_by != standing.decision.by


@given(actions)
def test_every_state_is_read_back_as_it_was_written(taken: list[tuple[str, str, Disposition]]) -> None:
    state: State = Open(since=AT)
    for what, by, disposition in taken:
        try:
            state = step(state, what, by, disposition)
        except (StepClosed, SamePerson):
            continue
        assert msgspec.json.decode(msgspec.json.encode(state), type=State) == state


def test_what_one_person_escalated_another_decides() -> None:
    escalated = states.decide(Open(since=AT), decision(PEOPLE[0], Disposition.ESCALATE), needs_second=False)
    assert isinstance(escalated, Parked)
    with pytest.raises(SamePerson):
        states.decide(escalated, decision(PEOPLE[0]), needs_second=False)
    assert isinstance(states.decide(escalated, decision(PEOPLE[1]), needs_second=False), Decided)


def test_what_is_proposed_is_decided_again_after_it_was_given_back() -> None:
    proposed = states.decide(Open(since=AT), decision(PEOPLE[0]), needs_second=True)
    with pytest.raises(StepClosed):
        states.decide(proposed, decision(PEOPLE[1]), needs_second=True)
    with pytest.raises(SamePerson):
        states.give_back(proposed, PEOPLE[0], AT, "No.")
    back = states.give_back(proposed, PEOPLE[1], AT, "The passport was not compared.")
    assert (back.returned_by, back.earlier) == (PEOPLE[1], proposed.decision)  # type: ignore[union-attr]


# --- what matters ---


def test_every_group_has_its_rule_once_and_every_rule_its_reason() -> None:
    assert [rule.group for rule in RULES] == list(dict.fromkeys(rule.group for rule in RULES))
    assert {rule.group for rule in RULES} == set(Group)
    assert all(rule.because.endswith(".") for rule in RULES)


@pytest.mark.parametrize(
    ("side", "name", "value", "matters"),
    [
        (Side.LISTED, "birthDate", "1971-03-14", True),
        (Side.LISTED, "passportNumber", "4418 20937", True),
        (Side.LISTED, "nationality", "qo", True),
        (Side.LISTED, "hit", "dresnow", True),
        (Side.LISTED, "regimes", "QM", True),
        (Side.LISTED, "measures", "travel_ban", True),
        (Side.LISTED, "alias", "The Ferryman", False),
        (Side.LISTED, "address", "Quay 7, Kavrel", False),
        (Side.LISTED, "notes", "Owner of a shipping line.", False),
        (Side.SUBJECT, "name", "Oleg Dresnow", True),
        (Side.SUBJECT, "birthDate", "1971", True),
        (Side.SUBJECT, "address", "Quay 8, Kavrel", False),
    ],
)
def test_what_is_added_opens_a_decision_where_it_matters(side: Side, name: str, value: str, matters: bool) -> None:  # noqa: FBT001
    now = rested(*({name: [value]} if one is side else {} for one in (Side.SUBJECT, Side.LISTED)), 2)  # type: ignore[misc, arg-type]
    (change,) = compare(rested({}, {}, 2), now)
    assert (change.side, change.how, change.values) == (side, How.ADDED, (value_digest(name, value),))
    assert change.matters is matters


def test_a_regime_that_no_longer_lists_opens_nothing_and_a_date_that_was_removed_does() -> None:
    then = rested({}, {"regimes": ["QM", "QN"], "birthDate": ["1971"]}, 2)
    assert mattering(compare(then, rested({}, {"regimes": ["QM"], "birthDate": ["1971"]}, 2))) == ()
    (gone,) = mattering(compare(then, rested({}, {"regimes": ["QM", "QN"]}, 2)))
    assert (gone.group, gone.how) == (Group.DATES, How.REMOVED)


def test_likelier_opens_and_less_likely_does_not() -> None:
    assert [one.group for one in mattering(compare(rested({}, {}, 1), rested({}, {}, 2)))] == [Group.BAND]
    assert mattering(compare(rested({}, {}, 2), rested({}, {}, 1))) == ()


def test_case_and_punctuation_are_no_change() -> None:
    assert value_digest("passportNumber", "4418-20937") == value_digest("passportNumber", "441820937")
    assert value_digest("name", "Oleg  DRESNOV") == value_digest("name", "oleg dresnov")


@given(pairs, pairs)
def test_a_carried_decision_never_hides_what_matters(then: Rested, now: Rested) -> None:
    decided = hit_of(Decided(decision=decision(PEOPLE[0], rests=then), confirmed_by=PEOPLE[1], confirmed_at=AT))
    state, taken = follow([decided], now, AT)
    if mattering(compare(then, now)):
        assert taken is Step.REOPENED
        assert isinstance(state, Open)
        assert state.changes == mattering(compare(then, now))
        assert state.earlier == decided.state.decision  # type: ignore[union-attr]
    else:
        assert taken is Step.CARRIED
        assert isinstance(state, Decided)
        assert (state.decision, state.carried) == (decided.state.decision, 1)  # type: ignore[union-attr]


@given(pairs, pairs)
def test_what_was_proposed_is_not_confirmed_over_what_is_new(then: Rested, now: Rested) -> None:
    proposed = hit_of(Proposed(decision=decision(PEOPLE[0], rests=then)))
    state, _ = follow([proposed], now, AT)
    assert isinstance(state, Open) is bool(mattering(compare(then, now)))


@given(pairs, pairs)
def test_entries_that_were_joined_are_carried_only_if_all_were_decided_alike(one: Rested, other: Rested) -> None:
    alike = [hit_of(Decided(decision=decision(PEOPLE[0], rests=rests))) for rests in (one, other)]
    both = msgspec.structs.replace(together([one, other]), band=min(one.band, other.band))
    assert follow(alike, both, AT)[1] is Step.CARRIED
    true = hit_of(Decided(decision=decision(PEOPLE[0], Disposition.TRUE_MATCH, other)))
    assert follow([alike[0], true], both, AT)[1] is Step.REOPENED


@given(pairs)
def test_what_is_the_same_has_not_changed(pair: Rested) -> None:
    assert compare(pair, pair) == ()


def test_a_pair_that_a_good_guy_entry_covers_is_silent() -> None:
    state, taken = follow([], RESTS, AT, "g-1")
    assert (state, taken) == (Spared(good_guy="g-1", at=AT), Step.SPARED)


def test_every_property_is_of_one_group() -> None:
    assert group_of("birthDate") is Group.DATES
    assert group_of("position") is Group.OTHER
    assert Change(side=Side.LISTED, group=Group.OTHER, how=How.ADDED, values=()).matters is False


# --- practice ---


@pytest.mark.parametrize(
    ("since", "hours", "due"),
    [
        ("2031-11-21T09:00", 8, "2031-11-21T17:00"),  # a Friday
        ("2031-11-21T16:00", 2, "2031-11-24T10:00"),
        ("2031-11-21T18:00", 1, "2031-11-24T10:00"),
        ("2031-11-22T12:00", 8, "2031-11-24T17:00"),
        ("2031-11-24T16:00", 2, "2031-11-26T10:00"),  # the 25th is a holiday
    ],
)
def test_due_times_count_working_hours(since: str, hours: int, due: str) -> None:
    calendar = Calendar(holidays=(date(2031, 11, 25),))
    begun, ended = (datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (since, due))
    assert calendar.due(begun, hours) == ended


def test_due_times_are_those_of_the_office_and_not_of_greenwich() -> None:
    calendar = Calendar(zone="Asia/Tokyo")
    assert calendar.due(datetime(2031, 11, 20, 23, tzinfo=UTC), 2) == datetime(2031, 11, 21, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    "wrong", [{"opens": 17, "closes": 9}, {"rest_days": tuple(range(7))}, {"zone": "Quamaria/Port"}]
)
def test_a_calendar_on_which_nothing_is_due_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(CalendarUnfit):
        Calendar(**wrong)  # type: ignore[arg-type]


@given(st.integers(1, 80), st.integers(0, 10_000))
def test_more_hours_are_never_due_sooner(hours: int, minutes: int) -> None:
    since = AT + timedelta(minutes=minutes)
    assert since < Calendar().due(since, hours) < Calendar().due(since, hours + 1)


def test_bands() -> None:
    assert [band(one) for one in (0.0, 0.5, 0.75, 0.95, 1.0)] == [0, 1, 2, 3, 3]


PRACTICE = Practice(
    profile=Profile(
        id="payment",
        four_eyes=("unsure",),
        reasons=(
            Reason(id="other_place", text="A place.", dispositions=("false_positive",)),
            Reason(id="any", text="Anything."),
        ),
        service_levels=(ServiceLevel(probability=0.5, hours=4), ServiceLevel(probability=0.9, hours=2)),
    )
)


def test_a_second_person_is_asked_for_by_the_profile_for_every_true_match_and_for_likely_releases() -> None:
    assert PRACTICE.needs_second(Disposition.TRUE_MATCH, 0.1)
    assert PRACTICE.needs_second(Disposition.UNSURE, 0.1)
    assert [PRACTICE.needs_second(Disposition.FALSE_POSITIVE, one) for one in (0.74, 0.75)] == [False, True]


def test_reasons_are_those_of_the_profile_and_one_at_least() -> None:
    assert [one.id for one in PRACTICE.reasons(Disposition.FALSE_POSITIVE)] == ["other_place", "any"]
    assert [one.id for one in PRACTICE.reasons(Disposition.TRUE_MATCH)] == ["any"]
    assert Practice(profile=Profile()).reasons(Disposition.TRUE_MATCH) == (IN_WORDS,)


def test_the_likelier_is_due_sooner() -> None:
    assert [PRACTICE.hours(one) for one in (0.95, 0.9, 0.6, 0.1)] == [2, 2, 4, HOURS_OTHERWISE]


@pytest.mark.parametrize("wrong", [{"id": " "}, {"caption": ""}, {"id": "x" * 401}])
def test_a_subject_can_be_found_again(wrong: dict[str, str]) -> None:
    with pytest.raises(SubjectUnfit):
        Subject(**{"kind": SubjectKind.NAME, "id": "s-1", "caption": "Oleg Dresnov", **wrong})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "id_", "address"),
    [
        (SubjectKind.PAYMENT_PARTY, "p-51895f63d8d88f63:text:RmtInf/Ustrd", "/payments/p-51895f63d8d88f63"),
        (SubjectKind.PAYMENT_PARTY, "p-51895f63d8d88f63:l-0376b342cda0c6a2:0", "/payments/earlier"),
        (SubjectKind.NAME, "s-164d83eea344ca3e", ""),
    ],
)
def test_a_subject_knows_the_page_where_it_stands(kind: SubjectKind, id_: str, address: str) -> None:
    assert Subject(kind=kind, id=id_, caption="Oleg Dresnov").address == address


def test_the_address_of_a_customer_holds_nothing_of_its_id() -> None:
    customer = Subject(kind=SubjectKind.CUSTOMER, id="retail:dresnov:1971", caption="Oleg Dresnov")
    assert customer.address == f"/customers/{customer_key('retail', 'dresnov:1971')}"
    assert "dresnov" not in customer.address
