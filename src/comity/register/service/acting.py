"""Dated legal acts: what an authority did between two editions, entered by a person with its citation."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from comity.lists import service as lists
from comity.lists.model import Status
from comity.register.model import profile
from comity.register.model.answers import ActContradicts, ActUnknown, EnteredAct, EntityUnknown, ProgrammeUnknown
from comity.register.model.listing import contradiction
from comity.register.model.resolution import ReasonMissing
from comity.register.service import following, indexing
from comity.register.store import acts, entities, rows

if TYPE_CHECKING:
    from comity.infra.work import Work
    from comity.lists.service import Desk
    from comity.model.designation import Act


def enter_act(work: Work, desk: Desk, entity_id: str, programme: str, act: Act) -> EnteredAct:
    """Enter an act about one list entry, and work its history out again.

    Raises `EntityUnknown`, `ProgrammeUnknown`, and `ActContradicts` where an accepted edition says otherwise.
    """
    rows.alone(work)
    list_id, reference = _entry(work, entity_id)
    of = indexing.by_programme(entities.read(work, [entity_id])).get(programme)
    if of is None:
        raise ProgrammeUnknown(f"This entry was never listed under {programme!r}.")
    editions = lists.editions(work, list_id, statuses=[Status.ACCEPTED])
    known = acts.acts_of(work, [entity_id]).get(entity_id, {}).get(programme, [])
    against = contradiction(profile.sightings(of, editions), known, act)
    if against:
        raise ActContradicts(f"The act cannot stand: {against}")
    entered = EnteredAct(
        id=f"act-{secrets.token_hex(6)}",
        entity_id=entity_id,
        programme=programme,
        act=act,
        entered_at=work.at,
        entered_by=work.actor.id,
    )
    acts.enter_act(work, entered)
    following.rework(work, desk.source(list_id), list_id, [following.record_of(work, list_id, reference)])
    work.record(
        "register.act_entered", act=entered.id, entity=entity_id, act_kind=act.kind.value, on=act.on.isoformat()
    )
    return entered


def withdraw_act(work: Work, desk: Desk, act_id: str, reason: str) -> None:
    """Withdraw an act; what it decided is open again. Raises `ReasonMissing`, `ActUnknown`."""
    if not reason.strip():
        raise ReasonMissing("Say why, for whoever reads this next.")
    rows.alone(work)
    entity_id = acts.withdraw_act(work, act_id, reason.strip())
    if entity_id is None:
        raise ActUnknown("There is no such act, or it was withdrawn already.")
    list_id, reference = _entry(work, entity_id)
    following.rework(work, desk.source(list_id), list_id, [following.record_of(work, list_id, reference)])
    work.record("register.act_withdrawn", act=act_id, entity=entity_id)


def entered_acts(work: Work, id_: str) -> list[EnteredAct]:
    """Return every act entered about an entity or the members of its cluster, withdrawn ones too. Raises `EntityUnknown`."""
    cluster = entities.canonical(work, id_)
    members = [member.id for member in entities.members(work, [cluster]).get(cluster, [])]
    if not members:
        raise EntityUnknown("There is no entity with this id.")
    return acts.entered_acts(work, members)


def _entry(work: Work, entity_id: str) -> tuple[str, str]:
    found = entities.entries(work, [entity_id])
    if not found:
        raise EntityUnknown("There is no list entry with this id.")
    return found[0][1:]
