"""Publishing: the ledger's new entries become tiles, and a signed checkpoint over them, as plain files in a folder.

    tile/<L>/<N>[.p/<W>]   tile/entries/<N>[.p/<W>]   checkpoint

Only new entries are read. Every file is whole and on the disk before a checkpoint that needs it is signed, and the checkpoint
appears by a rename, so being killed at any moment leaves the last one in force. A published file never changes: what would
contradict it stops the publication, as does anything that would not extend the last checkpoint.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from comity.infra.ledger import merkle, reading, rows
from comity.infra.ledger.note import (
    NOTE_BYTES_MAX,
    Checkpoint,
    NoteMalformed,
    NoteUnproven,
    log_key,
    proven_checkpoint,
    sign,
)
from comity.infra.ledger.tiles import ENTRIES, HEIGHT, WIDTH, Builder, Place, Shelf
from comity.kit.errors import Corrupt, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlalchemy as sa
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from comity.infra.database import Database
    from comity.infra.ledger.note import VerifierKey

CHECKPOINT = "checkpoint"
LOCK = ".lock"
DRAFT = ".draft"

WAIT_S = 60
"""How long one publisher waits for another."""

PAUSE_S = 0.02
"""How often it looks."""


class LedgerBusy(Unavailable):
    """Another process has been publishing the ledger for longer than `WAIT_S`."""

    code = "ledger.busy"


class LedgerContradicted(Corrupt):
    """Rows, tiles and the last checkpoint do not agree; nothing is signed, and `comity ledger verify` says where."""

    code = "ledger.contradicted"


class CheckpointDamaged(Corrupt):
    """The published checkpoint is not one that this node has signed."""

    code = "ledger.checkpoint_damaged"


def publish(database: Database, folder: Path, key: Ed25519PrivateKey) -> Checkpoint:
    """Publish every committed entry, and return the checkpoint in force; without new entries it stays as it is.

    Raises `LedgerContradicted`, `CheckpointDamaged`, `TileMissing`, `LedgerBusy`.
    """
    verifier = log_key(key.public_key())
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        last = _last(folder, key)
        with database.transaction(write=False) as connection:
            size = rows.size(connection)
            if size < last.size:
                raise LedgerContradicted(f"The ledger has {size} entries; its last checkpoint has {last.size}.")
            if size == last.size:
                return last
            _harden(database)
            builder, files = _resume(connection, folder, last), _Files(folder)
            for batch in reading.leaves(connection, builder.size, size):
                for tile in builder.grow(batch):
                    files.add(tile.path, tile.data)
        for tile in builder.edge():
            files.add(tile.path, tile.data)
        files.sync()
        checkpoint = Checkpoint(verifier.name, size, builder.root())
        _refuse_fork(folder, last, checkpoint)
        files.replace(CHECKPOINT, sign(checkpoint.text, verifier.name, key).encode())
        _prune(folder, last.size, size)
    return checkpoint


class Published(NamedTuple):
    """The checkpoint in force, and the signed note in which it stands."""

    checkpoint: Checkpoint
    note: str


def published(folder: Path, key: VerifierKey) -> Published | None:
    """Return the checkpoint in force, or nothing before the first. Raises `CheckpointDamaged`."""
    try:
        with (folder / CHECKPOINT).open("rb") as file:
            note = file.read(NOTE_BYTES_MAX + 1)
    except FileNotFoundError as error:
        if (folder / "tile").exists():
            raise CheckpointDamaged(f"{folder / CHECKPOINT} is missing, although there are tiles.") from error
        return None
    try:
        return Published(proven_checkpoint(note, key), note.decode())
    except (NoteMalformed, NoteUnproven) as error:
        raise CheckpointDamaged(f"{folder / CHECKPOINT}: {error.detail}") from error


def _last(folder: Path, key: Ed25519PrivateKey) -> Checkpoint:
    """Return the checkpoint in force. A new log states first that it is empty: tiles without a checkpoint are a fault."""
    verifier = log_key(key.public_key())
    present = published(folder, verifier)
    if present:
        return present.checkpoint
    empty = Checkpoint(verifier.name, 0, merkle.EMPTY_ROOT)
    _Files(folder).replace(CHECKPOINT, sign(empty.text, verifier.name, key).encode())
    return empty


def _resume(connection: sa.Connection, folder: Path, last: Checkpoint) -> Builder:
    """Take up the tree where the last checkpoint left it, and make sure that it is that tree."""
    start = last.size - last.size % WIDTH
    entries = [leaf for batch in reading.leaves(connection, start, last.size) for leaf in batch]
    builder = Builder(last.size, entries, Shelf(folder).uppers(last.size))
    if builder.root() != last.root:
        raise LedgerContradicted(f"The ledger's rows or tiles contradict its checkpoint of {last.size} entries.")
    return builder


def _refuse_fork(folder: Path, last: Checkpoint, new: Checkpoint) -> None:
    """Prove from the files, as a stranger would, that the new tree extends the last one."""
    proof = merkle.consistency(last.size, new.size, Shelf(folder).node(new.size))
    if not merkle.extends((new.size, new.root), (last.size, last.root), proof):
        raise LedgerContradicted(f"A checkpoint of {new.size} entries would not extend that of {last.size}.")


def _harden(database: Database) -> None:
    """Make sure that what we read would survive a power cut: SQLite's log is not synced at each commit.

    Only the `-wal` file: closing any descriptor of the database file itself would drop SQLite's locks on it.
    """
    file = database.engine.url.database
    if database.is_embedded and file:
        with suppress(FileNotFoundError):
            _sync(Path(f"{file}-wal"))


def _prune(folder: Path, before: int, size: int) -> None:
    """Remove the partial forms of tiles that have become full; the specification lets clients take the full ones."""
    level = 0
    while before >> HEIGHT * level or level == 0:
        number = before >> HEIGHT * (level + 1)
        if size >> HEIGHT * (level + 1) > number:
            kinds = (level, ENTRIES) if level == 0 else (level,)
            for kind in kinds:
                shutil.rmtree(folder / f"{Place(kind, number).path}.p", ignore_errors=True)
        level += 1


class _Files:
    """Writes files that appear whole or not at all, and never changes one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._draft = folder / DRAFT
        self._folders = {folder}

    def add(self, path: str, data: bytes) -> None:
        """Write a new file, or find it written already."""
        target = self._folder / path
        try:
            present = target.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            target.parent.mkdir(parents=True, exist_ok=True)
            self._folders.update(parent for parent in target.parents if parent.is_relative_to(self._folder))
            self._write(target, data)
        else:
            if present != data:
                raise LedgerContradicted(f"{target} is published with another content.")

    def replace(self, path: str, data: bytes) -> None:
        """Put a file in the place of its older version."""
        self._write(self._folder / path, data)
        self.sync()

    def sync(self) -> None:
        """Bring every new name to the disk."""
        for folder in self._folders:
            _sync(folder)

    def _write(self, target: Path, data: bytes) -> None:
        with self._draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        self._draft.replace(target)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep every other publisher of this folder waiting. The lock goes with its holder, however that ends."""
    with (folder / LOCK).open("wb") as file:
        until = time.monotonic() + WAIT_S
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() > until:
                    raise LedgerBusy("The ledger is being published by another process.") from error
                time.sleep(PAUSE_S)
        yield


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
