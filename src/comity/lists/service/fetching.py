"""Asking publishers for new editions: conditionally, politely, and never trusting what comes."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Protocol

import msgspec

from comity.infra.partial import Validators
from comity.kit.errors import Failure, Invalid
from comity.kit.limits import EDITION_BYTES_MAX
from comity.lists import store
from comity.lists.model import Format, Standing
from comity.lists.service import files
from comity.lists.service.files import Staged

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from comity.infra.work import Work
    from comity.lists.service.desk import Desk
    from comity.model.permission import Permission


INCOMING = "incoming"
"""Where files are, below the node's home, until they are read."""


class Place(Protocol):
    """Where updates run: a terminal or a worker."""

    @property
    def home(self) -> Path:
        """The node's home; what arrives is kept below it until it is read."""
        ...

    @property
    def timeout_s(self) -> float:
        """How long a publisher's server may stay silent."""
        ...

    def work(self, permission: Permission, *, write: bool = True) -> AbstractContextManager[Work]:
        """Begin a unit of work."""
        ...


class NothingToFetch(Invalid):
    """The list has no address from which a program may fetch it: it is loaded from files."""

    code = "lists.nothing_to_fetch"


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a publisher's server answered."""

    staged: tuple[Staged, ...]
    """The set of files that came; empty where nothing changed since the last time."""
    validators: dict[str, str]
    """What to say the next time, by address."""


def fetchable(desk: Desk, list_id: str) -> Format | None:
    """Return the format in which a list can be fetched: the first official one whose files all have an address."""
    formats = desk.source(list_id).formats
    official = (one for one in formats if one.standing is Standing.OFFICIAL)
    return next((one for one in official if all(file.url for file in one.files)), None)


def ask(
    desk: Desk, list_id: str, known: dict[str, str], place: Place, progress: Callable[[int, int | None], None]
) -> Asked:
    """Fetch a list's files, unless the server says that none has changed. Raises `NothingToFetch` and what `fetch` raises."""
    from comity.infra.outbound import Fetch, NotModified, fetch  # noqa: PLC0415 - the HTTP client, for those who ask

    format_ = fetchable(desk, list_id)
    if format_ is None:
        raise NothingToFetch(
            f"{desk.source(list_id).title} is loaded from files: comity lists update {list_id} --file PATH"
        )
    validators = {file.url: known[file.url] for file in format_.files if file.url in known}
    received: list[files.Received] = []
    with ExitStack() as stack:
        for file in format_.files:
            known_here = msgspec.json.decode(known.get(file.url, "{}"), type=Validators)
            whole = (
                len(format_.files) == 1
            )  # one unchanged file of several must be here again, or its part would be missing
            question = Fetch(
                url=file.url,
                limit_bytes=EDITION_BYTES_MAX,
                timeout_s=place.timeout_s,
                known=known_here if whole else Validators(),
            )
            answer = fetch(question, place.home / INCOMING, progress)
            if isinstance(answer, NotModified):
                return Asked(staged=(), validators=validators)
            validators[file.url] = msgspec.json.encode(answer.validators).decode()
            stack.callback(answer.path.unlink, missing_ok=True)  # it is kept among the blobs
            received.append(files.Received(file.name, stack.enter_context(answer.path.open("rb"))))
        return Asked(staged=tuple(files.stage(desk, list_id, received)), validators=validators)


def modified(known: dict[str, str]) -> datetime | None:
    """Return when the server says that the files were last changed: the publication of a file that does not say it itself."""
    stated = [msgspec.json.decode(text, type=Validators).last_modified for text in known.values()]
    return max((at for text in stated if text and (at := _instant(text))), default=None)


def _instant(text: str) -> datetime | None:
    """Read a date as HTTP writes it; a server may say anything."""
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def validators(work: Work, list_id: str) -> dict[str, str]:
    """Return what the publisher's server said the last time, by address."""
    check = store.read_check(work, list_id)
    return dict(check["validators"]) if check else {}


def note(
    work: Work, list_id: str, outcome: str, failure: Failure | None = None, known: dict[str, str] | None = None
) -> None:
    """Note how asking for a list, or reading what came, ended.

    A failure is recorded in the ledger too, unless it is the one noted before: a publisher that is away is asked again and again.
    """
    kept = known if known is not None else validators(work, list_id)
    detail = failure.detail if failure else ""
    before = store.read_check(work, list_id)
    store.write_check(work, list_id, at=work.at, outcome=outcome, detail=detail, validators=kept)
    if failure is not None and (before is None or before["detail"] != detail):
        work.record("lists.refused", list=list_id, code=failure.code)


def mend(work: Work, list_id: str, outcome: str) -> None:
    """Note that a list was taken in after all, where the attempt before had failed."""
    before = store.read_check(work, list_id)
    if before is not None and before["detail"]:
        note(work, list_id, outcome)
