"""Opening files of customers: how they are written, what their columns hold, and their rows, read one by one."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from comity.portfolios.model import files
from comity.portfolios.model.columns import LOOKED_AT, Column, Mapping, guess
from comity.portfolios.model.files import FTM_COLUMNS, HEAD_BYTES, JOINED, Cells, Form, Format
from comity.portfolios.model.rows import Problem, Reader, Row, unique
from comity.portfolios.service import parquet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.infra.blobs import Blobs
    from comity.portfolios.model.portfolio import Portfolio

FILE_BYTES_MAX = 4_000_000_000
"""A file of customers."""


class Look(NamedTuple):
    """What a file seems to be, before anything of it is taken."""

    form: Form
    columns: tuple[Column, ...]


def keep(blobs: Blobs, path: Path) -> str:
    """Keep a file, and return its hash. Raises `BlobTooLarge`."""
    with path.open("rb") as file:
        return blobs.put(file, FILE_BYTES_MAX).sha256


def look(blobs: Blobs, sha256: str, portfolio: Portfolio, *, encoding: str = "", delimiter: str = "") -> Look:
    """Return how a kept file is written, and what its columns seem to hold. Raises `ImportUnfit`."""
    with blobs.open(sha256) as file:
        form = files.form_of(file.read(HEAD_BYTES), encoding=encoding, delimiter=delimiter)
    rows = list(islice(_cells(blobs, sha256, form), LOOKED_AT))
    names = list(dict.fromkeys(name for row in rows for name in row.cells)) or _columns(blobs, sha256, form)
    said = dict(portfolio.mapping.columns) if portfolio.mapping else {}
    if form.format is Format.FTM:
        said = {name: FTM_COLUMNS.get(name, "ignore") for name in names} | said
    table = [[_shown(row.cells.get(name, "")) for name in names] for row in rows]
    return Look(form, guess(names, table, said))


def rows(blobs: Blobs, sha256: str, form: Form, mapping: Mapping) -> Iterator[Row | tuple[Problem, ...]]:
    """Yield every row of a kept file: a customer, or why there is none. Raises `ImportUnfit`."""
    if form.format in {Format.FTM, Format.JSON_LINES, Format.PARQUET}:
        mapping = msgspec.structs.replace(mapping, separator=mapping.separator or JOINED)
    reader = Reader(mapping)
    column = next(name for name, target in mapping.columns.items() if target == "id")
    read = (
        (Problem(row.line, "", "broken_row", row.broken, ""),) if row.broken else reader.read(row.line, row.cells)
        for row in _cells(blobs, sha256, form)
    )
    yield from unique(read, column)


def _cells(blobs: Blobs, sha256: str, form: Form) -> Iterator[Cells]:
    if form.format is Format.PARQUET:
        with unpacked(blobs, sha256) as path:
            yield from parquet.rows(path)
    else:
        with blobs.open(sha256) as file:
            yield from files.rows(file, form)


def _columns(blobs: Blobs, sha256: str, form: Form) -> list[str]:
    if form.format is Format.PARQUET:
        with unpacked(blobs, sha256) as path:
            return parquet.columns(path)
    with blobs.open(sha256) as file:
        return files.columns(file, form)


def _shown(cell: str) -> str:
    return cell.replace(JOINED, ", ")


@contextmanager
def unpacked(blobs: Blobs, sha256: str) -> Iterator[Path]:
    """Lend a kept file as a plain one, for what must find its place in it."""
    import shutil  # noqa: PLC0415 - for Parquet alone
    import tempfile  # noqa: PLC0415

    with tempfile.TemporaryDirectory(dir=blobs.folder) as folder, blobs.open(sha256) as file:
        path = Path(folder) / "file.parquet"
        with path.open("wb") as plain:
            shutil.copyfileobj(file, plain)
        yield path
