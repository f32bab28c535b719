"""Deciding what the law makes of a payment: match, measure, who is bound, authorisation, kind of payment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from comity.filtering.model.authorisation import Authorisation
from comity.filtering.model.binding import Bindings
from comity.filtering.model.decision import Decision
from comity.filtering.model.payment import Match, Payment
from comity.filtering.model.regime import Regime


class Law(msgspec.Struct, frozen=True, kw_only=True):
    """What a payment is judged by."""

    regimes: Mapping[str, Regime]
    bindings: Bindings
    authorisations: tuple[Authorisation, ...] = ()


def decide(law: Law, payment: Payment, matches: Sequence[Match]) -> Decision:
    """Say what the law makes of a payment. Raises `BranchUnknown`."""
    raise NotImplementedError((law, payment, matches))


def explain(decision: Decision) -> tuple[str, ...]:
    """Return the reasons as sentences that a compliance officer can read aloud."""
    raise NotImplementedError(decision)
