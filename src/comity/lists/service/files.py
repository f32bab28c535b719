"""From received bytes to recognised sets of files: kept by hash, told apart by content, and read once before any decision."""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from comity.infra.unpack import unpack
from comity.kit.errors import Failure
from comity.kit.limits import EDITION_BYTES_MAX
from comity.lists import store
from comity.lists.model import File, Format, Head, NotThisList, PartMissing, Source, Standing, fingerprint
from comity.lists.model.failures import EditionEmpty, EditionUnreadable

if TYPE_CHECKING:
    from comity.infra.blobs import Blobs
    from comity.lists.model import Opened
    from comity.lists.service.desk import Desk

HEAD_BYTES = 4096
"""How much of a file a source may look at to recognise it."""


class Received(msgspec.Struct, frozen=True):
    """One file as it arrived: from a publisher, from a folder, from a form."""

    name: str
    stream: BinaryIO


class Staged(msgspec.Struct, frozen=True, kw_only=True):
    """A set of files that makes one edition, kept but not yet read."""

    list_id: str
    format: str
    files: dict[str, str]
    """SHA-256 by the format's name of the file."""
    names: dict[str, str]
    """The names under which they arrived."""

    @property
    def sha256(self) -> str:
        """The fingerprint of the set."""
        return fingerprint(self.files)


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """A set of files, read to its end."""

    staged: Staged
    head: Head
    said: dict[str, int]
    """How many statements it makes, by each of the parts of which it speaks."""
    records: dict[str, bytes]
    """The digest of each record, by reference."""
    bodies: dict[bytes, bytes]
    """Each record's packed body, by digest."""
    oddities: dict[str, int]
    """How often each unknown value stands in it."""

    @property
    def statements(self) -> int:
        """How many statements it makes in all."""
        return sum(self.said.values())

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of which it speaks."""
        return tuple(sorted(self.said))


class Kept:
    """A file in the blob store, as sources open it."""

    def __init__(self, blobs: Blobs, sha256: str, name: str) -> None:
        self.name = name
        self._blobs, self._sha256 = blobs, sha256

    def stream(self) -> BinaryIO:
        """Open it from the beginning."""
        return self._blobs.open(self._sha256)

    def head(self, count: int) -> bytes:
        """Return its first bytes."""
        with self.stream() as stream:
            return stream.read(count)


def stage(desk: Desk, list_id: str, received: Iterable[Received]) -> list[Staged]:
    """Keep the files and sort them into editions, in the order in which they came.

    Files of one set belong together; a second file for a place that is taken begins another edition. Raises `NotThisList`,
    `EditionEmpty`, `PartMissing`, `UnpackRefused`.
    """
    source = desk.source(list_id)
    sets: list[tuple[Format, dict[str, str], dict[str, str]]] = []
    for one in received:
        for member in unpack(one.stream, one.name):
            blob = desk.blobs.put(member.stream, EDITION_BYTES_MAX)
            format_, place = _recognise(source, Kept(desk.blobs, blob.sha256, member.name))
            if not sets or sets[-1][0] is not format_ or place in sets[-1][1]:
                sets.append((format_, {}, {}))
            sets[-1][1][place] = blob.sha256
            sets[-1][2][place] = member.name
    return [_staged(list_id, *one) for one in sets]


def read(desk: Desk, staged: Staged) -> Read:
    """Read a set of files strictly and to the end, outside any transaction. Raises `EditionUnreadable` and its kinds."""
    with _whatever_it_stumbles_over(staged):
        return _read(desk, staged)


def head(desk: Desk, staged: Staged) -> Head:
    """Return what a set of files says of itself, without reading its records. Raises `EditionUnreadable` and its kinds."""
    with _whatever_it_stumbles_over(staged):
        return _head(desk.source(staged.list_id).format(staged.format), staged, _opened(desk, staged))


@contextmanager
def _whatever_it_stumbles_over(staged: Staged) -> Iterator[None]:
    """Refuse the file for whatever its reader stumbles over: a reader may come from anybody."""
    try:
        yield
    except Failure:
        raise
    except Exception as error:
        names = ", ".join(sorted(staged.names.values() or staged.files))
        raise EditionUnreadable(f"its reader stumbles ({type(error).__name__})", file=names) from error


def _opened(desk: Desk, staged: Staged) -> dict[str, Opened]:
    return {place: Kept(desk.blobs, sha256, staged.names.get(place, place)) for place, sha256 in staged.files.items()}


def _head(format_: Format, staged: Staged, opened: Mapping[str, Opened]) -> Head:
    first = opened[format_.files[0].name]
    head, dataset = format_.head(first), staged.list_id.partition(":")[2]
    if head.dataset and head.dataset != dataset:
        raise NotThisList(f"the file is an edition of {head.dataset}, and not of {dataset}", file=first.name)
    return head


def _read(desk: Desk, staged: Staged) -> Read:
    format_ = desk.source(staged.list_id).format(staged.format)
    opened = _opened(desk, staged)
    first = format_.files[0]
    head = _head(format_, staged, opened)
    records: dict[str, bytes] = {}
    bodies: dict[bytes, bytes] = {}
    oddities: Counter[str] = Counter()
    said: Counter[str] = Counter()
    for listed in format_.read(opened):
        if listed.reference in records:
            raise EditionUnreadable("the reference stands twice", file=opened[first.name].name, record=listed.reference)
        oddities.update(f"{odd.field} {odd.value!r}" for odd in listed.oddities)
        body = store.pack(listed)
        digest = hashlib.sha256(body).digest()[:16]
        records[listed.reference] = digest
        bodies[digest] = store.squeeze(body)
        said.update(claim.part for one in (listed, *listed.linked) for claim in one.claims)
    if not records:
        raise EditionEmpty("the file holds no record", file=opened[first.name].name)
    return Read(
        staged=staged,
        head=head,
        said={part: said[part] for file in format_.files if file.name in staged.files for part in file.parts},
        records=records,
        bodies=bodies,
        oddities=dict(oddities),
    )


def reread(desk: Desk, list_id: str, format_: str, files: Mapping[str, str]) -> Read:
    """Read the files of an edition again from where they are kept."""
    return read(desk, Staged(list_id=list_id, format=format_, files=dict(files), names={}))


def _recognise(source: Source, file: Kept) -> tuple[Format, str]:
    head = file.head(HEAD_BYTES)
    if not head.strip(b"\r\n\t \x1a\x00"):
        raise EditionEmpty("the file is empty", file=file.name)
    for format_ in source.formats:
        if place := _place(format_, file, head):
            if format_.standing is Standing.OFFICIAL or format_.standing is Standing.TRANSCRIBED:
                return format_, place.name
            raise NotThisList(
                f"this form of {source.title} is not a complete publication of its publisher", file=file.name
            )
    kind = "a web page" if head.lstrip().lower().startswith((b"<!doctype html", b"<html")) else "not in any known form"
    raise NotThisList(f"the file is {kind}, and no edition of {source.title}", file=file.name)


def _place(format_: Format, file: Kept, head: bytes) -> File | None:
    """Return which file of a format this is; what a recogniser stumbles over is none that it knows."""
    try:
        return format_.recognise(file.name, head)
    except Exception:  # noqa: BLE001 - it may come from anybody
        return None


def _staged(list_id: str, format_: Format, files: dict[str, str], names: dict[str, str]) -> Staged:
    first = format_.files[0].name
    if first not in files:
        given = ", ".join(sorted(names.values()))
        raise PartMissing(f"{first}, which says who is on the list, is not among the files given", file=given)
    return Staged(list_id=list_id, format=format_.id, files=files, names=names)


def received_bytes(name: str, raw: bytes) -> Received:
    """Return a file that is held in memory as if it had just arrived."""
    return Received(name, io.BytesIO(raw))


def day_of(at: datetime) -> str:
    """Return an instant's day in UTC, as lists are dated."""
    return at.date().isoformat()
