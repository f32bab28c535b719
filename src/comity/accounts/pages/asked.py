"""Who asks for a page, and what every page of the accounts needs to answer."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from litestar.connection import Request

from comity.accounts.model import SignedIn

if TYPE_CHECKING:
    from comity.infra.settings import Settings
    from comity.kit.errors import Failure

Asked = Request[SignedIn, Any, Any]


def person(request: Asked) -> str:
    """Return the id of the person who asks; pages are asked for in sessions only, and a session has a person."""
    assert request.user.user_id is not None
    return request.user.user_id


def status_of(failure: Failure | None) -> HTTPStatus:
    """Return the status of a form: shown, or given back to be mended."""
    return HTTPStatus.OK if failure is None else HTTPStatus.UNPROCESSABLE_ENTITY


def public_address(request: Asked) -> str:
    """Return where people reach this node, as its settings say; empty where they do not."""
    settings: Settings = request.app.state["node"].settings
    return settings.web.public_url.rstrip("/")
