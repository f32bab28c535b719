"""The program `comity` without the wait for its imports: one warm process that forks a fresh one for every command.

What a command does happens in a process of its own all the same, which reads nothing but its arguments and its home, and can be
killed at any moment.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from comity.edge.cli import main

TESTS = Path(__file__).resolve().parents[1]
PRELOADED = (
    "comity.accounts.commands",
    "comity.edge.operating",
    "comity.lists.commands",
    "comity.node",
    "comity.register.commands",
)


class Ended(NamedTuple):
    """How a command ended; the code is negative where a signal ended it."""

    code: int
    out: str
    err: str


class Program:
    """Runs commands, each in a process forked from one that has imported everything."""

    def __init__(self, environment: dict[str, str]) -> None:
        paths = os.pathsep.join([str(TESTS), environment.get("PYTHONPATH", "")])
        self._warm = subprocess.Popen(
            [sys.executable, "-m", "support.program"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment | {"PYTHONPATH": paths},
        )
        assert self._line() == "ready"

    def run(self, arguments: Sequence[str]) -> Ended:
        """Run a command to its end."""
        return self.begin(arguments).end()

    def begin(self, arguments: Sequence[str]) -> Running:
        """Begin a command. Only one runs at a time."""
        with tempfile.NamedTemporaryFile(delete=False) as out, tempfile.NamedTemporaryFile(delete=False) as err:
            files = (Path(out.name), Path(err.name))
        self._send({"arguments": list(arguments), "out": str(files[0]), "err": str(files[1])})
        return Running(self, int(self._line()), files)

    def close(self) -> None:
        """End the warm process."""
        self._warm.communicate()

    def _send(self, order: dict[str, object]) -> None:
        assert self._warm.stdin is not None
        self._warm.stdin.write(json.dumps(order) + "\n")
        self._warm.stdin.flush()

    def _line(self) -> str:
        assert self._warm.stdout is not None
        return self._warm.stdout.readline().strip()


class Running:
    """A command that has begun."""

    def __init__(self, program: Program, pid: int, files: tuple[Path, Path]) -> None:
        self.pid = pid
        self._program, self._files = program, files

    def end(self) -> Ended:
        """Wait until it has ended."""
        self._program._send({})
        code = int(self._program._line())
        out, err = (file.read_text(encoding="utf-8") for file in self._files)
        for file in self._files:
            file.unlink()
        return Ended(code, out, err)


def _serve() -> None:
    for name in PRELOADED:
        importlib.import_module(name)
    sources = importlib.import_module("comity.catalogue.sources")
    for module in pkgutil.iter_modules(sources.__path__, f"{sources.__name__}."):
        importlib.import_module(module.name)
    _tell("ready")
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _become(order["arguments"], order["out"], order["err"])
        _tell(pid)
        sys.stdin.readline()  # until then whoever ended keeps its number, and nobody else can be killed by mistake
        _tell(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))


def _tell(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def _become(arguments: list[str], out: str, err: str) -> None:
    """Turn this process into one that runs a command."""
    for descriptor, path, flags in ((0, os.devnull, os.O_RDONLY), (1, out, os.O_WRONLY), (2, err, os.O_WRONLY)):
        os.dup2(os.open(path, flags), descriptor)
    code: object = 70
    try:
        main(arguments)
    except SystemExit as end:
        code = end.code
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 1)


if __name__ == "__main__":
    _serve()
