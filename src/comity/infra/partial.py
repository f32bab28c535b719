"""A file on its way: what has arrived survives a broken connection and a killed process, and is continued where it stopped.

Beside `NAME.part` stands `NAME.json` with the validators (RFC 9110, section 8.8) of the representation that it is a part of.
Without a validator by which the server can tell that it still has the same bytes, a part is begun again.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

from comity.kit.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import FileIO
    from pathlib import Path


class FetchBusy(Conflict):
    """Another process is fetching the same file."""

    code = "outbound.busy"


class Validators(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a server says about the version of a file, to be given back to it later."""

    etag: str | None = None
    last_modified: str | None = None

    def proof(self) -> str | None:
        """Return the one that proves identity byte for byte, for `If-Range`; a weak tag does not."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.last_modified


class Part:
    """The part of one file that has arrived. Held by one process at a time: see `hold`."""

    def __init__(self, folder: Path, name: str, file: FileIO) -> None:
        self.path = folder / f"{name}.part"
        self._note = folder / f"{name}.json"
        self._file = file

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return self._file.seek(0, os.SEEK_END)

    def validators(self) -> Validators:
        """Return what the server said about the whole."""
        try:
            return msgspec.json.decode(self._note.read_bytes(), type=Validators)
        except (FileNotFoundError, msgspec.DecodeError):
            return Validators()

    def begin(self, validators: Validators) -> None:
        """Throw away what has arrived and begin with another representation."""
        self._file.truncate(0)
        self._note.write_bytes(msgspec.json.encode(validators))

    def append(self, chunk: bytes) -> None:
        """Add what has arrived."""
        self._file.seek(0, os.SEEK_END)
        self._file.write(chunk)

    def drop(self) -> None:
        """Leave nothing behind."""
        self._note.unlink(missing_ok=True)
        self.path.unlink()

    def complete(self) -> Path:
        """Make the part the file: whole, on the disk, under its own name."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._note.unlink(missing_ok=True)
        return self.path.replace(self.path.with_suffix(".file"))


@contextmanager
def hold(folder: Path, name: str) -> Iterator[Part]:
    """Take hold of the part of this name, empty if there is none. Raises `FetchBusy`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.part"
    with path.open("a+b", buffering=0) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise FetchBusy("This file is being fetched already.") from error
        if not _is_at(file, path):  # another process completed it while we opened it
            raise FetchBusy("This file has just been fetched.")
        part = Part(folder, name, file)
        try:
            yield part
        finally:
            if _is_at(file, path) and not part.size:
                part.drop()


def _is_at(file: FileIO, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False
