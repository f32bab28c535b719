"""Deciding: one person says what a hit is, another agrees where the practice asks for it, and either can be taken back."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

import msgspec

from comity.alerts.model import state as states
from comity.alerts.model.answers import BULK_MAX, Dossier
from comity.alerts.model.asking import Decide
from comity.alerts.model.failures import (
    AlertUnknown,
    BulkTooLarge,
    BulkUnfit,
    MeasuresUnseen,
    MembersUnfit,
    ReasonMissing,
)
from comity.alerts.model.history import Step
from comity.alerts.model.practice import IN_WORDS
from comity.alerts.model.ranking import pattern
from comity.alerts.model.state import Decided, Decision, Disposition, Open, Parked, Proposed
from comity.alerts.service.looking import UNKNOWN, consequences, readable, whole
from comity.alerts.service.practising import practice_of
from comity.alerts.service.stepping import step
from comity.alerts.service.vouching import end_with
from comity.alerts.store import dossiers, steps
from comity.kit.limits import NOTE_CHARS_MAX

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from comity.alerts.model.answers import Hit
    from comity.alerts.model.state import State
    from comity.alerts.service.office import Office
    from comity.infra.work import Work
    from comity.screening.model.profile import Reason

_STEP_OF: Final = {Parked: Step.PARKED, Proposed: Step.PROPOSED, Decided: Step.DECIDED}


def decide(work: Work, office: Office, said: Decide) -> Hit:
    """Record what a person says of a hit.

    Where the practice asks for a second person the hit is proposed, and stays undecided until another has confirmed it. Raises
    `AlertUnknown`, `ReasonMissing`, `StepClosed`, `SamePerson`, and `MeasuresUnseen` where a true match is decided without what
    follows from it having been shown, or where that has changed since.
    """
    dossier, hit = _hit(work, said.hit)
    practice = practice_of(work, hit.profile)
    _reasoned(said, practice.reasons(said.disposition))
    if said.disposition is Disposition.TRUE_MATCH and said.measures != consequences(work, office, hit).digest:
        raise MeasuresUnseen(
            "See what follows from a true match first: the measures, who is bound, and what is permitted."
        )
    needs_second = practice.needs_second(said.disposition, hit.probability)
    state = states.decide(hit.state, _decision(work, hit, said), needs_second=needs_second)
    settled = _settle(work, dossier, hit, state, _STEP_OF[type(state)])
    work.record(
        "alerts.decided", alert=hit.alert, hit=hit.id, decision=state.decision.id, disposition=said.disposition.value,
        needs_second=isinstance(state, Proposed),
    )  # fmt: skip
    return settled


def confirm(work: Work, hit_id: str) -> Hit:
    """Agree, as the second person, with what another proposed. Raises `AlertUnknown`, `StepClosed`, `SamePerson`."""
    dossier, hit = _hit(work, hit_id)
    state = states.confirm(hit.state, work.actor.id, work.at)
    settled = _settle(work, dossier, hit, state, Step.CONFIRMED)
    decision = state.decision
    work.record(
        "alerts.confirmed", alert=hit.alert, hit=hit.id, decision=decision.id, disposition=decision.disposition.value
    )
    return settled


def give_back(work: Work, hit_id: str, remark: str) -> Hit:
    """Disagree, as the second person: the hit is open again. Raises `AlertUnknown`, `ReasonMissing`, `StepClosed`, `SamePerson`."""
    dossier, hit = _hit(work, hit_id)
    state = states.give_back(hit.state, work.actor.id, work.at, _remark(remark))
    settled = _settle(work, dossier, hit, state, Step.RETURNED, remark)
    work.record("alerts.returned", alert=hit.alert, hit=hit.id)
    return settled


def undo(work: Work, hit_id: str, remark: str) -> Hit:
    """Take back what was decided: whatever waits for the answer waits again, and a good-guy entry that rested on it ends.

    Raises `AlertUnknown`, `ReasonMissing`, `StepClosed`.
    """
    dossier, hit = _hit(work, hit_id)
    settled = _settle(
        work, dossier, hit, states.take_back(hit.state, work.at, _remark(remark)), Step.TAKEN_BACK, remark
    )
    end_with(work, dossier.alert.subject, settled)
    work.record("alerts.taken_back", alert=hit.alert, hit=hit.id)
    return settled


def assign(work: Work, ids: Sequence[str], to: str) -> int:
    """Give alerts to a person, by their id, or to nobody; return how many. Raises `AlertUnknown`.

    What is for named reviewers alone is given to one of them; raises `MembersUnfit` otherwise.
    """
    dossiers.alone(work)
    found = readable(work, ids)
    if len(found) != len(set(ids)):
        raise AlertUnknown(UNKNOWN)
    if to and not all(one.alert.is_for(to) for one in found.values()):
        raise MembersUnfit("An alert that is for named reviewers alone is given to one of them.")
    given = [Dossier(alert=msgspec.structs.replace(one.alert, assigned_to=to), hits=one.hits) for one in found.values()]
    dossiers.write(work, given, ())
    work.record("alerts.assigned", alerts=len(given), to=to)
    return len(given)


def alike(work: Work, ids: Sequence[str]) -> list[Hit]:
    """Return the hits of some alerts that may be decided together, in the order of the ids.

    Each alert has one hit that waits, and all have one pattern of evidence, so that one sentence is true of each. Raises
    `AlertUnknown`, `BulkTooLarge`, `BulkUnfit`.
    """
    if len(ids) > BULK_MAX:
        raise BulkTooLarge(f"At most {BULK_MAX} alerts are decided together.")
    found = readable(work, ids)
    if not ids or len(found) != len(set(ids)):
        raise AlertUnknown(UNKNOWN)
    waiting = [found[id_].undecided for id_ in dict.fromkeys(ids)]
    if any(len(hits) != 1 or not isinstance(hits[0].state, Open) for hits in waiting):
        raise BulkUnfit("Only alerts with one hit, which nobody has decided, are decided together.")
    hits = [hits[0] for hits in waiting]
    if len({(pattern(hit.evidence), hit.profile) for hit in hits}) != 1:
        raise BulkUnfit("Only alerts of one profile, with one pattern of evidence, are decided together.")
    if any(hit.state.earlier is not None for hit in hits if isinstance(hit.state, Open)):
        raise BulkUnfit("What was decided before is looked at one by one.")
    return hits


def decide_alike(work: Work, ids: Sequence[str], reason: str, note: str) -> list[Hit]:
    """Propose that some alerts are false positives, all for one reason; a second person confirms each.

    Raises what `alike` and `decide` do.
    """
    dossiers.alone(work)
    hits = alike(work, ids)
    found = readable(work, ids)
    said = [Decide(hit=hit.id, disposition=Disposition.FALSE_POSITIVE, reasons=(reason,), note=note) for hit in hits]
    _reasoned(said[0], practice_of(work, hits[0].profile).reasons(Disposition.FALSE_POSITIVE))
    proposed = [
        msgspec.structs.replace(hit, state=states.decide(hit.state, _decision(work, hit, one), needs_second=True))
        for hit, one in zip(hits, said, strict=True)
    ]
    dossiers.write(work, [_with(work, found[hit.alert], hit) for hit in proposed], ())
    taken = [step(work, hit, Step.PROPOSED, since=_since(before)) for hit, before in zip(proposed, hits, strict=True)]
    steps.add(work, taken)
    work.record(
        "alerts.decided_alike", alerts=len(proposed), disposition=Disposition.FALSE_POSITIVE.value, reason=reason
    )
    return proposed


def _hit(work: Work, id_: str) -> tuple[Dossier, Hit]:
    dossiers.alone(work)
    alert = dossiers.alert_of_hit(work, id_)
    if alert is None:
        raise AlertUnknown(UNKNOWN)
    dossier = whole(work, alert)
    return dossier, next(hit for hit in dossier.hits if hit.id == id_)


def _reasoned(said: Decide, known: Sequence[Reason]) -> None:
    if not said.reasons or not set(said.reasons) <= {one.id for one in known}:
        raise ReasonMissing("Give at least one of the reasons that the profile knows for this.")
    if said.reasons == (IN_WORDS.id,) and not said.note.strip():
        raise ReasonMissing("Say the reason in the note.")
    if len(said.note) > NOTE_CHARS_MAX:
        raise ReasonMissing(f"A note has at most {NOTE_CHARS_MAX} characters.")


def _remark(text: str) -> str:
    if not text.strip() or len(text) > NOTE_CHARS_MAX:
        raise ReasonMissing(f"Say why, in at most {NOTE_CHARS_MAX} characters, for whoever decides next.")
    return text.strip()


def _decision(work: Work, hit: Hit, said: Decide) -> Decision:
    return Decision(
        id=f"d-{secrets.token_hex(8)}",
        disposition=said.disposition,
        reasons=said.reasons,
        note=said.note.strip(),
        by=work.actor.id,
        at=work.at,
        rests=hit.rests,
        probability=hit.probability,
        profile=hit.profile,
        screening=hit.screening,
        measures=said.measures,
    )


def _settle(work: Work, dossier: Dossier, hit: Hit, state: State, what: Step, remark: str = "") -> Hit:
    settled = msgspec.structs.replace(hit, state=state)
    dossiers.write(work, [_with(work, dossier, settled)], ())
    steps.add(work, [step(work, settled, what, since=_since(hit), remark=remark)])
    return settled


def _with(work: Work, dossier: Dossier, settled: Hit) -> Dossier:
    alert = msgspec.structs.replace(dossier.alert, changed_at=work.at)
    return Dossier(alert=alert, hits=tuple(settled if hit.id == settled.id else hit for hit in dossier.hits))


def _since(hit: Hit) -> datetime:
    return hit.state.since if isinstance(hit.state, Open) else hit.first_at


__all__ = ["alike", "assign", "confirm", "decide", "decide_alike", "give_back", "undo"]
