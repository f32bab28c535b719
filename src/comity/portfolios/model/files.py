"""Files of customers: CSV, JSON lines, FollowTheMoney's JSON lines; each read row by row, whatever its length."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec

from comity.portfolios.model.customer import PROPERTIES
from comity.portfolios.model.failures import ImportUnfit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

ENCODINGS: Final = (
    "utf-8", "utf-16", "windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254", "windows-1255",
    "windows-1256",
    "iso-8859-1", "iso-8859-2", "iso-8859-15", "gb18030", "big5", "shift_jis", "euc-kr",
)  # fmt: skip
"""What a file can be said to be in. Only UTF-8 and UTF-16 prove themselves; any other is said by a person."""
DELIMITERS: Final = (",", ";", "\t", "|")
LINE_CHARS_MAX: Final = 1_000_000
"""Characters of one row; a longer one is no row."""
COLUMNS_MAX: Final = 400
HEAD_BYTES: Final = 262_144
"""From which format, encoding and delimiter are told."""
HEAD_LINES: Final = 20
JOINED: Final = "\x1f"
"""What stands between the values of a list in one cell of JSON."""


class Format(Enum):
    """How a file is written."""

    CSV = "csv"
    JSON_LINES = "json-lines"
    FTM = "ftm"
    PARQUET = "parquet"


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """How one file is written."""

    format: Format
    encoding: str = "utf-8"
    delimiter: str = ","


class Cells(NamedTuple):
    """One row of a file, by column; a row that is not whole says why instead."""

    line: int
    cells: Mapping[str, str]
    broken: str = ""


def form_of(head: bytes, *, encoding: str = "", delimiter: str = "") -> Form:
    """Tell how a file is written from its first bytes and what somebody says of it. Raises `ImportUnfit`."""
    if head.startswith(b"PAR1"):
        return Form(format=Format.PARQUET)
    if encoding and encoding not in ENCODINGS:
        raise ImportUnfit(f"A file is in one of {', '.join(ENCODINGS)}.")
    found = encoding or _encoding(head)
    text = _decoded(head, found)
    if text.lstrip().startswith("{"):
        first = text.lstrip().splitlines()[0]
        return Form(
            format=Format.FTM if '"properties"' in first and '"schema"' in first else Format.JSON_LINES, encoding=found
        )
    if not text.strip():
        raise ImportUnfit("The file is empty.")
    return Form(format=Format.CSV, encoding=found, delimiter=delimiter or _delimiter(text))


def columns(file: BinaryIO, form: Form) -> list[str]:
    """Return the columns of a file, in their order; of JSON those of the first rows. Raises `ImportUnfit`."""
    if form.format is Format.CSV:
        reader = csv.reader(_text(file, form), delimiter=form.delimiter, strict=True)
        try:
            return _header(next(reader, []))
        except (UnicodeError, csv.Error) as error:
            raise _unreadable(reader.line_num, form, error) from error
    found: dict[str, None] = {}
    for row, _ in zip(rows(file, form), range(HEAD_LINES), strict=False):
        found |= dict.fromkeys(row.cells)
    return list(found)


def rows(file: BinaryIO, form: Form) -> Iterator[Cells]:
    """Yield the rows of a file. Raises `ImportUnfit` where nothing can be read from some line on."""
    yield from (_csv(file, form) if form.format is Format.CSV else _json(file, form))


def _csv(file: BinaryIO, form: Form) -> Iterator[Cells]:
    text = _text(file, form)
    csv.field_size_limit(LINE_CHARS_MAX)
    reader = csv.reader(text, delimiter=form.delimiter, strict=True)
    try:
        header = _header(next(reader, []))
        for values in reader:
            if len(values) == len(header):
                yield Cells(reader.line_num, dict(zip(header, values, strict=True)))
            elif any(value.strip() for value in values):
                detail = f"It has {len(values)} fields, and the first line {len(header)}."
                yield Cells(reader.line_num, {}, detail)
    except (UnicodeError, csv.Error) as error:
        raise _unreadable(reader.line_num, form, error) from error
    finally:
        text.detach()  # whoever opened the file closes it


def _header(values: list[str]) -> list[str]:
    names = [value.strip() for value in values]
    if len(names) > COLUMNS_MAX:
        raise ImportUnfit(f"A file has {COLUMNS_MAX} columns at most.")
    if not any(names):
        raise ImportUnfit("The first line names the columns, and it is empty.")
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise ImportUnfit(f"The column {', '.join(twice)} is there twice.")
    return [name or f"column {at}" for at, name in enumerate(names, 1)]


def _json(file: BinaryIO, form: Form) -> Iterator[Cells]:
    text = _text(file, form)
    number = 0
    try:
        for number, line in enumerate(text, 1):
            if line.strip():
                yield _object(number, line, form)
    except UnicodeError as error:
        raise _unreadable(number, form, error) from error
    finally:
        text.detach()


def _object(number: int, line: str, form: Form) -> Cells:
    try:
        said = msgspec.json.decode(line.encode())
    except (msgspec.DecodeError, RecursionError):
        return Cells(number, {}, "It is not a JSON object.")
    if not isinstance(said, dict):
        return Cells(number, {}, "It is not a JSON object.")
    if form.format is Format.FTM:
        properties = said.get("properties")
        if not isinstance(properties, dict):
            return Cells(number, {}, "It has no properties.")
        said = {"id": said.get("id", ""), "schema": said.get("schema", ""), **properties}
    return Cells(number, {str(name): _cell(value) for name, value in said.items()})


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return JOINED.join(_cell(one) for one in value)
    if isinstance(value, dict):
        return ""
    return "" if value is None else str(value)


def _text(file: BinaryIO, form: Form) -> io.TextIOWrapper:
    encoding = "utf-8-sig" if form.encoding == "utf-8" else form.encoding
    return io.TextIOWrapper(file, encoding=encoding, newline="" if form.format is Format.CSV else None)


def _unreadable(line: int, form: Form, error: Exception) -> ImportUnfit:
    reason = f"it is not in {form.encoding}" if isinstance(error, UnicodeError) else f"it is not CSV ({error})"
    return ImportUnfit(f"After line {line} the file cannot be read: {reason}.")


def _encoding(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError as error:
        raise ImportUnfit(
            "The file is not in UTF-8 or UTF-16. Say what it is in, such as windows-1252 (--encoding windows-1252)."
        ) from error
    return "utf-8"


def _decoded(head: bytes, encoding: str) -> str:
    try:
        name = "utf-8-sig" if encoding == "utf-8" else encoding
        return codecs.getincrementaldecoder(name)().decode(head)
    except UnicodeDecodeError as error:
        raise ImportUnfit(f"The file is not in {encoding}.") from error


def _delimiter(text: str) -> str:
    """Return the sign that divides the first lines into the same number of fields, the most."""
    lines = text.splitlines()[:HEAD_LINES]
    best = (0, ",")
    for sign in DELIMITERS:
        try:
            counts = [len(one) for one in csv.reader(lines, delimiter=sign)]
        except csv.Error:
            continue  # whoever reads the file says what is wrong with it
        even = sum(count == counts[0] for count in counts)
        if counts and counts[0] > 1 and (even * counts[0]) > best[0]:
            best = (even * counts[0], sign)
    return best[1]


FTM_COLUMNS: Final = {name: name for name in ("id", "schema", *PROPERTIES)} | {
    "abbreviation": "alias",
    "firstName": "ignore",
    "lastName": "ignore",
}
"""How the columns of FollowTheMoney's entities are taken: as they are; parts of a name whose whole is there are ignored."""
