"""Many questions over several processes, each in a process of its own: begun anew, or a copy of the one that asks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from comity.matching.bulk import WORTH_FROM

SLOW_S = 0.05
SCRIPT = """
import sys, threading
from comity.matching.bulk import WORTH_FROM, spread
sys.path.insert(0, sys.argv[1])
from test_bulk import slow
if __name__ == "__main__":
    if sys.argv[2] == "anew":
        threading.Thread(target=threading.Event().wait, daemon=True).start()
    for number, process in spread(slow, range(WORTH_FROM), 2, batch=100):
        print(number, process, flush=True)
"""

ways = pytest.mark.parametrize("way", ["anew", "copied"])


def slow() -> object:
    return _slowly


def _slowly(numbers: Sequence[int]) -> list[tuple[int, int]]:
    time.sleep(SLOW_S)
    return [(number, os.getpid()) for number in numbers]


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "asks.py"
    path.write_text(SCRIPT, encoding="utf-8")
    return path


def asks(script: Path, *arguments: str) -> list[str]:
    return [sys.executable, str(script), str(Path(__file__).parent), *arguments]


@ways
def test_answers_come_in_order_from_several_processes(script: Path, way: str) -> None:
    done = subprocess.run(asks(script, way), capture_output=True, text=True, check=True)
    lines = [line.split() for line in done.stdout.splitlines()]
    assert [int(number) for number, _ in lines] == list(range(WORTH_FROM))
    assert len({process for _, process in lines}) == 2
    assert done.stderr == ""


@ways
def test_when_whoever_asks_is_killed_no_process_lives_on(script: Path, way: str) -> None:
    with subprocess.Popen(asks(script, way), stdout=subprocess.PIPE, text=True) as asking:
        assert asking.stdout is not None
        others = (int(line.split()[1]) for line in asking.stdout)
        other = next(process for process in others if process != asking.pid)
        asking.send_signal(signal.SIGKILL)
        asking.stdout.close()
    until = time.monotonic() + 20
    while _lives(other) and time.monotonic() < until:
        time.sleep(SLOW_S)
    assert not _lives(other)


def _lives(process: int) -> bool:
    """Tell whether a process is there and has not ended."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
