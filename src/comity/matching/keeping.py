"""An index on disk: arrays that are mapped into memory, so that starting takes no time and processes share them.

A folder is written whole beside its place and renamed into it; whoever has it open keeps what they opened.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, overload

import msgspec
import numpy as np

from comity.kit.errors import Corrupt
from comity.matching.index import Index, Slices

if TYPE_CHECKING:
    from numpy.typing import NDArray

HEAD: Final = "index.json"
SLICES: Final = (
    "postings", "rows", "bearers", "readings", "folds", "skeletons", "pivots", "nicknames", "spelt_tokens", "spelt_bearers",
)  # fmt: skip
TEXTS: Final = ("ids", "tokens", "said", "wholes", "latins", "spelt_wholes", "spelt_latins")
ARRAYS: Final = (
    "scripts", "idf", "keys", "keyed", "shelves", "concepts", "known_in", "row_kinds", "row_forms", "row_native", "letters",
    "lettered", "spelt_rows", "spelt_native",
)  # fmt: skip


@cache
def layout() -> str:
    """Return what an index depends on beside the names: the digest (SHA-256) of this package's code and tables.

    Not a number that somebody must remember to raise: an index of yesterday's spelling would be asked with today's, and miss names.
    """
    made = sha256()
    for file in sorted(_files(files(__package__), ""), key=lambda pair: pair[0]):
        made.update(file[0].encode() + sha256(file[1].read_bytes()).digest())
    return made.hexdigest()


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for one in folder.iterdir():
        if one.is_dir():
            yield from _files(one, f"{path}{one.name}/") if one.name != "__pycache__" else ()
        else:
            yield f"{path}{one.name}", one


class IndexUnreadable(Corrupt):
    """An index on disk is of another layout, or not whole; it is built anew from the register."""

    code = "matching.index_unreadable"


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an index says of itself."""

    layout: str
    digest: str
    """SHA-256 of its arrays, in the order of their names."""


class Texts(Sequence[str]):
    """Many short texts, laid end to end in one file."""

    def __init__(self, starts: NDArray[np.int64], raw: NDArray[np.uint8]) -> None:
        self._starts, self._raw = starts, raw.data
        self.laid = starts, raw
        """Where each begins, and their UTF-8 bytes."""

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._starts) - 1

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        """Return one of them, or some."""
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        if at < 0:
            at += len(self)
        return str(self._raw[self._starts[at] : self._starts[at + 1]], "utf-8")

    def __iter__(self) -> Iterator[str]:
        """Yield all, several times quicker than one by one."""
        raw, starts = bytes(self._raw), self._starts.tolist()
        if raw.isascii():
            text = raw.decode("ascii")
            return (text[since:until] for since, until in pairwise(starts))
        return (raw[since:until].decode() for since, until in pairwise(starts))


def keep(index: Index, folder: Path) -> str:
    """Write an index into a folder of its own, replacing what stands there, and return its digest."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".index-"))
    try:
        held = arrays(index)
        for name, array in held.items():
            np.save(beside / f"{name}.npy", array, allow_pickle=False)
        head = Head(layout=layout(), digest=_digest(held))
        (beside / HEAD).write_bytes(msgspec.json.encode(head))
        old = Path(f"{beside}.old")
        if folder.exists():
            folder.rename(old)
        beside.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return head.digest


def head(folder: Path) -> Head | None:
    """Return what an index says of itself; None where there is none of this layout."""
    try:
        found = msgspec.json.decode((folder / HEAD).read_bytes(), type=Head)
    except (FileNotFoundError, UnicodeDecodeError, msgspec.DecodeError):
        return None
    return found if found.layout == layout() else None


def opened(folder: Path) -> Index:
    """Open an index, mapped into memory. Raises `IndexUnreadable`."""
    if head(folder) is None:
        raise IndexUnreadable("There is no index of this layout here.", folder=os.fspath(folder))
    try:
        arrays: dict[str, Any] = {  # plain arrays over the mapped files: `memmap` makes every slice slower
            path.stem: np.asarray(np.load(path, mmap_mode="r", allow_pickle=False)) for path in folder.glob("*.npy")
        }
        parts: dict[str, Any] = {name: arrays[name] for name in ARRAYS}
        for name in SLICES:
            parts[name] = Slices(arrays[f"{name}_starts"], arrays[name])
        for name in TEXTS:
            parts[name] = Texts(arrays[f"{name}_starts"], arrays[name])
        parts["tokens"] = tuple(parts["tokens"])  # asked for all the time
    except (OSError, ValueError, KeyError) as error:
        raise IndexUnreadable("The index is not whole.", folder=os.fspath(folder), error=str(error)) from error
    return Index(**parts)


def verified(folder: Path) -> Index:
    """Open an index, and read all of it: its arrays are those that were written. Raises `IndexUnreadable`.

    Whoever asks need not wait for that; an index that is made from this one would inherit its damage.
    """
    index, said = opened(folder), head(folder)
    if said is None or _digest(arrays(index)) != said.digest:
        raise IndexUnreadable("The index is not whole.", folder=os.fspath(folder))
    return index


def arrays(index: Index) -> dict[str, NDArray[Any]]:
    """Return everything that an index holds, as arrays by name."""
    found: dict[str, NDArray[Any]] = {name: getattr(index, name) for name in ARRAYS}
    for name in SLICES:
        slices: Slices = getattr(index, name)
        found[name], found[f"{name}_starts"] = slices.values, slices.starts
    for name in TEXTS:
        found[f"{name}_starts"], found[name] = laid(getattr(index, name))
    return found


def laid(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """Return texts laid end to end: where each begins, and their UTF-8 bytes."""
    if isinstance(texts, Texts):
        return texts.laid
    encoded = [text.encode() for text in texts]
    starts = np.zeros(len(encoded) + 1, dtype=np.int64)
    np.cumsum([len(one) for one in encoded], out=starts[1:])
    return starts, np.frombuffer(b"".join(encoded), dtype=np.uint8)


def _digest(held: Mapping[str, NDArray[Any]]) -> str:
    made = sha256()
    for name, array in sorted(held.items()):
        made.update(name.encode())
        made.update(np.ascontiguousarray(array).data)
    return made.hexdigest()
