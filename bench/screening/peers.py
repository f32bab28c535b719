"""Peers: an environment of their own, a process for each, the same list and the same questions as JSON lines."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from screening.measure import Run, read_run

WHEELS = ("numpy", "scipy", "rapidfuzz", "sparse_dot_topn", "tantivy", "anyascii", "scikit-learn")
COMPILED = ("nomenklatura", "rapidfuzz")
"""Needs a C++ compiler and ICU's headers (libicu-dev, pkg-config, g++)."""
PEERS = {
    "token_sort": ("rapidfuzz token_sort, every name", "wheels", 1),
    "wratio": ("rapidfuzz WRatio, every name", "wheels", 16),
    "3grams": ("sparse_dot_topn, 3-grams", "wheels", 1),
    "tantivy": ("tantivy and token_sort", "wheels", 1),
    "logic-v2": ("nomenklatura blocker and logic-v2", "compiled", 2),
    "logic-v1": ("nomenklatura blocker and logic-v1", "compiled", 2),
    "ofac": ("nomenklatura blocker and ofac", "compiled", 1),
}
"""Short name: the engine, its environment, and that only every so many names are asked of the slow ones."""


def prepare(folder: Path, uv: str, which: str) -> Path:
    """Return the interpreter of an environment, made with uv where it is not there yet."""
    place = folder / which
    python = place / "bin/python"
    if not python.exists():
        subprocess.run([uv, "venv", "--quiet", str(place)], check=True)
        packages = WHEELS if which == "wheels" else COMPILED
        install = [uv, "pip", "install", "--quiet", "--python", str(python.absolute()), *packages]
        subprocess.run(install, check=True, cwd=folder)  # elsewhere: our own settings leave ICU out
    return python


LINEAR = frozenset({"token_sort", "wratio", "3grams"})
"""Peers whose time grows with the list: of a longer one they are asked less."""
USUAL = 70_000


def run(peer: str, given: Path, environments: Path, uv: str, growth: int = 0) -> Run:
    """Ask one peer what `given` holds (list.jsonl, questions.jsonl, pairs.jsonl)."""
    engine, which, sample = PEERS[peer]
    sample *= max(growth // USUAL, 1) if peer in LINEAR else 1
    python = prepare(environments, uv, which)
    out = given / f"{peer}.json"
    program = Path(__file__).with_name("peer_programs.py")
    single = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    command = ["nice", "-n", "10", str(python), str(program), engine, str(given), str(out), str(sample)]
    subprocess.run(command, check=True, env={**os.environ, **single})
    return read_run(out)
