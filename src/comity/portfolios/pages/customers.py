"""The pages of a portfolio's customers: listed, searched by name, exported; and of one customer."""

from __future__ import annotations

import csv
import io
from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter, URLEncodedBody
from litestar.response import Redirect, Template

from comity.infra.work import Work
from comity.kit.limits import PAGE_ROWS_DEFAULT
from comity.model.permission import Permission
from comity.portfolios import service
from comity.portfolios.model.answers import Filter, Page, Show

CSV = "text/csv; charset=utf-8"
EXPORT_MAX = 1_000_000
"""Customers in one file."""
EXPORTED = ("id", "name", "schema", "known_since", "ended_at", "found", "likeliest", "references", "probability")
RECORDED: dict[str, Any] = {"permission": Permission.PORTFOLIOS_READ, "write": True}
Offset = Annotated[int, QueryParameter(ge=0, le=100_000_000)]


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a name to look for; it travels in the body, since a name never stands in an address."""

    text: str = ""
    show: str = Show.STANDING.value
    offset: int = 0

    def filter(self, limit: int = PAGE_ROWS_DEFAULT) -> Filter:
        """Return what is asked."""
        known = Show._value2member_map_
        show = Show(self.show) if self.show in known else Show.STANDING
        return Filter(text=self.text.strip(), show=show, offset=max(self.offset, 0), limit=limit)


class CustomerPages(Controller):
    """Customers."""

    path = "/"
    opt = RECORDED

    @get("/portfolios/{portfolio:str}/customers", sync_to_thread=True)
    def browse(
        self,
        portfolio: FromPath[str],
        work: NamedDependency[Work],
        show: FromQuery[str] = "standing",
        offset: Offset = 0,
    ) -> Template:
        """List customers of a portfolio, by what is found of them."""
        return _listed(work, portfolio, Sought(show=show, offset=offset))

    @post("/portfolios/{portfolio:str}/customers", status_code=200, sync_to_thread=True)
    def search(self, portfolio: FromPath[str], data: URLEncodedBody[Sought], work: NamedDependency[Work]) -> Template:
        """Look for customers by a part of their name, or the beginning of their id."""
        return _listed(work, portfolio, data)

    @post("/portfolios/{portfolio:str}/customers/export", status_code=200, sync_to_thread=True)
    def export(
        self, portfolio: FromPath[str], data: URLEncodedBody[Sought], work: NamedDependency[Work]
    ) -> Response[str]:
        """Send the customers that fit as a table."""
        page = service.search(work, portfolio, msgspec.structs.replace(data, offset=0).filter(EXPORT_MAX))
        headers = {"content-disposition": f'attachment; filename="{portfolio}.customers.csv"'}
        return Response(_csv(page), media_type=CSV, headers=headers)

    @get("/customers/{key:str}", sync_to_thread=True)
    def one(self, key: FromPath[str], work: NamedDependency[Work]) -> Template:
        """Show one customer: what is known, what is found of it and was, and where its alerts stand."""
        portfolio, customer = service.locate(work, key)
        shown = service.show(work, portfolio, customer)
        context = {
            "shown": shown,
            "portfolio": service.find(work, portfolio),
            "runs": service.runs_by_id(work, portfolio),
        }
        return Template(template_name="portfolios/customer.html", context=context)

    @post("/customers/{key:str}/end", permission=Permission.PORTFOLIOS_MANAGE, sync_to_thread=True)
    def end(self, key: FromPath[str], work: NamedDependency[Work]) -> Redirect:
        """End a customer; nothing is deleted."""
        service.end(work, *service.locate(work, key))
        return Redirect(f"/customers/{key}", status_code=303)


def _listed(work: Work, portfolio: str, sought: Sought) -> Template:
    asked = sought.filter()
    page = service.search(work, portfolio, asked)
    context = {
        "portfolio": service.find(work, portfolio),
        "page": page,
        "asked": asked,
        "last": asked.offset + len(page.customers),
        "previous": _address(portfolio, asked, asked.offset - asked.limit) if asked.offset else "",
        "next": _address(portfolio, asked, asked.offset + asked.limit)
        if asked.offset + asked.limit < page.total
        else "",
        "shows": [one.value for one in Show],
    }
    return Template(template_name="portfolios/customers.html", context=context)


def _address(portfolio: str, asked: Filter, offset: int) -> str:
    """Return the address of another page; a search by name has none, and goes on by its form."""
    if asked.text:
        return ""
    query = {"show": asked.show.value, "offset": max(offset, 0)}
    return f"/portfolios/{portfolio}/customers?{urlencode(query)}"


def _csv(page: Page) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(EXPORTED)
    for one in page.customers:
        found = page.findings.get(one.customer.id)
        best = found.results[0] if found else None
        said = str(len(found.results)) if found else "cleared" if page.is_cleared(one) else "not screened"
        ended = one.ended_at.isoformat() if one.ended_at else ""
        row = (one.customer.id, one.customer.caption, one.customer.schema, one.since.isoformat(), ended, said)
        more = (best.caption, "|".join(best.references), f"{best.probability:.6f}") if best else ("", "", "")
        writer.writerow([_plain(value) for value in (*row, *more)])
    return text.getvalue()


def _plain(text: str) -> str:
    """Return a value that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} else text
