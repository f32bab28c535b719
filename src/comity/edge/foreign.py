"""The foreign protocol at the addresses where its clients expect it: at the root, beside the console's own.

Its handlers stand below `/opensanctions`. A request for one of its addresses at the root is led there before it is routed. Only
`/entities/…` is the console's too: there whoever sends a token is a client, because a person's browser never does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from litestar import Litestar
from litestar.enums import ScopeType

if TYPE_CHECKING:
    from litestar.types import HTTPScope, Scope

PATH: Final = "/opensanctions"
TOKENS: Final = (b"apikey ", b"bearer ")
"""How a token is sent; what a proxy before the console asks of people (`Basic`) is none."""
SHARED: Final = re.compile(r"/entities/[^/]+(/adjacent(/[^/]+)?)?/?")
"""Addresses that are also the console's, or like them."""
READ: Final = re.compile(r"/search/[^/]+/?")
"""Theirs where somebody reads; the console's own forms are sent there."""
THEIRS: Final = re.compile(r"/match/[^/]+/?|/reconcile/[^/]+(/.*)?|/(catalog|manifest|algorithms|statements)/?")


class House(Litestar):
    """An application that leads clients of the foreign protocol to its handlers."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer a request where its handler stands."""
        await super().__call__(led(scope), receive, send)


def led(scope: Scope) -> Scope:
    """Return a request as it is to be routed."""
    if scope["type"] != ScopeType.HTTP:
        return scope
    path = scope["path"]
    is_shared = SHARED.fullmatch(path) and _has_token(scope)
    is_read = READ.fullmatch(path) and scope["method"] != "POST"
    if not (is_shared or is_read or THEIRS.fullmatch(path)):
        return scope
    raw = scope.get("raw_path") or path.encode()
    return {**scope, "path": PATH + path, "raw_path": PATH.encode() + raw}


def _has_token(scope: HTTPScope) -> bool:
    sent = (value.lower() for name, value in scope["headers"] if name.lower() == b"authorization")
    return any(value.startswith(TOKENS) for value in sent)
