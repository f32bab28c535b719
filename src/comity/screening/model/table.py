"""Files of names: which columns they have, which rows cannot be asked about, and how the answers are written."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.screening.model.failures import FileUnfit, QuestionUnfit
from comity.screening.model.question import Question

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
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


class Row(NamedTuple):
    """A row that can be asked about."""

    id: str
    question: Question


class Problem(NamedTuple):
    """A row that cannot, and why."""

    line: int
    field: str
    detail: str

    def __str__(self) -> str:
        """Name the place, and never what stands there."""
        return f"line {self.line}, {self.field}: {self.detail}"


def rows(file: BinaryIO) -> Iterator[Row | Problem]:
    """Yield the rows of a CSV file in UTF-8. Raises `FileUnfit` where nothing can be read from some line on."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    reader = csv.reader(text, strict=True)
    try:
        header = _header(next(reader, []))
        for values in reader:
            if values:
                yield _row(reader.line_num, header, values)
    except (UnicodeDecodeError, csv.Error) as error:
        reason = "it is not in UTF-8" if isinstance(error, UnicodeDecodeError) else f"it is not CSV ({error})"
        raise FileUnfit(f"After line {reader.line_num} the file cannot be read: {reason}.") from error
    finally:
        if not file.closed:  # a reader that broke off may be let go of after its file
            text.detach()  # whoever opened the file closes it


def refused(problems: list[Problem], count: int) -> FileUnfit:
    """Return the failure that names the rows which cannot be asked about."""
    rest = f"\nand {count - len(problems):,} more" if count > len(problems) else ""
    places = "\n".join(map(str, problems))
    return FileUnfit(
        f"{count:,} {'row' if count == 1 else 'rows'} cannot be screened, and nothing was written.\n{places}{rest}"
    )


def answered(id_: str, answer: Answer, called: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Yield the rows that answer one row; `called` gives the ids of former clusters, by their references."""
    if not answer.results:
        yield (id_, "", "", "", "", "")
    for one in answer.results:
        references = "|".join(one.references)
        evidence = "; ".join(said.text for said in one.evidence)
        yield (id_, called.get(references, one.id), one.caption, references, f"{one.probability:.6f}", evidence)


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
    return Row(said["id"].strip(), question)


def _several(text: str) -> tuple[str, ...]:
    return tuple(text.split(JOINT))
