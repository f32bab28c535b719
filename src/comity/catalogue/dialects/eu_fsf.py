"""The European Commission's Financial Sanctions Files, layout 1.1: one entity, whether it came as XML or as rows of a table.

The schema (`http://eu.europa.ec/fpi/fsd/export`, 1.1) keeps every value in an attribute; the table repeats the entity on each row
beside one name, address, birth, document or citizenship. `eu_fsf_table` gives rows the shape of the XML, so that this one reader
serves both and the same fact reads as the same claim. The quality of a name stands in words in its remark: in 2026 all of the
list's 31,000 names were marked `strong`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from comity.lists.model import About, Designated, Listed, Record
from comity.model import countries
from comity.model.dates import DateMalformed, PartialDate
from comity.model.measure import Measure

MORE = "more"
"""The part that only the XML speaks of: what the table has no column for."""

SUBJECTS: Final = {"person": "Person", "enterprise": "Organization"}
GENDERS: Final = {"M": "male", "F": "female"}
STRENGTHS: Final = {"true": "strong", "false": "weak"}
TRUTHS: Final = {"true": "true", "false": ""}
ACTS: Final = {name: name for name in ("regulation", "amendment", "repealing", "corrigendum")}
CALENDARS: Final = {"GREGORIAN": "", "ISLAMIC": "Islamic calendar", "JULIAN": "Julian calendar"}
LANGUAGES: Final = {
    "AR": "ara", "BE": "bel", "BG": "bul", "BS": "bos", "CS": "ces", "DA": "dan", "DE": "deu", "EL": "ell", "EN": "eng",
    "ES": "spa", "ET": "est", "FA": "fas", "FI": "fin", "FR": "fra", "GA": "gle", "HE": "heb", "HR": "hrv", "HU": "hun",
    "IT": "ita", "JA": "jpn", "KA": "kat", "KO": "kor", "KU": "kur", "LT": "lit", "LV": "lav", "MK": "mkd", "MT": "mlt",
    "MY": "mya", "NL": "nld", "PL": "pol", "PS": "pus", "PT": "por", "RO": "ron", "RU": "rus", "SK": "slk", "SL": "slv",
    "SO": "som", "SQ": "sqi", "SR": "srp", "SV": "swe", "SW": "swa", "TR": "tur", "UK": "ukr", "UR": "urd", "UZ": "uzb",
    "VI": "vie", "ZH": "zho",
}  # fmt: skip
"""The two-letter codes of the file as ISO 639-3."""

DOCUMENTS: Final = {
    "passport": "passportNumber", "id": "idNumber", "ssn": "socialSecurityNumber", "imo": "imoNumber",
    "regnumber": "registrationNumber", "fiscalcode": "taxNumber", "swiftbic": "swiftBic", "tradelic": "licenseNumber",
    "other": "idNumber", "birthcert": "idNumber", "nationcert": "idNumber", "travelcardid": "idNumber", "electionid": "idNumber",
    "residentperm": "idNumber", "drivinglicence": "idNumber", "NRN": "idNumber",
}  # fmt: skip
"""Where each type of identification is kept."""
OF_PERSONS: Final = frozenset({"passportNumber", "socialSecurityNumber"})
OF_ORGANISATIONS: Final = frozenset({"imoNumber"})
FLAGS: Final = ("diplomatic", "knownExpired", "knownFalse", "reportedLost", "revokedByIssuer")
CONTACTS: Final = {"PHONE": "phone", "EMAIL": "email", "WEB": "website", "FAX": "notes"}

FORMER: Final = ("formerly known as", "f.k.a.", "fka", "former name", "previously known as", "maiden name")
WEAK: Final = ("low quality", "lo quality")
OTHER: Final = ("good quality", "high quality", "also known as", "a.k.a.", "aka ", "alias")
"""How a remark that grades a name begins. Only its beginning counts: the words also occur in sentences about somebody else."""

Regimes = Mapping[str, tuple[str, tuple[Measure, ...]]]
"""By programme code: the framework acts, and what they forbid."""


class _Name(NamedTuple):
    """One `nameAlias`, as far as its place among the others is decided by it."""

    element: Record
    whole: str
    language: str
    number: int
    remarks: list[str]
    kind: str
    """`alias`, `weakAlias` or `previousName`."""
    is_graded: bool
    """Whether a remark says that it is an alias."""

    @property
    def rank(self) -> tuple[bool, bool, bool, int]:
        """Put the name to show first: ungraded, in Latin letters, in English or no language, oldest.

        The file marks none as the official one. The order does not depend on where a name stands, so that every format agrees.
        """
        latin = sum(char < "\u0250" for char in self.whole) * 2 > len(self.whole)
        return (self.is_graded or self.kind != "alias", not latin, self.language not in {"", "eng"}, self.number)


def entity(record: Record, regimes: Regimes) -> Listed:
    """Read one `sanctionEntity`. Its reference is the logical id, which every record of every layout has and keeps."""
    record.label = record.take("@logicalId")
    about = About(record.label, _schema(record))
    _names(about, record.children("nameAlias"))
    for birth in record.children("birthdate"):
        _birth(about, birth)
    for citizenship in record.children("citizenship"):
        _citizenship(about, citizenship)
    for address in record.children("address"):
        _address(about, address)
    for document in record.children("identification"):
        _document(about, document)
    for remark in record.texts("remark"):
        about.tell("notes", remark)
    _additional(about, record)
    about.say("euReference", record.optional("@euReferenceNumber"))
    about.say("unscId", record.optional("@unitedNationId"))
    _designations(about, record, regimes)
    about.say("topics", "sanction")
    return record.finish(about.listed())


def _schema(record: Record) -> str:
    subject = record.child("subjectType")
    if subject is None:
        record.odd("subjectType", "missing")
        return "LegalEntity"
    subject.skip("@classificationCode")  # the first letter of the code, once more
    return subject.choose("@code", SUBJECTS) or "LegalEntity"


def _names(about: About, elements: list[Record]) -> None:
    names = [_name(element) for element in elements]
    first = min(names, key=lambda name: name.rank, default=None)
    for name in names:
        element, note = name.element, "; ".join(name.remarks)
        is_shown = first is not None and name.whole == first.whole  # the name is repeated with each function
        about.say("name" if is_shown else name.kind, name.whole, lang=name.language, note=note, act=_act(element))
        parts = {part: element.optional(f"@{part}") for part in ("firstName", "middleName", "lastName", "title")}
        gender, function = element.choose("@gender", GENDERS) or "", element.optional("@function")
        if about.schema == "Person":
            for part, value in {**parts, "position": function}.items():
                about.say(part, value, lang=name.language)
            about.say("gender", gender)
        else:  # the whole name says it all, and an organisation holds no position
            about.say("notes", function, lang=name.language)
        _technical(about, element)


def _name(element: Record) -> _Name:
    remarks = element.texts("remark")
    texts = [" ".join(remark.lower().split()).lstrip("( ") for remark in remarks]
    is_weak = element.choose("@strong", STRENGTHS) == "weak" or any(text.startswith(WEAK) for text in texts)
    is_former = any(text.startswith(FORMER) for text in texts)
    return _Name(
        element,
        whole=element.take("@wholeName"),
        language=element.choose("@nameLanguage", LANGUAGES) or "",
        number=element.parse("@logicalId", int) or 0,
        remarks=remarks,
        kind="weakAlias" if is_weak else "previousName" if is_former else "alias",
        is_graded=any(text.startswith(OTHER) for text in texts),
    )


def _birth(about: About, birth: Record) -> None:
    is_person, note, act = about.schema == "Person", "; ".join(birth.texts("remark")), _act(birth)
    calendar, circa = birth.choose("@calendarType", CALENDARS) or "", bool(birth.choose("@circa", TRUTHS))
    day = birth.parse("@birthdate", PartialDate.parse)
    parts = [
        birth.optional(f"@{name}") for name in ("year", "monthOfYear", "dayOfMonth", "yearRangeFrom", "yearRangeTo")
    ]
    when = day or (
        None if calendar else day_of(*parts)
    )  # a converted day stands in `birthdate`, the parts in their own calendar
    if when is not None:
        when = PartialDate(when.first, when.last, circa=circa)
        about.on("birthDate" if is_person else "incorporationDate", when, note=note, act=act)
    elif any(parts):
        about.say("notes", f"born {'-'.join(filter(None, parts))} {calendar and f'({calendar})'}", note=note)
    country = _country(birth)
    place = [birth.optional(f"@{name}") for name in ("city", "region", "place", "zipCode")]
    where = ", ".join(filter(None, (*place, country)))
    if is_person:
        about.say("birthPlace", where, note="" if when else note, act=act)
        about.country("birthCountry", country)
    else:
        about.say("notes", where and f"founded in {where}")
    _technical(about, birth)


def day_of(year: str, month: str = "", day: str = "", start: str = "", end: str = "") -> PartialDate | None:
    """Return the days that the parts mean; None where they mean none (a day without its month, one end of a range)."""
    try:
        if start and end:
            return PartialDate.between(PartialDate.of(int(start)), PartialDate.of(int(end)))
        return PartialDate.of(int(year), int(month) if month else None, int(day) if day else None) if year else None
    except (DateMalformed, ValueError):
        return None


def _citizenship(about: About, citizenship: Record) -> None:
    region, note, act = citizenship.optional("@region"), "; ".join(citizenship.texts("remark")), _act(citizenship)
    name = "nationality" if about.schema == "Person" else "country"
    about.country(name, _country(citizenship), region=region, note=note, act=act)
    for word in ("acquisitionDate", "disenfranchisementDate"):
        when = citizenship.optional(f"@{word}")
        about.say("notes", when and f"citizenship, {word}: {when}", part=MORE)
    _technical(about, citizenship)


def _address(about: About, address: Record) -> None:
    box, note, act = address.optional("@poBox"), "; ".join(address.texts("remark")), _act(address)
    lines = [address.optional("@street"), box and f"P.O. Box {box}"]
    lines += [address.optional(f"@{name}") for name in ("zipCode", "city", "region", "place")]
    country, at_listing = _country(address), address.choose("@asAtListingTime", TRUTHS) or ""
    if any(lines):
        about.address(*lines, country=country, note=note, as_at_listing=at_listing, act=act)
    else:
        about.country("country", country)
        about.say("notes", note)
    for contact in address.children("contactInfo"):
        key, value = contact.take("@key"), contact.optional("@value")
        contact.value_in("@key", key, CONTACTS)
        property_ = CONTACTS.get(key, "notes")
        about.say(property_, f"{key.lower()}: {value}" if property_ == "notes" and value else value)
    _technical(about, address)


def _document(about: About, document: Record) -> None:
    property_ = document.choose("@identificationTypeCode", DOCUMENTS) or "idNumber"
    if property_ in (OF_ORGANISATIONS if about.schema == "Person" else OF_PERSONS):
        property_ = "idNumber"
    number, latin = document.optional("@number"), document.optional("@latinNumber")
    about.identify(
        property_,
        number or latin,
        country=_country(document),
        kind=document.optional("@identificationTypeDescription"),
        issued_by=document.optional("@issuedBy"),
        issued_on=document.optional("@issueDate"),
        valid_from=document.optional("@validFrom"),
        valid_until=document.optional("@validTo"),
        name_on_document=document.optional("@nameOnDocument"),
        latin_number=latin if number else "",
        region=document.optional("@region"),
        status=", ".join(flag for flag in FLAGS if document.choose(f"@{flag}", TRUTHS)),
        note="; ".join(document.texts("remark")),
        act=_act(document),
    )
    _technical(about, document)


class _Act(NamedTuple):
    """One `regulation`: the act by which the entry stands under its programme in its present form."""

    programme: str
    kind: str
    title: str
    in_force_on: PartialDate | None


def _designations(about: About, record: Record, regimes: Regimes) -> None:
    acts = [_regulation(about, element, regimes) for element in record.children("regulation")]
    if not acts:
        record.odd("regulation", "missing")
    designated_on, details = record.parse("@designationDate", PartialDate.parse), record.optional("@designationDetails")
    delisted_on = record.parse("@delistingDate", PartialDate.parse)
    for programme in dict.fromkeys(act.programme for act in acts):
        cited = [act for act in acts if act.programme == programme]
        framework, measures = regimes.get(programme, ("", ()))
        opened = [act.in_force_on for act in cited if act.kind == "regulation" and act.in_force_on]
        changed = {act.in_force_on for act in cited if act.kind != "regulation" and act.in_force_on}
        basis = dict.fromkeys(filter(None, (framework, *(act.title for act in cited))))
        designated = Designated(
            programme=programme,
            legal_basis=tuple(basis),
            listed_on=designated_on or min(opened, default=None),
            amended_on=tuple(sorted(changed)),
            delisted_on=delisted_on,
            status="delisted" if delisted_on else "",
            reasons=(details,) if details else (),
            measures=measures,
        )
        about.designate(designated)


def _regulation(about: About, element: Record, regimes: Regimes) -> _Act:
    programme = element.take("@programme")
    element.value_in("@programme", programme, regimes)
    published_on = element.parse("@publicationDate", PartialDate.parse)
    in_force_on = element.parse("@entryIntoForceDate", PartialDate.parse) or published_on
    about.say("sourceUrl", element.optional("publicationUrl"))
    for corrigendum in element.children("corrigendum"):
        about.say("notes", f"corrigendum: {corrigendum.optional('@numberTitle')}", part=MORE)
        corrigendum.skip("@regulationType", "@publicationDate", "@publicationUrl")  # found by its number
    kind = element.choose("@regulationType", ACTS) or ""
    element.skip("@organisationType")  # Council or Commission: follows from the number
    act = _Act(programme, kind, element.take("@numberTitle"), in_force_on)
    for remark in element.texts("remark"):
        about.tell("notes", remark, part=MORE)
    _technical(about, element)
    return act


def _act(record: Record) -> str:
    """Take the act by which this detail was published."""
    titles = []
    for summary in record.children("regulationSummary"):
        titles.append(summary.optional("@numberTitle"))
        summary.skip("@regulationType", "@publicationDate", "@publicationUrl")  # found by the number
    return "; ".join(dict.fromkeys(filter(None, titles)))


def _technical(about: About, record: Record) -> None:
    _additional(about, record)
    record.skip("@logicalId", "@regulationLanguage")  # a row number; the language in which the Commission read the act


def _additional(about: About, record: Record) -> None:
    for more in record.children("additionalInformation"):
        about.say("notes", f"{more.optional('@key')}: {more.optional('@value')}".strip(": "), part=MORE)


def _country(record: Record) -> str:
    """Take the country's name, or its code where the name is not understood; `00` and UNKNOWN mean that none is stated."""
    code, name = record.optional("@countryIso2Code"), record.optional("@countryDescription")
    if code == "00" or name == "UNKNOWN":
        return ""
    return name if countries.code(name) or not countries.code(code) else code
