"""Every address of the application names a permission, and refuses who does not hold it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute
from litestar.testing import TestClient

from comity.accounts import service as accounts
from comity.accounts.model import NewToken, Opened
from comity.accounts.model.roles import Role
from comity.edge.app import create_app
from comity.edge.auth import is_program
from comity.model.actor import OPERATOR
from comity.model.permission import Permission
from comity.node import Node

OPEN = {
    "GET /healthz",
    "GET /readyz",
    "GET /openapi.json",
    "GET /opensanctions/healthz",
    "GET /opensanctions/readyz",
    "GET /assets/{digest}/{name}",
    "GET /problems/{code}",
    "GET /ledger/checkpoint",
    "GET /ledger/tile/{name}",
    "GET /sign-in",
    "POST /sign-in",
    "POST /sign-out",
    "GET /welcome/{secret}",
    "POST /welcome",
}
"""What strangers may ask for; a further address belongs here only with a reason that a reviewer accepts."""
NOTHING = "/{address}"
FILLED = re.compile(r"\{[^}]*\}")


@pytest.fixture
def application(node: Node) -> Litestar:
    return create_app(node)


def addresses(application: Litestar) -> Iterator[tuple[str, str, dict[str, object]]]:
    for route in application.routes:
        assert isinstance(route, HTTPRoute), (
            f"{route.path} is no HTTP route: give it a permission and a test of its own"
        )
        for method, (handler, _) in route.route_handler_map.items():
            if method != "OPTIONS":
                yield str(method), route.path_format, handler.opt


def test_every_address_names_a_permission(application: Litestar) -> None:
    unguarded = [
        f"{m} {path}" for m, path, opt in addresses(application) if not isinstance(opt.get("permission"), Permission)
    ]
    assert unguarded == []


def test_what_is_open_to_strangers_is_what_is_meant_to_be(application: Litestar) -> None:
    found = {
        f"{method} {path}"
        for method, path, opt in addresses(application)
        if opt["permission"] is Permission.PUBLIC and path != NOTHING and method != "HEAD"
    }
    assert found == OPEN


def test_strangers_are_refused_everywhere_else(application: Litestar) -> None:
    with TestClient(application) as browser:
        browser.follow_redirects = False
        for method, path, opt in addresses(application):
            if opt["permission"] is Permission.PUBLIC or method == "HEAD":
                continue
            answer = browser.request(method, FILLED.sub("x", path))
            if is_program(path):
                assert answer.status_code == 401, f"{method} {path}"
            elif method == "GET":
                assert (answer.status_code, answer.headers["location"][:8]) == (303, "/sign-in"), f"{method} {path}"
            else:
                assert answer.status_code == 403, f"{method} {path} takes a form without its page's mark"


def test_a_token_opens_only_what_its_permission_names(node: Node, application: Litestar) -> None:
    with node.work(OPERATOR, Permission.OPERATE) as work:
        issued = accounts.create_token(work, NewToken(name="narrow", permissions=frozenset({Permission.LEDGER_READ})))
    who = {"authorization": f"Bearer {issued.secret}"}
    own = {Permission.PUBLIC, Permission.SELF, Permission.LEDGER_READ}
    with TestClient(application) as browser:
        for method, path, opt in addresses(application):
            if is_program(path) and opt["permission"] not in own and method != "HEAD":
                answer = browser.request(method, FILLED.sub("x", path), headers=who)
                refused = (404, "address.unknown") if opt.get("secret") else (403, "right.missing")
                assert (answer.status_code, answer.json()["code"]) == refused, f"{method} {path}"


def test_a_person_without_roles_for_it_is_refused_on_every_page(node: Node, application: Litestar) -> None:
    with node.work(OPERATOR, Permission.ACCOUNTS_MANAGE) as work:
        person = accounts.add_user(work, "Rowan Quill", [Role.OPERATOR])
        accounts.set_password(work, person.id, "three kettles sing at dawn")
        opened = accounts.sign_in(work, "Rowan Quill", "three kettles sing at dawn", "192.0.2.1")
    assert isinstance(opened, Opened)
    own = {Permission.PUBLIC, Permission.SELF, Permission.OPERATE, Permission.LISTS_READ, Permission.LISTS_UPDATE}
    with TestClient(application) as browser:
        browser.cookies.set(accounts.SESSION_COOKIE, opened.secret)
        for method, path, opt in addresses(application):
            if method == "GET" and not is_program(path) and opt["permission"] not in own:
                assert browser.get(FILLED.sub("x", path)).status_code in {403, 404}, path
