"""What an alert needs next, and what the queue is ordered by."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from comity.alerts.model.answers import Dossier, Hit, Needs
from comity.alerts.model.practice import band
from comity.alerts.model.state import Disposition, Open, Parked, Proposed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.matching.evidence import Evidence


class Rank(NamedTuple):
    """The place of an alert in the queue: by the likeliest hit that waits, or by the likeliest at all."""

    needs: Needs
    band: int
    probability: float
    due_at: datetime
    """When the first of what waits is due."""
    undecided: int
    """Hits that wait."""
    reopened: int
    """Of these, how many were decided before."""
    top: str
    """The id of the hit that decides the rank."""
    pattern: str
    """What its evidence is made of: hits of one pattern can be decided together."""


def rank(dossier: Dossier) -> Rank:
    """Return the place of an alert in the queue."""
    waiting = dossier.undecided
    top = max(waiting or dossier.hits, key=lambda hit: (hit.probability, hit.id))
    return Rank(
        needs=min((needs(hit) for hit in dossier.hits), key=list(Needs).index),
        band=band(top.probability),
        probability=top.probability,
        due_at=min(hit.due_at for hit in waiting or (top,)),
        undecided=len(waiting),
        reopened=sum(isinstance(hit.state, Open) and hit.state.earlier is not None for hit in waiting),
        top=top.id,
        pattern=pattern(top.evidence),
    )


def needs(hit: Hit) -> Needs:
    """Return what one hit needs next."""
    match hit.state:
        case Open():
            return Needs.DECISION
        case Proposed():
            return Needs.SECOND
        case Parked():
            return Needs.SECOND if hit.state.decision.disposition is Disposition.ESCALATE else Needs.FACTS
        case _:
            return Needs.NOTHING


def pattern(evidence: Iterable[Evidence]) -> str:
    """Return the kinds and effects of some evidence, each once, in order: `contradiction-, same_word+`."""
    signs = {"for": "+", "against": "-", "neutral": ""}
    return ", ".join(sorted({f"{one.kind}{signs[one.effect.value]}" for one in evidence}))


__all__ = ["Rank", "needs", "pattern", "rank"]
