"""Earlier dealings: what a look-back finds among past payments once somebody new is listed."""

from __future__ import annotations

from datetime import datetime

import msgspec

from comity.filtering.model.verdict import Hit
from comity.screening.model.answer import Ground


class Dealing(msgspec.Struct, frozen=True, kw_only=True):
    """One text of past payments that may mean somebody who was listed since."""

    hit: Hit
    payments: tuple[str, ...]
    """The ids of the payments in which it stands."""


class Lookback(msgspec.Struct, frozen=True, kw_only=True):
    """One look back over every payment that was ever screened."""

    id: str
    at: datetime
    actor: str
    since: Ground | None
    """What was known before; None if nothing was, so that everybody listed is new."""
    until: Ground
    listed: int
    """Those who were listed since, or under names or numbers that were not known before."""
    questions: int
    """Distinct names, numbers and texts of past payments that were asked again."""
    dealings: tuple[Dealing, ...]

    @property
    def payments(self) -> int:
        """How many payments were found."""
        return len({id_ for one in self.dealings for id_ in one.payments})
