"""Japan's End User List: the ministry's spreadsheet, and a third party's JSON form of it."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from comity.catalogue.dialects import workbook
from comity.catalogue.dialects.workbook import Cell
from comity.catalogue.sources.jp_meti_end_user import EXAMPLE, SOURCE
from comity.lists.model import EditionUnreadable, FieldMissing, FieldUnread, InMemory, Listed, Standing
from comity.model.measure import Measure, MeasureKind

NAME = SOURCE.formats[0].files[0].name


def read(*rows: list[Cell], header: list[Cell] = EXAMPLE[0]) -> list[Listed]:
    raw = workbook.write({"ユーザーリスト": [header, *rows]})
    return list(SOURCE.format("xlsx").read({NAME: InMemory(NAME, raw)}))


def values(listed: Listed, property_: str) -> list[str]:
    return [claim.value for claim in listed.claims if claim.property == property_]


def named(name: str, aliases: str = "") -> Listed:
    [one] = read([1, "チリ\nChile", name, aliases, "核\nN", ""])
    return one


def concerns(weapons: str, conventional: str = "") -> Listed:
    [one] = read([1, "チリ\nChile", "Varimovich Steel", "", weapons, conventional])
    return one


@pytest.mark.parametrize(
    ("cell", "latin", "han"),
    [
        ("Dresnov Trading Corp.\n(架空貿易会社)", "Dresnov Trading Corp.", "架空貿易会社"),
        ("(Quamaria) Ferry Co. ((朝)架空会社)", "(Quamaria) Ferry Co.", "(朝)架空会社"),
        ("Ferry Works (FW) （架空）", "Ferry Works (FW)", "架空"),  # noqa: RUF001 - as the list writes it
        ("EFCO Corp. Branch (EFCO架空支社)", "EFCO Corp. Branch", "EFCO架空支社"),
        ("Ferry Institute 架空研究所", "Ferry Institute", "架空研究所"),
    ],
)
def test_a_name_and_its_rendering_are_two_names(cell: str, latin: str, han: str) -> None:
    one = named(cell)
    assert values(one, "name") == [latin]
    assert values(one, "alias") == [han]


def test_the_reference_survives_a_rendering_a_row_number_and_a_width() -> None:
    spellings = ["Dresnov Trading Corp.", "Dresnov Trading Corp. (架空貿易会社)", "DRESNOV  Trading Ｃorp"]  # noqa: RUF001 - full width
    assert {named(spelling).reference for spelling in spellings} == {"cl:dresnov trading corp"}


@pytest.mark.parametrize(
    ("weapons", "conventional", "codes"),
    [
        ("生物、化学、ミサイル、核\nB,C,M,N", "CW", "B,C,M,N,CW"),
        ("ミサイルM", "", "M"),
        ("核 Ｎ", "", "N"),  # noqa: RUF001 - full width
        ("ミサイル、核\nM、N", "", "M,N"),
        ("", "CW", "CW"),
    ],
)
def test_every_code_of_concern_is_kept_and_prohibits_nothing(weapons: str, conventional: str, codes: str) -> None:
    one = concerns(weapons, conventional)
    [measure] = map(Measure.read, values(one, "measure"))
    assert measure.kind is MeasureKind.NONE
    assert measure.parameters == {"concerns": codes}
    assert [reason.partition(":")[0] for reason in values(one, "reason")] == codes.split(",")
    assert one.oddities == ()


def test_an_unknown_code_is_odd() -> None:
    assert [odd.value for odd in concerns("核\nN,Z").oddities] == ["Z"]


def test_the_layout_without_conventional_weapons_is_read() -> None:
    [one] = read([1, "チリ\nChile", "Varimovich Steel", "", "核\nN"], header=EXAMPLE[0][:-1])
    assert values(one, "reason") == ["N: nuclear weapons"]


def test_columns_are_known() -> None:
    with pytest.raises(FieldUnread, match="Surprise"):
        read(header=[*EXAMPLE[0], "Surprise"])
    with pytest.raises(FieldMissing, match="Also Known As"):
        read(header=[*EXAMPLE[0][:3], *EXAMPLE[0][4:]])


def test_the_day_of_publication_stands_in_the_name_of_the_file() -> None:
    raw = SOURCE.examples[0].files[NAME]
    head = SOURCE.format("xlsx").head
    assert head(InMemory("20310929_4.xlsx", raw)).published_at == datetime(2031, 9, 29, tzinfo=UTC)
    assert head(InMemory(NAME, raw)).published_at == datetime(2031, 11, 20, 6, 30, tzinfo=UTC)


@pytest.mark.data
def test_the_flattened_form_is_read_and_never_loaded(shared: Path) -> None:
    raw = gzip.decompress((shared / "export_control/jp_meti_end_user_list_2026-07.json.gz").read_bytes())
    format_ = SOURCE.format("flattened")
    assert format_.standing is Standing.DERIVED
    assert format_.recognise("download.json", raw[:4096])
    found = list(format_.read({"flattened.json": InMemory("flattened.json", raw)}))
    assert (
        len(found) == len({one.reference for one in found}) == 835
    )  # as the ministry's announcement of the edition counts
    assert [odd for one in found for odd in one.oddities] == []
    codes = Counter(value.partition(":")[0] for one in found for value in values(one, "reason"))
    assert codes["CW"] == 240
    assert Counter(value for one in found for value in values(one, "country"))["ir"] == 257


def test_an_unknown_key_of_the_flattened_form_is_refused() -> None:
    entry = {
        "id": "jp-eul-1",
        "entity_name": "Varimovich Steel",
        "addresses": ["Chile"],
        "aliases": [],
        "reason": "x: N",
        "ferry": "x",
    }
    raw = json.dumps([entry]).encode()
    with pytest.raises(FieldUnread, match="ferry"):
        list(SOURCE.format("flattened").read({"flattened.json": InMemory("flattened.json", raw)}))
    with pytest.raises(EditionUnreadable):
        list(SOURCE.format("flattened").read({"flattened.json": InMemory("flattened.json", raw[:-5])}))
