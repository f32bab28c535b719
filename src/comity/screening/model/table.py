"""Files of names: which columns they have, which rows cannot be asked about, and how the answers are written."""

from __future__ import annotations

import codecs
import csv
import io
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from comity.screening.model.failures import FileUnfit, QuestionUnfit
from comity.screening.model.question import Question

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from typing import BinaryIO

    from comity.screening.model.answer import Answer

REQUIRED: Final = ("id", "name")
COLUMNS: Final = (*REQUIRED, "schema", "birth_date", "country", "identifier", "gender", "address")
JOINT: Final = "|"
"""Between several birth dates, countries, identifiers or addresses of one row."""
ANSWERED: Final = ("id", "entity_id", "caption", "references", "probability", "evidence")
"""Columns of the answer: a row for each match, and one with an empty `entity_id` for each cleared row."""

PROBLEMS_SHOWN: Final = 20
"""Places that are named at once."""

PROBLEMS_MAX: Final = 1_000
"""Places after which a file is not read on: its columns hold something else."""

ID_CHARS_MAX: Final = 400
"""Characters of a row's id."""
ID_CHARS_SHOWN: Final = 60
"""Characters of an id that are shown where it stands twice."""


READ: Final = "A file of names is read in UTF-8, with or without a byte order mark, or in UTF-16 with one."
UTF_32: Final = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Row(NamedTuple):
    """A row that can be asked about."""

    id: str
    question: Question
    line: int
    """On which it ends, from 1."""


class Problem(NamedTuple):
    """A row that cannot, and why."""

    line: int
    field: str
    detail: str

    def __str__(self) -> str:
        """Name the place, and of what stands there nothing but an id that the file has twice."""
        return f"line {self.line}, {self.field}: {self.detail}"


def rows(file: BinaryIO) -> Iterator[Row | Problem]:
    """Yield the rows of a CSV file in UTF-8, or in UTF-16 with a byte order mark.

    Raises `FileUnfit` where nothing can be read from some line on.
    """
    begun = io.BufferedReader(cast("io.RawIOBase", file))
    text = io.TextIOWrapper(begun, encoding=_encoding(begun.peek(4)[:4]), newline="")
    reader = csv.reader(text, strict=True)
    try:
        header = _header(next(reader, []))
        for values in reader:
            if values:
                yield _row(reader.line_num, header, values)
    except UnicodeDecodeError as error:
        raise _undecoded(error, reader.line_num) from error
    except csv.Error as error:
        raise FileUnfit(f"After line {reader.line_num} the file cannot be read: it is not CSV ({error}).") from error
    finally:
        if not file.closed:  # a reader that broke off may be let go of after its file
            text.detach().detach()  # whoever opened the file closes it


def shared(read: Iterable[Row | Problem], hashes: Collection[int]) -> Iterator[Problem]:
    """Yield the rows whose id a row before them has, among ids of some hashes."""
    first: dict[str, int] = {}
    for one in read:
        if isinstance(one, Row) and hash(one.id) in hashes and first.setdefault(one.id, one.line) != one.line:
            shown = one.id if len(one.id) <= ID_CHARS_SHOWN else f"{one.id[:ID_CHARS_SHOWN]}…"
            yield Problem(
                one.line, "id", f"Line {first[one.id]} has the id “{shown}” too: their answers could not be told apart."
            )


def refused(problems: list[Problem], count: int, name: str = "") -> FileUnfit:
    """Return the failure that names the rows of a file which cannot be asked about."""
    rest = f"\nand {count - len(problems):,} more" if count > len(problems) else ""
    places = "\n".join(map(str, problems))
    return FileUnfit(
        f"{f'{name}: ' if name else ''}{count:,} {'row' if count == 1 else 'rows'} cannot be screened, and nothing was written."
        f"\n{places}{rest}"
    )


def answered(id_: str, answer: Answer, called: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Yield the rows that answer one row; `called` gives the ids of former clusters, by their references."""
    if not answer.results:
        yield (id_, "", "", "", "", "")
    for one in answer.results:
        references = "|".join(one.references)
        evidence = "; ".join(said.text for said in one.evidence)
        yield (id_, called.get(references, one.id), one.caption, references, f"{one.probability:.6f}", evidence)


def _encoding(first: bytes) -> str:
    """Return in what a file is written, by its first bytes. Raises `FileUnfit`."""
    if first in UTF_32:
        raise FileUnfit(f"The file is in UTF-32. {READ}")
    if first.startswith(UTF_16):
        return "utf-16"
    if b"\0" in first:
        raise FileUnfit(f"The file seems to be in UTF-16 or UTF-32 without a byte order mark. {READ}")
    return "utf-8-sig"


def _undecoded(error: UnicodeDecodeError, read: int) -> FileUnfit:
    """Return the failure of a file with other bytes than its encoding has; `read` lines before the fault were read."""
    if error.encoding.startswith("utf-16"):
        return FileUnfit(
            f"After line {read} the file cannot be read: it begins as UTF-16, and does not go on in it. {READ}"
        )
    line = read + 1 + error.object[: error.start].count(b"\n")
    byte = error.object[error.start]
    return FileUnfit(
        f"Line {line} cannot be read: it is not in UTF-8 (byte {byte:#04x}), but perhaps in an encoding of one byte for each "
        f"letter, such as Windows-1252. {READ}"
    )


def _header(values: list[str]) -> list[str]:
    names = [value.strip() for value in values]
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise FileUnfit(f"The first line names the columns; {' and '.join(missing)} must be among them.")
    odd = [str(place) for place, name in enumerate(names, 1) if name not in COLUMNS or name in names[: place - 1]]
    if odd:
        raise FileUnfit(f"Column {', '.join(odd)} is unknown or there twice. The columns are: {', '.join(COLUMNS)}.")
    return names


def _row(line: int, header: list[str], values: list[str]) -> Row | Problem:
    if len(values) != len(header):
        return Problem(line, "row", f"It has {len(values)} fields, and the first line {len(header)}.")
    said = dict(zip(header, values, strict=True))
    born, *also = _several(said.get("birth_date", ""))
    if not 0 < len(said["id"].strip()) <= ID_CHARS_MAX:
        return Problem(line, "id", f"An id has between 1 and {ID_CHARS_MAX} characters.")
    try:
        question = Question.of(
            said["name"],
            said.get("schema", ""),
            born,
            _several(said.get("country", "")),
            _several(said.get("identifier", "")),
            gender=said.get("gender", ""),
            addresses=_several(said.get("address", "")),
            other_birth_dates=tuple(also),
        )
    except QuestionUnfit as failure:
        return Problem(line, failure.field, failure.detail)
    return Row(said["id"].strip(), question, line)


def _several(text: str) -> tuple[str, ...]:
    return tuple(text.split(JOINT))
