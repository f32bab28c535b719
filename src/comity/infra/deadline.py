"""An end to waiting for the network, however it is dragged out."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self


class Deadline:
    """One instant at which every wait on the network ends: a timer shuts the sockets, wherever they are being read.

    A timeout alone bounds the silence between two bytes; a server that sends one byte now and then would hold us for years.
    """

    def __init__(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._pass)
        self._timer.daemon = True
        self._over = threading.Event()
        self._sockets: list[socket.socket] = []

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()

    @property
    def passed(self) -> bool:
        """Whether the instant has come."""
        return self._over.is_set()

    def pause(self, seconds: float) -> None:
        """Wait, but not longer than the deadline."""
        self._over.wait(seconds)

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Remember a socket; httpx2 calls this for each one that it opens (its `trace` extension)."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._sockets.append(info["return_value"].get_extra_info("socket"))
            if self.passed:
                self._pass()

    def _pass(self) -> None:
        self._over.set()
        for opened in self._sockets:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(opened, socket.SHUT_RDWR)  # the plain socket's, under any TLS
