"""Records out of delimited text: CSV with or without a header, tab-separated, semicolons; strict about columns and encoding."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from comity.lists.model.failures import EditionEmpty, EditionUnreadable, FieldMissing, FieldUnread, NotThisList
from comity.lists.model.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from comity.lists.model.source import Opened

FIELD_CHARS_MAX = 1_000_000
"""The longest field: a narrative of a few hundred pages."""


def records(
    opened: Opened,
    columns: Sequence[str],
    *,
    header: bool = True,
    encoding: str = "utf-8-sig",
    delimiter: str = ",",
    skip_lines: int = 0,
) -> Iterator[Record]:
    """Yield each row as a record labelled with its line number; every row must have exactly the named columns.

    With `header` the first row must name exactly these columns, in any order. Raises `EditionEmpty`, `NotThisList`, `FieldUnread`,
    `FieldMissing`, `EditionUnreadable`.
    """
    for line, row, names in _rows(
        opened, columns, header=header, encoding=encoding, delimiter=delimiter, skip=skip_lines
    ):
        if len(row) != len(names):
            raise EditionUnreadable(
                f"the row has {len(row)} fields instead of {len(names)}", file=opened.name, record=f"line {line}"
            )
        fields: dict[str, list[str | Record]] = {name: [value] for name, value in zip(names, row, strict=True)}
        yield Record(fields, file=opened.name, label=f"line {line}", raw=write_row(row, delimiter))


def write_row(row: Sequence[str], delimiter: str = ",") -> str:
    """Write one row as CSV text without its line end; a field that holds a line end is quoted."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerow(row)
    return out.getvalue().removesuffix("\r\n")


def _rows(
    opened: Opened, columns: Sequence[str], *, header: bool, encoding: str, delimiter: str, skip: int
) -> Iterator[tuple[int, list[str], Sequence[str]]]:
    csv.field_size_limit(FIELD_CHARS_MAX)
    _demand_text(opened)
    names: Sequence[str] | None = None if header else columns
    with opened.stream() as stream, io.TextIOWrapper(stream, encoding=encoding, errors="strict", newline="") as text:
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        try:
            for _ in range(skip):
                next(reader, None)
            for row in reader:
                if any("\x00" in field for field in row):
                    raise EditionUnreadable(
                        "the row holds binary zeros", file=opened.name, record=f"line {reader.line_num}"
                    )
                if row in ([], ["\x1a"]):  # a blank line, or the end-of-file mark of old systems
                    continue
                if names is None:
                    names = _demand_header(row, columns, opened.name)
                    continue
                yield reader.line_num, row, names
        except UnicodeDecodeError as error:
            raise EditionUnreadable(f"the file is not {encoding} text", file=opened.name) from error
        except csv.Error as error:
            raise EditionUnreadable(str(error), file=opened.name, record=f"line {reader.line_num}") from error


def _demand_text(opened: Opened) -> None:
    head = opened.head(4096)
    if not head.strip(b"\r\n\t \x1a\x00"):
        raise EditionEmpty("the file is empty", file=opened.name)
    if head.lstrip().lower().startswith((b"<!doctype html", b"<html", b"<?xml")):
        raise NotThisList("the file is a web page or XML, not a table", file=opened.name)
    if b"\x00" in head:
        raise NotThisList("the file is binary, not a table", file=opened.name)


def _demand_header(row: Sequence[str], columns: Sequence[str], file: str) -> Sequence[str]:
    names = [name.strip() for name in row]
    if not set(names) & set(columns):
        raise NotThisList("the first line names none of this list's columns", file=file)
    for missing in [name for name in columns if name not in names]:
        raise FieldMissing("the column is missing", file=file, field=missing)
    for unknown in [name for name in names if name not in columns]:
        raise FieldUnread("the column is not known", file=file, field=unknown)
    if len(set(names)) != len(names):
        raise FieldUnread("a column stands twice", file=file, field=", ".join(names))
    return names
