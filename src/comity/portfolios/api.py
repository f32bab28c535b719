"""Portfolios for programs: where they stand, what is in them, what was found, and further customers."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Stream

from comity.infra.work import Work
from comity.kit.limits import PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX, SEARCH_TEXT_CHARS_MAX
from comity.model.permission import Permission
from comity.portfolios import service
from comity.portfolios.model.answers import Filter, Page, Show, Shown
from comity.portfolios.model.portfolio import PROFILE, TITLE_CHARS_MAX, Finding, Import, Kept, Portfolio, Run, Standing

NDJSON = "application/x-ndjson"
READ: dict[str, Any] = {"permission": Permission.PORTFOLIOS_READ}
RECORDED: dict[str, Any] = {"permission": Permission.PORTFOLIOS_READ, "write": True}
"""Reads that are recorded in the ledger."""
MANAGE: dict[str, Any] = {"permission": Permission.PORTFOLIOS_MANAGE}


class NewPortfolio(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A portfolio to create."""

    id: str
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=TITLE_CHARS_MAX)]
    profile: str = PROFILE


class Sought(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which customers to list. It travels in the body: a name never stands in an address."""

    text: Annotated[str, msgspec.Meta(max_length=SEARCH_TEXT_CHARS_MAX)] = ""
    show: Show = Show.STANDING
    offset: Annotated[int, msgspec.Meta(ge=0)] = 0
    limit: Annotated[int, msgspec.Meta(ge=1, le=PAGE_ROWS_MAX)] = PAGE_ROWS_DEFAULT


class Ordering(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much to screen."""

    whole: bool = False
    """Everybody, whatever was found before."""


class Ordered(msgspec.Struct, frozen=True, kw_only=True):
    """What was ordered."""

    job: str


class Portfolios(Controller):
    """Portfolios, and where they stand."""

    path = "/v1/portfolios"
    opt = READ

    @get(sync_to_thread=True)
    def standings(self, work: NamedDependency[Work]) -> list[Standing]:
        """Show where every portfolio stands: against which editions, how old, and what is found."""
        return service.standings(work)

    @post(permission=Permission.PORTFOLIOS_MANAGE, sync_to_thread=True)
    def create(self, data: JSONBody[NewPortfolio], work: NamedDependency[Work]) -> Portfolio:
        """Create a portfolio."""
        return service.create(work, data.id, data.title, data.profile)

    @get("/{portfolio:str}", sync_to_thread=True)
    def standing(self, portfolio: FromPath[str], work: NamedDependency[Work]) -> Standing:
        """Show where one portfolio stands."""
        return service.standing(work, portfolio)

    @get("/{portfolio:str}/imports", sync_to_thread=True)
    def imports(self, portfolio: FromPath[str], work: NamedDependency[Work]) -> list[Import]:
        """List the files that were read into a portfolio, newest first."""
        return service.imports(work, portfolio)

    @get("/{portfolio:str}/runs", sync_to_thread=True)
    def runs(self, portfolio: FromPath[str], work: NamedDependency[Work]) -> list[Run]:
        """List the last runs of a portfolio, newest first."""
        return service.runs_of(work, portfolio)

    @post("/{portfolio:str}/runs", permission=Permission.PORTFOLIOS_MANAGE, status_code=202, sync_to_thread=True)
    def order(self, portfolio: FromPath[str], data: JSONBody[Ordering], work: NamedDependency[Work]) -> Ordered:
        """Order that a portfolio is screened in the background."""
        return Ordered(job=service.order(work, portfolio, whole=data.whole))

    @post("/{portfolio:str}/customers/search", opt=RECORDED, status_code=200, sync_to_thread=True)
    def search(self, portfolio: FromPath[str], data: JSONBody[Sought], work: NamedDependency[Work]) -> Page:
        """List the customers of a portfolio that fit, one page of them."""
        return service.search(work, portfolio, Filter(**msgspec.structs.asdict(data)))

    @get("/{portfolio:str}/findings", opt=RECORDED, sync_to_thread=True, media_type=NDJSON)
    def findings(self, portfolio: FromPath[str], work: NamedDependency[Work]) -> Stream:
        """Send what is found of anybody in a portfolio now, one JSON object a line."""
        lines = [msgspec.json.encode(one) + b"\n" for one in service.found(work, portfolio)]
        return Stream(lines, media_type=NDJSON)


class Runs(Controller):
    """What one run changed."""

    path = "/v1/portfolio-runs/{run:str}"
    opt = RECORDED

    @get("/changes", sync_to_thread=True)
    def changes(self, run: FromPath[str], work: NamedDependency[Work]) -> list[Finding]:
        """List what a run found anew (`since_run` is the run), and what it found no longer (`until_run` is)."""
        return service.changes(work, run)


class Customers(Controller):
    """One customer. Its key is in the list of customers; its id, which may be personal data, stands in no address."""

    path = "/v1/customers/{key:str}"
    opt = RECORDED

    @get(sync_to_thread=True)
    def show(self, key: FromPath[str], work: NamedDependency[Work]) -> Shown:
        """Show all that is known of a customer, what was found of it and when, and where its alerts stand."""
        return service.show(work, *service.locate(work, key))

    @post("/end", permission=Permission.PORTFOLIOS_MANAGE, status_code=200, sync_to_thread=True)
    def end(self, key: FromPath[str], work: NamedDependency[Work]) -> Kept:
        """End a customer; nothing is deleted, and look-backs find it still."""
        return service.end(work, *service.locate(work, key))


CONTROLLERS = (Portfolios, Runs, Customers)
"""What this feature adds to the API."""
