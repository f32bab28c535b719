"""One's own past screenings: filtered, paged, exported. A line names nobody; the answer does."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlencode

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter
from litestar.response import Redirect, Template

from comity.infra.work import Work
from comity.kit.limits import PAGE_ROWS_DEFAULT
from comity.model.permission import Permission
from comity.screening import service
from comity.screening.model.history import OFFSET_MAX, Looked, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.screening.model.history import Past

EXPORT_ROWS_MAX = 100_000
"""Lines of one export; a longer history is exported by days."""
HEADER = ("id", "at", "by", "names", "matches", "profile", "digest")
Offset = Annotated[int, QueryParameter(ge=0, le=OFFSET_MAX)]


class PastPages(Controller):
    """Past screenings."""

    path = "/screen/past"
    opt = {"permission": Permission.SCREENING_ASK}  # noqa: RUF012 - Litestar's way

    @get(sync_to_thread=True)
    def past(
        self,
        work: NamedDependency[Work],
        id_: Annotated[str, QueryParameter(name="id", max_length=40)] = "",
        outcome: FromQuery[str] = "",
        since: FromQuery[str] = "",
        until: FromQuery[str] = "",
        offset: Offset = 0,
    ) -> Template | Redirect:
        """List one's own screenings, the latest first; an id leads to its answer."""
        if id_.strip():
            return Redirect(f"/screen/answers/{service.find(work, id_.strip()).id}", status_code=303)
        asked = _asked(work, outcome, since, until)
        found = service.history(work, asked, slice(offset, offset + PAGE_ROWS_DEFAULT))
        chosen = {name: text for name, text in (("outcome", outcome), ("since", since), ("until", until)) if text}
        context = {
            "found": found,
            "asked": asked,
            "offset": offset,
            "page_rows": PAGE_ROWS_DEFAULT,
            "address": f"/screen/past?{urlencode(chosen)}",
            "export": f"/screen/past/export?{urlencode(chosen)}",
        }
        return Template(template_name="screening/past.html", context=context)

    @get("/export", sync_to_thread=True, media_type="text/csv; charset=utf-8")
    def export(
        self,
        work: NamedDependency[Work],
        outcome: FromQuery[str] = "",
        since: FromQuery[str] = "",
        until: FromQuery[str] = "",
    ) -> Response[str]:
        """Send the list as CSV."""
        found = service.history(work, _asked(work, outcome, since, until), slice(0, EXPORT_ROWS_MAX))
        headers = {"content-disposition": 'attachment; filename="screenings.csv"'}
        return Response(_csv(found.results), media_type="text/csv; charset=utf-8", headers=headers)


def _asked(work: Work, outcome: str, since: str, until: str) -> Looked:
    known = Outcome._value2member_map_
    chosen = Outcome(outcome) if outcome in known else None
    return Looked(actor=work.actor.id, outcome=chosen, since=_day(since), until=_day(until))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _csv(results: Iterable[Past]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for one in results:
        writer.writerow((one.id, one.at.isoformat(), one.actor, one.rows, one.matches, one.profile, one.digest))
    return out.getvalue()
