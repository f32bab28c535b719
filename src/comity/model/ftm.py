"""What FollowTheMoney accepts as a value of each property, as far as it can be said without its library.

The library needs ICU and stays a test dependency; a test compares these tables with the real model. What does not fit is never
dropped: `Entity.ftm` turns it into a note (https://followthemoney.tech/explorer/types).
"""

from __future__ import annotations

import re
from typing import Final

THINGS: Final = frozenset(
    {
        "Address", "Airplane", "Article", "Asset", "Audio", "BankAccount", "CallForTenders", "Company", "Contract", "CourtCase",
        "CryptoWallet", "Document", "Email", "Event", "Folder", "HyperText", "Image", "LegalEntity", "License", "Message", "Note",
        "Organization", "Package", "Pages", "Person", "PlainText", "Position", "Project", "PublicBody", "RealEstate", "Security",
        "Table", "Territory", "Trip", "UserAccount", "Vehicle", "Vessel", "Video", "Workbook",
    }
)  # fmt: skip
"""Schemata of things, which may carry notes."""
LINKS: Final = frozenset(
    {
        "Associate", "Call", "ContractAward", "Control", "CourtCaseParty", "Debt", "Directorship", "Documentation",
        "EconomicActivity", "Employment", "Family", "Identification", "Membership", "Occupancy", "Ownership", "Passport", "Payment",
        "ProjectParticipant", "Representation", "Risk", "Sanction", "Succession", "TaxRoll", "UnknownLink",
    }
)  # fmt: skip
"""Schemata of what holds for a time between things; they carry a description, and no notes."""
SCHEMATA: Final = THINGS | LINKS | {"Mention", "Page", "Similar"}
"""Every schema of which there can be entities."""

NAMES: Final = frozenset({"name", "alias", "previousName", "weakAlias", "abbreviation"})
ADDRESSES: Final = frozenset({"address", "full", "location"})
TEXTS: Final = frozenset(
    {"notes", "description", "summary", "biography", "reason", "purpose", "goodsDescription", "indexText", "bodyText"}
)
URLS: Final = frozenset(
    {"website", "sourceUrl", "programUrl", "publisherUrl", "wikipediaUrl", "alephUrl", "opencorporatesUrl"}
)
NUMBERS: Final = frozenset(
    {
        "height", "weight", "tonnage", "deadweightTonnage", "grossRegisteredTonnage", "amount", "amountEur", "amountUsd", "balance",
        "maxBalance", "capital",
    }
)  # fmt: skip
IDENTIFIERS: Final = frozenset(
    {
        "accountId", "accountNumber", "authorityId", "authorityReferenceId", "bic", "bikCode", "brightQueryId", "brightQueryOrgId",
        "bvdId", "cadastralCode", "cageCode", "callId", "callSign", "caseNumber", "ccdNumber", "cikCode", "coatoCode", "cpvCode",
        "crsNumber", "cryptoAddress", "dunsCode", "figiCode", "fipsCode", "fnsCode", "giiNumber", "googlePlaceId", "iban",
        "ibanMentioned", "icaoCode", "idNumber", "imoNumber", "innCode", "ipoCode", "irsCode", "isin", "isinCode", "jibCode",
        "kppCode", "leiCode", "licenseNumber", "mbsCode", "mmsi", "npiCode", "number", "nutsCode", "ogrnCode", "okpoCode",
        "okvedCode", "osmId", "passportNumber", "permId", "personalNumber", "pfrNumber", "programId", "projectId", "publicKey",
        "registrationNumber", "ricCode", "sayariId", "serialNumber", "socialSecurityNumber", "swiftBic", "taxNumber",
        "territoryCode", "ticker", "titleNumber", "uniqueEntityId", "unscId", "uscCode", "vatCode", "vedCode", "voenCode",
        "wikidataId", "zipCode",
    }
)  # fmt: skip
"""Properties of each type; a property in none of these sets is a plain string."""

STRING_CHARS_MAX = 1_024
_CHARS_MAX: Final = (
    (NAMES, 384), (ADDRESSES, 250), (TEXTS, 65_000), (URLS, 4_096), (NUMBERS, 250), (IDENTIFIERS, 64),
)  # fmt: skip

_LABEL = r"[A-Za-z0-9](?:-?[A-Za-z0-9])*"
_PATTERNS: Final = {
    "phone": re.compile(r"\+[1-9][0-9]{6,14}"),
    "email": re.compile(rf"[A-Za-z0-9._%+-]{{1,64}}@(?:{_LABEL}\.)+[A-Za-z]{{2,24}}"),
    "gender": re.compile(r"male|female|other"),
} | {name: re.compile(rf"https?://(?:{_LABEL}\.)+[A-Za-z]{{2,24}}(?::[0-9]+)?(?:[/?#]\S*)?") for name in URLS}
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?: ?[^\s\d]+)?")


def fits(property_: str, value: str) -> bool:
    """Whether FollowTheMoney takes this value for this property; a date must be in its forms already."""
    if len(value) > chars_max(property_):
        return False
    if property_ in NUMBERS:
        return _NUMBER.fullmatch(value) is not None
    pattern = _PATTERNS.get(property_)
    return pattern is None or pattern.fullmatch(value) is not None


def note_property(schema: str) -> str:
    """Return the property in which an entity of this schema keeps text that fits nowhere else; empty where there is none."""
    return "notes" if schema in THINGS else "description" if schema in LINKS else ""


def chars_max(property_: str) -> int:
    """Return how many characters a value of this property may have."""
    return next((limit for names, limit in _CHARS_MAX if property_ in names), STRING_CHARS_MAX)
