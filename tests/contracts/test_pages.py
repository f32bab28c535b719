"""Every page and every address for programs answers, with lists loaded, whatever may stand in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute
from litestar.testing import TestClient

from comity.accounts import service as accounts
from comity.accounts.model import NewToken, Opened
from comity.accounts.model.roles import GRANTABLE, Role
from comity.alerts import service as alerts
from comity.alerts.model.asking import Decide
from comity.alerts.model.state import Disposition
from comity.edge.app import create_app
from comity.edge.auth import is_program
from comity.filtering import service as filtering
from comity.infra.keys import Keys
from comity.infra.work import Work
from comity.kit.clock import FakeClock
from comity.model.actor import NODE, OPERATOR, Actor
from comity.model.designation import Act, ActKind
from comity.model.permission import Permission
from comity.node import Node
from comity.portfolios import service as portfolios
from comity.portfolios.model import columns
from comity.portfolios.model.portfolio import Given, Mode
from comity.register import service as register
from comity.register.model.resolution import Verdict
from comity.screening import service as screening
from comity.screening.model.history import Looked
from comity.screening.model.question import Question
from support.alerting import customer, found
from support.invented import DRESNOV, EVERYBODY, HERON, NORDHAVN, SOURCES, VOSK, but, load_document, load_table

DRESNOV_ID, HERON_ID, VOSK_ID = (register.resolve_id(f"qm_list:QM-{number}") for number in (1, 2, 4))
WALLET_ID = register.resolve_id(f"qm_list:QM-1/wallet/{DRESNOV.wallet}")
GONE_ID = register.resolve_id("qm_list:QM-3")
PAYMENTS = """message_id,amount,currency,debtor_name,creditor_name,remittance
M-1,10.00,EUR,Rowan Quill,Fen Marlow,rent march
M-2,20.00,EUR,Rowan Quill,Oleg Varimovich Dresnov,no Iran nexus
M-3,20.00,EUR,Rowan Quill,Fen Marlow,cigars from Havana
"""
QUERIES: dict[str, tuple[str, ...]] = {
    "as_of": ("2031-01-20", "1999-01-01"),
    "known_at": ("2031-11-21T12:30:00+00:00",),
    "offset": ("1",),
    "op": ("added", "changed"),
    "wait_s": ("0",),
}
"""What may be asked of a page beside its address, wherever a page takes it."""


@pytest.fixture
def node(tmp_path: Path, clock: FakeClock, node: Node) -> Node:
    """A node that has seen something: editions of four lists, joins, acts, a queue, and an edition that waits."""
    node.sources = SOURCES
    Keys.create(node.home / "keys")
    with node.work(OPERATOR, Permission.OPERATE) as work:
        desk = node.desk
        load_table(work, desk, "2031-01-10", *EVERYBODY)
        load_table(work, desk, "2031-01-10", but(DRESNOV, number="QN-1"), but(VOSK, number="QN-2"), list_id="qn_list")
        load_document(work, desk, "2031-01-10", but(HERON, number="X-1"), list_id="qp_mirror")
    clock.advance(timedelta(hours=1))
    with node.work(OPERATOR, Permission.OPERATE) as work:
        load_document(work, desk, "2031-02-10", but(DRESNOV, remark="Retired."), HERON, VOSK)
        load_table(work, desk, "2031-03-10", HERON, count=9)
        removed = Act(kind=ActKind.REMOVED, on=work.at.date().replace(month=1, day=20), citation="Gazette 3")
        for programme in ("HARBOUR", "LANTERN"):
            act = register.enter_act(work, desk, GONE_ID, programme, removed)
        register.withdraw_act(work, desk, act.id, "The other one.")
        apart = register.decide(work, VOSK_ID, register.resolve_id("qn_list:QN-2"), Verdict.DIFFERENT, "Sisters.")
        register.undo(work, apart.id, "Not sisters.")
        screening.screen(work, node.screening, Question.of(DRESNOV.name))
        screening.screen(work, node.screening, Question.of("Rowan Quill"))
        _alert(work, node)
        message = PAYMENTS.encode()
        filtering.screen_message(work, node.filtering, message, "payments.csv")
        filtering.keep_lookback(work, node.filtering, filtering.look_back(work, node.filtering))
        shipped = screening.profile(work, "customer")
        proposed = screening.propose(work, msgspec.structs.replace(shipped, threshold=0.4), "Too much was shown.").name
        alerts.keep_trial(work, alerts.attempt(work, node.screening, proposed, lambda _done, _total: None))
        alerts.order_trial(work, proposed)
    clock.advance(timedelta(minutes=1))
    _portfolio(node)
    node.publish()
    return node


class _Place:
    """A node as the place where portfolios are screened."""

    def __init__(self, node: Node) -> None:
        self._node, self.books = node, node.books

    def work(self, permission: Permission, *, write: bool = True) -> AbstractContextManager[Work]:
        return self._node.work(NODE, permission, write=write)


def _portfolio(node: Node) -> None:
    """Take a file in of which a row cannot be read, screen, and end a customer."""
    path = node.home / "customers.csv"
    path.write_text(f"id,name,nationality\n1,{DRESNOV.name},qo\n2,Rowan Quill,\n3,,Atlantis\n", encoding="utf-8")
    place, told = _Place(node), lambda _done, _total: None
    with place.work(Permission.PORTFOLIOS_MANAGE) as work:
        one = portfolios.create(work, "retail", "Retail customers")
        portfolios.create(work, "suppliers", "Suppliers")
    sha256 = portfolios.keep(node.blobs, path)
    looked = portfolios.look(node.blobs, sha256, one)
    made = columns.mapping(looked.columns, schema="Person", order=None)
    given = Given(
        portfolio="retail", name="customers.csv", sha256=sha256, form=looked.form, mapping=made, mode=Mode.FULL
    )
    examined = portfolios.examine(node.books, given, told)
    with place.work(Permission.PORTFOLIOS_MANAGE) as work:
        portfolios.take(work, node.books, examined, told, accept=True)
    portfolios.run(place, "retail", told)
    with place.work(Permission.PORTFOLIOS_MANAGE) as work:
        portfolios.end(work, "retail", "2")


def _alert(work: Work, node: Node) -> None:
    """Open alerts, decide one, and vouch for it."""
    names = (DRESNOV.name, VOSK.name, HERON.name)
    reports = [found(work, node.screening, customer(f"c-{n}", name)) for n, name in enumerate(names)]
    reported = alerts.report(work, node.office, reports)
    hit = reported[1].opened[0]
    said = Decide(hit=hit, disposition=Disposition.FALSE_POSITIVE, reasons=("other_person",))
    alerts.decide(work, node.office, said)
    with_other = Work(work.connection, actor=NODE, purpose=work.purpose, permission=work.permission, at=work.at)
    alerts.confirm(with_other, hit)
    with_other.finish()
    alerts.vouch(work, hit, work.at.date() + timedelta(days=30), "Known at the branch.")


@pytest.fixture
def application(node: Node) -> Litestar:
    return create_app(node)


@pytest.fixture
def values(node: Node, person: str) -> dict[str, tuple[str, ...]]:
    """What may stand in an address, by the name of the place."""
    with node.work(OPERATOR, Permission.OPERATE, write=False) as work:
        cluster = register.show(work, node.desk, DRESNOV_ID).id
        editions = [row[0] for row in work.connection.exec_driver_sql("SELECT id FROM editions ORDER BY id")]
        users = [row[0] for row in work.connection.exec_driver_sql("SELECT id FROM users")]
        ids_of_alerts = [row[0] for row in work.connection.exec_driver_sql("SELECT id FROM alerts")]
        held = [one.id for one in filtering.held(work).payments]
        trials = [row[0] for row in work.connection.exec_driver_sql("SELECT digest FROM alert_trials")]
        trying = [row[0] for row in work.connection.exec_driver_sql("SELECT id FROM jobs WHERE kind = 'alerts.try'")]
        own = screening.history(work, Looked(actor=person), slice(0, 9)).results
        screenings = [row[0] for row in work.connection.exec_driver_sql("SELECT id FROM screenings")]
        imports = [row[0] for row in work.connection.exec_driver_sql("SELECT id FROM portfolio_imports")]
        runs = [row[0] for row in work.connection.exec_driver_sql("SELECT id FROM portfolio_runs")]
        keys = [row[0] for row in work.connection.exec_driver_sql("SELECT key FROM portfolio_customers")]
    return {
        "first_edition": tuple(one for one in editions if one.startswith("qm_list@2031-01-10")),
        "list_id": ("qm_list", "qn_list", "qo_list"),
        "edition_id": tuple(editions),
        "entity_id": (cluster, DRESNOV_ID, HERON_ID, GONE_ID, WALLET_ID),
        "left": (min(VOSK_ID, register.resolve_id("qn_list:QN-2")),),
        "right": (max(VOSK_ID, register.resolve_id("qn_list:QN-2")),),
        "user_id": tuple(users),
        "screening_id": tuple(screenings),
        "own_screening": tuple(one.id for one in own),
        "profile_id": ("customer",),
        "version": ("0", "1"),
        "entry": ("0", "1"),
        "alert_id": tuple(ids_of_alerts),
        "digest": tuple(trials),
        "trying": tuple(trying),
        "payment_id": tuple(held),
        "portfolio": ("retail",),
        "import_id": tuple(imports),
        "run": tuple(runs),
        "key": tuple(keys),
    }


@pytest.fixture
def person(node: Node) -> str:
    """The id of somebody with every role, who has screened a name that is listed and one that is not."""
    with node.work(OPERATOR, Permission.ACCOUNTS_MANAGE) as work:
        person = accounts.add_user(work, "Rowan Quill", list(Role))
        accounts.set_password(work, person.id, "three kettles sing at dawn")
    with node.work(Actor(id=person.id, name=person.name), Permission.SCREENING_ASK) as work:
        for name in (DRESNOV.name, "Rowan Quill"):
            screening.screen(work, node.screening, Question.of(name))
    return person.id


@pytest.fixture
def browser(node: Node, application: Litestar, person: str) -> Iterator[TestClient[Litestar]]:
    """That person, signed in."""
    with node.work(OPERATOR, Permission.ACCOUNTS_MANAGE) as work:
        opened = accounts.sign_in(work, "Rowan Quill", "three kettles sing at dawn", "192.0.2.1")
    assert isinstance(opened, Opened)
    with TestClient(application, raise_server_exceptions=False) as client:
        client.follow_redirects = False
        client.cookies.set(accounts.SESSION_COOKIE, opened.secret)
        yield client


@pytest.fixture
def bearer(node: Node) -> dict[str, str]:
    """A program with every permission."""
    with node.work(OPERATOR, Permission.OPERATE) as work:
        issued = accounts.create_token(work, NewToken(name="a program", permissions=frozenset(GRANTABLE)))
    return {"authorization": f"Bearer {issued.secret}"}


def handlers(application: Litestar) -> Iterator[tuple[str, Any]]:
    """Yield the address of everything that somebody with a right may read; the foreign protocol has a contract of its own."""
    for route in application.routes:
        assert isinstance(route, HTTPRoute)
        if route.path_format.startswith("/opensanctions/"):
            continue
        for method, (handler, _) in route.route_handler_map.items():
            if method == "GET" and handler.opt["permission"] is not Permission.PUBLIC:
                yield route.path_format, handler


def filled(path: str, values: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield an address with everything that may stand in it."""
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    for chosen in product(*(values[name] for name in names)):
        address = path
        for name, value in zip(names, chosen, strict=True):
            address = address.replace(f"{{{name}}}", value)
        yield address


def asked(path: str, handler: Any, values: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the addresses to ask for: plain, and with each thing that may be asked beside."""
    special = {
        "/v1/lists/{list_id}/delta": between(values, "/v1/lists/qm_list/delta?from={0}&to={1}"),
        "/v1/ftm/{list_id}/delta": between(values, "/v1/ftm/qm_list/delta?from={0}&to={1}"),
        "/v1/delta": [
            "/v1/delta?since=2031-11-21T12:30:00Z",
            "/v1/delta?since=2031-01-01T00:00:00Z&until=2031-11-21T12:30:00Z",
        ],
        "/editions/{edition_id}/files/{name}": [f"/editions/{values['edition_id'][0]}/files/{name}" for name in NAMES],
        "/entities/{entity_id}/records/raw": [
            f"/entities/{DRESNOV_ID}/records/raw?member={DRESNOV_ID}&since={one}" for one in values["first_edition"]
        ],
        "/editions/{edition_id}/ftm": between(values, "/editions/{1}/ftm?against={0}"),
        "/v1/alerts/backtest": ["/v1/alerts/backtest?threshold=0.5"],
        "/v1/events": ["/v1/events?wait_s=0"],
        "/screen/answers/{screening_id}": [f"/screen/answers/{one}" for one in values["own_screening"]],
        "/screen/answers/{screening_id}/bytes": [f"/screen/answers/{one}/bytes" for one in values["own_screening"]],
        "/v1/screenings/{screening_id}": [],  # of whoever asked alone: tests/screening/test_api.py
        "/v1/payments/{payment_id}/answer": [],  # of recalls alone: tests/filtering/test_api.py
        "/screen/jobs/{job_id}": [],  # of whoever ordered it alone: tests/screening/test_pages.py
        "/screen/trials/{job_id}": [f"/screen/trials/{one}" for one in values["trying"]],
        "/v1/ftm/{list_id}/entities": ["/v1/ftm/qm_list/entities"],
    }
    if path in special:
        yield from special[path]
        return
    for address in filled(path, values):
        yield address
        for name, texts in QUERIES.items():
            if name in handler.parsed_fn_signature.parameters:
                yield from (f"{address}?{name}={text.replace('+', '%2B')}" for text in texts)


NAMES = ("entries.csv", "aliases.csv", "addresses.csv")


def between(values: dict[str, tuple[str, ...]], form: str) -> list[str]:
    ours = [one for one in values["edition_id"] if one.startswith("qm_list@")]
    return [form.format(one, other) for one in ours for other in ours]


def test_every_page_answers(
    application: Litestar,
    browser: TestClient[Litestar],
    bearer: dict[str, str],
    values: dict[str, tuple[str, ...]],
) -> None:
    wrong: list[str] = []
    count, addresses = 0, {path for path, _ in handlers(application)}
    for path, handler in handlers(application):
        for address in asked(path, handler, values):
            answer = browser.get(address, headers=bearer if is_program(path) else {})
            count += 1
            if answer.status_code == 303 and answer.headers["location"] in addresses:
                continue  # a door to the first of several pages
            if answer.status_code != 200:
                wrong.append(f"{address}: {answer.status_code} {answer.text[:200]}")
            elif "text/html" in answer.headers["content-type"] and not (
                "<h1" in answer.text and "</html>" in answer.text
            ):
                wrong.append(f"{address}: no page")
    assert wrong == []
    assert count > 100


def test_what_is_not_there_is_not_found_and_what_makes_no_sense_is_refused(
    application: Litestar, browser: TestClient[Litestar], bearer: dict[str, str]
) -> None:
    names = (
        "list_id",
        "edition_id",
        "entity_id",
        "left",
        "right",
        "user_id",
        "name",
        "screening_id",
        "job_id",
        "profile_id",
        "version",
        "alert_id",
        "digest",
        "payment_id",
        "portfolio",
        "import_id",
        "run",
        "key",
    )
    nothing = dict.fromkeys(names, ("nothing",))
    for path, handler in handlers(application):
        headers = bearer if is_program(path) else {}
        for address in filled(path, nothing | {"entry": ("99999",)}):
            if address != path:
                answer = browser.get(address, headers=headers)
                assert 400 <= answer.status_code < 500, f"{address}: {answer.status_code}"
            for name in ("as_of", "known_at", "offset"):
                if name in handler.parsed_fn_signature.parameters:
                    answer = browser.get(f"{address}?{name}=rubbish", headers=headers)
                    assert 400 <= answer.status_code < 500, f"{address}?{name}=rubbish: {answer.status_code}"


def test_pages_show_what_the_lists_say(browser: TestClient[Litestar]) -> None:
    page = browser.get(f"/entities/{DRESNOV_ID}").text
    assert "Oleg Varimovich Dresnov" in page
    assert "HARBOUR" in page
    assert "List of QM (fictional)" in browser.get("/lists").text
    assert "NORDHAVN" in browser.get(f"/entities/{GONE_ID}").text.upper()
    assert NORDHAVN.name in browser.get(f"/entities/{GONE_ID}?as_of=2031-01-15").text
