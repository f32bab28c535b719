"""A subject and one who is listed, laid beside each other: the words of the names, then fact by fact, with the weight of each."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

import msgspec
from rapidfuzz.distance import Indel

from comity.alerts.model.mattering import How, Side, value_digest
from comity.alerts.model.state import Open
from comity.matching.evidence import Effect
from comity.model import identifiers
from comity.model.dates import DateMalformed, PartialDate
from comity.model.entity import COUNTRY_PROPERTIES
from comity.model.identifiers import TYPED
from comity.screening.model import saying
from comity.screening.model.profile import FACTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from comity.alerts.model.answers import Hit
    from comity.alerts.model.subject import Subject
    from comity.matching.evidence import Evidence

NEAR_MIN: Final = 0.75
"""From this likeness on two values are near."""
LINES_MAX: Final = 4
"""Lines of one fact on one side; further ones are counted, and stand in the register."""
WEAK_ALIAS: Final = "weak_alias"
SAME_WORD: Final = "same_word"

PROPERTIES: Final = {
    "birth_date": ("birthDate",),
    "incorporated": ("incorporationDate",),
    "built": ("buildDate",),
    "identifier": (*sorted(TYPED), "accountNumber"),
    "country": COUNTRY_PROPERTIES,
    "gender": ("gender",),
    "address": ("address", "full"),
    "vessel_type": ("type",),
    "tonnage": ("tonnage", "grossRegisteredTonnage", "deadweightTonnage"),
    "position": ("position", "title"),
}
"""The facts beside the names, in the order in which they stand, and what each is kept under."""
DATES: Final = frozenset({"birth_date", "incorporated", "built"})
MANY: Final = frozenset({"address", "position", "country"})
"""Facts of which one may have several: that a value lacks on one side says nothing."""


class Relation(Enum):
    """How the two sides stand to each other."""

    EQUAL = "equal"
    NEAR = "near"
    DIFFERENT = "different"
    ALONE = "alone"


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """A value of one side."""

    property: str
    text: str
    other: str = ""
    """What it differs from, where the characters that differ are to be marked."""
    is_same: bool = False
    """Whether the other side states it too."""
    is_new: bool = False
    """Whether it came since the pair was decided last."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One thing of both sides at one height, with its weight and the reason for it."""

    fact: str
    left: tuple[Value, ...]
    relation: Relation
    right: tuple[Value, ...]
    points: int | None = None
    """What it adds, in thousandths of a natural logarithm of odds; None where another line has it or nothing was weighed."""
    texts: tuple[str, ...] = ()
    left_out: int = 0
    words: int = 0
    """How many words that are the same it holds, where they stand together."""


def beside(subject: Subject, hit: Hit) -> list[Line]:
    """Lay both sides beside each other; a fact that neither states is left out."""
    weights = {one.kind: one.points for one in hit.odds.weights}
    names = [one for one in hit.evidence if one.kind not in FACTS]
    lines = list(_words(names, weights))
    for fact in PROPERTIES:
        said = [one for one in hit.evidence if one.kind == fact]
        left, right = _values(fact, subject.properties), _values(fact, hit.listed.properties)
        if fact == "identifier":
            left, right = _found(left, right, said)
        if left or right or said:
            lines.append(_fact(fact, (left, right), said, weights.get(fact)))
    return [_marked(line, hit) for line in lines]


def _words(evidence: Sequence[Evidence], weights: Mapping[str, int]) -> Iterator[Line]:
    """Yield a line for each thing that was observed of the names; the first has the weight of them all."""
    same = [one for one in evidence if one.kind == SAME_WORD]
    if len(same) > 1:
        text = " ".join(one.query for one in same)
        value = (Value(property="name", text=text, is_same=True),)
        yield Line(
            fact=SAME_WORD,
            left=value,
            relation=Relation.EQUAL,
            right=value,
            points=weights.get("name"),
            words=len(same),
        )
        evidence = [one for one in evidence if one.kind != SAME_WORD]
        weights = {name: points for name, points in weights.items() if name != "name"}
    for number, one in enumerate(evidence):
        weak, stands = one.kind == WEAK_ALIAS, _of_words(one)
        is_same = stands is Relation.EQUAL
        yield Line(
            fact=one.kind,
            left=(Value(property="name", text=one.query, is_same=is_same),) if one.query else (),
            relation=stands,
            right=(Value(property="name", text=one.listed, other=one.query, is_same=is_same),) if one.listed else (),
            points=weights.get(WEAK_ALIAS) if weak else weights.get("name") if number == 0 else None,
            texts=(one.text,),
        )


def _of_words(one: Evidence) -> Relation:
    if not one.query or not one.listed:
        return Relation.ALONE
    if one.effect is Effect.AGAINST:
        return Relation.DIFFERENT
    return Relation.EQUAL if one.query.casefold() == one.listed.casefold() else Relation.NEAR


def _fact(fact: str, sides: tuple[list[Value], list[Value]], said: Sequence[Evidence], points: int | None) -> Line:
    left, right = sides
    relations = [(relation(fact, one.text, other.text), one, other) for one in left for other in right]
    if fact == "identifier":  # a number of one type says nothing against a number of another
        relations = [
            found for found in relations if found[0] is Relation.EQUAL or found[1].property == found[2].property
        ]
    best = min(relations, key=lambda found: list(Relation).index(found[0]), default=None)
    if best is not None and best[0] is Relation.EQUAL:
        same = {one for found, *pair in relations if found is Relation.EQUAL for one in pair}
        left, right = ([msgspec.structs.replace(one, is_same=one in same) for one in side] for side in sides)
    elif best is not None:
        left = [msgspec.structs.replace(one, other=best[2].text) if one is best[1] else one for one in left]
        right = [msgspec.structs.replace(one, other=best[1].text) if one is best[2] else one for one in right]
    return Line(
        fact=fact,
        left=tuple(left[:LINES_MAX]),
        relation=_whole(fact, best[0] if best else None),
        right=tuple(right[:LINES_MAX]),
        points=points,
        texts=tuple(one.text for one in said),
        left_out=max(len(left) - LINES_MAX, 0) + max(len(right) - LINES_MAX, 0),
    )


def _whole(fact: str, best: Relation | None) -> Relation:
    if best is None:
        return Relation.ALONE
    return Relation.ALONE if best is Relation.DIFFERENT and fact in MANY - {"country"} else best


def relation(fact: str, one: str, other: str) -> Relation:
    """Say how two values of one fact stand to each other."""
    if fact in DATES:
        return _dates(one, other)
    if fact == "identifier":
        one, other = identifiers.bare(one), identifiers.bare(other)
    if one.casefold() == other.casefold():
        return Relation.EQUAL
    is_near = (
        fact not in {"country", "gender"} and Indel.normalized_similarity(one.casefold(), other.casefold()) >= NEAR_MIN
    )
    return Relation.NEAR if is_near else Relation.DIFFERENT


def _dates(one: str, other: str) -> Relation:
    try:
        agrees = PartialDate.parse(one).agrees(PartialDate.parse(other))
    except DateMalformed:
        agrees = one == other
    if one == other:
        return Relation.EQUAL
    return Relation.NEAR if agrees else Relation.DIFFERENT


def _values(fact: str, properties: Mapping[str, Sequence[str]]) -> list[Value]:
    """Return the values of one fact, each once."""
    found: dict[str, Value] = {}
    for name in PROPERTIES[fact]:
        for text in properties.get(name, ()):
            found.setdefault(text.casefold(), Value(property=name, text=text))
    return list(found.values())


def _found(left: list[Value], right: list[Value], said: Sequence[Evidence]) -> tuple[list[Value], list[Value]]:
    """Return the numbers of both sides with those that were found the same before all others, whatever else states them."""
    for one in said:
        if one.effect is Effect.FOR:
            type_ = saying.type_of(one.text)
            left, right = (
                _leading(left, Value(property=type_, text=one.query)),
                _leading(right, Value(property=type_, text=one.listed)),
            )
    return left, right


def _leading(values: list[Value], found: Value) -> list[Value]:
    same = [one for one in values if identifiers.bare(one.text) == identifiers.bare(found.text)]
    return [*(same or [found]), *(one for one in values if one not in same)]


def _marked(line: Line, hit: Hit) -> Line:
    """Mark what is new since the pair was decided last."""
    if not isinstance(hit.state, Open) or not hit.state.changes:
        return line
    come = {
        side: {value for one in hit.state.changes if one.side is side and one.how is How.ADDED for value in one.values}
        for side in Side
    }

    def mark(values: tuple[Value, ...], side: Side) -> tuple[Value, ...]:
        return tuple(
            msgspec.structs.replace(
                one, is_new=bool({value_digest(one.property, one.text), value_digest("hit", one.text)} & come[side])
            )
            for one in values
        )

    return msgspec.structs.replace(line, left=mark(line.left, Side.SUBJECT), right=mark(line.right, Side.LISTED))
