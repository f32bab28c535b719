"""Two list entries laid beside each other, fact by fact and value by value: equal, near, different, or stated by one alone."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

import msgspec
from rapidfuzz.distance import Indel

from comity.model import identifiers
from comity.model.claim import Claim
from comity.model.dates import DateMalformed, PartialDate
from comity.register.model.names import words
from comity.register.pages.facts import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FACTS = (
    "names", "birthDate", "birthPlace", "gender", "nationality", "citizenship", "country", "passportNumber", "idNumber",
    "taxNumber", "innCode", "registrationNumber", "ogrnCode", "leiCode", "swiftBic", "imoNumber", "mmsi", "callSign", "flag",
    "serialNumber", "publicKey", "incorporationDate", "buildDate", "type", "position", "address", "unscId", "ofsiGroupId",
    "ofacUid",
)  # fmt: skip
"""The facts that are compared, in this order; `names` are all names of every quality."""
DATES = frozenset({"birthDate", "incorporationDate", "buildDate"})
MANY = frozenset({"names", "address", "country", "position", "passportNumber", "idNumber"})
"""Facts of which one may have several: a value that the other side lacks is missing there, and contradicts nothing."""
LINES_MAX = 8
"""Lines of one fact; further ones are counted and stand among the statements."""
NEAR_MIN = 0.75
"""From this likeness on two values are near."""


class Relation(Enum):
    """How two values stand to each other."""

    EQUAL = "equal"
    NEAR = "near"
    DIFFERENT = "different"
    ALONE = "alone"


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """Two values at the same height; None where one side has none to put beside the other."""

    left: Claim | None
    relation: Relation
    right: Claim | None


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One fact of both entries."""

    name: str
    lines: tuple[Line, ...]
    left_out: int

    def has(self, relation: Relation) -> bool:
        """Whether any of its values stand to each other so."""
        return any(line.relation is relation for line in self.lines)

    @property
    def is_apart(self) -> bool:
        """Whether both entries state it, and nothing that they state meets."""
        return self.has(Relation.DIFFERENT) and not self.has(Relation.EQUAL) and not self.has(Relation.NEAR)


def beside(left: Sequence[Claim], right: Sequence[Claim]) -> list[Fact]:
    """Lay what two entries say beside each other; a fact that neither states is left out."""
    facts: list[Fact] = []
    for name in FACTS:
        lines = _lines(name, _of(left, name), _of(right, name))
        if lines:
            shown = tuple(lines[:LINES_MAX])
            facts.append(Fact(name=name, lines=shown, left_out=len(lines) - len(shown)))
    return facts


def relation(name: str, one: str, other: str) -> Relation:
    """Say how two values of one fact stand to each other."""
    if name in DATES:
        return _dates(one, other)
    if name in identifiers.STRONG:
        if identifiers.bare(one) == identifiers.bare(other):
            return Relation.EQUAL
        return Relation.NEAR if _alike(identifiers.bare(one), identifiers.bare(other)) else Relation.DIFFERENT
    if name == "names":
        first, second = sorted(words(one)), sorted(words(other))
        if first == second and first:
            return Relation.EQUAL
        return Relation.NEAR if _alike(" ".join(first), " ".join(second)) else Relation.DIFFERENT
    if one.casefold() == other.casefold():
        return Relation.EQUAL
    return Relation.NEAR if len(one) > 2 and _alike(one.casefold(), other.casefold()) else Relation.DIFFERENT  # noqa: PLR2004 - codes of two letters are never near


def _lines(name: str, left: list[Claim], right: list[Claim]) -> list[Line]:
    found: list[Line] = []
    for wanted in (Relation.EQUAL, Relation.NEAR):
        for one in list(left):
            partner = next((other for other in right if relation(name, one.value, other.value) is wanted), None)
            if partner is not None:
                found.append(Line(left=one, relation=wanted, right=partner))
                left.remove(one)
                right.remove(partner)
    while name not in MANY and left and right:
        found.append(Line(left=left.pop(0), relation=Relation.DIFFERENT, right=right.pop(0)))
    found += [Line(left=one, relation=Relation.ALONE, right=None) for one in left]
    return [*found, *(Line(left=None, relation=Relation.ALONE, right=one) for one in right)]


def _of(claims: Iterable[Claim], name: str) -> list[Claim]:
    """Return the claims of one fact, each value once, the strongest kind of name first."""
    kinds = NAMES if name == "names" else (name,)
    of = sorted(
        (one for one in claims if one.property in kinds and not one.about), key=lambda one: kinds.index(one.property)
    )
    found: dict[str, Claim] = {}
    for one in of:
        found.setdefault(one.value.casefold(), one)
    return list(found.values())


def _dates(one: str, other: str) -> Relation:
    if one == other:
        return Relation.EQUAL
    try:
        return Relation.NEAR if PartialDate.parse(one).agrees(PartialDate.parse(other)) else Relation.DIFFERENT
    except DateMalformed:
        return Relation.DIFFERENT


def _alike(one: str, other: str) -> bool:
    return Indel.normalized_similarity(one, other) >= NEAR_MIN
