"""The compiled path, an optional extra: the same answers, several times quicker.

Each module mirrors one of `comity.matching` over plain arrays. numba compiles the functions when they are first called, which takes
a minute, and keeps the result for the next process.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from comity.matching.keeping import layout

if TYPE_CHECKING:
    from pathlib import Path

    from comity.matching.engine import Engine


def is_installed() -> bool:
    """Return whether there is something to compile with."""
    return find_spec("numba") is not None


def speed_up(engine: Engine, folder: Path) -> bool:
    """Let an engine take the compiled path, and return whether it does.

    It does not where the engine may not, where nothing is installed to compile with, and where nothing could be kept: to compile
    anew in each process would take longer than it saves.
    """
    if not engine.may_hurry or not is_installed() or not can_keep(folder):
        return False
    from numba import config  # noqa: PLC0415 - it takes half a second to load

    setattr(config, "CACHE_DIR", str(place(folder)))  # noqa: B010 - numba makes the names of its settings when it is loaded
    from comity.matching.compiled.kernel import Kernel  # noqa: PLC0415

    engine.quick = Kernel(engine.finder, engine.score)
    return True


def is_kept(folder: Path) -> bool:
    """Return whether a process has compiled this version before, so that it need only be loaded."""
    return is_installed() and any(place(folder).rglob("*.nbc"))


def can_keep(folder: Path) -> bool:
    """Return whether compiled code can be kept for other processes."""
    try:
        place(folder).mkdir(parents=True, exist_ok=True)
        (place(folder) / "written").touch()
    except OSError:
        return False
    return True


def place(folder: Path) -> Path:
    """Return where in a folder compiled code is kept: apart for each version of code and tables, whatever the dates of files."""
    return folder / layout()[:16]
