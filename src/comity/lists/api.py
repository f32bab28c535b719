"""Lists for programs: where they stand, their editions, and what differs between two of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.response import Stream

from comity.infra.work import Work
from comity.kit.limits import NOTE_CHARS_MAX
from comity.lists import service
from comity.lists.model import Edition, Status
from comity.lists.model.answers import ListState, Taken
from comity.lists.service import Desk
from comity.model.permission import Permission

NDJSON = "application/x-ndjson"
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=NOTE_CHARS_MAX)]
InStatus = Annotated[Status | None, QueryParameter(name="status")]

READ: dict[str, Any] = {"permission": Permission.LISTS_READ}
UPDATE: dict[str, Any] = {"permission": Permission.LISTS_UPDATE}
DECIDE: dict[str, Any] = {"permission": Permission.LISTS_DECIDE}


class Because(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why an edition is released or rejected."""

    reason: Reason


class Lists(Controller):
    """Where every list stands."""

    path = "/v1/lists"
    opt = READ

    @get(sync_to_thread=True)
    def states(self, work: NamedDependency[Work], desk: NamedDependency[Desk]) -> list[ListState]:
        """Show where every list stands: the edition in force, its age, and what waits in quarantine."""
        return service.states(work, desk)

    @get("/{list_id:str}/editions", sync_to_thread=True)
    def editions(
        self,
        list_id: FromPath[str],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
        in_status: InStatus = None,
    ) -> list[Edition]:
        """List the editions of a list in the order of publication."""
        desk.source(list_id)
        return service.editions(work, list_id, statuses=[in_status] if in_status else ())

    @get("/{list_id:str}/delta", sync_to_thread=True, media_type=NDJSON)
    def delta(
        self,
        list_id: FromPath[str],
        since: Annotated[str, QueryParameter(name="from")],
        until: Annotated[str, QueryParameter(name="to")],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
    ) -> Stream:
        """Send what differs between two editions, one JSON object a line: added, removed, changed property by property."""
        changes = service.diff(work, desk, *(service.edition_name(list_id, end) for end in (since, until)))
        return Stream(list(_lines(changes)), media_type=NDJSON)


class Editions(Controller):
    """One edition, and what a person decides about it."""

    path = "/v1/editions"
    opt = READ

    @get("/{edition_id:str}", sync_to_thread=True)
    def show(self, edition_id: FromPath[str], work: NamedDependency[Work]) -> Edition:
        """Show one edition."""
        return service.find(work, edition_id)

    @post("/{edition_id:str}/release", status_code=200, opt=DECIDE, sync_to_thread=True)
    def release(
        self,
        edition_id: FromPath[str],
        data: JSONBody[Because],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
    ) -> Taken:
        """Put an edition in quarantine into force."""
        return service.release(work, desk, edition_id, data.reason)

    @post("/{edition_id:str}/reject", status_code=200, opt=DECIDE, sync_to_thread=True)
    def reject(self, edition_id: FromPath[str], data: JSONBody[Because], work: NamedDependency[Work]) -> Taken:
        """Refuse an edition in quarantine for good."""
        return service.reject(work, edition_id, data.reason)


def _lines(changes: Iterator[Any]) -> Iterator[bytes]:
    encoder = msgspec.json.Encoder()
    for change in changes:
        yield encoder.encode(change) + b"\n"


CONTROLLERS = (Lists, Editions)
