"""Records out of a spreadsheet (.xlsx, ECMA-376 part 1): streamed, bounded, and strict about columns and sheets.

Every cell becomes the text that the sheet shows. A date is a number that only its format tells from a year, so that the styles are
read: `22882` shown as `m/d/yyyy` is 1962-08-24, shown as `mmm-yy` it is 1962-08, and without a date format it is 22882. Ruby
(`rPh`) is no part of a text, and `_x000D_` is a character that the writer escaped. A formula counts by its cached value.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, cast

from lxml import etree

from comity.kit.limits import EDITION_BYTES_MAX, UNPACK_FREE_BYTES, UNPACK_RATIO_MAX
from comity.lists.model import EditionEmpty, EditionUnreadable, FieldMissing, FieldUnread, NotThisList, Record, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from comity.lists.model import Opened

ROWS_MAX = 1_048_576
"""What a sheet can hold."""

COLUMNS_MAX = 256
"""More than any list has; a cell beyond is refused."""

PACKED_BYTES_MAX = 50_000_000
"""The file itself, which is held in memory, because a zip is read from its end; real ones have 1 MB."""

TEXT_CHARS_MAX = 200_000_000
"""All shared texts of a workbook together."""

MAGIC = b"PK\x03\x04"
TYPES, WORKBOOK, RELATIONS, PROPERTIES = (
    "[Content_Types].xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "docProps/core.xml",
)
_OPTIONS: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLACE = re.compile(r"([A-Z]{1,3})[0-9]*")
_NOT_CODE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_DAY_FORMATS = frozenset({14, 15, 16, 22, *range(27, 32), 36, *range(50, 55), 57, 58})
_MONTH_FORMATS = frozenset({17, 55, 56})
_DAY, _MONTH, _YEAR = "day", "month", "year"


def records(
    opened: Opened,
    layouts: Sequence[Sequence[str]],
    *,
    sheet: str = "",
    heading: Callable[[str], str] = str.strip,
) -> Iterator[Record]:
    """Yield each row of a sheet, the first one if none is named, as a record labelled with its row number.

    The first row that is not blank must name exactly the columns of one of the layouts, in any order, after `heading` has read each
    name. Every other sheet must be blank. Raises `EditionEmpty`, `NotThisList`, `FieldUnread`, `FieldMissing`, `EditionUnreadable`.
    """
    with _book(opened) as book:
        names: list[str] = []
        for number, cells in book.rows(book.only(sheet)):
            if not names:
                names = _demand_header([heading(cell) for cell in cells], layouts, opened.name)
                continue
            yield _record(names, cells, number, opened.name)
        if not names:
            raise EditionEmpty("the sheet is blank", file=opened.name)


def modified(opened: Opened) -> datetime | None:
    """Return when the workbook says that it was last saved."""
    with _book(opened) as book:
        stamp = next((text for tag, text in book.leaves(PROPERTIES) if tag == "modified"), "")
    try:
        return datetime.fromisoformat(stamp).astimezone(UTC) if stamp else None
    except ValueError as error:
        raise EditionUnreadable(f"{stamp!r} is no time", file=opened.name, field=PROPERTIES) from error


def _record(names: Sequence[str], cells: list[str], number: int, file: str) -> Record:
    for index, cell in enumerate(cells[len(names) :], start=len(names)):
        if cell.strip():
            raise FieldUnread("the column has no name", file=file, record=f"row {number}", field=f"column {index + 1}")
    row = (cells + [""] * len(names))[: len(names)]
    fields: dict[str, list[str | Record]] = {name: [cell] for name, cell in zip(names, row, strict=True) if name}
    return Record(fields, file=file, label=f"row {number}", raw=tables.write_row(row))


def _demand_header(row: list[str], layouts: Sequence[Sequence[str]], file: str) -> list[str]:
    while row and not row[-1]:
        row.pop()
    best = max(layouts, key=lambda layout: len(set(layout) & set(row)) - len(set(layout) - set(row)))
    if not set(row) & set(best):
        raise NotThisList("the first row names none of this list's columns", file=file)
    for unknown in [name for name in row if name not in best]:
        raise FieldUnread("the column is not known", file=file, field=unknown)
    for missing in [name for name in best if name not in row]:
        raise FieldMissing("the column is missing", file=file, field=missing)
    if len(set(row)) != len(row):
        raise FieldUnread("a column stands twice", file=file, field=", ".join(row))
    return row


@contextmanager
def _book(opened: Opened) -> Iterator[_Book]:
    head = opened.head(512)
    if not head.strip(b"\r\n\t \x00"):
        raise EditionEmpty("the file is empty", file=opened.name)
    if not head.startswith(MAGIC):
        raise NotThisList("the file is not a spreadsheet", file=opened.name)
    try:
        with opened.stream() as stream:
            packed = stream.read(PACKED_BYTES_MAX + 1)
        if len(packed) > PACKED_BYTES_MAX:
            raise EditionUnreadable("the spreadsheet is larger than any list", file=opened.name)
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            yield _Book(archive, opened.name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise EditionUnreadable(f"the spreadsheet breaks off or is damaged ({error})", file=opened.name) from error
    except etree.XMLSyntaxError as error:
        raise EditionUnreadable(f"the spreadsheet's XML is damaged ({error.msg})", file=opened.name) from error


class _Book:
    """The parts of one workbook."""

    def __init__(self, archive: zipfile.ZipFile, file: str) -> None:
        self.file = file
        self._archive = archive
        self._infos = {info.filename: info for info in archive.infolist()}
        plain = sum(info.file_size for info in archive.infolist())
        packed = sum(info.compress_size for info in archive.infolist())
        if plain > EDITION_BYTES_MAX or plain > max(UNPACK_FREE_BYTES, UNPACK_RATIO_MAX * packed):
            raise EditionUnreadable("unpacked, the spreadsheet is larger than any list", file=file)
        if TYPES not in self._infos or WORKBOOK not in self._infos:
            raise NotThisList("the file is a zip, not a spreadsheet", file=file)
        self._targets = {
            element.get("Id", ""): element.get("Target", "") for element in self._elements(RELATIONS, "Relationship")
        }
        self._sheets: dict[str, str] = {}
        self._epoch = date(1899, 12, 30)
        for element in self._elements(WORKBOOK, "sheet", "workbookPr"):
            if _local(element.tag) == "sheet":
                self._sheets[element.get("name", "")] = self._path(element)
            elif element.get("date1904") in {"1", "true"}:
                self._epoch = date(1904, 1, 1)
        self._strings = self._shared()
        self._formats = self._styles()

    def only(self, name: str) -> str:
        """Return the path of the named sheet, or of the first, and demand that all others are blank."""
        if not self._sheets or (name and name not in self._sheets):
            raise NotThisList(f"the spreadsheet has no sheet {name!r}", file=self.file)
        chosen = name or next(iter(self._sheets))
        for other, path in self._sheets.items():
            if other != chosen and next(self.rows(path), None) is not None:
                raise FieldUnread("the sheet is not known", file=self.file, field=f"sheet {other}")
        return self._sheets[chosen]

    def rows(self, path: str) -> Iterator[tuple[int, list[str]]]:
        """Yield every row that is not blank with its number."""
        number = 0
        for element in self._elements(path, "row"):
            number = int(element.get("r", number + 1))
            if number > ROWS_MAX:
                raise EditionUnreadable("the sheet has more rows than a sheet can have", file=self.file)
            cells = self._cells(element, number)
            if any(cell.strip() for cell in cells):
                yield number, cells

    def leaves(self, path: str) -> Iterator[tuple[str, str]]:
        """Yield the name and text of every element of a small part, nothing if there is no such part."""
        for element in self._elements(path):
            yield _local(element.tag), (element.text or "").strip()

    def _cells(self, row: Any, number: int) -> list[str]:
        cells: list[str] = []
        for cell in row:
            place = _PLACE.match(cell.get("r", ""))
            index = _column(place[1]) if place else len(cells)
            if index >= COLUMNS_MAX or index < len(cells):
                raise EditionUnreadable("the cell is out of place", file=self.file, record=f"row {number}")
            cells += [""] * (index - len(cells))
            cells.append(self._text(cell, f"row {number}"))
        return cells

    def _text(self, cell: Any, row: str) -> str:
        kind = cell.get("t", "n")
        value = "".join(child.text or "" for child in cell if _local(child.tag) == "v")
        if kind == "inlineStr":
            return "".join(_written(child) for child in cell if _local(child.tag) == "is")
        if kind == "e":
            raise EditionUnreadable(f"the cell holds the error {value}", file=self.file, record=row)
        if kind == "s":
            return self._strings[int(value)] if value else ""
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        if kind in {"str", "d"}:
            return _unescaped(value)
        return self._number(value, self._formats.get(int(cell.get("s", 0)), ""), row) if value else ""

    def _number(self, value: str, precision: str, row: str) -> str:
        try:
            number = Decimal(value)
            if precision:
                return self._date(number, precision)
        except (InvalidOperation, OverflowError) as error:
            raise EditionUnreadable(f"{value!r} is no number", file=self.file, record=row) from error
        return str(int(number)) if number == number.to_integral_value() else format(number.normalize(), "f")

    def _date(self, serial: Decimal, precision: str) -> str:
        days = int(serial)
        if self._epoch.year == 1899 and days < 60:  # noqa: PLR2004 - the year 1900 has a 29 February there, day 60
            days += 1
        text = (self._epoch + timedelta(days=days)).isoformat()
        return text[: {_DAY: 10, _MONTH: 7, _YEAR: 4}[precision]]

    def _shared(self) -> list[str]:
        path = next((path for path in self._infos if path.lower().endswith("/sharedstrings.xml")), "")
        strings: list[str] = []
        chars = 0
        for element in self._elements(path, "si"):
            strings.append(_written(element))
            chars += len(strings[-1])
            if chars > TEXT_CHARS_MAX:
                raise EditionUnreadable("the spreadsheet holds more text than any list", file=self.file)
        return strings

    def _styles(self) -> dict[int, str]:
        """Return how precise a date each style shows; a style that shows no date is not in the answer."""
        path = next((path for path in self._infos if path.lower().endswith("/styles.xml")), "")
        codes: dict[int, str] = {}
        formats: list[int] = []
        for element in self._elements(path, "numFmt", "cellXfs"):
            if _local(element.tag) == "numFmt":
                codes[int(element.get("numFmtId", 0))] = element.get("formatCode", "")
            else:
                formats = [int(xf.get("numFmtId", 0)) for xf in element]
        shown = {style: _precision(format_, codes.get(format_, "")) for style, format_ in enumerate(formats)}
        return {style: precision for style, precision in shown.items() if precision}

    def _path(self, sheet: Any) -> str:
        relation = next((value for name, value in sheet.attrib.items() if _local(name) == "id"), "")
        target = self._targets.get(relation, "")
        path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        if path not in self._infos:
            raise EditionUnreadable("the sheet is not in the file", file=self.file, field=sheet.get("name", ""))
        return path

    def _elements(self, path: str, *names: str) -> Iterator[Any]:
        """Yield the elements of these names in a part, or all of them, and forget each when the next is asked for."""
        if path not in self._infos:
            return
        tags = [f"{{*}}{name}" for name in names] or None
        with self._archive.open(self._infos[path]) as part:
            first = True
            for _, element in etree.iterparse(part, events=("end",), tag=tags, **_OPTIONS):
                if first and element.getroottree().docinfo.doctype:
                    raise EditionUnreadable("the spreadsheet declares a document type", file=self.file, field=path)
                first = False
                yield element
                if names:
                    element.clear()
                    while element.getprevious() is not None and _local(element.tag) in {"row", "si"}:
                        del element.getparent()[0]


def _precision(format_: int, code: str) -> str:
    if not code:
        return _DAY if format_ in _DAY_FORMATS else _MONTH if format_ in _MONTH_FORMATS else ""
    letters = _NOT_CODE.sub("", code.partition(";")[0]).lower()
    if "y" not in letters and not ("d" in letters and "m" in letters):
        return ""  # a time of day, a percentage, an amount
    return _DAY if "d" in letters else _MONTH if "m" in letters else _YEAR


def _written(element: Any) -> str:
    """Return the text of a shared or inline string: its own `t`, and that of each run, but no ruby."""
    pieces: list[str] = []
    for child in element:
        name = _local(child.tag)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "r":
            pieces += [piece.text or "" for piece in child if _local(piece.tag) == "t"]
    return _unescaped("".join(pieces))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text).replace("\r\n", "\n").replace("\r", "\n")


def _column(letters: str) -> int:
    """Return the place of a column by its letters, A first."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("@")
    return place - 1


def _local(tag: object) -> str:
    return cast("str", tag).rpartition("}")[2]
