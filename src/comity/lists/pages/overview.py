"""The pages of all lists and of one: which edition is in force, how old it is, what waits, and how to load another.

A failure is caught here only where nothing was written before it; the form then comes back with what was typed.
"""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Annotated, BinaryIO, cast

import msgspec
from litestar import Controller, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect, Template

from comity.infra.work import Work
from comity.kit.errors import Failure, Kind
from comity.kit.limits import EDITION_BYTES_MAX
from comity.lists import service
from comity.lists.model import Source
from comity.lists.model.answers import ListState, PublicationUnknown
from comity.lists.service import Desk
from comity.model.permission import Permission

MENDABLE = frozenset({Kind.INVALID, Kind.LIMITED})
"""Failures of a file that its reader can mend, by another file or another date."""


class UploadForm(msgspec.Struct, frozen=True, kw_only=True):
    """Files to load as an edition."""

    files: list[UploadFile]
    published: str = ""

    def received(self) -> list[service.Received]:
        """Return the files that were chosen; a form sent without one holds an empty file without a name."""
        return [service.Received(one.filename, cast("BinaryIO", one.file)) for one in self.files if one.filename]


class ListPages(Controller):
    """Official lists and where they stand."""

    path = "/lists"
    opt = {"permission": Permission.LISTS_READ}  # noqa: RUF012 - Litestar's way

    @get(sync_to_thread=True)
    def overview(
        self, work: NamedDependency[Work], desk: NamedDependency[Desk], ordered: FromQuery[int | None] = None
    ) -> Template:
        """Show every list: the edition in force, its age, what waits, and what is being fetched."""
        states = sorted(service.states(work, desk), key=lambda state: (state.in_force is None, state.code, state.title))
        context = {
            "states": states,
            "in_force": [state for state in states if state.in_force],
            "waiting": [(state, edition) for state in states for edition in state.quarantined],
            "overdue": [state for state in states if state.is_overdue],
            "jobs": service.orders(work),
            "titles": {state.source: state.title for state in states},
            "ordered": ordered,
        }
        return Template(template_name="lists/lists.html", context=context)

    @post("/check", permission=Permission.LISTS_UPDATE, sync_to_thread=True)
    def check(self, work: NamedDependency[Work], desk: NamedDependency[Desk]) -> Redirect:
        """Ask every publisher now, in the background."""
        wanted = [id_ for id_ in desk.lists if desk.source(id_).is_current and service.fetchable(desk, id_)]
        for list_id in wanted:
            service.order_now(work, list_id)
        return Redirect(f"/lists?ordered={len(wanted)}", status_code=303)

    @get("/{list_id:str}", sync_to_thread=True)
    def one(self, list_id: FromPath[str], work: NamedDependency[Work], desk: NamedDependency[Desk]) -> Template:
        """Show one list: what it means, its editions, and how to load another."""
        return _one(work, desk, list_id)

    @post("/{list_id:str}/check", permission=Permission.LISTS_UPDATE, sync_to_thread=True)
    def check_one(self, list_id: FromPath[str], work: NamedDependency[Work], desk: NamedDependency[Desk]) -> Redirect:
        """Ask one publisher now, in the background."""
        if service.fetchable(desk, list_id):
            service.order_now(work, list_id)
        return Redirect(f"/lists/{list_id}", status_code=303)

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
    ) -> Template | Redirect:
        """Order that files are loaded, in the background. What is no edition of the list is refused here, and changes nothing."""
        try:
            service.order_load(work, desk, service.stage(desk, list_id, data.received()), _day(data.published))
        except Failure as failure:  # nothing is written yet
            if failure.kind not in MENDABLE:
                raise
            return _one(work, desk, list_id, failure, data.published)
        return Redirect(f"/lists/{list_id}", status_code=303)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise PublicationUnknown("A day of publication is written as 2031-11-20.") from error


def _unseen(list_id: str, source: Source) -> ListState:
    """Return the state of a dataset of which no edition has come: it can be loaded, and nothing else is known of it."""
    return ListState(
        source=list_id,
        title=source.title,
        code=source.issuer.code,
        is_current=source.is_current,
        interval_hours=None,
        in_force=None,
    )


def _one(
    work: Work,
    desk: Desk,
    list_id: str,
    failure: Failure | None = None,
    published: str = "",
) -> Template:
    source = desk.source(list_id)
    states = (state for state in service.states(work, desk) if state.source == list_id)
    context = {
        "source": source,
        "state": next(states, None) or _unseen(list_id, source),
        "editions": list(reversed(service.editions(work, list_id))),
        "list_id": list_id,
        "jobs": service.orders(work, list_id),
        "is_fetchable": service.fetchable(desk, list_id) is not None,
        "failure": failure,
        "published": published,
    }
    status = HTTPStatus.OK if failure is None else HTTPStatus.UNPROCESSABLE_ENTITY
    return Template(template_name="lists/list.html", context=context, status_code=status)
