"""Which practice holds: what the screening profile says under which a hit was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.alerts.model.practice import Practice
from comity.screening import service as screening
from comity.screening.model.failures import ProfileUnknown
from comity.screening.model.profile import Profile

if TYPE_CHECKING:
    from comity.alerts.model.state import Disposition
    from comity.infra.work import Work
    from comity.screening.model.profile import Reason

OTHERWISE = "customer"
"""The profile whose practice holds where screening was asked under none."""


def practice_of(work: Work, profile: str) -> Practice:
    """Return the practice of a profile, named `customer 12`; where that version is not known here, of the one in force."""
    for name in (profile, profile.partition(" ")[0], OTHERWISE):
        try:
            return Practice(profile=screening.profile(work, name))
        except ProfileUnknown:
            continue
    return Practice(profile=Profile())


def reasons(work: Work, profile: str, disposition: Disposition) -> tuple[Reason, ...]:
    """Return the reasons that a profile knows for a disposition."""
    return practice_of(work, profile).reasons(disposition)


def profiles(work: Work) -> list[str]:
    """Return the ids of the profiles in force."""
    return sorted(one.id for one in screening.in_force(work))


class Practices:
    """The practices that one work needs, each looked up once."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._known: dict[str, Practice] = {}

    def of(self, profile: str) -> Practice:
        """Return the practice of a profile."""
        if profile not in self._known:
            self._known[profile] = practice_of(self._work, profile)
        return self._known[profile]
