"""The practice of an office: how likely is how urgent, who decides, for which reasons, and by when.

A practice is what a screening profile says of deciding: four eyes, reasons, service levels. What differs between offices is the
calendar.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from comity.alerts.model.failures import CalendarUnfit
from comity.alerts.model.state import Disposition
from comity.screening.model.profile import Profile, Reason

BANDS: Final = (0.5, 0.75, 0.95)
"""Where a band of probability begins above the lowest: weak, possible, likely, all but certain."""
DAYS_OF_WEEK: Final = 7
WEAK, POSSIBLE, LIKELY, CERTAIN = range(4)

RELEASE_ALONE_BELOW: Final = BANDS[LIKELY - 1]
"""From this probability on a false positive needs a second person, whatever its profile asks."""
HOURS_OTHERWISE: Final = 80
"""Working hours for a hit that is likely enough for none of its profile's service levels: two weeks."""
IN_WORDS: Final = Reason(id="in_words", text="For another reason, which the note says.")
"""The reason for a disposition for which the profile names none."""


class Calendar(msgspec.Struct, frozen=True, kw_only=True):
    """When an office works; service levels are counted in its hours alone."""

    zone: str = "UTC"
    """An IANA time zone."""
    opens: int = 9
    """The hour at which a working day begins, and at which it ends."""
    closes: int = 17
    rest_days: tuple[int, ...] = (5, 6)
    """Days of the week on which nobody works; Monday is 0."""
    holidays: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a calendar on which nothing is ever due. Raises `CalendarUnfit`."""
        if self.opens >= self.closes or len({*self.rest_days}) == DAYS_OF_WEEK:
            raise CalendarUnfit("An office opens before it closes, and works on one day of the week at least.")
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise CalendarUnfit("alerts.zone: there is no such time zone.") from error

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
        return on.weekday() not in self.rest_days and on not in self.holidays

    def _day(self, on: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
        midnight = datetime.combine(on, time(), zone)
        return midnight.replace(hour=self.opens), midnight + timedelta(hours=self.closes)


class Practice(msgspec.Struct, frozen=True, kw_only=True):
    """How alerts of one screening profile are decided: what the profile says of it."""

    profile: Profile

    def needs_second(self, disposition: Disposition, probability: float) -> bool:
        """Whether another person must agree."""
        if disposition is Disposition.FALSE_POSITIVE and probability >= RELEASE_ALONE_BELOW:
            return True
        return disposition is Disposition.TRUE_MATCH or disposition.value in self.profile.four_eyes

    def reasons(self, disposition: Disposition) -> tuple[Reason, ...]:
        """Return the reasons that may be given for a disposition; one at least."""
        fit = [one for one in self.profile.reasons if not one.dispositions or disposition.value in one.dispositions]
        return tuple(fit) or (IN_WORDS,)

    def hours(self, probability: float) -> int:
        """Return within how many working hours a hit is decided."""
        levels = sorted(self.profile.service_levels, key=lambda one: -one.probability)
        return next((one.hours for one in levels if one.probability <= probability), HOURS_OTHERWISE)

    @property
    def texts(self) -> dict[str, str]:
        """Every reason in words, by id."""
        return {one.id: one.text for one in (*self.profile.reasons, IN_WORDS)}


def band(probability: float) -> int:
    """Return the band of a probability, from 0."""
    return sum(probability >= start for start in BANDS)
