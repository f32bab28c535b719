"""OFAC's older XML, root `sdnList`: the CSV family in one file, with accents and with the facts one by one.

What the CSV files join into remarks stands here in lists of its own (`idList` holds documents and all further facts); `remarks`
keeps what is left, and the links to other entries in brackets. The heading, spelt `publshInformation`, gives the day and the
number of records.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from comity.catalogue.dialects import ofac_remarks as remarks
from comity.catalogue.dialects.ofac_entry import COMMON, Entry, ListKind
from comity.catalogue.dialects.ofac_kinds import KINDS, How, plain
from comity.catalogue.dialects.ofac_remarks import Fact
from comity.lists.model import File, Format, Head, Listed, Opened, Record, xml

ROOT, ENTRY_PATH, HEADING = "sdnList", "sdnEntry", "publshInformation"
ALIAS_KINDS = frozenset({"a.k.a.", "f.k.a.", "n.k.a."})
QUALITIES = {"strong": False, "weak": True}
"""Whether an alias of this category is weak."""
LISTS = (
    ("dateOfBirthList", "dateOfBirthItem", "dateOfBirth", "DOB"),
    ("placeOfBirthList", "placeOfBirthItem", "placeOfBirth", "POB"),
    ("nationalityList", "nationality", "country", "nationality"),
    ("citizenshipList", "citizenship", "country", "citizen"),
)
"""Lists of one fact each: the list, its item, the field that holds the fact, and the kind."""
VESSEL = {
    "callSign": "Vessel Call Sign",
    "vesselType": "Vessel Type",
    "vesselFlag": "Vessel Flag",
    "vesselOwner": "Vessel Owner",
    "tonnage": "Vessel Tonnage",
    "grossRegisteredTonnage": "Vessel Gross Registered Tonnage",
}
RECORDS_MIN_SDN = 2_500
"""The consolidated list has never been as long, and the SDN list never as short since this format exists."""

_COUNT = re.compile(rb"<Record_Count>\s*(\d+)\s*<")


def format_(name: str, list_: ListKind, url: str) -> Format:
    """Return the older XML format of one list, by its file name."""

    def read(given: Mapping[str, Opened]) -> Iterator[Listed]:
        for record in xml.records(given[name], root=ROOT, at=(ENTRY_PATH,), header=(HEADING,)):
            entry = _entry(record)
            entry.designate(list_)
            yield record.finish(entry.listed())

    def recognises(given: str, start: bytes) -> bool:
        return b"<sdnList" in start and _list_of(given, start) is list_

    file = File(name=name, url=url + name.upper(), parts=COMMON, recognises=recognises)
    return Format(id="xml", files=(file,), read=read, head=head)


def head(opened: Opened) -> Head:
    """Read the day of publication and the number of records."""
    heading = xml.heading(opened, root=ROOT, until=(ENTRY_PATH,)).child(HEADING)
    if heading is None:
        return Head()
    return Head(
        published_at=heading.parse(
            "Publish_Date", lambda text: datetime.strptime(text, "%m/%d/%Y").replace(tzinfo=UTC)
        ),
        count=heading.parse("Record_Count", int),
    )


def full_name(last: str, first: str) -> str:
    """Write a name as the CSV files and the printed list do: `DRESNOV, Oleg`."""
    return f"{last}, {first}" if first else last


def place(city: str, state: str, postal_code: str) -> str:
    """Write city, state and postal code as the CSV files do: `Miami, FL 33101`."""
    return " ".join(filter(None, (", ".join(filter(None, (city, state))), postal_code)))


def _list_of(name: str, start: bytes) -> ListKind:
    if "cons" in name or "sdn" in name:
        return ListKind.NON_SDN if "cons" in name else ListKind.SDN
    count = _COUNT.search(start)
    return ListKind.NON_SDN if count and int(count[1]) < RECORDS_MIN_SDN else ListKind.SDN


def _entry(record: Record) -> Entry:
    record.label = record.take("uid")
    programmes = [code for group in record.children("programList") for code in group.texts("program")]
    entry = Entry(record, record.label, record.take("sdnType"), programmes)
    entry.name(full_name(record.take("lastName"), record.optional("firstName")))
    entry.titles(record.optional("title"))
    for vessel in record.children("vesselInfo"):
        for field, kind in VESSEL.items():
            if value := vessel.optional(field):
                entry.fact(Fact(kind, value))
    for list_, item, field, kind in LISTS:
        for one in _items(record, list_, item):
            one.skip("mainEntry")  # which of several stands first, as the order says
            entry.fact(Fact(kind, one.take(field)))
    for alias in _items(record, "akaList", "aka"):
        _alias(entry, alias)
    for address in _items(record, "addressList", "address"):
        _address(entry, address)
    for fact in _items(record, "idList", "id"):
        _fact(entry, fact)
    entry.remark(record.optional("remarks"))
    return entry


def _items(record: Record, list_: str, item: str) -> Iterator[Record]:
    for group in record.children(list_):
        for one in group.children(item):
            one.skip("uid")  # the number of a field of the record, which says nothing
            yield one


def _alias(entry: Entry, alias: Record) -> None:
    kind = alias.take("type")
    alias.value_in("type", kind, dict.fromkeys(ALIAS_KINDS))
    is_weak = alias.choose("category", QUALITIES) or False
    entry.alias(kind, full_name(alias.take("lastName"), alias.optional("firstName")), is_weak=is_weak)


def _address(entry: Entry, address: Record) -> None:
    lines = [address.optional(f"address{number}") for number in (1, 2, 3)]
    city, state, code = (address.optional(name) for name in ("city", "stateOrProvince", "postalCode"))
    entry.address(*lines, place=place(city, state, code), country=address.optional("country"))


def _fact(entry: Entry, fact: Record) -> None:
    kind, value = fact.take("idType"), fact.optional("idNumber")
    country, issued, expires = (fact.optional(name) for name in ("idCountry", "issueDate", "expirationDate"))
    if KINDS.get(plain(kind), (How.NOTE, ""))[0] is How.DOCUMENT:
        entry.fact(remarks.numbered(kind, value, country, issued, expires))
    else:
        entry.fact(Fact(kind, value))
