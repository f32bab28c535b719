"""What tests of the foreign protocol share: a node with two invented lists, and a client that may ask it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from litestar.testing import TestClient

from comity.accounts import service as accounts
from comity.accounts.model import NewToken
from comity.edge.app import create_app
from comity.edge.shell import Offers
from comity.infra.keys import Keys
from comity.model.actor import OPERATOR
from comity.model.permission import Permission
from comity.node import Node
from comity.register import service as register
from comity.register.model.resolution import Verdict
from support.invented import DRESNOV, EVERYBODY, SOURCES, but, load_document

ELSEWHERE = but(DRESNOV, number="QN-7", name="Oleg Dresnow", passport="", wallet="", aliases=(), addresses=())
"""The same person on another list, joined by a person's judgement."""


@pytest.fixture
def office(node: Node) -> Node:
    """A node with two invented lists in force."""
    Keys.create(node.home / "keys")
    node.__dict__["sources"] = SOURCES
    with node.work(OPERATOR, Permission.LISTS_UPDATE) as work:
        load_document(work, node.desk, "2031-01-10", *EVERYBODY)
        load_document(work, node.desk, "2031-02-01", ELSEWHERE, list_id="qn_list")
    return node


@pytest.fixture
def joined(office: Node) -> str:
    """The id of a person whose two entries were joined."""
    left, right = register.resolve_id("qm_list:QM-1"), register.resolve_id("qn_list:QN-7")
    with office.work(OPERATOR, Permission.REGISTER_DECIDE) as work:
        held = {one.left for one in register.candidates(work, 5)[0]}
        if held:
            register.decide(work, left, right, Verdict.SAME, "The same seal.")
        return register.show(work, office.desk, left).id


@pytest.fixture
def secret(office: Node) -> str:
    """A token of a program that may screen and read."""
    wanted = NewToken(name="core", permissions=frozenset({Permission.SCREENING_ASK, Permission.REGISTER_READ}))
    with office.work(OPERATOR, Permission.ACCOUNTS_MANAGE) as work:
        return accounts.create_token(work, wanted).secret


@pytest.fixture
def client(office: Node, secret: str) -> Iterator[TestClient[Any]]:
    """A client of the foreign protocol, as its clients authenticate."""
    with TestClient(create_app(office, Offers())) as client:
        client.headers["authorization"] = f"ApiKey {secret}"
        client.follow_redirects = False
        yield client
