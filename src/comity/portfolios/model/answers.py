"""What the services answer beside what is kept."""

from __future__ import annotations

from enum import Enum

import msgspec

from comity.alerts.model.answers import Standing as Stands
from comity.kit.limits import PAGE_ROWS_DEFAULT
from comity.portfolios.model.portfolio import Finding, Kept, Run


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
    """What is found of those on the page, by id."""
    run: Run | None
    """The last run that was done; it names the editions against which the others are cleared."""

    def is_cleared(self, one: Kept) -> bool:
        """Whether nothing is found of a customer who was asked about as it is known now."""
        return self.run is not None and one.since <= self.run.began_at and one.customer.id not in self.findings


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known of one customer."""

    now: Kept
    history: tuple[Kept, ...]
    """Newest first."""
    findings: tuple[Finding, ...]
    """Newest first."""
    standing: Stands | None
    """Where its alerts stand; None if there were none."""
    run: Run | None
    """The last run that was done."""

    @property
    def found(self) -> Finding | None:
        """What is found of it now."""
        return next((one for one in self.findings if not one.until_run), None)

    @property
    def is_cleared(self) -> bool:
        """Whether nothing is found of it as it is known now."""
        return self.run is not None and self.now.since <= self.run.began_at and self.found is None
