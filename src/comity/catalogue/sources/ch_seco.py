"""Swiss list of sanctioned individuals, entities and organisations (SECO, SESAM).

One XML file holds the programmes with their sets of sanctions, the places, and every target that ever stood on the list; a second
kind of file, the *amendment*, holds only what changed. A target is known by its `ssid`. De-listed targets stay in the list: of the
modifications the newest by effective date decides, whatever the order in which they stand (in 2026 five Syrian targets are printed
out of order). What a set forbids is told by its title (`ch_law`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from comity.catalogue.dialects import ch_target
from comity.lists.model import (
    Every,
    Example,
    Expect,
    File,
    Format,
    Head,
    Listed,
    NotThisList,
    Opened,
    Source,
    Standing,
    xml,
)
from comity.model.claim import Claim
from comity.model.jurisdiction import Issuer

ROOT, PROGRAMME, PLACE, TARGET = "swiss-sanctions-list", "sanctions-program", "place", "target"


def read_whole(files: Mapping[str, Opened]) -> Iterator[Listed]:
    """Read the whole list."""
    return _read(files["consolidated-list.xml"], "whole-list")


def read_amendment(files: Mapping[str, Opened]) -> Iterator[Listed]:
    """Read what an amendment changes."""
    return _read(files["amendment.xml"], "amendment")


def head(opened: Opened) -> Head:
    """Read the day of the list."""
    heading = xml.heading(opened, root=ROOT, until=(PROGRAMME, PLACE, TARGET))
    return Head(published_at=heading.parse("@date", lambda text: datetime.fromisoformat(text).replace(tzinfo=UTC)))


def _read(opened: Opened, kind: str) -> Iterator[Listed]:
    found = xml.heading(opened, root=ROOT, until=(PROGRAMME, PLACE, TARGET)).optional("@list-type")
    if found != kind:
        raise NotThisList(
            f"the file is a {found or 'list without a type'}, not a {kind}", file=opened.name, field="@list-type"
        )
    known = ch_target.heading(xml.records(opened, root=ROOT, at=(PROGRAMME, PLACE), header=(TARGET,)))
    for record in xml.records(opened, root=ROOT, at=(TARGET,), header=(PROGRAMME, PLACE)):
        yield ch_target.target(record, known)


EXAMPLE = b"""<?xml version="1.0" encoding="UTF-8"?>
<swiss-sanctions-list list-type="whole-list" date="2031-08-27">
<sanctions-program ssid="90" version-date="2031-05-21" predecessor-version-date="2030-12-12">
<program-key lang="ger">Quamarien</program-key><program-key lang="eng">Quamaria</program-key>
<program-name lang="eng">Ordinance of 15 June 2030 on measures against Quamaria</program-name>
<sanctions-set ssid="901" lang="ger">Finanzsanktionen, Anhang 2</sanctions-set>
<sanctions-set ssid="901" lang="eng">Financial sanctions, annex 2</sanctions-set>
<sanctions-set ssid="902" lang="eng">Travel ban, annex 1</sanctions-set>
<sanctions-set ssid="903" lang="eng">Vessel-related measures</sanctions-set><origin>UN</origin></sanctions-program>
<target ssid="9001"><sanctions-set-id>901</sanctions-set-id><sanctions-set-id>902</sanctions-set-id>
<foreign-identifier>ZZi.001</foreign-identifier><individual sex="male">
<identity ssid="9002" main="true"><name ssid="9003" name-type="primary-name" quality="good" lang="eng">
<name-part order="2" name-part-type="given-name"><value>Ilvar</value></name-part>
<name-part order="1" name-part-type="family-name"><value>Denoshka</value>
<spelling-variant lang="RUS" script="LATN" spelling-variant-type="not-defined">Denochka</spelling-variant></name-part></name>
<name ssid="9004" name-type="alias" quality="low" lang="eng"><name-part order="1" name-part-type="whole-name"><value>The
 Pilot</value></name-part></name>
<day-month-year ssid="9005" month="3" year="1980" calendar="Gregorian" quality="good"/>
<place-of-birth ssid="9006" place-id="700" quality="good"/>
<nationality ssid="9007"><country iso-code="NO">Norway</country></nationality>
<address ssid="9008" place-id="700" quality="good"><address-details>4 Quay Road</address-details></address>
<identification-document ssid="9009" document-type="passport"><number>N 4418 20937</number><issuer code="NO">Norway</issuer>
<expiry-date>2033-01-31</expiry-date></identification-document></identity>
<justification ssid="9010">Pilots the fleet of Quamaria.</justification></individual>
<modification modification-type="amended" enactment-date="2031-02-01" publication-date="2031-02-02" effective-date="2031-02-03">
<added><identity ssid="9002" main="true"><name ssid="9003" name-type="primary-name"/></identity></added></modification>
<modification modification-type="listed" enactment-date="2030-06-15" publication-date="2030-06-15" effective-date="2030-06-16"/>
</target>
<target ssid="9100"><sanctions-set-id>901</sanctions-set-id><entity><identity ssid="9101" main="true">
<name ssid="9102" name-type="primary-name" quality="good" lang="eng"><name-part order="1" name-part-type="whole-name">
<value>Veltrona Reagents</value></name-part></name></identity></entity>
<modification modification-type="de-listed" enactment-date="2031-03-01" publication-date="2031-03-01" effective-date="2031-03-02"/>
<modification modification-type="listed" enactment-date="2030-06-15" publication-date="2030-06-15" effective-date="2030-06-16"/>
</target>
<target ssid="9200"><sanctions-set-id>903</sanctions-set-id><object object-type="vessel"><identity ssid="9201" main="true">
<name ssid="9202" name-type="primary-name" quality="good" lang="eng"><name-part order="1" name-part-type="whole-name">
<value>Skald Nine</value></name-part></name></identity>
<other-information ssid="9203">IMO Number: 1234567</other-information></object>
<modification modification-type="listed" effective-date="2030-06-16"/></target>
<place ssid="700"><location>Skaldvik</location><area>Nordmark</area><country iso-code="NO">Norway</country></place>
</swiss-sanctions-list>
"""

_ORDINANCE = "Ordinance of 15 June 2030 on measures against Quamaria"
_HOME = "Skaldvik, Nordmark, Norway"
_UN = "United Nations Security Council"
_FREEZE = (
    f'{{"article":"{_ORDINANCE}, Financial sanctions, annex 2","binds":"anyone in Switzerland","kind":"asset_freeze",'
    '"object":"funds and economic resources"}'
)
_EXPECTED = (
    Listed(
        reference="9001",
        schema="Person",
        claims=(
            Claim(property="gender", value="male"),
            Claim(property="name", value="Denoshka Ilvar", lang="eng"),
            Claim(property="lastName", value="Denoshka"),
            Claim(property="firstName", value="Ilvar"),
            Claim(property="alias", value="Denochka Ilvar", lang="rus", detail={"script": "LATN"}),
            Claim(property="weakAlias", value="The Pilot", lang="eng"),
            Claim(property="birthDate", value="1980-03"),
            Claim(property="birthPlace", value=_HOME),
            Claim(property="birthCountry", value="no", original="Norway"),
            Claim(property="nationality", value="no", original="Norway"),
            Claim(property="address", value=f"4 Quay Road, {_HOME}", detail={"country": "no"}),
            Claim(property="country", value="no", original="Norway"),
            Claim(
                property="passportNumber",
                value="N 4418 20937",
                detail={"country": "no", "kind": "passport", "valid_until": "2033-01-31"},
            ),
            Claim(property="unscId", value="ZZi.001"),
            Claim(property="programme", value="Quamaria", about="Quamaria"),
            Claim(property="authority", value=_UN, about="Quamaria"),
            Claim(property="legalBasis", value=_ORDINANCE, about="Quamaria"),
            Claim(property="listedOn", value="2030-06-16", about="Quamaria"),
            Claim(property="amendedOn", value="2031-02-03", about="Quamaria"),
            Claim(property="measure", value=_FREEZE, about="Quamaria"),
            Claim(property="measure", value=_FREEZE.replace("asset_freeze", "no_funds"), about="Quamaria"),
            Claim(
                property="measure",
                value=f'{{"article":"{_ORDINANCE}, Travel ban, annex 1","binds":"anyone in Switzerland","kind":"travel_ban"}}',
                about="Quamaria",
            ),
            Claim(property="reason", value="Pilots the fleet of Quamaria.", about="Quamaria"),
            Claim(property="topics", value="sanction"),
        ),
    ),
    Listed(
        reference="9100",
        schema="Organization",
        claims=(
            Claim(property="name", value="Veltrona Reagents", lang="eng"),
            Claim(property="programme", value="Quamaria", about="Quamaria"),
            Claim(property="authority", value=_UN, about="Quamaria"),
            Claim(property="status", value="de-listed", about="Quamaria"),
            Claim(property="legalBasis", value=_ORDINANCE, about="Quamaria"),
            Claim(property="listedOn", value="2030-06-16", about="Quamaria"),
            Claim(property="delistedOn", value="2031-03-02", about="Quamaria"),
        ),
    ),
    Listed(
        reference="9200",
        schema="Vessel",
        claims=(
            Claim(property="name", value="Skald Nine", lang="eng"),
            Claim(property="imoNumber", value="1234567", detail={"check_digit": "right"}),
            Claim(property="programme", value="Quamaria", about="Quamaria"),
            Claim(property="authority", value=_UN, about="Quamaria"),
            Claim(property="legalBasis", value=_ORDINANCE, about="Quamaria"),
            Claim(property="listedOn", value="2030-06-16", about="Quamaria"),
            Claim(
                property="measure",
                value=f'{{"article":"{_ORDINANCE}, Vessel-related measures","binds":"anyone in Switzerland","kind":"other",'
                '"object":"Vessel-related measures"}',
                about="Quamaria",
            ),
            Claim(property="topics", value="sanction"),
        ),
    ),
)

SOURCE = Source(
    id="ch_seco",
    title="Swiss Sanctions List (SESAM)",
    issuer=Issuer(code="CH", name="Switzerland", authority="State Secretariat for Economic Affairs (SECO)"),
    homepage="https://www.seco.admin.ch/seco/en/home/Aussenwirtschaftspolitik_Wirtschaftliche_Zusammenarbeit/Wirtschaftsbeziehungen/"
    "exportkontrollen-und-sanktionen/sanktionen-embargos.html",
    licence="Swiss federal administration: open use, source to be named",
    formats=(
        Format(
            id="xml",
            files=(
                File(
                    name="consolidated-list.xml",
                    url="https://www.sesam.search.admin.ch/sesam-search-web/pages/downloadXmlGesamtliste.xhtml"
                    "?lang=en&action=downloadXmlGesamtlisteAction",
                    recognises=lambda _name, start: (
                        b"<swiss-sanctions-list" in start and b"amendment" not in start[:512]
                    ),
                ),
            ),
            read=read_whole,
            head=head,
        ),
        Format(
            id="amendment",
            files=(
                File(
                    name="amendment.xml",
                    recognises=lambda _name, start: b"<swiss-sanctions-list" in start and b"amendment" in start[:512],
                ),
            ),
            read=read_amendment,
            head=head,
            standing=Standing.PARTIAL,
        ),
    ),
    schedule=Every(hours=12),
    expect=Expect(designations=(3_000, 25_000), removed_at_once_max=0.01, removed_per_month_max=0.01),
    examples=(
        Example(format="xml", files={"consolidated-list.xml": EXAMPLE}, yields=_EXPECTED),
        Example(
            format="amendment",
            files={"amendment.xml": EXAMPLE.replace(b"whole-list", b"amendment")},
            yields=_EXPECTED,
        ),
    ),
)
