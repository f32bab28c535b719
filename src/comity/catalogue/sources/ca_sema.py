"""Consolidated Canadian Autonomous Sanctions List of Global Affairs Canada.

One XML file names everybody in the schedules of the regulations under the Special Economic Measures Act and of those for victims of
corrupt foreign officials. The list has no numbers of its own: items of a schedule are counted anew when one is repealed, and
schedules are renamed (Iran, Schedule 2 became Schedule 1, Part 2). The reference is therefore the regime, which keeps one name here
when the list renames it, and the name without case, accents and punctuation: no two of the 1,369 records of 2020 share one, and the
records of 2025 that were listed by then are found by it. Where two do share it, the one listed first keeps it, and the later is
told by its birth date, IMO number or item.

The elements were renamed twice: for ships and days of listing (2025), and into two languages (2026). What they mean stayed.
`Country` is the regime, not the nationality of whom it lists. The file says nowhere of which day it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from comity.catalogue.dialects import sema_law, sema_names
from comity.catalogue.dialects.sema_fields import IMO, NO_DAY, TAGS, TAGS_2020, Fields, Tags, days
from comity.lists.model import (
    About,
    Designated,
    Every,
    Example,
    Expect,
    File,
    Format,
    Listed,
    Opened,
    Record,
    Source,
    xml,
)
from comity.model.claim import ENTRY, Claim
from comity.model.jurisdiction import Issuer
from comity.model.measure import Measure, MeasureKind

NAME = "sema-lmes.xml"
ROOT, RECORD = "data-set", "record"
LISTING = "listing"
"""The part of the days of listing, which the file of 2020 does not give."""


def read(files: Mapping[str, Opened]) -> Iterator[Listed]:
    """Read a file since 2025."""
    yield from _read(files[NAME], TAGS)


def read_2020(files: Mapping[str, Opened]) -> Iterator[Listed]:
    """Read a file from before."""
    yield from _read(files[NAME], TAGS_2020)


def _read(opened: Opened, tags: Tags) -> Iterator[Listed]:
    places: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for record in _records(opened):
        fields = Fields(record, tags)
        places[fields.key].append(fields.place)
    taken: set[str] = set()
    for record in _records(opened):
        fields = Fields(record, tags)
        reference = fields.key
        if fields.place != min(places[fields.key]):
            reference += f"/{fields['Born'] or fields['IMO'] or fields['Item']}"
        while reference in taken:
            reference += f"/{fields['Item']}"
        taken.add(reference)
        record.label = reference
        yield record.finish(_listed(fields, record, reference))


def _records(opened: Opened) -> Iterator[Record]:
    return xml.records(opened, root=ROOT, at=(RECORD,))


def _listed(fields: Fields, record: Record, reference: str) -> Listed:
    about = About(reference, fields.schema)
    if about.schema == "Person":
        about.say("name", f"{fields['GivenName']} {fields['LastName']}")
        about.say("firstName", fields["GivenName"])
        about.say("lastName", fields["LastName"])
    for name in sema_names.bilingual(fields["Entity"]):
        about.say("name", name.text, lang=name.lang)
    _aliases(about, fields["Aliases"])
    for title in sema_names.both(fields["Title"]):
        property_ = {"Person": "title", "Vessel": "type"}.get(about.schema, "notes")
        about.say(property_, title.text, lang=title.lang)
    _number(about, fields["IMO"])
    _born(about, fields["Born"], record)
    _designate(about, fields, record)
    about.say("topics", "sanction")
    return about.listed()


def _aliases(about: About, text: str) -> None:
    found = list(sema_names.aliases(text))
    for alias in found:
        is_weak = about.schema == "Person" and " " not in alias.text
        about.say("weakAlias" if is_weak else "alias", alias.text, lang=alias.lang)
    if [alias.text for alias in found] != [text]:
        about.say("notes", f"aliases: {text}" if text else "")


def _number(about: About, text: str) -> None:
    match = IMO.fullmatch(text)
    if match and about.schema == "Vessel":
        about.identify("imoNumber", match[1])
    elif text:
        about.say("notes", f"ship IMO number: {text}")
        about.say("alias", "" if any(char.isdigit() for char in text) else text)  # names have slipped into this column


def _born(about: About, text: str, record: Record) -> None:
    property_ = {"Person": "birthDate", "Vessel": "buildDate"}.get(about.schema, "")
    found = days(text) if property_ else []
    for day in found:
        about.on(property_, day)
    if text and not found:
        about.say("notes", f"{'built' if about.schema == 'Vessel' else 'born'}: {text}")
        if not NO_DAY.fullmatch(text):
            record.odd(TAGS["Born"][0], text)


def _designate(about: About, fields: Fields, record: Record) -> None:
    schedule, item, regime = fields["Schedule"], fields["Item"], fields.regime
    measures: tuple[Measure, ...] = ()
    if regime is None:
        record.odd(TAGS["Country"][0], fields["Country"])
    else:
        measures = sema_law.measures(regime, schedule, is_person=about.schema == "Person")
    if regime is not None and not measures:
        record.odd(TAGS["Schedule"][0], schedule)
    named = schedule if schedule.startswith("Part") else f"Schedule {schedule}"
    place = [named if schedule not in {"", "N/A"} else "", f"item {item}" if item else ""]
    about.designate(
        Designated(
            programme=fields.programme,
            reference=", ".join(filter(None, place)),
            legal_basis=(regime.regulations,) if regime else (),
            measures=measures,
        )
    )
    if fields["Listed"]:
        day = days(fields["Listed"])
        if len(day) != 1:
            record.odd(TAGS["Listed"][0], fields["Listed"])
        about.designate(Designated(programme=fields.programme, listed_on=day[0] if day else None), part=LISTING)


EXAMPLE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<data-set xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<record><Country-Pays>Russia / Russie</Country-Pays><LastName-NomDeFamille>DRESNOV</LastName-NomDeFamille>
<GivenName-Prenom>Oleg Varimovich&#160;</GivenName-Prenom>
<TitleOrShipType-TitreOuTypeDeNavire>General | général</TitleOrShipType-TitreOuTypeDeNavire>
<Aliases-Alias>Belarusian: Алег Дрэсноў, Uleg</Aliases-Alias>
<BORN>1971-03 or 1972</BORN>
<Schedule-Annexe>1, Part 1</Schedule-Annexe><Item-NumeroDarticle>901</Item-NumeroDarticle>
<DateOfListing-DateDinscription>2030-02-14</DateOfListing-DateDinscription></record>
<record><Country-Pays>Russia / Russie</Country-Pays>
<EntityOrShip-EntiteOuNavire>Veltrona Bank/Banque Veltrona</EntityOrShip-EntiteOuNavire><Schedule-Annexe>2</Schedule-Annexe>
<Item-NumeroDarticle>9</Item-NumeroDarticle>
<DateOfListing-DateDinscription>2030-02-14</DateOfListing-DateDinscription></record>
<record><Country-Pays>Russia / Russie</Country-Pays><EntityOrShip-EntiteOuNavire>Grey Heron</EntityOrShip-EntiteOuNavire>
<TitleOrShipType-TitreOuTypeDeNavire>Oil Tanker</TitleOrShipType-TitreOuTypeDeNavire>
<ShipIMONumber-NumeroOMIDuNavire>9074729</ShipIMONumber-NumeroOMIDuNavire>
<BORN>1999</BORN>
<Schedule-Annexe>1.1</Schedule-Annexe><Item-NumeroDarticle>75</Item-NumeroDarticle>
<DateOfListing-DateDinscription>2031-05-03</DateOfListing-DateDinscription></record>
</data-set>
""".replace("BORN", TAGS["Born"][1]).encode()

EXAMPLE_2020 = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<data-set xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<record><Country>Russia / Russie</Country><Title>General/général</Title><LastName>DRESNOV</LastName>
<GivenName>Oleg Varimovich</GivenName><Aliases>Belarusian: Алег Дрэсноў, Uleg</Aliases>
<DateOfBirth>1971-03 or 1972</DateOfBirth><Schedule>1, Part 1</Schedule><Item>901</Item></record>
<record><Country>Russia / Russie</Country><Entity>Veltrona Bank/Banque Veltrona</Entity><Schedule>2</Schedule>
<Item>9</Item></record>
</data-set>
""".encode()

RUSSIA = "Special Economic Measures (Russia) Regulations, SOR/2014-58"
ACT = "Special Economic Measures Act, S.C. 1992, c. 17, s. 4(1)"


def _forbidden(kind: MeasureKind, what: str, section: str, since: date | None = None, **bounds: str) -> Measure:
    return Measure(
        kind=kind,
        object=what,
        parameters=bounds,
        binds="persons in Canada and Canadians outside Canada",
        since=since,
        article=f"{RUSSIA}, {section}; {ACT}",
    )


PERSON = (
    Claim(property="name", value="Oleg Varimovich DRESNOV"),
    Claim(property="firstName", value="Oleg Varimovich"),
    Claim(property="lastName", value="DRESNOV"),
    Claim(property="alias", value="Алег Дрэсноў", lang="bel"),
    Claim(property="weakAlias", value="Uleg"),
    Claim(property="notes", value="aliases: Belarusian: Алег Дрэсноў, Uleg"),
    Claim(property="title", value="General", lang="eng"),
    Claim(property="title", value="général", lang="fra"),
    Claim(property="birthDate", value="1971-03"),
    Claim(property="birthDate", value="1972"),
    *Designated(
        programme="Russia",
        reference="Schedule 1, Part 1, item 901",
        legal_basis=(RUSSIA,),
        measures=(
            _forbidden(
                MeasureKind.ASSET_FREEZE,
                "property held by or for the person, transactions related to it, goods made available, "
                "and financial or related services to or for the person",
                "s. 3",
            ),
            Measure(
                kind=MeasureKind.TRAVEL_BAN,
                binds="Canada",
                since=date(2023, 6, 22),
                article="Immigration and Refugee Protection Act, S.C. 2001, c. 27, s. 35.1(1)",
            ),
        ),
    ).claims(),
)
BANK = (
    Claim(property="name", value="Veltrona Bank", lang="eng"),
    Claim(property="name", value="Banque Veltrona", lang="fra"),
    *Designated(
        programme="Russia, Schedule 2",
        reference="Schedule 2, item 9",
        legal_basis=(RUSSIA,),
        measures=(
            _forbidden(MeasureKind.DEBT, "new debt", "s. 3.1(1)", maturity_days_max="30"),
            _forbidden(MeasureKind.EQUITY, "new securities", "s. 3.2(1)"),
        ),
    ).claims(),
)
SHIP = (
    Claim(property="name", value="Grey Heron"),
    Claim(property="type", value="Oil Tanker"),
    Claim(property="imoNumber", value="9074729", detail={"check_digit": "right"}),
    Claim(property="buildDate", value="1999"),
    *Designated(
        programme="Russia, Schedule 1.1",
        reference="Schedule 1.1, item 75",
        legal_basis=(RUSSIA,),
        measures=(
            _forbidden(MeasureKind.VESSEL_PORT_ENTRY, "docking in Canada, and passage through Canada", "s. 3.04(1)"),
            _forbidden(
                MeasureKind.VESSEL_SERVICES, "services for the benefit of the ship", "s. 3.04(2)", date(2025, 6, 13)
            ),
        ),
    ).claims(),
)
TOPIC = Claim(property="topics", value="sanction")


def _day_of(programme: str, day: str) -> Claim:
    return Claim(property="listedOn", value=day, about=programme, part=LISTING)


SOURCE = Source(
    id="ca_sema",
    title="Consolidated Canadian Autonomous Sanctions List",
    issuer=Issuer(code="CA", name="Canada", authority="Global Affairs Canada"),
    homepage="https://www.international.gc.ca/world-monde/international_relations-relations_internationales/sanctions/"
    "consolidated-consolide.aspx?lang=eng",
    licence="Open Government Licence - Canada",
    formats=(
        Format(
            id="xml",
            files=(
                File(
                    name=NAME,
                    url="https://www.international.gc.ca/world-monde/assets/office_docs/international_relations-"
                    "relations_internationales/sanctions/sema-lmes.xml",
                    parts=(ENTRY, LISTING),
                    recognises=lambda _name, start: b"<data-set" in start and b"<DateOfListing" in start,
                ),
            ),
            read=read,
        ),
        Format(
            id="xml_2020",
            files=(
                File(
                    name=NAME,
                    recognises=lambda _name, start: (
                        b"<data-set" in start and b"<Country>" in start and b"<DateOfListing" not in start
                    ),
                ),
            ),
            read=read_2020,
        ),
    ),
    schedule=Every(hours=24),
    expect=Expect(designations=(1_000, 15_000)),
    examples=(
        Example(
            format="xml",
            files={NAME: EXAMPLE},
            yields=(
                Listed(
                    reference="Russia/dresnov oleg varimovich",
                    schema="Person",
                    claims=(*PERSON, _day_of("Russia", "2030-02-14"), TOPIC),
                ),
                Listed(
                    reference="Russia, Schedule 2/veltrona bank banque veltrona",
                    schema="Organization",
                    claims=(*BANK, _day_of("Russia, Schedule 2", "2030-02-14"), TOPIC),
                ),
                Listed(
                    reference="Russia, Schedule 1.1/grey heron",
                    schema="Vessel",
                    claims=(*SHIP, _day_of("Russia, Schedule 1.1", "2031-05-03"), TOPIC),
                ),
            ),
        ),
        Example(
            format="xml_2020",
            files={NAME: EXAMPLE_2020},
            yields=(
                Listed(reference="Russia/dresnov oleg varimovich", schema="Person", claims=(*PERSON, TOPIC)),
                Listed(
                    reference="Russia, Schedule 2/veltrona bank banque veltrona",
                    schema="Organization",
                    claims=(*BANK, TOPIC),
                ),
            ),
        ),
    ),
)
