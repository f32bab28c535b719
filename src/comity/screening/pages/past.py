"""Past screenings, one's own or those of others: filtered, paged, exported. A line names nobody; the answer does."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote, urlencode

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter
from litestar.response import Redirect, Template

from comity.infra.work import Work
from comity.kit.limits import PAGE_ROWS_DEFAULT
from comity.model.permission import Permission
from comity.screening import service
from comity.screening.model.history import ACTOR_CHARS_MAX, OFFSET_MAX, Looked, Outcome
from comity.screening.pages.asking import REVIEW

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.screening.model.history import History, Past

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
            return Redirect(f"/screen/answers/{quote(id_.strip(), safe='')}", status_code=303)
        asked = _asked(work.actor.id, outcome, since, until)
        found = service.history(work, asked, slice(offset, offset + PAGE_ROWS_DEFAULT))
        return _page(found, asked, offset, "/screen/past")

    @get("/export", sync_to_thread=True, media_type="text/csv; charset=utf-8")
    def export(
        self,
        work: NamedDependency[Work],
        outcome: FromQuery[str] = "",
        since: FromQuery[str] = "",
        until: FromQuery[str] = "",
    ) -> Response[str]:
        """Send the list as CSV."""
        found = service.history(work, _asked(work.actor.id, outcome, since, until), slice(0, EXPORT_ROWS_MAX))
        headers = {"content-disposition": 'attachment; filename="screenings.csv"'}
        return Response(_csv(found.results), media_type="text/csv; charset=utf-8", headers=headers)


class ReviewPages(Controller):
    """What others asked; each look is recorded."""

    path = "/screen/review"
    opt = REVIEW

    @get(sync_to_thread=True)
    def review(  # noqa: PLR0913, PLR0917 - one parameter for each filter
        self,
        work: NamedDependency[Work],
        id_: Annotated[str, QueryParameter(name="id", max_length=40)] = "",
        actor: Annotated[str, QueryParameter(max_length=ACTOR_CHARS_MAX)] = "",
        outcome: FromQuery[str] = "",
        since: FromQuery[str] = "",
        until: FromQuery[str] = "",
        offset: Offset = 0,
    ) -> Template | Redirect:
        """List anybody's screenings, the latest first; an id leads to its answer."""
        if id_.strip():
            return Redirect(f"/screen/review/{quote(id_.strip(), safe='')}", status_code=303)
        asked = _asked(actor.strip(), outcome, since, until)
        found = service.review(work, asked, slice(offset, offset + PAGE_ROWS_DEFAULT))
        return _page(found, asked, offset, "/screen/review")


def _page(found: History, asked: Looked, offset: int, path: str) -> Template:
    is_review = path == ReviewPages.path
    said = {
        "actor": asked.actor if is_review else "",
        "outcome": asked.outcome.value if asked.outcome else "",
        "since": str(asked.since or ""),
        "until": str(asked.until or ""),
    }
    chosen = urlencode({name: text for name, text in said.items() if text})
    context = {
        "found": found,
        "asked": asked,
        "chosen": said,
        "is_filtered": bool(chosen),
        "is_review": is_review,
        "path": path,
        "offset": offset,
        "page_rows": PAGE_ROWS_DEFAULT,
        "address": f"{path}?{chosen}",
        "export": f"/screen/past/export?{chosen}",
    }
    return Template(template_name="screening/past.html", context=context)


def _asked(actor: str, outcome: str, since: str, until: str) -> Looked:
    known = Outcome._value2member_map_
    chosen = Outcome(outcome) if outcome in known else None
    return Looked(actor=actor, outcome=chosen, since=_day(since), until=_day(until))


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
