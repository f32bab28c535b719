"""Measures that forbid one kind of dealing, and those that do not touch payments: what each makes of one.

A prohibition of new debt does not stop a payment for bread to the same company. Until somebody has found what is paid for, it may
be either, and is held.
"""

from __future__ import annotations

from typing import Final

from comity.filtering.model import Matter, Outcome, Part
from comity.filtering.model.regime import EYE, Rule
from comity.model.measure import MeasureKind

Kind = MeasureKind

UNTOUCHED: Final = frozenset(
    {
        Kind.TRAVEL_BAN,
        Kind.PROCUREMENT,
        Kind.VESSEL_DEFLAG,
        Kind.VESSEL_IMPOUND,
        Kind.DIRECTOR_DISQUALIFICATION,
        Kind.INTERNET_SERVICES,
        Kind.NONE,
    }
)
"""Measures that speak of persons, ships or services, and not of money."""

MATTERS: Final = {
    Kind.DEBT: Matter.NEW_DEBT,
    Kind.EQUITY: Matter.NEW_EQUITY,
    Kind.SECURITIES: Matter.SECURITIES,
    Kind.BONDS: Matter.SECURITIES,
    Kind.LOANS: Matter.LOAN,
    Kind.FOREIGN_EXCHANGE: Matter.FOREIGN_EXCHANGE,
    Kind.SERVICES: Matter.SERVICES,
    Kind.TRUST_SERVICES: Matter.SERVICES,
    Kind.ARMS_EMBARGO: Matter.GOODS,
    Kind.EXPORT: Matter.GOODS,
    Kind.EXPORT_PRIVILEGES: Matter.GOODS,
    Kind.IMPORT: Matter.GOODS,
    Kind.VESSEL_PORT_ENTRY: Matter.SHIP,
    Kind.VESSEL_SERVICES: Matter.SHIP,
    Kind.AIRCRAFT: Matter.SHIP,
}
"""What must be paid for so that a payment falls under a measure."""


def untouched(article: str) -> Rule:
    """Return the rule of measures that do not touch payments."""
    return Rule(
        measures=UNTOUCHED,
        then=Outcome.RELEASE,
        says="The measure does not speak of money, and stops no payment.",
        article=article,
    )


def bounded(article: str, *kinds: MeasureKind, note: str = "") -> tuple[Rule, ...]:
    """Return the rules of measures that forbid one kind of dealing: that kind is rejected, another passes, unknown is held."""
    every = frozenset(kinds)
    return (
        Rule(
            measures=every,
            matters=frozenset({Matter.UNKNOWN}),
            then=Outcome.HOLD,
            says="Whether the payment is for what is forbidden must be found first.",
            article=article,
            note=note,
        ),
        *(
            Rule(
                measures=frozenset(kind for kind in kinds if MATTERS[kind] is matter),
                matters=frozenset({matter}),
                then=Outcome.REJECT_AND_REPORT,
                says="The payment is for a dealing that is forbidden with this person; nothing is frozen.",
                article=article,
                note=note,
            )
            for matter in dict.fromkeys(MATTERS[kind] for kind in kinds)
        ),
        Rule(
            measures=every,
            then=Outcome.RELEASE,
            says="The measure forbids another kind of dealing, and does not touch this one.",
            article=article,
            note=note,
        ),
    )


def forbidden(article: str, *kinds: MeasureKind, programmes: frozenset[str] = frozenset()) -> tuple[Rule, ...]:
    """Return the rules of measures that forbid every dealing without freezing anything; a mention must be looked into first."""
    return (
        Rule(
            measures=frozenset(kinds),
            programmes=programmes,
            parts=frozenset({Part.MENTIONED}),
            then=Outcome.HOLD,
            says="What the listed one has to do with the payment must be found first.",
            article=article,
        ),
        Rule(
            measures=frozenset(kinds),
            programmes=programmes,
            then=Outcome.REJECT_AND_REPORT,
            says="Every dealing with this person is forbidden and nothing is frozen: the payment is rejected.",
            article=article,
        ),
    )


def unsettled(article: str, *kinds: MeasureKind) -> Rule:
    """Return the rule of measures whose bearing on a payment a lawyer must say."""
    return Rule(
        measures=frozenset(kinds),
        then=Outcome.HOLD,
        says="The measure may touch the payment, depending on circumstances that the message does not tell.",
        article=article,
        note=EYE,
    )
