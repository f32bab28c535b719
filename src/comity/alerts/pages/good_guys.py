"""Good-guy entries: pairs that stay silent for a time, who vouched for them, and when they end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec
from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from comity.alerts import service
from comity.alerts.model.asking import WhichGoodGuys
from comity.alerts.model.failures import GoodGuyUnfit, SamePerson
from comity.alerts.pages.asked import CONFIRM, DECIDE, READ, Offset, people, status_of
from comity.infra.work import Work
from comity.kit.limits import PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.alerts.model.answers import GoodGuy
    from comity.kit.errors import Failure

SOON_DAYS = 30
"""Within these an entry ends soon."""


class VouchForm(msgspec.Struct, frozen=True, kw_only=True):
    """A pair that is to stay silent."""

    hit: str = ""
    alert: str = ""
    until: str = ""
    note: str = ""


class EndForm(msgspec.Struct, frozen=True, kw_only=True):
    """Why an entry ends."""

    because: str = ""


class GoodGuyPages(Controller):
    """Pairs that stay silent."""

    path = "/alerts/good-guys"
    opt = READ

    @get(sync_to_thread=True)
    def entries(
        self, work: NamedDependency[Work], standing: FromQuery[str] = "standing", offset: Offset = 0
    ) -> Template:
        """List good-guy entries, those that end first before others."""
        return _page(work, standing, offset)

    @get("/export", sync_to_thread=True)
    def export(self, work: NamedDependency[Work], standing: FromQuery[str] = "standing") -> Response[bytes]:
        """Send the entries as they are filtered, one JSON object a line."""
        headers = {"content-disposition": 'attachment; filename="good-guys.jsonl"'}
        lines = msgspec.json.Encoder().encode_lines(list(_every(work, standing)))
        return Response(lines, media_type="application/x-ndjson", headers=headers)

    @post(**DECIDE, sync_to_thread=True)
    def vouch(self, data: URLEncodedBody[VouchForm], work: NamedDependency[Work]) -> Template | Redirect:
        """Ask that a pair stay silent until a day."""
        try:
            service.vouch(work, data.hit, _day(data.until), data.note)
        except GoodGuyUnfit as failure:
            return _page(work, "standing", 0, failure)
        return Redirect("/alerts/good-guys?standing=waiting", status_code=303)

    @post("/{good_guy_id:str}/confirm", **CONFIRM, sync_to_thread=True)
    def confirm(self, good_guy_id: FromPath[str], work: NamedDependency[Work]) -> Template | Redirect:
        """Agree as the second person."""
        try:
            service.confirm_good_guy(work, good_guy_id)
        except SamePerson as failure:
            return _page(work, "waiting", 0, failure)
        return Redirect("/alerts/good-guys", status_code=303)

    @post("/{good_guy_id:str}/end", **DECIDE, sync_to_thread=True)
    def end(
        self, good_guy_id: FromPath[str], data: URLEncodedBody[EndForm], work: NamedDependency[Work]
    ) -> Template | Redirect:
        """End an entry; what it kept silent is open again."""
        try:
            service.revoke(work, good_guy_id, data.because)
        except GoodGuyUnfit as failure:
            return _page(work, "standing", 0, failure)
        return Redirect("/alerts/good-guys?standing=ended", status_code=303)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise GoodGuyUnfit("It ends on a day.") from error


def _page(work: Work, standing: str, offset: int, failure: Failure | None = None) -> Template:
    found, total = service.vouched(work, WhichGoodGuys(standing=standing, limit=PAGE_ROWS_DEFAULT, offset=offset))
    today = work.at.date()
    context = {
        "found": found,
        "total": total,
        "soon": sum(one.ended_at is None and one.until <= today + timedelta(days=SOON_DAYS) for one in found),
        "standing": standing,
        "offset": offset,
        "page_rows": PAGE_ROWS_DEFAULT,
        "people": people(work, {who for one in found for who in (one.by, one.confirmed_by, one.ended_by)}),
        "me": work.actor.id,
        "failure": failure,
    }
    return Template("alerts/good_guys.html", context=context, status_code=status_of(failure))


def _every(work: Work, standing: str) -> Iterator[GoodGuy]:
    offset, total = 0, 1
    while offset < total:
        found, total = service.vouched(work, WhichGoodGuys(standing=standing, limit=PAGE_ROWS_MAX, offset=offset))
        yield from found
        offset += PAGE_ROWS_MAX
