"""Proofs made from the published files, and checked with nothing but the log's key."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from comity.infra import ledger
from comity.infra.database import Database
from comity.infra.ledger import merkle
from comity.infra.ledger.note import NoteMalformed, NoteUnproven, from_base64, proven_checkpoint
from comity.infra.ledger.proofs import NotPublished
from comity.infra.ledger.publication import CheckpointDamaged, LedgerContradicted
from comity.infra.ledger.tiles import TileMissing
from support.ledger import KEY, LOG, append, erase

SIZE = 270


@pytest.fixture
def folder(database: Database, tmp_path: Path) -> Path:
    """A log of SIZE published entries and one that is not."""
    append(database, SIZE)
    ledger.publish(database, tmp_path / "ledger", KEY)
    append(database, 1, SIZE)
    return tmp_path / "ledger"


def opening(database: Database, index: int) -> bytes:
    with database.transaction(write=False) as connection:
        return ledger.opening(connection, index)


def test_whoever_has_the_proof_and_the_opening_needs_nothing_else(database: Database, folder: Path) -> None:
    for index in (0, 1, 255, 256, 269):
        opened = opening(database, index)
        text = ledger.prove(folder, LOG, index, opened)
        proven = ledger.check(text.encode(), sha256(opened).digest(), LOG)
        assert (proven.index, proven.extra, proven.checkpoint.size) == (index, opened, SIZE)


def test_no_bit_of_a_proof_can_change(database: Database, folder: Path) -> None:
    leaf = sha256(opening(database, 17)).digest()
    text = ledger.prove(folder, LOG, 17)
    assert "extra" not in text
    assert ledger.check(text.encode(), leaf, LOG).index == 17
    raw = text.encode()
    for bit in range(len(raw) * 8):
        changed = bytearray(raw)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises((NoteMalformed, NoteUnproven)):
            ledger.check(bytes(changed), leaf, LOG)


def test_a_proof_is_of_one_entry_in_one_log(database: Database, folder: Path) -> None:
    text = ledger.prove(folder, LOG, 17)
    with pytest.raises(NoteUnproven):
        ledger.check(text.encode(), sha256(opening(database, 18)).digest(), LOG)
    stranger = ledger.log_key(Ed25519PrivateKey.generate().public_key())
    with pytest.raises(NoteUnproven):
        ledger.check(text.encode(), sha256(opening(database, 17)).digest(), stranger)
    with pytest.raises(CheckpointDamaged):
        ledger.prove(folder, stranger, 17)


def test_a_proof_outlives_the_erasure_of_its_event(database: Database, folder: Path) -> None:
    leaf = sha256(opening(database, 17)).digest()
    before = ledger.prove(folder, LOG, 17)
    erase(database, 17)
    ledger.publish(database, folder, KEY)
    assert ledger.check(before.encode(), leaf, LOG).checkpoint.size == SIZE
    assert ledger.check(ledger.prove(folder, LOG, 17).encode(), leaf, LOG).checkpoint.size == SIZE + 2


def test_the_log_extends_each_of_its_pasts(folder: Path) -> None:
    for old in (0, 1, 2, 255, 256, 257, 269, 270):
        head, _, note = ledger.prove_extension(folder, LOG, old).partition("\n\n")
        name, *hashes = head.split("\n")
        now = proven_checkpoint(note.encode(), LOG)
        past = merkle.root(old, ledger_node(folder))
        assert name == f"old {old}"
        assert merkle.extends((now.size, now.root), (old, past), [from_base64(line) for line in hashes])


def ledger_node(folder: Path) -> merkle.Node:
    """The subtrees, straight from the bundles of entries."""
    bundles = [folder / "tile/entries/000", folder / "tile/entries/001.p/14"]
    raw = b"".join(path.read_bytes() for path in bundles)
    hashes = [merkle.leaf_hash(raw[at + 2 : at + 34]) for at in range(0, len(raw), 34)]

    def node(height: int, index: int) -> bytes:
        return merkle.perfect_root(b"".join(hashes[index << height : (index + 1) << height]))

    return node


def test_what_is_not_published_is_not_proved(tmp_path: Path, folder: Path) -> None:
    for index in (-1, SIZE, SIZE + 1):
        with pytest.raises(NotPublished):
            ledger.prove(folder, LOG, index)
    for old in (-1, SIZE + 1):
        with pytest.raises(NotPublished):
            ledger.prove_extension(folder, LOG, old)
    with pytest.raises(NotPublished):
        ledger.prove(tmp_path / "elsewhere", LOG, 0)


def test_no_proof_is_made_from_damaged_tiles(folder: Path) -> None:
    tile = folder / "tile/0/000"
    tile.write_bytes(bytes(32) + tile.read_bytes()[32:])
    for index in (0, 1, 200):
        with pytest.raises(LedgerContradicted):
            ledger.prove(folder, LOG, index)
    with pytest.raises(LedgerContradicted):
        ledger.prove_extension(folder, LOG, 200)
    tile.unlink()
    with pytest.raises(TileMissing):
        ledger.prove(folder, LOG, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "c2sp.org/tlog-proof@v1\n",
        "c2sp.org/tlog-proof@v2\nindex 0\n\n",
        "c2sp.org/tlog-proof@v1\n\n",
        "c2sp.org/tlog-proof@v1\nindex 00\n\n",
        "c2sp.org/tlog-proof@v1\nindex -1\n\n",
        "c2sp.org/tlog-proof@v1\nextra x\nindex 0\n\n",
        "c2sp.org/tlog-proof@v1\nindex 0\nextra AAAA\n\n",
        "c2sp.org/tlog-proof@v1\nindex 0\n\n",
        "c2sp.org/tlog-proof@v1\nindex 0\n" + "x" * 200_000 + "\n\n",
    ],
)
def test_what_is_no_proof_is_refused(text: str) -> None:
    with pytest.raises(NoteMalformed):
        ledger.check(text.encode(), bytes(32), LOG)
