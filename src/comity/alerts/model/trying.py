"""Trying a version of a profile on what people have decided: what is asked again, and what comes of it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec

from comity.alerts.model.subject import Subject, SubjectKind
from comity.kit import json
from comity.model.entity import COUNTRY_PROPERTIES, NAME_PROPERTIES
from comity.model.identifiers import TYPED
from comity.screening.model.question import FACTS_MAX, NATURES, Question

TRY: Final = "alerts.try"
"""The job that tries a version of a profile on what was decided."""
NAMES_MAX: Final = 10
"""Names of one subject that are asked about again."""


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """What a version does to the pairs of one band: those that people decided, and those that nobody has."""

    band: int
    true_kept: int = 0
    true_lost: int = 0
    """True matches that the version in force finds today, and the proposed one does not."""
    true_gained: int = 0
    """True matches that only the proposed version finds today."""
    false_kept: int = 0
    false_avoided: int = 0
    """False positives that only the version in force raises today."""
    false_added: int = 0
    """False positives that only the proposed version raises today."""
    new: int = 0
    """Pairs that nobody has decided, and that only the proposed version raises."""
    dropped: int = 0
    """Pairs that nobody has decided, and that only the version in force raises."""


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """A decided hit that only one of the two versions finds today."""

    alert: str
    hit: str
    is_true: bool
    before: float | None
    """How likely the version in force finds it; None where it does not."""
    after: float | None
    """How likely the proposed one does."""

    @property
    def is_lost(self) -> bool:
        """Whether it is a true match that would be lost."""
        return self.is_true and self.after is None


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """What a proposed version makes of the decisions that stand, asked again on what is in force today."""

    profile: str
    """The version that was tried: `customer 12`."""
    proposed: str
    """Its digest."""
    against: str
    """The version in force: `customer 11`."""
    editions: tuple[str, ...]
    index: str
    """The digest of the index that both were asked of."""
    at: datetime
    subjects: int
    """Subjects that were asked about again."""
    unasked: int
    """Subjects of whom too little is kept to be asked about."""
    absent: int
    """Decided hits that neither version finds today: delisted since, or decided on what is known no longer."""
    bands: tuple[Tally, ...]
    """By band, the likeliest first."""
    changed: tuple[Changed, ...]
    """Every decided hit that would change; true matches that would be lost before all others."""

    @property
    def digest(self) -> str:
        """The SHA-256 of the result, in lower-case hexadecimal: a release names what its version was tried on."""
        return json.digest(self)

    @property
    def decisions(self) -> int:
        """How many decided hits were found again, by either version."""
        decided = ("true_kept", "true_lost", "true_gained", "false_kept", "false_avoided", "false_added")
        return sum(self.total(one) for one in decided)

    @property
    def lost(self) -> tuple[Changed, ...]:
        """Every true match that would be lost."""
        return tuple(one for one in self.changed if one.is_lost)

    def total(self, figure: str) -> int:
        """Return one figure of `Tally` over all bands."""
        return sum(getattr(one, figure) for one in self.bands)


def questions(subject: Subject) -> tuple[Question, ...]:
    """Return what is asked about a subject again: each of its names with all else that is known. Raises `QuestionUnfit`."""
    known = subject.properties
    names = [subject.caption, *(name for one in NAME_PROPERTIES for name in known.get(one, ()))]
    relations = [
        value if one == "country" else f"{one}:{value}" for one in COUNTRY_PROPERTIES for value in known.get(one, ())
    ]
    numbers = [f"{one}:{value}" for one in sorted(TYPED) for value in known.get(one, ())]
    return tuple(
        Question(
            text=name,
            schema=_schema(subject),
            birth_date=_first(known, "birthDate"),
            other_birth_dates=known.get("birthDate", ())[1:FACTS_MAX],
            countries=tuple(relations[:FACTS_MAX]),
            identifiers=tuple(numbers[:FACTS_MAX]),
            gender=_first(known, "gender"),
            addresses=known.get("address", ())[:FACTS_MAX],
            incorporated=_first(known, "incorporationDate"),
            built=_first(known, "buildDate"),
            vessel_type=_first(known, "type"),
            tonnage=_first(known, "tonnage"),
        )
        for name in list(dict.fromkeys(names))[:NAMES_MAX]
    )


def _schema(subject: Subject) -> str:
    """Return as what a subject is looked for: a party of a payment may be anything whatever its fields say, but for a ship."""
    is_told = subject.schema == "Vessel" if subject.kind is SubjectKind.PAYMENT_PARTY else subject.schema in NATURES
    return subject.schema if is_told else ""


def _first(known: dict[str, tuple[str, ...]], name: str) -> str:
    return next(iter(known.get(name, ())), "")
