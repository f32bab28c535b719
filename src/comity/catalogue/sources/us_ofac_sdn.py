"""United States: Specially Designated Nationals and Blocked Persons List, of the Treasury's Office of Foreign Assets Control.

Published in three forms of one database, of which the enhanced XML says most and is fetched first; the CSV family reaches back
furthest. An entry is known by its number (`ent_num`, `uid`, the entity's `id`), which is the same in every form and stays with
the entry for good. All property and interests in property of everybody on this list are blocked; what else a programme or a
directive forbids stands beside it.
"""

from __future__ import annotations

from comity.catalogue.dialects import ofac_csv, ofac_enhanced, ofac_xml
from comity.catalogue.dialects.ofac_entry import ListKind
from comity.lists.model import Every, Example, Expect, Listed, Source
from comity.model.claim import Claim
from comity.model.jurisdiction import Issuer

URL = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/"
CSV = ("sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv")

REMARKS = (
    "DOB circa 1961; alt. DOB 12 Feb 1962; POB Bergen, Norway; nationality Norway; Gender Male; Passport 44182093 (Norway) issued "
    "14 Dec 2005 expires 13 Dec 2015; Digital Currency Address - XBT 1FictionaLAddressThatNobodyHas; Director; a.k.a. 'THE FERRY"
)
"""Cut in the middle of a word, as the real ones are."""

EXAMPLE_CSV = f"""\
90001,"DRESNOV, Oleg Varimovich","individual","SDGT] [IFSR","Director",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"{REMARKS}"
90002,"SEA HERON","vessel","IRAN",-0- ,"ZZFK9","Crude Oil Tanker","318,000","163,660","Panama","Heron Shipping",\
"Vessel Registration Identification IMO 9074729; MMSI 351000000; Former Vessel Flag Malta."
90003,"QQ-FIC","aircraft","SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\
"Aircraft Model B747; Aircraft Manufacturer's Serial Number (MSN) 20001; Aircraft Manufacture Date Sep 1984; Aircraft Operator \
Nordhavn Air."
""".replace("\n", "\r\n").encode()
EXAMPLE_ALT = b"""\
90001,7001,"aka","DRESNOW, Oleg",-0- \r
90001,7002,"fka","BERG, Oleg",-0- \r
"""
EXAMPLE_ADD = b"""\
90001,8001,"1 Havnegata","Bergen 5003","Norway",-0- \r
90002,8002,-0- ,-0- ,-0- ,-0- \r
"""
EXAMPLE_COMMENTS = b"""90001,"MAN'; Linked To: NORDHAVN TRADING LTD."\r\n"""

EXAMPLE_XML = b"""<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML">
<publshInformation><Publish_Date>03/28/2031</Publish_Date><Record_Count>3</Record_Count></publshInformation>
<sdnEntry><uid>90001</uid><firstName>Oleg Varimovich</firstName><lastName>DRESNOV</lastName><title>Director</title>
<sdnType>Individual</sdnType><remarks>(Linked To: NORDHAVN TRADING LTD)</remarks>
<programList><program>SDGT</program><program>IFSR</program></programList>
<idList><id><uid>1</uid><idType>Passport</idType><idNumber>44182093</idNumber><idCountry>Norway</idCountry>
<issueDate>14 Dec 2005</issueDate><expirationDate>13 Dec 2015</expirationDate></id>
<id><uid>2</uid><idType>Gender</idType><idNumber>Male</idNumber></id>
<id><uid>3</uid><idType>Digital Currency Address - XBT</idType><idNumber>1FictionaLAddressThatNobodyHas</idNumber></id>
</idList>
<akaList><aka><uid>7001</uid><type>a.k.a.</type><category>strong</category><lastName>DRESNOW</lastName>
<firstName>Oleg</firstName></aka>
<aka><uid>7002</uid><type>f.k.a.</type><category>strong</category><lastName>BERG</lastName><firstName>Oleg</firstName></aka>
<aka><uid>7003</uid><type>a.k.a.</type><category>weak</category><lastName>THE FERRYMAN</lastName></aka></akaList>
<addressList><address><uid>8001</uid><address1>1 Havnegata</address1><city>Bergen</city><postalCode>5003</postalCode>
<country>Norway</country></address></addressList>
<nationalityList><nationality><uid>4</uid><country>Norway</country><mainEntry>true</mainEntry></nationality></nationalityList>
<dateOfBirthList><dateOfBirthItem><uid>5</uid><dateOfBirth>circa 1961</dateOfBirth><mainEntry>true</mainEntry>
</dateOfBirthItem>
<dateOfBirthItem><uid>6</uid><dateOfBirth>12 Feb 1962</dateOfBirth><mainEntry>false</mainEntry></dateOfBirthItem>
</dateOfBirthList>
<placeOfBirthList><placeOfBirthItem><uid>7</uid><placeOfBirth>Bergen, Norway</placeOfBirth><mainEntry>true</mainEntry>
</placeOfBirthItem></placeOfBirthList></sdnEntry>
<sdnEntry><uid>90002</uid><lastName>SEA HERON</lastName><sdnType>Vessel</sdnType><programList><program>IRAN</program>
</programList>
<idList><id><uid>8</uid><idType>Vessel Registration Identification</idType><idNumber>IMO 9074729</idNumber></id>
<id><uid>9</uid><idType>MMSI</idType><idNumber>351000000</idNumber></id>
<id><uid>10</uid><idType>Former Vessel Flag</idType><idNumber>Malta</idNumber></id></idList>
<vesselInfo><callSign>ZZFK9</callSign><vesselType>Crude Oil Tanker</vesselType><vesselFlag>Panama</vesselFlag>
<vesselOwner>Heron Shipping</vesselOwner><tonnage>318000</tonnage><grossRegisteredTonnage>163660</grossRegisteredTonnage>
</vesselInfo>
</sdnEntry>
<sdnEntry><uid>90003</uid><lastName>QQ-FIC</lastName><sdnType>Aircraft</sdnType><programList><program>SDGT</program>
</programList>
<idList><id><uid>11</uid><idType>Aircraft Model</idType><idNumber>B747</idNumber></id>
<id><uid>12</uid><idType>Aircraft Manufacturer's Serial Number (MSN)</idType><idNumber>20001</idNumber></id>
<id><uid>13</uid><idType>Aircraft Manufacture Date</idType><idNumber>Sep 1984</idNumber></id>
<id><uid>14</uid><idType>Aircraft Operator</idType><idNumber>Nordhavn Air</idNumber></id></idList></sdnEntry></sdnList>
"""

EXAMPLE_ENHANCED = """<?xml version="1.0" encoding="utf-8"?>
<sanctionsData xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ENHANCED_XML">
<publicationInfo><dataAsOf>2031-03-28T00:00:00</dataAsOf><filters><sanctionsLists>
<sanctionsList refId="1">SDN List</sanctionsList>
</sanctionsLists></filters></publicationInfo>
<referenceValues><referenceValue refId="1"><type>ENTITY LISTING TYPE</type><value>SDN List</value></referenceValue>
</referenceValues>
<featureTypes><featureType featureTypeId="8"><type>Birthdate</type></featureType></featureTypes>
<entities><entity id="90001"><generalInfo><identityId>1</identityId><entityType refId="600">Individual</entityType>
<title>Director</title></generalInfo>
<sanctionsLists><sanctionsList refId="1" id="1" datePublished="2031-03-14">SDN List</sanctionsList></sanctionsLists>
<sanctionsPrograms><sanctionsProgram refId="211" id="2">SDGT</sanctionsProgram>
<sanctionsProgram refId="212" id="3">IFSR</sanctionsProgram></sanctionsPrograms>
<sanctionsTypes><sanctionsType refId="1705" id="4">Block</sanctionsType></sanctionsTypes>
<legalAuthorities><legalAuthority refId="1828" id="5">Executive Order 13224 (Terrorism)</legalAuthority></legalAuthorities>
<names><name id="6"><isPrimary>true</isPrimary><isLowQuality>false</isLowQuality><translations>
<translation id="7"><isPrimary>true</isPrimary><script refId="20122">Latin</script>
<formattedFirstName>Oleg Varimovich</formattedFirstName>
<formattedLastName>DRESNOV</formattedLastName><formattedFullName>DRESNOV, Oleg Varimovich</formattedFullName><nameParts>
<namePart id="8"><type refId="1520">Last Name</type><value>Dresnov</value></namePart>
<namePart id="9"><type refId="91708">Patronymic</type><value>Varimovich</value></namePart></nameParts></translation>
<translation id="10"><isPrimary>false</isPrimary><script refId="20107">Cyrillic</script>
<formattedLastName>ДРЕСНОВ</formattedLastName>
<formattedFullName>ДРЕСНОВ, Олег</formattedFullName><nameParts><namePart id="11"><type refId="1520">Last Name</type>
<value>Дреснов</value></namePart></nameParts></translation></translations></name>
<name id="12"><isPrimary>false</isPrimary><aliasType refId="1400">A.K.A.</aliasType><isLowQuality>false</isLowQuality>
<translations>
<translation id="13"><isPrimary>true</isPrimary><script refId="20122">Latin</script>
<formattedLastName>DRESNOW</formattedLastName>
<formattedFullName>DRESNOW, Oleg</formattedFullName><nameParts/></translation></translations></name>
<name id="14"><isPrimary>false</isPrimary><aliasType refId="1401">F.K.A.</aliasType><isLowQuality>false</isLowQuality>
<translations>
<translation id="15"><isPrimary>true</isPrimary><script refId="20122">Latin</script>
<formattedLastName>BERG</formattedLastName>
<formattedFullName>BERG, Oleg</formattedFullName><nameParts/></translation></translations></name>
<name id="16"><isPrimary>false</isPrimary><aliasType refId="1400">A.K.A.</aliasType><isLowQuality>true</isLowQuality>
<translations>
<translation id="17"><isPrimary>true</isPrimary><script refId="20122">Latin</script>
<formattedLastName>THE FERRYMAN</formattedLastName>
<formattedFullName>THE FERRYMAN</formattedFullName><nameParts/></translation></translations></name></names>
<addresses><address id="18"><country refId="11160">Norway</country><translations><translation id="19">
<isPrimary>true</isPrimary>
<script refId="20122">Latin</script><addressParts><addressPart id="20"><type refId="1451">ADDRESS1</type>
<value>1 Havnegata</value>
</addressPart><addressPart id="21"><type refId="1454">CITY</type><value>Bergen</value></addressPart><addressPart id="22">
<type refId="1456">POSTAL CODE</type><value>5003</value></addressPart></addressParts></translation></translations></address>
</addresses>
<features><feature id="23"><type featureTypeId="8">Birthdate</type><versionId>1</versionId><value>circa 1961</value>
<valueDate id="24"><fromDateBegin>1961-01-01</fromDateBegin><fromDateEnd>1961-01-01</fromDateEnd>
<toDateBegin>1961-12-31</toDateBegin>
<toDateEnd>1961-12-31</toDateEnd><isApproximate>true</isApproximate><isDateRange>false</isDateRange></valueDate>
<isPrimary>true</isPrimary></feature>
<feature id="25"><type featureTypeId="8">Birthdate</type><versionId>2</versionId><value>12 Feb 1962</value>
<isPrimary>false</isPrimary>
</feature><feature id="26"><type featureTypeId="9">Place of Birth</type><versionId>3</versionId><value>Bergen, Norway</value>
<isPrimary>true</isPrimary></feature><feature id="27"><type featureTypeId="10">Nationality Country</type>
<versionId>4</versionId>
<value>Norway</value><isPrimary>true</isPrimary></feature><feature id="28"><type featureTypeId="224">Gender</type>
<versionId>5</versionId>
<value>Male</value><isPrimary>true</isPrimary></feature><feature id="29">
<type featureTypeId="344">Digital Currency Address - XBT</type>
<versionId>6</versionId><value>1FictionaLAddressThatNobodyHas</value><isPrimary>true</isPrimary></feature></features>
<identityDocuments><identityDocument id="30"><type refId="1571">Passport</type>
<name nameId="6" nameTranslationId="7">DRESNOV, Oleg Varimovich</name><documentNumber>44182093</documentNumber>
<isValid>true</isValid>
<issuingCountry refId="11160">Norway</issuingCountry><issueDate id="31"><fromDateBegin>2005-12-14</fromDateBegin>
<toDateEnd>2005-12-14</toDateEnd><isApproximate>false</isApproximate><isDateRange>false</isDateRange></issueDate>
<expirationDate id="32"><fromDateBegin>2015-12-13</fromDateBegin><toDateEnd>2015-12-13</toDateEnd>
<isApproximate>false</isApproximate>
<isDateRange>false</isDateRange></expirationDate></identityDocument></identityDocuments>
<relationships><relationship id="33"><type refId="15002">Acting for or on behalf of</type>
<relatedEntity entityId="90009">NORDHAVN TRADING LTD</relatedEntity></relationship></relationships></entity></entities>
</sanctionsData>
""".encode()


def _freeze(article: str) -> str:
    return f'{{"article":"{article}","binds":"US persons","kind":"asset_freeze","object":"property and interests in property"}}'


_MARKED = (
    '{"article":"31 CFR part 561","kind":"none","object":"marks the entry only: foreign banks that deal with it risk their '
    'correspondent accounts in the United States"}'
)
_TERRORISM = _freeze("E.O. 13224, as amended by E.O. 13886; 31 CFR 594.201")
_FROM_REMARKS, _FROM_TEXT = "remarks", "text"

PERSON = (
    Claim(property="firstName", value="Oleg Varimovich"),
    Claim(property="lastName", value="DRESNOV"),
    Claim(property="name", value="DRESNOV, Oleg Varimovich"),
    Claim(property="ofacUid", value="90001"),
    Claim(property="position", value="Director"),
    Claim(property="topics", value="sanction"),
    Claim(property="legalBasis", value="31 CFR part 561", about="IFSR"),
    Claim(property="measure", value=_MARKED, about="IFSR"),
    Claim(property="programme", value="IFSR", about="IFSR"),
    Claim(property="legalBasis", value="31 CFR part 594", about="SDGT"),
    Claim(property="legalBasis", value="E.O. 13224, as amended by E.O. 13886", about="SDGT"),
    Claim(property="measure", value=_TERRORISM, about="SDGT"),
    Claim(property="programme", value="SDGT", about="SDGT"),
    Claim(property="alias", value="DRESNOW, Oleg", part="aliases"),
    Claim(property="previousName", value="BERG, Oleg", part="aliases"),
    Claim(property="address", value="1 Havnegata, Bergen 5003, Norway", part="addresses", detail={"country": "no"}),
    Claim(property="country", value="no", part="addresses", original="Norway"),
    Claim(property="birthDate", value="1961~", part="remarks"),
    Claim(property="birthDate", value="1962-02-12", part="remarks"),
    Claim(property="birthPlace", value="Bergen, Norway", part="remarks"),
    Claim(property="gender", value="male", part="remarks"),
    Claim(property="nationality", value="no", part="remarks", original="Norway"),
    Claim(property="notes", value="Linked To: NORDHAVN TRADING LTD", part="remarks"),
    Claim(
        property="passportNumber",
        value="44182093",
        part="remarks",
        detail={"country": "no", "kind": "Passport", "issued_on": "2005-12-14", "expires_on": "2015-12-13"},
    ),
    Claim(property="weakAlias", value="THE FERRYMAN", part="remarks"),
)
WALLET = Listed(
    reference="90001/wallet/1FictionaLAddressThatNobodyHas",
    schema="CryptoWallet",
    claims=(
        Claim(property="publicKey", value="1FictionaLAddressThatNobodyHas", part="remarks"),
        Claim(property="currency", value="XBT", part="remarks"),
        Claim(property="topics", value="sanction", part="remarks"),
    ),
)
VESSEL = (
    Claim(property="callSign", value="ZZFK9"),
    Claim(property="deadweightTonnage", value="318000"),
    Claim(property="flag", value="pa", original="Panama"),
    Claim(property="grossRegisteredTonnage", value="163660"),
    Claim(property="name", value="SEA HERON"),
    Claim(property="notes", value="Vessel Owner: Heron Shipping"),
    Claim(property="ofacUid", value="90002"),
    Claim(property="topics", value="sanction"),
    Claim(property="type", value="Crude Oil Tanker"),
    Claim(property="legalBasis", value="31 CFR part 560", about="IRAN"),
    Claim(property="legalBasis", value="E.O. 13599", about="IRAN"),
    Claim(property="measure", value=_freeze("E.O. 13599; 31 CFR 560.211"), about="IRAN"),
    Claim(property="programme", value="IRAN", about="IRAN"),
    Claim(
        property="imoNumber",
        value="9074729",
        part="remarks",
        detail={"kind": "Vessel Registration Identification", "check_digit": "right"},
    ),
    Claim(property="mmsi", value="351000000", part="remarks", detail={"kind": "MMSI"}),
    Claim(property="pastFlags", value="mt", part="remarks", original="Malta"),
)
AIRCRAFT = (
    Claim(property="name", value="QQ-FIC"),
    Claim(property="ofacUid", value="90003"),
    Claim(property="topics", value="sanction"),
    Claim(property="legalBasis", value="31 CFR part 594", about="SDGT"),
    Claim(property="legalBasis", value="E.O. 13224, as amended by E.O. 13886", about="SDGT"),
    Claim(property="measure", value=_TERRORISM, about="SDGT"),
    Claim(property="programme", value="SDGT", about="SDGT"),
    Claim(property="buildDate", value="1984-09", part="remarks"),
    Claim(property="model", value="B747", part="remarks"),
    Claim(property="notes", value="Aircraft Operator: Nordhavn Air", part="remarks"),
    Claim(
        property="serialNumber",
        value="20001",
        part="remarks",
        detail={"kind": "Aircraft Manufacturer's Serial Number (MSN)"},
    ),
)

_ENHANCED = (
    Claim(property="name", value="ДРЕСНОВ, Олег", part="scripts", detail={"script": "Cyrl"}),
    Claim(property="notes", value="SDN List since 2031-03-14", part="authorities"),
    Claim(property="legalBasis", value="Executive Order 13224 (Terrorism)", about="SDGT", part="authorities"),
    Claim(property="fatherName", value="Varimovich", part="particulars"),
    Claim(property="notes", value="Acting for or on behalf of: NORDHAVN TRADING LTD (90009)", part="particulars"),
)
_PRINTED = (
    Claim(property="summary", value=REMARKS, part="text"),
    Claim(property="summary", value="program: SDGT] [IFSR", part="text"),
    Claim(property="summary", value="MAN'; Linked To: NORDHAVN TRADING LTD.", part="overflow"),
)
_VESSEL_PRINTED = (
    Claim(
        property="summary",
        value="Vessel Registration Identification IMO 9074729; MMSI 351000000; Former Vessel Flag Malta.",
        part="text",
    ),
    Claim(property="summary", value="grt: 163,660", part="text"),
    Claim(property="summary", value="tonnage: 318,000", part="text"),
)
_AIRCRAFT_PRINTED = (
    Claim(
        property="summary",
        value="Aircraft Model B747; Aircraft Manufacturer's Serial Number (MSN) 20001; Aircraft Manufacture Date Sep 1984; "
        "Aircraft Operator Nordhavn Air.",
        part="text",
    ),
)


def _person(*more: Claim) -> Listed:
    return Listed(reference="90001", schema="Person", claims=(*PERSON, *more), linked=(WALLET,))


def _others(vessel: tuple[Claim, ...] = (), aircraft: tuple[Claim, ...] = ()) -> tuple[Listed, ...]:
    return (
        Listed(reference="90002", schema="Vessel", claims=(*VESSEL, *vessel)),
        Listed(reference="90003", schema="Airplane", claims=(*AIRCRAFT, *aircraft)),
    )


SOURCE = Source(
    id="us_ofac_sdn",
    title="US Specially Designated Nationals and Blocked Persons List",
    issuer=Issuer(
        code="US", name="United States", authority="Office of Foreign Assets Control, Department of the Treasury"
    ),
    homepage="https://ofac.treasury.gov/specially-designated-nationals-and-blocked-persons-list-sdn-human-readable-lists",
    licence="United States government work: public domain in the United States",
    formats=(
        ofac_enhanced.format_("sdn_enhanced.xml", ListKind.SDN, URL),
        ofac_xml.format_("sdn.xml", ListKind.SDN, URL),
        ofac_csv.format_(CSV, ListKind.SDN, URL),
    ),
    schedule=Every(hours=2, overdue_days=21),
    expect=Expect(designations=(5_500, 60_000), removed_at_once_max=0.05, removed_per_month_max=0.02),
    examples=(
        Example(
            format="enhanced_xml",
            files={"sdn_enhanced.xml": EXAMPLE_ENHANCED},
            yields=(_person(*_ENHANCED),),
        ),
        Example(format="xml", files={"sdn.xml": EXAMPLE_XML}, yields=(_person(), *_others())),
        Example(
            format="csv",
            files=dict(zip(CSV, (EXAMPLE_CSV, EXAMPLE_ALT, EXAMPLE_ADD, EXAMPLE_COMMENTS), strict=True)),
            yields=(_person(*_PRINTED), *_others(_VESSEL_PRINTED, _AIRCRAFT_PRINTED)),
        ),
    ),
)
