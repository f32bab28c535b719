"""Screening as a program asks for it, and the jobs that a node orders by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient

from comity.accounts import service as accounts
from comity.accounts.model import NewToken
from comity.edge.app import create_app
from comity.edge.shell import Offers
from comity.infra import jobs
from comity.infra.keys import Keys
from comity.infra.settings import ScreeningSettings
from comity.infra.worker import Worker
from comity.model.actor import OPERATOR
from comity.model.designation import Act, ActKind
from comity.model.permission import Permission
from comity.node import Node
from comity.register import service as register
from comity.register.model.resolution import Verdict
from comity.screening.jobs import INDEX
from comity.screening.service import Place
from support.invented import DRESNOV, EVERYBODY, SOURCES, load_document, recorded

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


# --- who may see what was asked


def holder(office: Node, *permissions: Permission) -> str:
    with office.work(OPERATOR, Permission.ACCOUNTS_MANAGE) as work:
        wanted = NewToken(name="another", permissions=frozenset(permissions))
        return f"Bearer {accounts.create_token(work, wanted).secret}"


def looks(office: Node) -> list[tuple[str, bool]]:
    """Return which answers were read, in order, and whether by who had asked."""
    with office.work(OPERATOR, Permission.LEDGER_READ, write=False) as work:
        found = [one for one in recorded(work) if one.kind == "screening.read"]
    return [(one.facts["screening"], one.facts["by_its_asker"]) for one in found]


def test_an_answer_is_its_askers_and_somebody_else_is_told_that_there_is_none(office: Node, program: Program) -> None:
    kept = program.post("/v1/screenings", json={"text": DRESNOV.name}).json()["id"]
    assert program.get(f"/v1/screenings/{kept}").status_code == 200
    other = {"authorization": holder(office, Permission.SCREENING_ASK)}
    denied = program.get(f"/v1/screenings/{kept}", headers=other)
    absent = program.get("/v1/screenings/s-0000000000000000", headers=other)
    assert (denied.status_code, denied.content) == (absent.status_code, absent.content) == (404, absent.content)
    assert program.get("/v1/screenings", headers=other).json()["total"] == 0
    assert program.get(f"/v1/screening-reviews/{kept}", headers=other).status_code == 403
    assert looks(office) == [(kept, True)]


def test_whoever_reviews_sees_what_others_asked_and_each_look_is_recorded(office: Node, program: Program) -> None:
    said = program.post("/v1/screenings", json={"text": DRESNOV.name}).json()
    auditor = {"authorization": holder(office, Permission.SCREENING_REVIEW)}
    (one,) = program.get("/v1/screening-reviews", headers=auditor).json()["results"]
    assert (one["id"], one["actor"]) == (said["id"], said["actor"])
    assert program.get("/v1/screening-reviews?actor=user:nobody", headers=auditor).json()["total"] == 0
    assert program.get(f"/v1/screening-reviews/{said['id']}", headers=auditor).json() == said
    assert program.post("/v1/screenings", json={"text": "x"}, headers=auditor).status_code == 403
    assert looks(office) == [(said["id"], False)]


def test_a_hasty_program_is_told_when_it_may_ask_again(office: Node) -> None:
    settings = msgspec.structs.replace(office.settings, screening=ScreeningSettings(requests_per_minute=2))
    office.__dict__["settings"] = settings
    hasty, patient = (holder(office, Permission.SCREENING_ASK) for _ in range(2))
    with TestClient(create_app(office, Offers())) as client:
        asked = [
            client.post("/v1/screenings", json={"text": "Ilse Vosk"}, headers={"authorization": hasty})
            for _ in range(3)
        ]
        assert [one.status_code for one in asked] == [201, 201, 429]
        assert (asked[2].headers["retry-after"], asked[2].json()["code"]) == ("30", "request.too_many")
        assert client.get("/algorithms", headers={"authorization": hasty}).status_code == 429, "the same bucket"
        assert client.get("/algorithms", headers={"authorization": patient}).status_code == 200
