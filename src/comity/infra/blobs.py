"""Files kept by the hash of their content: an edition's raw bytes, evidence, whatever must be shown again exactly as it came.

A blob's name is the SHA-256 of its plain bytes: `ab/cd/abcd….gz` in the node's folder. Official lists shrink four- to tenfold, so
the file itself is gzip, which every operator can check: `zcat FILE | sha256sum` must give the name back. A file appears whole,
by rename, or not at all.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import re
import tempfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

import msgspec

from comity.kit.errors import Corrupt, Limited, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from typing_extensions import Buffer

CHUNK_BYTES = 262_144
"""How much is read at a time; memory stays in proportion to this, never to the file."""

LEVEL = 3
"""gzip's effort: on official lists 3 takes less than half the time of 6, for files a tenth to a quarter larger."""

INCOMING = "incoming"
"""Where files are while they arrive; a process that was killed may leave one behind."""


class BlobAbsent(NotFound):
    """There is no file with this hash here."""

    code = "blob.absent"


class BlobTooLarge(Limited):
    """A file is larger than its purpose allows."""

    code = "blob.too_large"


class BlobCorrupt(Corrupt):
    """A kept file no longer has the content that its name promises."""

    code = "blob.corrupt"


class Blob(msgspec.Struct, frozen=True, kw_only=True):
    """A kept file."""

    sha256: str
    """Of the plain bytes, in lower-case hexadecimal."""
    bytes: int
    """The number of plain bytes."""


class Blobs:
    """A folder of files by hash. Several processes may share it; none needs a lock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, stream: BinaryIO, limit_bytes: int) -> Blob:
        """Keep a stream's content and return its name; keeping the same content again changes nothing.

        If the stream fails, or is longer than `limit_bytes` (`BlobTooLarge`), nothing is kept.
        """
        incoming = self.folder / INCOMING
        incoming.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=incoming)
        try:
            with os.fdopen(handle, "wb") as file:
                blob = _write(stream, file, limit_bytes)
                os.fsync(file.fileno())
            path = self._path(blob.sha256)
            path.parent.mkdir(parents=True, exist_ok=True)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _settle(path.parent)
        return blob

    def open(self, sha256: str) -> BinaryIO:
        """Open a kept file's plain bytes, to be read from begin to end; the end is reached only if the hash is right.

        Raises `BlobAbsent` at once, and `BlobCorrupt` while reading.
        """
        if not re.fullmatch("[0-9a-f]{64}", sha256):
            raise BlobAbsent("That is not the name of a file.", name=sha256)
        try:
            file = self._path(sha256).open("rb")
        except FileNotFoundError as error:
            raise BlobAbsent("This file is not kept here.", sha256=sha256) from error
        return cast("BinaryIO", io.BufferedReader(_Checked(file, sha256), CHUNK_BYTES))

    def verify(self, sha256: str) -> Blob:
        """Read a kept file through. Raises `BlobAbsent`, or `BlobCorrupt` when its content is not what its name says."""
        length = 0
        with self.open(sha256) as stream:
            while chunk := stream.read(CHUNK_BYTES):
                length += len(chunk)
        return Blob(sha256=sha256, bytes=length)

    def names(self) -> Iterator[str]:
        """Yield the hash of every kept file, in order."""
        for path in sorted(self.folder.glob("??/??/*.gz")):
            yield path.name.removesuffix(".gz")

    def tidy(self, before: datetime) -> int:
        """Remove what processes killed before an instant left half-written, and return how many files that were."""
        left = [path for path in self.folder.glob(f"{INCOMING}/*") if path.stat().st_mtime < before.timestamp()]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def _path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256[2:4] / f"{sha256}.gz"


class _Checked(io.RawIOBase):
    """Plain bytes of a gzip file, hashed on the way; the end of a file with other content raises instead of ending."""

    def __init__(self, file: BinaryIO, sha256: str) -> None:
        super().__init__()
        self._file = file
        self._plain = gzip.GzipFile(fileobj=file, mode="rb")
        self._sha256 = sha256
        self._digest = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        view = memoryview(buffer).cast("B")
        try:
            count = self._plain.readinto(view)
        except (OSError, EOFError, zlib.error) as error:
            raise BlobCorrupt("A kept file cannot be read.", sha256=self._sha256, error=str(error)) from error
        self._digest.update(view[:count])
        if count == 0 and len(view) and self._digest.hexdigest() != self._sha256:
            raise BlobCorrupt("A kept file has other content than its name says.", sha256=self._sha256)
        return count

    def close(self) -> None:
        self._plain.close()
        self._file.close()
        super().close()


def _write(stream: BinaryIO, file: BinaryIO, limit_bytes: int) -> Blob:
    digest = hashlib.sha256()
    length = 0
    with gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=LEVEL, mtime=0) as packed:
        while chunk := stream.read(CHUNK_BYTES):
            length += len(chunk)
            if length > limit_bytes:
                raise BlobTooLarge(f"The file is larger than {limit_bytes} bytes.")
            digest.update(chunk)
            packed.write(chunk)
    return Blob(sha256=digest.hexdigest(), bytes=length)


def _settle(folder: Path) -> None:
    # A rename is safe from a power cut only once the folder itself is on the disk.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
