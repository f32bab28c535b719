"""Signed notes: the published examples are accepted, and no byte of a note can change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from comity.infra.ledger.note import (
    NOTE_BYTES_MAX,
    Checkpoint,
    NoteMalformed,
    NoteUnproven,
    VerifierKey,
    log_key,
    proven_checkpoint,
    proven_text,
    sign,
)

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
MINE = log_key(KEY.public_key())
CHECKPOINT = Checkpoint(MINE.name, 5, bytes(range(32)))
NOTE = sign(CHECKPOINT.text, MINE.name, KEY).encode()


def test_the_published_example_is_accepted(shared: Path) -> None:
    (vector,) = json.loads((shared / "crypto_vectors/tlog/signed_note_example.json").read_text())
    note = vector["markdown_excerpt"].split("```\n")[1].encode()
    key = VerifierKey.parse(vector["vkey"])
    assert proven_text(note, key) == "This is an example message.\n"
    assert key.text == vector["vkey"]
    with pytest.raises(NoteUnproven):
        proven_text(note.replace(b"an example", b"no example"), key)


def test_a_checkpoint_with_cosignatures_is_read_and_written_byte_for_byte(shared: Path) -> None:
    (vector,) = json.loads((shared / "crypto_vectors/tlog/checkpoint_cosignature_example.json").read_text())
    text, _, _ = vector["text"].partition("\n\n")
    checkpoint = Checkpoint.parse(text + "\n")
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert checkpoint.text == text + "\n"
    with pytest.raises(NoteUnproven):  # well formed, and signed by keys that are not ours
        proven_text(vector["text"].encode(), MINE)


def test_a_checkpoint_is_proven_to_be_of_its_own_log() -> None:
    assert proven_checkpoint(NOTE, MINE) == CHECKPOINT
    foreign = sign(Checkpoint("comity/other", 5, bytes(32)).text, MINE.name, KEY).encode()
    with pytest.raises(NoteUnproven):
        proven_checkpoint(foreign, MINE)


def test_no_bit_of_a_note_can_change() -> None:
    for bit in range(len(NOTE) * 8):
        raw = bytearray(NOTE)
        raw[bit // 8] ^= 1 << bit % 8
        with pytest.raises((NoteMalformed, NoteUnproven)):
            proven_checkpoint(bytes(raw), MINE)


def test_lines_of_witnesses_are_passed_over_and_false_lines_of_the_key_are_not() -> None:
    witness = sign(CHECKPOINT.text, "witness.example/w1", Ed25519PrivateKey.generate()).rpartition("\n\n")[2].encode()
    assert proven_checkpoint(NOTE + witness, MINE) == CHECKPOINT
    false = sign("other\n", MINE.name, KEY).rpartition("\n\n")[2].encode()
    with pytest.raises(NoteUnproven):
        proven_checkpoint(NOTE + false, MINE)
    with pytest.raises(NoteMalformed):
        proven_checkpoint(NOTE + witness * 64, MINE)


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"\n\n",
        NOTE[:-1],
        NOTE + b"\n",
        NOTE + b"x",
        NOTE.replace(b"\n\n", b"\n"),
        b"\xff" + NOTE,
        b"a\tb\n" + NOTE,
        b"x" * NOTE_BYTES_MAX + NOTE,
    ],
)
def test_what_is_no_note_is_refused(note: bytes) -> None:
    with pytest.raises(NoteMalformed):
        proven_checkpoint(note, MINE)


ROOT = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


@pytest.mark.parametrize(
    "text",
    [
        f"\n5\n{ROOT}\n",
        f"o\n05\n{ROOT}\n",
        f"o\n-5\n{ROOT}\n",
        f"o\n5 \n{ROOT}\n",
        f"o\n\u0665\n{ROOT}\n",
        f"o\n{10**19}\n{ROOT}\n",
        f"o\n5\n{ROOT}",
        f"o\n5\n{ROOT}\nmore\n",
        f"o\n5\n{ROOT[:-1]}\n",
        f"o\n5\n{ROOT[:-2]}9=\n",
        "o\n5\nAAEC\n",
        "o\n5\n\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    assert Checkpoint.parse(f"o\n5\n{ROOT}\n") == Checkpoint("o", 5, bytes(range(32)))
    with pytest.raises(NoteMalformed):
        Checkpoint.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a+b",
        MINE.text[:-4],
        MINE.text.replace("+", "-", 1),
        "x" + MINE.text,
        MINE.text.replace("+A", "+B"),
        "a b+00+AA==",
    ],
)
def test_what_is_no_verifier_key_is_refused(text: str) -> None:
    assert VerifierKey.parse(MINE.text) == MINE
    with pytest.raises(NoteMalformed):
        VerifierKey.parse(text)
