"""A load that is killed at any moment leaves the register as it was, or has done all of it."""

from __future__ import annotations

import itertools
import os
import random
import shutil
import signal
import time
from pathlib import Path

import pytest

from support.program import Program

from .conftest import Comity

KILLS = 20
SOURCE = "un_consolidated"


@pytest.mark.data
def test_a_load_that_is_killed_at_any_moment_shows_nothing_or_everything(
    program: Program, tmp_path: Path, shared: Path
) -> None:
    empty = Comity(tmp_path / "empty", program.run)
    empty.init()
    file = shared / "sanctions" / "un" / "un_consolidated_2025-04-19.xml.gz"
    whole, whole_s = _whole(copy(empty, tmp_path / "whole"), file)

    chance, killed = random.Random(20), 0
    node = copy(empty, tmp_path / "node")
    for attempt in itertools.count():
        if killed == KILLS:
            break
        begun = program.begin(["--home", str(node.home), "lists", "update", SOURCE, "--file", str(file)])
        time.sleep(chance.uniform(0, whole_s))
        os.kill(begun.pid, signal.SIGKILL)
        code = begun.end().code
        assert code in {0, -signal.SIGKILL}
        killed += code == -signal.SIGKILL
        if _stands(node, whole):
            node = copy(empty, tmp_path / f"node {attempt}")
    node("lists", "update", SOURCE, "--file", str(file))
    assert _stands(node, whole)
    findings = node.json(
        "doctor", code=70
    ).value  # an edition of 2025 is older than is usual, and nothing else is wrong
    assert {one["what"] for one in findings if not one["is_well"]} == {"lists"}


def copy(node: Comity, home: Path) -> Comity:
    shutil.copytree(node.home, home)
    return Comity(home, node.run)


def _whole(node: Comity, file: Path) -> tuple[int, float]:
    """Load the file in peace; return how many entities are found after it, and how long it took."""
    began = time.monotonic()
    node("lists", "update", SOURCE, "--file", str(file))
    took_s = time.monotonic() - began
    (edition,) = node.json("lists", "editions", SOURCE).value
    total: int = _found(node)
    assert total >= edition["counts"]["designations"] > 800
    return total, took_s


def _stands(node: Comity, whole: int) -> bool:
    """Demand a sound ledger and either no edition or a whole one; return which."""
    node("ledger", "verify")
    state = next(one for one in node.json("lists", "status").value if one["source"] == SOURCE)
    assert state["quarantined"] == []
    assert _found(node) == (whole if state["in_force"] else 0)
    return state["in_force"] is not None


def _found(node: Comity) -> int:
    found: int = node.json("search", "--source", SOURCE, "--limit", "1").value["total"]
    return found
