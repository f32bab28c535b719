"""The API of people, roles and tokens, as a program uses it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from litestar.testing import TestClient

from comity.accounts import service
from comity.accounts.model import NewToken
from comity.accounts.model.roles import GRANTABLE, Role
from comity.edge.app import create_app
from comity.edge.shell import Offers
from comity.model.actor import OPERATOR
from comity.model.permission import Permission
from comity.node import Node

Program = TestClient[Any]


@pytest.fixture
def grant(node: Node) -> Callable[..., dict[str, str]]:
    """Return the headers of a token of the operator's with these permissions."""

    def headers(*permissions: Permission) -> dict[str, str]:
        with node.work(OPERATOR, Permission.ACCOUNTS_MANAGE) as work:
            wanted = NewToken(name="nightly", permissions=frozenset(permissions))
            return {"authorization": f"Bearer {service.create_token(work, wanted).secret}"}

    return headers


@pytest.fixture
def manager(node: Node, grant: Callable[..., dict[str, str]]) -> Iterator[Program]:
    with TestClient(create_app(node, Offers())) as client:
        client.headers.update(grant(Permission.ACCOUNTS_MANAGE, Permission.LISTS_READ))
        yield client


def test_a_program_learns_who_it_is(manager: Program) -> None:
    who = manager.get("/v1/whoami").json()
    assert who["id"].startswith("token:")
    assert (who["name"], who["kind"], who["user_id"]) == ("nightly", "token", None)
    assert who["permissions"] == ["self", "lists.read", "accounts.manage"]


def test_roles_are_listed_with_their_permissions(manager: Program) -> None:
    listed = {role["id"]: role["permissions"] for role in manager.get("/v1/roles").json()}
    assert set(listed["analyst"]) == {
        *("register.read", "lists.read", "screening.ask", "alerts.read", "alerts.decide"),
        *("portfolios.read", "payments.read", "payments.screen", "payments.decide"),
    }
    assert set(listed) == {role.value for role in Role}


def test_people_are_added_changed_and_shut_out(manager: Program) -> None:
    added = manager.post("/v1/users", json={"name": "Ansa Lind", "roles": ["analyst"]})
    assert added.status_code == 201
    address = f"/v1/users/{added.json()['id']}"
    assert added.json()["state"] == "invited"
    assert manager.get(address).json() == added.json()
    assert manager.put(f"{address}/roles", json={"roles": ["auditor", "operator"]}).json()["roles"] == [
        "auditor",
        "operator",
    ]
    assert manager.post(f"{address}/link").json()["path"].startswith("/welcome/")
    assert manager.post(f"{address}/disable").json()["state"] == "disabled"
    assert manager.post(f"{address}/link").json()["code"] == "accounts.user_disabled"
    assert manager.post(f"{address}/enable").json()["state"] == "invited"
    assert manager.get("/v1/users", params={"role": "auditor", "state": "invited"}).json()["total"] == 1
    assert manager.get("/v1/users", params={"role": "analyst"}).json() == {"users": [], "total": 0}


def test_tokens_are_made_listed_and_revoked(manager: Program) -> None:
    made = manager.post("/v1/tokens", json={"name": "loader", "permissions": ["lists.read"], "days": 30})
    assert made.status_code == 201
    token = made.json()["token"]
    assert manager.get("/v1/whoami", headers={"authorization": f"ApiKey {made.json()['secret']}"}).status_code == 200
    listed = manager.get("/v1/tokens", params={"state": "valid", "order": "expires"}).json()
    assert [each["name"] for each in listed["tokens"]] == ["loader", "nightly"]
    assert made.json()["secret"] not in str(listed)
    assert manager.delete(f"/v1/tokens/{token['id']}").status_code == 204
    assert manager.delete(f"/v1/tokens/{token['id']}").json()["code"] == "accounts.token_unknown"


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("POST", "/v1/users", {"name": "", "roles": ["analyst"]}, 422, "accounts.name_unfit"),
        ("POST", "/v1/users", {"name": "Ansa", "roles": []}, 422, "accounts.roles_unfit"),
        ("POST", "/v1/users", {"name": "Ansa", "roles": ["king"]}, 422, "request.invalid"),
        ("POST", "/v1/users", {"name": "Ansa", "roles": ["analyst"], "password": "x"}, 422, "request.invalid"),
        ("POST", "/v1/tokens", {"name": "t", "permissions": ["lists.decide"]}, 403, "accounts.token_too_wide"),
        ("POST", "/v1/tokens", {"name": "t", "permissions": ["lists.read"], "days": 999}, 422, "accounts.token_unfit"),
        ("GET", "/v1/users/user:0123456789abcdef", None, 404, "accounts.user_unknown"),
        ("GET", "/v1/users/%00", None, 404, "accounts.user_unknown"),
        ("GET", "/v1/users?limit=201", None, 422, "request.invalid"),
        ("DELETE", "/v1/tokens/x", None, 404, "accounts.token_unknown"),
    ],
)
def test_what_is_asked_wrongly_is_refused_with_its_code(
    manager: Program, method: str, path: str, body: Any, status: int, code: str
) -> None:
    answer = manager.request(method, path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_managing_needs_its_permission_and_no_other(node: Node, grant: Callable[..., dict[str, str]]) -> None:
    others = grant(*(GRANTABLE - {Permission.ACCOUNTS_MANAGE}))
    with TestClient(create_app(node, Offers())) as client:
        for path in ("/v1/users", "/v1/users/user:0123456789abcdef", "/v1/tokens"):
            assert client.get(path).status_code == 401
            assert client.get(path, headers=others).status_code == 403
        assert client.post("/v1/tokens", headers=others, json={"name": "t", "permissions": []}).status_code == 403
