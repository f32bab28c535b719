"""UK Sanctions List of the Foreign, Commonwealth and Development Office.

The one list of everybody designated under the Sanctions and Anti-Money Laundering Act 2018; since 28 January 2026 the only British
list. A designation is known by its Unique ID (RUS0251), never reused. The official XML says everything. A transcription of it, one
JSON object a line with the same elements in snake case, leaves out whatever is said beyond names, addresses and the designation
(birth dates, documents, ship numbers, postal codes, scripts): that stands in a part of its own, of which the transcription says
nothing. Both are read by one reader. Which sanctions a designation carries is in the file; what each forbids, and by which
provision, is in `dialects.uk_law`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time

from comity.catalogue.dialects import uk_details, uk_law, uk_transcript, wallets
from comity.catalogue.dialects.languages import language
from comity.catalogue.dialects.uk_details import DETAILS, nested
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
    Standing,
    xml,
)
from comity.model.claim import ENTRY, Claim
from comity.model.dates import PartialDate
from comity.model.jurisdiction import Issuer
from comity.model.measure import Measure, MeasureKind

ROOT, DESIGNATION = "Designations", "Designation"

SCHEMATA = {"Individual": "Person", "Entity": "Organization", "Ship": "Vessel"}
NAME_PARTS = ("Name1", "Name2", "Name3", "Name4", "Name5", "Name6")
SPLIT_NAMES = {"Name1": "firstName", "Name2": "secondName", "Name6": "lastName"}
NAME_TYPES = {"primary name": "name", "primary name variation": "alias", "alias": "alias"}
STRENGTHS = {"": "", "good quality a.k.a": "alias", "low quality a.k.a": "weakAlias"}
ADDRESS_LINES = tuple(f"AddressLine{number}" for number in range(1, 7))
AUTHORITIES = {"UK": "United Kingdom", "UN": "United Nations Security Council"}

INDICATORS = {
    "AssetFreeze": "asset freeze",
    "ArmsEmbargo": "arms embargo",
    "TargetedArmsEmbargo": "targeted arms embargo",
    "CharteringOfShips": "chartering of ships",
    "ClosureOfRepresentativeOffices": "closure of representative offices",
    "CrewServicingOfShipsAndAircraft": "crew servicing of ships and aircraft",
    "Deflag": "de-flag",
    "PreventionOfBusinessArrangements": "prevention of business arrangements",
    "PreventionOfCharteringOfShips": "prevention of chartering of ships",
    "PreventionOfCharteringOfShipsAndAircraft": "prevention of chartering of ships and aircraft",
    "ProhibitionOfPortEntry": "prohibition of port entry",
    "TechnicalAssistanceRelatedToAircraft": "technical assistance related to aircraft",
    "TravelBan": "travel ban",
    "TrustServicesSanctions": "trust services sanctions",
    "DirectorDisqualificationSanction": "director disqualification sanction",
}
"""Which sanction each yes-or-no element stands for; the text beside them names every sanction, these only some."""


def read_xml(files: Mapping[str, Opened]) -> Iterator[Listed]:
    """Read the official file, designation by designation."""
    opened = files["UK-Sanctions-List.xml"]
    for record in xml.records(opened, root=ROOT, at=(DESIGNATION,), header=("DateGenerated",)):
        yield record.finish(designation(record))


def read_jsonl(files: Mapping[str, Opened]) -> Iterator[Listed]:
    """Read the transcription, line by line."""
    for record in uk_transcript.records(files["uk_sanctions_list.jsonl"]):
        yield record.finish(designation(record))


def head(opened: Opened) -> Head:
    """Read on which day the file was generated."""
    generated = xml.heading(opened, root=ROOT, until=(DESIGNATION,)).parse("DateGenerated", uk_law.on_day)
    return Head(published_at=datetime.combine(generated.first, time.min, UTC) if generated else None)


def designation(record: Record) -> Listed:
    """Read one designation."""
    record.label = record.take("UniqueID")
    kind = record.take("IndividualEntityShip")
    record.value_in("IndividualEntityShip", kind, SCHEMATA)
    about = About(record.label, SCHEMATA.get(kind, "LegalEntity"))
    for name in nested(record, "Names/Name"):
        _name(about, name)
    for name in nested(record, "NonLatinNames/NonLatinName"):
        _non_latin_name(about, name)
    for address in nested(record, "Addresses/Address"):
        _address(about, address)
    about.say("unscId", record.optional("UNReferenceNumber"))
    about.say("ofsiGroupId", record.optional("OFSIGroupID"))
    other = record.optional("OtherInformation")
    about.tell("notes", other)
    about.designate(_designated(record, other))
    about.link(wallets.named(record.label, other))
    about.say("topics", "sanction")
    uk_details.say(about, record)
    return about.listed()


def _name(about: About, name: Record) -> None:
    parts = {part: name.optional(part) for part in NAME_PARTS}
    kind, strength = name.optional("NameType").casefold(), name.optional("AliasStrength").casefold()
    name.value_in("NameType", kind, NAME_TYPES)
    name.value_in("AliasStrength", strength, STRENGTHS)
    about.say(STRENGTHS.get(strength) or NAME_TYPES.get(kind, "alias"), " ".join(filter(None, parts.values())))
    if kind == "primary name" and parts["Name1"] and about.schema == "Person":
        for part, property_ in SPLIT_NAMES.items():
            about.say(property_, parts[part])


def _non_latin_name(about: About, name: Record) -> None:
    text = name.optional("NameNonLatinScript")
    script, spoken = name.optional("NonLatinScriptType"), name.optional("NonLatinScriptLanguage")
    about.say("alias", text)
    if script or spoken:
        lang = language(spoken)
        about.say("alias", text, part=DETAILS, lang=lang, script=script, language="" if lang else spoken)


def _address(about: About, address: Record) -> None:
    lines = [address.optional(line) for line in ADDRESS_LINES]
    code, country = address.optional("AddressPostalCode"), address.optional("AddressCountry")
    if any(lines):
        about.address(*lines, country=country)
    else:
        about.country("country", country)
    if code:
        about.address(*lines, code, country=country, part=DETAILS, postal_code=code)


def _designated(record: Record, other: str) -> Designated:
    title = record.take("RegimeName")
    record.value_in("RegimeName", uk_law.fold(title), dict.fromkeys(uk_law.TITLES))
    reasons = record.optional("UKStatementofReasons")
    since = uk_law.imposed(other) | uk_law.imposed(reasons)
    return Designated(
        programme=title,
        authority=_authority(record),
        legal_basis=(f"{uk_law.ACT}, s. 1",),
        listed_on=record.parse("DateDesignated", uk_law.on_day),
        amended_on=tuple(filter(None, (record.parse("LastUpdated", uk_law.on_day),))),
        reasons=(reasons,) if reasons else (),
        measures=tuple(each for name in _sanctions(record) for each in uk_law.measures(name, title, since)),
    )


def _authority(record: Record) -> str:
    """Return who designated: nothing for the United Kingdom alone, which issues the list."""
    sources = record.take("DesignationSource").split("|")
    for source in sources:
        record.value_in("DesignationSource", source, AUTHORITIES)
    return "" if sources == ["UK"] else "; ".join(AUTHORITIES.get(source, source) for source in sources)


def _sanctions(record: Record) -> list[str]:
    named = [uk_law.sanction(text) for text in record.take("SanctionsImposed").split("|")]
    for name in named:
        record.value_in("SanctionsImposed", name, uk_law.SANCTIONS)
    for indicators in record.children("SanctionsImposedIndicators"):
        for element, name in INDICATORS.items():
            value = indicators.optional(element)
            if value not in {"", "true", "false"} or (value == "true" and name not in named):
                indicators.odd(element, value)
    return named


EXAMPLE_XML = """<?xml version="1.0" encoding="utf-8"?>
<Designations xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><DateGenerated>20/11/2031</DateGenerated>
<Designation><LastUpdated>03/05/2031</LastUpdated><DateDesignated>14/02/2030</DateDesignated><UniqueID>ZZR9001</UniqueID>
<OFSIGroupID>99001</OFSIGroupID><Names><Name><Name1>Oleg</Name1><Name2>Varimovich</Name2><Name6>DRESNOV</Name6>
<NameType>Primary Name</NameType></Name><Name><Name6>The Ferryman</Name6><NameType>Alias</NameType>
<AliasStrength>Low quality a.k.a</AliasStrength></Name></Names><NonLatinNames><NonLatinName>
<NameNonLatinScript>Дреснов Олег</NameNonLatinScript><NonLatinScriptType>Cyrillic</NonLatinScriptType>
<NonLatinScriptLanguage>Russian</NonLatinScriptLanguage></NonLatinName></NonLatinNames>
<RegimeName>The Russia (Sanctions) (EU Exit) Regulations 2019</RegimeName><IndividualEntityShip>Individual</IndividualEntityShip>
<DesignationSource>UK</DesignationSource><SanctionsImposed>Asset freeze|Trust Services Sanctions</SanctionsImposed>
<SanctionsImposedIndicators><AssetFreeze>true</AssetFreeze><TravelBan>false</TravelBan></SanctionsImposedIndicators>
<UKStatementofReasons>He owns the ferries. The trust services sanctions were imposed on 21/03/2031.</UKStatementofReasons>
<Addresses><Address><AddressLine1>4 Quay Row</AddressLine1><AddressPostalCode>0150</AddressPostalCode>
<AddressCountry>Norway</AddressCountry></Address></Addresses><PhoneNumbers><PhoneNumber>+47 22 00 00 00</PhoneNumber></PhoneNumbers>
<IndividualDetails><Individual><DOBs><DOB>dd/mm/1971</DOB></DOBs><Nationalities><Nationality>Norway</Nationality></Nationalities>
<Genders><Gender>Male</Gender></Genders><PassportDetails><Passport><PassportNumber>441820937</PassportNumber>
<PassportAdditionalInformation>Norwegian</PassportAdditionalInformation></Passport></PassportDetails></Individual>
</IndividualDetails></Designation>
<Designation><LastUpdated>03/05/2031</LastUpdated><DateDesignated>03/05/2031</DateDesignated><UniqueID>ZZR9002</UniqueID>
<Names><Name><Name6>GREY HERON</Name6><NameType>Primary name</NameType></Name></Names>
<RegimeName>The Democratic People's Republic of Korea (Sanctions) (EU Exit) Regulations 2019</RegimeName>
<IndividualEntityShip>Ship</IndividualEntityShip><DesignationSource>UN</DesignationSource>
<SanctionsImposed>Prohibition of port entry</SanctionsImposed><ShipDetails><Ship><IMONumbers><IMONumber>IMO9074729</IMONumber>
</IMONumbers><CurrentOwnerOperators><CurrentOwnerOperator>Heron Lines</CurrentOwnerOperator></CurrentOwnerOperators>
<YearsBuilt><YearBuilt>1999</YearBuilt></YearsBuilt></Ship></ShipDetails></Designation>
</Designations>
""".encode()

EXAMPLE_JSONL = """{"last_updated": "03/05/2031", "date_designated": "14/02/2030", "unique_id": "ZZR9001", \
"ofsi_group_id": "99001", \
"names": {"names": [{"name1": "Oleg", "name2": "Varimovich", "name6": "DRESNOV", "name_type": "Primary Name"}, \
{"name6": "The Ferryman", "name_type": "Alias", "alias_strength": "Low quality a.k.a"}]}, \
"non_latin_names": {"names": [{"name_non_latin_script": "Дреснов Олег"}]}, \
"regime_name": "The Russia (Sanctions) (EU Exit) Regulations 2019", "individual_entity_ship": "Individual", \
"designation_source": "UK", "sanctions_imposed": "Asset freeze|Trust Services Sanctions", \
"sanctions_imposed_indicators": {"asset_freeze": true, "travel_ban": false}, \
"uk_statement_of_reasons": "He owns the ferries. The trust services sanctions were imposed on 21/03/2031.", \
"addresses": {"addresses": [{"address_line1": "4 Quay Row", "address_country": "Norway"}]}}
{"last_updated": "03/05/2031", "date_designated": "03/05/2031", "unique_id": "ZZR9002", \
"names": {"names": [{"name6": "GREY HERON", "name_type": "Primary name"}]}, "individual_entity_ship": "Ship", \
"regime_name": "The Democratic People's Republic of Korea (Sanctions) (EU Exit) Regulations 2019", \
"designation_source": "UN", "sanctions_imposed": "Prohibition of port entry"}
""".encode()

RUSSIA = "The Russia (Sanctions) (EU Exit) Regulations 2019"
KOREA = "The Democratic People's Republic of Korea (Sanctions) (EU Exit) Regulations 2019"
PERSON = (
    Claim(property="name", value="Oleg Varimovich DRESNOV"),
    Claim(property="firstName", value="Oleg"),
    Claim(property="secondName", value="Varimovich"),
    Claim(property="lastName", value="DRESNOV"),
    Claim(property="weakAlias", value="The Ferryman"),
    Claim(property="alias", value="Дреснов Олег"),
    Claim(property="alias", value="Дреснов Олег", part=DETAILS, lang="rus", detail={"script": "Cyrillic"}),
    Claim(property="address", value="4 Quay Row, Norway", detail={"country": "no"}),
    Claim(property="country", value="no", original="Norway"),
    Claim(
        property="address",
        value="4 Quay Row, 0150, Norway",
        part=DETAILS,
        detail={"country": "no", "postal_code": "0150"},
    ),
    Claim(property="ofsiGroupId", value="99001"),
    *Designated(
        programme=RUSSIA,
        legal_basis=("Sanctions and Anti-Money Laundering Act 2018, s. 1",),
        listed_on=PartialDate.parse("2030-02-14"),
        amended_on=(PartialDate.parse("2031-05-03"),),
        reasons=("He owns the ferries. The trust services sanctions were imposed on 21/03/2031.",),
        measures=(
            Measure(
                kind=MeasureKind.ASSET_FREEZE,
                object="funds and economic resources, which may neither be dealt with nor made available",
                binds=uk_law.BINDS,
                article=f"{RUSSIA}, regs. 11 to 15; {uk_law.ACT}, s. 3",
            ),
            Measure(
                kind=MeasureKind.TRUST_SERVICES,
                object="trust services to or for the benefit of the designated person",
                binds=uk_law.BINDS,
                since=date(2031, 3, 21),
                article=f"{RUSSIA}, reg. 18C; {uk_law.ACT}, s. 3",
            ),
        ),
    ).claims(),
    Claim(property="topics", value="sanction"),
    Claim(property="phone", value="+47 22 00 00 00", part=DETAILS),
    Claim(property="nationality", value="no", part=DETAILS, original="Norway"),
    Claim(property="birthDate", value="1971", part=DETAILS),
    Claim(property="gender", value="male", part=DETAILS),
    Claim(
        property="passportNumber",
        value="441820937",
        part=DETAILS,
        detail={"kind": "Passport", "note": "Norwegian"},
    ),
)
SHIP = (
    Claim(property="name", value="GREY HERON"),
    *Designated(
        programme=KOREA,
        authority="United Nations Security Council",
        legal_basis=("Sanctions and Anti-Money Laundering Act 2018, s. 1",),
        listed_on=PartialDate.parse("2031-05-03"),
        amended_on=(PartialDate.parse("2031-05-03"),),
        measures=(
            Measure(
                kind=MeasureKind.VESSEL_PORT_ENTRY,
                binds=uk_law.BINDS,
                article=f"{KOREA}, reg. 72; {uk_law.ACT}, s. 7",
            ),
        ),
    ).claims(),
    Claim(property="topics", value="sanction"),
    Claim(property="notes", value="current owner or operator: Heron Lines", part=DETAILS),
    Claim(property="imoNumber", value="9074729", part=DETAILS, detail={"check_digit": "right"}),
    Claim(property="buildDate", value="1999", part=DETAILS),
)


def _shown(*parts: str) -> tuple[Listed, ...]:
    """Return what the example says in the given parts."""
    return tuple(
        Listed(reference=reference, schema=schema, claims=tuple(claim for claim in claims if claim.part in parts))
        for reference, schema, claims in (("ZZR9001", "Person", PERSON), ("ZZR9002", "Vessel", SHIP))
    )


SOURCE = Source(
    id="uk_sanctions_list",
    title="UK Sanctions List",
    issuer=Issuer(code="GB", name="United Kingdom", authority="Foreign, Commonwealth and Development Office"),
    homepage="https://www.gov.uk/government/publications/the-uk-sanctions-list",
    licence="Open Government Licence v3.0",
    formats=(
        Format(
            id="xml",
            files=(
                File(
                    name="UK-Sanctions-List.xml",
                    url="https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.xml",
                    parts=(ENTRY, DETAILS),
                    recognises=lambda _name, start: b"<Designations" in start,
                ),
            ),
            read=read_xml,
            head=head,
        ),
        Format(
            id="jsonl",
            files=(
                File(
                    name="uk_sanctions_list.jsonl",
                    recognises=lambda _name, start: (
                        start.lstrip().startswith(b"{") and b'"individual_entity_ship"' in start
                    ),
                ),
            ),
            read=read_jsonl,
            standing=Standing.TRANSCRIBED,
        ),
    ),
    schedule=Every(hours=6),
    expect=Expect(designations=(2_500, 20_000), removed_at_once_max=0.05, removed_per_month_max=0.03),
    examples=(
        Example(format="xml", files={"UK-Sanctions-List.xml": EXAMPLE_XML}, yields=_shown(ENTRY, DETAILS)),
        Example(format="jsonl", files={"uk_sanctions_list.jsonl": EXAMPLE_JSONL}, yields=_shown(ENTRY)),
    ),
)
