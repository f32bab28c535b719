"""The ledger's pages: what happened, who did it, and a proof that checks without us."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from comity.accounts import service as accounts
from comity.accounts.model import Opened
from comity.accounts.model.roles import Role
from comity.edge.app import create_app
from comity.infra import ledger
from comity.infra.keys import Keys
from comity.model.actor import OPERATOR
from comity.model.permission import Permission
from comity.node import Node

PASSWORD = "quiet harbour lamps"
Client = TestClient[Litestar]


@pytest.fixture
def auditor(node: Node) -> Iterator[Client]:
    """Somebody who may read the ledger of a node with a little history."""
    Keys.create(node.home / "keys")
    with node.work(OPERATOR, Permission.ACCOUNTS_MANAGE) as work:
        person = accounts.add_user(work, "Sefa Anand-Lund", [Role.AUDITOR])
        accounts.set_password(work, person.id, PASSWORD)
        opened = accounts.sign_in(work, "Sefa Anand-Lund", PASSWORD, "192.0.2.7")
    assert isinstance(opened, Opened)
    node.publish()
    with TestClient(create_app(node), raise_server_exceptions=False) as client:
        client.follow_redirects = False
        client.cookies.set(accounts.SESSION_COOKIE, opened.secret)
        yield client


def test_events_are_told_newest_first_with_names_that_the_ledger_does_not_hold(auditor: Client, node: Node) -> None:
    page = auditor.get("/ledger").text
    page = page[page.index("<tbody>") :]
    order = [page.index(words) for words in ("Somebody signed in", "A password was set", "A person was added")]
    assert order == sorted(order)
    assert "Sefa Anand-Lund" in page
    exported = auditor.get("/ledger/export").text
    assert "Sefa" not in exported
    assert [json.loads(line)["event"]["kind"] for line in exported.splitlines()] == [
        "accounts.signed_in", "accounts.password_set", "accounts.user_added",
    ]  # fmt: skip


def test_a_filter_stands_in_the_address(auditor: Client) -> None:
    page = auditor.get("/ledger?kind=accounts.user_added").text
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    assert "A person was added" in table
    assert "A password was set" not in table
    assert "No entry fits this filter" in auditor.get("/ledger?actor=nobody").text


def test_a_proof_checks_by_the_key_and_the_leaf_alone(auditor: Client, node: Node) -> None:
    key = ledger.log_key(node.keys.log.public_key())
    with node.work(OPERATOR, Permission.LEDGER_READ, write=False) as work:
        leaf, opening = ledger.entry(work.connection, 1).leaf, ledger.opening(work.connection, 1)
    closed = auditor.get("/ledger/entries/1/proof").content
    assert ledger.check(closed, leaf, key).extra == b""
    assert opening[32:] not in closed
    assert ledger.check(auditor.get("/ledger/entries/1/proof?opened=yes").content, leaf, key).extra == opening


def test_an_erased_entry_keeps_its_place_and_its_proof(auditor: Client, node: Node) -> None:
    with node.work(OPERATOR, Permission.OPERATE) as work:
        act = ledger.Event(
            kind=ledger.ERASED,
            at=work.at,
            actor="operator",
            purpose="operation",
            permission="operate",
            facts={"index": 0},
        )
        ledger.erase(work.connection, act)
    node.publish()
    page = auditor.get("/ledger/entries/0").text
    assert "An erased entry" in page
    assert "Proof with the event" not in page
    assert auditor.get("/ledger/entries/0/proof").status_code == 200
    assert auditor.get("/ledger/entries/0/proof?opened=yes").status_code == 404
    assert "Erased by entry" in auditor.get("/ledger").text


@pytest.mark.parametrize("index", ["99", "-1", "x", "1e3", "٣", "9" * 40])
def test_there_is_nothing_at_other_addresses(auditor: Client, index: str) -> None:
    assert auditor.get(f"/ledger/entries/{index}").status_code == 404
    assert auditor.get(f"/ledger/entries/{index}/proof").status_code == 404


def test_an_analyst_reads_no_event_and_everybody_the_published_log(node: Node, auditor: Client) -> None:
    with node.work(OPERATOR, Permission.ACCOUNTS_MANAGE) as work:
        person = accounts.add_user(work, "Rowan Quill", [Role.ANALYST])
        accounts.set_password(work, person.id, PASSWORD)
        opened = accounts.sign_in(work, "Rowan Quill", PASSWORD, "192.0.2.7")
    assert isinstance(opened, Opened)
    auditor.cookies.set(accounts.SESSION_COOKIE, opened.secret)
    for path in ("/ledger", "/ledger/export", "/ledger/entries/0", "/ledger/entries/0/proof"):
        assert auditor.get(path).status_code == 403, path
    auditor.cookies.clear()
    assert auditor.get("/ledger/checkpoint").status_code == 200
    assert auditor.get("/ledger/tile/0/000.p/3").status_code == 200
