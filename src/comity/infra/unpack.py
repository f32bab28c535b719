"""Opening what publishers pack: gzip and zip, known by their first bytes, within bounds, as streams.

Nothing is unpacked to a path that a file names, and nothing grows beyond `kit.limits`: a bomb is refused after its first megabytes.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, cast

import msgspec

from comity.kit.errors import Invalid
from comity.kit.limits import EDITION_BYTES_MAX, UNPACK_FREE_BYTES, UNPACK_RATIO_MAX

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from typing_extensions import Buffer

CHUNK_BYTES = 65_536
"""How much is read, and how much is made of it, at a time."""

MEMBERS_MAX = 100
"""Files in one zip; official ones hold up to a dozen."""

GZIP = b"\x1f\x8b"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
GZIP_WINDOW = zlib.MAX_WBITS | 16
ENCRYPTED = 0x1
CONTENT_TYPES = "[Content_Types].xml"
"""Every spreadsheet and document of ECMA-376 holds this member; it is a file, not an archive of files."""


class UnpackRefused(Invalid):
    """A packed file is cut short, damaged, encrypted, or grows beyond the limits."""

    code = "unpack.refused"


class Member(msgspec.Struct, frozen=True):
    """One file that came out."""

    name: str
    """Its own name, without folders and without `.gz`."""
    stream: BinaryIO
    """Its plain bytes, to be read before the next member is asked for."""


def unpack(stream: BinaryIO, name: str) -> Iterator[Member]:
    """Yield the files in a gzip or zip file, or the file itself if it is neither; an archive in an archive stays closed.

    Raises `UnpackRefused`, also while a member's stream is read.
    """
    with _seekable(stream) as packed:
        size = packed.seek(0, io.SEEK_END)
        packed.seek(0)
        magic = packed.read(4)
        packed.seek(0)
        if magic in ZIP and not _is_document(packed):
            yield from _unzip(packed)
        elif magic.startswith(GZIP):
            yield Member(_own_name(name).removesuffix(".gz"), _stream(_Gunzip(packed).read))
        else:
            _judge(size, size)
            yield Member(_own_name(name), packed)


class _Gunzip:
    """Plain bytes of a gzip file of one or more members, counted as they come."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._rest = b""
        self._inflater = zlib.decompressobj(GZIP_WINDOW)
        self._bytes_in = self._bytes_out = 0

    def read(self, size: int) -> bytes:
        """Return up to `size` plain bytes; none at the end."""
        while True:
            packed = self._rest or self._next()
            if self._inflater.eof:
                if not packed:
                    return b""
                packed = packed.lstrip(b"\0")  # tapes and some servers pad with zeros
                self._inflater = zlib.decompressobj(GZIP_WINDOW) if packed else self._inflater
            elif not packed:
                raise UnpackRefused("The gzip file is cut short.")
            plain = self._inflate(packed, size)
            if plain:
                return plain

    def _next(self) -> bytes:
        packed = self._packed.read(CHUNK_BYTES)
        self._bytes_in += len(packed)
        return packed

    def _inflate(self, packed: bytes, size: int) -> bytes:
        if not packed:
            self._rest = b""
            return b""
        try:
            plain = self._inflater.decompress(packed, min(size, CHUNK_BYTES))
        except zlib.error as error:
            raise UnpackRefused("The gzip file is damaged.", error=str(error)) from error
        self._rest = self._inflater.unconsumed_tail or self._inflater.unused_data
        self._bytes_out += len(plain)
        _judge(self._bytes_out, self._bytes_in)
        return plain


def _is_document(packed: BinaryIO) -> bool:
    """Whether a zip file is itself a document, such as a spreadsheet (ECMA-376), and so the file that was published."""
    try:
        with zipfile.ZipFile(packed) as archive:
            return CONTENT_TYPES in archive.namelist()
    except zipfile.BadZipFile:
        return False
    finally:
        packed.seek(0)


def _unzip(packed: BinaryIO) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(packed)
    except (zipfile.BadZipFile, ValueError) as error:
        raise UnpackRefused("The zip file is cut short or damaged.", error=str(error)) from error
    with archive:
        members = [
            info for info in archive.infolist() if not info.is_dir() and not info.filename.startswith("__MACOSX/")
        ]
        if not 0 < len(members) <= MEMBERS_MAX:
            raise UnpackRefused(f"The zip file holds {len(members)} files; expected are 1 to {MEMBERS_MAX}.")
        # What a member declares is also all that zipfile will ever read of it, so it can be judged beforehand.
        _judge(sum(info.file_size for info in members), sum(info.compress_size for info in members))
        for info in members:
            yield Member(_own_name(info.filename), _stream(_member(archive, info)))


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[int], bytes]:
    if info.flag_bits & ENCRYPTED:
        raise UnpackRefused("The zip file is encrypted.")
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise UnpackRefused("The zip file is packed by a method other than deflate.")
    try:
        file = archive.open(info)
    except zipfile.BadZipFile as error:
        raise UnpackRefused("The zip file is damaged.", error=str(error)) from error

    def read(size: int) -> bytes:
        try:
            return file.read(min(size, CHUNK_BYTES))
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise UnpackRefused("The zip file is damaged.", error=str(error)) from error

    return read


def _judge(plain_bytes: int, packed_bytes: int) -> None:
    if plain_bytes > EDITION_BYTES_MAX:
        raise UnpackRefused(f"Unpacked, the file is larger than {EDITION_BYTES_MAX} bytes.")
    if plain_bytes > max(UNPACK_FREE_BYTES, UNPACK_RATIO_MAX * packed_bytes):
        raise UnpackRefused(f"The file grows more than {UNPACK_RATIO_MAX}-fold when it is unpacked.")


@contextmanager
def _seekable(stream: BinaryIO) -> Iterator[BinaryIO]:
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as spool:
        while chunk := stream.read(CHUNK_BYTES):
            spool.write(chunk)
            _judge(spool.tell(), spool.tell())
        yield cast("BinaryIO", spool)


def _own_name(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2]


class _Plain(io.RawIOBase):
    def __init__(self, read: Callable[[int], bytes]) -> None:
        super().__init__()
        self._read = read

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        view = memoryview(buffer).cast("B")
        chunk = self._read(len(view))
        view[: len(chunk)] = chunk
        return len(chunk)


def _stream(read: Callable[[int], bytes]) -> BinaryIO:
    return cast("BinaryIO", io.BufferedReader(_Plain(read), CHUNK_BYTES))
