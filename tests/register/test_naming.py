"""Everybody in force by every name: joined entries as one, by what is known now and by what was known before."""

from __future__ import annotations

from datetime import date, timedelta

from comity.infra.work import Work
from comity.lists.service import Desk
from comity.model.designation import Act, ActKind
from comity.register import service as register
from comity.register.model.naming import Named, Said
from comity.register.model.resolution import Verdict
from support.invented import DRESNOV, EVERYBODY, HERON, NORDHAVN, VOSK, but, load_document, load_table

HOUR = timedelta(hours=1)
TODAY = date(2031, 11, 21)
LEFT, RIGHT = register.resolve_id("qm_list:QM-4"), register.resolve_id("qp_mirror:QP-8")


def named(work: Work, desk: Desk, on: date = TODAY) -> dict[str, Named]:
    """Return who is in force by caption; worked out again as it is known at this moment, it must be the same."""
    now = list(register.names_in_force(work, desk, on))
    assert list(register.names_in_force(work, desk, on, work.at)) == now
    return {one.caption: one for one in now}


def test_a_person_has_every_name_of_the_latest_edition(work: Work, desk: Desk) -> None:
    load_document(work, desk, "2030-01-10", but(VOSK, name="Ilse Voskova", aliases=("Il Vo",)))
    load_document(work, desk, "2031-01-10", *EVERYBODY)
    found = named(work, desk)
    assert found.keys() == {one.name for one in EVERYBODY}
    assert set(found["Ilse Vosk"].names) == {"Ilse Vosk", "Ilsé Vösk"}
    assert found["Sea Heron"].identifiers == (Said("imoNumber", "9074729", "", ("QM",)),)
    assert found["Sea Heron"].references == ("qm_list:QM-2",)
    assert (found["Sea Heron"].schema, found["Sea Heron"].id) == ("Vessel", register.resolve_id("qm_list:QM-2"))


def test_a_wallet_is_its_holders(work: Work, desk: Desk) -> None:
    load_document(work, desk, "2031-01-10", *EVERYBODY)
    numbers = {one.property: one.value for one in named(work, desk)["Oleg Varimovich Dresnov"].identifiers}
    assert numbers["publicKey"] == "1FictionaLAddressThatNobodyHas"
    assert numbers["passportNumber"] == "441820937"


def test_who_was_removed_is_in_force_no_more(work: Work, desk: Desk) -> None:
    load_document(work, desk, "2030-01-10", *EVERYBODY)
    load_document(work, desk, "2031-01-10", HERON, NORDHAVN, VOSK)
    assert DRESNOV.name not in named(work, desk)
    assert DRESNOV.name in named(work, desk, date(2030, 2, 1))


def test_who_is_suspended_is_still_looked_for_and_who_is_annulled_is_not(work: Work, desk: Desk) -> None:
    load_document(work, desk, "2031-01-10", *EVERYBODY)
    for number, kind in (("QM-1", ActKind.SUSPENDED), ("QM-4", ActKind.ANNULLED)):
        act = Act(kind=kind, on=date(2031, 3, 1), citation="Order 4")
        register.enter_act(work, desk, register.resolve_id(f"qm_list:{number}"), "HARBOUR", act)
    found = named(work, desk)
    assert DRESNOV.name in found
    assert VOSK.name not in found


def test_joined_entries_are_one_and_the_lead_stays_when_the_cluster_is_renamed(work: Work, desk: Desk) -> None:
    load_document(work, desk, "2031-01-10", VOSK)
    load_document(work, desk, "2031-01-11", but(VOSK, number="QP-8", name="Elsa Wosk", aliases=()), list_id="qp_mirror")
    apart = named(work, desk)
    assert apart.keys() == {"Ilse Vosk", "Elsa Wosk"}
    before = work.at
    work.at += HOUR
    register.decide(work, LEFT, RIGHT, Verdict.SAME, "The same seal.")
    (one,) = named(work, desk).values()
    assert set(one.names) >= {"Ilse Vosk", "Elsa Wosk"}
    assert one.lead == min(LEFT, RIGHT)
    assert one.id.startswith("c-")
    assert set(one.references) == {"qm_list:QM-4", "qp_mirror:QP-8"}
    then = register.names_in_force(work, desk, TODAY, before)
    assert {named.caption for named in then} == {"Ilse Vosk", "Elsa Wosk"}


def test_what_the_register_was_told_is_counted_and_dated(work: Work, desk: Desk) -> None:
    assert register.learned(work) == (None, 0)
    load_table(work, desk, "2031-01-10", *EVERYBODY)
    work.at += HOUR
    act = Act(kind=ActKind.SUSPENDED, on=date(2031, 3, 1), citation="Order 4")
    entered = register.enter_act(work, desk, register.resolve_id("qm_list:QM-1"), "HARBOUR", act)
    assert register.learned(work) == (work.at, 1)
    work.at += HOUR
    register.withdraw_act(work, desk, entered.id, "Mistyped.")
    assert register.learned(work) == (work.at, 2)
