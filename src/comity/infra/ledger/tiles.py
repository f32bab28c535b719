"""The tree as static files: tiles of 256 hashes and bundles of 256 entries (https://c2sp.org/tlog-tiles).

A `Builder` turns leaves into tiles, one pass, at most 255 hashes per level in memory; a `Shelf` reads tiles back from a folder and
answers for any subtree of a tree of a given size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from comity.infra.ledger.merkle import HASH_BYTES, Node, folded, leaf_hash, peaks, perfect_root
from comity.kit.errors import Corrupt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

HEIGHT = 8
WIDTH = 1 << HEIGHT
"""Hashes in a full tile, entries in a full bundle."""

ENTRY_BYTES = 32
"""Our entries are leaf commitments; in a bundle each stands behind its length, a big-endian uint16."""

LENGTH = ENTRY_BYTES.to_bytes(2, "big")
BUNDLED_BYTES = len(LENGTH) + ENTRY_BYTES
ENTRIES = "entries"


class TileMissing(Corrupt):
    """A published tile or bundle is absent or too short."""

    code = "ledger.tile_missing"


class Place(NamedTuple):
    """Where a tile or a bundle of entries stands."""

    level: int | str
    """A level of hashes from 0 up, or `ENTRIES`."""
    number: int
    """Counted from 0, from the left, within the level."""

    @property
    def path(self) -> str:
        """The path of the full tile."""
        groups = [f"{self.number % 1000:03d}"]
        rest = self.number // 1000
        while rest:
            groups.append(f"x{rest % 1000:03d}")
            rest //= 1000
        return f"tile/{self.level}/{'/'.join(reversed(groups))}"

    def path_at(self, width: int) -> str:
        """Return the path of the tile when it holds so many hashes."""
        return self.path if width == WIDTH else f"{self.path}.p/{width}"

    @property
    def item_bytes(self) -> int:
        """The size of one hash, or of one entry with its length."""
        return BUNDLED_BYTES if self.level == ENTRIES else HASH_BYTES


class Tile(NamedTuple):
    """A tile or bundle, full or partial, and its content."""

    place: Place
    data: bytes

    @property
    def width(self) -> int:
        """How many hashes or entries it holds."""
        return len(self.data) // self.place.item_bytes

    @property
    def path(self) -> str:
        """The path under which it is published."""
        return self.place.path_at(self.width)


class Builder:
    """A tree that grows to the right: entries in, full tiles out, and at any moment its root and partial tiles."""

    def __init__(self, size: int = 0, entries: Sequence[bytes] = (), uppers: Sequence[bytes] = ()) -> None:
        """Start from a tree of `size`: the entries of its last partial bundle, the last partial tile of each level above 0."""
        assert len(entries) == size % WIDTH
        self.size = size
        self._bundle = bytearray().join(LENGTH + entry for entry in entries)
        self._levels = [bytearray().join(map(leaf_hash, entries)), *map(bytearray, uppers)]

    def grow(self, entries: Iterable[bytes]) -> Iterator[Tile]:
        """Add entries, and give each tile and bundle as soon as it is full; a bundle comes before its tile."""
        for entry in entries:
            assert len(entry) == ENTRY_BYTES
            self._bundle += LENGTH + entry
            self._levels[0] += leaf_hash(entry)
            self.size += 1
            if self.size % WIDTH == 0:
                yield Tile(Place(ENTRIES, self.size // WIDTH - 1), bytes(self._bundle))
                self._bundle.clear()
                yield from self._fill()

    def edge(self) -> Iterator[Tile]:
        """Give the partial tiles and the partial bundle with which the tree ends."""
        if self._bundle:
            yield Tile(Place(ENTRIES, self.size // WIDTH), bytes(self._bundle))
        for level, hashes in enumerate(self._levels):
            if hashes:
                yield Tile(Place(level, self.size >> HEIGHT * (level + 1)), bytes(hashes))

    def root(self) -> bytes:
        """Return the root of the tree as it is."""
        subroots = []
        for hashes in reversed(self._levels):
            for height, index in peaks(0, len(hashes) // HASH_BYTES):
                start, end = (at * HASH_BYTES << height for at in (index, index + 1))
                subroots.append(perfect_root(bytes(hashes[start:end])))
        return folded(subroots)

    def _fill(self) -> Iterator[Tile]:
        for level, hashes in enumerate(self._levels):
            if len(hashes) < WIDTH * HASH_BYTES:
                return
            full = bytes(hashes)
            yield Tile(Place(level, (self.size >> HEIGHT * (level + 1)) - 1), full)
            hashes.clear()
            if level + 1 == len(self._levels):
                self._levels.append(bytearray())
            self._levels[level + 1] += perfect_root(full)


class Shelf:
    """The published tiles in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, place: Place, width: int) -> bytes:
        """Return the first hashes or entries of a tile, from its partial file or from the full one. Raises `TileMissing`."""
        wanted = width * place.item_bytes
        for path in (place.path_at(width), place.path):
            try:
                with (self._folder / path).open("rb") as file:
                    data = file.read(wanted)
            except (FileNotFoundError, NotADirectoryError):
                continue
            if len(data) == wanted:
                return data
        raise TileMissing(f"{place.path_at(width)} is missing or too short.")

    def uppers(self, size: int) -> list[bytes]:
        """Return the last partial tile of each level above 0 in a tree of `size`, empty ones included. Raises `TileMissing`."""
        found = []
        level = 1
        while size >> HEIGHT * level:
            width = (size >> HEIGHT * level) % WIDTH
            found.append(self.read(Place(level, size >> HEIGHT * (level + 1)), width) if width else b"")
            level += 1
        return found

    def node(self, size: int) -> Node:
        """Return the subtrees of the tree of `size`, read from its tiles. They raise `TileMissing`."""

        def subroot(height: int, index: int) -> bytes:
            level, rest = divmod(height, HEIGHT)
            number, start = divmod(index << rest, WIDTH)
            width = min(WIDTH, (size >> HEIGHT * level) - number * WIDTH)
            hashes = self.read(Place(level, number), width)
            return perfect_root(hashes[start * HASH_BYTES : (start + (1 << rest)) * HASH_BYTES])

        return subroot
