"""European Union consolidated list of persons, groups and entities subject to financial sanctions.

Published by the Commission as the Financial Sanctions Files: XML and a table of the same layout (1.1), which read to the same
claims. An entry is known by its *logical id*: the EU reference number (`EU.36.64`) is printed on most entries and left off others,
while every record of every layout has had the same logical id since 2018. The list says under which programme an entry stands and
by which acts; what a programme forbids follows from its regulation (`eu_regimes`). A first layout (1.0) is read for comparison
only: it knows neither days of designation nor entry into force.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from comity.catalogue.dialects import eu_fsf, eu_fsf_table
from comity.catalogue.dialects.eu_fsf import MORE
from comity.catalogue.dialects.eu_regimes import BINDS, REGIMES
from comity.lists.model import (
    About,
    Every,
    Example,
    Expect,
    File,
    Format,
    Head,
    Listed,
    Opened,
    Source,
    Standing,
    tables,
    xml,
)
from comity.model.claim import ENTRY, Claim
from comity.model.jurisdiction import Issuer

ADDRESS = "https://webgate.ec.europa.eu/fsd/fsf/public/files/{}/content?token=dG9rZW4tMjAxNw"
"""The token is the same for everybody: it reads `token-2017`, and stands on the Commission's public page."""

FLATTENED = ("Name", "Alias", "Nationality", "Designation", "Sanction Type", "Source")


def read_xml(files: Mapping[str, Opened]) -> Iterator[Listed]:
    """Read the XML, entity by entity."""
    for record in xml.records(files["xmlFullSanctionsList_1_1.xml"], root="export", at=("sanctionEntity",)):
        yield eu_fsf.entity(record, REGIMES)


def read_csv(files: Mapping[str, Opened]) -> Iterator[Listed]:
    """Read the table of layout 1.1, entity by entity."""
    for record in eu_fsf_table.entities(files["csvFullSanctionsList_1_1.csv"]):
        yield eu_fsf.entity(record, REGIMES)


def read_old_csv(files: Mapping[str, Opened]) -> Iterator[Listed]:
    """Read the table of layout 1.0."""
    for record in eu_fsf_table.old_entities(files["csvFullSanctionsList.csv"]):
        yield eu_fsf.entity(record, REGIMES)


def read_flattened(files: Mapping[str, Opened]) -> Iterator[Listed]:
    """Read the names that a third party took out of the XML: one row per entity, known by its first name."""
    for row in tables.records(files["names.csv"], FLATTENED):
        about = About(row.take("Name"), row.choose("Designation", eu_fsf.SUBJECTS) or "LegalEntity")
        about.say("name", about.reference)
        about.say("alias", row.optional("Alias"))  # all in one text, joined by commas that also stand within names
        about.country("country", row.optional("Nationality"))
        about.say("notes", ", ".join((row.optional("Sanction Type"), row.optional("Source"))))
        yield row.finish(about.listed())


def head(opened: Opened) -> Head:
    """Read when the XML was generated."""
    heading = xml.heading(opened, root="export", until=("sanctionEntity",))
    return Head(published_at=heading.parse("@generationDate", datetime.fromisoformat))


EXAMPLE_XML = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2031-12-21T14:39:54.511+01:00" globalFileId="990001">
<sanctionEntity designationDate="2031-06-02" designationDetails="Carried cargo for the fleet of Quamaria." unitedNationId=""
 euReferenceNumber="EU.9001.1" logicalId="9900001">
<remark>Also named in 2031/9</remark>
<regulation regulationType="amendment" organisationType="council" publicationDate="2031-06-02" entryIntoForceDate="2031-06-03"
 numberTitle="2031/901 (OJ L 9)" programme="BLR" logicalId="1">
<publicationUrl>https://eur-lex.europa.eu/eli/reg_impl/2031/901/oj</publicationUrl></regulation>
<subjectType code="person" classificationCode="P"/>
<nameAlias firstName="Илвар" middleName="" lastName="Деношка" wholeName="Илвар Деношка" function="" gender="M" title=""
 nameLanguage="RU" strong="true" regulationLanguage="en" logicalId="11">
<regulationSummary regulationType="amendment" publicationDate="2031-06-02" numberTitle="2031/901 (OJ L 9)" publicationUrl="u"/>
</nameAlias>
<nameAlias firstName="Ilvar" middleName="" lastName="Denoshka" wholeName="Ilvar Denoshka" function="Harbour master" gender="M"
 title="Captain" nameLanguage="EN" strong="true" regulationLanguage="en" logicalId="12"/>
<nameAlias firstName="" middleName="" lastName="" wholeName="The Pilot" function="" title="" nameLanguage="" strong="true"
 regulationLanguage="en" logicalId="10"><remark>Low quality alias</remark></nameAlias>
<citizenship region="" countryIso2Code="NO" countryDescription="NORWAY" regulationLanguage="en" logicalId="13"/>
<birthdate circa="true" calendarType="GREGORIAN" city="Port Ostrava" zipCode="" yearRangeFrom="1969" yearRangeTo="1972" region=""
 place="" countryIso2Code="00" countryDescription="UNKNOWN" regulationLanguage="en" logicalId="14"/>
<identification diplomatic="false" knownExpired="true" knownFalse="false" reportedLost="false" revokedByIssuer="false"
 issuedBy="Oslo police" latinNumber="" nameOnDocument="" number="N 4418 20937" region="" countryIso2Code="NO"
 countryDescription="NORWAY" identificationTypeCode="passport" identificationTypeDescription="National passport"
 regulationLanguage="en" logicalId="15"/>
</sanctionEntity>
<sanctionEntity designationDetails="" unitedNationId="" logicalId="9900002">
<regulation regulationType="regulation" organisationType="council" publicationDate="2030-03-01" entryIntoForceDate="2030-03-02"
 numberTitle="2030/77 (OJ L 3)" programme="CHEM" logicalId="2"><publicationUrl></publicationUrl></regulation>
<subjectType code="enterprise" classificationCode="E"/>
<nameAlias firstName="" middleName="" lastName="" wholeName="Veltrona Reagents" function="" title="" nameLanguage="" strong="true"
 regulationLanguage="en" logicalId="20"/>
<address city="Skaldvik" street="4 Quay Road" poBox="77" zipCode="0199" region="" place="" asAtListingTime="true"
 countryIso2Code="NO" countryDescription="NORWAY" regulationLanguage="en" logicalId="21">
<contactInfo key="PHONE" value="47 55 00"/><contactInfo key="WEB" value="www.veltrona.example"/></address>
</sanctionEntity>
</export>
""".encode()

_PERSON = {
    "fileGenerationDate": "21/12/2031",
    "Entity_LogicalId": "9900001",
    "Entity_EU_ReferenceNumber": "EU.9001.1",
    "Entity_DesignationDate": "2031-06-02",
    "Entity_DesignationDetails": "Carried cargo for the fleet of Quamaria.",
    "Entity_Remark": "(Also named in 2031/9)",
    "Entity_SubjectType": "P",
    "Entity_SubjectType_ClassificationCode": "person",
    "Entity_Regulation_Type": "amendment",
    "Entity_Regulation_OrganisationType": "council",
    "Entity_Regulation_PublicationDate": "2031-06-02",
    "Entity_Regulation_EntryIntoForceDate": "2031-06-03",
    "Entity_Regulation_NumberTitle": "2031/901 (OJ L 9)",
    "Entity_Regulation_Programme": "BLR",
    "Entity_Regulation_PublicationUrl": "https://eur-lex.europa.eu/eli/reg_impl/2031/901/oj",
}
EXAMPLE_CSV = eu_fsf_table.write(
    _PERSON
    | {"NameAlias_LastName": "Деношка", "NameAlias_FirstName": "Илвар", "NameAlias_WholeName": "Илвар Деношка"}
    | {"NameAlias_NameLanguage": "RU", "NameAlias_Gender": "M", "NameAlias_LogicalId": "11"}
    | {"NameAlias_Regulation_Type": "amendment", "NameAlias_Regulation_NumberTitle": "2031/901 (OJ L 9)"},
    _PERSON
    | {"NameAlias_LastName": "Denoshka", "NameAlias_FirstName": "Ilvar", "NameAlias_WholeName": "Ilvar Denoshka"}
    | {"NameAlias_NameLanguage": "EN", "NameAlias_Gender": "M", "NameAlias_LogicalId": "12"}
    | {"NameAlias_Title": "Captain", "NameAlias_Function": "Harbour master"},
    _PERSON
    | {"NameAlias_WholeName": "The Pilot", "NameAlias_LogicalId": "10", "NameAlias_Remark": "(Low quality alias)"},
    _PERSON
    | {"BirthDate_YearRangeFrom": "1969", "BirthDate_YearRangeTo": "1972", "BirthDate_Circa": "true"}
    | {"BirthDate_City": "Port Ostrava", "BirthDate_CalendarType": "GREGORIAN", "BirthDate_LogicalId": "14"}
    | {"BirthDate_CountryIso2Code": "00", "BirthDate_CountryDescription": "UNKNOWN"},
    _PERSON
    | {"Identification_Number": "N 4418 20937", "Identification_KnownExpired": "true", "Identification_LogicalId": "15"}
    | {"Identification_IssuedBy": "Oslo police", "Identification_TypeCode": "passport"}
    | {"Identification_TypeDescription": "National passport", "Identification_CountryDescription": "NORWAY"}
    | {"Identification_Diplomatic": "false", "Identification_CountryIso2Code": "NO"},
    _PERSON
    | {"Citizenship_CountryIso2Code": "NO", "Citizenship_CountryDescription": "NORWAY", "Citizenship_LogicalId": "13"},
)

_EXPECTED = Listed(
    reference="9900001",
    schema="Person",
    claims=(
        Claim(property="alias", value="Илвар Деношка", lang="rus", detail={"act": "2031/901 (OJ L 9)"}),
        Claim(property="firstName", value="Илвар", lang="rus"),
        Claim(property="lastName", value="Деношка", lang="rus"),
        Claim(property="gender", value="male"),
        Claim(property="name", value="Ilvar Denoshka", lang="eng"),
        Claim(property="firstName", value="Ilvar", lang="eng"),
        Claim(property="lastName", value="Denoshka", lang="eng"),
        Claim(property="title", value="Captain", lang="eng"),
        Claim(property="position", value="Harbour master", lang="eng"),
        Claim(property="weakAlias", value="The Pilot", detail={"note": "Low quality alias"}),
        Claim(property="birthDate", value="1969/1972~"),
        Claim(property="birthPlace", value="Port Ostrava"),
        Claim(property="nationality", value="no", original="NORWAY"),
        Claim(
            property="passportNumber",
            value="N 4418 20937",
            detail={
                "country": "no",
                "kind": "National passport",
                "issued_by": "Oslo police",
                "status": "knownExpired",
            },
        ),
        Claim(property="notes", value="Also named in 2031/9"),
        Claim(property="euReference", value="EU.9001.1"),
        Claim(property="sourceUrl", value="https://eur-lex.europa.eu/eli/reg_impl/2031/901/oj"),
        Claim(property="programme", value="BLR", about="BLR"),
        Claim(property="legalBasis", value="Regulation (EC) No 765/2006 (Belarus)", about="BLR"),
        Claim(property="legalBasis", value="2031/901 (OJ L 9)", about="BLR"),
        Claim(property="listedOn", value="2031-06-02", about="BLR"),
        Claim(property="amendedOn", value="2031-06-03", about="BLR"),
        Claim(
            property="measure",
            value=f'{{"article":"Regulation (EC) No 765/2006 (Belarus), Art. 2(1)","binds":"{BINDS}","kind":"asset_freeze",'
            '"object":"funds and economic resources"}',
            about="BLR",
        ),
        Claim(
            property="measure",
            value=f'{{"article":"Regulation (EC) No 765/2006 (Belarus), Art. 2(2)","binds":"{BINDS}","kind":"no_funds",'
            '"object":"funds and economic resources"}',
            about="BLR",
        ),
        Claim(property="reason", value="Carried cargo for the fleet of Quamaria.", about="BLR"),
        Claim(property="topics", value="sanction"),
    ),
)
_COMPANY = Listed(
    reference="9900002",
    schema="Organization",
    claims=(
        Claim(property="name", value="Veltrona Reagents"),
        Claim(
            property="address",
            value="4 Quay Road, P.O. Box 77, 0199, Skaldvik, NORWAY",
            detail={"country": "no", "as_at_listing": "true"},
        ),
        Claim(property="country", value="no", original="NORWAY"),
        Claim(property="phone", value="47 55 00"),
        Claim(property="website", value="www.veltrona.example"),
        Claim(property="programme", value="CHEM", about="CHEM"),
        Claim(property="legalBasis", value="Regulation (EU) 2018/1542 (chemical weapons)", about="CHEM"),
        Claim(property="legalBasis", value="2030/77 (OJ L 3)", about="CHEM"),
        Claim(property="listedOn", value="2030-03-02", about="CHEM"),
        Claim(
            property="measure",
            value=f'{{"article":"Regulation (EU) 2018/1542 (chemical weapons), Art. 2(1)","binds":"{BINDS}",'
            '"kind":"asset_freeze","object":"funds and economic resources"}',
            about="CHEM",
        ),
        Claim(
            property="measure",
            value=f'{{"article":"Regulation (EU) 2018/1542 (chemical weapons), Art. 2(2)","binds":"{BINDS}",'
            '"kind":"no_funds","object":"funds and economic resources"}',
            about="CHEM",
        ),
        Claim(property="topics", value="sanction"),
    ),
)

SOURCE = Source(
    id="eu_financial",
    title="EU Consolidated List of Financial Sanctions",
    issuer=Issuer(code="EU", name="European Union", authority="European Commission, DG FISMA"),
    homepage="https://finance.ec.europa.eu/eu-and-world/sanctions-restrictive-measures/consolidated-list-financial-sanctions_en",
    licence="European Commission reuse, Decision 2011/833/EU (CC BY 4.0)",
    formats=(
        Format(
            id="xml",
            files=(
                File(
                    name="xmlFullSanctionsList_1_1.xml",
                    url=ADDRESS.format("xmlFullSanctionsList_1_1"),
                    parts=(ENTRY, MORE),
                    recognises=lambda _name, start: (
                        b"<export" in start and b"http://eu.europa.ec/fpi/fsd/export" in start
                    ),
                ),
            ),
            read=read_xml,
            head=head,
        ),
        Format(
            id="csv",
            files=(
                File(
                    name="csvFullSanctionsList_1_1.csv",
                    url=ADDRESS.format("csvFullSanctionsList_1_1"),
                    recognises=lambda _name, start: b"fileGenerationDate;Entity_LogicalId;" in start[:64],
                ),
            ),
            read=read_csv,
            head=eu_fsf_table.head,
        ),
        Format(
            id="csv_1_0",
            files=(
                File(
                    name="csvFullSanctionsList.csv",
                    recognises=lambda _name, start: b"Date_file" in start[:16] and b";Entity_logical_id;" in start[:64],
                ),
            ),
            read=read_old_csv,
            head=eu_fsf_table.old_head,
            standing=Standing.DERIVED,
        ),
        Format(
            id="names",
            files=(
                File(
                    name="names.csv",
                    recognises=lambda _name, start: start.removeprefix(b"\xef\xbb\xbf").startswith(
                        ",".join(FLATTENED).encode()
                    ),
                ),
            ),
            read=read_flattened,
            standing=Standing.DERIVED,
        ),
    ),
    schedule=Every(hours=6),
    expect=Expect(designations=(1_500, 15_000), removed_at_once_max=0.05, removed_per_month_max=0.03),
    examples=(
        Example(format="xml", files={"xmlFullSanctionsList_1_1.xml": EXAMPLE_XML}, yields=(_EXPECTED, _COMPANY)),
        Example(format="csv", files={"csvFullSanctionsList_1_1.csv": EXAMPLE_CSV}, yields=(_EXPECTED,)),
    ),
)
