"""OFAC's enhanced XML, root `sanctionsData`: every entry as a graph of names, features, documents, authorities and relationships.

It alone knows names and addresses in their own script, the legal authorities, the day on which an entry came onto each list,
and what the links between entries mean. Its values carry reference numbers into tables at its head, whose words stand beside
them and are enough. Schema: ENHANCED_XML.xsd, published beside the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from comity.catalogue.dialects import ofac_remarks as remarks
from comity.catalogue.dialects.ofac_entry import AUTHORITIES, COMMON, PARTICULARS, SCRIPTS, Entry, ListKind
from comity.catalogue.dialects.ofac_programmes import PROGRAMMES
from comity.catalogue.dialects.ofac_remarks import Fact
from comity.catalogue.dialects.ofac_xml import place
from comity.lists.model import Designated, File, Format, Head, Listed, Opened, Record, xml
from comity.lists.model.record import TEXT
from comity.model.dates import PartialDate
from comity.model.measure import MeasureKind

ROOT, ENTITY_PATH, INFO = "sanctionsData", "entities/entity", "publicationInfo"
HEADER = (INFO, "referenceValues", "featureTypes")
NAMESPACE = b"PublicationPreview/exports/ENHANCED_XML"
FILTERS = {ListKind.SDN: b">SDN List<", ListKind.NON_SDN: b">Consolidated List<"}

LATIN = "Latin"
SCRIPTS_BY_NAME = {
    "Arabic": ("Arab", ""),
    "Armenian": ("Armn", "hye"),
    "Chinese Simplified": ("Hans", "zho"),
    "Chinese Traditional": ("Hant", "zho"),
    "Cyrillic": ("Cyrl", ""),
    "Georgian": ("Geor", "kat"),
    "Greek": ("Grek", "ell"),
    "Hangul": ("Hang", "kor"),
    "Hebrew": ("Hebr", "heb"),
    "Japanese": ("Jpan", "jpn"),
    "Korean": ("Kore", "kor"),
    LATIN: ("Latn", ""),
}
"""Each script's ISO 15924 code, and the language where the script decides it."""

ALIAS_KINDS = {"A.K.A.": "a.k.a.", "F.K.A.": "f.k.a.", "N.K.A.": "n.k.a."}
NAME_PARTS = {
    "Last Name": "", "First Name": "", "Entity Name": "", "Vessel Name": "", "Aircraft Name": "", "Nickname": "",
    "Middle Name": "middleName", "Maiden Name": "lastName", "Patronymic": "fatherName", "Matronymic": "motherName",
}  # fmt: skip
"""What the parts of a primary name are beyond what its full form says; nothing where the full form says it all."""

PUBLICATION = "Consolidated List"
"""The name under which all lists but the SDN list are published together; it is no list of its own."""
LISTS: dict[str, tuple[str, ...]] = {
    "SDN List": (),
    "Sectoral Sanctions Identifications List": ("UKRAINE-EO13662",),
    "Non-SDN Palestinian Legislative Council List": ("NS-PLC",),
    "Non-SDN CMIC List": ("CMIC-EO13959",),
    "FSE List": ("FSE-IR", "FSE-SY"),
    "CAPTA List": ("561-Related", "RUSSIA-EO14024"),
    "Non-SDN Menu-Based Sanctions List": (
        "RUSSIA-EO14024",
        "CAATSA - RUSSIA",
        "BURMA-EO14014",
        "ILLICIT-DRUGS-EO14059",
        "IRAN-EO13846",
    ),
    PUBLICATION: (),
}
"""OFAC's lists, and the programmes whose entries each takes; the SDN list takes all that the others do not."""

SANCTION_TYPES: dict[str, frozenset[MeasureKind]] = {
    "Block": frozenset({MeasureKind.ASSET_FREEZE}),
    "Reject": frozenset({MeasureKind.REJECT, MeasureKind.TRANSACTIONS}),
    "561 Full Restrictions": frozenset({MeasureKind.CORRESPONDENT_ACCOUNT}),
    "13662 Sectoral Directive 1": frozenset({MeasureKind.DEBT}),
    "13662 Sectoral Directive 2": frozenset({MeasureKind.DEBT}),
    "13662 Sectoral Directive 3": frozenset({MeasureKind.DEBT}),
    "13662 Sectoral Directive 4": frozenset({MeasureKind.EXPORT}),
    "CAATSA Section 231/235 Sanctions": frozenset(MeasureKind),
    "CMIC Executive Order": frozenset({MeasureKind.SECURITIES}),
    "Executive Order 13959 Sanctions": frozenset({MeasureKind.SECURITIES}),
    "Executive Order 14014 Directive 1": frozenset({MeasureKind.SERVICES}),
    "Executive Order 14024 Directive 1a": frozenset({MeasureKind.BONDS}),
    "Executive Order 14024 Directive 2": frozenset({MeasureKind.CORRESPONDENT_ACCOUNT}),
    "Executive Order 14024 Directive 3": frozenset({MeasureKind.DEBT}),
    "Executive Order 14024 Directive 4": frozenset({MeasureKind.TRANSACTIONS}),
    "Executive Order 14059 Non-blocking": frozenset({MeasureKind.LOANS, MeasureKind.FOREIGN_EXCHANGE}),
    "NDAA Special Conditions": frozenset({MeasureKind.CORRESPONDENT_ACCOUNT}),
}
"""Each type of sanction, and the measures of which one at least must have been understood."""

_NUMBERS = re.compile(r"[0-9]{3,5}|[A-Z]{3,}")
_GENERAL_LICENCE, _LEGISLATORS = "General License 4", "NS-PLC"


def format_(name: str, list_: ListKind, url: str) -> Format:
    """Return the enhanced XML format of one list, by its file name."""

    def read(given: Mapping[str, Opened]) -> Iterator[Listed]:
        for record in xml.records(given[name], root=ROOT, at=(ENTITY_PATH,), header=HEADER):
            yield record.finish(_entity(record, list_))

    def recognises(_: str, start: bytes) -> bool:
        return NAMESPACE in start and b"<sanctionsData" in start and FILTERS[list_] in start

    parts = (*COMMON, SCRIPTS, AUTHORITIES, PARTICULARS)
    file = File(name=name, url=url + name.upper(), parts=parts, recognises=recognises)
    return Format(id="enhanced_xml", files=(file,), read=read, head=head)


def head(opened: Opened) -> Head:
    """Read the instant of the data; the file gives it without a zone, and it is taken as UTC."""
    info = xml.heading(opened, root=ROOT, until=HEADER[1:]).child(INFO)
    if info is None:
        return Head()
    return Head(published_at=info.parse("dataAsOf", lambda text: datetime.fromisoformat(text).replace(tzinfo=UTC)))


def _entity(record: Record, list_: ListKind) -> Listed:
    record.label = record.take("@id")
    info = _only(record, "generalInfo")
    info.skip("identityId")  # the number of the identity within OFAC's own system
    programmes = [_word(one) for one in _items(record, "sanctionsPrograms", "sanctionsProgram")]
    entry = Entry(record, record.label, _worded(info, "entityType"), programmes)
    for name in _items(record, "names", "name"):
        _name(entry, name)
    entry.titles(info.optional("title"))
    for address in _items(record, "addresses", "address"):
        _address(entry, address)
    for feature in _items(record, "features", "feature"):
        _feature(entry, feature)
    for document in _items(record, "identityDocuments", "identityDocument"):
        _document(entry, document)
    for link in _items(record, "relationships", "relationship"):
        _link(entry, link)
    entry.remark(info.optional("remarks"))
    for field in ("livingStatus", "isUsCitizen", "isUsPerson"):
        if (value := _worded(info, field)) and value != "false":
            entry.note(f"{field}: {value}", PARTICULARS)
    entry.designate(list_)
    _authorities(entry, record)
    for type_ in (_word(one) for one in _items(record, "sanctionsTypes", "sanctionsType")):
        if entry.kinds.isdisjoint(SANCTION_TYPES.get(type_, ())):
            record.odd("sanctionsType", type_)
    return entry.listed()


def _name(entry: Entry, name: Record) -> None:
    is_primary, is_weak = name.take("isPrimary") == "true", name.take("isLowQuality") == "true"
    kind = _worded(name, "aliasType")
    name.value_in("aliasType", kind or "A.K.A.", ALIAS_KINDS)
    for spelling in _items(name, "translations", "translation"):
        spelling.skip("isPrimary", "formattedFirstName", "formattedLastName")  # the full form says both
        script, full = _script(spelling), spelling.take("formattedFullName")
        parts = [(_worded(part, "type"), part.take("value")) for part in _items(spelling, "nameParts", "namePart")]
        for part, _ in parts:
            name.value_in("namePart", part, NAME_PARTS)
        if script != LATIN:
            _say_in_script(entry, "name" if is_primary else "alias", full, script)
        elif is_primary:
            entry.name(full)
            _say_parts(entry, parts)
        else:
            entry.alias(ALIAS_KINDS.get(kind, "a.k.a."), full, is_weak=is_weak)


def _say_parts(entry: Entry, parts: list[tuple[str, str]]) -> None:
    for part, value in parts:
        if (property_ := NAME_PARTS.get(part)) and entry.about.schema == "Person":
            kind = part if property_ == "lastName" else ""
            entry.about.say(property_, value, part=PARTICULARS, kind=kind)


def _say_in_script(entry: Entry, property_: str, text: str, script: str) -> None:
    code, lang = SCRIPTS_BY_NAME.get(script, (script, ""))
    entry.about.say(property_, text, part=SCRIPTS, lang=lang, script=code)


def _address(entry: Entry, address: Record) -> None:
    country = _worded(address, "country")
    for spelling in _items(address, "translations", "translation"):
        spelling.skip("isPrimary")  # the Latin one comes first
        script = _script(spelling)
        parts = {_worded(part, "type"): part.take("value") for part in _items(spelling, "addressParts", "addressPart")}
        region = parts.pop("REGION", "")
        lines = [parts.pop(f"ADDRESS{number}", "") for number in (1, 2, 3)]
        city, state, code = (parts.pop(name, "") for name in ("CITY", "STATE/PROVINCE", "POSTAL CODE"))
        for unknown in parts:
            entry.record.odd("addressPart", unknown)
        where = place(city, state, code)
        if script == LATIN:
            entry.address(*lines, place=where, country=country or (f"Region: {region}" if region else ""))
        else:
            _say_in_script(entry, "address", ", ".join(filter(None, (*lines, where, region))), script)


def _feature(entry: Entry, feature: Record) -> None:
    # the number of its version, and the same value once more as a reference or split into the ends of its days
    feature.skip("versionId", "valueRefId", "isPrimary", "valueDate")
    type_ = _only(feature, "type")
    type_.skip("@featureTypeId")
    kind, value = type_.text().strip(), feature.take("value")
    entry.fact(Fact(kind, value))
    reliability, comments = _worded(feature, "reliability"), feature.optional("comments")
    if comments or reliability == "False":
        said = "; ".join(filter(None, (comments, "reported to be false" if reliability == "False" else "")))
        entry.note(f"{kind} {value}: {said}", PARTICULARS)


def _document(entry: Entry, document: Record) -> None:
    _only(document, "name").skip("@nameId", "@nameTranslationId", TEXT)  # under which of its names it was issued
    kind, number = _worded(document, "type"), document.take("documentNumber")
    country = _worded(document, "issuingCountry")
    issued, expires = (_period(document, name) for name in ("issueDate", "expirationDate"))
    entry.fact(remarks.numbered(kind, number, country, issued, expires))
    beside = [document.optional(name) for name in ("issuingAuthority", "issuingLocation", "comments")]
    if document.take("isValid") == "false":
        beside.append("not valid")
    for feature in _items(document, "idFeatures", "idFeature"):
        feature.skip("@featureVersionId")
        beside.append(feature.text().strip())
    if any(beside):
        entry.note(f"{kind} {number}: {'; '.join(filter(None, beside))}", PARTICULARS)


def _link(entry: Entry, link: Record) -> None:
    type_, quality, comments = _worded(link, "type"), _worded(link, "quality"), link.optional("comments")
    other = _only(link, "relatedEntity")
    number, name = other.take("@entityId"), other.text().strip()
    entry.fact(Fact("Linked To", name))
    told = "; ".join(filter(None, (quality and f"quality {quality}", _period(link, "dateRange"), comments)))
    entry.note(f"{type_}: {name} ({number}){': ' + told if told else ''}", PARTICULARS)


def _authorities(entry: Entry, record: Record) -> None:
    lists = [(one.take("@datePublished"), _word(one)) for one in _items(record, "sanctionsLists", "sanctionsList")]
    taken = {code for _, name in lists for code in LISTS.get(name, ())}
    for published_on, name in lists:
        record.value_in("sanctionsList", name, LISTS)
        if name == PUBLICATION:
            continue
        entry.note(f"{name} since {published_on}", AUTHORITIES)
        codes = LISTS.get(name) or tuple(code for code in entry.programmes if code not in taken)
        on_it = [code for code in entry.programmes if code in codes]
        if len(on_it) == 1 and on_it[0] not in entry.dated:
            entry.about.designate(
                Designated(programme=on_it[0], listed_on=PartialDate.parse(published_on)), part=AUTHORITIES
            )
    for authority in (_word(one) for one in _items(record, "legalAuthorities", "legalAuthority")):
        code = _programme_of(authority, entry.programmes)
        if code:
            entry.about.designate(Designated(programme=code, legal_basis=(authority,)), part=AUTHORITIES)
        else:
            entry.note(f"legal authority: {authority}", AUTHORITIES)


def _programme_of(authority: str, programmes: tuple[str, ...]) -> str:
    """Return the one programme that a legal authority can belong to, by the numbers and acronyms that both name."""
    if len(programmes) == 1:
        return programmes[0]
    if authority.startswith(_GENERAL_LICENCE):
        return _LEGISLATORS if _LEGISLATORS in programmes else ""
    words = set(_NUMBERS.findall(authority))
    known = {code: " ".join((code, *PROGRAMMES[code].basis)) for code in programmes if code in PROGRAMMES}
    fitting = [code for code, text in known.items() if not words.isdisjoint(_NUMBERS.findall(text))]
    return fitting[0] if len(fitting) == 1 else ""


def _period(record: Record, name: str) -> str:
    """Return a span of days in the normal form of a date, or nothing."""
    period = record.child(name)
    if period is None:
        return ""
    period.skip("@id", "isDateRange")  # that it is a span is told by its ends
    circa = period.optional("isApproximate") == "true"
    ends = [
        period.parse(field, PartialDate.parse) for field in ("fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd")
    ]
    given = [end for end in ends if end is not None]
    return str(PartialDate.between(min(given), max(given), circa=circa)) if given else ""


def _script(spelling: Record) -> str:
    script = _worded(spelling, "script")
    spelling.value_in("script", script, SCRIPTS_BY_NAME)
    return script


def _items(record: Record, group: str, item: str) -> Iterator[Record]:
    """Yield the items of a group; their own numbers and references into the tables say nothing that their words do not."""
    for container in record.children(group):
        for one in container.children(item):
            one.skip("@id", "@refId")
            yield one


def _only(record: Record, name: str) -> Record:
    child = record.child(name)
    return child if child is not None else Record({}, file=record.file, label=record.label)


def _worded(record: Record, name: str) -> str:
    """Return the word that a reference stands for, or nothing."""
    child = _only(record, name)
    child.skip("@refId")
    return child.text().strip()


def _word(item: Record) -> str:
    return item.text().strip()
