"""The Canadian list: three generations of elements, keys without numbers, aliases as free text, schedules that freeze nothing."""

from __future__ import annotations

import gzip
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from comity.catalogue.dialects import sema_fields, sema_law, sema_names
from comity.catalogue.sources.ca_sema import EXAMPLE, EXAMPLE_2020, LISTING, NAME, SOURCE
from comity.lists.model import FieldMissing, FieldUnread, InMemory, Listed
from comity.model.dates import PartialDate
from comity.model.measure import Measure, MeasureKind

FREEZE, BAN = MeasureKind.ASSET_FREEZE, MeasureKind.TRAVEL_BAN
OFFICIALS = "Justice for Victims of Corrupt Foreign Officials"


def read(format_: str, raw: bytes) -> dict[str, Listed]:
    return {one.reference: one for one in SOURCE.format(format_).read({NAME: InMemory(NAME, raw)})}


def values(listed: Listed, property_: str) -> list[str]:
    return [claim.value for claim in listed.claims if claim.property == property_]


def measures(listed: Listed) -> list[Measure]:
    return [Measure.read(text) for text in values(listed, "measure")]


def changed(before: str, after: str) -> dict[str, Listed]:
    text = EXAMPLE_2020.decode()
    assert before in text
    return read("xml_2020", text.replace(before, after).encode())


@pytest.fixture(scope="module")
def of_2020(shared: Path) -> dict[str, Listed]:
    return read("xml_2020", gzip.decompress((shared / "sanctions/canada/sema-lmes_2020-04.xml.gz").read_bytes()))


@pytest.fixture(scope="module")
def of_2025(shared: Path) -> dict[str, Listed]:
    return read("xml", (shared / "sanctions/canada/sema-lmes_2025-05_excerpt.xml").read_bytes())


# --- the real files


@pytest.mark.data
def test_the_file_of_2020_reads_to_every_record(of_2020: dict[str, Listed]) -> None:
    assert len(of_2020) == 1_369
    assert Counter(one.schema for one in of_2020.values()) == {"Person": 985, "Organization": 384}
    assert [odd for one in of_2020.values() for odd in one.oddities] == []
    assert Counter(values(one, "programme")[0] for one in of_2020.values()) == {
        "Iran": 202,
        "Myanmar (Burma)": 89,
        "Nicaragua": 9,
        "Russia": 184,
        "Russia, Schedule 2": 7,
        "Russia, Schedule 3": 6,
        "South Sudan": 2,
        "Syria": 281,
        "Ukraine": 242,
        "Venezuela": 96,
        "Zimbabwe": 181,
        OFFICIALS: 70,
    }


@pytest.mark.data
def test_the_excerpt_of_2025_reads_and_cannot_pass_for_an_edition(of_2025: dict[str, Listed]) -> None:
    assert len(of_2025) == 41
    assert Counter(one.schema for one in of_2025.values()) == {"Person": 27, "Organization": 13, "Vessel": 1}
    assert [odd for one in of_2025.values() for odd in one.oddities] == []
    assert all(values(one, "listedOn") for one in of_2025.values())
    assert len(of_2025) < SOURCE.expect.designations[0]


@pytest.mark.data
def test_the_key_finds_records_again_five_years_and_a_renumbering_later(
    of_2020: dict[str, Listed], of_2025: dict[str, Listed]
) -> None:
    by_2020 = {reference for reference, one in of_2025.items() if values(one, "listedOn")[0] < "2020-04"}
    assert len(by_2020) == 11
    assert by_2020 <= of_2020.keys()
    reference = f"{OFFICIALS}/soe maung maung"
    assert values(of_2020[reference], "birthDate") == values(of_2025[reference], "birthDate") == ["1964-03"]


@pytest.mark.data
def test_two_schedules_of_2014_forbid_debt_and_freeze_nothing(of_2020: dict[str, Listed]) -> None:
    (sberbank,) = [one for key, one in of_2020.items() if key.startswith("Russia, Schedule 2/sberbank")]
    assert [(one.kind, one.parameters) for one in measures(sberbank)] == [
        (MeasureKind.DEBT, {"maturity_days_max": "30"}),
        (MeasureKind.EQUITY, {}),
    ]
    (rosneft,) = [one for key, one in of_2020.items() if key.startswith("Russia, Schedule 3/") and "rosneft" in key]
    assert [(one.kind, one.parameters) for one in measures(rosneft)] == [
        (MeasureKind.DEBT, {"maturity_days_max": "90"})
    ]


@pytest.mark.data
def test_names_in_two_languages_are_two_names(of_2020: dict[str, Listed]) -> None:
    (guards,) = [one for key, one in of_2020.items() if key.startswith("Iran/islamic revolutionary guard corps")]
    names = [(claim.value, claim.lang) for claim in guards.claims if claim.property == "name"]
    assert names == [
        ("Islamic Revolutionary Guard Corps", "eng"),
        ("Corps des Gardiens de la Révolution islamique", "fra"),
    ]
    french = [claim.value for claim in guards.claims if claim.property == "alias" and claim.lang == "fra"]
    assert french[1:3] == ["CGRI", "l'Armée des Gardiens de la Révolution islamique"]
    assert sum(text.startswith("aliases: IRGC, Army of the") for text in values(guards, "notes")) == 1


@pytest.mark.data
def test_a_ship_is_barred_from_ports_and_served_by_nobody(of_2025: dict[str, Listed]) -> None:
    ship = of_2025["Russia, Schedule 1.1/cassiopeia"]
    assert ship.schema == "Vessel"
    assert values(ship, "imoNumber") == ["9341081"]
    assert values(ship, "buildDate") == ["2006"]
    assert values(ship, "type") == ["Oil Tanker"]
    assert [one.kind for one in measures(ship)] == [MeasureKind.VESSEL_PORT_ENTRY, MeasureKind.VESSEL_SERVICES]


@pytest.mark.data
def test_a_regime_is_no_nationality(of_2025: dict[str, Listed]) -> None:
    person = of_2025["Belarus/bubenchik dmitry vitalievich"]
    assert values(person, "name") == ["Dmitry Vitalievich BUBENCHIK"]
    assert values(person, "listedOn") == ["2024-04-12"]
    assert [(claim.value, claim.lang) for claim in person.claims if claim.property == "alias"] == [
        ("Дмитрий Витальевич Бубенчик", "bel")
    ]
    assert values(person, "nationality") == values(person, "country") == []


@pytest.mark.data
def test_days_of_listing_are_in_a_part_that_the_file_of_2020_does_not_have(of_2025: dict[str, Listed]) -> None:
    listed_on = [claim for one in of_2025.values() for claim in one.claims if claim.property == "listedOn"]
    assert {claim.part for claim in listed_on} == {LISTING}
    assert LISTING not in SOURCE.format("xml_2020").parts


# --- keys


def test_of_two_namesakes_the_one_listed_first_keeps_the_key() -> None:
    text = EXAMPLE.decode()
    start = text.index("<record>")
    first = text[start : text.index("</record>") + len("</record>")]
    second = first.replace("2030-02-14", "2031-02-14").replace("1971-03 or 1972", "1988")
    for namesakes in (first + second, second + first):
        found = read("xml", (text[:start] + namesakes + text[start + len(first) :]).encode())
        assert values(found["Russia/dresnov oleg varimovich"], "birthDate") == ["1971-03", "1972"]
        assert values(found["Russia/dresnov oleg varimovich/1988"], "birthDate") == ["1988"]


def test_the_same_record_twice_has_two_references() -> None:
    text = EXAMPLE_2020.decode()
    record = text[text.index("<record>") : text.index("</record>") + len("</record>")]
    assert len(read("xml_2020", text.replace(record, record + record).encode())) == 3


def test_a_renamed_regime_is_the_same_regime() -> None:
    burma, myanmar = sema_law.regime("Burma / Birmanie"), sema_law.regime("Myanmar\u00a0(Burma) / Myanmar (Birmanie)")
    assert burma is myanmar
    assert sema_law.regime("Atlantis / Atlantide") is None


def test_keys_ignore_case_accents_and_punctuation() -> None:
    assert sema_names.key("", "MÁRQUEZ-Cordero", "José  A.") == sema_names.key("marquez cordero", "jose", "a")


# --- what is listed and what that forbids


@pytest.mark.parametrize(
    ("schedule", "kinds"),
    [
        ("1", [FREEZE, BAN]),
        ("1, Part 1", [FREEZE, BAN]),
        ("1, Part 1.1", [FREEZE, BAN]),
        ("N/A", [FREEZE, BAN]),
        ("", [FREEZE, BAN]),
        ("2", [MeasureKind.DEBT, MeasureKind.EQUITY]),
        ("3", [MeasureKind.DEBT]),
        ("4", []),
    ],
)
def test_a_schedule_on_russia_forbids_what_it_says(schedule: str, kinds: list[MeasureKind]) -> None:
    found = sema_law.measures(sema_law.RUSSIA, schedule, is_person=True)
    assert [one.kind for one in found] == kinds
    assert all(one.article and one.binds for one in found)


def test_everywhere_else_a_schedule_freezes_and_what_is_not_known_is_not_guessed() -> None:
    for regime in set(sema_law.REGIMES.values()):
        company = sema_law.measures(regime, "Part 1", is_person=False)
        assert [one.kind for one in company] == [FREEZE]
        assert company[0].article.startswith(regime.regulations)
        assert sema_law.measures(regime, "7", is_person=False) == ()
    assert sema_law.measures(sema_law.REGIMES["ukraine"], "2", is_person=True) == ()
    assert sema_law.measures(sema_law.REGIMES["iran"], "2", is_person=True) != ()


def test_corrupt_officials_were_inadmissible_before_everybody_else_was() -> None:
    bans = sema_law.measures(sema_law.OFFICIALS, "1", is_person=True)[1:]
    act = "Immigration and Refugee Protection Act, S.C. 2001, c. 27"
    assert [(one.since, one.until, one.article) for one in bans] == [
        (None, date(2023, 6, 22), f"{act}, s. 35(1)(e)"),
        (date(2023, 6, 22), None, f"{act}, s. 35.1(1)"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        ("Russia / Russie", "Atlantis / Atlantide", "Country"),
        ("<Schedule>1, Part 1<", "<Schedule>9<", "Schedule"),
        ("1971-03 or 1972", "spring 1971", "DateOfBirthOrShipBuildDate"),
    ],
)
def test_an_unknown_value_is_an_oddity_that_makes_the_edition_wait(before: str, after: str, field: str) -> None:
    found = [odd.field for one in changed(before, after).values() for odd in one.oddities]
    assert set(found) == {field}


def test_a_record_without_a_name_and_elements_of_another_time_are_refused() -> None:
    with pytest.raises(FieldMissing, match="LastName"):
        changed("<LastName>DRESNOV</LastName>\n<GivenName>Oleg Varimovich</GivenName>", "")
    with pytest.raises(FieldUnread, match="DateOfListing"):
        changed("<Item>9</Item>", "<Item>9</Item><DateOfListing>2025-01-01</DateOfListing>")


def test_a_name_that_slipped_into_the_column_of_ship_numbers_is_an_alias() -> None:
    text = EXAMPLE.decode()
    company = "<EntityOrShip-EntiteOuNavire>Veltrona Bank/Banque Veltrona</EntityOrShip-EntiteOuNavire>"
    slipped = "<ShipIMONumber-NumeroOMIDuNavire>فيلترونا</ShipIMONumber-NumeroOMIDuNavire>"
    found = read("xml", text.replace(company, company + slipped).encode())
    bank = found["Russia, Schedule 2/veltrona bank banque veltrona"]
    assert bank.schema == "Organization"
    assert values(bank, "alias") == ["فيلترونا"]
    assert values(bank, "notes") == ["ship IMO number: فيلترونا"]


# --- days and names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1964-03", ["1964-03"]),
        ("1972-08-10 or 1972-08-11", ["1972-08-10", "1972-08-11"]),
        ("1987/1988", ["1987", "1988"]),
        ("1963-1964", ["1963/1964"]),
        ("1975-19-25", ["1975"]),
        ("31801", []),
        ("born in the early 1970s", []),
    ],
)
def test_days_are_as_many_and_as_partial_as_the_list_says(text: str, found: list[str]) -> None:
    assert sema_fields.days(text) == [PartialDate.parse(day) for day in found]


def test_a_day_that_is_none_is_kept_in_words_without_an_alarm() -> None:
    person = changed("1971-03 or 1972", "born in the early 1970s")["Russia/dresnov oleg varimovich"]
    assert "born: born in the early 1970s" in values(person, "notes")
    assert person.oddities == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Veltrona Ltd., Veltrona Holdings", [("Veltrona Ltd.", ""), ("Veltrona Holdings", "")]),
        ("Veltrona, Ltd., Heron Lines, LLC", [("Veltrona, Ltd.", ""), ("Heron Lines, LLC", "")]),
        ("Company for ships, boats and ferries", [("Company for ships, boats and ferries", "")]),
        ("Sazman Heron, the Heron", [("Sazman Heron", ""), ("the Heron", "")]),
        ("(Heronbank)", [("Heronbank", "")]),
        ("Heron (Grey, Blue), Egret", [("Heron (Grey, Blue)", ""), ("Egret", "")]),
        ("Банк Херон; Центральный банк", [("Банк Херон", ""), ("Центральный банк", "")]),
        ("Heron Bank/Banque du Héron", [("Heron Bank", "eng"), ("Banque du Héron", "fra")]),
        ("GORT/ORTAS", [("GORT", ""), ("ORTAS", "")]),
        ("Belarusian: Алег; Russian: Олег", [("Алег", "bel"), ("Олег", "rus")]),
        ("Serhii: one of us", [("Serhii: one of us", "")]),
        ("ALIAS: Uleg", [("Uleg", "")]),
        ("«Херон, Лимитед», Эгрет", [("«Херон, Лимитед»", ""), ("Эгрет", "")]),
        ("", []),
    ],
)
def test_aliases_are_divided_where_another_begins(text: str, found: list[tuple[str, str]]) -> None:
    assert [tuple(alias) for alias in sema_names.aliases(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hara Institute/Institut Hara", [("Hara Institute", "eng"), ("Institut Hara", "fra")]),
        ("Victory/Pobeda Political Bloc", [("Victory/Pobeda Political Bloc", "")]),
        ("Steel Mills (Hmaw/de la Bi/Pyi)", [("Steel Mills (Hmaw/de la Bi/Pyi)", "")]),
        ("Société du Nord/Banque du Sud", [("Société du Nord/Banque du Sud", "")]),
    ],
)
def test_a_name_is_in_two_languages_only_where_that_is_plain(text: str, found: list[tuple[str, str]]) -> None:
    assert [tuple(name) for name in sema_names.bilingual(text)] == found
