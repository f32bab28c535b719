"""A node's application, people signed in to it, tokens for it, and a browser at its door."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
import structlog
from litestar import Litestar
from litestar.testing import TestClient

from comity.accounts import service as accounts
from comity.accounts.model import NewToken, Opened, Preferences
from comity.accounts.model.roles import Role
from comity.edge.app import create_app
from comity.model.actor import OPERATOR
from comity.model.permission import Permission
from support.serving import serve

if TYPE_CHECKING:
    from comity.node import Node

PASSWORD = "three kettles sing at dawn"

SignIn = Callable[..., str]


@pytest.fixture
def application(node: Node) -> Litestar:
    """The application of a fictional node."""
    return create_app(node)


@pytest.fixture
def browser(application: Litestar) -> Iterator[TestClient[Litestar]]:
    """A client that keeps cookies and follows no redirection."""
    with TestClient(application, raise_server_exceptions=False) as client:
        client.follow_redirects = False
        yield client


@pytest.fixture
def sign_in(node: Node) -> SignIn:
    """Add a person with these roles and preferences, and return the secret of a session of theirs."""

    def enter(*roles: Role, name: str = "Pia Hallward", preferences: Preferences | None = None) -> str:
        with node.work(OPERATOR, Permission.ACCOUNTS_MANAGE) as work:
            person = accounts.add_user(work, name, roles or (Role.ANALYST,))
            accounts.set_password(work, person.id, PASSWORD)
            accounts.prefer(work, person.id, preferences or Preferences())
            opened = accounts.sign_in(work, name, PASSWORD, "192.0.2.1")
        assert isinstance(opened, Opened)
        return opened.secret

    return enter


@pytest.fixture
def token(node: Node) -> Callable[..., dict[str, str]]:
    """Make a token of the operator's with these permissions, and return the header that shows it."""

    def issue(*permissions: Permission) -> dict[str, str]:
        with node.work(OPERATOR, Permission.OPERATE) as work:
            issued = accounts.create_token(work, NewToken(name="a program", permissions=frozenset(permissions)))
        return {"authorization": f"Bearer {issued.secret}"}

    return issue


@pytest.fixture
def cookie() -> Callable[[str], dict[str, str]]:
    """Turn a session's secret into the header of a browser that holds it."""
    return lambda secret: {"cookie": f"{accounts.SESSION_COOKIE}={secret}"}


@pytest.fixture
def own_logs() -> Iterator[None]:
    """Let a test send this process's logs elsewhere, as the program does when it starts, and put them back."""
    kept, root = structlog.get_config(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    structlog.configure(**kept)
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def address(application: Litestar) -> Iterator[str]:
    """The address of the application, served over a real socket."""
    with serve(application) as found:
        yield found
