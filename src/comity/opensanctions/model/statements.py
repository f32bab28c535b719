"""Statements as clients take them: one value of one property, which list said so, and since when."""

from __future__ import annotations

import msgspec

from comity.opensanctions.model.entities import Total


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """One value of one property of one list entry, as its list says it today."""

    id: str
    entity_id: str
    """The list entry."""
    canonical_id: str
    """The entity that the entry was joined into."""
    prop: str
    prop_type: str
    schema: str
    value: str
    original_value: str | None = None
    dataset: str
    lang: str | None = None
    origin: str | None = None
    """The part of the publication that says so."""
    first_seen: str
    last_seen: str
    target: bool = False
    external: bool = False


class Statements(msgspec.Struct, frozen=True, kw_only=True):
    """A page of statements."""

    results: tuple[Statement, ...]
    total: Total
    limit: int
    offset: int = 0
