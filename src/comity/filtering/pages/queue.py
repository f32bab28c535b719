"""Payments on hold, payments by state, and what looks back have found."""

from __future__ import annotations

from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

import msgspec
from litestar import Controller, Response, get
from litestar.connection import Request
from litestar.di import NamedDependency
from litestar.response import Template

from comity.filtering import service
from comity.filtering.model.asking import Asked
from comity.filtering.model.failures import QuestionUnfit
from comity.filtering.model.holding import Payment, State
from comity.filtering.pages.asked import READ
from comity.infra.work import Work
from comity.kit.limits import PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX

OFFSET_DIGITS_MAX: Final = 9
EXPORTED_MAX: Final = 10_000
"""Payments in one export."""


class QueuePages(Controller):
    """Everything that waits, and what became of the rest."""

    path = "/payments"
    opt = READ

    @get(sync_to_thread=True)
    def queue(self, request: Request[Any, Any, Any], work: NamedDependency[Work]) -> Template:
        """List the payments that wait, the oldest first; or those of another state."""
        state, offset, asked = _asked(request)
        found = service.listed(work, state, "", PAGE_ROWS_DEFAULT, offset, asked)
        lists, currencies = service.narrowing(work, state)
        context = {
            "state": state,
            "found": found,
            "asked": asked,
            "address": partial(_address, state, asked),
            "is_narrowed": asked != Asked(),
            "lists": lists,
            "currencies": currencies,
            "due": service.due(work, found),
            "likeliest": service.likeliest(work, found),
            "counts": {one.value: service.listed(work, one.value, "", 1, 0).count for one in State},
            "rates": service.statistics(work),
            "page_rows": PAGE_ROWS_DEFAULT,
        }
        return Template("filtering/queue.html", context=context)

    @get("/export", sync_to_thread=True)
    def export(self, request: Request[Any, Any, Any], work: NamedDependency[Work]) -> Response[bytes]:
        """Send the payments of a state, narrowed as the list is, one JSON object a line."""
        state, _, asked = _asked(request)
        rows: list[Payment] = []
        for offset in range(0, EXPORTED_MAX, PAGE_ROWS_MAX):
            page = service.listed(work, state, "", PAGE_ROWS_MAX, offset, asked).payments
            rows += page
            if len(page) < PAGE_ROWS_MAX:
                break
        headers = {"content-disposition": 'attachment; filename="payments.jsonl"'}
        return Response(msgspec.json.Encoder().encode_lines(rows), media_type="application/x-ndjson", headers=headers)

    @get("/earlier", sync_to_thread=True)
    def earlier(self, work: NamedDependency[Work]) -> Template:
        """List what looks back have found among past payments."""
        return Template("filtering/earlier.html", context={"found": service.look_backs(work)})


def _asked(request: Request[Any, Any, Any]) -> tuple[str, int, Asked]:
    """Return the state and the place in the list that an address names, and what narrows it. Raises `QuestionUnfit`."""
    query = request.query_params
    offset = query.get("offset", "0")
    if not offset.isdecimal() or len(offset) > OFFSET_DIGITS_MAX:
        raise QuestionUnfit("offset is a whole number.")
    said = {name: query.get(name, "").strip() for name in Asked.__struct_fields__}
    return query.get("state", State.HELD.value), int(offset), Asked(**said)


def _address(state: str, asked: Asked, path: str = "/payments", **changes: object) -> str:
    """Return an address of the list with its state and filters, and some changes; what is open is left out."""
    values: dict[str, object] = {"state": state, **msgspec.structs.asdict(asked), **changes}
    kept = {name: value for name, value in values.items() if value and (name, value) != ("state", State.HELD.value)}
    return f"{path}?{urlencode(kept)}" if kept else path
