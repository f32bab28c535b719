"""What every answer carries so that a browser keeps to it, and what a request may cost at most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeGuard

import anyio
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp, HTTPReceiveMessage, HTTPScope, Message, Receive, Scope, Send

from comity.edge import foreign
from comity.edge.problems import FormStale
from comity.edge.times import cleaned

if TYPE_CHECKING:
    from litestar.types import BeforeMessageSendHookHandler

    from comity.node import Node

POLICY: Final = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Everything comes from this node: no inline script or style, no frame, nothing from elsewhere."""

HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cache-control": "no-store",
}
"""On every answer, unless the answer says otherwise itself."""
TRANSPORT: Final = "max-age=31536000; includeSubDomains"
"""Where the node is reached by https: for a year, by nothing else (RFC 6797)."""

BODY_S_MAX: Final = 60
"""How long a request may take to send one piece of its body."""
REQUESTS_MAX: Final = 256
"""Requests answered at once by one process; whoever starts the server hands this to it, and it answers further ones with 503."""


def is_https(node: Node) -> bool:
    """Whether people reach this node by https, so that cookies are marked Secure."""
    return node.settings.web.public_url.startswith("https://")


def harden(node: Node) -> dict[str, str]:
    """Return the headers of every answer of this node."""
    return HEADERS | {"strict-transport-security": TRANSPORT} if is_https(node) else dict(HEADERS)


def forgery(node: Node) -> CSRFConfig:
    """Return the protection of forms: a mark in a cookie and in the form, signed by this node. The API takes no cookies."""
    secure = is_https(node)
    return CSRFConfig(
        secret=node.keys.secret("csrf").hex(),
        cookie_name="__Host-form" if secure else "form",
        cookie_secure=secure,
        cookie_httponly=True,
        cookie_samesite="strict",
        exclude=["^/v1/", f"^{foreign.PATH}/"],
    )


def is_http(scope: Scope) -> TypeGuard[HTTPScope]:
    """Whether this is a request, and not the opening of a socket, of which the console has none."""
    return scope["type"] == ScopeType.HTTP


def refuse_foreign_forms(scope: HTTPScope) -> None:
    """Refuse what a browser itself says comes from another site, whatever marks it bears. Raises `FormStale`."""
    if scope["method"] in {"GET", "HEAD", "OPTIONS"}:
        return
    sites = [value for name, value in scope["headers"] if name.lower() == b"sec-fetch-site"]
    if any(site in {b"cross-site", b"same-site"} for site in sites):
        raise FormStale("This form was sent from another site. Nothing was changed.")


class Door:
    """Refuses forms of other sites and requests that take too long to arrive, and leaves empty times outside."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on, with its body under a time limit."""
        if not is_http(scope):
            await self.app(scope, receive, send)
            return
        refuse_foreign_forms(scope)
        scope["query_string"] = cleaned(scope["query_string"])
        whole = False

        async def receive_in_time() -> HTTPReceiveMessage | Any:
            nonlocal whole
            if whole:
                return await receive()  # waits for the client to leave, as a stream does
            try:
                with anyio.fail_after(BODY_S_MAX):
                    message = await receive()
            except TimeoutError as error:
                raise HTTPException(status_code=408, detail="The request took too long to arrive.") from error
            whole = message["type"] != "http.request" or not message.get("more_body")
            return message

        await self.app(scope, receive_in_time, send)


def header_hook(node: Node) -> BeforeMessageSendHookHandler:
    """Return the hook that puts the headers on every answer, errors included."""
    headers = harden(node)

    async def put(message: Message, scope: Scope) -> None:  # noqa: ARG001 - the hook's signature
        if message["type"] == "http.response.start":
            found = MutableScopeHeaders.from_message(message)
            for name, value in headers.items():
                found.setdefault(name, value)
            if found.get("content-type", "").startswith("text/html"):
                found.setdefault("vary", "cookie, accept-language, hx-request, hx-request-type")

    return put
