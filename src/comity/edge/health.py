"""Whether the process lives, and whether it can do its work: for whatever starts, stops and balances nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec
from litestar import Controller, route
from litestar.connection import Request

from comity.edge.shell import NODE
from comity.model.permission import Permission

if TYPE_CHECKING:
    from comity.node import Node

READ: Final = ("GET", "HEAD")


class Health(msgspec.Struct, frozen=True):
    """Says that it is well; anything else is a problem document."""

    status: str


class HealthChecks(Controller):
    """Answers two questions of a supervisor."""

    tags = ("node",)

    @route("/healthz", http_method=READ, permission=Permission.PUBLIC, sync_to_thread=False, name="alive")
    def alive(self) -> Health:
        """Say that the process answers."""
        return Health("alive")

    @route("/readyz", http_method=READ, permission=Permission.PUBLIC, sync_to_thread=True, name="ready")
    def ready(self, request: Request[Any, Any, Any]) -> Health:
        """Say that the database answers too, so that requests can be sent here. Raises `DatabaseUnavailable`."""
        node: Node = request.app.state[NODE]
        with node.database.transaction(write=False):
            return Health("ready")
