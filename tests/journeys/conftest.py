"""The program `comity` in processes of its own, each node in a temporary home, and no publisher that could be reached."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from comity.edge import populating
from support.program import Ended, Program

PROGRAM = Path(sys.executable).with_name("comity")
TIMEOUT_S = 60
NOWHERE = "http://127.0.0.1:9"
"""A proxy at which nobody listens: whoever is asked through it does not answer."""


@dataclass(frozen=True)
class Said:
    """What a command printed."""

    out: str
    err: str

    @property
    def value(self) -> Any:
        """The one JSON value it printed."""
        return json.loads(self.out)

    @property
    def values(self) -> list[Any]:
        """The JSON values it printed, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def problem(self) -> dict[str, Any]:
        """The problem document on standard error."""
        found: dict[str, Any] = json.loads(self.err)
        return found


@dataclass(frozen=True)
class Comity:
    """Runs `comity` on one home."""

    home: Path
    run: Callable[[Sequence[str]], Ended]

    def __call__(self, *arguments: str, code: int = 0) -> Said:
        """Run a command to its end, and demand its exit code."""
        ended = self.run(["--home", str(self.home), *arguments])
        assert ended.code == code, f"{arguments}: {ended.code}\n{ended.out}\n{ended.err}"
        return Said(ended.out, ended.err)

    def json(self, *arguments: str, code: int = 0) -> Said:
        """Run a command as programs do."""
        return self(*arguments, "--json", code=code)

    def init(self) -> None:
        """Create the node of a fictional office."""
        self("init", "--name", "Sanctions Office of Meridia", "--country", "QM", "--kind", "sanctions_office")


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which nobody on the network answers, and the user's folders are empty."""
    proxies = dict.fromkeys(("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"), NOWHERE)
    return {**os.environ, **proxies, "HOME": str(tmp_path_factory.mktemp("user"))}


@pytest.fixture
def comity(tmp_path: Path, environment: dict[str, str]) -> Comity:
    """The installed program, on a home in which there is nothing yet."""

    def run(arguments: Sequence[str]) -> Ended:
        done = subprocess.run(
            [PROGRAM, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=TIMEOUT_S,
            env=environment,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    return Comity(tmp_path / "home", run)


@pytest.fixture(scope="session")
def program(environment: dict[str, str]) -> Iterator[Program]:
    """The program, warm."""
    warm = Program(environment)
    yield warm
    warm.close()


@pytest.fixture
def node(tmp_path: Path, program: Program) -> Comity:
    """The program, warm, on a node that has just been created."""
    created = Comity(tmp_path / "home", program.run)
    created.init()
    return created


@pytest.fixture(scope="session")
def fictional() -> dict[str, Path]:
    """The bundled fictional editions, by list and day."""
    return {file.name.removesuffix(".jsonl"): Path(str(file)) for file in populating.editions()}
