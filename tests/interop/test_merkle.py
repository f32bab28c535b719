"""Software and vectors that are not ours accept our trees and proofs, and see every alteration.

pymerkle's proofs of consistency follow another path than RFC 6962's: down to the first new leaf, where the RFC gives the root
over all new leaves of one subtree. The hashes above that are the same; below, pymerkle's own are grafted on and must fold to ours.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import ConsistencyProof, InclusionProof, InmemoryTree, InvalidProof, verify_consistency, verify_inclusion
from pymerkle.hasher import MerkleHasher

from comity.infra.ledger import merkle
from comity.infra.ledger.note import Checkpoint, sign
from comity.infra.ledger.tiles import Builder, Shelf
from comity.kit.json import canonical
from support.ledger import KEY, LOG

SIZE = 300
ENTRIES = [sha256(index.to_bytes(8, "big")).digest() for index in range(SIZE)]


@pytest.fixture(scope="module")
def theirs() -> InmemoryTree:
    tree = InmemoryTree(algorithm="sha256")
    tree.append_entries(ENTRIES)
    return tree


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Tiles of every size up to SIZE, so that any tree can be read from files."""
    folder = tmp_path_factory.mktemp("log")
    builder = Builder()
    for entry in ENTRIES:
        for tile in [*builder.grow([entry]), *builder.edge()]:
            (folder / tile.path).parent.mkdir(parents=True, exist_ok=True)
            (folder / tile.path).write_bytes(tile.data)
    return Shelf(folder)


def accepted_inclusion(tree: InmemoryTree, size: int, index: int, proof: list[bytes]) -> bool:
    rule = tree.prove_inclusion(index + 1, size).rule
    leaf = merkle.leaf_hash(ENTRIES[index])
    theirs = InclusionProof("sha256", security=True, size=size, index=index + 1, rule=rule, path=[leaf, *proof])
    return accepted(verify_inclusion, leaf, tree.get_root(size), theirs)


def accepted_consistency(tree: InmemoryTree, old: int, new: int, proof: list[bytes]) -> bool:
    model = tree.prove_consistency(old, new)
    path = list(model.path) if old == new else grafted(model, old, tree.get_root(old), proof)
    theirs = ConsistencyProof(
        "sha256", security=True, size=new, prior_size=old, rule=model.rule, subset=model.subset, path=path
    )
    return accepted(verify_consistency, tree.get_root(old), tree.get_root(new), theirs)


def accepted(verify: Any, *arguments: Any) -> bool:
    try:
        verify(*arguments)
    except InvalidProof:
        return False
    return True


def grafted(model: ConsistencyProof, old: int, old_root: bytes, proof: list[bytes]) -> list[bytes]:
    """Our hashes in pymerkle's order; nothing where ours do not fit."""
    hasher = MerkleHasher("sha256")
    seed, beside, *above = [old_root, *proof] if old & (old - 1) == 0 else proof
    below = len(model.path) - 1 - len(above)  # the path down to the first new leaf, before the first old subtree
    folded = model.path[0]
    for bit, digest in zip(model.rule[: below - 1], model.path[1:below], strict=True):
        folded = hasher.hash_pair(digest, folded) if bit else hasher.hash_pair(folded, digest)
    return [*model.path[:below], seed, *above] if folded == beside else []


def altered(proof: list[bytes]) -> Iterator[list[bytes]]:
    for at, digest in enumerate(proof):
        yield [*proof[:at], bytes([digest[0] ^ 1]) + digest[1:], *proof[at + 1 :]]


@given(st.data())
def test_pymerkle_has_our_roots_and_accepts_our_inclusion_proofs(
    theirs: InmemoryTree, ours: Shelf, data: st.DataObject
) -> None:
    size = data.draw(st.integers(1, SIZE))
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion(index, size, ours.node(size))
    assert merkle.root(size, ours.node(size)) == theirs.get_root(size)
    assert accepted_inclusion(theirs, size, index, proof)
    assert not any(accepted_inclusion(theirs, size, index, false) for false in altered(proof))


@given(st.data())
def test_pymerkle_accepts_our_consistency_proofs(theirs: InmemoryTree, ours: Shelf, data: st.DataObject) -> None:
    new = data.draw(st.integers(2, SIZE))
    old = data.draw(st.integers(1, new - 1))
    proof = merkle.consistency(old, new, ours.node(new))
    assert accepted_consistency(theirs, old, new, proof)
    assert not any(accepted_consistency(theirs, old, new, false) for false in altered(proof))


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl command")
def test_openssl_verifies_a_checkpoint_and_no_altered_one(tmp_path: Path) -> None:
    text, _, signatures = sign(Checkpoint(LOG.name, 0, merkle.EMPTY_ROOT).text, LOG.name, KEY).rpartition("\n\n")
    name, signature = signatures.removeprefix("\N{EM DASH} ").split()
    assert name == LOG.name
    public = KEY.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "public").write_bytes(public)
    (tmp_path / "signature").write_bytes(base64.b64decode(signature)[4:])
    (tmp_path / "sound").write_text(f"{text}\n")
    (tmp_path / "altered").write_text(f"{text}\n".replace("\n0\n", "\n1\n"))
    command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "public", "-rawin"]
    for body, code in (("sound", 0), ("altered", 1)):
        done = subprocess.run(
            [*command, "-sigfile", "signature", "-in", body], cwd=tmp_path, check=False, capture_output=True
        )
        assert done.returncode == code, done.stderr


def test_the_published_inclusion_vectors_hold(shared: Path) -> None:
    vectors = json.loads((shared / "crypto_vectors/merkle/inclusion.json").read_text())
    assert len(vectors) == 63
    for vector in vectors:
        verdict = merkle.includes(
            plain(vector["root"]),
            vector["treeSize"],
            vector["leafIdx"],
            plain(vector["leafHash"]),
            [plain(each) for each in vector["proof"] or []],
        )
        assert verdict != vector["wantErr"], vector["file"]


def test_the_published_consistency_vectors_hold(shared: Path) -> None:
    vectors = json.loads((shared / "crypto_vectors/merkle/consistency.json").read_text())
    assert len(vectors) == 70
    for vector in vectors:
        verdict = merkle.extends(
            (vector["size2"], plain(vector["root2"])),
            (vector["size1"], plain(vector["root1"])),
            [plain(each) for each in vector["proof"] or []],
        )
        assert verdict != vector["wantErr"], vector["file"]


def test_the_published_canonical_json_vectors_hold(shared: Path) -> None:
    for vector in json.loads((shared / "crypto_vectors/jcs/rfc8785.json").read_text()):
        assert canonical(json.loads(vector["input"])) == bytes.fromhex(vector["outhex"]), vector["name"]


def plain(text: str | None) -> bytes:
    return base64.b64decode(text or "")
