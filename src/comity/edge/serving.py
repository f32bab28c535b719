"""Serving: the application in a web server, and the node's work beside it, in one process."""

from __future__ import annotations

import errno
import socket
import sys
import threading
from contextlib import closing, contextmanager
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final

import structlog
import uvicorn

from comity.edge.app import create_app
from comity.edge.security import REQUESTS_MAX, is_https
from comity.infra import logs
from comity.kit.errors import Conflict, Invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from comity.edge.terminal import Console
    from comity.node import Node

GRACE_S: Final = 3
"""How long requests in progress may go on after an interrupt."""

LEAVE_S: Final = 1
"""How long the job at hand may then go on; one that needs longer is left, and done again after the next start."""

EVERYWHERE: Final = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - told from others, not listened on
"""Addresses that stand for all of this machine's."""

log = structlog.get_logger(__name__)


class PortTaken(Conflict):
    """Another program listens on this port."""

    code = "server.port_taken"


class AddressUnusable(Invalid):
    """This machine has no such address, or this user may not listen on it."""

    code = "server.address_unusable"


def serve(console: Console, host: str, port: int, *, populate: bool) -> None:
    """Serve until interrupted. Raises `PortTaken`, `AddressUnusable`."""
    node = console.node
    with closing(_bound(host, port)) as listening:
        console.address = _address(node, host, listening.getsockname()[1])
        if populate:
            from comity.edge import populating  # noqa: PLC0415 - once in the life of a node

            populating.populate(console)
        logs.configure(level=logs.WARNING if sys.stderr.isatty() else logs.INFO)
        config = uvicorn.Config(
            create_app(node), log_config=None, log_level="warning", access_log=False, server_header=False, lifespan="on", ws="none",
            timeout_graceful_shutdown=GRACE_S, limit_concurrency=REQUESTS_MAX,
        )  # fmt: skip
        stop = threading.Event()
        worker = threading.Thread(target=_labour, args=(node, stop), name="worker", daemon=True)

        def ready() -> None:
            _announce(console, host)
            worker.start()

        _Server(config, ready).run([listening])
        stop.set()
        if worker.is_alive():
            worker.join(LEAVE_S)
        log.info("server.stopped")


class _Server(uvicorn.Server):
    """Tells when it answers, and ends by returning when it is asked to stop."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        with super().capture_signals():
            yield
            self._captured_signals.clear()  # uvicorn would raise them again and end the process before its work is put down


def _bound(host: str, port: int) -> socket.socket:
    """Return a socket that has the address but does not answer yet: what is wrong with the address shows before anything else."""
    name = host.strip("[]")
    try:
        family, *_, address = socket.getaddrinfo(name or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[
            0
        ]
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    except OSError as error:
        raise AddressUnusable(f"This machine has no address {host!r}.") from error
    try:
        listening.bind(address)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(
                f"Another program listens on {host}:{port}. Take a free port: comity start --port 0"
            ) from error
        raise AddressUnusable(f"It cannot listen on {host}:{port}: {error.strerror}.") from error
    return listening


def _address(node: Node, host: str, port: int) -> str:
    """Return where people reach the node: where the settings say, or on this machine."""
    if node.settings.web.public_url:
        return node.settings.web.public_url.rstrip("/")
    name = "localhost" if host.strip("[]") in EVERYWHERE else host.strip("[]")
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def _announce(console: Console, host: str) -> None:
    welcome = console.welcome()
    if not _is_loopback(host) and not is_https(console.node):
        console.remark(
            f"It listens on {host} without https: put it behind a proxy, and its https address into web.public_url."
        )
    lines = [f"{console.node.settings.node.name}: {console.address}"]
    if welcome:
        lines.append(f"Nobody can sign in yet. The first administrator: {welcome}  (once, within an hour)")
    console.say({"address": console.address, "welcome": welcome}, "\n".join(lines))


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _labour(node: Node, stop: threading.Event) -> None:
    try:
        node.labour(stop)
    except Exception:
        log.exception("worker.broke")
