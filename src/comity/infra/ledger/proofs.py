"""Proofs from the published files alone: anybody who has the folder can make them, and anybody with the log's key can check them.

Formats: https://c2sp.org/tlog-proof for the inclusion of an entry; the request of https://c2sp.org/tlog-witness (`old`, hashes, an
empty line, the checkpoint) for the consistency of two sizes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from comity.infra.ledger import merkle
from comity.infra.ledger.note import (
    Checkpoint,
    NoteMalformed,
    NoteUnproven,
    VerifierKey,
    from_base64,
    proven_checkpoint,
    to_base64,
)
from comity.infra.ledger.publication import LedgerContradicted, Published, published
from comity.infra.ledger.tiles import Shelf
from comity.kit.errors import NotFound

if TYPE_CHECKING:
    from pathlib import Path

PROOF = "c2sp.org/tlog-proof@v1"
HEAD_BYTES_MAX = 200_000
"""A proof before its checkpoint: the opening of the largest event, and a hash per level."""

NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,18})")


class NotPublished(NotFound):
    """No checkpoint contains that entry, or that many entries, yet."""

    code = "ledger.not_published"


class Proven(msgspec.Struct, frozen=True):
    """What a proof has shown: this log holds this entry at this index."""

    checkpoint: Checkpoint
    index: int
    extra: bytes
    """What came with the proof, unproven unless it is the opening of the entry."""


def prove(folder: Path, key: VerifierKey, index: int, extra: bytes = b"") -> str:
    """Return the proof that the present checkpoint includes an entry, as the text of a `.tlog-proof` file.

    `extra` travels along: give an entry's opening (salt and event), and the proof shows the event itself. Raises `NotPublished`,
    `TileMissing`, `LedgerContradicted`, `CheckpointDamaged`.
    """
    checkpoint, note = _present(folder, key)
    if not 0 <= index < checkpoint.size:
        raise NotPublished(f"The checkpoint has {checkpoint.size} entries; entry {index} is not among them.")
    shelf = Shelf(folder)
    hashes = merkle.inclusion(index, checkpoint.size, shelf.node(checkpoint.size))
    leaf = shelf.node(checkpoint.size)(0, index)
    if not merkle.includes(checkpoint.root, checkpoint.size, index, leaf, hashes):
        raise LedgerContradicted(f"The tiles do not prove entry {index} to the checkpoint.")
    lines = [PROOF, *([f"extra {to_base64(extra)}"] if extra else []), f"index {index}", *map(to_base64, hashes)]
    return "".join(f"{line}\n" for line in [*lines, ""]) + note


def prove_extension(folder: Path, key: VerifierKey, old: int) -> str:
    """Return the proof that the present checkpoint extends that of `old` entries, in the form in which a witness is asked.

    Raises as `prove` does.
    """
    checkpoint, note = _present(folder, key)
    if not 0 <= old <= checkpoint.size:
        raise NotPublished(f"The checkpoint has {checkpoint.size} entries, fewer than {old}.")
    node = Shelf(folder).node(checkpoint.size)
    hashes = merkle.consistency(old, checkpoint.size, node)
    if not merkle.extends((checkpoint.size, checkpoint.root), (old, merkle.root(old, node)), hashes):
        raise LedgerContradicted(f"The tiles do not prove {old} entries to the checkpoint.")
    return "".join(f"{line}\n" for line in [f"old {old}", *map(to_base64, hashes), ""]) + note


def check(proof: bytes, entry: bytes, key: VerifierKey) -> Proven:
    """Check a `.tlog-proof` offline: `entry` stands in the log that `key` signs. Raises `NoteMalformed`, `NoteUnproven`."""
    head, blank, note = proof.partition(b"\n\n")
    lines = head.decode("ascii", errors="replace").split("\n") if len(head) <= HEAD_BYTES_MAX else [""]
    if lines.pop(0) != PROOF or not blank:
        raise NoteMalformed(f"This is no {PROOF}.")
    extra = from_base64(lines.pop(0).removeprefix("extra ")) if lines and lines[0].startswith("extra ") else b""
    number = lines.pop(0).removeprefix("index ") if lines and lines[0].startswith("index ") else ""
    if not NUMBER.fullmatch(number):
        raise NoteMalformed("The proof names no index.")
    hashes = [from_base64(line) for line in lines]
    checkpoint = proven_checkpoint(note, key)
    if not merkle.includes(checkpoint.root, checkpoint.size, int(number), merkle.leaf_hash(entry), hashes):
        raise NoteUnproven("The hashes do not lead from the entry to the checkpoint.")
    return Proven(checkpoint, int(number), extra)


def _present(folder: Path, key: VerifierKey) -> Published:
    present = published(folder, key)
    if present is None:
        raise NotPublished("No checkpoint has been published yet.")
    return present
