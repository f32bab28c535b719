"""The fields of the Canadian list under every name that the file has given them, and the key that follows from them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from comity.catalogue.dialects import sema_law, sema_names
from comity.model.dates import DateMalformed, PartialDate

if TYPE_CHECKING:
    from comity.lists.model import Record

Tags = Mapping[str, tuple[str, ...]]

TAGS: Final[Tags] = {
    "Country": ("Country", "Country-Pays"),
    "LastName": ("LastName", "LastName-NomDeFamille"),
    "GivenName": ("GivenName", "GivenName-Prenom"),
    "Entity": ("EntityOrShip", "EntityOrShip-EntiteOuNavire"),
    "Title": ("TitleOrShip", "TitleOrShipType-TitreOuTypeDeNavire"),
    "IMO": ("ShipIMONumber", "ShipIMONumber-NumeroOMIDuNavire"),
    "Born": (
        "DateOfBirthOrShipBuildDate",
        "DateOfBirthOrShipBuildDate-DateDeNaissanceOuDateDeConstructionDuNavire",
    ),
    "Aliases": ("Aliases", "Aliases-Alias"),
    "Schedule": ("Schedule", "Schedule-Annexe"),
    "Item": ("Item", "Item-NumeroDarticle"),
    "Listed": ("DateOfListing", "DateOfListing-DateDinscription"),
}
"""What each element is called since 2025, and since 2026."""

TAGS_2020: Final[Tags] = {
    **{field: tags[:1] for field, tags in TAGS.items()},
    "Entity": ("Entity",),
    "Title": ("Title",),
    "IMO": (),
    "Born": ("DateOfBirth",),
    "Listed": (),
}
"""What each was called before."""

MISPRINTS: Final = {"1975-19-25": "1975"}
"""Days that do not exist, and as much of them as can be meant."""
IMO: Final = re.compile(r"(?:IMO\s*)?(\d{7})", re.IGNORECASE)
NO_DAY: Final = re.compile(r"\d{5}|born in .*")
"""A spreadsheet's number of a day, which another programme counts otherwise; a phrase."""


def days(text: str) -> list[PartialDate]:
    """Return the days that a field gives: one, several with `or` or a stroke between them, or a span with a dash."""
    text = MISPRINTS.get(text, text)
    span = re.fullmatch(r"(\d{4})\s*-\s*(\d{4})", text)
    try:
        if span:
            return [PartialDate.between(PartialDate.parse(span[1]), PartialDate.parse(span[2]))]
        return [PartialDate.parse(part) for part in re.split(r"\s+or\s+|\s*/\s*", text)]
    except DateMalformed:
        return []


class Fields:
    """The fields of one record, by what they mean, and the key that follows from them."""

    def __init__(self, record: Record, tags: Tags) -> None:
        named = {field: next(filter(record.has, names), "") for field, names in tags.items()}
        self._values = {field: " ".join(record.optional(name).split()) for field, name in named.items()}
        self.regime = sema_law.regime(self["Country"])
        name = self.regime.name if self.regime else self["Country"]
        self.programme = sema_law.programme(self.regime, self["Schedule"]) if self.regime else name
        listed = sema_names.key(self["Entity"], self["LastName"], self["GivenName"])
        self.key = (
            f"{self.programme}/{listed or record.take(tags['LastName'][0])}"  # a record without any name is refused
        )
        self.place = (self["Listed"], self["Schedule"], self["Item"].zfill(6))
        """Among namesakes, the lowest keeps the key."""

    def __getitem__(self, field: str) -> str:
        """Return what a field says, or nothing."""
        return self._values[field]

    @property
    def schema(self) -> str:
        """Return what is listed."""
        if not self["Entity"]:
            return "Person"
        is_ship = IMO.fullmatch(self["IMO"]) or (self.regime is sema_law.RUSSIA and self["Schedule"] == "1.1")
        return "Vessel" if is_ship else "Organization"
