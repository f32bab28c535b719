"""What becomes of a hit that is reported again: carried, opened again, kept silent, or simply still open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from comity.alerts.model import state as states
from comity.alerts.model.history import Step
from comity.alerts.model.mattering import compare, mattering, together
from comity.alerts.model.state import Decided, Gone, Open, Spared, last_decision

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from comity.alerts.model.answers import Hit
    from comity.alerts.model.mattering import Change, Rested
    from comity.alerts.model.state import Decision, State


def leading(same: Sequence[Hit]) -> list[Hit]:
    """Return hits that are one by now, the one that stands for them first: whatever is undecided, then the last reported."""
    return sorted(same, key=lambda hit: (not hit.is_undecided, -hit.last_at.timestamp(), hit.id))


def follow(same: Sequence[Hit], rests: Rested, at: datetime, good_guy: str = "") -> tuple[State, Step | None]:
    """Return the state of a hit that is found now, and the step that leads there; None where it goes on being undecided.

    `same` holds what was known of the pair before, the leading one first: none for a new pair, several where the register has
    joined entries. A decision is carried only if all of them were decided alike, and nothing that matters is new.
    """
    if not same:
        return (states.spare(None, good_guy, at), Step.SPARED) if good_guy else (Open(since=at), Step.OPENED)
    first = same[0].state
    if same[0].is_undecided:
        return _undecided(first, rests, at, good_guy)
    decisions = [decision for hit in same if (decision := last_decision(hit.state)) is not None]
    changes = _changes(decisions, rests)
    alike = len({decision.disposition for decision in decisions}) == 1
    if alike and not changes and len(decisions) == len(same):
        return states.carry(_standing(same)), Step.CARRIED
    if good_guy:
        return Spared(good_guy=good_guy, at=at), Step.SPARED
    if not decisions and isinstance(first, Gone):
        return Open(since=at), Step.OPENED
    return states.reopen(first, at, changes), Step.REOPENED


def _undecided(first: State, rests: Rested, at: datetime, good_guy: str) -> tuple[State, Step | None]:
    decision = last_decision(first)
    changes = _changes([decision] if decision else [], rests)
    if isinstance(first, Open):
        if good_guy:
            return states.spare(first, good_guy, at), Step.SPARED
        return msgspec.structs.replace(first, changes=changes), None
    return (states.reopen(first, at, changes), Step.REOPENED) if changes else (first, None)


def _changes(decisions: Sequence[Decision], rests: Rested) -> tuple[Change, ...]:
    """Return what is new since some decisions about one pair, as far as it matters."""
    if not decisions:
        return ()
    return mattering(compare(together(decision.rests for decision in decisions), rests))


def _standing(same: Sequence[Hit]) -> State:
    """Return the decided state among those that are one by now: one of two persons before one of one."""
    held = [hit.state for hit in same]
    decided = [one if isinstance(one, Decided) else getattr(one, "was", None) for one in held]
    return max((one for one in decided if one is not None), key=lambda one: (bool(one.confirmed_by), one.decision.at))
