"""The console's pages of lists: where each stands, its editions, what an edition changed, and what waits in quarantine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, BinaryIO, cast

import msgspec
from litestar import Controller, Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery, QueryParameter, URLEncodedBody
from litestar.response import Redirect, Stream, Template

from comity.infra.work import Work
from comity.kit.limits import EDITION_BYTES_MAX
from comity.lists import service
from comity.lists.model import Change, Edition, Op, Status
from comity.lists.service import Desk
from comity.model.permission import Permission

CHANGES_SHOWN = 100
"""Changes on one page of an edition; all of them are one download away."""

NDJSON = "application/x-ndjson"
Offset = Annotated[int, QueryParameter(ge=0, le=1_000_000)]


class DecisionForm(msgspec.Struct, frozen=True, kw_only=True):
    """What a person decides about an edition in quarantine."""

    decision: str
    reason: str = ""


class UploadForm(msgspec.Struct, frozen=True, kw_only=True):
    """Files to load as an edition."""

    files: list[UploadFile] | UploadFile
    published: str = ""


class ListPages(Controller):
    """Official lists and where they stand."""

    path = "/lists"
    opt = {"permission": Permission.LISTS_READ}  # noqa: RUF012 - Litestar's way

    @get(sync_to_thread=True)
    def overview(self, work: NamedDependency[Work], desk: NamedDependency[Desk]) -> Template:
        """Show every list: the edition in force, its age, and what waits."""
        states = service.states(work, desk)
        context = {
            "states": states,
            "in_force": [state for state in states if state.in_force],
            "waiting": [(state, edition) for state in states for edition in state.quarantined],
            "overdue": [state for state in states if state.is_overdue],
        }
        return Template(template_name="lists/lists.html", context=context)

    @post("/check", permission=Permission.LISTS_UPDATE, sync_to_thread=True)
    def check(self, work: NamedDependency[Work], desk: NamedDependency[Desk]) -> Redirect:
        """Ask every publisher now, in the background."""
        for list_id in desk.lists:
            if desk.source(list_id).is_current and service.fetchable(desk, list_id):
                service.order_now(work, list_id)
        return Redirect("/lists", status_code=303)

    @get("/{list_id:str}", sync_to_thread=True)
    def one(self, list_id: FromPath[str], work: NamedDependency[Work], desk: NamedDependency[Desk]) -> Template:
        """Show one list: what it means, its editions, and how to load another."""
        source = desk.source(list_id)
        state = next(state for state in service.states(work, desk) if state.source == list_id)
        editions = list(reversed(service.editions(work, list_id)))
        context = {"source": source, "state": state, "editions": editions, "list_id": list_id}
        return Template(template_name="lists/list.html", context=context)

    @post(
        "/{list_id:str}/load",
        permission=Permission.LISTS_UPDATE,
        request_max_body_size=EDITION_BYTES_MAX,
        sync_to_thread=True,
    )
    def load(
        self,
        list_id: FromPath[str],
        data: Annotated[UploadForm, Body(media_type=RequestEncodingType.MULTI_PART)],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
    ) -> Redirect:
        """Load files as an edition. A file that cannot be read is refused with its record and field, and changes nothing."""
        uploads = data.files if isinstance(data.files, list) else [data.files]
        received = [service.Received(upload.filename, cast("BinaryIO", upload.file)) for upload in uploads]
        published = date.fromisoformat(data.published) if data.published else None
        taken = None
        for staged in service.stage(desk, list_id, received):
            taken = service.take(work, desk, service.read(desk, staged), published)
        return Redirect(f"/editions/{taken.edition}" if taken else f"/lists/{list_id}", status_code=303)


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
        against: FromQuery[str | None] = None,
        op: FromQuery[str | None] = None,
        offset: Offset = 0,
    ) -> Template:
        """Show an edition: what it changed, or would change, against the one before or another."""
        edition = service.find(work, edition_id)
        others = [
            one for one in service.editions(work, edition.source, statuses=[Status.ACCEPTED]) if one.id != edition.id
        ]
        before = service.find(work, against) if against else _before(edition, others)
        changes = [one for one in _changes(work, desk, before, edition) if not op or one.op.value == op]
        context: dict[str, Any] = {
            "edition": edition,
            "source": desk.source(edition.source),
            "before": before,
            "others": others,
            "changes": changes[offset : offset + CHANGES_SHOWN],
            "total": len(changes),
            "offset": offset,
            "op": Op(op) if op in {one.value for one in Op} else None,
            "page_rows": CHANGES_SHOWN,
        }
        return Template(template_name="lists/edition.html", context=context)

    @post(permission=Permission.LISTS_DECIDE, sync_to_thread=True)
    def decide(
        self,
        edition_id: FromPath[str],
        data: URLEncodedBody[DecisionForm],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
    ) -> Redirect:
        """Release an edition into force, or reject it for good."""
        if data.decision == "release":
            service.release(work, desk, edition_id, data.reason)
        else:
            service.reject(work, edition_id, data.reason)
        return Redirect(f"/editions/{edition_id}", status_code=303)

    @get("/delta", sync_to_thread=True, media_type=NDJSON)
    def delta(
        self,
        edition_id: FromPath[str],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
        against: FromQuery[str | None] = None,
    ) -> Stream:
        """Send everything that the edition changed, one JSON object a line."""
        edition = service.find(work, edition_id)
        others = service.editions(work, edition.source, statuses=[Status.ACCEPTED])
        before = service.find(work, against) if against else _before(edition, others)
        lines = [msgspec.json.encode(one) + b"\n" for one in _changes(work, desk, before, edition)]
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


def _before(edition: Edition, others: list[Edition]) -> Edition | None:
    earlier = [one for one in others if one.key < edition.key]
    return earlier[-1] if earlier else None


def _changes(work: Work, desk: Desk, before: Edition | None, edition: Edition) -> Iterator[Change]:
    return service.diff(work, desk, before.id, edition.id) if before is not None else iter(())


def _chunks(stream: Any) -> Iterator[bytes]:
    with stream:
        yield from iter(lambda: stream.read(262_144), b"")


CONTROLLERS = (ListPages, EditionPages)
