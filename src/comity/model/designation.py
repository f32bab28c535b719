"""Designations: the legal act by which an authority puts somebody on a list, and the intervals during which it stands.

In the register a designation is a group of claims about an entity under one programme; `FACTS` are the properties of that group.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

import msgspec

PROGRAMME, LISTED_ON, DELISTED_ON, AMENDED_ON = "programme", "listedOn", "delistedOn", "amendedOn"
AUTHORITY, LEGAL_BASIS, REASON, MEASURE, STATUS, REFERENCE = (
    "authority",
    "legalBasis",
    "reason",
    "measure",
    "status",
    "reference",
)

FACTS = (PROGRAMME, REFERENCE, AUTHORITY, LEGAL_BASIS, LISTED_ON, AMENDED_ON, DELISTED_ON, STATUS, MEASURE, REASON)
"""What a list says of a designation, in the order in which a reader asks for it."""


class State(Enum):
    """Where a designation stands on a day."""

    LISTED = "listed"
    """In force as listed."""
    SUSPENDED = "suspended"
    """Still on the list, its effects suspended by an act."""
    ANNULLED = "annulled"
    """Annulled by a court or by the authority: void."""
    NOT_LISTED = "not_listed"
    """Removed, or not yet there."""
    UNKNOWN = "unknown"
    """Cannot tell: two editions leave a gap that no dated act fills."""


class ActKind(Enum):
    """A dated legal act about a designation, entered by a person with its citation."""

    LISTED = "listed"
    REMOVED = "removed"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    ANNULLED = "annulled"
    VARIED = "varied"


class LegalBasis(msgspec.Struct, frozen=True, kw_only=True):
    """The instrument on which an act rests, and the provision within it."""

    instrument: str
    article: str = ""

    def __str__(self) -> str:
        """Write it as lawyers cite it."""
        return f"{self.instrument}, {self.article}" if self.article else self.instrument


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """What an authority did on a day."""

    kind: ActKind
    on: date
    """First day on which the act has effect."""
    citation: str
    """Where it is published."""
