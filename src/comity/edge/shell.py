"""What stands round every page: whose node this is, who reads, where they can go, at which times, and on which grounds.

Features contribute to it by functions over an open `Work`; the shell of a page is read in the page's own transaction, so that
its counts, its grounds and its content are of one moment.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

import msgspec

from comity.edge import i18n, places
from comity.edge.places import Count, Entry
from comity.edge.times import Times
from comity.kit.errors import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from litestar.connection import ASGIConnection

    from comity.accounts.model import SignedIn
    from comity.edge.work_queue import HomeItem, News
    from comity.infra.work import Work
    from comity.model.permission import Permission
    from comity.node import Node

SHELL: Final = "comity_shell"
"""Where a request keeps its shell."""
NODE: Final = "node"
OFFERS: Final = "offers"
EXISTING: Final = "existing"


class ListGround(msgspec.Struct, frozen=True, kw_only=True):
    """One authority on the ground line: its lists with an edition in force."""

    label: str
    """As the ground line abbreviates it: `UN`, `EU`."""
    titles: tuple[str, ...]
    """Its lists, as their publisher calls them."""
    published_on: date
    """The day of the newest edition among them."""


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """What every answer of this node rests on now."""

    lists: tuple[ListGround, ...] = ()
    """The lists with an edition in force."""
    quarantined: tuple[ListGround, ...] = ()
    """Editions that wait for a person, and are not used."""
    ledger_size: int | None = None
    """Events in the ledger."""


class Around(msgspec.Struct, frozen=True, kw_only=True):
    """What the features say about every page."""

    ground: Ground = Ground()
    counts: dict[str, Count] = {}
    """How much waits in each place, by the place's id."""


@dataclass(frozen=True)
class Offers:
    """What the features of this node contribute to the shell and to the work queue."""

    around: Callable[[Work, Collection[Permission]], Around] = field(default=lambda _work, _held: Around())
    items: tuple[Callable[[Work, Collection[Permission]], tuple[HomeItem, ...]], ...] = ()
    news: tuple[Callable[[Work, Collection[Permission]], tuple[News, ...]], ...] = ()


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """How this person wants pages to be."""

    language: i18n.Language
    density: str = "regular"
    """`compact`, `regular` or `comfortable`."""
    scheme: str = "auto"
    """`light`, `dark`, or `auto`: as the reader's system says."""
    single_keys: bool = True
    """Whether single keys act (WCAG 2.2, 2.1.4)."""


class Shell(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that `base.html` shows apart from the page itself."""

    node_name: str
    node_country: str
    reader: Reader
    signed: Any
    """The `SignedIn`, or None."""
    times: Times
    now: datetime
    path: str
    """The address of this page, without its query."""
    kept: tuple[tuple[str, str], ...]
    """The page's own query parameters, which the form of the two times carries along."""
    rail: tuple[tuple[str, tuple[Entry, ...]], ...]
    ground: Ground | None
    """None where nobody looked: on pages without a work."""
    is_part: bool
    """Whether only the main part of the page was asked for."""

    @property
    def is_past(self) -> bool:
        """Whether the page shows history, on which nothing can be decided."""
        return not self.times.is_now

    @property
    def now_path(self) -> str:
        """The address of this page as of now."""
        return f"{self.path}?{urlencode(self.kept)}" if self.kept else self.path

    def can(self, permission: str) -> bool:
        """Whether the reader holds a permission, named as in `Permission`: `lists.update`."""
        return self.signed is not None and any(held.value == permission for held in self.signed.permissions)


def reader(connection: ASGIConnection[Any, Any, Any, Any]) -> Reader:
    """Return how the person who asks wants pages to be; a stranger is known by the browser's language only."""
    signed: SignedIn | None = connection.scope.get("user")
    node: Node = connection.app.state[NODE]
    accepted = connection.headers.get("accept-language", "")
    otherwise = node.settings.node.language
    if signed is None:
        return Reader(language=i18n.choose(None, accepted, otherwise))
    wishes = signed.preferences
    return Reader(
        language=i18n.choose(wishes.language, accepted, otherwise),
        density=wishes.density,
        scheme=wishes.scheme,
        single_keys=wishes.single_keys,
    )


def furnish(connection: ASGIConnection[Any, Any, Any, Any], work: Work | None = None) -> Shell:
    """Make a request's shell and keep it; with a work, the rail has its counts and the page its ground line."""
    node: Node = connection.app.state[NODE]
    offers: Offers = connection.app.state[OFFERS]
    signed: SignedIn | None = connection.scope.get("user")
    held: Collection[Permission] = signed.permissions if signed else frozenset()
    around = offers.around(work, held) if work and signed else None
    made = Shell(
        node_name=node.settings.node.name,
        node_country=node.settings.node.country,
        reader=reader(connection),
        signed=signed,
        times=_times(connection, is_strict=work is not None),
        now=node.clock.now(),
        path=connection.url.path,
        kept=_kept(connection),
        rail=places.rail(
            here=connection.url.path,
            existing=connection.app.state[EXISTING],
            permissions=held,
            counts=around.counts if around else {},
        )
        if signed
        else (),
        ground=around.ground if around else None,
        is_part=connection.headers.get("hx-request-type") == "partial",
    )
    connection.scope["state"][SHELL] = made
    return made


def shell_of(connection: ASGIConnection[Any, Any, Any, Any]) -> Shell:
    """Return a request's shell, made without a work where it has none yet."""
    found: Shell | None = connection.scope["state"].get(SHELL)
    return found or furnish(connection)


def _times(connection: ASGIConnection[Any, Any, Any, Any], *, is_strict: bool) -> Times:
    try:
        return Times.of(connection.query_params)
    except Failure:
        if is_strict:
            raise
        return Times()  # the page that says so is itself read now


def _kept(connection: ASGIConnection[Any, Any, Any, Any]) -> tuple[tuple[str, str], ...]:
    pairs = connection.query_params.multi_items()
    return tuple((name, value) for name, value in pairs if name not in {"as_of", "known_at"})
