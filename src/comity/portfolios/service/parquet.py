"""Parquet through DuckDB, which is imported here alone: batch by batch, with nothing fetched from anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from comity.portfolios.model.failures import ImportUnfit
from comity.portfolios.model.files import JOINED, Cells

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BATCH: Final = 10_000
"""Rows that are read at a time."""
ALONE: Final[dict[str, str | bool | int | float | list[str]]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "threads": "1",
}


def columns(path: Path) -> list[str]:
    """Return the columns of a file. Raises `ImportUnfit`."""
    import duckdb  # noqa: PLC0415 - only for Parquet

    try:
        with duckdb.connect(config=ALONE) as database:
            asked = database.execute("SELECT * FROM read_parquet(?) LIMIT 0", [str(path)])
            return [str(one[0]) for one in asked.description or ()]
    except duckdb.Error as error:
        raise ImportUnfit("The file is not whole, or is no Parquet.", error=type(error).__name__) from error


def rows(path: Path) -> Iterator[Cells]:
    """Yield the rows of a file; a row's line is its number from one on. Raises `ImportUnfit`."""
    import duckdb  # noqa: PLC0415

    names = columns(path)
    number = 0
    try:
        with duckdb.connect(config=ALONE) as database:
            asked = database.execute("SELECT * FROM read_parquet(?)", [str(path)])
            while batch := asked.fetchmany(BATCH):
                for values in batch:
                    number += 1
                    yield Cells(number, {name: _cell(value) for name, value in zip(names, values, strict=True)})
    except duckdb.Error as error:
        raise ImportUnfit(f"After row {number} the file cannot be read.", error=type(error).__name__) from error


def _cell(value: Any) -> str:
    if isinstance(value, list | tuple):
        return JOINED.join(_cell(one) for one in value)
    return "" if value is None else str(value)
