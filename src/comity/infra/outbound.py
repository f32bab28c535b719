"""The only way out: fetch a file from a publisher's server, within bounds of size, time, redirects and patience.

A download that breaks off is continued where it stopped, in this process or a later one; a file that has not changed is not sent
again. Proxies and certificates come from the environment (`HTTPS_PROXY`, `NO_PROXY`, `SSL_CERT_FILE`). The rules are RFC 9110's.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx2
import msgspec
import structlog

from comity.infra import addresses
from comity.infra.deadline import Deadline
from comity.infra.partial import Validators, hold
from comity.kit.errors import Limited, Unavailable

if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger

    from comity.infra.partial import Part

ATTEMPTS_MAX = 4
"""How often one fetch asks; after that the job that wanted it waits and asks again."""

REDIRECTS_MAX = 5
"""How often one answer may point elsewhere."""

PAUSE_S = 2.0
"""The wait before the second attempt; it doubles with each further one."""

DEADLINE_S = 1_800.0
"""How long one fetch may take in all: a gigabyte at five megabits a second."""

UNPROXIED = {"all://localhost": None, "all://127.0.0.1": None, "all://[::1]": None}
"""Hosts that no proxy can reach for us, whatever `NO_PROXY` says."""

log: FilteringBoundLogger = structlog.get_logger()


class FetchFailed(Unavailable):
    """A server could not be reached, did not answer in time, or answered with an error, however patiently it was asked."""

    code = "outbound.failed"


class FetchTooLarge(Limited):
    """A server sends more than this kind of file may hold."""

    code = "outbound.too_large"


Progress = Callable[[int, int | None], None]
"""Told now and then how many bytes have arrived, and of how many, if the server says so."""


class Fetch(msgspec.Struct, frozen=True, kw_only=True):
    """What to fetch, and how much of anything that may cost."""

    url: str
    limit_bytes: int
    timeout_s: float
    """How long the server may stay silent."""
    deadline_s: float = DEADLINE_S
    pause_s: float = PAUSE_S
    known: Validators = Validators()
    """What the server said about the version that we have; if it is still the same, the answer is `NotModified`."""


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """A file that arrived whole."""

    path: Path
    """Where it is. The caller moves it away; the next fetch of the same address overwrites it."""
    name: str
    """The last part of the address that sent it."""
    sha256: str
    bytes: int
    validators: Validators
    """To be given as `known` the next time."""


class NotModified(msgspec.Struct, frozen=True):
    """The server still has the version that we know."""


def fetch(question: Fetch, into: Path, progress: Progress = lambda _done, _total: None) -> Fetched | NotModified:
    """Fetch a file into a folder. Raises `AddressRefused`, `FetchBusy`, `FetchFailed`, `FetchTooLarge`."""
    url = addresses.check(question.url)
    headers = {"User-Agent": _agent(), "Accept": "*/*", "Accept-Encoding": "identity"}
    name = hashlib.sha256(url.encode()).hexdigest()[:32]
    with (
        hold(into, name) as part,
        httpx2.Client(headers=headers, timeout=question.timeout_s, mounts=UNPROXIED) as client,
        Deadline(question.deadline_s) as deadline,
    ):
        return _Fetching(question, part, client, deadline, progress).run()


def answers(url: str, timeout_s: float) -> bool:
    """Whether a server answers at all, with whatever; nothing is fetched. Raises `AddressRefused`."""
    addresses.check(url)
    with httpx2.Client(headers={"User-Agent": _agent()}, timeout=timeout_s, mounts=UNPROXIED) as client:
        try:
            client.head(url)
        except httpx2.TransportError:
            return False
    return True


class _Again(Exception):  # noqa: N818 - not a failure yet: it may go better the next time
    """The server's answer is of no use, but the next one may be."""


class _Fetching:
    def __init__(
        self, question: Fetch, part: Part, client: httpx2.Client, deadline: Deadline, progress: Progress
    ) -> None:
        self._question = question
        self._part = part
        self._client = client
        self._deadline = deadline
        self._progress = progress

    def run(self) -> Fetched | NotModified:
        shown = addresses.shown(self._question.url)
        reason = ""
        for attempt in range(ATTEMPTS_MAX):
            if attempt:
                self._deadline.pause(self._question.pause_s * 2 ** (attempt - 1))
            if self._deadline.passed:
                break
            try:
                answer = self._ask(self._question.url)
            except (httpx2.TransportError, _Again) as error:
                reason = str(error) if isinstance(error, _Again) else "The connection failed or broke off."
                log.info("outbound.broke_off", path=shown, attempt=attempt + 1, error=type(error).__name__)
            else:
                log.info("outbound.answered", path=shown, attempt=attempt + 1, answer=type(answer).__name__)
                return answer
        if self._deadline.passed:
            reason = f"It took longer than {self._question.deadline_s:g} seconds."
        raise FetchFailed(f"{shown} could not be fetched. {reason}", path=shown)

    def _ask(self, url: str) -> Fetched | NotModified:
        headers = self._conditions()
        for _ in range(REDIRECTS_MAX + 1):
            trace = {"trace": self._deadline.trace}
            with self._client.stream("GET", url, headers=headers, extensions=trace) as response:
                if not response.has_redirect_location:
                    return self._hear(url, response)
                url = addresses.redirected(url, response.headers["location"])
        raise FetchFailed(f"{addresses.shown(self._question.url)} redirects more than {REDIRECTS_MAX} times.")

    def _conditions(self) -> dict[str, str]:
        known, proof = self._question.known, self._part.validators().proof()
        conditions = {}
        if known.etag:
            conditions["If-None-Match"] = known.etag
        if known.last_modified:
            conditions["If-Modified-Since"] = known.last_modified
        if self._part.size and proof:
            conditions |= {"Range": f"bytes={self._part.size}-", "If-Range": proof}
        return conditions

    def _hear(self, url: str, response: httpx2.Response) -> Fetched | NotModified:
        match response.status_code:
            case 200:
                self._part.begin(_validators(response))
                length = response.headers.get("content-length", "")
                return self._receive(url, response, int(length) if length.isdecimal() else None)
            case 206 if total := _continues(response, self._part.size):
                return self._receive(url, response, total)
            case 206 | 416:
                self._part.begin(Validators())
                raise _Again("The server sent another part than the one it was asked for.")
            case 304 if self._question.known != Validators():
                return NotModified()
            case 429 | 500 | 502 | 503 | 504:
                raise _Again(f"The server answered {response.status_code}.")
            case status:
                raise FetchFailed(f"{addresses.shown(url)} answered {status}.", status=status)

    def _receive(self, url: str, response: httpx2.Response, total: int | None) -> Fetched:
        done = self._part.size
        self._bound(total or 0)
        for chunk in response.iter_raw():
            done += len(chunk)
            self._bound(done)
            self._part.append(chunk)
            self._progress(done, total)
        if total is not None and done != total:
            raise _Again("The server sent less than it promised.")
        validators = self._part.validators()
        path = self._part.complete()
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        name = urlsplit(url).path.rpartition("/")[2]
        return Fetched(path=path, name=name, sha256=sha256, bytes=done, validators=validators)

    def _bound(self, length: int) -> None:
        if length > self._question.limit_bytes:
            self._part.begin(Validators())
            limit = self._question.limit_bytes
            raise FetchTooLarge(f"{addresses.shown(self._question.url)} sends more than {limit} bytes.")


def _validators(response: httpx2.Response) -> Validators:
    return Validators(etag=response.headers.get("etag"), last_modified=response.headers.get("last-modified"))


def _continues(response: httpx2.Response, size: int) -> int | None:
    """Return the length of the whole file if this answer is the rest of it after `size` bytes."""
    match = re.fullmatch(r"bytes (\d+)-\d+/(\d+)", response.headers.get("content-range", ""))
    return int(match[2]) if match and int(match[1]) == size else None


@cache
def _agent() -> str:
    return f"Comity/{version('comity')}"
