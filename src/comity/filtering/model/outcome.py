"""What may become of a payment, and how strict each answer is."""

from __future__ import annotations

from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable


class Outcome(Enum):
    """What becomes of a payment."""

    RELEASE = "release"
    """It is carried out."""
    RELEASE_UNDER_LICENCE = "release_under_licence"
    """It is carried out within the bounds of an authorisation, which is cited."""
    REJECT_AND_REPORT = "reject_and_report"
    """It is not carried out; the money stays with, or goes back to, whoever pays. The authority is told
    where the law asks for it."""
    HOLD = "hold"
    """Nothing moves until a person has decided: neither to the payee nor back."""
    BLOCK_AND_REPORT = "block_and_report"
    """The money is frozen where it is, and the authority is told. Nothing is rejected and nothing returned."""


STRICTNESS: Final = MappingProxyType(
    {
        Outcome.RELEASE: 0,
        Outcome.RELEASE_UNDER_LICENCE: 1,
        Outcome.REJECT_AND_REPORT: 2,
        Outcome.HOLD: 3,
        Outcome.BLOCK_AND_REPORT: 3,
    }
)
"""How few ways are left to the money: to the payee, to the payee within bounds, back, nowhere. A hold and a block are equally
strict, since both leave it where it is; a hold may end in either way, and a rejection cannot be undone."""


def strictest(outcomes: Iterable[Outcome]) -> Outcome:
    """Return the strictest of several; of a hold and a block, the block, which is a duty already. Of none: release."""
    return max(outcomes, key=lambda one: (STRICTNESS[one], one is Outcome.BLOCK_AND_REPORT), default=Outcome.RELEASE)
