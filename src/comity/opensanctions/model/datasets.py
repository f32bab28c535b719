"""Datasets: each list in force is one, and collections hold several; the catalogue describes them as clients expect."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

EVERYTHING: Final = ("default", "all")
"""Names of the collection of every list in force; clients that say nothing ask for the first."""
SANCTIONS: Final = "sanctions"
"""The collection of the lists that forbid something themselves: neither aggregators nor lists that only warn."""
COLLECTIONS: Final = (*EVERYTHING, SANCTIONS)
_UNFIT: Final = re.compile(r"[^a-z0-9]+")


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """What a dataset covers."""

    countries: tuple[str, ...] = ()
    """The state that lists, as a lower-case code; none for the United Nations."""
    frequency: str = "unknown"
    start: str | None = None
    end: str | None = None


class Publisher(msgspec.Struct, frozen=True, kw_only=True):
    """Who publishes a list."""

    name: str
    acronym: str
    official: bool
    """False for an aggregator."""
    url: str | None = None
    country: str | None = None


class Dataset(msgspec.Struct, frozen=True, kw_only=True):
    """One list, or a collection of lists."""

    name: str
    title: str
    summary: str | None = None
    url: str | None = None
    load: bool = True
    entities_url: str | None = None
    """Where its entities can be fetched as JSON lines."""
    version: str
    """The edition in force; of a collection, the digest of its members' editions."""
    index_version: str | None = None
    """The same, once the index of names holds it."""
    index_current: bool = False
    updated_at: str | None = None
    last_export: str | None = None
    entity_count: int = 0
    """Records of the edition."""
    thing_count: int = 0
    """The same: no record is counted that does not describe a thing."""
    target_count: int = 0
    coverage: Coverage
    publisher: Publisher | None = None
    children: tuple[str, ...] = ()


class Catalogue(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that can be asked."""

    datasets: tuple[Dataset, ...]
    current: tuple[str, ...]
    """Those that the index of names holds as they are."""
    outdated: tuple[str, ...]
    index_stale: bool


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Among which lists a client looks."""

    dataset: str
    include: tuple[str, ...] = ()
    """Only these of them; empty: all of them."""
    exclude: tuple[str, ...] = ()


def name_of(list_id: str) -> str:
    """Return the name of a list as a dataset: small letters, digits and underscores, as clients check it."""
    return _UNFIT.sub("_", list_id.lower()).strip("_")


def is_of(references: Iterable[str], lists: Iterable[str]) -> bool:
    """Whether any `list:reference` is of one of some lists."""
    starts = tuple(f"{one}:" for one in lists)
    return any(reference.startswith(starts) for reference in references)
