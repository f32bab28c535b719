"""What becomes of a payment after its verdict: states, the acts of those who decide, and which of them are open.

screened ──no hit──────────────> passed
   └──a hit──> held ──release──> released
                 │ ──reject───> rejected
                 │ ──block────> blocked
                 └──ask, escalate──> held
"""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import Final

import msgspec

from comity.filtering.model.outcome import Outcome
from comity.filtering.model.verdict import Verdict
from comity.model.money import Money
from comity.payments.model import Transfer


class State(Enum):
    """Where a payment stands."""

    PASSED = "passed"
    """Nothing was found that stops it."""
    HELD = "held"
    """It waits: nothing moves, neither to the payee nor back."""
    RELEASED = "released"
    REJECTED = "rejected"
    BLOCKED = "blocked"


class Act(Enum):
    """What somebody does about a held payment."""

    RELEASE = "release"
    REJECT = "reject"
    BLOCK = "block"
    ASK = "ask"
    """Ask the sending bank for more about the payment, in neutral words."""
    ESCALATE = "escalate"
    """Hand it to somebody who may decide more."""


ENDS: Final = {Act.RELEASE: State.RELEASED, Act.REJECT: State.REJECTED, Act.BLOCK: State.BLOCKED}
"""The state in which an act ends a hold; the others leave it held."""


class Step(Enum):
    """What an entry in the record of a held payment says."""

    DONE = "done"
    PROPOSED = "proposed"
    """A second person must agree."""
    CONFIRMED = "confirmed"
    """By a second person."""
    RETURNED = "returned"
    """By a second person: it is as if it had not been proposed."""


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """One step, by whom and when, and why."""

    id: str
    payment: str
    at: datetime
    by: str
    act: Act
    step: Step
    outcome: str
    """What the law made of the payment then; empty where nobody has said which law binds."""
    reason: str


class File(msgspec.Struct, frozen=True, kw_only=True):
    """A file of payments, and how far it has been screened."""

    id: str
    sha256: str
    name: str
    profile: str
    began_at: datetime
    ended_at: datetime | None
    """None while it is being screened, or where that broke off."""
    transfers: int
    """Those that were screened so far, from the first."""
    held: int
    hits: int
    repeated: int
    """Those that repeat a payment which was screened before."""


class Payment(msgspec.Struct, frozen=True, kw_only=True):
    """One payment that was screened."""

    id: str
    file: str
    number: int
    """Its place among the transactions of the file."""
    kind: str
    version: str
    message_id: str
    end_to_end_id: str
    """Of a return or a recall: that of the payment of which it speaks."""
    uetr: str
    """The same."""
    amount: Money | None
    settles_on: date | None
    is_instant: bool
    state: State
    at: datetime
    """When it was screened."""
    profile: str
    hits: int
    probability: float
    """Of the likeliest hit."""
    same_as: str
    """The payment that this one repeats; empty if it is the first."""


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A payment with everything that is kept of it."""

    payment: Payment
    transfer: Transfer
    verdict: Verdict
    steps: tuple[Taken, ...]

    @property
    def proposed(self) -> Taken | None:
        """The step on which a second person must still decide."""
        last = self.steps[-1] if self.steps else None
        return last if last is not None and last.step is Step.PROPOSED else None


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """An act, and whether it is open now."""

    act: Act
    is_open: bool
    because: str
    """Why it is closed, or what follows from it; for those who decide, never for a customer."""


CLOSED: Final = {
    Outcome.HOLD: {
        Act.RELEASE: "A match is not decided yet, or the law leaves it to a lawyer.",
        Act.REJECT: "Rejecting sends money back that may have to be frozen.",
        Act.BLOCK: "No match is decided to be true under a measure that freezes.",
    },
    Outcome.BLOCK_AND_REPORT: {
        Act.RELEASE: "The money is frozen by law.",
        Act.REJECT: "Blocking is not rejecting: what is frozen is neither returned nor refused.",
    },
    Outcome.REJECT_AND_REPORT: {
        Act.RELEASE: "The payment is forbidden by law.",
        Act.BLOCK: "No measure freezes this money, so that nobody may keep it.",
    },
    Outcome.RELEASE: {
        Act.REJECT: "Nothing forbids the payment.",
        Act.BLOCK: "Nothing freezes the money.",
    },
    Outcome.RELEASE_UNDER_LICENCE: {
        Act.REJECT: "An authorisation covers the payment.",
        Act.BLOCK: "An authorisation covers the payment.",
    },
}
"""Which acts each outcome of the law closes, and why."""


def ways(outcome: Outcome, state: State) -> tuple[Way, ...]:
    """Return every act, open or closed, for a payment of which the law makes something."""
    if state is not State.HELD:
        return tuple(Way(act=act, is_open=False, because=f"The payment is {state.value} already.") for act in Act)
    closed = CLOSED[outcome]
    return tuple(Way(act=act, is_open=act not in closed, because=closed.get(act, "")) for act in Act)
