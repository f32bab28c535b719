"""Entities as the lists describe them today: joined, with what stands beside them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from comity.lists import service as lists
from comity.model import ftm
from comity.model.entity import Entity as Described
from comity.opensanctions.model.datasets import name_of
from comity.opensanctions.model.entities import Adjacent, Entity, Neighbours, Total, published
from comity.opensanctions.model.failures import EntityAbsent, PropertyUnknown
from comity.opensanctions.model.schemata import ADJACENT, POINTERS, pointers
from comity.register import service as register
from comity.register.model.exporting import designated
from comity.register.model.naming import IN_FORCE
from comity.register.model.profile import Designation, Entry, Profile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from comity.infra.work import Work
    from comity.lists.service import Desk

SANCTIONED: Final = "sanction"
"""The topic of whoever a list forbids dealing with."""


class Looked(NamedTuple):
    """An entity that was looked up: as clients take it, and as the register shows it."""

    shown: Entity
    profile: Profile
    entries: tuple[Entry, ...]
    """Those that their lists still hold today."""
    held: tuple[Designation, ...]
    """Their designations that are in force, or of which nobody can tell."""


class Shelf:
    """Looks entities up, each once; for one request."""

    def __init__(self, work: Work, desk: Desk) -> None:
        self.work, self.desk = work, desk
        self.in_force = {one.source: one for one in lists.ground(work, desk)}
        self._looked: dict[str, Looked | None] = {}

    def find(self, id_: str) -> Looked | None:
        """Return an entity that stands on some list today, under this id or another; None where there is none."""
        self.fetch([id_])
        return self._looked[id_]

    def fetch(self, ids: Iterable[str]) -> None:
        """Look several entities up together, which costs as many queries as one, before each is asked for."""
        wanted = dict.fromkeys(id_ for id_ in ids if id_ not in self._looked)
        profiles = register.show_each(self.work, self.desk, wanted) if wanted else {}
        for id_ in wanted:
            self._looked[id_] = _looked(self, profiles[id_]) if id_ in profiles else None


def entity(work: Work, desk: Desk, id_: str, *, nested: bool) -> Entity:
    """Return an entity, and in it what stands beside it where that is asked for. Raises `EntityAbsent`."""
    shelf = Shelf(work, desk)
    found = _found(shelf, id_)
    if not nested:
        return found.shown
    return _with(found.shown, _beside(shelf, found))


def neighbours(work: Work, desk: Desk, id_: str, limit: int, offset: int) -> Neighbours:
    """Return an entity, and a page of what stands beside it for each property. Raises `EntityAbsent`."""
    shelf = Shelf(work, desk)
    found = _found(shelf, id_)
    beside = _beside(shelf, found)
    return Neighbours(
        entity=found.shown, adjacent={name: _page(of, limit, offset) for name, of in sorted(beside.items())}
    )


def adjacent(work: Work, desk: Desk, id_: str, property_: str, page: tuple[int, int]) -> tuple[str, Adjacent]:
    """Return the id of an entity, and a page (limit, offset) of what stands beside it under one property.

    Raises `EntityAbsent`, `PropertyUnknown`.
    """
    shelf = Shelf(work, desk)
    found = _found(shelf, id_)
    if property_ not in ADJACENT:
        raise PropertyUnknown("No property of this name leads to other entities.")
    return found.shown.id, _page(_beside(shelf, found).get(property_, []), *page)


def _found(shelf: Shelf, id_: str) -> Looked:
    found = shelf.find(id_)
    if found is None:
        raise EntityAbsent("There is no entity with this id on any list today.")
    return found


def _looked(shelf: Shelf, profile: Profile) -> Looked | None:
    held = tuple(one for one in profile.designations if one.state in IN_FORCE)
    said = {one.entity_id for one in profile.statements if any(run.until is None for run in one.runs)}
    current = said | {one.entity_id for one in held}
    entries = tuple(one for one in profile.entries if one.id in current and one.source in shelf.in_force)
    if not entries:
        return None
    runs = [run for one in profile.statements if one.entity_id in current for run in one.runs]
    lists_ = {one.source for one in entries}
    shown = Entity(
        id=profile.id,
        caption=profile.caption,
        schema=profile.schema,
        properties=_described(shelf, profile, entries, held),
        datasets=tuple(sorted(name_of(one) for one in lists_)),
        referents=tuple(sorted({*profile.members} - {profile.id})),
        target=bool(held),
        first_seen=published(min(run.since for run in runs)),
        last_seen=max(f"{shelf.in_force[one].published_at:%Y-%m-%dT%H:%M:%S}" for one in lists_),
        last_change=published(max(key for run in runs for key in run if key)),
    )
    return Looked(shown, profile, entries, held)


def _described(
    shelf: Shelf, profile: Profile, entries: Sequence[Entry], held: Sequence[Designation]
) -> dict[str, tuple[str, ...]]:
    """Return what the lists say of an entity, as FollowTheMoney takes it."""
    merged: dict[str, dict[str, None]] = defaultdict(dict)
    for one in entries:
        for name, values in one.properties.items():
            merged[name].update(dict.fromkeys(_pointed(shelf, one, values) if name in pointers(one.schema) else values))
    if any(not shelf.desk.source(one.source).says for one in held):
        merged["topics"][SANCTIONED] = None
    gathered = {name: tuple(values) for name, values in merged.items()}
    described = Described(id=profile.id, schema=profile.schema, caption=profile.caption, properties=gathered)
    return _read(described).properties


def _pointed(shelf: Shelf, one: Entry, values: Sequence[str]) -> Sequence[str]:
    meant = register.pointed_at(shelf.work, one.source, values)
    return tuple(meant.get(value, value) for value in values)


def _read(described: Described) -> Entity:
    return msgspec.convert(described.ftm(), Entity)


def _beside(shelf: Shelf, found: Looked) -> dict[str, list[Entity]]:
    """Return what stands beside an entity, by the property under which it shows it."""
    beside: dict[str, list[Entity]] = defaultdict(list)
    for one in found.held:
        beside["sanctions"].append(_sanction(shelf, one))
    links = {property_ for _, property_ in POINTERS}
    others = register.beside(shelf.work, shelf.desk, found.profile, links)
    shelf.fetch(others)
    for id_ in others:
        link = shelf.find(id_)
        if link is None:
            continue
        for (schema, property_), name in POINTERS.items():
            if schema == link.shown.schema and found.shown.id in link.shown.properties.get(property_, ()):
                beside[name].append(_across(shelf, link.shown, found.shown.id))
    for property_ in pointers(found.shown.schema):
        for id_ in found.shown.properties.get(property_, ()):
            if (other := shelf.find(id_)) is not None:
                beside[property_].append(other.shown)
    return beside


def _sanction(shelf: Shelf, one: Designation) -> Entity:
    source = shelf.desk.source(one.source)
    shown = _read(designated(one, source.issuer.authority))
    properties = {name: values for name, values in shown.properties.items() if name != "entity"}
    return msgspec.structs.replace(shown, properties=properties, datasets=(name_of(one.source),))


def _across(shelf: Shelf, link: Entity, id_: str) -> Entity:
    """Return who points at an entity without the pointer to it; whoever a link leads to further stands in it."""
    properties: dict[str, tuple[object, ...]] = dict(link.properties)
    for property_ in pointers(link.schema) & properties.keys():
        others = [shelf.find(one) or one for one in link.properties[property_] if one != id_]
        if link.schema in ftm.LINKS:
            properties[property_] = tuple(one.shown if isinstance(one, Looked) else one for one in others)
        else:
            properties[property_] = tuple(one.shown.id if isinstance(one, Looked) else one for one in others)
        if not properties[property_]:
            del properties[property_]
    return msgspec.structs.replace(link, properties=properties)


def _with(shown: Entity, beside: Mapping[str, Sequence[Entity]]) -> Entity:
    nested: dict[str, tuple[object, ...]] = {name: tuple(of) for name, of in sorted(beside.items())}
    return msgspec.structs.replace(shown, properties=shown.properties | nested)


def _page(of: Sequence[Entity], limit: int, offset: int) -> Adjacent:
    return Adjacent(results=tuple(of[offset : offset + limit]), total=Total(value=len(of)), limit=limit, offset=offset)
