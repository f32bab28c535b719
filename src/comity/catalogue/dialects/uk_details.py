"""What the UK Sanctions List says of a person, an entity or a ship beyond names, addresses and the designation.

Every container holds any number of items (`Positions/Position`), whatever they are. All of it is in the official XML only, and so
in a part of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from comity.model.dates import DateMalformed, PartialDate

if TYPE_CHECKING:
    from comity.lists.model import About, Record

DETAILS = "details"

GENDERS = {"Male": "male", "Female": "female"}
CONTACTS = {
    "phone": "PhoneNumbers/PhoneNumber",
    "email": "EmailAddresses/EmailAddress",
    "website": "Websites/Website",
}
PLAIN = {
    "Positions/Position": "position",
    "TypeOfEntities/TypeOfEntity": "legalForm",
    "TypeOfShipDetails/TypeOfShip": "type",
    "TonnageOfShipDetails/TonnageOfShip": "tonnage",
}
COUNTRIES = {
    "Nationalities/Nationality": "nationality",
    "CurrentBelievedFlagOfShips/CurrentBelievedFlagOfShip": "flag",
    "PreviousFlags/PreviousFlag": "pastFlags",
}
NOTED = {
    "ParentCompanies/ParentCompany": "parent company",
    "Subsidiaries/Subsidiary": "subsidiary",
    "CurrentOwnerOperators/CurrentOwnerOperator": "current owner or operator",
    "PreviousOwnerOperators/PreviousOwnerOperator": "previous owner or operator",
    "LengthOfShipDetails/LengthOfShip": "length",
}
"""What is kept as a note, and what it is about."""

DOCUMENTS = {
    "PassportDetails/Passport": ("passportNumber", "Passport", "Passport"),
    "NationalIdentifierDetails/NationalIdentifier": ("idNumber", "NationalIdentifier", "National identifier"),
}

_BORN = re.compile(r"(?:dd|(\d{1,2}))/(?:mm|(\d{1,2}))/(\d{4})")
_BORN_SOME_YEAR = re.compile(r"\d{1,2}/\d{1,2}/\d{0,3}y+")
_CODES = {"innCode": re.compile(r"\bINN\W{0,3}(\d{10,12})\b"), "ogrnCode": re.compile(r"\bOGRN\W{0,3}(\d{13,15})\b")}


def nested(record: Record, path: str) -> list[Record]:
    """Take the items of a container, given as `Names/Name`."""
    container, _, item = path.partition("/")
    return [one for box in record.children(container) for one in box.children(item)]


def texts(record: Record, path: str) -> list[str]:
    """Take the texts of a container's items."""
    container, _, item = path.partition("/")
    return [text for box in record.children(container) for text in box.texts(item)]


def say(about: About, record: Record) -> None:
    """Say everything."""
    for text in texts(record, "Titles/Title"):
        _say(about, "title", text, only="Person")
    for property_, path in CONTACTS.items():
        for text in texts(record, path):
            _say(about, property_, text, never="Vessel")
    for path in ("IndividualDetails/Individual", "EntityDetails/Entity", "ShipDetails/Ship"):
        for details in nested(record, path):
            _described(about, details)
            _person(about, details)
            _numbered(about, details)


def _say(about: About, property_: str, text: str, *, only: str = "", never: str = "") -> None:
    """Say a detail; as a note where the schema has no such property."""
    fits = about.schema != never and only in {"", about.schema}
    about.say(property_ if fits else "notes", text if fits else f"{property_}: {text}", part=DETAILS)


def _described(about: About, details: Record) -> None:
    for path, property_ in PLAIN.items():
        for text in texts(details, path):
            about.say(property_, text, part=DETAILS)
    for path, property_ in COUNTRIES.items():
        for text in texts(details, path):
            about.country(property_, text, part=DETAILS)
    for path, subject in NOTED.items():
        for text in texts(details, path):
            about.say("notes", f"{subject}: {text}", part=DETAILS)


def _person(about: About, person: Record) -> None:
    for text in texts(person, "DOBs/DOB"):
        _born(about, person, text)
    for place in nested(person, "BirthDetails/Location"):
        town, country = place.optional("TownOfBirth"), place.optional("CountryOfBirth")
        about.say("birthPlace", ", ".join(filter(None, (town, country))), part=DETAILS)
        about.country("birthCountry", country, part=DETAILS)
    for text in texts(person, "Genders/Gender"):
        person.value_in("Genders/Gender", text, GENDERS)
        about.say("gender", GENDERS.get(text, ""), part=DETAILS)
    for path, (property_, element, kind) in DOCUMENTS.items():
        for document in nested(person, path):
            number, note = document.optional(f"{element}Number"), document.optional(f"{element}AdditionalInformation")
            about.identify(property_, number, kind=kind, note=note, part=DETAILS)


def _born(about: About, person: Record, text: str) -> None:
    when = day_of_birth(text)
    about.on("birthDate", when, part=DETAILS)
    if when is None:
        about.say("notes", f"born: {text}", part=DETAILS)
        if _BORN_SOME_YEAR.fullmatch(text) is None:
            person.odd("DOBs/DOB", text)


def day_of_birth(text: str) -> PartialDate | None:
    """Read a birth date; what the list does not know of it, it spells out (`dd/mm/1945`, `00/00/1975`, `15/08/19yy`)."""
    match = _BORN.fullmatch(text)
    if match is None:
        return None
    day, month, year = (int(group or 0) for group in match.groups())
    try:
        return PartialDate.of(year, month or None, (day if month else 0) or None)
    except DateMalformed:
        return None


def _numbered(about: About, details: Record) -> None:
    for text in texts(details, "BusinessRegistrationNumbers/BusinessRegistrationNumber"):
        about.identify("registrationNumber", text, part=DETAILS)
        for property_, pattern in _CODES.items():
            for number in pattern.findall(text):
                about.identify(property_, number, part=DETAILS)
    for text in texts(details, "IMONumbers/IMONumber"):
        about.identify("imoNumber", text.upper().removeprefix("IMO").strip(), part=DETAILS)
    for text in texts(details, "HullIdentificationNumbers/HullIdentificationNumber"):
        about.identify("registrationNumber", text, kind="Hull identification number", part=DETAILS)
    for text in texts(details, "YearsBuilt/YearBuilt"):
        if re.fullmatch(r"\d{4}", text):
            about.on("buildDate", PartialDate.of(int(text)), part=DETAILS)
        else:
            about.say("notes", f"built: {text}", part=DETAILS)
