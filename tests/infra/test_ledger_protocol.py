"""The vectors in docs/protocol/ledger.md, which a second implementation computed, are what this one makes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from comity.infra.ledger import check, log_key, merkle, proofs
from comity.infra.ledger.note import Checkpoint, VerifierKey, proven_checkpoint, sign
from comity.infra.ledger.rows import Event, commitment
from comity.infra.ledger.tiles import Builder, Place
from comity.kit.json import canonical, decode

PAGE = Path(__file__).parents[2] / "docs" / "protocol" / "ledger.md"


@pytest.fixture(scope="module")
def vectors() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(PAGE.read_text().split("```json\n")[1].split("```")[0])
    return found


@pytest.fixture(scope="module")
def key(vectors: dict[str, Any]) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(vectors["key"]["seed"]))


@pytest.fixture
def log(vectors: dict[str, Any], tmp_path: Path) -> Path:
    """The published files of the vector, written out."""
    for path, content in vectors["files"].items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content.encode() if path == "checkpoint" else bytes.fromhex(content))
    return tmp_path


def leaves(vectors: dict[str, Any]) -> list[bytes]:
    return [bytes.fromhex(entry["leaf"]) for entry in vectors["entries"]]


def test_the_key_has_its_names(vectors: dict[str, Any], key: Ed25519PrivateKey) -> None:
    mine = log_key(key.public_key())
    assert (mine.name, mine.text) == (vectors["key"]["origin"], vectors["key"]["vkey"])
    assert mine.public.hex() == vectors["key"]["public"]


def test_an_event_is_committed_to(vectors: dict[str, Any]) -> None:
    for entry in vectors["entries"]:
        text = entry["event"].encode()
        assert canonical(decode(text, Event)) == text
        leaf = commitment(bytes.fromhex(entry["salt"]), text)
        assert (leaf.hex(), merkle.leaf_hash(leaf).hex()) == (entry["leaf"], entry["record_hash"])


def test_the_tree_has_its_roots_and_files(vectors: dict[str, Any], key: Ed25519PrivateKey) -> None:
    builder, roots = Builder(), [Builder().root().hex()]
    for leaf in leaves(vectors):
        assert not list(builder.grow([leaf]))
        roots.append(builder.root().hex())
    assert roots == vectors["roots"]
    files = {tile.path: tile.data.hex() for tile in builder.edge()}
    checkpoint = Checkpoint(vectors["key"]["origin"], builder.size, builder.root())
    files["checkpoint"] = sign(checkpoint.text, checkpoint.origin, key)
    assert files == vectors["files"]


def test_a_stranger_makes_and_checks_the_proofs(vectors: dict[str, Any], log: Path) -> None:
    mine = VerifierKey.parse(vectors["key"]["vkey"])
    entry = vectors["entries"][1]
    opening = bytes.fromhex(entry["salt"]) + entry["event"].encode()
    assert proofs.prove(log, mine, 1, opening) == vectors["proof_of_1"]
    assert proofs.prove_extension(log, mine, 1) == vectors["extension_of_1"]
    proven = check(vectors["proof_of_1"].encode(), hashlib.sha256(opening).digest(), mine)
    assert (proven.index, proven.extra) == (1, opening)
    assert proven.checkpoint == proven_checkpoint(vectors["files"]["checkpoint"].encode(), mine)


def test_paths(vectors: dict[str, Any]) -> None:
    for level, number, width, path in vectors["paths"]:
        assert Place(level, number).path_at(width) == path


def test_a_large_log(vectors: dict[str, Any]) -> None:
    large, builder = vectors["large"], Builder()
    entries = (hashlib.sha256(index.to_bytes(8, "big")).digest() for index in range(large["size"]))
    files = {tile.path: hashlib.sha256(tile.data).hexdigest() for tile in builder.grow(entries)}
    files |= {tile.path: hashlib.sha256(tile.data).hexdigest() for tile in builder.edge()}
    assert builder.root().hex() == large["root"]
    assert {path: files.get(path) for path in large["files"]} == large["files"]
