"""The pages of all portfolios, of one, and of what one run changed."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from comity.infra.work import Work
from comity.model.permission import Permission
from comity.portfolios import service
from comity.portfolios.model.failures import PortfolioExists, PortfolioUnfit, RunUnknown
from comity.portfolios.model.portfolio import PROFILE

if TYPE_CHECKING:
    from comity.kit.errors import Failure

RECORDED: dict[str, Any] = {"permission": Permission.PORTFOLIOS_READ, "write": True}


class NewForm(msgspec.Struct, frozen=True, kw_only=True):
    """A portfolio to create."""

    id: str = ""
    title: str = ""
    profile: str = PROFILE


class OrderForm(msgspec.Struct, frozen=True, kw_only=True):
    """How much to screen."""

    whole: str = ""


class PortfolioPages(Controller):
    """Portfolios and where they stand."""

    path = "/portfolios"
    opt = {"permission": Permission.PORTFOLIOS_READ}  # noqa: RUF012 - Litestar's way

    @get(sync_to_thread=True)
    def overview(self, work: NamedDependency[Work]) -> Template:
        """Show every portfolio: how many are in it, what is found, and against which editions it stands."""
        return _overview(work)

    @post(permission=Permission.PORTFOLIOS_MANAGE, sync_to_thread=True)
    def create(self, data: URLEncodedBody[NewForm], work: NamedDependency[Work]) -> Template | Redirect:
        """Create a portfolio."""
        try:
            made = service.create(work, data.id.strip(), data.title, data.profile)
        except (PortfolioUnfit, PortfolioExists) as failure:  # nothing is written yet
            return _overview(work, failure, data)
        return Redirect(f"/portfolios/{made.id}", status_code=303)

    @get("/{portfolio:str}", sync_to_thread=True)
    def one(self, portfolio: FromPath[str], work: NamedDependency[Work]) -> Template:
        """Show one portfolio: where it stands, its runs, its files, and how to take another in."""
        context = {
            "standing": service.standing(work, portfolio),
            "runs": service.runs_of(work, portfolio, 20),
            "imports": service.imports(work, portfolio)[:20],
            "jobs": service.orders(work, portfolio),
            "failure": None,
        }
        return Template(template_name="portfolios/portfolio.html", context=context)

    @post("/{portfolio:str}/screen", permission=Permission.PORTFOLIOS_MANAGE, sync_to_thread=True)
    def screen(
        self, portfolio: FromPath[str], data: URLEncodedBody[OrderForm], work: NamedDependency[Work]
    ) -> Redirect:
        """Order that a portfolio is screened, in the background."""
        service.order(work, portfolio, whole=bool(data.whole))
        return Redirect(f"/portfolios/{portfolio}", status_code=303)

    @get("/{portfolio:str}/runs/{run:str}", opt=RECORDED, sync_to_thread=True)
    def run(self, portfolio: FromPath[str], run: FromPath[str], work: NamedDependency[Work]) -> Template:
        """Show what one run changed."""
        found = service.find_run(work, run)
        if found is None or found.portfolio != portfolio:
            raise RunUnknown("There is no run with this id.")
        changes = service.changes(work, run)
        context = {
            "run": found,
            "portfolio": service.find(work, portfolio),
            "fresh": [one for one in changes if one.since_run == run],
            "gone": [one for one in changes if one.until_run == run],
            "kept": service.some(work, portfolio, {one.customer for one in changes}),
        }
        return Template(template_name="portfolios/run.html", context=context)


def _overview(work: Work, failure: Failure | None = None, form: NewForm | None = None) -> Template:
    standings = service.standings(work)
    context = {
        "standings": standings,
        "customers": sum(one.customers for one in standings),
        "matched": sum(one.matched for one in standings),
        "stale": [one for one in standings if one.is_stale],
        "failure": failure,
        "form": form or NewForm(),
    }
    status = HTTPStatus.OK if failure is None else HTTPStatus.UNPROCESSABLE_ENTITY
    return Template(template_name="portfolios/portfolios.html", context=context, status_code=status)
