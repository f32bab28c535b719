"""The answer to what the law makes of a payment: the outcome, and for each regime the whole chain of its reasons."""

from __future__ import annotations

from datetime import date

import msgspec

from comity.filtering.model.outcome import Outcome
from comity.filtering.model.payment import Part, Resolution
from comity.filtering.model.regime import Report
from comity.model.measure import MeasureKind


class Bound(msgspec.Struct, frozen=True, kw_only=True):
    """Why a regime binds in a payment."""

    regime: str
    title: str
    because: str
    """`branch new-york: US persons and persons within the United States`."""
    article: str


class Licensed(msgspec.Struct, frozen=True, kw_only=True):
    """An authorisation that was asked, and the bounds that the payment would leave; none: it covers it."""

    reference: str
    article: str
    gaps: tuple[str, ...]


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One chain: match, measure, article, bound because, authorisation or exception, consequence."""

    hit: str
    """Empty where the reason is no match: money that is blocked already."""
    part: Part | None
    person: str
    programme: str
    resolution: Resolution
    is_owned: bool
    """Whether the party is not the listed one, but owned or controlled by it."""
    bound: Bound | None
    """None where no regime that binds speaks of it."""
    measure: MeasureKind | None
    """None where whether it is the listed one is still undecided."""
    forbids: str
    """The provision that forbids, as the list's measure cites it."""
    article: str
    """The provision from which the consequence follows."""
    says: str
    """The consequence as a sentence."""
    outcome: Outcome
    licences: tuple[Licensed, ...] = ()
    note: str = ""


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """One regime requires what another forbids to comply with; a person decides, with both articles before him."""

    requires: str
    """The regime that requires it, by its title."""
    required_by: str
    """The article that requires it."""
    forbids: str
    """The regime that forbids to comply, by its title."""
    forbidden_by: str
    """The article that forbids to comply."""


class Duty(msgspec.Struct, frozen=True, kw_only=True):
    """A report that is owed."""

    regime: str
    report: Report
    due_on: date
    """The last day."""


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of a payment, and why. The reasons are for those who decide, never for a customer."""

    outcome: Outcome
    steps: tuple[Step, ...]
    version: int
    """The version of the bindings by which it was decided."""
    conflicts: tuple[Conflict, ...] = ()
    duties: tuple[Duty, ...] = ()
