"""The search page. What is looked for travels in the body of a form: a name never stands in an address."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from typing import Annotated, Any

import msgspec
from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter, URLEncodedBody
from litestar.response import Template

from comity.infra.work import Work
from comity.kit.limits import PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX
from comity.lists import service as lists
from comity.lists.service import Desk
from comity.model.designation import State
from comity.model.permission import Permission
from comity.register import service
from comity.register.model.answers import Found, Hit, Search

EXPORTED_MAX = PAGE_ROWS_MAX * 10
"""Rows in one export; a larger answer is exported through the API, page by page."""

ORDER = ("UN", "EU", "US", "GB", "CH", "CA", "AU", "JP")
"""Regimes as columns, the widest first; further ones follow by code."""

COLUMNS_MAX = 6
"""Regimes with a column of their own; more would leave no room for the names."""

Ticked = tuple[str, ...] | str
Offset = Annotated[int, QueryParameter(ge=0, le=1_000_000)]


class SearchForm(msgspec.Struct, frozen=True, kw_only=True):
    """What the form of the page holds."""

    q: str = ""
    source: Ticked = ()
    schema: Ticked = ()
    measure: Ticked = ()
    country: Ticked = ()
    programme: Ticked = ()
    state: Ticked = ()
    offset: int = 0

    def question(self, as_of: date | None, known_at: datetime | None, limit: int = PAGE_ROWS_DEFAULT) -> Search:
        """Return the question that the form asks. Raises `QuestionTooLong`, `PageOutOfRange`."""
        return Search(
            text=self.q.strip(),
            as_of=as_of,
            known_at=aware(known_at),
            sources=ticked(self.source),
            schemas=ticked(self.schema),
            measures=ticked(self.measure),
            countries=ticked(self.country),
            programmes=ticked(self.programme),
            states=tuple(State(state) for state in ticked(self.state) if state in State._value2member_map_),
            offset=self.offset,
            limit=limit,
        )


class SearchPages(Controller):
    """Find anyone and anything that any list names."""

    path = "/search"
    opt = {"permission": Permission.REGISTER_READ}  # noqa: RUF012 - Litestar's way

    @get(sync_to_thread=True)
    def browse(  # noqa: PLR0913, PLR0917 - one parameter for each filter
        self,
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
        source: FromQuery[tuple[str, ...]] = (),
        schema: FromQuery[tuple[str, ...]] = (),
        measure: FromQuery[tuple[str, ...]] = (),
        country: FromQuery[tuple[str, ...]] = (),
        programme: FromQuery[tuple[str, ...]] = (),
        offset: Offset = 0,
        as_of: FromQuery[date | None] = None,
        known_at: FromQuery[datetime | None] = None,
    ) -> Template:
        """Show the page, and what its filters find."""
        form = SearchForm(
            source=source, schema=schema, measure=measure, country=country, programme=programme, offset=offset
        )
        return _page(work, desk, form, form.question(as_of, known_at))

    @post(status_code=200, write=False, sync_to_thread=True)
    def search(
        self,
        data: URLEncodedBody[SearchForm],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
        as_of: FromQuery[date | None] = None,
        known_at: FromQuery[datetime | None] = None,
    ) -> Template:
        """Show what answers a text and its filters."""
        return _page(work, desk, data, data.question(as_of, known_at))

    @post("/export", status_code=200, write=False, sync_to_thread=True)
    def export(
        self,
        data: URLEncodedBody[SearchForm],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
        as_of: FromQuery[date | None] = None,
        known_at: FromQuery[datetime | None] = None,
    ) -> Response[str]:
        """Send the answer as CSV, with its grounds in the first lines."""
        rows: list[Hit] = []
        found: Found | None = None
        while found is None or (len(rows) < min(found.total, EXPORTED_MAX)):
            form = msgspec.structs.replace(data, offset=len(rows))
            found = service.search(work, desk, form.question(as_of, known_at, PAGE_ROWS_MAX))
            if not found.results:
                break
            rows += found.results
        headers = {"content-disposition": 'attachment; filename="search.csv"'}
        return Response(_csv(rows, found), media_type="text/csv", headers=headers)


def ticked(value: Ticked) -> tuple[str, ...]:
    """Return the boxes of one name that were ticked; one alone arrives as text."""
    return (value,) if isinstance(value, str) and value else tuple(value)


def aware(at: datetime | None) -> datetime | None:
    """Return an instant from a form, which is in UTC where it does not say otherwise."""
    return at.replace(tzinfo=at.tzinfo or UTC) if at else None


def columns(codes: set[str]) -> list[str]:
    """Return regimes in the order in which they stand side by side."""
    return sorted(codes, key=lambda code: (ORDER.index(code) if code in ORDER else len(ORDER), code))


def _page(work: Work, desk: Desk, form: SearchForm, question: Search) -> Template:
    asked = bool(question.text or question.has_filters)
    found = service.search(work, desk, question) if asked else None
    codes = {one.code for hit in found.results for one in hit.standing} if found else set()
    shown = columns(codes)
    states: dict[str, int] = found.facets.get("state", {}) if found else {}
    context: dict[str, Any] = {
        "form": form,
        "question": question,
        "found": found,
        "columns": shown[:COLUMNS_MAX],
        "further": shown[COLUMNS_MAX:],
        "states": states,
        "titles": {state.source: state for state in lists.states(work, desk)},
        "grounds": [state for state in lists.states(work, desk) if state.in_force],
    }
    return Template(template_name="register/search.html", context=context)


def _csv(rows: list[Hit], found: Found) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["# as of", found.as_of.isoformat(), "known at", found.known_at.isoformat() if found.known_at else "now"]
    )
    writer.writerow(["# rows", len(rows), "of", found.total])
    writer.writerow(
        ["id", "schema", "caption", "original", "born", "countries", "programmes", "measures", "standing", "score"]
    )
    for hit in rows:
        standing = "; ".join(f"{one.source} {one.state.value} {one.since or ''}".strip() for one in hit.standing)
        lists_ = (hit.born, hit.countries, hit.programmes, hit.measures)
        joined = ["; ".join(values) for values in lists_]
        row = [hit.id, hit.schema, hit.caption, hit.original, *joined, standing, f"{hit.score:.3f}"]
        writer.writerow([_plain(str(value)) for value in row])
    return out.getvalue()


def _plain(text: str) -> str:
    """Keep a spreadsheet from reading a name as a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
