r"""The European Commission's Financial Sanctions Files as tables: layout 1.1, and the older layout 1.0.

A row holds the entity, one of its acts, and one name, address, birth, document or citizenship. The rows of an entity follow each
other and are gathered into one record of the shape of the XML. Remarks stand in brackets, separated by a literal `\n`; the ways to
reach somebody as `PHONE[…]\nFAX[…]`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import groupby
from typing import BinaryIO, Final

from comity.lists.model import EditionUnreadable, Head, NotThisList, Opened, Record, tables

Fields = dict[str, list[str | Record]]

ENTITY: Final = (
    "LogicalId", "EU_ReferenceNumber", "UnitedNationId", "DesignationDate", "DesignationDetails", "Remark", "SubjectType",
    "SubjectType_ClassificationCode",
)  # fmt: skip
ACT: Final = (
    "Type", "OrganisationType", "PublicationDate", "EntryIntoForceDate", "NumberTitle", "Programme", "PublicationUrl",
)  # fmt: skip
BLOCKS: Final = {
    "NameAlias": (
        "LastName", "FirstName", "MiddleName", "WholeName", "NameLanguage", "Gender", "Title", "Function", "LogicalId",
        "RegulationLanguage", "Remark",
    ),
    "Address": (
        "City", "Street", "PoBox", "ZipCode", "Region", "Place", "AsAtListingTime", "ContactInfo", "CountryIso2Code",
        "CountryDescription", "LogicalId", "RegulationLanguage", "Remark",
    ),
    "BirthDate": (
        "BirthDate", "Day", "Month", "Year", "YearRangeFrom", "YearRangeTo", "Circa", "CalendarType", "ZipCode", "Region", "Place",
        "City", "CountryIso2Code", "CountryDescription", "LogicalId", "RegulationLanguage", "Remark",
    ),
    "Identification": (
        "Number", "Diplomatic", "KnownExpired", "KnownFalse", "ReportedLost", "RevokedByIssuer", "IssuedBy", "IssuedDate",
        "ValidFrom", "ValidTo", "LatinNumber", "NameOnDocument", "TypeCode", "TypeDescription", "Region", "CountryIso2Code",
        "CountryDescription", "LogicalId", "RegulationLanguage", "Remark",
    ),
    "Citizenship": ("Region", "CountryIso2Code", "CountryDescription", "LogicalId", "RegulationLanguage", "Remark"),
}  # fmt: skip
"""The columns of each block of layout 1.1, after its name and an underscore."""

COLUMNS: Final = (
    "fileGenerationDate",
    *(f"Entity_{name}" for name in ENTITY),
    *(f"Entity_Regulation_{name}" for name in ACT),
    *(f"{block}_{name}" for block, names in BLOCKS.items() for name in (*names, *(f"Regulation_{act}" for act in ACT))),
)

RENAMED: Final = {
    "EU_ReferenceNumber": "euReferenceNumber", "Type": "regulationType", "BirthDate": "birthdate", "Day": "dayOfMonth",
    "Month": "monthOfYear",
    "IssuedDate": "issueDate", "TypeCode": "identificationTypeCode", "TypeDescription": "identificationTypeDescription",
}  # fmt: skip
"""Columns whose attribute is not the same word with a small first letter."""

OLD: Final = {
    "Naal": {"lastname": "@lastName", "firstname": "@firstName", "middlename": "@middleName", "wholename": "@wholeName",
             "gender": "@gender", "title": "@title", "function": "@function", "language": "@nameLanguage"},
    "Addr": {"number": "number", "street": "@street", "zipcode": "@zipCode", "city": "@city", "country": "@countryDescription",
             "other": "contactInfo"},
    "Birt": {"date": "@birthdate", "place": "@place", "country": "@countryDescription"},
    "Iden": {"number": "number", "country": "@countryDescription"},
    "Citi": {"country": "@countryDescription"},
}  # fmt: skip
"""The blocks of layout 1.0."""
OLD_ELEMENTS: Final = {
    "Naal": "nameAlias",
    "Addr": "address",
    "Birt": "birthdate",
    "Iden": "identification",
    "Citi": "citizenship",
}
OLD_KEYS: Final = ("logical_id", "Entity_logical_id", "leba_numtitle", "leba_publication_date", "leba_url", "programme")
OLD_COLUMNS: Final = (
    *("Date_file", "Entity_logical_id", "Subject_type"),
    *("Leba_numtitle", "Leba_publication_date", "Leba_url", "Programme", "Entity_remark"),
    *(f"{block}_{name}" for block, names in OLD.items() for name in (*OLD_KEYS, *names)),
    "EU_ref_num",
)
"""Its columns; the header calls each `…_Entity_logical_id` just `Entity_logical_id`."""

CONTACT: Final = re.compile(r"(PHONE|FAX|EMAIL|WEB)\[([^\]]*)\]")
DOCUMENT: Final = re.compile(r"(?P<number>.*?) \((?P<code>\w+)-(?P<kind>[^)]*)\) ?(?:\((?P<remark>.*)\))?")


def entities(opened: Opened) -> Iterator[Record]:
    """Yield the entities of a table of layout 1.1 as records of the shape of the XML."""
    rows = tables.records(opened, COLUMNS, delimiter=";")
    yield from _gathered(opened, rows, _entity)


def old_entities(opened: Opened) -> Iterator[Record]:
    """Yield the entities of a table of layout 1.0, as published or as a spreadsheet has saved it."""
    plain = Plain(opened)
    rows = tables.records(plain, OLD_COLUMNS, header=False, encoding="cp1252", delimiter=";", skip_lines=1)
    yield from _gathered(plain, rows, _old_entity)


def head(opened: Opened) -> Head:
    """Read when a table of layout 1.1 was generated, which stands on every row."""
    row = next(iter(tables.records(opened, COLUMNS, delimiter=";")), None)
    return Head(published_at=row.parse("fileGenerationDate", _day) if row else None)


def old_head(opened: Opened) -> Head:
    """Read when a table of layout 1.0 was generated."""
    rows = tables.records(Plain(opened), OLD_COLUMNS, header=False, encoding="cp1252", delimiter=";", skip_lines=1)
    row = next(iter(rows), None)
    return Head(published_at=row.parse("Date_file", _day) if row else None)


def write(*rows: Mapping[str, str]) -> bytes:
    """Write rows, by the names of their filled columns, as a table of layout 1.1: for examples and tests."""
    lines = [tables.write_row([row.get(name, "") for name in COLUMNS], ";") for row in rows]
    return "\r\n".join((";".join(COLUMNS), *lines, "")).encode("utf-8-sig")


class Plain:
    """A table of layout 1.0 without what a spreadsheet adds to it: quotes around each line, tabs for commas, tabs at the end.

    It is undone only where the first line shows that it was done. Raises `NotThisList` where the header is another.
    """

    def __init__(self, opened: Opened) -> None:
        self.name, self._opened = opened.name, opened

    def stream(self) -> BinaryIO:
        """Open the table from the beginning."""
        with self._opened.stream() as stream:
            lines = stream.read().splitlines()
        if lines and lines[0].startswith(b'"Date_file'):
            lines = [
                line[1:-1].rstrip(b"\t").replace(b"\t", b",").replace(b'""', b'"') for line in lines if line.strip()
            ]
        header = lines[0].decode("ascii", "replace").split(";") if lines else []
        expected = [name.partition("_")[2] if name.endswith("_Entity_logical_id") else name for name in OLD_COLUMNS]
        if len(header) != len(expected) or not header[0].startswith("Date_file") or header[1:] != expected[1:]:
            raise NotThisList("the first line is not the header of layout 1.0", file=self.name)
        return io.BytesIO(b"\n".join(lines))

    def head(self, count: int) -> bytes:
        """Return the first bytes as they are."""
        return self._opened.head(count)


def _gathered(opened: Opened, rows: Iterator[Record], read: Callable[[Record], Fields]) -> Iterator[Record]:
    seen: set[str] = set()
    for label, group in groupby(((row, read(row)) for row in rows), key=lambda one: str(one[1]["@logicalId"][0])):
        if label in seen:
            raise EditionUnreadable("its rows are scattered over the file", file=opened.name, record=label)
        seen.add(label)
        yield _joined(opened, label, group)


def _joined(opened: Opened, label: str, rows: Iterable[tuple[Record, Fields]]) -> Record:
    fields: Fields = {}
    known: set[str] = set()
    raw = []
    for row, said in rows:
        row.audit()
        raw.append(row.raw)
        for name, value in ((name, value) for name, values in said.items() for value in values):
            text = f"{name}={value if isinstance(value, str) else value.raw}"
            if text in known:
                continue
            if name.startswith("@") and name in fields:
                raise EditionUnreadable("its rows contradict each other", file=opened.name, record=label, field=name)
            fields.setdefault(name, []).append(value)
            known.add(text)
    return Record(fields, file=opened.name, label=label, raw="\n".join(raw))


def _entity(row: Record) -> Fields:
    row.take("fileGenerationDate")
    fields = _attributes(row, "Entity", ENTITY)
    code = row.take("Entity_SubjectType_ClassificationCode")
    row.skip("Entity_SubjectType")  # the first letter of the code
    fields["subjectType"] = [_nested(row, {"@code": [code]})]
    act = _attributes(row, "Entity_Regulation", ACT)
    if act:
        act["publicationUrl"] = act.pop("@publicationUrl", [])
        fields["regulation"] = [_nested(row, act)]
    for block, names in BLOCKS.items():
        element = _attributes(row, block, names)
        summary = _attributes(row, f"{block}_Regulation", ACT)
        for name in (
            "@organisationType",
            "@entryIntoForceDate",
            "@programme",
        ):  # the XML gives them with the entity's acts only
            summary.pop(name, None)
        if element:
            element["regulationSummary"] = [_nested(row, summary)] if summary else []
            fields[block[0].lower() + block[1:] if block != "BirthDate" else "birthdate"] = [_nested(row, element)]
    return fields


def _attributes(row: Record, prefix: str, names: Iterable[str]) -> Fields:
    fields: Fields = {}
    for name in names:
        if name in {"SubjectType", "SubjectType_ClassificationCode"}:
            continue
        value = row.optional(f"{prefix}_{name}")
        if value and name == "Remark":
            fields["remark"] = [*_remarks(value)]
        elif value and name == "ContactInfo":
            fields["contactInfo"] = [*_contacts(row, value)]
        elif value:
            fields["@" + RENAMED.get(name, name[0].lower() + name[1:])] = [value]
    return fields


def _old_entity(row: Record) -> Fields:
    row.take("Date_file")
    code = {"P": "person", "E": "enterprise"}.get(letter := row.take("Subject_type"), letter)
    act: Fields = {"@numberTitle": [row.take("Leba_numtitle")], "@programme": [row.take("Programme")]}
    act |= {"@publicationDate": [row.optional("Leba_publication_date")], "publicationUrl": [row.optional("Leba_url")]}
    fields: Fields = {
        "@logicalId": [row.take("Entity_logical_id")],
        "@euReferenceNumber": [row.optional("EU_ref_num")],
        "remark": [*_remarks(row.optional("Entity_remark"))],
        "subjectType": [_nested(row, {"@code": [code]})],
        "regulation": [_nested(row, act)],
    }
    for block, names in OLD.items():
        if number := row.optional(f"{block}_logical_id"):
            fields[OLD_ELEMENTS[block]] = [_nested(row, _old_block(row, block, number, names))]
        row.skip(*(f"{block}_{name}" for name in (*OLD_KEYS, *names)))  # empty, or repeated from the entity
    return fields


def _old_block(row: Record, block: str, number: str, names: dict[str, str]) -> Fields:
    values = {attribute: row.optional(f"{block}_{name}") for name, attribute in names.items()}
    house, other = values.pop("number", ""), values.pop("contactInfo", "")
    fields: Fields = {name: [value] for name, value in values.items() if value and value != "N/A"}
    fields |= {"@logicalId": [number], "contactInfo": [*_contacts(row, other)]}
    title = row.optional(f"{block}_leba_numtitle")
    fields["regulationSummary"] = [_nested(row, {"@numberTitle": [title]})] if title else []
    if block == "Iden" and (match := DOCUMENT.fullmatch(house)):
        fields |= {"@number": [match["number"]], "@identificationTypeCode": [match["code"]]}
        fields |= {"@identificationTypeDescription": [match["kind"]], "remark": [match["remark"] or ""]}
    elif house:
        fields["@street" if block == "Addr" else "@number"] = [f"{house} {values.get('@street', '')}"]
    return fields


def _nested(row: Record, fields: Fields) -> Record:
    raw = "|".join(
        f"{name}={value if isinstance(value, str) else value.raw}"
        for name, values in fields.items()
        for value in values
    )
    return Record({name: values for name, values in fields.items() if values}, file=row.file, label=row.label, raw=raw)


def _remarks(text: str) -> Iterator[str]:
    bare = text[1:-1] if text.startswith("(") and text.endswith(")") else text
    yield from (remark.replace("\\n", "\n") for remark in bare.split(")\\n(") if remark)


def _contacts(row: Record, text: str) -> Iterator[Record]:
    r"""Read `PHONE[…]\nFAX[…]`; whatever is written otherwise becomes a key that nobody knows, so that a person looks."""
    for key, value in CONTACT.findall(text):
        yield _nested(row, {"@key": [key], "@value": [value]})
    if rest := CONTACT.sub("", text).replace("\\n", "").strip(" ,;\n"):
        yield _nested(row, {"@key": [rest]})


def _day(text: str) -> datetime:
    """Read a day as the tables write it, day first, or in ISO form: midnight UTC."""
    return datetime.strptime(text, "%d/%m/%Y" if "/" in text else "%Y-%m-%d").replace(tzinfo=UTC)
