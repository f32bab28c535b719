"""The page of one edition: what it changed, or would change, and the decision about one in quarantine.

A failure is caught here only where the service raises it before it writes anything; the form then comes back with what was typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlencode

import msgspec
from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter, URLEncodedBody
from litestar.response import Redirect, Stream, Template

from comity.infra.work import Work
from comity.lists import service
from comity.lists.model import Change, Edition, Op, Status
from comity.lists.model.answers import DecisionIncomplete, EditionUnknown
from comity.lists.model.edition import Check, checks
from comity.lists.service import Comparison, Desk, EditionDecided
from comity.model.permission import Permission

if TYPE_CHECKING:
    from comity.kit.errors import Failure

CHANGES_SHOWN = 100
"""Changes on one page of an edition; all of them are one download away."""
NO_COMPARISON = Comparison(counts=dict.fromkeys(Op, 0), changes=())
NDJSON = "application/x-ndjson"
CHUNK_BYTES = 262_144
Offset = Annotated[int, QueryParameter(ge=0, le=1_000_000)]
Ticked = tuple[str, ...]


class Decision(Enum):
    """What a person decides about an edition in quarantine."""

    RELEASE = "release"
    REJECT = "reject"


class DecisionForm(msgspec.Struct, frozen=True, kw_only=True):
    """A decision with its reason."""

    decision: Decision
    reason: str = ""


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """Which comparison a page shows."""

    against: str = ""
    """The other edition; empty: the accepted one before."""
    ops: tuple[Op, ...] = ()
    """Only these changes; empty: all."""
    offset: int = 0

    def address(self, edition_id: str, before: Edition | None, offset: int) -> str:
        """Return the address of another page of it."""
        query = [("op", op.value) for op in self.ops]
        query += [("against", before.id)] if before and self.against else []
        query += [("offset", str(offset))] if offset else []
        return f"/editions/{edition_id}?{urlencode(query)}"


class EditionPages(Controller):
    """One edition of a list."""

    path = "/editions/{edition_id:str}"
    opt = {"permission": Permission.LISTS_READ}  # noqa: RUF012 - Litestar's way

    @get(sync_to_thread=True)
    def show(
        self,
        edition_id: FromPath[str],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
        against: FromQuery[str] = "",
        op: FromQuery[Ticked] = (),
        offset: Offset = 0,
    ) -> Template:
        """Show an edition: what it changed, or would change, against the one before or another."""
        known = Op._value2member_map_
        ops = tuple(Op(one) for one in op if one in known)
        return _edition(work, desk, edition_id, Compared(against=against, ops=ops, offset=offset))

    @post(permission=Permission.LISTS_DECIDE, sync_to_thread=True)
    def decide(
        self,
        edition_id: FromPath[str],
        data: URLEncodedBody[DecisionForm],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
    ) -> Template | Redirect:
        """Release an edition into force, or reject it for good."""
        try:
            _decide(work, desk, edition_id, data)
        except (DecisionIncomplete, EditionDecided) as failure:
            return _edition(work, desk, edition_id, Compared(), failure, data)
        return Redirect(f"/editions/{edition_id}", status_code=303)

    @get("/delta", sync_to_thread=True, media_type=NDJSON)
    def delta(
        self,
        edition_id: FromPath[str],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
        against: FromQuery[str] = "",
    ) -> Stream:
        """Send everything that the edition changed, one JSON object a line."""
        edition = service.find(work, edition_id)
        changes = _changes(work, desk, _before(work, edition, against), edition)
        lines = [msgspec.json.encode(one) + b"\n" for one in changes]  # written before the unit of work ends
        headers = {"content-disposition": f'attachment; filename="{edition.id}.delta.jsonl"'}
        return Stream(lines, media_type=NDJSON, headers=headers)

    @get("/files/{name:str}", sync_to_thread=True)
    def file(
        self, edition_id: FromPath[str], name: FromPath[str], work: NamedDependency[Work], desk: NamedDependency[Desk]
    ) -> Response[bytes] | Stream:
        """Send a file of the edition exactly as it was published."""
        edition = service.find(work, edition_id)
        stream = service.open_file(desk, edition, name)
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        return Stream(_chunks(stream), media_type="application/octet-stream", headers=headers)


def _edition(
    work: Work,
    desk: Desk,
    edition_id: str,
    compared: Compared,
    failure: Failure | None = None,
    form: DecisionForm | None = None,
) -> Template:
    edition, source = service.find(work, edition_id), None
    source = desk.source(edition.source)
    before = _before(work, edition, compared.against)
    last = compared.offset + CHANGES_SHOWN
    found = _found(work, desk, before, edition, compared)
    total = sum(found.counts[op] for op in compared.ops or found.counts)
    context: dict[str, Any] = {
        "edition": edition,
        "source": source,
        "before": before,
        "others": [one for one in _accepted(work, edition) if one.id != edition.id],
        "counts": {op.value: number for op, number in found.counts.items()},
        "changes": found.changes,
        "total": total,
        "compared": compared,
        "previous": compared.address(edition.id, before, max(compared.offset - CHANGES_SHOWN, 0)),
        "next": compared.address(edition.id, before, last) if last < total else "",
        "checks": _checks(source.expect, edition, before),
        "failure": failure,
        "reason": form.reason if form else "",
    }
    status = HTTPStatus.OK if failure is None else HTTPStatus.UNPROCESSABLE_ENTITY
    return Template(template_name="lists/edition.html", context=context, status_code=status)


def _checks(expect: Any, edition: Edition, before: Edition | None) -> tuple[Check, ...]:
    days = (edition.published_at - before.published_at).total_seconds() / 86_400 if before else 0.0
    return checks(expect, edition.counts, before.counts.designations if before else 0, days)


def _decide(work: Work, desk: Desk, edition_id: str, form: DecisionForm) -> None:
    if not form.reason.strip():
        raise DecisionIncomplete("Say what you checked, and with whom.")
    if form.decision is Decision.RELEASE:
        service.release(work, desk, edition_id, form.reason.strip())
    else:
        service.reject(work, edition_id, form.reason.strip())


def _accepted(work: Work, edition: Edition) -> list[Edition]:
    return service.editions(work, edition.source, statuses=[Status.ACCEPTED])


def _before(work: Work, edition: Edition, against: str) -> Edition | None:
    """Return the edition to compare with: the one named, else the nearest earlier accepted one. Raises `EditionUnknown`."""
    if against:
        named = service.find(work, against)
        if named.source != edition.source:
            raise EditionUnknown("That is an edition of another list.")
        return named
    return service.predecessor(work, edition)


def _changes(work: Work, desk: Desk, before: Edition | None, edition: Edition) -> Iterator[Change]:
    return service.diff(work, desk, before.id, edition.id) if before is not None else iter(())


def _found(work: Work, desk: Desk, before: Edition | None, edition: Edition, asked: Compared) -> Comparison:
    if before is None:
        return NO_COMPARISON
    window = slice(asked.offset, asked.offset + CHANGES_SHOWN)
    return service.compared(work, desk, before, edition, ops=asked.ops, window=window)


def _chunks(stream: Any) -> Iterator[bytes]:
    with stream:
        yield from iter(lambda: stream.read(CHUNK_BYTES), b"")
