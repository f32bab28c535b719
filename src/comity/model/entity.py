"""Entities, in the shape of FollowTheMoney, the language of this field (https://followthemoney.tech)."""

from __future__ import annotations

import msgspec

from comity.model.dates import DateMalformed, PartialDate

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


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """A person, organisation, vessel, … as some sources describe it: every property has any number of values."""

    id: str
    schema: str
    caption: str
    properties: dict[str, tuple[str, ...]]

    def ftm(self) -> dict[str, object]:
        """Return the entity as FollowTheMoney takes it: spans of dates become their two ends."""
        properties = {
            name: sorted({end for value in values for end in _ftm_dates(value)})
            if name in DATE_PROPERTIES
            else list(values)
            for name, values in self.properties.items()
        }
        return {"id": self.id, "schema": self.schema, "caption": self.caption, "properties": properties}


def _ftm_dates(value: str) -> tuple[str, ...]:
    try:
        return PartialDate.parse(value).ftm()
    except DateMalformed:
        return (value,)
