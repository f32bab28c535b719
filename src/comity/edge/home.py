"""The first page, the page of keys, and the addresses at which there is nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from litestar import Controller, get, route
from litestar.connection import Request
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from comity.edge.problems import AddressUnknown, explain
from comity.edge.shell import NODE, OFFERS
from comity.edge.work_queue import queue
from comity.infra.work import Work
from comity.model.permission import Permission

if TYPE_CHECKING:
    from comity.accounts.model import SignedIn
    from comity.edge.shell import Offers
    from comity.node import Node

NEWS_MAX: Final = 8
EVERY: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


class HomePages(Controller):
    """The work queue by role, and the keys of the console."""

    @get("/", permission=Permission.SELF, sync_to_thread=True)
    def home(self, request: Request[Any, Any, Any], work: NamedDependency[Work]) -> Template:
        """Show what waits for this person, the most urgent first, and what happened meanwhile."""
        offers: Offers = request.app.state[OFFERS]
        node: Node = request.app.state[NODE]
        signed: SignedIn = request.user
        items = [item for offer in offers.items for item in offer(work, signed.permissions)]
        news = sorted(
            (one for offer in offers.news for one in offer(work, signed.permissions)),
            key=lambda one: one.at,
            reverse=True,
        )
        context = {"queue": queue(items, work.at, node.settings.node.kind), "news": news[:NEWS_MAX]}
        return Template("home.html", context=context)

    @get("/keys", permission=Permission.SELF, sync_to_thread=True)
    def keys(self, work: NamedDependency[Work]) -> Template:  # noqa: ARG002 - the shell is read with it
        """Show every key of the console, as behind `?`."""
        return Template("keys.html")


class ProblemPages(Controller):
    """What a problem's code means: the address that stands as `type` in every problem document."""

    @get("/problems/{code:str}", permission=Permission.PUBLIC, sync_to_thread=False)
    def show(self, code: FromPath[str]) -> Template:
        """Say what kind of failure has this code, in the words in which it is documented. Raises `AddressUnknown`."""
        found = explain(code)
        if found is None:
            raise AddressUnknown("There is no such problem.")
        return Template("problem.html", context={"found": found})


class Nothing(Controller):
    """Every address that is not somebody's: it must pass the same doors as those that are, to look alike."""

    include_in_schema = False

    @route("/{address:path}", http_method=EVERY, permission=Permission.PUBLIC, sync_to_thread=False)
    def nothing(self, address: FromPath[str]) -> None:
        """Say that there is nothing here."""
        raise AddressUnknown("There is nothing here.", characters=len(address))
