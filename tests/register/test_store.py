"""Rows that are written by difference, tables that only grow, and addresses that lead on; alike on both engines."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.infra.columns import metadata
from comity.infra.work import Work
from comity.lists.service import Desk
from comity.model.designation import Act, ActKind
from comity.register import service as register
from comity.register.model.resolution import Verdict
from comity.register.store import entities, judgements, rows
from support.invented import DRESNOV, HERON, VOSK, but, load_table

FACETS = metadata.tables["entity_facets"]
facets = st.sets(
    st.tuples(
        st.sampled_from(["country", "schema"]), st.sampled_from(["no", "O'Hara", "Ω", ""]), st.sampled_from("abc")
    )
)


def kept(work: Work) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in work.connection.execute(FACETS.select())}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=facets, wanted=facets, owners=st.sets(st.sampled_from("abc")))
def test_rows_of_some_entities_become_the_wanted_ones_and_no_others(
    work: Work, before: set[Any], wanted: set[Any], owners: set[str]
) -> None:
    attempt = work.connection.begin_nested()
    rows.insert(work, FACETS, sorted(before))
    ours = {row for row in before if row[2] in owners}
    wanted = {row for row in wanted if row[2] in owners}
    assert rows.differ(work, FACETS, owners, wanted) == len(ours ^ wanted)
    assert kept(work) == (before - ours) | wanted
    attempt.rollback()


def test_more_values_than_one_statement_takes_are_asked_for_in_turn(work: Work) -> None:
    many = [("country", f"{number:04}", "e") for number in range(3 * rows.BATCH + 7)]
    rows.insert(work, FACETS, many)
    found = list(rows.scalars(work, sa.select(FACETS.c.value), FACETS.c.value, [row[1] for row in many]))
    assert sorted(found) == [row[1] for row in many]
    rows.delete(work, FACETS, many[: 2 * rows.BATCH])
    assert len(kept(work)) == rows.BATCH + 7
    rows.insert(work, FACETS, [])
    rows.delete(work, FACETS, [])


@pytest.mark.parametrize("table", ["judgements", "judgements_undone", "dated_acts", "withdrawn_acts"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET reason = 'x'", "DELETE FROM {}"])
def test_what_people_decided_can_neither_be_changed_nor_removed(work: Work, desk: Desk, table: str, verb: str) -> None:
    load_table(work, desk, "2031-01-10", DRESNOV, HERON)
    load_table(work, desk, "2031-01-10", but(VOSK, number="1"), list_id="qn_list")
    left, right = register.resolve_id("qm_list:QM-1"), register.resolve_id("qn_list:1")
    judged = register.decide(work, left, right, Verdict.SAME, "?")
    register.undo(work, judged.id, "?")
    act = Act(kind=ActKind.SUSPENDED, on=work.at.date(), citation="Gazette")
    register.withdraw_act(work, desk, register.enter_act(work, desk, left, "HARBOUR", act).id, "?")
    statement = verb.format(table).replace("reason", "citation" if table == "dated_acts" else "reason")
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        work.connection.exec_driver_sql(statement)


def test_an_address_leads_on_as_often_as_it_must(work: Work, desk: Desk) -> None:
    load_table(work, desk, "2031-01-10", DRESNOV, HERON)
    entry = register.resolve_id("qm_list:QM-1")
    for old, new in (("c-1", "c-2"), ("c-2", "c-3"), ("c-3", entry)):
        judgements.redirect(work, old, new)
    assert {entities.canonical(work, one) for one in ("c-1", "c-2", "c-3", entry)} == {entry}
    assert entities.canonical(work, "c-9") == "c-9"
    assert judgements.revive(work, [entry]) == "c-1"
    assert entities.canonical(work, "c-2") == "c-1"
    assert judgements.revive(work, ["e-nobody"]) is None


def test_statements_read_back_as_they_were_written(work: Work, desk: Desk) -> None:
    load_table(work, desk, "2031-01-10", DRESNOV, HERON)
    id_ = register.resolve_id("qm_list:QM-1")
    shown = {one.id: one for one in register.show(work, desk, id_).statements}
    assert {one.id: one for one in entities.read(work, [id_])} == shown
    assert entities.read(work, []) == []
    assert entities.entries(work, [id_, "e-nobody"]) == [(id_, "qm_list", "QM-1")]
