"""The kinds of facts that OFAC's entries hold, by the words before them, and where each belongs in FollowTheMoney.

The same words stand in the remarks of the CSV files, as `idType` in the older XML and as document and feature types in the
enhanced XML, so that one table reads all three. A kind that is missing here is free text in the CSV files and puts an XML
edition in quarantine.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache


class How(Enum):
    """How a fact is read."""

    DOCUMENT = "document"
    """A number with the country that issued it and the days between which it is valid."""
    TEXT = "text"
    DATE = "date"
    COUNTRY = "country"
    GENDER = "gender"
    NOTE = "note"
    """Kept in the list's words."""
    NAMED = "named"
    """A directive, or an item from a menu of sanctions."""
    NAMED_ON = "named_on"
    """A day on which a directive takes effect."""
    LINK = "link"
    WALLET = "wallet"


_DOCUMENTS: dict[str, str] = {
    "passportNumber": (
        "Passport|Diplomatic Passport|British National Overseas Passport|Stateless Person Passport"
        "|Travel Document Number"
    ),
    "socialSecurityNumber": "SSN",
    "taxNumber": (
        "Tax ID No.|R.F.C.|RFC|NIT #|US FEIN|RIF #|RUC #|C.U.I.T.|Italian Fiscal Code|Fiscal Code|RTN|RSIN|C.I.F."
        "|N.I.F.|Paraguayan tax identification number|Numero Unico de Identificacao Tributaria (NUIT)"
        "|Romanian Tax Registration"
    ),
    "vatCode": "V.A.T. Number",
    "registrationNumber": (
        "Registration Number|Registration ID|Company Number|UK Company Number|Commercial Registry Number|C.R. No."
        "|Romanian C.R.|Certificate of Incorporation Number|Business Registration Number"
        "|Business Registration Document #|Business Number|Folio Mercantil No.|Matricula Mercantil No"
        "|Public Registration Number|Chamber of Commerce Number|Istanbul Chamber of Comm. No."
        "|Dubai Chamber of Commerce Membership No.|Registered Charity No.|Central Registration System Number"
        "|Enterprise Number|Economic Register Number (CBLS)|Branch Unit Number|File Number"
        "|Registration Certificate Number (Dubai)|Organization Code|MSB Registration Number|Trademark number"
    ),
    "ogrnCode": "Russian State Individual Business Registration Number Pattern (OGRNIP)",
    "okpoCode": "Government Gazette Number",
    "uscCode": "Unified Social Credit Code (USCC)|United Social Credit Code Certificate (USCCC)",
    "leiCode": "Legal Entity Number",
    "giiNumber": "Global Intermediary Identification Number",
    "dunsCode": "D-U-N-S Number",
    "swiftBic": "SWIFT/BIC",
    "bikCode": "BIK (RU)",
    "isinCode": "ISIN",
    "ticker": "Equity Ticker|MICEX Code",
    "mmsi": "MMSI",
    "licenseNumber": (
        "License|Trade License No.|Tourism License No.|Permit Number|SRE Permit No.|Pilot License Number"
        "|Afghan Money Service Provider License Number"
    ),
    "serialNumber": (
        "Aircraft Manufacturer's Serial Number (MSN)|Aircraft Serial Identification"
        "|Aircraft Construction Number (also called L/N or S/N or F/N)"
    ),
    "idNumber": (
        "National ID No.|Cedula No.|C.U.R.P.|C.U.I.P.|C.U.I.|D.N.I.|N.I.E.|I.F.E.|C.I.N."
        "|CNP (Personal Numerical Code)|LE Number|VisaNumberID|Driver's License No.|Bosnian Personal ID No."
        "|Credencial electoral|Kenyan ID No.|Serial No.|Moroccan Personal ID No.|Public Security and Immigration No."
        "|Immigration No.|Electoral Registry No.|Identification Number|National Foreign ID Number"
        "|Cartilla de Servicio Militar Nacional|Personal ID Card|Residency Number|Romanian Permanent Resident"
        "|Turkish Identification Number|Stateless Person ID Card|Refugee ID Card|Numero de Identidad"
        "|Tazkira National ID Card|Citizen's Card Number|UAE Identification|Birth Certificate Number"
        "|Seafarer's Identification Document|Military Registration Number|Vessel Registration Identification"
    ),
}
_RUSSIAN = {"taxNumber": "innCode", "registrationNumber": "ogrnCode"}
"""Numbers that a Russian office issues under a name used elsewhere too, by their length below."""
_LENGTHS = {"innCode": (10, 12), "ogrnCode": (13, 15), "okpoCode": (8, 10, 14)}

_OTHERS: dict[How, dict[str, str]] = {
    How.TEXT: {
        "birthPlace": "POB|Place of Birth",
        "website": "Website",
        "email": "Email Address",
        "phone": "Phone Number",
        "sector": "Organization Type",
        "classification": "Target Type",
        "callSign": "Other Vessel Call Sign|Vessel Call Sign",
        "type": "Other Vessel Type|VESSEL TYPE|Vessel Type|Aircraft Type",
        "model": "Aircraft Model",
        "registrationNumber": "Aircraft Tail Number|Previous Aircraft Tail Number",
        "deadweightTonnage": "Vessel Tonnage",
        "grossRegisteredTonnage": "Vessel Gross Registered Tonnage|Vessel Gross Tonnage",
        "position": "Title",
    },
    How.DATE: {
        "birthDate": "DOB|Birthdate",
        "incorporationDate": "Organization Established Date",
        "buildDate": "Aircraft Manufacture Date|Vessel Year of Build",
    },
    How.COUNTRY: {
        "nationality": "nationality|Nationality Country",
        "citizenship": "citizen|Citizenship Country",
        "jurisdiction": "Nationality of Registration|Registration Country",
        "flag": "Other Vessel Flag|Vessel Flag",
        "pastFlags": "Former Vessel Flag",
    },
    How.GENDER: {"gender": "Gender"},
    How.LINK: {"notes": "Linked To"},
    How.WALLET: {"publicKey": "Digital Currency Address"},
    How.NOTE: {
        "notes": (
            "Additional Sanctions Information|Secondary sanctions risk|IFCA Determination|Issuer Name|UN/LOCODE"
            "|Chinese Commercial Code|Aircraft Operator|Aircraft Mode S Transponder Code|Vessel Owner|Location"
        )
    },
    How.NAMED: {
        "": (
            "Executive Order 13662 Directive Determination|Executive Order 14024 Directive Information"
            "|Executive Order 14014 Directive Information|Executive Order 13846 information|Executive Order 14059 information"
            "|CAATSA Section 235 Information|PEESA Information"
            "|Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions"
        )
    },
    How.NAMED_ON: {
        "": "|".join(
            f"{event} Date ({name})"
            for event in ("Listing", "Effective", "Purchase/Sales For Divestment")
            for name in (
                "CMIC",
                "EO 14014 Directive 1",
                *(f"EO 14024 Directive {number}" for number in ("1a", "2", "3", "4")),
            )
        )
    },
}

KINDS: dict[str, tuple[How, str]] = {
    kind: (how, name)
    for how, table in ((How.DOCUMENT, _DOCUMENTS), *_OTHERS.items())
    for name, kinds in table.items()
    for kind in kinds.split("|")
}
"""Each kind of fact: how it is read, and the property under which it is kept."""

COLUMNS = frozenset(
    {"VESSEL TYPE", "Vessel Type", "Vessel Call Sign", "Vessel Flag", "Vessel Owner", "Vessel Tonnage", "Title"}
) | {"Vessel Gross Registered Tonnage"}
"""Kinds that the CSV files keep in columns of their own, and not in the remarks."""

_LEGAL = frozenset(
    {
        "website", "email", "phone", "sector", "classification", "incorporationDate", "jurisdiction", "idNumber", "taxNumber",
        "vatCode", "registrationNumber", "licenseNumber", "ogrnCode", "innCode", "okpoCode", "uscCode", "leiCode", "dunsCode",
        "swiftBic",
    }
)  # fmt: skip
_ORGANISATION = _LEGAL | {"imoNumber", "giiNumber"}
PROPERTIES: dict[str, frozenset[str]] = {
    "Person": _LEGAL
    | {"birthDate", "birthPlace", "nationality", "citizenship", "gender", "position", "passportNumber", "socialSecurityNumber"},
    "Organization": _ORGANISATION,
    "Company": _ORGANISATION | {"isinCode", "ticker", "bikCode"},
    "Vessel": frozenset(
        {
            "imoNumber", "mmsi", "flag", "pastFlags", "callSign", "type", "buildDate", "deadweightTonnage",
            "grossRegisteredTonnage", "registrationNumber", "model",
        }
    ),
    "Airplane": frozenset({"serialNumber", "registrationNumber", "type", "model", "buildDate"}),
}  # fmt: skip
"""What FollowTheMoney keeps about each schema, of all that the entries hold; whatever does not fit becomes a note."""


@lru_cache(maxsize=4_096)
def plain(kind: str) -> str:
    """Return a kind without the punctuation that the XML formats write behind it: `Gender`, not `Gender:`."""
    return kind.strip(" :-").replace("\u2019", "'")


def document_property(name: str, number: str, country: str) -> str:
    """Return the property of a number, more exactly where a Russian office issued it and its length is right."""
    exact = _RUSSIAN.get(name, name)
    if exact in _LENGTHS and not (country == "ru" and number.isdigit() and len(number) in _LENGTHS[exact]):
        return name if name not in _LENGTHS else "idNumber"
    return exact
