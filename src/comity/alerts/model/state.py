"""Where a hit stands, and the only steps that lead from one state to another.

    Open      ──decide──>     Parked (unsure, escalated), Proposed (a second person must agree), Decided
    Parked    ──decide──>     the same; what was escalated, by another person
    Proposed  ──confirm──>    Decided, by another person
    Proposed  ──give back──>  Open, by another person
    Parked, Proposed, Decided ──take back──> Open
    any       ──reopen──>     Open, when either side changed in a way that matters
    Decided, Gone ──carry──>  Decided, when it is found again and nothing that matters has changed
    Open, Gone ──spare──>     Spared, when a good-guy entry covers it
    any       ──vanish──>     Gone, when it is no longer found, listed or screened

States are frozen; a step that a state does not allow is refused, and no state is reached otherwise.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TypeAlias

import msgspec

from comity.alerts.model.failures import SamePerson, StepClosed
from comity.alerts.model.mattering import Change, Rested


class Disposition(Enum):
    """What a person decides about a hit."""

    TRUE_MATCH = "true_match"
    """The subject is the one who is listed."""
    FALSE_POSITIVE = "false_positive"
    """The subject is somebody else."""
    UNSURE = "unsure"
    """The facts do not suffice: what is missing is asked for."""
    ESCALATE = "escalate"
    """Another person decides."""

    @property
    def settles(self) -> bool:
        """Whether it answers the question."""
        return self in {Disposition.TRUE_MATCH, Disposition.FALSE_POSITIVE}


class Why(Enum):
    """Why a hit is one no longer."""

    NOT_FOUND = "not_found"
    """A later screening of the subject does not find it."""
    NOT_LISTED = "not_listed"
    """Nobody lists it any more."""
    LEFT = "left"
    """The subject is no longer screened: a customer has left, a payment was withdrawn."""
    JOINED = "joined"
    """The register has joined it with another entry, and the other's hit stands for both."""


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What one person decided, and on what it rested."""

    id: str
    disposition: Disposition
    reasons: tuple[str, ...]
    note: str
    by: str
    at: datetime
    rests: Rested
    probability: float
    profile: str
    """The screening profile, with its version."""
    screening: str
    """The screening that found the hit, for replay."""
    measures: str = ""
    """The digest of the measures that were shown; only a true match needs it."""


class Open(msgspec.Struct, frozen=True, kw_only=True, tag_field="is", tag="open"):
    """Nobody has decided, or what was decided no longer holds."""

    since: datetime
    earlier: Decision | None = None
    """The last decision about the pair, if there was one."""
    changes: tuple[Change, ...] = ()
    """What is new since then."""
    returned_by: str = ""
    """Who gave it back to the first person."""
    remark: str = ""
    """Why it was given or taken back."""


class Parked(msgspec.Struct, frozen=True, kw_only=True, tag_field="is", tag="parked"):
    """Unsure or escalated: somebody has looked, and it is still undecided."""

    decision: Decision


class Proposed(msgspec.Struct, frozen=True, kw_only=True, tag_field="is", tag="proposed"):
    """Decided by one person, and undecided until another has agreed."""

    decision: Decision


class Decided(msgspec.Struct, frozen=True, kw_only=True, tag_field="is", tag="decided"):
    """Settled, by one person or by two."""

    decision: Decision
    confirmed_by: str = ""
    """The second person; empty where none was asked for."""
    confirmed_at: datetime | None = None
    carried: int = 0
    """How often it was reported again with nothing new."""

    def __post_init__(self) -> None:
        """Refuse a second person who is the first, and what settles nothing."""
        assert self.decision.disposition.settles, "only a true match or a false positive settles"
        assert self.confirmed_by != self.decision.by, "the second person is another"


class Spared(msgspec.Struct, frozen=True, kw_only=True, tag_field="is", tag="spared"):
    """Kept silent by a good-guy entry, which a person made and another confirmed."""

    good_guy: str
    at: datetime


class Gone(msgspec.Struct, frozen=True, kw_only=True, tag_field="is", tag="gone"):
    """No longer found, listed or screened."""

    at: datetime
    why: Why
    grounds: str
    """The digest of the answer that no longer finds it, or what took the subject away."""
    was: Decided | None = None
    """The decision that stood."""


State: TypeAlias = Open | Parked | Proposed | Decided | Spared | Gone

UNDECIDED = (Open, Parked, Proposed)
"""States in which whatever waits for the answer goes on waiting."""


def decide(state: State, decision: Decision, *, needs_second: bool) -> Parked | Proposed | Decided:
    """Take a decision about what is open. Raises `StepClosed`, and `SamePerson` where the same person escalated it."""
    if not isinstance(state, Open | Parked):
        raise StepClosed("This was decided meanwhile, or is no longer there to be decided.")
    if isinstance(state, Parked) and decision.disposition.settles:
        escalated = state.decision.disposition is Disposition.ESCALATE
        if escalated and state.decision.by == decision.by:
            raise SamePerson("You escalated this: another person decides it.")
    if not decision.disposition.settles:
        return Parked(decision=decision)
    return Proposed(decision=decision) if needs_second else Decided(decision=decision)


def confirm(state: State, by: str, at: datetime) -> Decided:
    """Agree as the second person. Raises `StepClosed`, `SamePerson`."""
    return Decided(decision=_proposal(state, by).decision, confirmed_by=by, confirmed_at=at)


def give_back(state: State, by: str, at: datetime, remark: str) -> Open:
    """Disagree as the second person: the first one decides again. Raises `StepClosed`, `SamePerson`."""
    return Open(since=at, earlier=_proposal(state, by).decision, returned_by=by, remark=remark)


def take_back(state: State, at: datetime, remark: str) -> Open:
    """Undo what was decided: whatever waits for the answer waits again. Raises `StepClosed`."""
    if not isinstance(state, Parked | Proposed | Decided):
        raise StepClosed("There is no decision here that could be taken back.")
    return Open(since=at, earlier=state.decision, remark=remark)


def reopen(state: State, at: datetime, changes: tuple[Change, ...] = (), remark: str = "") -> Open:
    """Open a hit again because of what has changed; whatever was decided or proposed no longer holds."""
    return Open(since=at, earlier=last_decision(state), changes=changes, remark=remark)


def spare(state: State | None, good_guy: str, at: datetime) -> Spared:
    """Keep a hit silent that a good-guy entry covers. Raises `StepClosed` where somebody has begun to decide."""
    if state is not None and not isinstance(state, Open | Gone | Spared):
        raise StepClosed("Somebody has begun to decide this.")
    return Spared(good_guy=good_guy, at=at)


def carry(state: State) -> Decided:
    """Let a decision stand that was reported again with nothing new that matters. Raises `StepClosed`."""
    standing = state.was if isinstance(state, Gone) else state
    if not isinstance(standing, Decided):
        raise StepClosed("There is no decision here that could be carried.")
    return msgspec.structs.replace(standing, carried=standing.carried + 1)


def vanish(state: State, at: datetime, why: Why, grounds: str) -> Gone:
    """Close what is no longer found, listed or screened; a decision that stood is kept with it. Raises `StepClosed`."""
    if isinstance(state, Gone):
        raise StepClosed("This is gone already.")
    return Gone(at=at, why=why, grounds=grounds, was=state if isinstance(state, Decided) else None)


def last_decision(state: State) -> Decision | None:
    """Return the decision that stands, or that stood last."""
    match state:
        case Open():
            return state.earlier
        case Gone():
            return state.was.decision if state.was else None
        case Spared():
            return None
        case _:
            return state.decision


def _proposal(state: State, by: str) -> Proposed:
    if not isinstance(state, Proposed):
        raise StepClosed("Nothing here waits for a second person.")
    if state.decision.by == by:
        raise SamePerson("You decided this first: another person confirms it or gives it back.")
    return state
