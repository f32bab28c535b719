"""Australia's Consolidated List: the spreadsheet of today, the one before November 2025, and a third party's table."""

from __future__ import annotations

import gzip
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from comity.catalogue.dialects import dfat_law, workbook
from comity.catalogue.dialects.workbook import Cell
from comity.catalogue.sources.au_dfat import EXAMPLE, SHEET, SOURCE, UNTIL_2025
from comity.lists.model import FieldMissing, FieldUnread, InMemory, Listed, Standing
from comity.model.measure import Measure, MeasureKind

NAME = SOURCE.formats[0].files[0].name
HEADER = [str(cell) for cell in EXAMPLE[0]]


def read(*rows: dict[str, Cell], header: list[str] = HEADER) -> dict[str, Listed]:
    table: list[list[Cell]] = [[*header], *([row.get(name, "") for name in header] for row in rows)]
    raw = workbook.write({SHEET: table})
    return {one.reference: one for one in SOURCE.format("xlsx").read({NAME: InMemory(NAME, raw)})}


def row(**changed: Cell) -> dict[str, Cell]:
    """Return a row by its columns, written with underscores."""
    plain: dict[str, Cell] = {
        "Reference": "9001",
        "Name of Individual or Entity": "Oleg DRESNOV",
        "Type": "Individual",
        "Name Type": "Primary Name",
        "Committees": "Autonomous (Quamaria)",
        "Targeted Financial Sanction": 1,
    }
    return plain | {name.replace("_", " "): value for name, value in changed.items()}


def values(listed: Listed, property_: str) -> list[str]:
    return [claim.value for claim in listed.claims if claim.property == property_]


def measures(listed: Listed) -> dict[MeasureKind, Measure]:
    return {measure.kind: measure for measure in map(Measure.read, values(listed, "measure"))}


def oddities(listed: Listed) -> set[str]:
    return {odd.field.removeprefix("row/") for odd in listed.oddities}


# --- what the sheet says


def test_rows_of_one_number_are_one_entry_and_facts_of_any_row_count() -> None:
    found = read(
        row(),
        row(Reference="9002", Name_of_Individual_or_Entity="Rosa"),
        row(
            Reference="9001aa",
            Name_Type="Alias",
            Alias_Strength="Strong",
            Place_of_Birth="Arica",
            Name_of_Individual_or_Entity="Olaf",
        ),
    )
    assert list(found) == ["9002", "9001"]
    assert values(found["9001"], "alias") == ["Olaf"]
    assert values(found["9001"], "birthPlace") == ["Arica"]


@pytest.mark.parametrize(
    ("programme", "kind", "article"),
    [
        ("Autonomous (Quamaria)", MeasureKind.ASSET_FREEZE, "Autonomous Sanctions Regulations 2011, reg. 15"),
        ("Autonomous (Quamaria)", MeasureKind.NO_FUNDS, "Autonomous Sanctions Regulations 2011, reg. 14"),
        ("Autonomous (Quamaria)", MeasureKind.TRAVEL_BAN, "Autonomous Sanctions Regulations 2011, reg. 6"),
        ("Autonomous (Thematic - Cyber)", MeasureKind.TRAVEL_BAN, "Autonomous Sanctions Regulations 2011, reg. 6A"),
        ("1373 (2001)", MeasureKind.ASSET_FREEZE, "Charter of the United Nations Act 1945, s. 20"),
        ("1373 (2001)", MeasureKind.NO_FUNDS, "Charter of the United Nations Act 1945, s. 21"),
        ("9999 (Quamaria)", MeasureKind.NO_FUNDS, "Charter of the United Nations Act 1945; Quamaria Regulations 2030"),
    ],
)
def test_each_measure_cites_the_law_of_its_programme(programme: str, kind: MeasureKind, article: str) -> None:
    [one] = read(
        row(Committees=programme, Travel_Ban="TRUE", Instrument_of_Designation="Quamaria Regulations 2030")
    ).values()
    assert measures(one)[kind].article == article
    assert oddities(one) == set()


def test_only_the_measures_that_the_sheet_names_apply() -> None:
    [one] = read(row(Targeted_Financial_Sanction=0, Travel_Ban="Yes", Arms_Embargo="FALSE")).values()
    assert set(measures(one)) == {MeasureKind.TRAVEL_BAN}


def test_before_november_2025_everybody_was_under_targeted_financial_sanctions() -> None:
    old = {name: value for name, value in row(Control_Date="2/03/2012").items() if name in UNTIL_2025}
    [one] = read(old, header=list(UNTIL_2025)).values()
    assert set(measures(one)) == {MeasureKind.ASSET_FREEZE, MeasureKind.NO_FUNDS}
    assert values(one, "modifiedAt") == ["2012-03-02"]


def test_the_control_date_is_never_the_day_of_listing() -> None:
    [one] = read(
        row(Control_Date="14/04/2026", Listing_Information="Autonomous Sanctions (Quamaria) List 2012")
    ).values()
    assert values(one, "modifiedAt") == ["2026-04-14"]
    assert values(one, "listedOn") == []


def test_a_birth_date_that_cannot_be_read_is_kept() -> None:
    [one] = read(row(Date_of_Birth="1979, 1980.1981")).values()
    assert values(one, "birthDate") == ["1979"]
    assert values(one, "notes") == ["date of birth: 1980.1981"]


def test_the_number_of_the_united_nations_is_taken_only_where_the_text_begins_with_it() -> None:
    [own] = read(row(Additional_Information="ZZi.044. Ship's agent.")).values()
    [other] = read(row(Additional_Information="Associate of Rosa (ZZi.045).")).values()
    assert values(own, "unscId") == ["ZZi.044"]
    assert values(other, "unscId") == []


def test_a_country_may_be_given_with_its_common_name_behind() -> None:
    [one] = read(row(Citizenship="Democratic People's Republic of Korea (North Korea); Norway")).values()
    assert values(one, "citizenship") == ["kp", "no"]


# --- what it does not say


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("Type", "Airship"),
        ("Name_Type", "Nickname"),
        ("Committees", "Ferries"),
        ("Travel_Ban", "perhaps"),
        ("Alias_Strength", "Middling"),
    ],
)
def test_an_unknown_value_is_odd(column: str, value: str) -> None:
    [one] = read(row(**{column: value})).values()
    assert column.replace("_", " ") in oddities(one)


def test_two_entries_under_one_number_are_odd() -> None:
    [one] = read(row(), row(Name_of_Individual_or_Entity="Rosa")).values()
    assert oddities(one) == {"Name Type"}
    [two] = read(row(), row(Reference="9001a", Type="Vessel", Name_Type="Alias")).values()
    assert "Type" in oddities(two)


def test_columns_are_those_of_one_layout() -> None:
    with pytest.raises(FieldUnread, match="Ferry"):
        read(row(), header=[*HEADER, "Ferry"])
    with pytest.raises(FieldMissing, match="IMO Number"):
        read(row(), header=[name for name in HEADER if name != "IMO Number"])


def test_the_workbook_says_when_it_was_published() -> None:
    opened = InMemory(NAME, SOURCE.examples[0].files[NAME])
    assert SOURCE.format("xlsx").head(opened).published_at == datetime(2031, 11, 20, 6, 30, tzinfo=UTC)


# --- the third party's table


@pytest.mark.data
def test_the_flattened_table_is_read_and_never_loaded(shared: Path) -> None:
    raw = gzip.decompress((shared / "sanctions/australia/dfat_parsed_2025-05.csv.gz").read_bytes())
    format_ = SOURCE.format("flattened")
    assert format_.standing is Standing.DERIVED
    assert format_.recognise("download.csv", raw[:4096])
    found = list(format_.read({"flattened.csv": InMemory("flattened.csv", raw)}))
    assert len(found) == 9_983
    programmes = Counter(value for one in found for value in values(one, "programme"))
    assert len(programmes) == 28
    assert all(dfat_law.knows(programme) for programme in programmes)
