"""Arrays and texts in a folder, each in a file of its own, mapped into memory when they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from comity.matching.index import Slices
from comity.matching.keeping import Texts, laid

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray


def put(folder: Path, name: str, value: NDArray[Any]) -> None:
    """Write an array."""
    np.save(folder / f"{name}.npy", value, allow_pickle=False)


def put_slices(folder: Path, name: str, value: Slices) -> None:
    """Write short lists of numbers."""
    put(folder, name, value.values)
    put(folder, f"{name}_starts", value.starts)


def put_texts(folder: Path, name: str, value: Sequence[str]) -> None:
    """Write texts."""
    starts, raw = laid(value)
    put(folder, name, raw)
    put(folder, f"{name}_starts", starts)


def array(folder: Path, name: str) -> NDArray[Any]:
    """Return an array, mapped into memory. Raises `OSError`, `ValueError`."""
    return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False))


def slices(folder: Path, name: str) -> Slices:
    """Return short lists of numbers, mapped into memory."""
    return Slices(array(folder, f"{name}_starts"), array(folder, name))


def texts(folder: Path, name: str) -> Texts:
    """Return texts, mapped into memory."""
    return Texts(array(folder, f"{name}_starts"), array(folder, name))
