"""Joining by rule, the queue, decisions and their undoing; clusters keep their ids, and old addresses lead on."""

from __future__ import annotations

import threading
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from comity.infra.database import Database
from comity.infra.work import Work, begin
from comity.kit.clock import FakeClock
from comity.kit.errors import Failure
from comity.lists.service import Desk
from comity.model.actor import OPERATOR, Purpose
from comity.model.permission import Permission
from comity.register import service as register
from comity.register.model.answers import EntityUnknown
from comity.register.model.resolution import (
    Judgement,
    JudgementContradicts,
    JudgementUnknown,
    ReasonMissing,
    Verdict,
)
from support.invented import DRESNOV, HERON, VOSK, Entry, but, desk_in, load_table, recorded

SAME, DIFFERENT, UNSURE = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE
LISTS = ("qm_list", "qn_list", "qo_list")


def id_of(list_id: str, number: str = "1") -> str:
    return register.resolve_id(f"{list_id}:{number}")


A, B, C = (id_of(list_id) for list_id in LISTS)


def vosk(list_id: str, **more: Any) -> Entry:
    """One woman, spelt alike on each list: enough for the queue, too little for a rule."""
    return but(VOSK, number="1", aliases=(), programmes="HARBOUR", **more)


def list_all(work: Work, desk: Desk, *entries: Entry, lists: tuple[str, ...] = LISTS) -> None:
    """Load a list for each entry."""
    for list_id, entry in zip(lists, entries, strict=False):
        load_table(work, desk, "2031-01-10", entry, list_id=list_id)


def three_vosks(work: Work, desk: Desk) -> None:
    list_all(work, desk, *(vosk(list_id) for list_id in LISTS))


def cluster(work: Work, desk: Desk, id_: str) -> str:
    return register.show(work, desk, id_).id


def members(work: Work, desk: Desk, id_: str) -> set[str]:
    return set(register.show(work, desk, id_).members)


def waiting(work: Work) -> set[tuple[str, str]]:
    found, total = register.candidates(work, 50)
    assert total == len(found)
    return {(one.left, one.right) for one in found}


def both(left: str, right: str) -> tuple[str, str]:
    return min(left, right), max(left, right)


def decide(work: Work, left: str, right: str, verdict: Verdict = SAME) -> Judgement:
    return register.decide(work, left, right, verdict, "I looked at the photographs.")


# --- by rule ---


def test_a_passport_and_a_birth_date_join_by_rule(work: Work, desk: Desk) -> None:
    list_all(work, desk, but(DRESNOV, number="1"), but(DRESNOV, number="1", name="O. Dresnow", aliases=()))
    assert members(work, desk, A) == {A, B}
    (judgement,) = register.joins(work, [A])
    assert (judgement.by, judgement.verdict, judgement.stands) == ("rule:number_and_birth_date", SAME, True)
    assert waiting(work) == set()
    (event,) = (event for event in recorded(work) if event.kind == "register.joined_by_rule")
    assert event.facts["joins"] == 2  # the persons, and their wallets


def test_a_number_that_proves_joins_by_itself(work: Work, desk: Desk) -> None:
    list_all(work, desk, but(HERON, number="1"), but(HERON, number="1", name="Renamed"))
    assert members(work, desk, A) == {A, B}


def test_what_is_only_alike_waits_for_a_person(work: Work, desk: Desk) -> None:
    list_all(work, desk, vosk("qm_list"), vosk("qn_list"))
    assert waiting(work) == {both(A, B)}
    assert members(work, desk, A) == {A}
    (candidate,), _ = register.candidates(work, 10)
    assert candidate.agrees == ("name", "birth date")


def test_the_order_in_which_lists_come_joins_the_same(work: Work, desk: Desk) -> None:
    for order in (LISTS, LISTS[::-1]):
        attempt = work.connection.begin_nested()
        for list_id in order:
            list_all(work, desk, but(DRESNOV, number="1"), lists=(list_id,))
        assert members(work, desk, B) == {A, B, C}
        attempt.rollback()


def test_entries_of_one_list_are_never_joined_by_rule(work: Work, desk: Desk) -> None:
    load_table(work, desk, "2031-01-10", but(DRESNOV, number="1"), but(DRESNOV, number="2", wallet=""))
    assert members(work, desk, A) == {A}
    assert waiting(work) == set()


# --- by people ---


def test_a_person_joins_and_the_pair_leaves_the_queue(work: Work, desk: Desk) -> None:
    three_vosks(work, desk)
    judgement = decide(work, B, A)
    assert (judgement.left, judgement.right) == both(A, B)
    assert (judgement.by, judgement.at) == (OPERATOR.id, work.at)
    assert judgement.reason == "I looked at the photographs."
    assert members(work, desk, A) == {A, B}
    assert waiting(work) == {both(A, C), both(B, C)}
    assert recorded(work)[-1].kind == "register.judged"


def test_a_pair_that_others_have_joined_no_longer_waits(work: Work, desk: Desk) -> None:
    three_vosks(work, desk)
    decide(work, A, B)
    last = decide(work, B, C)
    assert members(work, desk, A) == {A, B, C}
    assert waiting(work) == set()
    register.undo(work, last.id, "Another woman.")
    assert waiting(work) == {both(A, C), both(B, C)}


def test_who_is_kept_apart_is_not_put_before_a_person_again(work: Work, desk: Desk) -> None:
    three_vosks(work, desk)
    decide(work, A, B, DIFFERENT)
    decide(work, A, C, UNSURE)
    assert waiting(work) == {both(B, C)}
    load_table(work, desk, "2031-02-10", vosk("qm_list", remark="New."), list_id="qm_list")
    assert waiting(work) == {both(B, C)}


def test_who_judges_one_pair_of_two_clusters_answers_for_them_all(work: Work, desk: Desk) -> None:
    three_vosks(work, desk)
    joined = decide(work, A, B)
    apart = decide(work, B, C, DIFFERENT)
    assert waiting(work) == set()
    load_table(work, desk, "2031-02-10", vosk("qm_list", remark="New."), list_id="qm_list")
    assert waiting(work) == set()
    register.undo(work, joined.id, "Another woman.")
    assert waiting(work) == {both(A, B), both(A, C)}
    register.undo(work, apart.id, "Perhaps not.")
    assert waiting(work) == {both(A, B), both(A, C), both(B, C)}


def test_a_judgement_needs_a_reason_and_two_entries_that_exist(work: Work, desk: Desk) -> None:
    three_vosks(work, desk)
    with pytest.raises(ReasonMissing):
        register.decide(work, A, B, SAME, "  ")
    for left, right in ((A, A), (A, "e-0000000000000000"), ("", B)):
        with pytest.raises(EntityUnknown):
            decide(work, left, right)
    assert register.log(work, 10)[1] == 0


def test_what_is_judged_is_undone_before_it_is_judged_again(work: Work, desk: Desk) -> None:
    three_vosks(work, desk)
    first = decide(work, A, B, UNSURE)
    with pytest.raises(JudgementContradicts, match=first.id):
        decide(work, A, B, SAME)
    register.undo(work, first.id, "I am sure now.")
    decide(work, A, B, SAME)
    assert members(work, desk, A) == {A, B}


# --- keeping apart ---


def test_a_judgement_keeps_apart_also_through_others(work: Work, desk: Desk) -> None:
    three_vosks(work, desk)
    apart = decide(work, A, C, DIFFERENT)
    decide(work, A, B)
    with pytest.raises(JudgementContradicts, match=apart.id):
        decide(work, B, C)
    assert members(work, desk, C) == {C}


def test_what_others_have_joined_is_not_kept_apart_by_one_word(work: Work, desk: Desk) -> None:
    three_vosks(work, desk)
    decide(work, A, B)
    decide(work, B, C)
    with pytest.raises(JudgementContradicts):
        decide(work, A, C, DIFFERENT)
    decide(work, A, C, UNSURE)
    assert members(work, desk, A) == {A, B, C}


def test_no_rule_joins_whom_a_person_keeps_apart(work: Work, desk: Desk) -> None:
    list_all(work, desk, vosk("qm_list"), vosk("qn_list"))
    decide(work, A, B, DIFFERENT)
    for list_id in ("qm_list", "qn_list"):
        same = vosk(list_id, born="1980-05-05", passport="777")
        load_table(work, desk, "2031-02-10", same, list_id=list_id)
    assert members(work, desk, A) == {A}


def test_rules_do_not_join_through_a_third_entry_whom_a_person_keeps_apart(work: Work, desk: Desk) -> None:
    """A third list names the passport of the one and the full name of the other; either join alone would be right."""
    one = vosk("qm_list", born="1980-05-05", passport="777")
    other = but(vosk("qn_list", born="1980-05-05"), name="Ilse Anna Berg")
    list_all(work, desk, one, other)
    decide(work, A, B, DIFFERENT)
    load_table(work, desk, "2031-01-12", but(other, passport="777"), list_id="qo_list")
    assert members(work, desk, A) != members(work, desk, B)
    assert C in members(work, desk, A) | members(work, desk, B)
    assert waiting(work) == set()


# --- undoing ---


def test_what_a_judgement_joined_falls_apart_when_it_is_undone(work: Work, desk: Desk) -> None:
    three_vosks(work, desk)
    judgement = decide(work, A, B)
    work.at += timedelta(hours=1)
    undone = register.undo(work, judgement.id, "The wrong photograph.")
    assert (undone.undone_at, undone.undone_by, undone.undone_because) == (
        work.at,
        OPERATOR.id,
        "The wrong photograph.",
    )
    assert members(work, desk, A) == {A}
    assert both(A, B) in waiting(work)
    assert recorded(work)[-1].kind == "register.judgement_undone"
    with pytest.raises(JudgementUnknown):
        register.undo(work, judgement.id, "again")
    with pytest.raises(JudgementUnknown):
        register.undo(work, "j-0", "again")


def test_undoing_needs_a_reason(work: Work, desk: Desk) -> None:
    three_vosks(work, desk)
    judgement = decide(work, A, B)
    with pytest.raises(ReasonMissing):
        register.undo(work, judgement.id, " ")
    assert members(work, desk, A) == {A, B}


def test_what_another_judgement_holds_together_stays_together(work: Work, desk: Desk) -> None:
    three_vosks(work, desk)
    decide(work, A, B)
    first = decide(work, B, C)
    cluster_id = cluster(work, desk, A)
    register.undo(work, first.id, "?")
    decide(work, A, C)
    second = decide(work, B, C, UNSURE)
    register.undo(work, second.id, "?")
    assert members(work, desk, B) == {A, B, C}
    assert cluster(work, desk, C) == cluster_id


def test_a_rules_join_that_was_undone_is_never_made_again(work: Work, desk: Desk) -> None:
    list_all(work, desk, but(DRESNOV, number="1", wallet=""), but(DRESNOV, number="1", wallet=""))
    (judgement,) = register.joins(work, [A])
    register.undo(work, judgement.id, "His brother used the passport.")
    assert members(work, desk, A) == {A}
    assert waiting(work) == {both(A, B)}
    load_table(work, desk, "2031-02-10", but(DRESNOV, number="1", wallet="", remark="New."), list_id="qm_list")
    assert members(work, desk, A) == {A}
    assert waiting(work) == {both(A, B)}
    decide(work, A, B)
    assert members(work, desk, A) == {A, B}


def test_taking_back_that_two_differ_lets_the_rule_speak_again_only_for_others(work: Work, desk: Desk) -> None:
    """The pair itself was decided by a person; a third entry that their word kept away is joined by rule after all."""
    list_all(work, desk, but(HERON, number="1"), vosk("qn_list"))
    load_table(work, desk, "2031-01-11", but(HERON, number="1", imo="9999993"), list_id="qn_list")
    apart = decide(work, A, B, DIFFERENT)
    load_table(work, desk, "2031-01-12", but(HERON, number="1", imo="9999993"), list_id="qo_list")
    load_table(work, desk, "2031-01-13", but(HERON, number="1"), list_id="qo_list")
    assert members(work, desk, A) == {A}
    register.undo(work, apart.id, "The same ship after all.")
    assert members(work, desk, A) == {A, B, C}


# --- clusters ---


def test_a_cluster_keeps_its_id_as_it_grows(work: Work, desk: Desk) -> None:
    three_vosks(work, desk)
    decide(work, A, B)
    id_ = cluster(work, desk, A)
    decide(work, A, C)
    assert {cluster(work, desk, one) for one in (A, B, C)} == {id_}
    assert id_.startswith("c-")


def test_a_merged_cluster_keeps_the_older_id_and_the_younger_leads_to_it(work: Work, desk: Desk) -> None:
    for list_id in LISTS[:2]:
        load_table(
            work, desk, "2031-01-10", vosk(list_id), but(VOSK, number="2", name="Ilse Anna Vosk"), list_id=list_id
        )
    second = id_of("qm_list", "2"), id_of("qn_list", "2")
    for first_pair, second_pair in (((A, B), second), (second, (A, B))):
        attempt = work.connection.begin_nested()
        decide(work, *first_pair)
        older = cluster(work, desk, first_pair[0])
        work.at += timedelta(hours=1)
        decide(work, *second_pair)
        younger = cluster(work, desk, second_pair[0])
        decide(work, first_pair[0], second_pair[1])
        assert cluster(work, desk, younger) == cluster(work, desk, A) == older
        assert members(work, desk, younger) == {A, B, *second}
        attempt.rollback()


def test_the_address_of_a_cluster_that_fell_apart_leads_to_its_first_entry(work: Work, desk: Desk) -> None:
    three_vosks(work, desk)
    judgement = decide(work, A, B)
    old = cluster(work, desk, A)
    register.undo(work, judgement.id, "?")
    assert members(work, desk, old) == {min(A, B)}
    decide(work, min(A, B), C)
    assert members(work, desk, old) == {min(A, B), C}


def test_what_is_joined_again_has_its_id_again(work: Work, desk: Desk) -> None:
    three_vosks(work, desk)
    judgement = decide(work, A, B)
    id_ = cluster(work, desk, A)
    for _ in range(3):
        register.undo(work, judgement.id, "?")
        judgement = decide(work, A, B)
        assert cluster(work, desk, A) == id_


def test_the_larger_part_keeps_the_id_when_a_cluster_is_split(work: Work, desk: Desk) -> None:
    three_vosks(work, desk)
    decide(work, A, B)
    id_ = cluster(work, desk, A)
    last = decide(work, B, C)
    register.undo(work, last.id, "?")
    assert (cluster(work, desk, A), cluster(work, desk, B), cluster(work, desk, C)) == (id_, id_, C)


def test_a_chain_of_merges_leads_to_the_end(work: Work, desk: Desk) -> None:
    for list_id in LISTS[:2]:
        entries = [but(VOSK, number=str(n), name=f"Ilse Vosk {'Anna ' * n}") for n in range(1, 5)]
        load_table(work, desk, "2031-01-10", *entries, list_id=list_id)
    couples = [(id_of("qm_list", str(n)), id_of("qn_list", str(n))) for n in range(1, 5)]
    old = []
    for couple in couples:
        decide(work, *couple)
        old.append(cluster(work, desk, couple[0]))
        work.at += timedelta(hours=1)
    for left, right in ((2, 3), (1, 2), (0, 1)):
        decide(work, couples[left][0], couples[right][0])
    assert {cluster(work, desk, one) for one in old} == {old[0]}
    assert len(members(work, desk, old[3])) == 8


# --- looking back ---


def test_the_log_tells_who_decided_what_newest_first(work: Work, desk: Desk) -> None:
    list_all(work, desk, but(HERON, number="1"), but(HERON, number="1"))
    work.at += timedelta(hours=1)
    load_table(work, desk, "2031-01-11", but(HERON, number="1"), list_id="qo_list")
    work.at += timedelta(hours=1)
    (rule,), total = register.log(work, 1)
    assert total >= 2
    assert rule.is_by_rule
    register.undo(work, rule.id, "?")
    decide(work, rule.left, rule.right)
    people, count = register.log(work, 10, by_people=True)
    assert (count, people[0].by) == (1, OPERATOR.id)
    everything, _ = register.log(work, 10)
    assert [one.at for one in everything] == sorted((one.at for one in everything), reverse=True)
    assert register.log(work, 10, 1)[0] == everything[1:]


# --- at the same time ---


def test_two_people_who_decide_at_once_do_not_miss_each_other(
    database: Database, clock: FakeClock, tmp_path: Path
) -> None:
    """A chain of joins, each by a thread of its own, ends in one cluster; of two that contradict, one is refused."""
    desk = desk_in(tmp_path)

    def at_work() -> Any:
        return begin(
            database, clock, actor=OPERATOR, purpose=Purpose.SANCTIONS_IMPLEMENTATION, permission=Permission.OPERATE
        )

    names = [but(VOSK, number=str(number), aliases=()) for number in range(1, 5)]
    with at_work() as work:
        for list_id in LISTS[:2]:
            load_table(work, desk, "2031-01-10", *names, list_id=list_id)
    ids = [id_of(list_id, str(number)) for number in range(1, 5) for list_id in LISTS[:2]]
    refused: list[Failure] = []
    failed: list[BaseException] = []

    def judge(left: str, right: str, verdict: Verdict) -> None:
        try:
            with at_work() as work:
                decide(work, left, right, verdict)
        except Failure as failure:
            refused.append(failure)
        except BaseException as failure:  # noqa: BLE001 - a thread's failure would be lost
            failed.append(failure)

    chain = [(left, right, SAME) for left, right in pairwise(ids)]
    threads = [threading.Thread(target=judge, args=one) for one in (*chain, (ids[0], ids[-1], DIFFERENT))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert [type(one) for one in refused] == [JudgementContradicts]
    with at_work() as work:
        sizes = {len(members(work, desk, id_)) for id_ in ids}
        judgements, _ = register.log(work, 50)
        apart = any(one.verdict is DIFFERENT for one in judgements)
        assert sum(len(members(work, desk, one)) == 8 for one in ids) == (0 if apart else 8)
        assert len(judgements) == 7
        assert sizes
