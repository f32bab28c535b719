"""Entities as clients take them: FollowTheMoney, with the datasets that describe them and since when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

KEY_INSTANT = "%Y%m%dT%H%M%S%f"
"""How the key of an edition begins: with the instant at which it was published."""


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """One person, organisation or thing, joined from all lists that describe it today."""

    id: str
    caption: str
    schema: str
    properties: dict[str, tuple[Any, ...]]
    """Texts; under properties that lead to other entities, those entities or their ids."""
    datasets: tuple[str, ...] = ()
    referents: tuple[str, ...] = ()
    """Other ids of the same: those of its list entries."""
    target: bool = False
    """Whether anybody lists it today."""
    first_seen: str | None = None
    """When the first edition that held it was published, UTC."""
    last_seen: str | None = None
    """When the latest edition that holds it was published, UTC."""
    last_change: str | None = None
    """When the latest edition that changed what is said of it was published, UTC."""


class Total(msgspec.Struct, frozen=True, kw_only=True):
    """How many there are on all pages."""

    value: int
    relation: str = "eq"
    """`gte` where only the best of very many were looked at."""


class Adjacent(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the entities beside another under one property."""

    results: tuple[Entity, ...]
    total: Total
    limit: int
    offset: int = 0


class Neighbours(msgspec.Struct, frozen=True, kw_only=True):
    """An entity, and a page of what stands beside it for each property that leads to others."""

    entity: Entity
    adjacent: dict[str, Adjacent]


def published(key: str) -> str:
    """Return when the edition with this key was published, as clients write instants: UTC, without saying so."""
    instant, _, _ = key.partition(".")
    return datetime.strptime(f"{instant}+0000", f"{KEY_INSTANT}%z").strftime("%Y-%m-%dT%H:%M:%S")
