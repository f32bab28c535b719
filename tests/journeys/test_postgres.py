"""A node that keeps its state in PostgreSQL, through the program: the same answers as embedded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from conftest import create_tables, run_folder
from journeys.conftest import Comity
from support.postgres import Postgres
from support.program import Program

pytestmark = pytest.mark.postgres


@pytest.fixture
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty database."""
    server = Postgres.shared(run_folder(request.config), create_tables)
    name = f"journey_{uuid4().hex}"
    server.execute(f"CREATE DATABASE {name}")
    yield f"postgresql+psycopg://postgres@/{name}?host={server.data}"
    server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def answers(comity: Comity, fictional: dict[str, Path], *init: str) -> list[object]:
    """Load editions of two regimes, out of order, and return what the node then answers; known times and ids by chance aside."""
    comity("init", "--name", "Office", "--country", "QM", "--kind", "sanctions_office", *init)
    for list_id, name in (("qm", "qm-2024-11-20"), ("wa", "wa-2024-11-18"), ("qm", "qm-2023-06-05")):
        comity("lists", "update", f"exercise:{list_id}", "--file", str(fictional[name]))
    shown = comity.json("show", "exercise:qm:MSL-2022-0061", "--as-of", "2024-01-01").value
    found = comity.json("search", "dresnov").value
    return [
        [{key: one[key] for key in one if key != "state"} for one in shown["designations"]],
        shown["properties"],
        sorted((one["caption"], one["score"], one["sources"]) for one in found["results"]),
        comity.json("lists", "diff", "exercise:qm", "2023-06-05", "2024-11-20").values,
        comity.json("ledger", "verify").value["size"],
    ]


def test_postgresql_and_sqlite_give_the_same_answers(
    tmp_path: Path, program: Program, fictional: dict[str, Path], address: str
) -> None:
    embedded = answers(Comity(tmp_path / "embedded", program.run), fictional)
    served = answers(Comity(tmp_path / "served", program.run), fictional, "--database", address)
    assert not (tmp_path / "served" / "node.sqlite3").exists()
    assert served == embedded
