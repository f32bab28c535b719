"""What the lists feature answers, and why it may not."""

from __future__ import annotations

from datetime import datetime

import msgspec

from comity.kit.errors import Invalid, NotFound
from comity.lists.model.edition import Edition, Status


class SourceUnknown(NotFound):
    """There is no source of this id."""

    code = "lists.source_unknown"


class EditionUnknown(NotFound):
    """There is no edition of this id."""

    code = "lists.edition_unknown"


class PublicationUnknown(Invalid):
    """The file does not say when it was published, and nobody else did."""

    code = "lists.publication_unknown"


class PublicationDiffers(Invalid):
    """The file says another day of publication than the person who loads it."""

    code = "lists.publication_differs"


class DecisionIncomplete(Invalid):
    """A decision about an edition in quarantine needs its reason."""

    code = "lists.decision_incomplete"


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one edition that was loaded: the answer of `lists update`."""

    source: str
    edition: str
    status: Status
    published_on: str
    """Day of publication, UTC."""
    designations: int
    added: int = 0
    removed: int = 0
    changed: int = 0
    reason: str = ""
    """Why it waits in quarantine; empty otherwise."""


class InForce(msgspec.Struct, frozen=True, kw_only=True):
    """A list's latest accepted edition, for the ground line and for clearances."""

    source: str
    code: str
    title: str
    edition: str
    published_at: datetime
    accepted_at: datetime
    designations: int
    quarantined: int = 0


class ListState(msgspec.Struct, frozen=True, kw_only=True):
    """Where one list stands."""

    source: str
    title: str
    code: str
    is_current: bool
    """Whether the publisher still publishes it."""
    interval_hours: int | None
    """How often it is asked for; None for a closed list, and for one that is loaded from files."""
    in_force: Edition | None
    quarantined: tuple[Edition, ...] = ()
    editions: int = 0
    hours_to_force: float | None = None
    """From publication to acceptance, of the edition in force."""
    checked_at: datetime | None = None
    check_outcome: str = ""
    check_detail: str = ""
    is_overdue: bool = False
    """Whether no new edition has come for longer than is usual for this list."""
