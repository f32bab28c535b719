"""Screening as a program asks for it, and the jobs that a node orders by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from litestar.testing import TestClient

from comity.accounts import service as accounts
from comity.accounts.model import NewToken
from comity.edge.app import create_app
from comity.edge.shell import Offers
from comity.infra import jobs
from comity.infra.keys import Keys
from comity.infra.worker import Worker
from comity.model.actor import OPERATOR
from comity.model.designation import Act, ActKind
from comity.model.permission import Permission
from comity.node import Node
from comity.register import service as register
from comity.register.model.resolution import Verdict
from comity.screening.jobs import INDEX
from comity.screening.service import Place
from support.invented import DRESNOV, EVERYBODY, SOURCES, load_document

from .conftest import by_hand

Program = TestClient[Any]


@pytest.fixture
def office(node: Node) -> Node:
    """A node with an invented list in force."""
    Keys.create(node.home / "keys")
    node.__dict__["sources"] = SOURCES
    node.__dict__["screening"] = Place(node.desk, node.home / "screening", by_hand)
    with node.work(OPERATOR, Permission.LISTS_UPDATE) as work:
        load_document(work, node.desk, "2031-01-10", *EVERYBODY)
    return node


@pytest.fixture
def program(office: Node) -> Iterator[Program]:
    """A program that may screen."""
    with office.work(OPERATOR, Permission.ACCOUNTS_MANAGE) as work:
        wanted = NewToken(name="core", permissions=frozenset({Permission.SCREENING_ASK}))
        secret = accounts.create_token(work, wanted).secret
    with TestClient(create_app(office, Offers())) as client:
        client.headers["authorization"] = f"Bearer {secret}"
        yield client


def test_a_name_is_asked_about_and_the_answer_found_again(program: Program) -> None:
    answer = program.post("/v1/screenings", json={"text": "Oleg Varimovich Dresnov", "schema": "Person"})
    assert answer.status_code == 201
    said = answer.json()
    assert said["answer"]["outcome"] == "matched"
    (one,) = said["answer"]["results"]
    assert one.keys() == {"id", "caption", "schema", "probability", "odds", "evidence", "references"}
    assert (one["caption"], one["references"]) == (DRESNOV.name, ["qm_list:QM-1"])
    assert one["evidence"][0].keys() == {"kind", "query", "listed", "effect", "text"}
    assert program.get(f"/v1/screenings/{said['id']}").json() == said


def test_a_cleared_name_names_its_editions(program: Program) -> None:
    said = program.post("/v1/screenings", json={"text": "Rowan Quill", "countries": ["qm"]}).json()
    assert said["answer"]["outcome"] == "cleared"
    assert [edition.split(".")[0] for edition in said["answer"]["editions"]] == ["qm_list@2031-01-10"]
    assert said["asked"] == {"of": "name", "text": "Rowan Quill", "countries": ["qm"]}


@pytest.mark.parametrize(
    "body",
    [{}, {"text": ""}, {"text": "?"}, {"text": "a", "schema": "Human"}, {"text": "a", "limit": 0}, {"name": "a"}],
)
def test_what_nobody_can_look_for_is_refused(program: Program, body: dict[str, Any]) -> None:
    assert program.post("/v1/screenings", json=body).status_code in {400, 422}


def test_an_answer_that_was_never_given_is_not_there(program: Program) -> None:
    answer = program.get("/v1/screenings/s-0000000000000000")
    assert (answer.status_code, answer.json()["code"]) == (404, "screening.answer_unknown")


def test_an_edition_in_force_orders_the_index_and_the_worker_builds_it(office: Node) -> None:
    with office.database.transaction(write=False) as connection:
        (ordered,) = [job for job in jobs.latest(connection, (jobs.State.WAITING,)) if job.kind == INDEX]
    assert Worker(office.database, office.clock, {INDEX: office.handlers[INDEX]}).step()
    with office.database.transaction(write=False) as connection:
        (done,) = [job for job in jobs.latest(connection, (jobs.State.DONE,)) if job.kind == INDEX]
        (following,) = [job for job in jobs.latest(connection, (jobs.State.WAITING,)) if job.kind == INDEX]
    assert done.id == ordered.id
    assert done.result["entries"] == len(EVERYBODY)
    assert following.due.date() > office.clock.now().date()
    assert office.screening.open is not None


def test_an_act_and_a_judgement_order_it_too(office: Node) -> None:
    worker = Worker(office.database, office.clock, {INDEX: office.handlers[INDEX]})
    act = Act(kind=ActKind.SUSPENDED, on=date(2031, 3, 1), citation="Order 4")
    left, right = register.resolve_id("qm_list:QM-1"), register.resolve_id("qm_list:QM-4")
    assert worker.step()
    assert not worker.step(), "the next one is due tomorrow"
    with office.work(OPERATOR, Permission.REGISTER_DECIDE) as work:
        register.enter_act(work, office.desk, left, "HARBOUR", act)
    assert worker.step()
    with office.work(OPERATOR, Permission.REGISTER_DECIDE) as work:
        register.decide(work, left, right, Verdict.SAME, "The same seal.")
    assert worker.step()
    assert office.screening.open is not None
    assert len(office.screening.open.entries) == len(EVERYBODY) - 1
    assert not worker.step()
