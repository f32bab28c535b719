"""Dated legal acts: entered with a citation where editions leave a gap, refused where they contradict one, never changed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from comity.infra.work import Work
from comity.kit.errors import Failure
from comity.lists.service import Desk
from comity.model.actor import OPERATOR
from comity.model.designation import Act, ActKind
from comity.register import service as register
from comity.register.model.answers import (
    ActContradicts,
    ActUnknown,
    EnteredAct,
    EntityUnknown,
    ProgrammeUnknown,
    Search,
)
from comity.register.model.resolution import ReasonMissing
from support.invented import DRESNOV, HERON, NORDHAVN, VOSK, but, load_table, recorded

ID = register.resolve_id("qm_list:QM-1")
GONE = (HERON, NORDHAVN, VOSK)
THERE = (DRESNOV, *GONE)


def enter(work: Work, desk: Desk, kind: str, on: str, programme: str = "HARBOUR", id_: str = ID) -> EnteredAct:
    act = Act(kind=ActKind(kind), on=date.fromisoformat(on), citation=f"Gazette of {on}")
    return register.enter_act(work, desk, id_, programme, act)


def states(work: Work, desk: Desk, *days: str) -> list[str]:
    """Tell the state on some days, as the page and as the search result say it: they must agree."""
    found = []
    for day in days:
        as_of = date.fromisoformat(day)
        (designation,) = register.show(work, desk, ID, as_of=as_of).designations
        (hit,) = register.search(work, desk, Search(text="varimovich", as_of=as_of)).results
        assert hit.state is designation.state, day
        found.append(designation.state.value)
    return found


@pytest.fixture(autouse=True)
def gap(work: Work, desk: Desk) -> None:
    """Dresnov stands in the first edition and not in the second."""
    load_table(work, desk, "2031-01-10", *THERE)
    load_table(work, desk, "2031-03-10", *GONE)


def test_a_gap_is_open_until_an_act_decides_it(work: Work, desk: Desk) -> None:
    days = ("2031-01-10", "2031-01-11", "2031-02-01", "2031-03-09", "2031-03-10")
    assert states(work, desk, *days) == ["listed", "unknown", "unknown", "unknown", "not_listed"]
    enter(work, desk, "removed", "2031-02-01")
    assert states(work, desk, *days) == ["listed", "listed", "not_listed", "not_listed", "not_listed"]


def test_an_act_is_kept_with_who_entered_it_when_and_on_which_ground(work: Work, desk: Desk) -> None:
    entered = enter(work, desk, "removed", "2031-02-01")
    assert (entered.entity_id, entered.programme, entered.act.citation) == (ID, "HARBOUR", "Gazette of 2031-02-01")
    assert (entered.entered_at, entered.entered_by, entered.withdrawn_at) == (work.at, OPERATOR.id, None)
    assert register.entered_acts(work, ID) == [entered]
    event = recorded(work)[-1]
    assert event.kind == "register.act_entered"
    assert event.facts == {"act": entered.id, "entity": ID, "act_kind": "removed", "on": "2031-02-01"}


def test_acts_are_told_in_the_order_of_their_days(work: Work, desk: Desk) -> None:
    for kind, on in (("removed", "2031-02-20"), ("suspended", "2031-01-20"), ("resumed", "2031-02-01")):
        enter(work, desk, kind, on)
    assert [one.act.kind.value for one in register.entered_acts(work, ID)] == ["suspended", "resumed", "removed"]
    assert states(work, desk, "2031-01-25", "2031-02-10", "2031-02-25") == ["suspended", "listed", "not_listed"]


@pytest.mark.parametrize(
    ("act", "reference", "failure"),
    [
        ("suspended 2031-02-01 HARBOUR", "QM-1", ActContradicts),
        ("listed 2031-02-01 HARBOUR", "QM-1", ActContradicts),
        ("removed 2031-04-01 HARBOUR", "QM-1", ActContradicts),
        ("removed 2031-01-10 HARBOUR", "QM-1", ActContradicts),
        ("removed 2031-02-01 LANTERN", "QM-1", ProgrammeUnknown),
        ("removed 2031-02-01 HARBOUR", f"QM-1/wallet/{DRESNOV.wallet}", ProgrammeUnknown),
        ("removed 2031-02-01 HARBOUR", "QM-9", EntityUnknown),
    ],
)
def test_what_cannot_have_been_is_refused_and_leaves_no_trace(
    work: Work, desk: Desk, act: str, reference: str, failure: type[Failure]
) -> None:
    events = len(recorded(work))
    kind, on, programme = act.split()
    with pytest.raises(failure):
        enter(work, desk, kind, on, programme, register.resolve_id(f"qm_list:{reference}"))
    assert register.entered_acts(work, ID) == []
    assert len(recorded(work)) == events


def test_the_refusal_names_the_edition(work: Work, desk: Desk) -> None:
    with pytest.raises(ActContradicts, match=r"the edition qm_list@2031-03-10\.\w+ lacks the entry afterwards"):
        enter(work, desk, "suspended", "2031-02-01")


def test_a_withdrawn_act_leaves_the_gap_open_again_and_stays_on_record(work: Work, desk: Desk) -> None:
    entered = enter(work, desk, "removed", "2031-02-01")
    work.at += timedelta(hours=1)
    register.withdraw_act(work, desk, entered.id, "It was his brother.")
    assert states(work, desk, "2031-02-15") == ["unknown"]
    (kept,) = register.entered_acts(work, ID)
    assert (kept.withdrawn_at, kept.withdrawn_by, kept.withdrawn_because) == (
        work.at,
        OPERATOR.id,
        "It was his brother.",
    )
    assert recorded(work)[-1].kind == "register.act_withdrawn"
    enter(work, desk, "removed", "2031-02-20")
    assert states(work, desk, "2031-02-15", "2031-02-25") == ["listed", "not_listed"]


def test_an_act_is_withdrawn_once_and_with_a_reason(work: Work, desk: Desk) -> None:
    entered = enter(work, desk, "removed", "2031-02-01")
    with pytest.raises(ReasonMissing):
        register.withdraw_act(work, desk, entered.id, " ")
    register.withdraw_act(work, desk, entered.id, "?")
    for id_ in (entered.id, "act-0"):
        with pytest.raises(ActUnknown):
            register.withdraw_act(work, desk, id_, "?")


def test_an_edition_that_comes_later_has_the_last_word(work: Work, desk: Desk) -> None:
    """The act says removed on 1 February; an edition of 20 February, found in an archive, still holds the entry."""
    enter(work, desk, "removed", "2031-02-01")
    load_table(work, desk, "2031-02-20", *THERE)
    assert states(work, desk, "2031-01-20", "2031-02-10", "2031-02-20", "2031-03-01", "2031-03-10") == [
        "listed",
        "unknown",
        "listed",
        "unknown",
        "not_listed",
    ]


def test_an_edition_that_holds_who_was_removed_afterwards_has_the_last_word_too(work: Work, desk: Desk) -> None:
    """Nothing in the record changes: only the act, after what was the last edition, is borne out or not."""
    heron = register.resolve_id("qm_list:QM-2")
    enter(work, desk, "removed", "2031-04-01", id_=heron)
    for published, expected in (("2031-05-10", "listed"), ("2031-06-10", "listed")):
        load_table(work, desk, published, *GONE)
        (hit,) = register.search(work, desk, Search(text="sea heron", as_of=date.fromisoformat(published))).results
        assert hit.state.value == expected
        (shown,) = register.show(work, desk, heron, as_of=date(2031, 4, 20)).designations
        (card,) = register.search(work, desk, Search(text="sea heron", as_of=date(2031, 4, 20))).results
        assert (shown.state.value, card.state.value) == ("unknown", "unknown")


def test_acts_of_one_programme_leave_another_alone(work: Work, desk: Desk) -> None:
    id_ = register.resolve_id("qm_list:QM-3")
    enter(work, desk, "suspended", "2031-02-01", "LANTERN", id_)
    shown = register.show(work, desk, id_, as_of=date(2031, 2, 10))
    assert {one.programme: one.state.value for one in shown.designations} == {
        "HARBOUR": "listed",
        "LANTERN": "suspended",
    }
    assert shown.regimes == ("QM",)


def test_the_acts_of_joined_entries_are_told_together(work: Work, desk: Desk) -> None:
    load_table(work, desk, "2031-01-10", but(DRESNOV, number="QN-7"), list_id="qn_list")
    first = enter(work, desk, "removed", "2031-02-01")
    second = enter(work, desk, "suspended", "2031-03-01", id_=register.resolve_id("qn_list:QN-7"))
    cluster = register.show(work, desk, ID).id
    assert [one.id for one in register.entered_acts(work, cluster)] == [first.id, second.id]
