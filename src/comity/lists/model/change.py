"""What differs between two editions, property by property."""

from __future__ import annotations

from collections import defaultdict
from enum import Enum
from typing import TYPE_CHECKING

import msgspec
from anyascii import anyascii

from comity.model.claim import ENTRY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from comity.lists.model.listed import Listed
    from comity.model.claim import Claim


class Op(Enum):
    """What happened to a record between two editions."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class PropertyChange(msgspec.Struct, frozen=True, kw_only=True):
    """The values of one property that went and came."""

    property: str
    about: str = ""
    """The programme, for a fact of the designation; empty for the entity."""
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One record that differs between two editions."""

    op: Op
    source: str
    reference: str
    entity_id: str
    schema: str
    caption: str
    properties: tuple[PropertyChange, ...]


def compare(
    before: Listed, after: Listed, *, parts: Collection[str], same_format: bool = True
) -> tuple[PropertyChange, ...]:
    """Return what differs between two readings of one record, within the parts of which both editions speak.

    Between two formats of a list only what they say alike is compared: letters without accents and case, and nothing that merely
    one of them spells out beside the value; for a change of format is not a legal change. Another kind of thing is told as the
    property `schema`.
    """
    heard = set(parts) - set(before.silent) - set(after.silent)
    old, new = _grouped(before, heard, exact=same_format), _grouped(after, heard, exact=same_format)
    if same_format and ENTRY in heard and before.schema != after.schema:
        old["", "schema"], new["", "schema"] = {before.schema: before.schema}, {after.schema: after.schema}
    changes: list[PropertyChange] = []
    for about, name in sorted(old.keys() | new.keys()):
        gone, come = old.get((about, name), {}), new.get((about, name), {})
        removed = tuple(text for key, text in gone.items() if key not in come)
        added = tuple(text for key, text in come.items() if key not in gone)
        if removed or added:
            changes.append(PropertyChange(property=name, about=about, removed=removed, added=added))
    return tuple(changes)


def whole(listed: Listed, op: Op) -> tuple[PropertyChange, ...]:
    """Return a record that came or went as a whole, property by property."""
    grouped = _grouped(listed, {claim.part for claim in _claims(listed)}, exact=False)
    values = {key: tuple(texts.values()) for key, texts in sorted(grouped.items())}
    if op is Op.ADDED:
        return tuple(PropertyChange(property=name, about=about, added=texts) for (about, name), texts in values.items())
    return tuple(PropertyChange(property=name, about=about, removed=texts) for (about, name), texts in values.items())


def _grouped(listed: Listed, heard: Collection[str], *, exact: bool) -> dict[tuple[str, str], dict[object, str]]:
    grouped: dict[tuple[str, str], dict[object, str]] = defaultdict(dict)
    for claim in _claims(listed):
        if claim.part in heard:
            grouped[claim.about, claim.property].setdefault(_key(claim, exact=exact), _text(claim, exact=exact))
    return grouped


def _claims(listed: Listed) -> Iterable[Claim]:
    yield from listed.claims
    for other in listed.linked:
        yield from other.claims


def _key(claim: Claim, *, exact: bool) -> object:
    if exact:
        return (claim.value, claim.lang, claim.original, tuple(sorted(claim.detail.items())))
    return anyascii(claim.value).casefold()


def _text(claim: Claim, *, exact: bool) -> str:
    if not exact or not claim.detail:
        return claim.value
    return f"{claim.value} ({'; '.join(f'{key}: {value}' for key, value in sorted(claim.detail.items()))})"
