"""A publisher's server on the loopback, which answers what a test has scripted."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Asked:
    """One request that arrived."""

    path: str
    headers: dict[str, str]


Answer = Callable[["Handler"], None]


@dataclass
class Publisher:
    """The server, what it will answer, and what it was asked. When the script ends, its last answer is repeated."""

    url: str = ""
    script: list[Answer] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def next_answer(self) -> Answer:
        """Return the answer to the request that has just arrived."""
        return self.script[min(len(self.asked), len(self.script)) - 1]


class Handler(BaseHTTPRequestHandler):
    """Hands each request to the script."""

    protocol_version = "HTTP/1.1"
    publisher: Publisher

    def do_GET(self) -> None:
        """Answer."""
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.publisher.asked.append(Asked(self.path, headers))
        self.publisher.next_answer()(self)

    def do_CONNECT(self) -> None:
        """Answer somebody who takes this server for a proxy."""
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def begin(self, status: int, **headers: str) -> None:
        """Send a status and header fields, written with underscores."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()


def whole(body: bytes, **headers: str) -> Answer:
    """Answer 200 with a body."""

    def answer(handler: Handler) -> None:
        handler.begin(200, Content_Length=str(len(body)), **headers)
        handler.wfile.write(body)

    return answer


def rest(body: bytes, **headers: str) -> Answer:
    """Answer 206 with what follows the first byte that was asked for."""

    def answer(handler: Handler) -> None:
        start = int(handler.headers["range"].removeprefix("bytes=").removesuffix("-"))
        content_range = f"bytes {start}-{len(body) - 1}/{len(body)}"
        handler.begin(206, Content_Length=str(len(body) - start), Content_Range=content_range, **headers)
        handler.wfile.write(body[start:])

    return answer


def broken_off(body: bytes, after: int, **headers: str) -> Answer:
    """Promise a whole body and hang up in the middle."""

    def answer(handler: Handler) -> None:
        handler.begin(200, Content_Length=str(len(body)), **headers)
        handler.wfile.write(body[:after])
        handler.close_connection = True

    return answer


def status(code: int, **headers: str) -> Answer:
    """Answer with a status and no body."""
    return lambda handler: handler.begin(code, Content_Length="0", **headers)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *request: object) -> None:
        """Say nothing of a client that hung up: that is what many of these tests are about."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(*request)  # type: ignore[arg-type]


@contextmanager
def publishing() -> Iterator[Publisher]:
    """Serve on a free port until the end."""
    publisher = Publisher()
    handler = type("Handler", (Handler,), {"publisher": publisher})
    with _Server(("127.0.0.1", 0), handler) as server:
        publisher.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield publisher
        server.shutdown()
        thread.join()
