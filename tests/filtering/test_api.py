"""Payments as a program screens and decides them, and what the node does by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from litestar.testing import TestClient

from comity.accounts import service as accounts
from comity.accounts.model import NewToken
from comity.alerts import service as alerts
from comity.alerts.model.asking import Decide, WhichAlerts
from comity.alerts.model.state import Disposition
from comity.catalogue import messages
from comity.edge.app import create_app
from comity.edge.shell import Offers
from comity.filtering.jobs import LOOK_BACK, SETTLE
from comity.infra import jobs
from comity.infra.keys import Keys
from comity.infra.worker import Worker
from comity.kit.clock import FakeClock
from comity.model.actor import NODE, OPERATOR
from comity.model.permission import Permission
from comity.node import Node
from support.invented import SOURCES, Entry, load_document
from support.paying import LISTED

Program = TestClient[Any]
HEADER = "message_id,amount,currency,debtor_name,creditor_name,remittance\n"
ORDINARY = "M-1,10.00,EUR,Rowan Quill,Fen Marlow,rent march\n"
MATCHED = "M-2,20.00,EUR,Rowan Quill,Ilse Vosk,lamps\n"
CUBA = "M-3,20.00,EUR,Rowan Quill,Fen Marlow,cigars from Havana\n"


@pytest.fixture
def bank(node: Node) -> Node:
    """A node with the fictional list in force."""
    assert messages
    Keys.create(node.home / "keys")
    node.__dict__["sources"] = SOURCES
    with node.work(OPERATOR, Permission.LISTS_UPDATE) as work:
        load_document(work, node.desk, "2031-01-10", *LISTED)
    return node


def token(node: Node, *permissions: Permission) -> str:
    with node.work(OPERATOR, Permission.ACCOUNTS_MANAGE) as work:
        secret: str = accounts.create_token(work, NewToken(name="core", permissions=frozenset(permissions))).secret
    return secret


@pytest.fixture
def program(bank: Node) -> Iterator[Program]:
    """A program that screens, reads and decides."""
    secret = token(bank, Permission.PAYMENTS_SCREEN, Permission.PAYMENTS_READ, Permission.PAYMENTS_DECIDE)
    with TestClient(create_app(bank, Offers())) as client:
        client.headers["authorization"] = f"Bearer {secret}"
        yield client


def screened(program: Program, *lines: str) -> list[dict[str, Any]]:
    answer = program.post("/v1/payments", json={"message": HEADER + "".join(lines), "name": "m.csv"})
    assert answer.status_code == 201, answer.text
    found: list[dict[str, Any]] = answer.json()["payments"]
    return found


def work_off(node: Node, kind: str) -> None:
    worker = Worker(node.database, node.clock, {name: node.handlers[name] for name in (kind,)})
    while worker.step():
        pass


def test_a_message_is_screened_held_and_shown(program: Program) -> None:
    ordinary, matched = screened(program, ORDINARY, MATCHED)
    assert (ordinary["state"], matched["state"]) == ("passed", "held")
    shown = program.get(f"/v1/payments/{matched['id']}").json()
    assert shown["outcome"] == "hold"
    assert shown["verdict"]["hits"][0]["standing"] == [{"place": "3/creditor_name", "start": 0, "end": 9}]
    assert {one["act"] for one in shown["acts"] if one["is_open"]} == {"ask", "escalate"}
    assert program.get("/v1/payments?state=held").json()["count"] == 1
    assert program.get("/v1/payments?list=nobodys").json()["count"] == 0
    assert program.get("/v1/payments?since=soon").status_code == 422
    assert screened(program, ORDINARY, MATCHED) == [ordinary, matched], "the same message again"


def test_only_a_recall_has_an_answer(program: Program) -> None:
    (matched,) = screened(program, MATCHED)
    answer = program.get(f"/v1/payments/{matched['id']}/answer")
    assert (answer.status_code, answer.json()["code"]) == (422, "filtering.unrejectable")


def test_an_act_that_is_closed_and_a_reason_that_is_missing_are_refused(program: Program) -> None:
    (matched,) = screened(program, MATCHED)
    where = f"/v1/payments/{matched['id']}/acts"
    assert program.post(f"{where}/release", json={"reason": "Somebody else."}).status_code == 409
    assert program.post(f"{where}/ask", json={}).status_code == 422
    assert program.post(f"{where}/burn", json={"reason": "x"}).status_code in {404, 422}
    assert program.post(f"{where}/ask", json={"reason": "The birth date, please."}).json()["state"] == "held"


def test_two_programs_decide_what_no_law_decides(bank: Node, program: Program) -> None:
    (held,) = screened(program, CUBA)
    where = f"/v1/payments/{held['id']}"
    assert program.post(f"{where}/acts/release", json={"reason": "Of Zoria."}).json()["state"] == "held"
    assert program.post(f"{where}/confirmation", json={"reason": "Yes."}).status_code == 403
    program.headers["authorization"] = f"Bearer {token(bank, Permission.PAYMENTS_DECIDE)}"
    assert program.post(f"{where}/confirmation", json={"reason": "Yes."}).json()["state"] == "released"


def test_whoever_may_not_see_payments_is_not_told_that_one_is_held(bank: Node, program: Program) -> None:
    (held,) = screened(program, MATCHED)
    program.headers["authorization"] = f"Bearer {token(bank, Permission.SCREENING_ASK)}"
    there, absent = (program.get(f"/v1/payments/{id_}") for id_ in (held["id"], "p-0000000000000001"))
    assert (there.status_code, absent.status_code) == (404, 404)
    assert {**there.json(), "instance": ""} == {**absent.json(), "instance": ""}


def test_a_replay_gives_the_bytes_of_the_verdict(program: Program) -> None:
    (matched,) = screened(program, MATCHED)
    answer = program.get(f"/v1/payments/{matched['id']}/verdict")
    assert answer.json()["hits"][0]["listed"]["caption"] == "Ilse Vosk"


def test_what_was_decided_to_be_nobody_is_released_by_itself(bank: Node, program: Program) -> None:
    (matched,) = screened(program, MATCHED)
    with bank.work(OPERATOR, Permission.ALERTS_DECIDE) as work:
        (row,) = alerts.queue(work, WhichAlerts()).rows
        shown = alerts.show(work, bank.office, row.alert.id)
        hit = shown.hit
        said = Decide(
            hit=hit.id, disposition=Disposition.FALSE_POSITIVE, reasons=("other_person",), note="Another Ilse."
        )
        alerts.decide(work, bank.office, said)
    if shown.needs_second:
        with bank.work(NODE, Permission.ALERTS_CONFIRM) as work:
            alerts.confirm(work, hit.id)
    work_off(bank, SETTLE)
    assert program.get(f"/v1/payments/{matched['id']}").json()["payment"]["state"] == "released"


def test_a_new_edition_orders_a_look_back(bank: Node, program: Program, clock: FakeClock) -> None:
    (ordinary,) = screened(program, ORDINARY)
    clock.advance(timedelta(days=1))
    with bank.work(OPERATOR, Permission.LISTS_UPDATE) as work:
        load_document(work, bank.desk, "2031-02-10", *LISTED, Entry(number="QM-60", name="Fen Marlow"))
    with bank.database.transaction(write=False) as connection:
        assert LOOK_BACK in {job.kind for job in jobs.latest(connection, [jobs.State.WAITING])}
    work_off(bank, LOOK_BACK)
    (found,) = program.get("/v1/payments/lookbacks").json()
    assert [one["payments"] for one in found["dealings"]] == [[ordinary["id"]]]
