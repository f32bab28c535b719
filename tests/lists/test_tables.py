"""Reading tables strictly: exactly the columns, exactly the encoding, every row whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.lists.model import EditionEmpty, EditionUnreadable, FieldMissing, FieldUnread, InMemory, NotThisList, tables

COLUMNS = ("id", "name", "country")
GOOD = 'id,name,country\r\n1,"Vasht, Oro",no\r\n2,Örø,\r\n3,"He said ""no"",\r\nand left",se\r\n'
ROWS = [["1", "Vasht, Oro", "no"], ["2", "Örø", ""], ["3", 'He said "no",\r\nand left', "se"]]


def read(
    raw: bytes | str, *, header: bool = True, encoding: str = "utf-8-sig", delimiter: str = ",", skip_lines: int = 0
) -> list[list[str]]:
    opened = InMemory("list.csv", raw if isinstance(raw, bytes) else raw.encode())
    found = tables.records(
        opened, COLUMNS, header=header, encoding=encoding, delimiter=delimiter, skip_lines=skip_lines
    )
    rows = []
    for record in found:
        rows.append([record.verbatim(name) for name in COLUMNS])
        record.audit()
    return rows


def test_a_table_reads_to_its_rows() -> None:
    assert read(GOOD) == ROWS


def test_columns_may_stand_in_any_order() -> None:
    assert read("country,id,name\nno,1,Oro\n") == [["1", "Oro", "no"]]


def test_a_byte_order_mark_is_no_part_of_the_first_column() -> None:
    assert read(b"\xef\xbb\xbf" + GOOD.encode()) == ROWS


def test_a_table_without_header_has_its_columns_in_order() -> None:
    assert read(GOOD.partition("\r\n")[2], header=False) == ROWS


def test_lines_before_the_header_can_be_passed_over() -> None:
    assert read("Last Updated,21/11/2031\r\n" + GOOD, skip_lines=1) == ROWS


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters(delimiter: str) -> None:
    raw = "\n".join(tables.write_row(row, delimiter) for row in [list(COLUMNS), *ROWS])
    assert read(raw, delimiter=delimiter) == ROWS


def test_blank_lines_and_the_end_mark_of_old_systems_are_no_rows() -> None:
    assert read(GOOD.replace("\r\n2", "\r\n\r\n2") + "\x1a") == ROWS


def test_a_record_is_labelled_with_its_line_and_keeps_its_raw_form() -> None:
    first, second, third = tables.records(InMemory("list.csv", GOOD.encode()), COLUMNS)
    assert (first.label, second.label) == ("line 2", "line 3")
    assert first.raw == '1,"Vasht, Oro",no'
    assert third.label == "line 5"  # where it ends


@pytest.mark.parametrize(
    ("header", "failure", "field"),
    [
        ("id,name", FieldMissing, "country"),
        ("id,name,country,surprise", FieldUnread, "surprise"),
        ("id,name,Country", FieldMissing, "country"),
        ("id,name,country,name", FieldUnread, "id, name, country, name"),
    ],
)
def test_a_header_that_is_not_exactly_the_known_one_is_refused_by_column(
    header: str, failure: type[EditionUnreadable], field: str
) -> None:
    with pytest.raises(failure) as refusal:
        read(GOOD.replace("id,name,country", header))
    assert refusal.value.field == field


def test_a_table_of_something_else_is_not_this_list() -> None:
    with pytest.raises(NotThisList):
        read("a,b,c\n1,2,3\n")


@pytest.mark.parametrize("row", ["1,Oro", "1,Oro,no,more", "1"])
def test_a_row_that_is_not_whole_is_refused_with_its_line(row: str) -> None:
    with pytest.raises(EditionUnreadable, match=r"record line 6: the row has \d fields instead of 3"):
        read(GOOD + row + "\r\n")


@pytest.mark.parametrize(
    "raw",
    [b"", b"\r\n\r\n", b"\x1a", b" \t\r\n", b"\x00" * 5_000],
    ids=["nothing", "blank", "end mark", "space", "zeros"],
)
def test_an_empty_table_is_said_to_be_empty(raw: bytes) -> None:
    with pytest.raises(EditionEmpty):
        read(raw)


@pytest.mark.parametrize(
    "raw",
    [b"<!DOCTYPE html><html></html>", b"  <html lang='en'>", b"<?xml version='1.0'?><LIST/>", b"PK\x03\x04\x00\x00"],
)
def test_a_web_page_xml_or_an_archive_is_no_table(raw: bytes) -> None:
    with pytest.raises(NotThisList):
        read(raw)


def test_a_table_in_another_encoding_is_refused() -> None:
    with pytest.raises(EditionUnreadable, match="not utf-8-sig text"):
        read(GOOD.encode("cp1252"))
    with pytest.raises(EditionUnreadable):
        read(GOOD.encode("utf-16"))
    assert read(GOOD.encode("cp1252"), encoding="cp1252") == ROWS


def test_bytes_that_the_encoding_does_not_know_are_refused() -> None:
    with pytest.raises(EditionUnreadable):
        read(GOOD.encode("cp1252").replace(b"\xd6", b"\x81"), encoding="cp1252")


@pytest.mark.parametrize("where", [10, 6_000])
def test_a_nul_anywhere_is_refused(where: int) -> None:
    raw = (GOOD + "4,Oro,no\r\n" * 2_000).encode()
    with pytest.raises(EditionUnreadable):
        read(raw[:where] + b"\x00" + raw[where:])


def test_a_quote_that_is_never_closed_is_refused() -> None:
    with pytest.raises(EditionUnreadable):
        read(GOOD + '4,"Oro,no\r\n5,Vasht,se\r\n')


def test_a_field_longer_than_any_narrative_is_refused() -> None:
    with pytest.raises(EditionUnreadable):
        read(GOOD + "4," + "x" * (tables.FIELD_CHARS_MAX + 1) + ",no\r\n")


@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_truncated_table_is_refused_or_has_fewer_rows(tenth: int) -> None:
    raw = GOOD.encode()
    try:
        found = read(raw[: len(raw) * tenth // 10])
    except EditionUnreadable:
        return
    assert len(found) < len(ROWS)


rows = st.lists(
    st.tuples(*[st.text(st.characters(codec="utf-8", exclude_characters="\x00\x1a"), max_size=8)] * 3).map(list),
    max_size=5,
)


@given(rows)
def test_what_is_written_reads_to_the_same_rows(written: list[list[str]]) -> None:
    raw = "\r\n".join([",".join(COLUMNS), *(tables.write_row(["x" + row[0], *row[1:]]) for row in written)])
    assert read(raw) == [["x" + row[0], *row[1:]] for row in written]


@given(rows.filter(bool), st.data())
def test_no_cut_ever_invents_a_row(written: list[list[str]], data: st.DataObject) -> None:
    raw = (
        "\r\n".join([",".join(COLUMNS), *(tables.write_row(["x" + row[0], *row[1:]]) for row in written)]) + "\r\n"
    ).encode()
    cut = raw[: data.draw(st.integers(0, len(raw) - 1))]
    try:
        found = read(cut)
    except EditionUnreadable:
        return
    whole = [["x" + row[0], *row[1:]] for row in written]
    assert len(found) <= len(whole)
    assert found[:-1] == whole[: max(len(found) - 1, 0)]  # the last row may be cut within its last field
