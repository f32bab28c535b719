"""Who asks, and whether they may: one middleware and one guard for the whole application.

A person is known by the session cookie, and only on pages; a program by `Authorization: Bearer …` or `ApiKey …`, and only where
there are no pages. So the API needs no protection against forged forms, and a stolen cookie opens no API. The permission of an
address stands in its handler's `opt`; an address without one is closed.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Final

import structlog
from anyio import to_thread
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.middleware.authentication import AbstractAuthenticationMiddleware, AuthenticationResult
from litestar.types import Receive, Scope, Send

from comity.accounts import service as accounts
from comity.edge import foreign
from comity.edge.problems import AddressUnknown, FieldError, RightMissing, SignInNeeded, UnknownParameters
from comity.edge.shell import NODE
from comity.model.actor import NODE as NODE_ACTOR
from comity.model.actor import Purpose
from comity.model.permission import Permission

if TYPE_CHECKING:
    from comity.accounts.model import SignedIn
    from comity.edge.pace import Pace
    from comity.node import Node

API: Final = "/v1/"
CLIENTS: Final = (API, f"{foreign.PATH}/")
"""Addresses of the API: ours, and the foreign protocol's."""
PROGRAMS: Final = (*CLIENTS, "/metrics")
"""Addresses at which tokens are accepted, and cookies are not."""
STRANGERS: Final = ("/assets/", "/ledger/checkpoint", "/ledger/tile/", "/healthz", "/readyz", "/openapi.json")
"""Addresses that answer everybody alike, so that nobody is looked up."""
SCHEMES: Final = ("bearer", "apikey")
UNKNOWN_NAMED_MAX: Final = 10
FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
"""Headers by which a proxy says that somebody else asks."""
PACE: Final = "pace"
"""Where the application counts how often everybody asks."""
PARAMETERS: Final = "parameters"
"""Where the application keeps the query parameters of each of its addresses."""

Connection = ASGIConnection[Any, Any, Any, Any]
log = structlog.get_logger(__name__)


class Authentication(AbstractAuthenticationMiddleware):
    """Says who asks: a `SignedIn`, or None. Notes afterwards, when nobody waits for it, that the session or token was used."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request as whoever asks, then note the use if that is due."""
        await super().__call__(scope, receive, send)
        signed: SignedIn | None = scope.get("user")
        if signed is not None and signed.is_stale:
            node: Node = scope["litestar_app"].state[NODE]
            await to_thread.run_sync(_note_use, node, signed)

    async def authenticate_request(self, connection: Connection) -> AuthenticationResult:
        """Look up the session or the token that came with the request."""
        path = connection.url.path
        if path.startswith(STRANGERS):
            return AuthenticationResult(user=None, auth=None)
        node: Node = connection.app.state[NODE]
        if is_program(path):
            secret, look_up = _token(connection.headers.get("authorization", "")), accounts.token_of
        else:
            secret, look_up = connection.cookies.get(accounts.SESSION_COOKIE, ""), accounts.session_of

        def find() -> SignedIn | None:
            with node.work(NODE_ACTOR, Permission.PUBLIC, Purpose.OPERATION, write=False) as work:
                return look_up(work, secret)

        user = await to_thread.run_sync(find) if secret else None
        return AuthenticationResult(user=user, auth=None)


def guard(connection: Connection, handler: BaseRouteHandler) -> None:
    """Let pass who holds the permission that the handler names, and does not ask too often.

    Raises `SignInNeeded`, `RightMissing`, `AddressUnknown`, `TooManyRequests`.
    """
    need = handler.opt.get("permission")
    local = handler.opt.get("on_this_machine") and is_on_this_machine(connection)
    if need is not Permission.PUBLIC and not local:
        _require(connection.scope.get("user"), need, connection, is_secret=bool(handler.opt.get("secret")))
        _keep_pace(connection, need)
    _refuse_unknown_parameters(connection)


def is_program(path: str) -> bool:
    """Whether an address is for programs, so that it takes tokens and answers in JSON."""
    return path.startswith(PROGRAMS)


def is_on_this_machine(connection: Connection) -> bool:
    """Whether the request was made on this machine, and not handed on by a proxy there."""
    node: Node = connection.app.state[NODE]
    client = connection.client
    if client is None or node.settings.web.public_url or any(name in connection.headers for name in FORWARDED):
        return False
    try:
        return ip_address(client.host).is_loopback
    except ValueError:
        return False


def _require(signed: SignedIn | None, need: Permission | None, connection: Connection, *, is_secret: bool) -> None:
    if signed is None:
        raise SignInNeeded("Send a token." if is_program(connection.url.path) else "Sign in first.")
    if need is not None and need in signed.permissions | {Permission.SELF}:
        return
    if is_secret:
        raise AddressUnknown("There is nothing here.", need=need)
    raise RightMissing("Your roles do not include the permission that this needs.", need=need)


def _keep_pace(connection: Connection, need: Permission | None) -> None:
    """Count what asks about names: screening, and every address of the foreign protocol."""
    signed: SignedIn | None = connection.scope.get("user")
    if signed is None or not (need is Permission.SCREENING_ASK or connection.url.path.startswith(f"{foreign.PATH}/")):
        return
    node: Node = connection.app.state[NODE]
    pace: Pace = connection.app.state[PACE]
    pace.take(signed.actor.id, node.clock.now())


def _token(header: str) -> str:
    scheme, _, token = header.partition(" ")
    return token.strip() if scheme.lower() in SCHEMES else ""


def _note_use(node: Node, signed: SignedIn) -> None:
    try:
        with node.work(signed.actor, Permission.SELF, Purpose.OPERATION) as work:
            accounts.mark_seen(work, signed)
    except Exception:
        log.warning("use_not_noted", proof=signed.proof_id, exc_info=True)


def _refuse_unknown_parameters(connection: Connection) -> None:
    """Refuse a misspelt filter of the API rather than answer as if it had not been asked."""
    key = connection.scope.get("path_template", ""), connection.scope.get("method", "")
    known = connection.app.state[PARAMETERS].get(key)
    if known is None:
        return
    unknown = sorted(set(connection.query_params) - known)[:UNKNOWN_NAMED_MAX]
    if unknown:
        raise UnknownParameters(tuple(FieldError(name, "There is no such parameter here.") for name in unknown))
