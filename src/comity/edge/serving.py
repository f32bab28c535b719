"""Serving: the application in a web server, and the node's work beside it, in one process."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import uvicorn

from comity.edge.app import create_app
from comity.edge.populating import populate as populate_

if TYPE_CHECKING:
    from comity.edge.cli import Console

GRACE_S = 10
"""How long requests in progress may go on after an interrupt."""


def serve(console: Console, host: str, port: int, *, populate: bool) -> None:
    """Serve until interrupted."""
    node = console.node
    if populate:
        populate_(console)
    console.announce()
    config = uvicorn.Config(
        create_app(node), host=host, port=port, log_config=None, access_log=False, server_header=False,
        timeout_graceful_shutdown=GRACE_S,
    )  # fmt: skip
    stop = threading.Event()
    worker = threading.Thread(target=node.labour, args=(stop,), name="worker")
    worker.start()
    try:
        uvicorn.Server(config).run()
    finally:
        stop.set()
        worker.join()
