"""Every statement about an entity: who says so, since which edition, in which spelling; filtered by its address."""

from __future__ import annotations

from collections import Counter
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.response import Template

from comity.infra.work import Work
from comity.kit.limits import PAGE_ROWS_DEFAULT
from comity.lists.service import Desk
from comity.model.permission import Permission
from comity.register import service
from comity.register.model.profile import StatementShown
from comity.register.pages.asked import OfDay, Offset, OfInstant, aware, entity_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


class Lasting(Enum):
    """Whether a list still says so."""

    STILL = "still"
    NO_LONGER = "no_longer"


class Order(Enum):
    """In which order statements stand: by what they say, or the latest said first."""

    PROPERTY = "property"
    NEWEST = "newest"


class WhichStatements(msgspec.Struct, frozen=True, kw_only=True):
    """Which statements are shown; an empty filter is open."""

    properties: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    lasting: Lasting | None = None
    order: Order = Order.PROPERTY

    def of(self, rows: Iterable[StatementShown], leaving_out: str = "") -> list[StatementShown]:
        """Return those that pass, but for the filter of one name, whose own counts must not depend on it."""
        return [
            one
            for one in rows
            if (leaving_out == "property" or not self.properties or one.property in self.properties)
            and (leaving_out == "source" or not self.lists or one.source in self.lists)
            and (
                leaving_out == "lasting"
                or self.lasting is None
                or (one.until_edition is None) is (self.lasting is Lasting.STILL)
            )
        ]

    def sorted(self, rows: Iterable[StatementShown]) -> list[StatementShown]:
        """Return them in their order."""
        if self.order is Order.NEWEST:
            return sorted(rows, key=lambda one: (one.since_edition.partition("@")[2], one.property), reverse=True)
        return sorted(rows, key=lambda one: (one.about, one.property, one.until_edition is not None, one.value))

    @property
    def is_open(self) -> bool:
        """Whether every statement is shown."""
        return not self.properties and not self.lists and self.lasting is None


class StatementPages(Controller):
    """The statements of one entity."""

    path = "/entities/{entity_id:str}/statements"
    opt = {"permission": Permission.REGISTER_READ}  # noqa: RUF012 - Litestar's way

    @get(sync_to_thread=True)
    def statements(  # noqa: PLR0913, PLR0917 - one parameter for each filter
        self,
        entity_id: FromPath[str],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
        of: Annotated[tuple[str, ...], QueryParameter(name="property")] = (),
        source: FromQuery[tuple[str, ...]] = (),
        lasting: FromQuery[str] = "",
        order: FromQuery[str] = "",
        offset: Offset = 0,
        as_of: OfDay = None,
        known_at: OfInstant = None,
    ) -> Template:
        """List the statements that pass the filter, each with its source, spelling, and the editions that make it."""
        profile = service.show(work, desk, entity_id, as_of=as_of, known_at=aware(known_at))
        which = which_of(of, source, lasting, order)
        every = service.shown(work, profile).statements
        kept = which.sorted(which.of(every))
        context: dict[str, Any] = {
            "which": which,
            "rows": kept[offset : offset + PAGE_ROWS_DEFAULT],
            "total": len(kept),
            "offset": offset,
            "page_rows": PAGE_ROWS_DEFAULT,
            "counts": {
                "property": _counted(which, every, "property", lambda one: one.property),
                "source": _counted(which, every, "source", lambda one: one.source),
                "lasting": _counted(which, every, "lasting", _lasting),
            },
            "titles": {entry.source: entry for entry in profile.entries},
        }
        return entity_page("statements", work, profile, context)

    @get("/export", sync_to_thread=True)
    def export(  # noqa: PLR0913, PLR0917 - as the page
        self,
        entity_id: FromPath[str],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
        of: Annotated[tuple[str, ...], QueryParameter(name="property")] = (),
        source: FromQuery[tuple[str, ...]] = (),
        lasting: FromQuery[str] = "",
        order: FromQuery[str] = "",
        as_of: OfDay = None,
        known_at: OfInstant = None,
    ) -> Response[bytes]:
        """Send the statements that pass the filter, one JSON object a line."""
        profile = service.show(work, desk, entity_id, as_of=as_of, known_at=aware(known_at))
        which = which_of(of, source, lasting, order)
        rows = which.sorted(which.of(service.shown(work, profile).statements))
        headers = {"content-disposition": f'attachment; filename="{profile.id}.statements.jsonl"'}
        return Response(msgspec.json.Encoder().encode_lines(rows), media_type="application/x-ndjson", headers=headers)


def which_of(properties: Sequence[str], lists: Sequence[str], lasting: str, order: str) -> WhichStatements:
    """Return the filter that an address states; what it misspells is left open."""
    return WhichStatements(
        properties=tuple(filter(None, properties)),
        lists=tuple(filter(None, lists)),
        lasting=Lasting(lasting) if lasting in Lasting._value2member_map_ else None,
        order=Order(order) if order in Order._value2member_map_ else Order.PROPERTY,
    )


def _counted(
    which: WhichStatements, rows: Iterable[StatementShown], name: str, of: Callable[[StatementShown], str]
) -> dict[str, int]:
    """Return how many statements each value of a filter would show, the most first."""
    return dict(Counter(of(one) for one in which.of(rows, leaving_out=name)).most_common())


def _lasting(one: StatementShown) -> str:
    lasting = Lasting.STILL if one.until_edition is None else Lasting.NO_LONGER
    return str(lasting.value)
