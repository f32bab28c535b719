"""Profiles: for one purpose, how likely a match must be, what may speak for it, and what whoever decides keeps to: data, not code.

A profile of a version is never changed: another version is proposed by one person and released by another. Version 0 is shipped
with the software (`comity/screening/profiles`).
"""

from __future__ import annotations

from enum import Enum
from typing import Final

import msgspec

from comity.kit import json
from comity.screening.model.failures import ProfileUnfit
from comity.screening.model.question import ANYTHING, NATURES

THRESHOLD_DEFAULT: Final = 0.25
"""About one ordinary name of a hundred is shown at this probability, and ninety-seven of a hundred listed ones written otherwise
(`docs/benchmarks.md`)."""
MATCHES_DEFAULT: Final = 10
MATCHES_MAX: Final = 100
"""Matches in one answer."""

FACTS: Final = (
    "birth_date",
    "country",
    "gender",
    "address",
    "identifier",
    "incorporated",
    "built",
    "vessel_type",
    "tonnage",
)
"""What may be compared beside the name."""

TEXT_CHARS_MAX: Final = 400
"""Characters of a title, a purpose or a reason."""


class WeakAliases(Enum):
    """What a name is worth that its own publisher calls weak."""

    ALONE = "alone"
    """It suffices, with the less that it weighs."""
    SUPPORTED = "supported"
    """It suffices where a fact or a number speaks for the same person too."""
    NEVER = "never"
    """It is not looked at."""


class Reason(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A reason that may be given for a decision."""

    id: str
    text: str
    dispositions: tuple[str, ...] = ()
    """For which it may be given: `true_match`, `false_positive`, `unsure`, `escalate`; empty: for all."""


class ServiceLevel(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """By when a match of at least some probability is to be decided."""

    probability: float
    hours: int


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How names are screened for one purpose."""

    id: str = ""
    """`customer`; empty for a question asked with limits of its own."""
    version: int = 0
    """0 as shipped; the node's own from 1 on, each numbered when it is proposed."""
    title: str = ""
    purpose: str = ""
    threshold: float = THRESHOLD_DEFAULT
    """The least probability of a match, where the kind has no own."""
    thresholds: dict[str, float] = {}
    """By kind: `person`, `organisation`, `vessel`, `aircraft`."""
    limit: int = MATCHES_DEFAULT
    """Matches at most, the likeliest."""
    schemas: tuple[str, ...] = ()
    """What is looked for, of `NATURES`; empty: everything."""
    facts: tuple[str, ...] = FACTS
    """What is compared beside the name."""
    weak_aliases: WeakAliases = WeakAliases.ALONE
    four_eyes: tuple[str, ...] = ()
    """Dispositions that a second person confirms."""
    reasons: tuple[Reason, ...] = ()
    service_levels: tuple[ServiceLevel, ...] = ()
    """The likeliest first; whoever is likely enough for none has no time limit."""

    def __post_init__(self) -> None:
        """Refuse what cannot be followed, naming the field. Raises `ProfileUnfit`."""
        chances = (self.threshold, *self.thresholds.values(), *(one.probability for one in self.service_levels))
        if not all(0 <= one <= 1 for one in chances):
            raise ProfileUnfit("A threshold is a probability: from 0 to 1.")
        if not 1 <= self.limit <= MATCHES_MAX:
            raise ProfileUnfit(f"An answer has between 1 and {MATCHES_MAX} matches.")
        _among("thresholds", self.thresholds, ANYTHING)
        _among("schemas", self.schemas, NATURES)
        _among("facts", self.facts, FACTS)
        if any(one.hours < 1 for one in self.service_levels):
            raise ProfileUnfit("service_levels: a time is one hour at least.")
        if any(len(text) > TEXT_CHARS_MAX for text in (self.title, self.purpose, *(one.text for one in self.reasons))):
            raise ProfileUnfit(f"A title, a purpose and a reason have {TEXT_CHARS_MAX} characters at most.")

    @property
    def name(self) -> str:
        """What people call it: `customer 12`."""
        return f"{self.id} {self.version}" if self.id else ""

    @property
    def digest(self) -> str:
        """The SHA-256 of its canonical JSON, in lower-case hexadecimal."""
        return json.digest(self)

    def threshold_of(self, schema: str) -> float:
        """Return the least probability of a match with something listed under a schema; of several kinds, the lowest counts."""
        kinds = NATURES.get(schema, ANYTHING)
        return min(self.thresholds.get(kind, self.threshold) for kind in kinds)

    def asking(self, threshold: float | None = None, limit: int | None = None) -> Profile:
        """Return it with another threshold for every kind, or another limit, where they are given. Raises `ProfileUnfit`."""
        asked = self
        if threshold is not None:
            asked = msgspec.structs.replace(asked, threshold=threshold, thresholds={})
        return asked if limit is None else msgspec.structs.replace(asked, limit=limit)


def _among(field: str, said: object, known: object) -> None:
    odd = sorted(set(said) - set(known))  # type: ignore[call-overload]
    if odd:
        raise ProfileUnfit(f"{field}: {', '.join(odd)} is not one of {', '.join(sorted(known))}.")  # type: ignore[call-overload]
