"""What the services answer beside what is kept."""

from __future__ import annotations

from enum import Enum

import msgspec

from comity.alerts.model.answers import Standing as Stands
from comity.kit.limits import PAGE_ROWS_DEFAULT
from comity.portfolios.model.portfolio import Finding, Kept


class Show(Enum):
    """Which customers are listed."""

    STANDING = "standing"
    ENDED = "ended"
    FOUND = "found"
    """Those of whom something is found."""
    ALL = "all"


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """Which customers of a portfolio to list. A name travels in the body of a request, never in an address."""

    text: str = ""
    """A part of a name, or the beginning of an id."""
    show: Show = Show.STANDING
    offset: int = 0
    limit: int = PAGE_ROWS_DEFAULT


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One page of customers."""

    total: int
    offset: int
    customers: tuple[Kept, ...]
    findings: dict[str, Finding]
    """What is found of those on the page, by id; the cleared are not in it."""


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known of one customer."""

    now: Kept
    history: tuple[Kept, ...]
    """Newest first."""
    findings: tuple[Finding, ...]
    """Newest first."""
    standing: Stands | None
    """Where its alerts stand; None if there were none."""
