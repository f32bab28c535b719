"""The console of screening: a question in the body, an answer whose address names nobody, files, history, profiles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from litestar.testing import TestClient

from comity.accounts import service as accounts
from comity.accounts.model import Opened
from comity.accounts.model.roles import Role
from comity.edge.app import create_app
from comity.edge.shell import Offers
from comity.infra.keys import Keys
from comity.infra.worker import Worker
from comity.model.actor import OPERATOR
from comity.model.permission import Permission
from comity.node import Node
from comity.screening.service import Place
from support.invented import DRESNOV, EVERYBODY, SOURCES, load_document

from .conftest import by_hand

PASSWORD = "three kettles sing at dawn"
TOKEN = re.compile(r'name="_csrf_token" value="([^"]+)"')


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
def enter(office: Node) -> Iterator[Callable[[str], TestClient]]:  # type: ignore[type-arg]
    """Somebody signed in, by name."""
    opened: list[TestClient] = []  # type: ignore[type-arg]

    def visit(name: str, role: Role = Role.SANCTIONS_OFFICER) -> TestClient:  # type: ignore[type-arg]
        with office.work(OPERATOR, Permission.ACCOUNTS_MANAGE) as work:
            person = accounts.add_user(work, name, [role])
            accounts.set_password(work, person.id, PASSWORD)
            session = accounts.sign_in(work, name, PASSWORD, "192.0.2.1")
        assert isinstance(session, Opened)
        client = TestClient(create_app(office, Offers()), raise_server_exceptions=False)
        client.__enter__()
        client.follow_redirects = False
        client.cookies.set(accounts.SESSION_COOKIE, session.secret)
        opened.append(client)
        return client

    yield visit
    for client in opened:
        client.__exit__(None, None, None)


def post(client: TestClient, page: str, to: str, **rest: object):  # type: ignore[type-arg,no-untyped-def]  # noqa: ANN201
    """Send a form of a page as a browser does, with the token that stands in it."""
    found = TOKEN.search(client.get(page).text)
    assert found, "every form carries its token"
    data = {**rest.pop("data", {}), "_csrf_token": found[1]}  # type: ignore[dict-item]
    return client.post(to, data=data, **rest)


def test_a_name_is_asked_and_the_answer_stands_under_an_address_that_names_nobody(
    enter: Callable[[str], TestClient],  # type: ignore[type-arg]
) -> None:
    pia = enter("Pia Hallward")
    asked = {"text": DRESNOV.name, "schema": "Person", "birth_date": "1971", "country": "no", "profile": "customer"}
    answer = post(pia, "/screen", "/screen", data=asked)
    assert answer.status_code == 303
    address = answer.headers["location"]
    assert re.fullmatch(r"/screen/answers/s-[0-9a-f]{16}", address)
    page = pia.get(address).text
    for said in (DRESNOV.name, ">0.99+</bdi> likely the same", "qm_list:QM-1", "birth date", "customer 0", "TLP:RED"):
        assert said in page, said
    raw = pia.get(f"{address}/bytes")
    assert raw.json()["outcome"] == "matched"
    listed = pia.get("/screen/past").text
    assert address in listed
    assert DRESNOV.name not in listed
    assert address in pia.get("/screen/past?outcome=matched").text
    assert "None of your screenings fits" in pia.get("/screen/past?outcome=cleared").text
    assert address in pia.get("/screen/past?since=0001-01-01&until=9999-12-31").text
    export = pia.get("/screen/past/export").text.splitlines()
    assert export[0] == "id,at,by,names,matches,profile,digest"
    assert len(export) == 2
    assert pia.get(f"/screen/past?id={address.rpartition('/')[2]}").headers["location"] == address
    assert "You have screened nothing yet" in enter("Tomas Eyrie").get("/screen/past").text


def test_what_cannot_be_asked_is_said_beside_its_field_and_what_was_typed_stays(
    enter: Callable[[str], TestClient],  # type: ignore[type-arg]
) -> None:
    answer = post(enter("Pia Hallward"), "/screen", "/screen", data={"text": "Rowan Quill", "birth_date": "14.3.71"})
    assert answer.status_code == 422
    assert 'value="14.3.71"' in answer.text
    assert 'href="#birth_date"' in answer.text
    assert 'value="Rowan Quill"' in answer.text


def test_a_file_is_screened_in_the_background_and_replayed(
    office: Node,
    enter: Callable[[str], TestClient],  # type: ignore[type-arg]
) -> None:
    pia, tomas = enter("Pia Hallward"), enter("Tomas Eyrie")
    wrong = post(
        pia, "/screen/file", "/screen/file", data={"profile": "customer"}, files={"file": ("a.csv", b"id,name\n1,\n")}
    )
    assert wrong.status_code == 422
    assert "A name or number has at least one letter or digit." in wrong.text
    names = f"id,name\n1,{DRESNOV.name}\n2,Xq Zzyxwq\n".encode()
    ordered = post(
        pia, "/screen/file", "/screen/file", data={"profile": "customer"}, files={"file": ("names.csv", names)}
    )
    job = ordered.headers["location"]
    assert "The work waits for its turn" in pia.get(job).text
    assert tomas.get(job).status_code == 404, "whoever did not order it learns nothing"
    worker = Worker(office.database, office.clock, office.handlers)
    while worker.step():
        pass
    (address,) = set(re.findall(r"/screen/answers/s-[0-9a-f]{16}", pia.get(job).text))
    assert "Something is found for <b>1</b> of 2." in pia.get(job).text
    assert "1</b> matched" in pia.get(address).text
    rows = pia.get(f"{address}/bytes").text.splitlines()
    assert [row.split(",")[0] for row in rows] == ["id", "1", "2"]
    assert address in pia.get("/screen/past").text
    replay = post(pia, address, f"{address}/replay").headers["location"]
    while worker.step():
        pass
    assert "The same bytes came out" in pia.get(replay).text


def test_a_version_is_proposed_by_one_and_released_by_another(
    enter: Callable[[str], TestClient],  # type: ignore[type-arg]
) -> None:
    pia, tomas = enter("Pia Hallward"), enter("Tomas Eyrie")
    text = 'id = "customer"\ntitle = "Customers"\nthreshold = 0.6\n'
    here = "/screen/profiles/customer/0"
    bad = post(pia, here, f"{here}/propose", data={"profile": 'id = "customer"\nshoe = 1', "note": "Try."})
    assert (bad.status_code, "shoe" in bad.text) == (422, True)
    made = post(pia, here, f"{here}/propose", data={"profile": text, "note": "Too much was shown."})
    assert made.headers["location"] == "/screen/profiles/customer/1"
    page = pia.get("/screen/profiles/customer/1").text
    assert "You proposed it; somebody else releases it." in page
    own = post(pia, "/screen/profiles/customer/1", "/screen/profiles/customer/1/decide", data={"decision": "release"})
    assert own.status_code == 422
    other = post(
        tomas, "/screen/profiles/customer/1", "/screen/profiles/customer/1/decide", data={"decision": "release"}
    )
    assert other.status_code == 303
    assert "In force" in pia.get("/screen/profiles/customer/1").text
    beside = pia.get("/screen/profiles/customer/1?against=0").text
    assert beside.count('class="apart"') >= 2


def test_an_auditor_sees_what_others_asked_and_nobody_else_does(
    enter: Callable[..., TestClient],  # type: ignore[type-arg]
) -> None:
    pia = enter("Pia Hallward")
    asked = {"text": DRESNOV.name, "birth_date": "1971, 1968-01-02", "profile": "customer"}
    address = post(pia, "/screen", "/screen", data=asked).headers["location"]
    id_ = address.rpartition("/")[2]
    assert 'value="1971, 1968-01-02"' in pia.get(address).text, "every birth date that was stated"
    colleague = enter("Tomas Eyrie")
    for path in ("", "/bytes"):
        assert colleague.get(address + path).status_code == 404
    assert post(colleague, "/screen", f"{address}/replay").status_code == 404
    assert colleague.get("/screen/review").status_code == 403
    auditor = enter("Mira Orsk", Role.AUDITOR)
    assert auditor.get(address).status_code == 403
    listed = auditor.get("/screen/review").text
    assert f"/screen/review/{id_}" in listed
    assert DRESNOV.name not in listed
    shown = auditor.get(f"/screen/review/{id_}").text
    assert DRESNOV.name in shown
    assert "Screen this name" not in shown, "an auditor asks nothing"
    assert auditor.get(f"/screen/review?id={id_}").headers["location"] == f"/screen/review/{id_}"
    assert "No screening fits" in auditor.get("/screen/review?actor=user:nobody").text
