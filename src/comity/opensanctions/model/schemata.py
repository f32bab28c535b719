"""The schemata of FollowTheMoney that lists use: what each is a kind of, what it is called, and how entities point at each other.

The library needs ICU and stays a test dependency; a test compares these tables with the real model (https://followthemoney.tech/explorer).
"""

from __future__ import annotations

from typing import Final, NamedTuple

from comity.model import ftm
from comity.opensanctions.model.failures import SchemaUnknown

THING: Final = "Thing"
"""Everything that can be listed; asking for it asks for anything."""


class Schema(NamedTuple):
    """A kind of thing."""

    label: str
    plural: str
    extends: tuple[str, ...]
    properties: dict[str, str]
    """Its own properties that hold text, each with its label."""


SCHEMATA: Final = {
    THING: Schema("Thing", "Thing", (), {
        "name": "Name", "alias": "Alias", "previousName": "Previous name", "weakAlias": "Weak alias", "country": "Country",
        "address": "Address", "topics": "Topics", "summary": "Summary", "notes": "Notes", "description": "Description",
        "program": "Program", "sourceUrl": "Source link", "wikidataId": "Wikidata ID", "keywords": "Keywords",
        "createdAt": "Created at", "modifiedAt": "Modified on",
    }),
    "LegalEntity": Schema("Legal entity", "Legal entities", (THING,), {
        "abbreviation": "Abbreviation", "email": "Email", "phone": "Phone", "website": "Website", "legalForm": "Legal form",
        "incorporationDate": "Incorporation date", "dissolutionDate": "Dissolution date", "sector": "Sector",
        "jurisdiction": "Jurisdiction", "mainCountry": "Country of origin", "registrationNumber": "Registration number",
        "idNumber": "ID Number", "taxNumber": "Tax Number", "licenseNumber": "License Number", "vatCode": "V.A.T. Identifier",
        "innCode": "INN", "ogrnCode": "OGRN", "okpoCode": "OKPO", "uscCode": "USCC", "leiCode": "LEI", "dunsCode": "DUNS",
        "swiftBic": "SWIFT/BIC",
    }),
    "Person": Schema("Person", "People", ("LegalEntity",), {
        "title": "Title", "firstName": "First name", "secondName": "Second name", "middleName": "Middle name",
        "fatherName": "Patronymic", "motherName": "Matronymic", "lastName": "Last name", "birthDate": "Birth date",
        "birthPlace": "Place of birth", "birthCountry": "Country of birth", "deathDate": "Death date", "position": "Position",
        "nationality": "Nationality", "citizenship": "Citizenship", "gender": "Gender", "passportNumber": "Passport number",
        "socialSecurityNumber": "Social security number",
    }),
    "Organization": Schema("Organization", "Organizations", ("LegalEntity",), {
        "cageCode": "CAGE", "permId": "PermID", "imoNumber": "IMO Number", "giiNumber": "GIIN",
    }),
    "Company": Schema("Company", "Companies", ("Asset", "Organization"), {
        "voenCode": "VOEN", "cikCode": "SEC Central Index Key", "kppCode": "KPP", "bikCode": "BIK", "isinCode": "ISIN",
        "ticker": "Stock ticker symbol",
    }),
    "PublicBody": Schema("Public body", "Public bodies", ("Organization",), {}),
    "Asset": Schema("Asset", "Assets", (THING,), {}),
    "Vehicle": Schema("Vehicle", "Vehicles", ("Asset",), {
        "registrationNumber": "Registration number", "type": "Type", "model": "Model", "buildDate": "Build Date",
    }),
    "Vessel": Schema("Vessel", "Vessels", ("Vehicle",), {
        "imoNumber": "IMO Number", "flag": "Flag", "mmsi": "MMSI", "callSign": "Call Sign", "tonnage": "Tonnage",
        "grossRegisteredTonnage": "Gross Registered Tonnage", "deadweightTonnage": "Deadweight Tonnage", "pastFlags": "Past Flags",
    }),
    "Airplane": Schema("Airplane", "Airplanes", ("Vehicle",), {
        "serialNumber": "Serial Number", "icaoCode": "ICAO aircraft type designator", "manufacturer": "Manufacturer",
    }),
    "CryptoWallet": Schema("Cryptocurrency wallet", "Cryptocurrency wallets", (THING,), {
        "publicKey": "Address", "currencySymbol": "Currency short code", "managingExchange": "Managing exchange",
    }),
}  # fmt: skip
"""By name. Others exist in FollowTheMoney; nothing of them is looked for by name or number."""

MATCHABLE: Final = (
    "Person",
    "Organization",
    "Company",
    "LegalEntity",
    "PublicBody",
    "Vessel",
    "Airplane",
    "CryptoWallet",
)
"""What a client may ask about by example, the commonest first."""

POINTERS: Final = {
    ("Associate", "associate"): "associations",
    ("Associate", "person"): "associates",
    ("CryptoWallet", "holder"): "cryptoWallets",
    ("Directorship", "director"): "directorshipDirector",
    ("Directorship", "organization"): "directorshipOrganization",
    ("Employment", "employee"): "employers",
    ("Employment", "employer"): "employees",
    ("Family", "person"): "familyPerson",
    ("Family", "relative"): "familyRelative",
    ("Identification", "holder"): "identification",
    ("Membership", "member"): "membershipMember",
    ("Membership", "organization"): "membershipOrganization",
    ("Ownership", "asset"): "ownershipAsset",
    ("Ownership", "owner"): "ownershipOwner",
    ("Passport", "holder"): "identification",
    ("Representation", "agent"): "agencyClient",
    ("Representation", "client"): "agentRepresentation",
    ("Sanction", "entity"): "sanctions",
    ("Succession", "predecessor"): "successors",
    ("Succession", "successor"): "predecessors",
    ("UnknownLink", "object"): "unknownLinkFrom",
    ("UnknownLink", "subject"): "unknownLinkTo",
}
"""Under which name the one pointed at shows whoever points at it, by the pointing schema and its property."""

OUTWARD: Final = frozenset({"addressEntity", "parent"})
"""Properties of things that hold the id of another thing."""

ADJACENT: Final = frozenset(POINTERS.values()) | OUTWARD | {"holder"}
"""Properties under which other entities can stand."""


def ancestors(name: str) -> tuple[str, ...]:
    """Return a schema and everything that it is a kind of, nearest first."""
    schema = SCHEMATA.get(name)
    above = (one for parent in schema.extends for one in ancestors(parent)) if schema else ()
    return tuple(dict.fromkeys((name, *above)))


def kinds(name: str) -> frozenset[str]:
    """Return a schema and all its kinds, those of which lists have entries. Raises `SchemaUnknown`."""
    if name not in SCHEMATA and name not in ftm.SCHEMATA:
        raise SchemaUnknown("FollowTheMoney has no schema of this name.")
    return frozenset({name, *(one for one in SCHEMATA if name in ancestors(one))})


def properties(name: str) -> dict[str, tuple[str, str]]:
    """Return every property of a schema that holds text: by name, the schema that brings it, and its label."""
    found: dict[str, tuple[str, str]] = {}
    for one in ancestors(name):
        for property_, label in SCHEMATA[one].properties.items() if one in SCHEMATA else ():
            found.setdefault(property_, (one, label))
    return found


def pointers(schema: str) -> frozenset[str]:
    """Return the properties of a schema that hold ids of other entities."""
    return OUTWARD | {property_ for owner, property_ in POINTERS if owner == schema}
