"""The search page. What is looked for travels in the body of a form: a name never stands in an address."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Annotated, Any
from urllib.parse import urlencode

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
from comity.register.model.answers import Found, Hit, Search, SearchOrder
from comity.register.pages.asked import OfDay, Offset, OfInstant, Ticked, aware, ticked

EXPORTED_MAX = PAGE_ROWS_MAX * 10
"""Rows in one export; a larger answer is exported through the API, page by page."""

ORDER = ("UN", "EU", "US", "GB", "CH", "CA", "AU", "JP")
"""Regimes as columns, the widest first; further ones follow by code."""

FILTERS = ("source", "schema", "measure", "state", "country", "programme")
"""The names under which filters stand in an address and in the form."""

COLUMNS_MAX = 6
"""Regimes with a column of their own; more would leave no room for the names."""


class SearchForm(msgspec.Struct, frozen=True, kw_only=True):
    """What the form of the page holds."""

    q: str = ""
    source: Ticked = ()
    schema: Ticked = ()
    measure: Ticked = ()
    country: Ticked = ()
    programme: Ticked = ()
    state: Ticked = ()
    order: str = ""
    offset: int = 0
    drop: str = ""
    """A filter to take away, as the chip of it says: its name and its value, joined by `=`."""

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
            order=SearchOrder(self.order) if self.order in SearchOrder._value2member_map_ else SearchOrder.BEST,
            offset=self.offset,
            limit=limit,
        )

    def chosen(self) -> list[tuple[str, str]]:
        """Return every filter that is set, by name and value."""
        return [(name, value) for name in FILTERS for value in ticked(getattr(self, name))]

    def without(self, name: str, value: str) -> SearchForm:
        """Return the form without one of its filters, at its first page."""
        left = tuple(one for one in ticked(getattr(self, name)) if one != value)
        return msgspec.structs.replace(self, offset=0, drop="", **{name: left})

    def dropped(self) -> SearchForm:
        """Return the form without the filter that its reader takes away."""
        name, _, value = self.drop.partition("=")
        return self.without(name, value) if name in FILTERS else self

    def address(self, *, order: str | None = None, offset: int = 0) -> str:
        """Return the address of a page of this answer. Only filters stand in it: the text travels in the body of a form."""
        sorted_by = self.order if order is None else order
        rest = [("order", sorted_by), ("offset", str(offset) if offset else "")]
        return "/search?" + urlencode([*self.chosen(), *(pair for pair in rest if pair[1])])


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
        in_state: Annotated[tuple[str, ...], QueryParameter(name="state")] = (),
        order: FromQuery[str] = "",
        offset: Offset = 0,
        as_of: OfDay = None,
        known_at: OfInstant = None,
    ) -> Template:
        """Show the page, and what its filters find."""
        form = SearchForm(
            source=source,
            schema=schema,
            measure=measure,
            country=country,
            programme=programme,
            state=in_state,
            order=order,
            offset=offset,
        )
        return _page(work, desk, form, form.question(as_of, known_at))

    @post(status_code=200, write=False, sync_to_thread=True)
    def search(
        self,
        data: URLEncodedBody[SearchForm],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
        as_of: OfDay = None,
        known_at: OfInstant = None,
    ) -> Template:
        """Show what answers a text and its filters."""
        form = data.dropped()
        return _page(work, desk, form, form.question(as_of, known_at))

    @post("/export", status_code=200, write=False, sync_to_thread=True)
    def export(
        self,
        data: URLEncodedBody[SearchForm],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
        as_of: OfDay = None,
        known_at: OfInstant = None,
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


def rank(code: str) -> tuple[int, str]:
    """Return where a regime stands among others, side by side."""
    return (ORDER.index(code) if code in ORDER else len(ORDER), code)


def _page(work: Work, desk: Desk, form: SearchForm, question: Search) -> Template:
    asked = bool(question.text or question.has_filters)
    found = service.search(work, desk, question) if asked else None
    codes = {one.code for hit in found.results for one in hit.standing} if found else set()
    shown = sorted(codes, key=rank)
    states = lists.states(work, desk)
    context: dict[str, Any] = {
        "form": form,
        "question": question,
        "found": found,
        "columns": shown[:COLUMNS_MAX],
        "further": shown[COLUMNS_MAX:],
        "filters": FILTERS,
        "listed": found.facets.get("state", {}).get(State.LISTED.value, 0) if found else 0,
        "titles": {state.source: state for state in states},
        "grounds": sorted((state for state in states if state.in_force), key=lambda one: rank(one.code)),
        "today": work.at.date(),
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
