"""Resolution: whether two list entries mean the same person or thing, and what follows when many judgements meet.

A judgement joins two entries or keeps them apart; it has a person or a rule behind it, a time and a reason, and can be undone.
Entries that are joined, directly or through others, form a cluster. Rules may join only on grounds whose error rate on labelled
pairs is known (`docs/benchmarks.md`); everything else waits for a person.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Final

import msgspec

from comity.kit.errors import Conflict, Invalid, NotFound
from comity.model.dates import DateMalformed, PartialDate
from comity.register.model.answers import Card

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


class Verdict(Enum):
    """What a judgement says of two entries."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class JudgementUnknown(NotFound):
    """There is no such judgement, or it was undone already."""

    code = "register.judgement_unknown"


class JudgementContradicts(Conflict):
    """Joining these entries would join two that a person keeps apart."""

    code = "register.judgement_contradicts"


class ReasonMissing(Invalid):
    """A judgement needs a reason."""

    code = "register.reason_missing"


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody, or a rule, decided about two entries."""

    id: str
    left: str
    right: str
    verdict: Verdict
    by: str
    """The id of a person, or `rule:<name>`."""
    at: datetime
    reason: str
    undone_at: datetime | None = None
    undone_by: str = ""
    undone_because: str = ""

    @property
    def stands(self) -> bool:
        """Whether it has not been undone."""
        return self.undone_at is None

    def stood(self, at: datetime) -> bool:
        """Whether it was made and not undone by an instant."""
        return self.at <= at and (self.undone_at is None or at < self.undone_at)

    @property
    def is_by_rule(self) -> bool:
        """Whether a rule decided."""
        return self.by.startswith("rule:")


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """Two entries that may be the same, and what speaks for and against it."""

    left: str
    right: str
    score: float
    """From 0 to 1: how much of what both state agrees; an order for the queue, not a probability."""
    agrees: tuple[str, ...]
    differs: tuple[str, ...]


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """What decides about two entries: their cards and what they share."""

    left: Card
    right: Card
    left_schema: str
    right_schema: str
    numbers: frozenset[str]
    """Properties of which both have the same value."""
    names: int
    """How many whole names they share, word for word in any order; the longest counts its words."""


PROVING: Final = frozenset({"unscId", "ofsiGroupId", "ofacUid", "imoNumber", "leiCode", "publicKey", "isinCode"})
"""Numbers that one authority gives to one thing: alone they join. Not the Russian OGRN: lists print one beside two companies."""

_KINDS: Final = {
    "Person": "person",
    "Vessel": "vessel",
    "Airplane": "aircraft",
    "CryptoWallet": "wallet",
    "Address": "address",
}


def kind(schema: str) -> str:
    """Return the coarse kind of a schema: organisations of all forms are one kind."""
    return _KINDS.get(schema, "organisation")


def rule(pair: Pair) -> str | None:
    """Return the rule by which two entries are joined without a person, or None.

    A number that proves needs only that the kinds agree. A number that people share or forge (passport, tax, registration) needs a
    birth date or a name with it. A name alone never joins; a whole name of three words or more with the same full birth date does.
    """
    if not _may_be_same(pair):
        return None
    if proving := _proving(pair):
        return "rule:" + min(proving)
    born = _born_alike(pair)
    if pair.numbers and (born or pair.names >= 2):  # noqa: PLR2004 - one shared word is no name
        return "rule:number_and_" + ("birth_date" if born else "name")
    if born and pair.names >= 3:  # noqa: PLR2004 - two words and a date are shared by strangers
        return "rule:name_and_birth_date"
    return None


def weigh(pair: Pair) -> Candidate | None:
    """Return how two entries compare for a person's eyes, or None where no more speaks for them than against them."""
    if kind(pair.left_schema) != kind(pair.right_schema):
        return None
    agrees = [*sorted(pair.numbers)]
    differs: list[str] = []
    if pair.names:
        agrees.append("name")
    for label, meet in (("countries", _countries_meet(pair)), ("birth date", _born_meet(pair))):
        if meet is not None:
            (agrees if meet else differs).append(label)
    if not pair.numbers and pair.names < 2:  # noqa: PLR2004 - one shared word is no name
        return None
    weight = {"name": 0.4, "countries": 0.15, "birth date": 0.35}
    score = sum(weight.get(one, 0.45) for one in agrees) - sum(weight.get(one, 0.3) for one in differs)
    if score <= 0:
        return None
    return Candidate(left="", right="", score=round(min(score, 1.0), 2), agrees=tuple(agrees), differs=tuple(differs))


def components(edges: Iterable[tuple[str, str]], nodes: Collection[str]) -> list[set[str]]:
    """Return the groups that joined entries form, alone ones included."""
    near: Mapping[str, set[str]] = defaultdict(set)
    for left, right in edges:
        near[left].add(right)
        near[right].add(left)
    groups: list[set[str]] = []
    placed: set[str] = set()
    for node in sorted(set(nodes) | near.keys()):
        if node in placed:
            continue
        group, frontier = set[str](), {node}
        while frontier:
            group |= frontier
            frontier = {other for one in frontier for other in near.get(one, ())} - group
        placed |= group
        groups.append(group)
    return groups


def _proving(pair: Pair) -> frozenset[str]:
    """Return the shared numbers that prove; an IMO number proves a ship only, for companies print the numbers of their ships."""
    shared = pair.numbers & PROVING
    return shared if kind(pair.left_schema) == "vessel" else shared - {"imoNumber"}


def _may_be_same(pair: Pair) -> bool:
    return kind(pair.left_schema) == kind(pair.right_schema) and _born_meet(pair) is not False


def _born_alike(pair: Pair) -> bool:
    """Whether both state the same full day."""
    return bool({one for one in _days(pair.left) if one.day} & {one for one in _days(pair.right) if one.day})


def _born_meet(pair: Pair) -> bool | None:
    """Whether the two may have been born on the same day; None if either does not say."""
    left, right = _days(pair.left), _days(pair.right)
    return any(one.agrees(other) for one in left for other in right) if left and right else None


def _countries_meet(pair: Pair) -> bool | None:
    """Whether the two name a country in common; None if either names none."""
    left, right = set(pair.left.countries), set(pair.right.countries)
    return bool(left & right) if left and right else None


def _days(card: Card) -> set[PartialDate]:
    found: set[PartialDate] = set()
    for text in card.born:
        try:
            found.add(PartialDate.parse(text))
        except DateMalformed:
            continue
    return found
