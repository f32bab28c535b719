"""What is reported, what stands, and what the queue shows."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import Final

import msgspec

from comity.alerts.model.mattering import Facts, Rested
from comity.alerts.model.state import Decided, Disposition, Open, Parked, Proposed, Spared, State
from comity.alerts.model.subject import Subject
from comity.matching.evidence import Evidence
from comity.model.actor import OPERATOR
from comity.model.measure import Measure
from comity.model.money import Money
from comity.screening.model.answer import Answer
from comity.screening.model.odds import Odds


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What one screening said of one subject: reported by whoever keeps the subject."""

    subject: Subject
    answer: Answer
    """The whole answer: a hit that it no longer holds is closed."""
    screening: str
    """The id under which the answer is kept, for replay."""
    profile: str
    """The screening profile and its version: `customer 12`."""
    at_stake: Money | None = None
    """How much waits for the decision, where that is known."""
    customer: str = ""
    """The id of the customer whom a payment's party is, where that is proved by its account here: the customer's good-guy entries
    hold for it."""


class Reported(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a report; every tuple holds ids of hits."""

    subject_id: str
    alert: str
    """The alert's id; empty where nothing was ever found of the subject."""
    opened: tuple[str, ...] = ()
    """Never seen before."""
    reopened: tuple[str, ...] = ()
    """Decided before, and changed in a way that matters."""
    renewed: tuple[str, ...] = ()
    """Undecided before, and still."""
    carried: tuple[str, ...] = ()
    """Decided before, with nothing new that matters."""
    spared: tuple[str, ...] = ()
    """Covered by a good-guy entry."""
    closed: tuple[str, ...] = ()
    """No longer found."""

    @property
    def is_undecided(self) -> bool:
        """Whether a person must look."""
        return bool(self.opened or self.reopened or self.renewed)


class Stand(Enum):
    """What a person has said of a subject, over all that was found of it."""

    NOTHING = "nothing"
    """Nothing is found of it now."""
    UNDECIDED = "undecided"
    """Something waits for a person."""
    FALSE_POSITIVE = "false_positive"
    """It is none of those who were found."""
    TRUE_MATCH = "true_match"
    """It is somebody who is listed, and nothing waits."""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where one subject stands: what a payment or a customer waits for."""

    subject_id: str
    alert: str
    stand: Stand
    undecided: tuple[str, ...] = ()
    """The register's ids of those who may be meant."""
    true: tuple[str, ...] = ()
    """Of those who are."""
    false: tuple[str, ...] = ()
    """Of those who are not."""
    decided_at: datetime | None = None
    """When the last decision that stands was settled."""
    due_at: datetime | None = None
    """By when the first of what is undecided is to be decided; None where nothing is."""


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """One designation under which somebody stands, as far as a decision needs it."""

    source: str
    code: str
    reference: str
    programme: str
    authority: str = ""
    legal_basis: tuple[str, ...] = ()
    listed_on: str | None = None
    measures: tuple[Measure, ...] = ()


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """The listed side of a hit, as the register described it when it was reported."""

    id: str
    """Under which the register knows it."""
    lead: str
    """The least id of its entries in force."""
    caption: str
    schema: str
    properties: Facts
    references: tuple[str, ...]
    """`list:reference` of every designation in force."""
    listings: tuple[Listing, ...]

    @property
    def regimes(self) -> tuple[str, ...]:
        """The two letters of every regime that lists it."""
        return tuple(sorted({one.code for one in self.listings}))

    @property
    def known_as(self) -> frozenset[str]:
        """Everything by which it is recognised after the register has joined, parted or renamed entries."""
        return frozenset({self.id, self.lead, *self.references})


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One subject and one of those who are listed."""

    id: str
    alert: str
    listed: Listed
    probability: float
    evidence: tuple[Evidence, ...]
    odds: Odds
    rests: Rested
    screening: str
    digest: str
    """The setting's, under which it was found."""
    profile: str
    first_at: datetime
    last_at: datetime
    due_at: datetime
    state: State

    @property
    def is_undecided(self) -> bool:
        """Whether a person must look."""
        return isinstance(self.state, Open | Parked | Proposed)

    @property
    def disposition(self) -> Disposition | None:
        """What was decided, if it stands; a good-guy entry says that it is somebody else."""
        if isinstance(self.state, Spared):
            return Disposition.FALSE_POSITIVE
        return self.state.decision.disposition if isinstance(self.state, Decided) else None


class Needs(Enum):
    """What an alert needs next, the most urgent first."""

    DECISION = "decision"
    SECOND = "second"
    """A second person: something was proposed, or escalated."""
    FACTS = "facts"
    """Somebody was unsure."""
    NOTHING = "nothing"


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that was ever found of one subject."""

    id: str
    subject: Subject
    profile: str
    opened_at: datetime
    changed_at: datetime
    assigned_to: str = ""
    at_stake: Money | None = None
    members: tuple[str, ...] = ()
    """The ids of the only people who may know of it; empty: whoever reads alerts."""

    def is_for(self, person: str) -> bool:
        """Whether somebody may know of it, by their id. The operator at the machine could read the database anyway."""
        return not self.members or person in {*self.members, OPERATOR.id}


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """An alert with its hits, the likeliest first."""

    alert: Alert
    hits: tuple[Hit, ...]

    @property
    def undecided(self) -> tuple[Hit, ...]:
        """The hits that wait for a person."""
        return tuple(hit for hit in self.hits if hit.is_undecided)


BULK_MAX: Final = 200
"""Hits that are decided at once."""


class GoodGuy(msgspec.Struct, frozen=True, kw_only=True):
    """One subject is not one of those who are listed, for a time: hits of the pair stay silent until either side changes."""

    id: str
    subject: tuple[str, str]
    """Kind and id."""
    caption: str
    listed: str
    listed_caption: str
    known_as: tuple[str, ...]
    reason: str
    note: str
    by: str
    at: datetime
    until: date
    """The first day on which it no longer holds."""
    rests: Rested
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: str = ""
    ended_because: str = ""

    def holds(self, at: datetime) -> bool:
        """Whether it keeps hits silent at an instant."""
        return bool(self.confirmed_by) and self.ended_at is None and at.date() < self.until
