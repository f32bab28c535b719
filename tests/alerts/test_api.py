"""Alerts as programs take them: what waits, decisions with two proofs, and nothing for whoever may not know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from litestar.testing import TestClient

from comity.accounts import service as accounts
from comity.accounts.model import NewToken
from comity.alerts import service as alerts
from comity.edge.app import create_app
from comity.infra.keys import Keys
from comity.model.actor import OPERATOR
from comity.model.permission import Permission
from comity.node import Node
from support.alerting import customer, found
from support.invented import EVERYBODY, SOURCES, load_document

READS = {Permission.ALERTS_READ, Permission.ALERTS_DECIDE}


@pytest.fixture
def office(node: Node) -> Node:
    """A node with two alerts."""
    Keys.create(node.home / "keys")
    node.sources = SOURCES
    with node.work(OPERATOR, Permission.OPERATE) as work:
        load_document(work, node.desk, "2031-01-10", *EVERYBODY)
        names = ("Oleg Dresnov", "Ilse Vosk")
        reports = [found(work, node.screening, customer(f"c-{n}", name)) for n, name in enumerate(names)]
        alerts.report(work, node.office, reports)
    return node


@pytest.fixture
def client(office: Node) -> Iterator[TestClient[Any]]:
    with TestClient(create_app(office)) as program:
        yield program


def token(node: Node, *permissions: Permission) -> dict[str, str]:
    with node.work(OPERATOR, Permission.ACCOUNTS_MANAGE) as work:
        issued = accounts.create_token(work, NewToken(name=f"p{len(permissions)}", permissions=frozenset(permissions)))
    return {"authorization": f"Bearer {issued.secret}"}


def test_what_waits_is_decided_and_confirmed_by_another(office: Node, client: TestClient[Any]) -> None:
    one, other = token(office, *READS), token(office, *READS, Permission.ALERTS_CONFIRM)
    queue = client.get("/v1/alerts", headers=one).json()
    assert (queue["total"], queue["late"]) == (2, 0)
    shown = client.get(f"/v1/alerts/{queue['results'][0]['id']}", headers=one).json()
    hit = shown["hit"]["id"]
    said = {"disposition": "unsure", "reasons": [shown["reasons"]["unsure"][0]["id"]]}
    assert client.post(f"/v1/hits/{hit}/decision", json=said, headers=one).json()["state"]["is"] == "parked"
    assert client.post(f"/v1/hits/{hit}/confirmation", headers=other).json()["code"] == "alerts.step_closed"
    wrong = client.post(f"/v1/hits/{hit}/decision", json={**said, "reasons": ["of my own"]}, headers=one)
    assert (wrong.status_code, wrong.json()["code"]) == (422, "alerts.reason_missing")
    undone = client.post(f"/v1/hits/{hit}/undoing", json={"reason": "Too soon."}, headers=one)
    assert undone.json()["state"]["is"] == "open"
    assert len(client.get("/v1/alerts/export", headers=one).text.splitlines()) == 2


def test_whoever_may_not_know_is_answered_as_if_there_were_nothing(office: Node, client: TestClient[Any]) -> None:
    seen, blind = token(office, *READS), token(office, Permission.LISTS_READ)
    there = client.get("/v1/alerts", headers=seen).json()["results"][0]["id"]
    answers = [
        client.get(path, headers=blind) for path in (f"/v1/alerts/{there}", "/v1/alerts/a-000000000000", "/v1/x")
    ]
    assert {(one.status_code, one.json()["detail"]) for one in answers} == {(404, "There is nothing here.")}


def test_an_alert_that_is_not_there_reads_as_any_address_that_is_not(office: Node, client: TestClient[Any]) -> None:
    answer = client.get("/v1/alerts/a-000000000000", headers=token(office, *READS))
    assert (answer.status_code, answer.json()["detail"]) == (404, "There is nothing here.")
