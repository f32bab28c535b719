"""A regime: what one body of law makes of a true match in a payment, who is bound by it, and what it wants to be told.

One file of the catalogue each, written so that a lawyer can read it: rules in the order in which they are asked, each with its
article; and cases, in words, with the outcome that they must have.
"""

from __future__ import annotations

from enum import Enum

import msgspec

from comity.filtering.model.authorisation import Authorisation
from comity.filtering.model.outcome import Outcome
from comity.filtering.model.payment import Direction, Match, Matter, Part, Payment
from comity.filtering.model.term import Term
from comity.model.measure import MeasureKind

EYE = "needs a lawyer's eye"
"""Stands in the note of whatever its authors are not sure of."""


class Nexus(msgspec.Struct, frozen=True, kw_only=True):
    """One way in which a regime comes to bind a branch or a payment."""

    id: str
    says: str
    """Who is bound, in words: `persons within the territory of the Union`."""
    article: str


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """What follows for a payment from some kinds of measure; where a set is empty, everything is meant."""

    measures: frozenset[MeasureKind]
    then: Outcome
    says: str
    """The consequence as a sentence that can be read aloud."""
    article: str
    parts: frozenset[Part] = frozenset()
    directions: frozenset[Direction] = frozenset()
    matters: frozenset[Matter] = frozenset()
    programmes: frozenset[str] = frozenset()
    note: str = ""

    def meets(self, kind: MeasureKind, match: Match, payment: Payment) -> bool:
        """Whether this rule speaks of such a measure in such a payment."""
        return (
            kind in self.measures
            and (not self.parts or match.part in self.parts)
            and (not self.directions or payment.direction in self.directions)
            and (not self.matters or payment.matter in self.matters)
            and (not self.programmes or match.programme in self.programmes)
        )


class Owned(msgspec.Struct, frozen=True, kw_only=True):
    """When a party that is not listed is treated as if it were, for what listed persons own or control of it."""

    share_bp: int
    """The listed persons' joint share, in hundredths of a per cent."""
    is_enough: bool
    """Whether exactly that share suffices; otherwise more is needed."""
    control: bool
    """Whether control by other means suffices."""
    article: str
    kinds: frozenset[MeasureKind] = frozenset()
    """The measures that reach so far; empty: all."""
    note: str = ""


class Counter(msgspec.Struct, frozen=True, kw_only=True):
    """A prohibition to comply with another regime's law: a blocking statute."""

    regime: str
    programmes: frozenset[str]
    article: str
    note: str = ""


class Passing(msgspec.Struct, frozen=True, kw_only=True):
    """Matches for which a payment may not be held, because the law has them dealt with elsewhere."""

    kinds: frozenset[MeasureKind]
    parts: frozenset[Part]
    currency: str
    instead: str
    """What is done instead, as a sentence."""
    article: str
    within: frozenset[str] = frozenset()
    """The countries in which all banks on the way must be, as far as they are known; empty: anywhere."""


class Fact(Enum):
    """What a report asks for."""

    INSTITUTION = "institution"
    CONTACT = "contact"
    LISTED = "listed"
    DESIGNATION = "designation"
    LEGAL_BASIS = "legal_basis"
    PAYER = "payer"
    PAYER_ACCOUNT = "payer_account"
    PAYER_BANK = "payer_bank"
    PAYEE = "payee"
    PAYEE_ACCOUNT = "payee_account"
    PAYEE_BANK = "payee_bank"
    INTERMEDIARIES = "intermediaries"
    AMOUNT = "amount"
    RECEIVED_ON = "received_on"
    DECIDED_ON = "decided_on"
    VALUE_DATE = "value_date"
    REFERENCE = "reference"
    PURPOSE = "purpose"
    OUTCOME = "outcome"
    WHERE = "where"
    """Where blocked money is held: branch and account."""
    ORIGINAL = "original"
    """A copy of the payment instruction."""
    LICENCE = "licence"
    OWNERSHIP = "ownership"
    SUSPICION = "suspicion"
    """On which information the knowledge or suspicion rests."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a report."""

    fact: Fact
    says: str
    """What the form calls it."""
    is_needed: bool = True


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A report that a regime asks for."""

    id: str
    title: str
    to: str
    """The authority, and how it wants to be reached."""
    after: frozenset[Outcome]
    within: Term
    article: str
    fields: tuple[Asked, ...]
    parts: frozenset[Part] = frozenset()
    directions: frozenset[Direction] = frozenset()
    programmes: frozenset[str] = frozenset()
    """The programmes under which it is owed; empty: all but those for which another report of the same title is."""
    note: str = ""


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """An example of the law: facts in words and as values, and the outcome that they must have."""

    facts: str
    payment: Payment
    matches: tuple[Match, ...]
    outcome: Outcome
    article: str
    """The provision that decides; it must stand in the chain of reasons."""
    licences: tuple[Authorisation, ...] = ()
    also: tuple[str, ...] = ()
    """Other regimes that bind in this case."""
    note: str = ""


class Reading(Enum):
    """Whether a citation was verified."""

    TEXT = "text"
    """The provision itself was read, in the version that is named."""
    PARTLY = "partly"
    """It was read in part, or where somebody else quotes or restates it: an authority's guidance, a note of practitioners."""
    UNREAD = "unread"
    """It, or a part that matters, was not read: look it up before you rely on it."""
    NAMED = "named"
    """There is nothing to verify: the list, the measure or the licence names the provision itself, or it is invented."""


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """What stands behind a citation."""

    article: str
    """The citation, as the regime writes it."""
    how: Reading
    link: str = ""
    """Where it can be read; empty where nothing was."""
    stand: str = ""
    """Which version was read: `as amended to 6 November 2025`."""
    note: str = ""


class Regime(msgspec.Struct, frozen=True, kw_only=True):
    """One body of sanctions law, as far as it speaks of payments."""

    id: str
    title: str
    sources: frozenset[str]
    """The lists whose designations it makes binding; the name of a list with datasets stands for all of them."""
    nexuses: tuple[Nexus, ...]
    rules: tuple[Rule, ...]
    """Asked in this order; where none speaks, a payment is held."""
    owned: Owned | None
    kept: str
    """The provision under which blocked money is neither given back nor passed on."""
    licensing: str
    """The provision under which an authorisation is given."""
    cases: tuple[Case, ...]
    reports: tuple[Report, ...] = ()
    passing: tuple[Passing, ...] = ()
    counters: tuple[Counter, ...] = ()
    checked: tuple[Checked, ...] = ()
    """What was verified of its citations; what is not named here was not."""
    calendar: str = ""
    """Whose working days count: a country of ISO 3166, or `TARGET`; empty: Monday to Friday."""
    note: str = ""

    def knows(self, source: str) -> bool:
        """Whether it makes a list's designations binding: `exercise:qm` by that name, or as a dataset of `exercise`."""
        return source in self.sources or source.partition(":")[0] in self.sources

    def check(self, article: str) -> Checked:
        """Return what stands behind one of its citations: nothing, where nobody has said that he read it."""
        unread = Checked(article=article, how=Reading.UNREAD)
        return next((one for one in self.checked if one.article == article), unread)
