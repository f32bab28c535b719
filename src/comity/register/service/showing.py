"""Showing one entity as it stood on a day, by what was known at an instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.lists import service as lists
from comity.model.claim import entity_id
from comity.model.entity import Entity
from comity.register.model import profile
from comity.register.model.answers import Card, EntityUnknown, Published
from comity.register.model.profile import Profile, Shown, View
from comity.register.service import following, resolving
from comity.register.service.stood import Stood, stood
from comity.register.store import entities

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from comity.infra.work import Work
    from comity.lists.service import Desk
    from comity.register.store.entities import Member


def show(work: Work, desk: Desk, id_: str, *, as_of: date | None = None, known_at: datetime | None = None) -> Profile:
    """Return everything that the register holds of an entity or a cluster. Raises `EntityUnknown`."""
    found = show_each(work, desk, [id_], as_of=as_of, known_at=known_at)
    if id_ not in found:
        raise EntityUnknown("There is no entity with this id, or none was known at that time.")
    return found[id_]


def show_each(
    work: Work, desk: Desk, ids: Collection[str], *, as_of: date | None = None, known_at: datetime | None = None
) -> dict[str, Profile]:
    """Return what the register holds of several entities or clusters, by the ids asked for; whoever is unknown is left out.

    Of what is known now, a hundred entities of the same lists take as many queries as one.
    """
    view = View(as_of=as_of or work.at.date(), known_at=known_at)
    asked = _members(work, ids, known_at)
    read = stood(work, desk, view, {member for _, members in asked.values() for member in members})
    found: dict[str, Profile] = {}
    for id_, (shown_as, members) in asked.items():
        held = [entry for entry in (read[member.id] for member in members) if entry.own]
        if held:
            found[id_] = _profile(shown_as, held, max(held, key=Stood.leads))
    return found


def _members(work: Work, ids: Collection[str], known_at: datetime | None) -> dict[str, tuple[str, list[Member]]]:
    """Return, for each id, under which to show what, and the entries that were joined; at an earlier time, those of then."""
    clusters = entities.canonicals(work, ids)
    now = entities.members(work, set(clusters.values()))
    found = {id_: (cluster, now.get(cluster, [])) for id_, cluster in clusters.items()}
    if known_at is not None:
        for id_, (_, members) in found.items():
            if id_ in {one.id for one in members}:
                ((shown_as, then),) = resolving.joined_at(work, [id_], known_at).items()
                found[id_] = (shown_as, entities.entries(work, then))
    return found


def _profile(id_: str, entries: Sequence[Stood], lead: Stood) -> Profile:
    ordered = [lead, *(entry for entry in entries if entry is not lead)]
    merged = Entity.of(lead.id, lead.schema, [claim for entry in ordered for claim in entry.claims])
    return Profile(
        id=id_,
        schema=lead.schema,
        caption=lead.entity.caption,
        entries=tuple(entry.shown() for entry in ordered),
        properties=merged.properties,
        designations=tuple(one for entry in ordered for one in entry.designations),
        statements=tuple(one for entry in ordered for one in entry.own),
        view=lead.view,
    )


def show_entry(work: Work, desk: Desk, id_: str, *, as_of: date | None = None) -> Profile:
    """Return one list entry alone, whatever it was joined with. Raises `EntityUnknown`."""
    found = entities.entries(work, [id_])
    if not found:
        raise EntityUnknown("There is no list entry with this id.")
    read = stood(work, desk, View(as_of=as_of or work.at.date()), found)
    return _profile(id_, [read[id_]], read[id_])


def cards(work: Work, ids: Collection[str]) -> dict[str, tuple[str, Card]]:
    """Return the schema and the card of some entries."""
    return entities.short(work, ids)


def resolve_id(text: str) -> str:
    """Return the id that somebody means: an id, or a list entry written as `LIST:REFERENCE`."""
    list_id, colon, reference = text.rpartition(":") if ":" in text else ("", "", text)
    return entity_id(list_id, reference) if colon else text


def shown(work: Work, found: Profile) -> Shown:
    """Return a profile as programs take it."""
    sources = {one.source for one in found.statements}
    names = {edition.key: edition.id for list_id in sources for edition in lists.editions(work, list_id)}
    return profile.shown(found, names)


def records(work: Work, id_: str) -> list[Published]:
    """Return the records from which an entity or a cluster was read, as published, each with the editions in which it stood.

    Raises `EntityUnknown`.
    """
    found: list[Published] = []
    cluster = entities.canonical(work, id_)
    for member, list_id, own_reference in entities.members(work, [cluster]).get(cluster, []):
        reference = following.record_of(work, list_id, own_reference)
        names = {edition.key: edition.id for edition in lists.editions(work, list_id)}
        spans = lists.history(work, list_id, [reference])[reference]
        bodies = lists.records(work, {span.digest for span in spans})
        found += [
            Published(
                entity_id=member,
                source=list_id,
                reference=reference,
                since_edition=names.get(span.since, ""),
                until_edition=names.get(span.until, "") if span.until else None,
                raw=bodies[span.digest].raw,
            )
            for span in spans
        ]
    if not found:
        raise EntityUnknown("There is no entity with this id.")
    return found
