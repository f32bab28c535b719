"""What is said today, statement by statement, and which entries stand beside others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.model.claim import entity_id
from comity.register.store import saying

if TYPE_CHECKING:
    from collections.abc import Collection

    from comity.infra.work import Work
    from comity.lists.service import Desk
    from comity.register.model.answers import Said, StatementSearch
    from comity.register.model.profile import Profile


def standing(work: Work, question: StatementSearch) -> tuple[list[Said], int]:
    """Return a page of the statements that stand today, entry by entry, and how many there are."""
    return saying.standing(work, question)


def beside(work: Work, desk: Desk, profile: Profile, properties: Collection[str]) -> list[str]:
    """Return the list entries that belong to an entity or point at it: its wallets, and in datasets of links the links.

    `properties` are those by which a link points.
    """
    found = saying.linked(work, [(entry.source, entry.reference) for entry in profile.entries])
    open_ = {entry.source for entry in profile.entries if desk.source(entry.source).has_datasets}
    if open_:  # the form of a list of its own has no links between records
        names = {name for entry in profile.entries if entry.source in open_ for name in (entry.id, entry.reference)}
        found += saying.pointing(work, open_, properties, names)
    return [one for one in dict.fromkeys(found) if one not in profile.members]


def pointed_at(work: Work, source: str, values: Collection[str]) -> dict[str, str]:
    """Return the entity that each of some values means: an id of ours, or a reference of the same list."""
    meant = {value: (value, entity_id(source, value)) for value in values}
    known = saying.clusters(work, {id_ for both in meant.values() for id_ in both})
    return {value: known[id_] for value, both in meant.items() for id_ in both if id_ in known}
