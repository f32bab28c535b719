"""Listed numbers, looked up exactly: each in the normal form of its own type, so that no type is ever taken for another."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.model import identifiers
from comity.model.identifiers import ISSUED_BY_COUNTRY
from comity.register.model.naming import Named, Said
from comity.screening.model.question import REFERENCE, Number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


NUMBER_CHARS_MIN: Final = 4
"""A shorter text is no number that anybody issues."""
BIC: Final = "swiftBic"
SAID_ONLY: Final = frozenset({"serialNumber", "bikCode", REFERENCE})
"""Types whose plain digits any other number may have: an untyped number is of none of these unless it has a letter too."""
INSTITUTION_CHARS: Final = 8
"""Of a BIC: what follows names a branch of the same institution."""


class Whose(NamedTuple):
    """A listed number, and whose it is."""

    said: Said
    entry: Named


class Numbers:
    """Every number of everybody in force."""

    def __init__(self, entries: Iterable[Named]) -> None:
        self._by_form: dict[str, list[Whose]] = defaultdict(list)
        for entry in entries:
            for said in entry.identifiers:
                self._by_form[_form(said.property, said.value)].append(Whose(said, entry))
            for reference in entry.references:
                number = reference.partition(":")[2]
                self._by_form[identifiers.bare(number)].append(Whose(Said(REFERENCE, number), entry))

    def equal(self, asked: Number) -> Iterator[Whose]:
        """Yield every listed number that a number is; one whose type is not known may be of any type that it looks like."""
        bare = identifiers.bare(asked.value)
        if len(bare) < NUMBER_CHARS_MIN and asked.property != REFERENCE:
            return
        for form in dict.fromkeys((bare, bare.removeprefix("IMO"), bare[:INSTITUTION_CHARS])):
            for whose in self._by_form.get(form, ()):
                if _may_be(asked, whose.said.property, bare) and _is_same(asked, whose.said):
                    yield whose


def _form(property_: str, value: str) -> str:
    bare = identifiers.bare(value)
    return bare[:INSTITUTION_CHARS] if property_ == BIC else bare


def _may_be(asked: Number, property_: str, bare: str) -> bool:
    """Whether a number may be of a type: it is said to be, or nothing is said and it does not look like a plain word or count."""
    if asked.property:
        return asked.property == property_
    has_digit = any(char.isdigit() for char in bare)
    if property_ in SAID_ONLY:
        return has_digit and not bare.isdigit()
    return has_digit or property_ == BIC


def _is_same(asked: Number, said: Said) -> bool:
    if said.property == REFERENCE:
        return identifiers.bare(asked.value) == identifiers.bare(said.value)
    value = identifiers.check(said.property, asked.value).value
    if said.property == BIC:
        return _form(BIC, value) == _form(BIC, said.value) and len(value) >= INSTITUTION_CHARS
    if said.property in ISSUED_BY_COUNTRY and asked.country and said.country:
        return value == said.value and asked.country == said.country
    return value == said.value
