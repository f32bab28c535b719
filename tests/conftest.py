"""What every test may ask for: both databases, a clock, an open work, a node, the shared official files, a browser.

Fixtures import the upper floors when they are asked for: a fault there fails the tests that need it, and no others.
"""
# ruff: noqa: PLC0415

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from comity.infra.database import Database
from comity.kit.clock import FakeClock
from support.chromium import find_chromium
from support.tables import create_tables

if TYPE_CHECKING:
    from comity.infra.work import Work
    from comity.lists.service import Desk
    from comity.node import Node

NOW = datetime(2031, 11, 21, 12, tzinfo=UTC)
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
hypothesis.settings.register_profile("untimed", hypothesis.settings.default, deadline=None)
hypothesis.settings.load_profile("untimed")  # no test asserts a time

ENGINES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands at noon of 21 November 2031, UTC, until a test moves it."""
    return FakeClock(NOW)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with every table and no rows, to be copied."""
    file = tmp_path_factory.mktemp("empty") / "empty.sqlite3"
    database = Database.embedded(file)
    create_tables(database)
    database.close()
    return file


@pytest.fixture(params=ENGINES)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A fresh database with every table, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        file: Path = request.getfixturevalue("empty_file")
        embedded = Database.embedded(tmp_path / "test.sqlite3")
        shutil.copyfile(file, tmp_path / "test.sqlite3")
        yield embedded
        embedded.close()
    elif sys.platform in {"linux", "darwin"}:
        from support.postgres import Postgres

        yield from Postgres.shared(run_folder(request.config), create_tables).database()
    else:
        pytest.skip("the PostgreSQL wheel exists for Linux and macOS only")


@pytest.fixture
def work(database: Database, clock: FakeClock) -> Iterator[Work]:
    """An open work that may write, rolled back at the end; on SQLite nobody else can write meanwhile."""
    from comity.infra.work import Work
    from comity.model.actor import OPERATOR, Purpose
    from comity.model.permission import Permission

    with database.engine.execution_options(write=True).connect() as connection:
        yield Work(
            connection,
            actor=OPERATOR,
            purpose=Purpose.SANCTIONS_IMPLEMENTATION,
            permission=Permission.OPERATE,
            at=clock.now(),
        )


@pytest.fixture
def node(tmp_path: Path, clock: FakeClock, empty_file: Path) -> Iterator[Node]:
    """A fictional authority's node on SQLite, with every table and no content."""
    from comity.infra import settings
    from comity.node import open_node

    home = tmp_path / "node"
    settings.write(
        home, settings.NodeSettings(name="Sanctions Office of Quamaria", country="QM", kind="sanctions_office")
    )
    opened = open_node(home, clock)
    shutil.copyfile(empty_file, home / "node.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """What the services of lists and register need, over the invented lists of `support.invented`."""
    from support.invented import desk_in

    return desk_in(tmp_path)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real official files beside the repository; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the shared official files are not here")
    return SHARED


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a browser that playwright can drive."""
    found = find_chromium()
    if found is None:
        pytest.fail("no Chromium: run script/test, which installs one, or set COMITY_CHROMIUM")
    return found


def run_folder(config: pytest.Config) -> Path:
    """Return the folder that all processes of this test run share."""
    base: Path = config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
    return base.parent if hasattr(config, "workerinput") else base


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Stop the PostgreSQL server of this run, once every process has finished with it."""
    if not hasattr(session.config, "workerinput") and sys.platform in {"linux", "darwin"}:
        from support.postgres import Postgres

        Postgres.stop_shared(run_folder(session.config))
