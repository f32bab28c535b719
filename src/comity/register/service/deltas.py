"""What changed: between two editions of a list as FollowTheMoney deltas, and in the whole register between two known times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity.lists import service as lists
from comity.lists.model import Status
from comity.register.model.exporting import exported

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from comity.infra.work import Work
    from comity.lists.model import Change, Edition, Listed
    from comity.lists.service import Desk


def ftm_delta(work: Work, desk: Desk, from_id: str, to_id: str) -> Iterator[dict[str, Any]]:
    """Yield what differs between two editions as FollowTheMoney operations: ADD, MOD with the whole entity, DEL with its id."""
    before, after = lists.find(work, from_id), lists.find(work, to_id)
    authority = desk.source(before.source).issuer.authority
    for _, was, now in lists.differing(work, desk, before, after):
        old, new = _entities(before, authority, was), _entities(after, authority, now)
        yield from ({"op": "DEL", "entity": {"id": id_}} for id_ in sorted(old.keys() - new.keys()))
        for id_, entity in new.items():
            if old.get(id_) != entity:
                yield {"op": "MOD" if id_ in old else "ADD", "entity": entity}


def ftm_entities(work: Work, desk: Desk, list_id: str) -> Iterator[dict[str, Any]]:
    """Yield every entity of a list's edition in force, as FollowTheMoney writes them."""
    source = desk.source(list_id)
    accepted = lists.editions(work, list_id, statuses=[Status.ACCEPTED])
    if accepted:
        for _, _, now in lists.differing(work, desk, None, accepted[-1]):
            yield from _entities(accepted[-1], source.issuer.authority, now).values()


def changes(work: Work, desk: Desk, since: datetime, until: datetime | None = None) -> Iterator[Change]:
    """Yield what changed in the whole register from one known time to another: list by list, the editions in force compared."""
    for list_id in sorted({edition.source for edition in lists.editions(work)}):
        accepted = lists.editions(work, list_id, statuses=[Status.ACCEPTED])
        before, after = _in_force(accepted, since), _in_force(accepted, until)
        if after is not None and (before is None or before.id != after.id):
            yield from lists.diff(work, desk, before.id if before else "", after.id)


def in_force(work: Work, list_id: str) -> str:
    """Return the id of a list's edition in force. Raises `EditionUnknown` where there is none."""
    accepted = lists.editions(work, list_id, statuses=[Status.ACCEPTED])
    return lists.find(work, accepted[-1].id if accepted else f"{list_id}@").id


def _in_force(accepted: list[Edition], at: datetime | None) -> Edition | None:
    known = [one for one in accepted if at is None or (one.decided_at is not None and one.decided_at <= at)]
    return known[-1] if known else None


def _entities(edition: Edition, authority: str, listed: Listed | None) -> dict[str, dict[str, Any]]:
    if listed is None:
        return {}
    return {entity.id: entity.ftm() for entity in exported(edition.source, authority, listed)}
