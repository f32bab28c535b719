"""The facts of an entity, list by list beside each other, and together with who says so."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from comity.model.claim import Claim
from comity.model.dates import DateMalformed, PartialDate
from comity.model.designation import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from comity.model.measure import MeasureKind
    from comity.register.model.profile import Designation, Entry, Profile

ROWS = (
    "name", "birthDate", "birthPlace", "incorporationDate", "gender", "nationality", "citizenship", "country", "passportNumber",
    "idNumber", "taxNumber", "innCode", "registrationNumber", "ogrnCode", "leiCode", "swiftBic", "imoNumber", "mmsi", "callSign",
    "flag", "type", "model", "serialNumber", "buildDate", "publicKey", "position", "address",
)  # fmt: skip
"""The facts that stand side by side, in this order."""

TOGETHER = (
    "birthDate", "incorporationDate", "birthPlace", "nationality", "country", "passportNumber", "idNumber", "taxNumber", "innCode",
    "registrationNumber", "ogrnCode", "leiCode", "swiftBic", "imoNumber", "serialNumber", "publicKey",
)  # fmt: skip
"""The facts that are summed up over all lists."""

NAMES = ("name", "previousName", "alias", "weakAlias")
"""Names, the strongest first."""

SPELT = frozenset({"name", "position", "birthPlace", "type", "address", "model"})
"""What every list spells in its own way: a difference of spelling is not a disagreement."""


class FactRow(msgspec.Struct, frozen=True, kw_only=True):
    """One fact across the entries."""

    property: str
    cells: tuple[tuple[Claim, ...], ...]
    is_apart: bool
    """Whether entries that state it disagree."""


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One value, and which regimes say so."""

    claim: Claim
    codes: tuple[str, ...]


def claims(profile: Profile, keys: Mapping[str, str]) -> dict[str, list[Claim]]:
    """Return what each entry says on the day asked for; `keys` names the key of each edition by its id."""
    found: dict[str, list[Claim]] = {}
    for entry in profile.entries:
        key = keys.get(entry.edition)
        found[entry.id] = [one.claim for one in profile.statements if one.entity_id == entry.id and one.holds(key)]
    return found


def side_by_side(entries: Sequence[Entry], said: Mapping[str, list[Claim]]) -> list[FactRow]:
    """Return the facts that any entry states, one row each."""
    rows: list[FactRow] = []
    for name in ROWS:
        cells = tuple(_of(said[entry.id], name) for entry in entries)
        if any(cells):
            rows.append(FactRow(property=name, cells=cells, is_apart=_apart(name, cells)))
    return rows


def new(profile: Profile, keys: Mapping[str, str]) -> dict[str, set[tuple[str, str]]]:
    """Return, entry by entry, the facts that the edition describing it says for the first time, by property and value.

    What an entry's first edition says is not new: the whole entry is.
    """
    found: dict[str, set[tuple[str, str]]] = {}
    for entry in profile.entries:
        key, own = keys.get(entry.edition), [one for one in profile.statements if one.entity_id == entry.id]
        first = min((run.since for one in own for run in one.runs), default=None)
        found[entry.id] = {
            (one.claim.property, one.claim.value)
            for one in own
            if key != first and any(run.since == key for run in one.runs)
        }
    return found


def law_apart(designations: Iterable[Designation]) -> set[str]:
    """Return in what the regimes themselves differ: in `status` if not all list it, in `measures` if not all forbid the same.

    An aggregator is no regime, and where only one regime speaks there is nobody to differ from.
    """
    kinds: dict[str, set[MeasureKind]] = {}
    for one in designations:
        if not one.is_aggregated:
            forbidden = {measure.kind for measure in one.measures} if one.state is State.LISTED else set()
            kinds[one.code] = kinds.get(one.code, set()) | forbidden
    listing = [of for of in kinds.values() if of]
    status = {"status"} if listing and len(listing) < len(kinds) else set()
    return status | ({"measures"} if any(of != listing[0] for of in listing) else set())


def together(entries: Sequence[Entry], said: Mapping[str, list[Claim]], name: str) -> list[Said]:
    """Return every value of a fact once, that which most regimes state first."""
    codes: dict[str, set[str]] = defaultdict(set)
    first: dict[str, Claim] = {}
    for entry in entries:
        for claim in _of(said[entry.id], name):
            key = claim.value.casefold()
            codes[key].add(entry.code)
            first.setdefault(key, claim)
    ranked = sorted(first, key=lambda key: -len(codes[key]))
    return [Said(claim=first[key], codes=tuple(sorted(codes[key]))) for key in ranked]


def names(entries: Sequence[Entry], said: Mapping[str, list[Claim]]) -> list[Said]:
    """Return every name once, with the strongest quality that any list gives it; originals in their own script come first."""
    found: dict[str, Said] = {}
    for kind in NAMES:
        for one in together(entries, said, kind):
            found.setdefault(one.claim.value.casefold(), one)
    return sorted(found.values(), key=lambda one: (NAMES.index(one.claim.property), one.claim.value.isascii()))


def _of(said: Iterable[Claim], name: str) -> tuple[Claim, ...]:
    """Return the claims of one property, each value once."""
    return tuple({one.value: one for one in said if one.property == name and not one.about}.values())


def _apart(name: str, cells: Sequence[Sequence[Claim]]) -> bool:
    stated = [{claim.value for claim in cell} for cell in cells if cell]
    if name in SPELT:
        return False
    if name == "birthDate":
        return any(not _dates_meet(one, other) for one in stated for other in stated)
    return any(not one & other for one in stated for other in stated)


def _dates_meet(one: Iterable[str], other: Iterable[str]) -> bool:
    try:
        return any(PartialDate.parse(a).agrees(PartialDate.parse(b)) for a in one for b in other)
    except DateMalformed:
        return True
