"""A customer: an id of the node's own books, a schema, and what is known, in FollowTheMoney's properties."""

from __future__ import annotations

from typing import Final

import msgspec

from comity.kit import json
from comity.model.entity import COUNTRY_PROPERTIES, NAME_PROPERTIES
from comity.model.identifiers import TYPED
from comity.screening.model.question import FACTS_MAX, NATURES, Question

ID_CHARS_MAX: Final = 200
"""Characters of a customer's id."""
NAMES_MAX: Final = 50
"""Names of one customer: each is asked about."""
VALUES_MAX: Final = 50
"""Values of one property of one customer."""
DATES: Final = ("birthDate", "incorporationDate", "buildDate")
NUMBERS: Final = (
    "imoNumber", "leiCode", "swiftBic", "innCode", "ogrnCode", "registrationNumber", "taxNumber", "passportNumber", "idNumber",
    "mmsi", "publicKey",
)  # fmt: skip
PROPERTIES: Final = (
    *(one for one in NAME_PROPERTIES if one != "abbreviation"), *DATES, "gender", *COUNTRY_PROPERTIES, "address", *NUMBERS,
    "type", "tonnage",
)  # fmt: skip
"""What is kept of a customer."""
SCHEMAS: Final = tuple(NATURES)


class Customer(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody or something that is screened again and again."""

    id: str
    schema: str
    """One of `SCHEMAS`."""
    properties: dict[str, tuple[str, ...]]
    """Of `PROPERTIES`, in their normal forms and in the order of the file."""

    @property
    def caption(self) -> str:
        """What it is called."""
        return self.names[0]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, the strongest first, each once."""
        return tuple(dict.fromkeys(name for one in NAME_PROPERTIES for name in self.properties.get(one, ())))

    @property
    def digest(self) -> str:
        """The SHA-256 of all that is known, in lower-case hexadecimal: it stands for the facts in the ledger."""
        return json.digest(self)

    def questions(self) -> tuple[Question, ...]:
        """Return what is asked of the lists: one question for each name, each with everything else that is known."""
        known = self.properties
        relations = [
            value if one == "country" else f"{one}:{value}"
            for one in COUNTRY_PROPERTIES
            for value in known.get(one, ())
        ]
        numbers = [f"{one}:{value}" for one in NUMBERS if one in TYPED for value in known.get(one, ())]
        first = {one: next(iter(known.get(one, ())), "") for one in (*DATES, "gender", "type", "tonnage")}
        return tuple(
            Question(
                text=name,
                schema=self.schema,
                birth_date=first["birthDate"],
                other_birth_dates=known.get("birthDate", ())[1:FACTS_MAX],
                countries=tuple(relations[:FACTS_MAX]),
                identifiers=tuple(numbers[:FACTS_MAX]),
                gender=first["gender"],
                addresses=known.get("address", ())[:FACTS_MAX],
                incorporated=first["incorporationDate"],
                built=first["buildDate"],
                vessel_type=first["type"],
                tonnage=first["tonnage"],
            )
            for name in self.names
        )
