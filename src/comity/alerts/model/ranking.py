"""What an alert needs next, and what the queue is ordered by."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.alerts.model.answers import Dossier, Hit, Needs
from comity.alerts.model.practice import band
from comity.alerts.model.state import Disposition, Open, Parked, Proposed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.matching.evidence import Evidence


_URGENCY: Final = {one: place for place, one in enumerate(Needs)}


class Rank(NamedTuple):
    """The place of an alert in the queue: by the hit that is looked at first."""

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
    waiting, (top, *_) = dossier.undecided, in_order(dossier.hits)
    return Rank(
        needs=needs(top),
        band=band(top.probability),
        probability=top.probability,
        due_at=min(hit.due_at for hit in waiting or (top,)),
        undecided=len(waiting),
        reopened=sum(isinstance(hit.state, Open) and hit.state.earlier is not None for hit in waiting),
        top=top.id,
        pattern=pattern(top.evidence),
    )


def in_order(hits: Iterable[Hit]) -> list[Hit]:
    """Return hits in the order in which they are looked at: by what they need, then the likeliest first."""
    return sorted(hits, key=lambda hit: (_URGENCY[needs(hit)], -hit.probability, hit.id))


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


__all__ = ["Rank", "in_order", "needs", "pattern", "rank"]
