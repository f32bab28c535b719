"""Searching by text: what a client asks, and the page and the facets that it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from comity.opensanctions.model.entities import Entity, Total
from comity.opensanctions.model.failures import FilterUnknown
from comity.register.model.answers import SearchOrder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PAGE_DEFAULT: Final = 10
PAGE_MAX: Final = 500
"""Entities on one page of a search."""
OFFSET_MAX: Final = 9_499

FACETS: Final = {"datasets": "Data sources", "countries": "Countries", "schema": "Entity types", "topics": "Topics"}
"""What can be counted, with its label."""
FACETS_DEFAULT: Final = ("countries", "topics", "datasets")
UNCOUNTED: Final = frozenset({"identifiers", "genders"})
"""Facets that other servers count; asked for here they are empty."""

FILTERS: Final = ("countries", "datasets", "schema", "topics")
"""Fields of `filter=FIELD:VALUE`."""

SORTS: Final = {
    "_score": SearchOrder.BEST, "score": SearchOrder.BEST, "caption": SearchOrder.NAME, "name": SearchOrder.NAME,
    "first_seen": SearchOrder.LATEST, "last_change": SearchOrder.LATEST, "last_seen": SearchOrder.LATEST,
}  # fmt: skip
"""By what results can be sorted; instants all mean the latest listed first."""


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """What a client looks for."""

    text: str = ""
    schema: str = "Thing"
    exclude_schema: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    changed_since: str = ""
    target: bool | None = None
    order: SearchOrder = SearchOrder.BEST
    facets: tuple[str, ...] = FACETS_DEFAULT
    limit: int = PAGE_DEFAULT
    offset: int = 0
    needs_all: bool = False
    """Whether several values of one field must all hold, rather than any."""

    @property
    def looks_closer(self) -> bool:
        """Whether every answer must be looked up to say whether it is wanted."""
        return bool(self.topics or self.changed_since) or self.target is not None


class FacetItem(msgspec.Struct, frozen=True, kw_only=True):
    """How many results have one value."""

    name: str
    label: str
    count: int


class Facet(msgspec.Struct, frozen=True, kw_only=True):
    """How many results have each value of one field."""

    label: str
    values: tuple[FacetItem, ...]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A page of results."""

    results: tuple[Entity, ...]
    facets: dict[str, Facet]
    total: Total
    limit: int
    offset: int = 0


def order_of(sorts: Iterable[str]) -> SearchOrder:
    """Return the order that a client names first, as `FIELD` or `FIELD:desc`. Raises `FilterUnknown`."""
    for sort in sorts:
        field, _, _ = sort.partition(":")
        if field not in SORTS:
            raise FilterUnknown(f"Results can be sorted by: {', '.join(SORTS)}.")
        return SORTS[field]
    return SearchOrder.BEST


def filters(given: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the field and the value of each `FIELD:VALUE`. Raises `FilterUnknown`."""
    for one in given:
        field, colon, value = one.partition(":")
        if not colon or field not in FILTERS:
            raise FilterUnknown(f"A filter is FIELD:VALUE, and the field one of: {', '.join(FILTERS)}.")
        yield field, value
