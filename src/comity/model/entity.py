"""Entities, in the shape of FollowTheMoney, the language of this field (https://followthemoney.tech)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from comity.model import countries, ftm
from comity.model.dates import DateMalformed, PartialDate

if TYPE_CHECKING:
    from comity.model.claim import Claim

DATE_PROPERTIES = frozenset(
    {
        "birthDate", "deathDate", "incorporationDate", "dissolutionDate", "buildDate", "pastFlagsDate", "startDate", "endDate",
        "listingDate", "modifiedAt", "createdAt", "date", "registrationDate",
    }
)  # fmt: skip
"""Properties whose values are `PartialDate`s."""

NAME_PROPERTIES = ("name", "alias", "previousName", "weakAlias", "abbreviation")
"""Properties under which a thing may be looked for, strongest first."""

COUNTRY_PROPERTIES = ("country", "nationality", "citizenship", "jurisdiction", "birthCountry", "flag", "mainCountry")
"""Properties whose values are country codes."""

OWN_PROPERTIES: Final = frozenset({"unscId", "ofsiGroupId", "ofacUid", "euReference", "foreignId", "sourceId"})
"""Properties that FollowTheMoney lacks on the things that lists name: the numbers that publishers give their own records, by
which one list is mapped to another. `Entity.ftm` writes them as notes (`unscId: QDi.001`)."""

_CAPTIONS: Final = (
    *NAME_PROPERTIES,
    "lastName",
    "title",
    "registrationNumber",
    "imoNumber",
    "publicKey",
    "full",
    "program",
)
"""Properties that may stand for a thing in a heading, best first."""


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """A person, organisation, vessel, … as some sources describe it: every property has any number of values."""

    id: str
    schema: str
    caption: str
    properties: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, id_: str, schema: str, claims: Iterable[Claim]) -> Entity:
        """Gather the claims about an entity; those about its designations are not its properties. Equal values stand once."""
        properties: dict[str, dict[str, None]] = {}
        for claim in claims:
            if not claim.about:
                properties.setdefault(claim.property, {})[claim.value] = None
        caption = next((next(iter(properties[name])) for name in _CAPTIONS if name in properties), id_)
        return cls(
            id=id_,
            schema=schema,
            caption=caption,
            properties={name: tuple(values) for name, values in properties.items()},
        )

    def ftm(self) -> dict[str, object]:
        """Return the entity as FollowTheMoney takes it.

        Spans of dates become their two ends. Our own properties, and values that FollowTheMoney refuses in their place (a telephone
        number as printed, an address beyond 250 characters, a country that does not exist), become notes, so that nothing is lost.
        """
        properties: dict[str, dict[str, None]] = {}
        for name, values in self.properties.items():
            for value in values:
                for property_, taken in _placed(self.schema, name, value):
                    properties.setdefault(property_, {})[taken] = None
        return {
            "id": self.id,
            "schema": self.schema,
            "caption": self.caption,
            "properties": {name: list(values) for name, values in properties.items()},
        }


def _placed(schema: str, name: str, value: str) -> Iterator[tuple[str, str]]:
    """Yield where FollowTheMoney keeps a value, and in which form."""
    note = ftm.note_property(schema)
    if name in DATE_PROPERTIES:
        yield from ((name, end) for end in _ftm_dates(value))
    elif not note or (name not in OWN_PROPERTIES and _fits(name, value)):
        yield name, value
    else:
        text = value if name in ftm.TEXTS else f"{name}: {value}"
        limit = ftm.chars_max(note)
        yield from ((note, text[start : start + limit]) for start in range(0, len(text), limit))


def _fits(name: str, value: str) -> bool:
    return ftm.fits(name, value) and not (name in COUNTRY_PROPERTIES and countries.is_invented(value))


def _ftm_dates(value: str) -> tuple[str, ...]:
    try:
        return PartialDate.parse(value).ftm()
    except DateMalformed:
        return (value,)
