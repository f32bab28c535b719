"""United States: Consolidated Sanctions List, of the Treasury's Office of Foreign Assets Control: all its lists but the SDN list.

Sectoral sanctions identifications (SSI), foreign sanctions evaders (FSE), members of the Palestinian Legislative Council
(NS-PLC), foreign banks without correspondent accounts (CAPTA), menu-based sanctions (NS-MBS) and Chinese military-industrial
companies (NS-CMIC) are published together. Being on it is no freeze: each programme and directive forbids something of its own.
An entry keeps one number on all of OFAC's lists; where it stands on the SDN list too, the programmes of both stand beside each
other, and those that block are blocked.
"""

from __future__ import annotations

from comity.catalogue.dialects import ofac_csv, ofac_enhanced, ofac_xml
from comity.catalogue.dialects.ofac_entry import ListKind
from comity.lists.model import Every, Example, Expect, Listed, Source
from comity.model.claim import Claim
from comity.model.jurisdiction import Issuer

URL = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/"
CSV = ("cons_prim.csv", "cons_alt.csv", "cons_add.csv", "cons_comments.csv")

BANK_REMARKS = (
    "SWIFT/BIC VARBRU2P; Executive Order 13662 Directive Determination - Subject to Directive 3; Secondary sanctions risk: See"
    " Section 11 of Executive Order 14024.; Executive Order 14024 Directive Information Subject to Directive 3 - All transactions"
    " in, provision of financing for, and other dealings in new debt of longer than 14 days maturity are prohibited.; Listing Date"
    " (EO 14024 Directive 3): 24 Feb 2030; Effective Date (EO 14024 Directive 3): 26 Mar 2030; a.k.a. 'VAR"
)
BANK_REST = "BANK'; All offices worldwide."
"""Cut in the middle of a word, as the real ones are."""
COMPANY_REMARKS = (
    "Equity Ticker VAR XX; Target Type Public Company; Effective Date (CMIC) 02 Aug 2030; Purchase/Sales For Divestment Date"
    " (CMIC) 03 Jun 2031; Listing Date (CMIC) 03 Jun 2030."
)
EXAMPLE_CSV = f"""\
91001,"VARNA JOINT STOCK BANK",-0- ,"UKRAINE-EO13662] [RUSSIA-EO14024",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"{BANK_REMARKS}"
91002,"VAR SYSTEMS LTD",-0- ,"CMIC-EO13959",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"{COMPANY_REMARKS}"
91003,"AL-QAMARI, Idris","individual","NS-PLC",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1962."
""".replace("\n", "\r\n").encode()
EXAMPLE_ALT = b'91001,7001,"fka","VARNA BANK",-0- \r\n'
EXAMPLE_ADD = b'91001,8001,-0- ,"Riga","Latvia",-0- \r\n'
EXAMPLE_COMMENTS = f'91001,"{BANK_REST}"\r\n'.encode()

DIRECTIVE = (
    "Subject to Directive 3 - All transactions in, provision of financing for, and other dealings in new debt of longer than 14"
    " days maturity are prohibited."
)
EXAMPLE_XML = f"""<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML">
<publshInformation><Publish_Date>03/28/2031</Publish_Date><Record_Count>3</Record_Count></publshInformation>
<sdnEntry><uid>91001</uid><lastName>VARNA JOINT STOCK BANK</lastName><sdnType>Entity</sdnType>
<remarks>All offices worldwide</remarks>
<programList><program>UKRAINE-EO13662</program><program>RUSSIA-EO14024</program></programList>
<idList><id><uid>1</uid><idType>SWIFT/BIC</idType><idNumber>VARBRU2P</idNumber></id>
<id><uid>2</uid><idType>Executive Order 13662 Directive Determination -</idType><idNumber>Subject to Directive 3</idNumber>
</id>
<id><uid>3</uid><idType>Secondary sanctions risk:</idType><idNumber>See Section 11 of Executive Order 14024.</idNumber></id>
<id><uid>4</uid><idType>Executive Order 14024 Directive Information</idType><idNumber>{DIRECTIVE}</idNumber></id>
<id><uid>5</uid><idType>Listing Date (EO 14024 Directive 3):</idType><idNumber>24 Feb 2030</idNumber></id>
<id><uid>6</uid><idType>Effective Date (EO 14024 Directive 3):</idType><idNumber>26 Mar 2030</idNumber></id></idList>
<akaList><aka><uid>7001</uid><type>f.k.a.</type><category>strong</category><lastName>VARNA BANK</lastName></aka>
<aka><uid>7002</uid><type>a.k.a.</type><category>weak</category><lastName>VARBANK</lastName></aka></akaList>
<addressList><address><uid>8001</uid><city>Riga</city><country>Latvia</country></address></addressList></sdnEntry>
<sdnEntry><uid>91002</uid><lastName>VAR SYSTEMS LTD</lastName><sdnType>Entity</sdnType>
<programList><program>CMIC-EO13959</program></programList>
<idList><id><uid>7</uid><idType>Equity Ticker</idType><idNumber>VAR XX</idNumber></id>
<id><uid>8</uid><idType>Target Type</idType><idNumber>Public Company</idNumber></id>
<id><uid>9</uid><idType>Effective Date (CMIC)</idType><idNumber>02 Aug 2030</idNumber></id>
<id><uid>10</uid><idType>Purchase/Sales For Divestment Date (CMIC)</idType><idNumber>03 Jun 2031</idNumber></id>
<id><uid>11</uid><idType>Listing Date (CMIC)</idType><idNumber>03 Jun 2030</idNumber></id></idList></sdnEntry>
<sdnEntry><uid>91003</uid><firstName>Idris</firstName><lastName>AL-QAMARI</lastName><sdnType>Individual</sdnType>
<programList><program>NS-PLC</program></programList><dateOfBirthList><dateOfBirthItem><uid>12</uid>
<dateOfBirth>1962</dateOfBirth>
<mainEntry>true</mainEntry></dateOfBirthItem></dateOfBirthList></sdnEntry></sdnList>
""".encode()

EXAMPLE_ENHANCED = b"""<?xml version="1.0" encoding="utf-8"?>
<sanctionsData xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ENHANCED_XML">
<publicationInfo><dataAsOf>2031-03-28T00:00:00</dataAsOf><filters><sanctionsLists>
<sanctionsList refId="91512">Consolidated List</sanctionsList></sanctionsLists></filters></publicationInfo>
<referenceValues><referenceValue refId="1"><type>SDN TYPE</type><value>Entity</value></referenceValue></referenceValues>
<featureTypes><featureType featureTypeId="867"><type>Effective Date (CMIC)</type></featureType></featureTypes>
<entities><entity id="91002"><generalInfo><identityId>2</identityId><entityType refId="601">Entity</entityType></generalInfo>
<sanctionsLists><sanctionsList refId="92052" id="1" datePublished="2030-06-03">Non-SDN CMIC List</sanctionsList>
<sanctionsList refId="91512" id="2" datePublished="2030-06-03">Consolidated List</sanctionsList></sanctionsLists>
<sanctionsPrograms><sanctionsProgram refId="92051" id="3">CMIC-EO13959</sanctionsProgram></sanctionsPrograms>
<sanctionsTypes><sanctionsType refId="92054" id="4">CMIC Executive Order</sanctionsType></sanctionsTypes>
<legalAuthorities><legalAuthority refId="92053" id="5">Executive Order 14032 (CMIC)</legalAuthority></legalAuthorities>
<names><name id="6"><isPrimary>true</isPrimary><isLowQuality>false</isLowQuality><translations><translation id="7">
<isPrimary>true</isPrimary><script refId="20122">Latin</script><formattedLastName>VAR SYSTEMS LTD</formattedLastName>
<formattedFullName>VAR SYSTEMS LTD</formattedFullName><nameParts><namePart id="8"><type refId="1525">Entity Name</type>
<value>Var Systems Ltd</value></namePart></nameParts></translation></translations></name></names>
<features><feature id="9"><type featureTypeId="766">Equity Ticker</type><versionId>1</versionId><value>VAR XX</value>
<isPrimary>true</isPrimary><comments>(XXSE)</comments></feature><feature id="10"><type featureTypeId="826">Target Type</type>
<versionId>2</versionId><value>Public Company</value><valueRefId>92034</valueRefId><isPrimary>true</isPrimary></feature>
<feature id="11"><type featureTypeId="867">Effective Date (CMIC)</type><versionId>3</versionId><value>02 Aug 2030</value>
<isPrimary>true</isPrimary></feature><feature id="12">
<type featureTypeId="868">Purchase/Sales For Divestment Date (CMIC)</type>
<versionId>4</versionId><value>03 Jun 2031</value><isPrimary>true</isPrimary></feature><feature id="13">
<type featureTypeId="869">Listing Date (CMIC)</type><versionId>5</versionId><value>03 Jun 2030</value>
<isPrimary>true</isPrimary>
</feature></features></entity></entities></sanctionsData>
"""

_FREEZE = (
    '{"article":"E.O. 14024; 31 CFR 587.201","binds":"US persons","kind":"asset_freeze",'
    '"object":"property and interests in property"}'
)
_OLD_DEBT = (
    '{"article":"31 CFR 589.204","binds":"US persons, and anybody within the United States","kind":"debt",'
    '"object":"debt of longer maturity, issued since the entity became subject to the directive",'
    '"parameters":{"issued_since":"2014-09-12","maturity_days_max":"30"},"since":"2014-09-12"}'
)
_DEBT = (
    '{"article":"E.O. 14024, Directive 3","binds":"US persons","kind":"debt",'
    '"object":"debt of longer maturity, issued since the entity became subject to the directive",'
    '"parameters":{"issued_since":"2030-03-26","maturity_days_max":"14"},"since":"2030-03-26"}'
)
_EQUITY = (
    '{"article":"E.O. 14024, Directive 3","binds":"US persons","kind":"equity",'
    '"object":"equity issued since the entity became subject to the directive",'
    '"parameters":{"issued_since":"2030-03-26"},"since":"2030-03-26"}'
)
_SECURITIES = (
    '{"article":"E.O. 13959, section 1(a), as amended by E.O. 14032","binds":"US persons",'
    '"exceptions":["purchases or sales made solely to divest, until that day: E.O. 13959, section 1(c)"],"kind":"securities",'
    '"object":"purchase or sale of publicly traded securities, of their derivatives, and of securities that give exposure to them",'
    '"parameters":{"divestment_until":"2031-06-03"},"since":"2030-08-02"}'
)
_REJECT = (
    '{"article":"General License 4 of 12 April 2006, section (b), under 31 CFR parts 594, 595 and 597",'
    '"binds":"US financial institutions","kind":"reject",'
    '"object":"transactions with the member of the Palestinian Legislative Council"}'
)

BANK = (
    Claim(property="name", value="VARNA JOINT STOCK BANK"),
    Claim(property="ofacUid", value="91001"),
    Claim(property="topics", value="sanction"),
    Claim(property="legalBasis", value="31 CFR part 587", about="RUSSIA-EO14024"),
    Claim(property="legalBasis", value="E.O. 14024", about="RUSSIA-EO14024"),
    Claim(property="programme", value="RUSSIA-EO14024", about="RUSSIA-EO14024"),
    Claim(property="legalBasis", value="31 CFR part 589", about="UKRAINE-EO13662"),
    Claim(property="legalBasis", value="E.O. 13662", about="UKRAINE-EO13662"),
    Claim(property="programme", value="UKRAINE-EO13662", about="UKRAINE-EO13662"),
    Claim(property="previousName", value="VARNA BANK", part="aliases"),
    Claim(property="address", value="Riga, Latvia", part="addresses", detail={"country": "lv"}),
    Claim(property="country", value="lv", part="addresses", original="Latvia"),
    Claim(property="notes", value="All offices worldwide", part="remarks"),
    Claim(property="notes", value="Secondary sanctions risk: See Section 11 of Executive Order 14024", part="remarks"),
    Claim(property="swiftBic", value="VARBRU2P", part="remarks", detail={"kind": "SWIFT/BIC", "check_digit": "right"}),
    Claim(property="weakAlias", value="VARBANK", part="remarks"),
    Claim(property="listedOn", value="2030-02-24", about="RUSSIA-EO14024", part="remarks"),
    Claim(property="measure", value=_DEBT, about="RUSSIA-EO14024", part="remarks"),
    Claim(property="measure", value=_EQUITY, about="RUSSIA-EO14024", part="remarks"),
    Claim(property="measure", value=_FREEZE, about="RUSSIA-EO14024", part="remarks"),
    Claim(property="measure", value=_OLD_DEBT, about="UKRAINE-EO13662", part="remarks"),
)
COMPANY = (
    Claim(property="name", value="VAR SYSTEMS LTD"),
    Claim(property="ofacUid", value="91002"),
    Claim(property="topics", value="sanction"),
    Claim(property="legalBasis", value="31 CFR part 586", about="CMIC-EO13959"),
    Claim(property="legalBasis", value="E.O. 13959, as amended by E.O. 14032", about="CMIC-EO13959"),
    Claim(property="programme", value="CMIC-EO13959", about="CMIC-EO13959"),
    Claim(property="classification", value="Public Company", part="remarks"),
    Claim(property="ticker", value="VAR XX", part="remarks", detail={"kind": "Equity Ticker"}),
    Claim(property="listedOn", value="2030-06-03", about="CMIC-EO13959", part="remarks"),
    Claim(property="measure", value=_SECURITIES, about="CMIC-EO13959", part="remarks"),
)
LEGISLATOR = (
    Claim(property="firstName", value="Idris"),
    Claim(property="lastName", value="AL-QAMARI"),
    Claim(property="name", value="AL-QAMARI, Idris"),
    Claim(property="ofacUid", value="91003"),
    Claim(property="topics", value="sanction"),
    Claim(property="legalBasis", value="31 CFR parts 594, 595 and 597", about="NS-PLC"),
    Claim(property="legalBasis", value="General License 4 of 12 April 2006", about="NS-PLC"),
    Claim(property="measure", value=_REJECT, about="NS-PLC"),
    Claim(property="programme", value="NS-PLC", about="NS-PLC"),
    Claim(property="birthDate", value="1962", part="remarks"),
)
_ENHANCED = (
    Claim(property="notes", value="Non-SDN CMIC List since 2030-06-03", part="authorities"),
    Claim(property="legalBasis", value="Executive Order 14032 (CMIC)", about="CMIC-EO13959", part="authorities"),
    Claim(property="notes", value="Equity Ticker VAR XX: (XXSE)", part="particulars"),
)
_BANK_PRINTED = (
    Claim(property="summary", value=BANK_REMARKS, part="text"),
    Claim(property="summary", value="program: UKRAINE-EO13662] [RUSSIA-EO14024", part="text"),
    Claim(property="summary", value=BANK_REST, part="overflow"),
)


def _three(bank: tuple[Claim, ...], company: tuple[Claim, ...], legislator: tuple[Claim, ...]) -> tuple[Listed, ...]:
    return (
        Listed(reference="91001", schema="Organization", claims=bank),
        Listed(reference="91002", schema="Company", claims=company),
        Listed(reference="91003", schema="Person", claims=legislator),
    )


SOURCE = Source(
    id="us_ofac_consolidated",
    title="US Consolidated Sanctions List (other than the SDN List)",
    issuer=Issuer(
        code="US", name="United States", authority="Office of Foreign Assets Control, Department of the Treasury"
    ),
    homepage="https://ofac.treasury.gov/consolidated-sanctions-list-non-sdn-lists",
    licence="United States government work: public domain in the United States",
    formats=(
        ofac_enhanced.format_("cons_enhanced.xml", ListKind.NON_SDN, URL),
        ofac_xml.format_("consolidated.xml", ListKind.NON_SDN, URL),
        ofac_csv.format_(CSV, ListKind.NON_SDN, URL),
    ),
    schedule=Every(hours=2, overdue_days=400),
    expect=Expect(designations=(250, 2_400), removed_at_once_max=0.1, removed_per_month_max=0.05),
    examples=(
        Example(
            format="enhanced_xml",
            files={"cons_enhanced.xml": EXAMPLE_ENHANCED},
            yields=(Listed(reference="91002", schema="Company", claims=(*COMPANY, *_ENHANCED)),),
        ),
        Example(format="xml", files={"consolidated.xml": EXAMPLE_XML}, yields=_three(BANK, COMPANY, LEGISLATOR)),
        Example(
            format="csv",
            files=dict(zip(CSV, (EXAMPLE_CSV, EXAMPLE_ALT, EXAMPLE_ADD, EXAMPLE_COMMENTS), strict=True)),
            yields=_three(
                (*BANK, *_BANK_PRINTED),
                (*COMPANY, Claim(property="summary", value=COMPANY_REMARKS, part="text")),
                (*LEGISLATOR, Claim(property="summary", value="DOB 1962.", part="text")),
            ),
        ),
    ),
)
