"""The compiled path, an optional extra: the same answers, several times quicker.

Each module mirrors one of `comity.matching` over plain arrays, for names in Latin letters; others go the plain way. numba compiles
the functions when they are first called, which takes a minute, and keeps the result for the next process.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from comity.matching.keeping import layout

if TYPE_CHECKING:
    from comity.matching.compiled.kernel import Kernel
    from comity.matching.finding import Finder
    from comity.matching.scoring import Score


def is_installed() -> bool:
    """Return whether there is something to compile with."""
    return find_spec("numba") is not None


def loaded(finder: Finder, score: Score) -> Kernel | None:
    """Return the compiled path for an index and a score; None where it is not installed, or can keep nothing that it compiles."""
    if not is_installed():
        return None
    from numba import config  # noqa: PLC0415 - it takes half a second to load

    setattr(config, "CACHE_DIR", str(folder()))  # noqa: B010 - numba makes the names of its settings when it is loaded
    try:
        from comity.matching.compiled.kernel import Kernel  # noqa: PLC0415
    except RuntimeError:  # numba may write nowhere: compiling anew in each process would take longer than it saves
        return None
    return Kernel(finder, score)


def folder() -> Path:
    """Return where compiled code is kept: apart for each version of the code and tables, whatever the dates of their files are."""
    root = os.environ.get("NUMBA_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(root) / "comity" / layout()[:16]
