"""Records out of the transcription of the UK Sanctions List: JSON lines whose keys are the official elements in snake case.

The Ammitto project makes it daily from the official XML (https://github.com/ammitto/data-uk); here it stands one designation a
line. It is turned back into the records of the XML, so that one reader reads both. What it leaves out is told in `uk_details`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from comity.lists.model import EditionEmpty, EditionUnreadable, Opened, Record, ValueMalformed

_ELEMENTS = (
    "LastUpdated", "DateDesignated", "RegimeName", "IndividualEntityShip", "DesignationSource", "SanctionsImposed",
    "SanctionsImposedIndicators", "OtherInformation", "Names", "NonLatinNames", "Addresses", "NameType", "AliasStrength",
    "NameNonLatinScript", "AddressCountry", "AssetFreeze", "ArmsEmbargo", "TargetedArmsEmbargo", "CharteringOfShips",
    "ClosureOfRepresentativeOffices", "CrewServicingOfShipsAndAircraft", "Deflag", "PreventionOfBusinessArrangements",
    "PreventionOfCharteringOfShipsAndAircraft", "TechnicalAssistanceRelatedToAircraft", "TravelBan", "TrustServicesSanctions",
    "DirectorDisqualificationSanction", *(f"Name{number}" for number in range(1, 7)),
    *(f"AddressLine{number}" for number in range(1, 7)),
)  # fmt: skip

ELEMENTS: Final[dict[str, str]] = {
    "unique_id": "UniqueID",
    "ofsi_group_id": "OFSIGroupID",
    "un_reference_number": "UNReferenceNumber",
    "uk_statement_of_reasons": "UKStatementofReasons",
} | {re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower(): name for name in _ELEMENTS}
"""The element that each key transcribes."""

ITEMS: Final = {
    "Names": ("names", "Name"),
    "NonLatinNames": ("names", "NonLatinName"),
    "Addresses": ("addresses", "Address"),
}
"""Under which key a transcribed container holds its items, and their element."""


def records(opened: Opened) -> Iterator[Record]:
    """Yield each line as the record that it transcribes. Raises `EditionEmpty`, `EditionUnreadable`, `ValueMalformed`."""
    number = 0
    with opened.stream() as stream:
        for number, line in enumerate(filter(bytes.strip, stream), start=1):
            try:
                document, raw = msgspec.json.decode(line, type=dict[str, object]), line.decode().strip()
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise EditionUnreadable(str(error), file=opened.name, record=f"line {number}") from error
            record = _record(document, opened.name)
            record.label, record.raw = f"line {number}", raw
            yield record
    if not number:
        raise EditionEmpty("the file is empty", file=opened.name)


def _record(document: Mapping[str, object], file: str, items: str = "", item: str = "") -> Record:
    fields: dict[str, list[str | Record]] = {}
    for key, value in document.items():
        element = ELEMENTS.get(key, key)
        if isinstance(value, list) and key == items:
            fields[item] = [_value(one, file, key, item) for one in value]
        else:
            fields[element] = [_value(value, file, key, element)]
    return Record(fields, file=file)


def _value(value: object, file: str, key: str, element: str) -> str | Record:
    if isinstance(value, dict):
        return _record(value, file, *ITEMS.get(element, ("", "")))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    raise ValueMalformed(f"{value!r} is neither text nor yes or no", file=file, field=key)
