"""What an asset freeze makes of a payment in the laws that share one pattern: freeze, give nothing, credit what comes in.

The European Union, the United Kingdom, Switzerland, Canada and Australia say it in the same parts: what belongs to a listed person
is frozen; nothing may be made available to it; some let whoever keeps a frozen account credit it, and what is credited is frozen.
Each regime gives its articles. Where the pattern leaves a question open, a payment is held.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from comity.filtering.model import Direction, Matter, Outcome, Part
from comity.filtering.model.regime import EYE, Rule
from comity.model.measure import MeasureKind

Kind, Into = MeasureKind, Direction

FREEZE: Final = frozenset({Kind.ASSET_FREEZE})
NO_FUNDS: Final = frozenset({Kind.NO_FUNDS})
BOTH: Final = FREEZE | NO_FUNDS

PAYERS: Final = frozenset({Part.PAYER, Part.ULTIMATE_PAYER})
PAYEES: Final = frozenset({Part.PAYEE, Part.ULTIMATE_PAYEE})
ONWARD: Final = frozenset({Into.OUTGOING, Into.THROUGH})


class Articles(NamedTuple):
    """Where a law says the parts of the pattern."""

    frozen: str
    available: str
    credited: str
    """The exception for whoever keeps a frozen account; empty where the law has none that its authors know of."""
    exempt: str
    """The exception for humanitarian aid."""
    earlier: str = ""
    """The exception for what is owed since before the listing and paid into a frozen account; empty where none is known."""


def freezing(articles: Articles) -> tuple[Rule, ...]:
    """Return the rules of the pattern, in the order in which they are asked."""
    return (*_payers(articles), *_incoming(articles), *_outgoing(articles), *_banks(articles), *_texts(articles))


def _payers(articles: Articles) -> tuple[Rule, ...]:
    return (
        Rule(
            measures=FREEZE,
            parts=PAYERS,
            then=Outcome.BLOCK_AND_REPORT,
            says="What belongs to a listed person or is held or controlled by it is frozen where it is.",
            article=articles.frozen,
        ),
        Rule(
            measures=NO_FUNDS,
            parts=PAYERS,
            then=Outcome.RELEASE,
            says="The prohibition to make funds available does not touch what the listed person pays.",
            article=articles.available,
        ),
    )


def _incoming(articles: Articles) -> tuple[Rule, ...]:
    is_credited = bool(articles.credited)
    return (
        Rule(
            measures=FREEZE,
            parts=frozenset({Part.PAYEE}),
            directions=frozenset({Into.INCOMING}),
            then=Outcome.BLOCK_AND_REPORT if is_credited else Outcome.HOLD,
            says="The money is credited to the frozen account and frozen with it; it is not sent back."
            if is_credited
            else "Whether the frozen account may be credited, or the money must be kept apart, is not settled.",
            article=articles.credited or articles.available,
            note="" if is_credited else EYE,
        ),
        Rule(
            measures=NO_FUNDS,
            parts=frozenset({Part.PAYEE}),
            directions=frozenset({Into.INCOMING}),
            then=Outcome.HOLD,
            says="Only an account that is frozen may be credited.",
            article=articles.credited or articles.available,
        ),
        Rule(
            measures=BOTH,
            parts=frozenset({Part.ULTIMATE_PAYEE}),
            directions=frozenset({Into.INCOMING}),
            then=Outcome.HOLD,
            says="Crediting another's account for the listed person would make funds available; whose they are must be found.",
            article=articles.available,
            note=EYE,
        ),
        Rule(
            measures=BOTH,
            parts=PAYEES,
            directions=frozenset({Into.WITHIN}),
            then=Outcome.HOLD,
            says="The payer may not make it available, and the account may be credited if frozen: both are customers here.",
            article=articles.available,
            note=EYE,
        ),
    )


def _outgoing(articles: Articles) -> tuple[Rule, ...]:
    return (
        Rule(
            measures=BOTH,
            parts=PAYEES,
            matters=frozenset({Matter.HUMANITARIAN}),
            then=Outcome.HOLD,
            says="Humanitarian aid may be exempt, depending on who gives it: to be found before anything moves.",
            article=articles.exempt,
        ),
        *_earlier(articles),
        Rule(
            measures=BOTH,
            parts=PAYEES,
            directions=frozenset({Into.OUTGOING}),
            then=Outcome.REJECT_AND_REPORT,
            says="Nothing may be made available to a listed person; the payer's own money is not frozen and stays his.",
            article=articles.available,
        ),
        Rule(
            measures=BOTH,
            parts=PAYEES,
            directions=frozenset({Into.THROUGH}),
            then=Outcome.HOLD,
            says="A bank on the way may not pass it on; whether it must freeze or may send back is not settled.",
            article=articles.available,
            note=EYE,
        ),
    )


def _earlier(articles: Articles) -> tuple[Rule, ...]:
    """Return the rule for an old debt, which may be paid if it goes to where it stays frozen; that no message tells."""
    if not articles.earlier:
        return ()
    return (
        Rule(
            measures=BOTH,
            parts=PAYEES,
            directions=frozenset({Into.OUTGOING}),
            matters=frozenset({Matter.PRIOR_CONTRACT}),
            then=Outcome.HOLD,
            says="What is owed since before the listing may be paid into a frozen account: whether it goes there must be found.",
            article=articles.earlier,
        ),
    )


def _banks(articles: Articles) -> tuple[Rule, ...]:
    return (
        Rule(
            measures=BOTH,
            parts=frozenset({Part.PAYEE_AGENT}),
            directions=ONWARD,
            then=Outcome.REJECT_AND_REPORT,
            says="Paying into a listed bank makes funds available to it, whoever its customer is.",
            article=articles.available,
        ),
        Rule(
            measures=BOTH,
            parts=frozenset({Part.PAYER_AGENT, Part.PAYEE_AGENT, Part.INTERMEDIARY}),
            then=Outcome.HOLD,
            says="Whether the money belongs to, or is held by, the listed bank on its way must be found.",
            article=articles.frozen,
            note=EYE,
        ),
    )


def _texts(articles: Articles) -> tuple[Rule, ...]:
    return (
        Rule(
            measures=BOTH,
            parts=frozenset({Part.SUBJECT}),
            directions=ONWARD,
            then=Outcome.REJECT_AND_REPORT,
            says="The payment is for the benefit of a listed person who is no party to it.",
            article=articles.available,
        ),
        Rule(
            measures=BOTH,
            parts=frozenset({Part.SUBJECT, Part.MENTIONED}),
            then=Outcome.HOLD,
            says="What the listed person has to do with the payment must be found first.",
            article=articles.available,
        ),
    )
