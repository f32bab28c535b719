"""The description of the API is true: whatever it allows is answered as it says, and whatever it forbids is refused.

schemathesis reads the description and asks the application, in process, for everything that it can think of. The token that it
uses may do everything; tokens that may do less are the routes' contract.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from litestar import Litestar
from schemathesis.specs.openapi.checks import positive_data_acceptance

from comity.accounts import service as accounts
from comity.accounts.model import NewToken
from comity.accounts.model.failures import TokenUnknown
from comity.accounts.model.roles import GRANTABLE
from comity.edge.app import create_app, description
from comity.infra import settings as node_settings
from comity.kit.clock import SystemClock
from comity.lists.api import STREAM_S_MAX
from comity.model.actor import OPERATOR
from comity.model.permission import Permission
from comity.node import Node, open_node
from conftest import create_tables

EXAMPLES_MAX = 25
"""Requests per operation; the suite has minutes, not hours. What is right in form may be refused with 422 for what it says."""
DOCUMENT = description().content
OPERATIONS = sorted((method.upper(), path) for path, item in DOCUMENT["paths"].items() for method in item)


@pytest.fixture(scope="module")
def open_to_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """A node of this module's own, because one description is read for all its tests."""
    home = tmp_path_factory.mktemp("described") / "node"
    node_settings.write(home, node_settings.NodeSettings(name="Office", country="QM", kind="sanctions_office"))
    node = open_node(home, SystemClock())
    create_tables(node.database)
    yield node
    node.close()


@pytest.fixture(scope="module")
def application(open_to_all: Node) -> Litestar:
    return create_app(open_to_all)


@pytest.fixture(scope="module")
def described(application: Litestar) -> Any:
    schema = schemathesis.openapi.from_dict(DOCUMENT)
    schema.app = application
    return schema


@pytest.fixture
def document() -> dict[str, Any]:
    return DOCUMENT


@pytest.fixture
def authorization(open_to_all: Node) -> Iterator[dict[str, str]]:
    """A token that may do everything; a fresh one each time, because what is tried may revoke it, and nobody holds very many."""
    with open_to_all.work(OPERATOR, Permission.OPERATE) as work:
        issued = accounts.create_token(work, NewToken(name="schemathesis", permissions=GRANTABLE, days=1))
    yield {"Authorization": f"Bearer {issued.secret}"}
    with open_to_all.work(OPERATOR, Permission.OPERATE) as work, suppress(TokenUnknown):
        accounts.revoke_token(work, issued.token.id)


def cut_short(case: schemathesis.Case) -> None:
    """Let a stream end at once where it would go on for as long as it may; what it may not be asked stays as it is."""
    query = dict(case.query or {})
    if (
        case.path == "/v1/events"
        and str(query.get("wait_s", 0)).isdigit()
        and int(query.get("wait_s", 0)) <= STREAM_S_MAX
    ):
        case.query = {**query, "wait_s": 0}


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_every_answer_is_as_described(described: Any, authorization: dict[str, str], method: str, path: str) -> None:
    @given(case=described[path][method].as_strategy())
    @settings(max_examples=EXAMPLES_MAX, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    def ask(case: schemathesis.Case) -> None:
        cut_short(case)
        case.call_and_validate(headers=authorization, excluded_checks=[positive_data_acceptance])

    ask()


def test_it_describes_programs_addresses_only(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    others = {path for path in document["paths"] if not path.startswith(("/v1/", "/opensanctions/"))}
    assert others == {"/healthz", "/readyz"}
    assert "/v1/whoami" in document["paths"]


def test_every_operation_says_its_permission_and_how_it_fails(document: dict[str, Any]) -> None:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            assert operation["x-permission"], f"{method} {path}"
            assert "400" not in operation["responses"]
            content = operation["responses"]["default"]["content"]
            assert content["application/problem+json"]["schema"]["$ref"] == "#/components/schemas/Problem"
            assert bool(operation["security"]) is (operation["x-permission"] != "public"), f"{method} {path}"


def test_what_refuses_unknown_fields_says_so(document: dict[str, Any]) -> None:
    assert document["components"]["schemas"]["NewToken"]["additionalProperties"] is False
