"""A node behind a real socket, for clients that are not ours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from comity.accounts import service as accounts
from comity.accounts.model import NewToken
from comity.edge.app import create_app
from comity.edge.shell import Offers
from comity.infra.keys import Keys
from comity.model.actor import OPERATOR
from comity.model.permission import Permission
from comity.node import Node
from support.invented import EVERYBODY, SOURCES, load_document
from support.serving import serve


class Served(NamedTuple):
    """Where a node answers, and what a client proves itself with."""

    address: str
    secret: str


@pytest.fixture
def served(node: Node) -> Iterator[Served]:
    """A node with an invented list in force, that is being served."""
    Keys.create(node.home / "keys")
    node.__dict__["sources"] = SOURCES
    wanted = NewToken(name="client", permissions=frozenset({Permission.SCREENING_ASK, Permission.REGISTER_READ}))
    with node.work(OPERATOR, Permission.OPERATE) as work:
        load_document(work, node.desk, "2031-01-10", *EVERYBODY)
        secret = accounts.create_token(work, wanted).secret
    with serve(create_app(node, Offers())) as address:
        yield Served(address, secret)
