"""What a decision rested on, and which later changes of either side matter to it.

A decision remembers a digest of every value, by group and side. Reported again, the pair is compared value by value: where nothing
that matters has changed, the decision is carried; otherwise the hit is opened again and exactly the new values are marked.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from comity.model.entity import COUNTRY_PROPERTIES, NAME_PROPERTIES
from comity.model.identifiers import STRONG, bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Side(Enum):
    """Whose fact it is."""

    SUBJECT = "subject"
    LISTED = "listed"


class How(Enum):
    """What became of a value."""

    ADDED = "added"
    REMOVED = "removed"


class Group(Enum):
    """Facts that are judged alike."""

    HIT = "hit"
    NAMES = "names"
    DATES = "dates"
    IDENTIFIERS = "identifiers"
    COUNTRIES = "countries"
    GENDER = "gender"
    REGIMES = "regimes"
    MEASURES = "measures"
    ADDRESSES = "addresses"
    BAND = "band"
    OTHER = "other"


HIT, REGIMES, MEASURES, BAND = "hit", "regimes", "measures", "band"
"""Properties of our own: the words of the listed name that were hit, who lists, what follows, and how likely the pair is."""

PROPERTIES: Final[Mapping[Group, frozenset[str]]] = {
    Group.HIT: frozenset({HIT}),
    Group.NAMES: frozenset({*NAME_PROPERTIES, "firstName", "lastName", "middleName", "fatherName", "secondName"}),
    Group.DATES: frozenset({"birthDate", "deathDate", "incorporationDate", "buildDate"}),
    Group.IDENTIFIERS: frozenset(
        {*STRONG, "cryptoAddress", "ibanCode", "bikCode", "accountNumber", "callSign", "serialNumber"}
    ),
    Group.COUNTRIES: frozenset(COUNTRY_PROPERTIES),
    Group.GENDER: frozenset({"gender"}),
    Group.REGIMES: frozenset({REGIMES}),
    Group.MEASURES: frozenset({MEASURES}),
    Group.ADDRESSES: frozenset({"address", "full", "location", "phone", "email", "birthPlace"}),
    Group.BAND: frozenset({BAND}),
}
_GROUP_OF: Final = {name: group for group, names in PROPERTIES.items() for name in names}


class Rule(NamedTuple):
    """Which changes of a group matter, and why."""

    group: Group
    subject: frozenset[How]
    listed: frozenset[How]
    because: str


_EITHER, _ADDED, _NEVER = frozenset(How), frozenset({How.ADDED}), frozenset[How]()

RULES: Final = (
    Rule(Group.HIT, _NEVER, _ADDED, "A listed name that was not hit before is a new ground; one less is none."),
    Rule(
        Group.NAMES,
        _EITHER,
        _NEVER,
        "Who is called otherwise may be another; of listed names those that are hit count.",
    ),
    Rule(Group.DATES, _EITHER, _EITHER, "A date agrees or contradicts, and a decision may have rested on either."),
    Rule(Group.IDENTIFIERS, _EITHER, _EITHER, "A number can prove that two are one, or that they are not."),
    Rule(Group.COUNTRIES, _EITHER, _EITHER, "A country agrees or contradicts."),
    Rule(Group.GENDER, _EITHER, _EITHER, "A gender contradicts."),
    Rule(Group.REGIMES, _NEVER, _ADDED, "A further regime binds others, and forbids more; one less forbids less."),
    Rule(Group.MEASURES, _NEVER, _ADDED, "A further measure forbids more; one less forbids less."),
    Rule(
        Group.BAND, _NEVER, _ADDED, "What has become likelier is looked at again; what has become less likely is not."
    ),
    Rule(Group.ADDRESSES, _NEVER, _NEVER, "Lists add addresses by the hundred, and nobody is told apart by one alone."),
    Rule(Group.OTHER, _NEVER, _NEVER, "Reasons, remarks and positions are reworded, and say nothing of who is meant."),
)
"""The table by which a decision is carried or opened again; every group stands in it once."""
_RULE_OF: Final = {rule.group: rule for rule in RULES}

DIGEST_CHARS: Final = 16
"""Hexadecimal characters of a value's digest: 64 bits, for a few hundred values of one pair."""

Facts = dict[str, tuple[str, ...]]
"""Values by property."""


class Rested(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a pair, as digests of the values by group: enough to see what changes, and nothing to read."""

    subject: Facts
    listed: Facts
    band: int
    """The probability's, from 0."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the values of one group on one side."""

    side: Side
    group: Group
    how: How
    values: tuple[str, ...]
    """The digests of the values, by which a page marks them."""

    @property
    def matters(self) -> bool:
        """Whether a decision must be looked at again for it."""
        rule = _RULE_OF[self.group]
        return self.how in (rule.subject if self.side is Side.SUBJECT else rule.listed)


def group_of(property_: str) -> Group:
    """Return the group of a property; whatever is in none is text, and does not matter."""
    return _GROUP_OF.get(property_, Group.OTHER)


def value_digest(property_: str, value: str) -> str:
    """Return the digest of a value: the same whatever its case and spacing, and for a number whatever its punctuation."""
    group = group_of(property_)
    folded = bare(value) if group is Group.IDENTIFIERS else " ".join(value.casefold().split())
    return hashlib.sha256(f"{group.value}\x1f{folded}".encode()).hexdigest()[:DIGEST_CHARS]


def rested(subject: Mapping[str, Iterable[str]], listed: Mapping[str, Iterable[str]], band: int) -> Rested:
    """Return what a decision about a pair rests on, from the facts of both sides by property."""
    return Rested(subject=_digests(subject), listed=_digests(listed), band=band)


def together(of: Iterable[Rested]) -> Rested:
    """Return what several decisions about one pair rest on: for entries that were joined after each was decided."""
    held = list(of)
    sides = ({group for one in held for group in one.subject}, {group for one in held for group in one.listed})
    return Rested(
        subject={group: _union(one.subject.get(group, ()) for one in held) for group in sorted(sides[0])},
        listed={group: _union(one.listed.get(group, ()) for one in held) for group in sorted(sides[1])},
        band=min(one.band for one in held),
    )


def compare(then: Rested, now: Rested) -> tuple[Change, ...]:
    """Return what has changed between two times, on both sides; those that matter first."""
    changes = [*_changes(Side.SUBJECT, then.subject, now.subject), *_changes(Side.LISTED, then.listed, now.listed)]
    if then.band != now.band:
        how = How.ADDED if now.band > then.band else How.REMOVED
        changes.append(Change(side=Side.LISTED, group=Group.BAND, how=how, values=(str(now.band),)))
    return tuple(sorted(changes, key=lambda one: not one.matters))


def mattering(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return the changes that open a decision again."""
    return tuple(one for one in changes if one.matters)


def _digests(facts: Mapping[str, Iterable[str]]) -> Facts:
    found: dict[str, set[str]] = defaultdict(set)
    for name, values in facts.items():
        found[group_of(name).value].update(value_digest(name, value) for value in values)
    return {group: tuple(sorted(values)) for group, values in sorted(found.items()) if values}


def _union(values: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted(frozenset[str]().union(*values)))


def _changes(side: Side, then: Facts, now: Facts) -> Iterable[Change]:
    for group in Group:
        before, after = frozenset(then.get(group.value, ())), frozenset(now.get(group.value, ()))
        for how, values in ((How.ADDED, after - before), (How.REMOVED, before - after)):
            if values:
                yield Change(side=side, group=group, how=how, values=tuple(sorted(values)))
