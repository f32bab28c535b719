"""Spreadsheets: what each cell shows, and whatever is no sheet of the expected form."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from io import BytesIO, UnsupportedOperation
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.catalogue.dialects import workbook, xlsx
from comity.catalogue.dialects.workbook import MAIN, Shown
from comity.lists.model import EditionEmpty, EditionUnreadable, FieldMissing, FieldUnread, InMemory, NotThisList

LAYOUTS = (("Name", "Born"), ("Name", "Born", "Port"))
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1).filter(
    lambda text: text.strip()
)


def read(raw: bytes, sheet: str = "") -> list[tuple[str, ...]]:
    records = xlsx.records(InMemory("list.xlsx", raw), LAYOUTS, sheet=sheet)
    return [(record.optional("Name"), record.optional("Born"), record.optional("Port")) for record in records]


def sheet_of(rows: str, **parts: str) -> bytes:
    """Return a workbook whose only sheet holds these rows, written as XML."""
    header = "<row><c t='inlineStr'><is><t>Name</t></is></c><c t='inlineStr'><is><t>Born</t></is></c></row>"
    whole = workbook.write({"List": [["Name", "Born"]]})
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        written = {name: archive.read(name).decode().partition("?>")[2] for name in archive.namelist()}
    written["xl/worksheets/sheet1.xml"] = f"<worksheet xmlns='{MAIN}'><sheetData>{header}{rows}</sheetData></worksheet>"
    return workbook.pack(written | {name.replace("__", "/") + ".xml": text for name, text in parts.items()})


def one(cell: str, **parts: str) -> str:
    [(name, _, _)] = read(sheet_of(f"<row>{cell}</row>", **parts))
    return name


# --- what a cell shows


@given(st.lists(st.tuples(WORDS, st.integers(0, 10**9)), min_size=1, max_size=5))
def test_texts_and_numbers_come_back_as_they_were_written(rows: list[tuple[str, int]]) -> None:
    table: list[tuple[workbook.Cell, ...]] = [("Name", "Born"), *rows]
    raw = workbook.write({"List": table})
    assert read(raw) == [(name.strip(), str(number), "") for name, number in rows]


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("d/mm/yyyy", "1962-08-24"),
        ("[$-C09]dddd\\, d mmmm yyyy;@", "1962-08-24"),
        ("yyyy-mm-dd hh:mm", "1962-08-24"),
        ("mmm-yy", "1962-08"),
        ("yyyy", "1962"),
        ("0", "22882"),
        ('0" days"', "22882"),
        ("General", "22882"),
    ],
)
def test_a_date_is_as_precise_as_its_format(shown: str, text: str) -> None:
    raw = workbook.write({"List": [["Name", "Born"], ["Oleg", Shown(date(1962, 8, 24), shown)]]})
    assert read(raw) == [("Oleg", text, "")]


@given(st.dates(date(1900, 3, 1), date(2100, 1, 1)))
def test_every_day_comes_back(day: date) -> None:
    assert read(workbook.write({"List": [["Name", "Born"], ["Oleg", Shown(day)]]})) == [("Oleg", day.isoformat(), "")]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<c t='inlineStr'><is><r><t>Oleg </t></r><r><t>Dresnov</t></r></is></c>", "Oleg Dresnov"),
        ("<c t='inlineStr'><is><t>架空</t><rPh sb='0' eb='2'><t>カクウ</t></rPh></is></c>", "架空"),
        ("<c t='inlineStr'><is><t>Oleg_x000D_\nDresnov</t></is></c>", "Oleg\nDresnov"),
        ("<c t='str'><f>A1</f><v>Oleg</v></c>", "Oleg"),
        ("<c t='b'><v>1</v></c>", "TRUE"),
        ("<c><v>1.50</v></c>", "1.5"),
        ("<c><v>1E3</v></c>", "1000"),
    ],
)
def test_other_kinds_of_cells(cell: str, text: str) -> None:
    assert one(cell) == text


def test_the_calendar_of_old_macintosh_files_begins_in_1904() -> None:
    sheets = "<sheets><sheet name='List' sheetId='1' r:id='rId1'/></sheets>"
    book = f"<workbook xmlns='{MAIN}' xmlns:r='{workbook.DOCUMENT}'><workbookPr date1904='1'/>{sheets}</workbook>"
    styles = f"<styleSheet xmlns='{MAIN}'><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>"
    assert one("<c s='1'><v>0</v></c>", xl__workbook=book, xl__styles=styles) == "1904-01-01"


def test_a_cell_stands_where_its_place_says() -> None:
    assert read(sheet_of("<row r='7'><c r='B7'><v>1962</v></c></row>")) == [("", "1962", "")]


# --- what is no such sheet


def test_blank_rows_are_no_rows_and_an_error_names_the_row() -> None:
    raw = sheet_of("<row r='2'/><row r='3'><c t='e'><v>#N/A</v></c></row>")
    with pytest.raises(EditionUnreadable, match=r"row 3.*#N/A"):
        read(raw)


@pytest.mark.parametrize(
    ("rows", "failure", "named"),
    [
        ([["Name", "Born", "Surprise"]], FieldUnread, "Surprise"),
        ([["Name"]], FieldMissing, "Born"),
        ([["Name", "Born", "Born"]], FieldUnread, "twice"),
        ([["Name", "Born"], ["Oleg", 1962, "stray"]], FieldUnread, "column 3"),
        ([["Ship", "Flag"]], NotThisList, "columns"),
        ([[]], EditionEmpty, "blank"),
    ],
)
def test_columns_are_exactly_those_of_a_layout(
    rows: list[list[workbook.Cell]], failure: type[EditionUnreadable], named: str
) -> None:
    with pytest.raises(failure, match=named):
        read(workbook.write({"List": rows}))


def test_either_layout_is_read_in_any_order() -> None:
    assert read(workbook.write({"List": [["Born", "Name"], [1962, "Oleg"]]})) == [("Oleg", "1962", "")]
    assert read(workbook.write({"List": [["Port", "Name", "Born"], ["Arica", "Oleg", 1962]]})) == [
        ("Oleg", "1962", "Arica")
    ]


def test_a_second_sheet_must_be_blank() -> None:
    rows: list[list[workbook.Cell]] = [["Name", "Born"], ["Oleg", 1962]]
    assert len(read(workbook.write({"List": rows, "Sheet2": []}))) == 1
    with pytest.raises(FieldUnread, match="sheet Notes"):
        read(workbook.write({"List": rows, "Notes": [["one more"]]}))
    with pytest.raises(NotThisList, match="Other"):
        read(workbook.write({"List": rows}), sheet="Other")


@pytest.mark.parametrize("share", range(1, 10))
def test_a_file_cut_short_is_refused(share: int) -> None:
    whole = workbook.write({"List": [["Name", "Born"], ["Oleg", 1962]]})
    with pytest.raises(EditionUnreadable):
        read(whole[: len(whole) * share // 10])


def test_a_flipped_byte_in_a_packed_part_is_refused() -> None:
    whole = workbook.write({"List": [["Name", "Born"], ["Oleg", 1962]]})
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    at = info.header_offset + 30 + len(info.filename) + info.compress_size // 2
    with pytest.raises(EditionUnreadable):
        read(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])


def test_a_document_type_is_refused() -> None:
    bomb = "<!DOCTYPE sst [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;'>]>"
    strings = f"{bomb}<sst xmlns='{MAIN}'><si><t>&b;</t></si></sst>"
    with pytest.raises(EditionUnreadable, match="document type"):
        one("<c t='s'><v>0</v></c>", xl__sharedStrings=strings)


def test_a_sheet_that_grows_too_much_is_refused() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b" " * 30_000_000)
    with pytest.raises(EditionUnreadable, match="larger"):
        read(packed.getvalue())


def test_a_file_that_can_only_be_read_forwards_is_read() -> None:
    class Forwards(BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise UnsupportedOperation

    class Kept(InMemory):
        def stream(self) -> BinaryIO:
            return Forwards(workbook.write({"List": [["Name", "Born"], ["Oleg", 1962]]}))

    assert len(list(xlsx.records(Kept("list.xlsx", xlsx.MAGIC), LAYOUTS))) == 1


def test_a_zip_of_something_else_is_not_a_spreadsheet() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("sdn.csv", "1,2,3")
    with pytest.raises(NotThisList):
        read(packed.getvalue())


def test_the_workbook_says_when_it_was_saved() -> None:
    raw = workbook.write({"List": []}, modified="2031-11-20T17:30:00+11:00")
    assert xlsx.modified(InMemory("list.xlsx", raw)) == datetime(2031, 11, 20, 6, 30, tzinfo=UTC)
    with pytest.raises(EditionUnreadable, match="no time"):
        xlsx.modified(InMemory("list.xlsx", workbook.write({"List": []}, modified="yesterday")))
