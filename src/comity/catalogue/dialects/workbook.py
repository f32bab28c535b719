"""Writes the small spreadsheets of examples as office programs write theirs: shared texts, numbers, styled dates."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
EPOCH = date(1899, 12, 30)
WRITTEN_AT = (2031, 1, 1, 0, 0, 0)
"""What the zip says of each part, so that equal sheets are equal bytes."""


class Shown(NamedTuple):
    """A day, and the format in which the sheet shows it: `mmm-yy` shows a month."""

    day: date
    format: str = "d/mm/yyyy"


Cell = str | int | bool | Shown
"""What a cell may hold; an empty text is a cell that is not written."""


def write(sheets: dict[str, Sequence[Sequence[Cell]]], *, modified: str = "2031-11-20T06:30:00Z") -> bytes:
    """Return a workbook of these sheets, each a sequence of rows, saved at this time."""
    texts: dict[str, int] = {}
    styles: dict[str, int] = {}
    bodies = [_sheet(rows, texts, styles) for rows in sheets.values()]
    numbers = range(1, len(bodies) + 1)
    named = "".join(
        f"<sheet name={quoteattr(name)} sheetId='{n}' r:id='rId{n}'/>" for n, name in zip(numbers, sheets, strict=True)
    )
    related = "".join(
        f"<Relationship Id='rId{n}' Type='{DOCUMENT}/worksheet' Target='worksheets/sheet{n}.xml'/>" for n in numbers
    )
    formats = "".join(f"<numFmt numFmtId='{163 + n}' formatCode={quoteattr(code)}/>" for code, n in styles.items())
    used = "".join(f"<xf numFmtId='{163 + n}'/>" for n in styles.values())
    parts = {
        "[Content_Types].xml": f"<Types xmlns='{PACKAGE}/content-types'/>",
        "xl/workbook.xml": f"<workbook xmlns='{MAIN}' xmlns:r='{DOCUMENT}'><workbookPr/><sheets>{named}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships xmlns='{PACKAGE}/relationships'>{related}</Relationships>",
        "xl/styles.xml": (
            f"<styleSheet xmlns='{MAIN}'><numFmts>{formats}</numFmts><cellXfs><xf numFmtId='0'/>{used}</cellXfs></styleSheet>"
        ),
        "xl/sharedStrings.xml": f"<sst xmlns='{MAIN}'>{''.join(map(_shared, texts))}</sst>",
        "docProps/core.xml": (
            f"<cp:coreProperties xmlns:cp='{PACKAGE}/metadata/core-properties' xmlns:dcterms='http://purl.org/dc/terms/'>"
            f"<dcterms:modified>{modified}</dcterms:modified></cp:coreProperties>"
        ),
    } | {f"xl/worksheets/sheet{n}.xml": body for n, body in zip(numbers, bodies, strict=True)}
    return pack(parts)


def pack(parts: dict[str, str]) -> bytes:
    """Return the parts of a workbook as the zip that it is."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in parts.items():
            info = zipfile.ZipInfo(path, date_time=WRITTEN_AT)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, f"<?xml version='1.0' encoding='UTF-8'?>{text}")
    return packed.getvalue()


def _sheet(rows: Sequence[Sequence[Cell]], texts: dict[str, int], styles: dict[str, int]) -> str:
    written = "".join(
        f"<row r='{number}'>{''.join(_cell(cell, column, number, texts, styles) for column, cell in enumerate(row))}</row>"
        for number, row in enumerate(rows, start=1)
    )
    return f"<worksheet xmlns='{MAIN}'><sheetData>{written}</sheetData></worksheet>"


def _cell(cell: Cell, column: int, number: int, texts: dict[str, int], styles: dict[str, int]) -> str:
    place = f"{chr(ord('A') + column)}{number}"
    if isinstance(cell, Shown):
        style = styles.setdefault(cell.format, len(styles) + 1)
        return f"<c r='{place}' s='{style}'><v>{(cell.day - EPOCH).days}</v></c>"
    if isinstance(cell, bool):
        return f"<c r='{place}' t='b'><v>{int(cell)}</v></c>"
    if isinstance(cell, int):
        return f"<c r='{place}'><v>{cell}</v></c>"
    return f"<c r='{place}' t='s'><v>{texts.setdefault(cell, len(texts))}</v></c>" if cell else ""


def _shared(text: str) -> str:
    return f"<si><t xml:space='preserve'>{escape(text)}</t></si>"
