"""Verifying: everything recomputed from the rows up and compared with what is published, offline, until the first damage.

Each entry's commitment from its salt and event, each tile and bundle from the commitments, the root from all of them, and the
checkpoint's signature. Entries are taken 256 at a time, so memory does not grow with the ledger.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa

from comity.infra.columns import instant_text
from comity.infra.ledger import reading, rows
from comity.infra.ledger.merkle import leaf_hash
from comity.infra.ledger.publication import CHECKPOINT, CheckpointDamaged, published
from comity.infra.ledger.tiles import (
    BUNDLED_BYTES,
    ENTRIES,
    HEIGHT,
    LENGTH,
    WIDTH,
    Builder,
    Place,
    Shelf,
    Tile,
    TileMissing,
)
from comity.kit.json import JsonMalformed, canonical, decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from comity.infra.database import Database
    from comity.infra.ledger.note import VerifierKey
    from comity.infra.ledger.publication import Published
    from comity.infra.ledger.reading import Stored


DATABASE = "database"


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """The whole ledger is what was published."""

    size: int
    """Entries under the checkpoint."""
    root: bytes | None
    note: str
    """The signed checkpoint; empty before the first publication."""
    unpublished: int
    """Sound entries appended since the checkpoint."""
    erased: int
    """Entries whose event was erased by a recorded act."""


class Damaged(msgspec.Struct, frozen=True, kw_only=True):
    """The first thing that is not what was written or published."""

    where: str
    """`entry 17`, a file's path within the folder, or `database` where it contradicts itself."""
    index: int | None
    """The first entry concerned, where that can be told."""
    reason: str


def verify(
    database: Database, folder: Path, key: VerifierKey, progress: Callable[[int, int], None] | None = None
) -> Verified | Damaged:
    """Recompute the whole ledger and compare it with what is published under `key`.

    `progress` is told how many of how many entries are done.
    """
    try:
        present = published(folder, key)
    except CheckpointDamaged as error:
        return Damaged(where=CHECKPOINT, index=None, reason=error.detail)
    try:
        return _Check(database, folder, present).run(progress or (lambda _done, _all: None))
    except (sa.exc.DBAPIError, ValueError):
        return Damaged(where=DATABASE, index=None, reason="The database cannot read the ledger's tables.")


class _Check:
    """One pass over the ledger."""

    def __init__(self, database: Database, folder: Path, present: Published | None) -> None:
        self._database = database
        self._folder = folder
        self._present = present
        self._published = present.checkpoint.size if present else 0
        self._builder = Builder()
        self._erased = 0

    def run(self, progress: Callable[[int, int], None]) -> Verified | Damaged:
        with self._database.transaction(write=False) as connection:
            size = rows.size(connection)
            for start in range(0, size, WIDTH):
                end = min(start + WIDTH, size)
                damaged = self._batch(connection, start, end)
                if damaged:
                    return damaged
                progress(end, size)
            stray = reading.strays(connection, size)
            broken = reading.broken(connection)
        if size < self._published:
            return _entry(size, f"It is missing, although the checkpoint has {self._published} entries.")
        if stray is not None:
            return _entry(stray, "There is an event or an erasure, but no such entry.")
        if broken:
            return Damaged(where=DATABASE, index=None, reason=broken)
        return self._files(self._builder.edge()) or self._root(size)

    def _batch(self, connection: sa.Connection, start: int, end: int) -> Damaged | None:
        try:
            stored = reading.stored(connection, start, end)
        except (sa.exc.DBAPIError, ValueError):
            return self._unreadable(start, end)
        for expected, row in enumerate(stored, start):
            reason = "It is missing." if row.number != expected else self._judge(connection, row)
            if reason:
                return _entry(expected, reason)
        if len(stored) < end - start:
            return _entry(start + len(stored), "It is missing.")
        leaves = [row.leaf for row in stored[: max(0, self._published - start)]]
        return self._files(self._builder.grow(leaves))

    def _unreadable(self, start: int, end: int) -> Damaged:
        """Find the entry at which the database fails, each in a transaction of its own."""
        for index in range(start, end):
            try:
                with self._database.transaction(write=False) as connection:
                    reading.stored(connection, index, index + 1)
            except (sa.exc.DBAPIError, ValueError):
                return _entry(index, "The database cannot read it.")
        return _entry(start, "The database cannot read the entries from here.")

    def _judge(self, connection: sa.Connection, row: Stored) -> str:
        """Say what is wrong with an entry; nothing is the best answer."""
        if not _is_typed(row):
            return "Its columns hold values of other types than theirs."
        if row.event is None or row.salt is None:
            self._erased += 1
            return _judge_erased(connection, row)
        if row.act is not None:
            return "It is recorded as erased, and its event still stands."
        if rows.commitment(row.salt, row.event.encode()) != row.leaf:
            return "Its event, salt and commitment do not agree."
        return _judge_columns(row, row.event)

    def _files(self, tiles: Iterable[Tile]) -> Damaged | None:
        return next(filter(None, (_compare(self._folder, tile) for tile in tiles)), None)

    def _root(self, size: int) -> Verified | Damaged:
        if self._present and self._builder.root() != self._present.checkpoint.root:
            return Damaged(where=CHECKPOINT, index=None, reason="Its root is not the root of the entries.")
        return Verified(
            size=self._published,
            root=self._present and self._present.checkpoint.root,
            note=self._present.note if self._present else "",
            unpublished=size - self._published,
            erased=self._erased,
        )


def _is_typed(row: Stored) -> bool:
    """Say whether each value has its column's type: SQLite asks that of what is written, not of what it finds in its file."""
    texts = (row.kind, row.actor, row.event)
    return (
        isinstance(row.leaf, bytes)
        and len(row.leaf) == rows.LEAF_BYTES
        and isinstance(row.salt, bytes | None)
        and isinstance(row.at, str | datetime | None)
        and all(isinstance(text, str | None) for text in texts)
        and isinstance(row.act, int | None)
    )


def _judge_erased(connection: sa.Connection, row: Stored) -> str:
    if row.act is None:
        return "Its event is missing, and no erasure of it is recorded."
    try:
        act = reading.entry(connection, row.act).event
    except (rows.EntryAbsent, reading.EntryDamaged):
        act = None
    if act is None or act.kind != rows.ERASED or act.facts.get("index") != row.number:
        return f"Its event is missing, and entry {row.act} is no erasure of it."
    return ""


def _judge_columns(row: Stored, text: str) -> str:
    try:
        event = decode(text, rows.Event)
        if canonical(event).decode() != text:
            return "Its event is not in canonical form."
    except JsonMalformed:
        return "It holds no event."
    at = row.at if row.at is None or isinstance(row.at, str) else instant_text(row.at)
    if (at, row.kind, row.actor) != (instant_text(event.at), event.kind, event.actor):
        return "Its columns are not what its event says."
    return ""


def _compare(folder: Path, tile: Tile) -> Damaged | None:
    """Compare a tile, as the rows make it, with every published form of it that the checkpoint covers."""
    for width, path in _forms(folder, tile):
        expected = tile.data[: width * tile.place.item_bytes]
        found = _read(folder / path, len(expected) + 1) or _full_form(folder, tile, width)
        if not found:
            return Damaged(where=path, index=_first_leaf(tile.place, 0), reason="It is missing.")
        if found != expected:
            return _difference(folder, tile, path, found)
    return None


def _forms(folder: Path, tile: Tile) -> Iterator[tuple[int, str]]:
    """Yield the widths and paths of a tile's files: the one that must be there, and narrower ones of earlier checkpoints."""
    yield tile.width, tile.path
    partial = folder / f"{tile.place.path}.p"
    names = sorted(partial.iterdir()) if partial.is_dir() else []
    for width in sorted(int(path.name) for path in names if path.name.isascii() and path.name.isdigit()):
        if 0 < width < tile.width:
            yield width, tile.place.path_at(width)


def _read(file: Path, bytes_max: int) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(bytes_max)
    except (FileNotFoundError, NotADirectoryError):
        return b""


def _full_form(folder: Path, tile: Tile, width: int) -> bytes:
    """Read a partial tile from the full one: a newer publication may have removed the partial form meanwhile."""
    try:
        return Shelf(folder).read(tile.place, width) if width < WIDTH else b""
    except TileMissing:
        return b""


def _difference(folder: Path, tile: Tile, path: str, found: bytes) -> Damaged:
    size = tile.place.item_bytes
    at = next(
        (at for at in range(0, len(found), size) if found[at : at + size] != tile.data[at : at + size]), len(found)
    )
    item = at // size
    index = _first_leaf(tile.place, item)
    if tile.place.level == ENTRIES and _was_rewritten(folder, tile, item, found[at : at + size]):
        return _entry(index, f"It is not the entry that was published in {path}.")
    return Damaged(where=path, index=index, reason="It is not what its entries make.")


def _was_rewritten(folder: Path, bundle: Tile, item: int, found: bytes) -> bool:
    """Say whether the published tile of hashes sides with the published bundle, and so against the row."""
    if len(found) != BUNDLED_BYTES or not found.startswith(LENGTH):
        return False
    try:
        hashes = Shelf(folder).read(Place(0, bundle.place.number), bundle.width)
    except TileMissing:
        return False
    hash_ = leaf_hash(found[len(LENGTH) :])
    return hashes[item * len(hash_) : (item + 1) * len(hash_)] == hash_


def _first_leaf(place: Place, item: int) -> int:
    level = place.level if isinstance(place.level, int) else 0
    return (place.number * WIDTH + item) << HEIGHT * level


def _entry(index: int, reason: str) -> Damaged:
    return Damaged(where=f"entry {index}", index=index, reason=reason)
