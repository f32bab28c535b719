"""The practice of an office: how likely is how urgent, who decides, for which reasons, and by when.

A practice belongs to a screening profile. It is data; what differs between offices is the calendar and the hours.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from comity.alerts.model.state import Disposition

BANDS: Final = (0.5, 0.75, 0.95)
"""Where a band of probability begins above the lowest: weak, possible, likely, all but certain."""
WEAK, POSSIBLE, LIKELY, CERTAIN = range(4)

REASONS: Final[dict[Disposition, tuple[str, ...]]] = {
    Disposition.TRUE_MATCH: ("same_identifier", "same_name_and_birth", "same_name_and_address", "confirmed_by_subject"),
    Disposition.FALSE_POSITIVE: (
        "other_birth_date", "other_identifier", "other_country", "other_kind", "name_only", "other_given_name", "place_or_word",
        "other_person",
    ),
    Disposition.UNSURE: ("more_facts_needed", "facts_contradict"),
    Disposition.ESCALATE: ("same_identifier", "name_and_birth_agree", "facts_contradict", "more_facts_needed"),
}  # fmt: skip
"""The reasons that a person may tick for each disposition, by the keys 1 to 9; a sentence of their own may follow."""


class Calendar(msgspec.Struct, frozen=True, kw_only=True):
    """When an office works; service levels are counted in its hours alone."""

    zone: str = "UTC"
    """An IANA time zone."""
    opens: int = 9
    """The hour at which a working day begins, and at which it ends."""
    closes: int = 17
    rest: tuple[int, ...] = (5, 6)
    """Days of the week on which nobody works; Monday is 0."""
    holidays: tuple[date, ...] = ()

    def due(self, since: datetime, hours: int) -> datetime:
        """Return the instant, in UTC, by which so many working hours have passed."""
        zone = ZoneInfo(self.zone)
        at, left = since.astimezone(zone), timedelta(hours=hours)
        while True:
            start, end = self._day(at.date(), zone)
            begins = max(at, start)
            if self._works(at.date()) and begins < end:
                if begins + left <= end:
                    return (begins + left).astimezone(UTC)
                left -= end - begins
            at = datetime.combine(at.date() + timedelta(days=1), time(), zone)

    def _works(self, on: date) -> bool:
        return on.weekday() not in self.rest and on not in self.holidays

    def _day(self, on: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
        return datetime.combine(on, time(self.opens), zone), datetime.combine(on, time(self.closes), zone)


class Practice(msgspec.Struct, frozen=True, kw_only=True):
    """How alerts of one screening profile are decided."""

    profile: str
    hours: tuple[int, int, int, int]
    """Working hours within which a hit of each band is decided, the weakest band first."""
    second_for: frozenset[Disposition] = frozenset({Disposition.TRUE_MATCH})
    """What always needs a second person."""
    release_alone_below: float = BANDS[LIKELY - 1]
    """A false positive of this probability or more needs a second person too."""
    reasons: dict[Disposition, tuple[str, ...]] = msgspec.field(default_factory=lambda: REASONS)

    def needs_second(self, disposition: Disposition, probability: float) -> bool:
        """Whether another person must agree."""
        if disposition is Disposition.FALSE_POSITIVE and probability >= self.release_alone_below:
            return True
        return disposition in self.second_for


PRACTICES: Final = {
    one.profile: one
    for one in (
        Practice(profile="customer", hours=(40, 24, 16, 8)),
        Practice(profile="payment", hours=(8, 4, 4, 2)),
        Practice(profile="licence", hours=(80, 40, 24, 16)),
    )
}
"""What the node does unless it is told otherwise, by screening profile."""
OTHERWISE: Final = PRACTICES["customer"]
"""For a profile that nobody wrote a practice for."""


def practice_of(profile: str) -> Practice:
    """Return the practice of a screening profile; a profile is named `customer` or, with its version, `customer 12`."""
    return PRACTICES.get(profile.partition(" ")[0], OTHERWISE)


def band(probability: float) -> int:
    """Return the band of a probability, from 0."""
    return sum(probability >= start for start in BANDS)
