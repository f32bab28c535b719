"""United Nations Security Council Consolidated List.

One XML file holds every individual and entity under the Council's sanctions committees. A designation is known by its permanent
reference number (QDi.001). Names come in up to four parts, aliases with a quality (good, low; a.k.a., f.k.a.), birth dates exact,
approximate or as a span of years. Measures are not in the file: they follow from the resolution of each committee, below.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime

from comity.lists.model import (
    About,
    Designated,
    Every,
    Example,
    Expect,
    File,
    Format,
    Head,
    Listed,
    Opened,
    Record,
    Source,
    xml,
)
from comity.model.claim import Claim
from comity.model.dates import PartialDate
from comity.model.jurisdiction import Issuer
from comity.model.measure import Measure, MeasureKind

ROOT, INDIVIDUAL, ENTITY = "CONSOLIDATED_LIST", "INDIVIDUALS/INDIVIDUAL", "ENTITIES/ENTITY"

BINDS = "all UN member states"
FREEZE, TRAVEL, ARMS = MeasureKind.ASSET_FREEZE, MeasureKind.TRAVEL_BAN, MeasureKind.ARMS_EMBARGO
RETURNED_ON = date(2025, 9, 28)
"""From here the resolutions on Iran that resolution 2231 (2015) had ended apply again (snapback, 20:00 in New York on the 27th)."""

BEFORE_RETURN = {FREEZE: "S/RES/2231 (2015), annex B, para. 6(c)", TRAVEL: "S/RES/2231 (2015), annex B, para. 6(e)"}
"""What the Iran list of resolution 2231 carried until then."""

REGIMES: dict[str, tuple[str, dict[MeasureKind, str]]] = {
    "Al-Qaida": (
        "ISIL (Da'esh) and Al-Qaida sanctions, resolutions 1267, 1989 and 2253",
        {
            FREEZE: "S/RES/2368 (2017), para. 1(a)",
            TRAVEL: "S/RES/2368 (2017), para. 1(b)",
            ARMS: "S/RES/2368 (2017), para. 1(c)",
        },
    ),
    "Taliban": (
        "Taliban sanctions, resolution 1988",
        {
            FREEZE: "S/RES/2255 (2015), para. 1(a)",
            TRAVEL: "S/RES/2255 (2015), para. 1(b)",
            ARMS: "S/RES/2255 (2015), para. 1(c)",
        },
    ),
    "DPRK": (
        "Democratic People's Republic of Korea sanctions, resolution 1718",
        {FREEZE: "S/RES/1718 (2006), para. 8(d)", TRAVEL: "S/RES/1718 (2006), para. 8(e)"},
    ),
    "Iran": (
        "Iran sanctions, resolution 1737",
        {FREEZE: "S/RES/1737 (2006), para. 12", TRAVEL: "S/RES/1803 (2008), para. 5"},
    ),
    "Iraq": ("Iraq sanctions, resolution 1518", {FREEZE: "S/RES/1483 (2003), para. 23"}),
    "DRC": (
        "Democratic Republic of the Congo sanctions, resolution 1533",
        {FREEZE: "S/RES/2293 (2016), para. 5", TRAVEL: "S/RES/2293 (2016), para. 4"},
    ),
    "Libya": (
        "Libya sanctions, resolution 1970",
        {FREEZE: "S/RES/1970 (2011), para. 17", TRAVEL: "S/RES/1970 (2011), para. 15"},
    ),
    "Somalia": (
        "Al-Shabaab sanctions, resolution 2713 (formerly 751)",
        {
            FREEZE: "S/RES/1844 (2008), para. 3",
            TRAVEL: "S/RES/1844 (2008), para. 1",
            ARMS: "S/RES/1844 (2008), para. 7",
        },
    ),
    "CAR": (
        "Central African Republic sanctions, resolution 2745 (formerly 2127)",
        {FREEZE: "S/RES/2134 (2014), para. 32", TRAVEL: "S/RES/2134 (2014), para. 30"},
    ),
    "Yemen": (
        "Yemen sanctions, resolution 2140",
        {
            FREEZE: "S/RES/2140 (2014), para. 11",
            TRAVEL: "S/RES/2140 (2014), para. 15",
            ARMS: "S/RES/2216 (2015), para. 14",
        },
    ),
    "SouthSudan": (
        "South Sudan sanctions, resolution 2206",
        {FREEZE: "S/RES/2206 (2015), para. 12", TRAVEL: "S/RES/2206 (2015), para. 9"},
    ),
    "Sudan": (
        "Sudan sanctions, resolution 1591",
        {FREEZE: "S/RES/1591 (2005), para. 3(e)", TRAVEL: "S/RES/1591 (2005), para. 3(d)"},
    ),
    "GB": ("Guinea-Bissau sanctions, resolution 2048", {TRAVEL: "S/RES/2048 (2012), para. 4"}),
    "Mali": (
        "Mali sanctions, resolution 2374",
        {FREEZE: "S/RES/2374 (2017), para. 4", TRAVEL: "S/RES/2374 (2017), para. 1"},
    ),
    "Haiti": (
        "Haiti sanctions, resolution 2653",
        {
            FREEZE: "S/RES/2653 (2022), para. 6",
            TRAVEL: "S/RES/2653 (2022), para. 3",
            ARMS: "S/RES/2653 (2022), para. 11",
        },
    ),
}
"""Each committee's title, and its measures with the paragraph that imposes them (https://main.un.org/securitycouncil/en/sanctions)."""

PERSONS_ONLY = frozenset({TRAVEL})
"""Measures that can touch only natural persons."""

QUALITIES = {"Good": "alias", "Low": "weakAlias", "a.k.a.": "alias", "f.k.a.": "previousName"}
GENDERS = {"male": "male", "female": "female", "unknown": ""}
DOCUMENTS = {
    "passport": "passportNumber",
    "numéro de passeport": "passportNumber",
    "número de pasaporte": "passportNumber",
}


def read(files: Mapping[str, Opened]) -> Iterator[Listed]:
    """Read the file, record by record."""
    opened = files["consolidated.xml"]
    published = head(opened).published_at
    for record in xml.records(opened, root=ROOT, at=(INDIVIDUAL, ENTITY)):
        reader = person if record.has("INDIVIDUAL_ALIAS") else organisation
        yield record.finish(reader(record, published.date() if published else date.max))


def head(opened: Opened) -> Head:
    """Read when the file was generated."""
    heading = xml.heading(opened, root=ROOT, until=("INDIVIDUALS", "ENTITIES"))
    return Head(published_at=heading.parse("@dateGenerated", lambda text: datetime.fromisoformat(text).astimezone(UTC)))


def person(record: Record, published_on: date) -> Listed:
    """Read one individual."""
    about = _begin(record, "Person", "THIRD_NAME", "FOURTH_NAME", "SECOND_NAME")
    if (gender := record.optional("GENDER").lower()) and gender not in GENDERS:
        record.odd("GENDER", gender)
    about.say("gender", GENDERS.get(gender, ""))
    for place in record.children("INDIVIDUAL_PLACE_OF_BIRTH"):
        _birth_place(about, place)
    for birth in record.children("INDIVIDUAL_DATE_OF_BIRTH"):
        _birth_date(about, birth)
    for document in record.children("INDIVIDUAL_DOCUMENT"):
        _document(about, document)
    for nationality in record.children("NATIONALITY"):
        for value in nationality.texts("VALUE"):
            about.country("nationality", value)
    _values(record, "TITLE", about, "title")
    _values(record, "DESIGNATION", about, "position")
    return _end(record, about, "INDIVIDUAL", published_on)


def organisation(record: Record, published_on: date) -> Listed:
    """Read one entity."""
    return _end(record, _begin(record, "Organization"), "ENTITY", published_on)


def _begin(record: Record, schema: str, *more_names: str) -> About:
    record.label = record.take("REFERENCE_NUMBER")
    about = About(record.label, schema)
    parts = {name: record.optional(name) for name in ("FIRST_NAME", *more_names)}
    ordered = [parts.get(name, "") for name in ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")]
    about.say("name", " ".join(ordered))
    about.say("alias", record.optional("NAME_ORIGINAL_SCRIPT"), script="original")
    return about


def _end(record: Record, about: About, kind: str, published_on: date) -> Listed:
    for alias in record.children(f"{kind}_ALIAS"):
        _alias(about, alias)
    for address in record.children(f"{kind}_ADDRESS"):
        lines = [address.optional(name) for name in ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE")]
        about.address(*lines, country=address.optional("COUNTRY"), note=address.optional("NOTE"))
    about.tell("notes", record.optional("COMMENTS1"))
    about.say("unscId", record.label)
    about.say("sourceId", record.take("DATAID"))
    about.designate(_designated(record, about, published_on))
    about.say("topics", "sanction")
    record.skip("VERSIONNUM", "SORT_KEY", "SORT_KEY_LAST_MOD", "LIST_TYPE")  # technical, and the words "UN List"
    return about.listed()


def _designated(record: Record, about: About, published_on: date) -> Designated:
    programme = record.take("UN_LIST_TYPE")
    record.value_in("UN_LIST_TYPE", programme, REGIMES)
    title, measures = REGIMES.get(programme, ("", {}))
    if programme == "Iran" and published_on < RETURNED_ON:
        measures = BEFORE_RETURN
    updates = [text for update in record.children("LAST_DAY_UPDATED") for text in update.texts("VALUE")]
    submitted = [record.optional("SUBMITTED_BY"), record.optional("SUBMITTED_ON")]
    about.say("notes", " ".join(("submitted", *submitted)) if any(submitted) else "")
    is_person = about.schema == "Person"
    return Designated(
        programme=programme,
        reference=record.label,
        legal_basis=(title,) if title else (),
        listed_on=record.parse("LISTED_ON", _day),
        amended_on=tuple(_day(text) for text in sorted(set(updates))),
        measures=tuple(
            Measure(kind=kind, binds=BINDS, article=article)
            for kind, article in measures.items()
            if is_person or kind not in PERSONS_ONLY
        ),
    )


def _day(text: str) -> PartialDate:
    """Read a day; some editions write an XML Schema date with a time zone (`2015-04-14-04:00`), which is not part of the day."""
    return PartialDate.parse(text[:10])


def _alias(about: About, alias: Record) -> None:
    kind = alias.choose("QUALITY", QUALITIES) or "alias"
    name, note = alias.optional("ALIAS_NAME"), alias.optional("NOTE")
    born = alias.optional("DATE_OF_BIRTH")
    places = (alias.optional("CITY_OF_BIRTH"), alias.optional("COUNTRY_OF_BIRTH"))
    about.say(kind, name, note=note, born=born, birthplace=", ".join(filter(None, places)))


def _birth_place(about: About, place: Record) -> None:
    lines = [place.optional(name) for name in ("STREET", "CITY", "STATE_PROVINCE")]
    country, note = place.optional("COUNTRY"), place.optional("NOTE")
    about.say("birthPlace", ", ".join(filter(None, (*lines, country))), note=note)
    about.country("birthCountry", country)


def _birth_date(about: About, birth: Record) -> None:
    kind, note = birth.optional("TYPE_OF_DATE"), birth.optional("NOTE")
    if kind not in {"", "EXACT", "APPROXIMATELY", "BETWEEN"}:
        birth.odd("TYPE_OF_DATE", kind)
    ends = [birth.parse(name, PartialDate.parse) for name in ("FROM_YEAR", "TO_YEAR")]
    when = birth.parse("DATE", _day) or birth.parse("YEAR", PartialDate.parse)
    birth.skip("YEAR")  # some records give the year beside the full date
    if ends[0] and ends[1]:
        when = PartialDate.between(ends[0], ends[1])
    if when is not None and kind == "APPROXIMATELY":
        when = PartialDate(when.first, when.last, circa=True)
    about.on("birthDate", when, note=note)
    if when is None:
        about.say("notes", f"born: {note}" if note else "")


def _document(about: About, document: Record) -> None:
    kinds = (document.optional("TYPE_OF_DOCUMENT"), document.optional("TYPE_OF_DOCUMENT2"))
    country = document.optional("ISSUING_COUNTRY")
    issued_in = ", ".join(filter(None, (document.optional("CITY_OF_ISSUE"), document.optional("COUNTRY_OF_ISSUE"))))
    about.identify(
        DOCUMENTS.get(" ".join(kinds[0].lower().split()), "idNumber"),
        document.optional("NUMBER"),
        country=country or issued_in.rpartition(", ")[2],
        kind=kinds[1] or kinds[0],
        issued_on=document.optional("DATE_OF_ISSUE"),
        issued_in=issued_in,
        note=document.optional("NOTE"),
    )


def _values(record: Record, name: str, about: About, property_: str) -> None:
    for group in record.children(name):
        for value in group.texts("VALUE"):
            about.say(property_, value)


EXAMPLE = b"""<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2031-11-20T23:00:09.067Z"><INDIVIDUALS><INDIVIDUAL>
<DATAID>9900001</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>OLEG</FIRST_NAME><SECOND_NAME>VARIMOVICH</SECOND_NAME>
<THIRD_NAME>DRESNOV</THIRD_NAME><UN_LIST_TYPE>GB</UN_LIST_TYPE><REFERENCE_NUMBER>ZZi.001</REFERENCE_NUMBER>
<LISTED_ON>2029-03-14</LISTED_ON><NATIONALITY><VALUE>Norway</VALUE></NATIONALITY><LIST_TYPE><VALUE>UN List</VALUE></LIST_TYPE>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>The Ferryman</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1969</FROM_YEAR>
<TO_YEAR>1972</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>4418 20937</NUMBER>
<ISSUING_COUNTRY>Norway</ISSUING_COUNTRY></INDIVIDUAL_DOCUMENT>
</INDIVIDUAL></INDIVIDUALS><ENTITIES/></CONSOLIDATED_LIST>
"""

SOURCE = Source(
    id="un_consolidated",
    title="UN Security Council Consolidated List",
    issuer=Issuer(code="UN", name="United Nations", authority="United Nations Security Council"),
    homepage="https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list",
    licence="United Nations: free use with attribution",
    formats=(
        Format(
            id="xml",
            files=(
                File(
                    name="consolidated.xml",
                    url="https://scsanctions.un.org/resources/xml/en/consolidated.xml",
                    recognises=lambda _name, start: b"<CONSOLIDATED_LIST" in start,
                ),
            ),
            read=read,
            head=head,
        ),
    ),
    schedule=Every(hours=6),
    expect=Expect(designations=(600, 3_000), removed_at_once_max=0.03, removed_per_month_max=0.02),
    examples=(
        Example(
            format="xml",
            files={"consolidated.xml": EXAMPLE},
            yields=(
                Listed(
                    reference="ZZi.001",
                    schema="Person",
                    claims=(
                        Claim(property="name", value="OLEG VARIMOVICH DRESNOV"),
                        Claim(property="birthDate", value="1969/1972"),
                        Claim(
                            property="passportNumber",
                            value="4418 20937",
                            detail={"country": "no", "kind": "Passport"},
                        ),
                        Claim(property="nationality", value="no", original="Norway"),
                        Claim(property="weakAlias", value="The Ferryman"),
                        Claim(property="unscId", value="ZZi.001"),
                        Claim(property="sourceId", value="9900001"),
                        Claim(property="programme", value="GB", about="GB"),
                        Claim(property="reference", value="ZZi.001", about="GB"),
                        Claim(property="legalBasis", value="Guinea-Bissau sanctions, resolution 2048", about="GB"),
                        Claim(property="listedOn", value="2029-03-14", about="GB"),
                        Claim(
                            property="measure",
                            value='{"article":"S/RES/2048 (2012), para. 4","binds":"all UN member states","kind":"travel_ban"}',
                            about="GB",
                        ),
                        Claim(property="topics", value="sanction"),
                    ),
                ),
            ),
        ),
    ),
)
