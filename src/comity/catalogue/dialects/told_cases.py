"""Building the cases of a regime: only what matters in a case is said, the rest is as in any ordinary payment."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, NamedTuple

import msgspec

from comity.filtering.model import (
    Authorisation,
    AuthorisationKind,
    Direction,
    Match,
    Outcome,
    Part,
    Payment,
    PaymentKind,
    Resolution,
)
from comity.filtering.model.regime import Case
from comity.model.measure import Measure, MeasureKind
from comity.model.money import Money

BRANCH: Final = "desk"
"""The branch of all cases."""
DAY: Final = date(2031, 11, 21)


class Teller(NamedTuple):
    """What the cases of one regime share: the list, the programme, the currency."""

    source: str
    currency: str
    programme: str = ""

    def pays(self, direction: Direction, **said: Any) -> Payment:
        """Return a payment; a customer's transfer of 1,000 units where nothing else is said."""
        plain = Payment(
            kind=PaymentKind.CUSTOMER_TRANSFER,
            direction=direction,
            branch=BRANCH,
            on=DAY,
            amount=Money.parse("1000", self.currency),
        )
        return msgspec.structs.replace(plain, **said)

    def match(self, part: Part, *kinds: MeasureKind, **said: Any) -> Match:
        """Return a true match; its measures are given by kind, and cite nothing."""
        plain = Match(
            hit="1",
            part=part,
            resolution=Resolution.TRUE,
            person="listed-1",
            source=self.source,
            programme=self.programme,
            measures=tuple(Measure(kind=kind) for kind in kinds),
        )
        return msgspec.structs.replace(plain, **said)


class Told(NamedTuple):
    """The beginning of a case: its facts in words, then as values."""

    facts: str
    payment: Payment | None = None
    match: Match | None = None

    def when(self, payment: Payment, match: Match) -> Told:
        """Give the facts as values."""
        return self._replace(payment=payment, match=match)

    def then(self, outcome: Outcome, article: str, **said: Any) -> Case:
        """Say what must follow, and the provision that decides."""
        assert self.payment is not None
        assert self.match is not None
        return Case(
            facts=self.facts, payment=self.payment, matches=(self.match,), outcome=outcome, article=article, **said
        )


def licence(regime: str, reference: str, article: str, **said: Any) -> Authorisation:
    """Return an individual licence for the listed person of the cases, for the year of the cases."""
    plain: dict[str, Any] = {
        "kind": AuthorisationKind.INDIVIDUAL,
        "persons": frozenset({"listed-1"}),
        "since": date(2031, 1, 1),
        "until": date(2032, 1, 1),
    }
    return Authorisation(regime=regime, reference=reference, article=article, **(plain | said))
