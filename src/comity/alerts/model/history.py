"""The steps by which a hit came where it stands: its timeline, and what statistics count."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

import msgspec

from comity.alerts.model.state import Decision, Disposition


class Step(Enum):
    """What happened to a hit."""

    OPENED = "opened"
    REOPENED = "reopened"
    """Either side changed in a way that matters."""
    CARRIED = "carried"
    """Reported again with nothing new that matters."""
    SPARED = "spared"
    """A good-guy entry kept it silent."""
    PROPOSED = "proposed"
    """Decided by one person; a second must agree."""
    PARKED = "parked"
    """Unsure, or escalated."""
    DECIDED = "decided"
    """Settled by one person."""
    CONFIRMED = "confirmed"
    """Settled by a second person."""
    RETURNED = "returned"
    """Given back by the second person."""
    TAKEN_BACK = "taken_back"
    CLOSED = "closed"
    """No longer found, listed or screened."""


SETTLING = frozenset({Step.DECIDED, Step.CONFIRMED})
"""Steps after which the question is answered."""


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """One step, by whom and when."""

    id: str
    hit: str
    alert: str
    at: datetime
    by: str
    step: Step
    profile: str
    band: int
    probability: float
    age_s: int
    """Seconds since the hit was opened or opened again."""
    disposition: Disposition | None = None
    remark: str = ""
    decision: Decision | None = None


CHANGING = frozenset(
    {
        "alerts.reported", "alerts.retracted", "alerts.decided", "alerts.confirmed", "alerts.returned", "alerts.taken_back",
        "alerts.good_guy_confirmed", "alerts.good_guy_ended",
    }
)  # fmt: skip
"""Events after which a subject may stand otherwise: whoever holds a payment or watches a customer looks again."""
