"""The queue of alerts: what waits, the likeliest and most urgent first."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

import msgspec
from litestar import Controller, Response, get, post
from litestar.connection import Request
from litestar.di import NamedDependency
from litestar.params import URLEncodedBody
from litestar.response import Redirect, Template

from comity.alerts import service
from comity.alerts.model.asking import NOBODY, Order, row_shown
from comity.alerts.model.subject import SubjectKind
from comity.alerts.pages.asked import DECIDE, READ, Ticked, form_of, last_step, people, ticked
from comity.alerts.service import Office
from comity.infra.work import Work
from comity.kit.limits import PAGE_ROWS_DEFAULT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.alerts.model.asking import Row

BANDS: Final = (3, 2, 1, 0)


class AssignForm(msgspec.Struct, frozen=True, kw_only=True):
    """Alerts to take, or to give back to everybody."""

    id: Ticked = ()
    to: str = "me"
    then: str = "/alerts"


class OpenForm(msgspec.Struct, frozen=True, kw_only=True):
    """The screening of a name about which somebody decides."""

    screening: str = ""


class QueuePages(Controller):
    """Everything that waits for a person."""

    path = "/alerts"
    opt = READ

    @get(sync_to_thread=True)
    def queue(self, request: Request[Any, Any, Any], work: NamedDependency[Work]) -> Template:
        """List what waits, the likeliest and most urgent first."""
        form = form_of(request.query_params.multi_items())
        found = service.queue(work, form.which(PAGE_ROWS_DEFAULT))
        is_ranked = form.order == Order.RANK.value
        context = {
            "form": form,
            "found": found,
            "groups": _groups(found.rows) if is_ranked else [(None, list(found.rows))],
            "pace": service.pace(work),
            "patterns": service.patterns(work),
            "bands": BANDS,
            "regimes": service.regimes(work),
            "profiles": service.profiles(work),
            "kinds": [one.value for one in SubjectKind],
            "people": people(work, (row.alert.assigned_to for row in found.rows)),
            "page_rows": PAGE_ROWS_DEFAULT,
            "done": last_step(work, request.query_params.get("after", "")),
        }
        return Template("alerts/queue.html", context=context)

    @get("/export", sync_to_thread=True)
    def export(self, request: Request[Any, Any, Any], work: NamedDependency[Work]) -> Response[bytes]:
        """Send the queue as it is filtered, one JSON object a line."""
        which = form_of(request.query_params.multi_items()).which(0)
        lines = msgspec.json.Encoder().encode_lines([row_shown(row) for row in service.every(work, which)])
        headers = {"content-disposition": 'attachment; filename="alerts.jsonl"'}
        return Response(lines, media_type="application/x-ndjson", headers=headers)

    @post("/open", **DECIDE, sync_to_thread=True)
    def open_name(
        self, data: URLEncodedBody[OpenForm], work: NamedDependency[Work], office: NamedDependency[Office]
    ) -> Redirect:
        """Open an alert about a name that was screened alone, and lead to it."""
        return Redirect(f"/alerts/{service.open_name(work, office, data.screening).alert}", status_code=303)

    @post("/assign", **DECIDE, sync_to_thread=True)
    def assign(self, data: URLEncodedBody[AssignForm], work: NamedDependency[Work]) -> Redirect:
        """Take alerts, or give them back to everybody."""
        service.assign(work, ticked(data.id), "" if data.to == NOBODY else work.actor.id)
        return Redirect(data.then if data.then.startswith("/alerts") else "/alerts", status_code=303)


def _groups(rows: Sequence[Row]) -> list[tuple[int | None, list[Row]]]:
    return [(band, list(of)) for band, of in groupby(rows, key=lambda row: row.rank.band)]
