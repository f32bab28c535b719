"""Signed notes and checkpoints: a few lines of text that state a log's size and root, and who signs them.

Formats: https://c2sp.org/signed-note (Ed25519, signature type 0x01) and https://c2sp.org/tlog-checkpoint. Text is read strictly,
one spelling for each value, so that no byte of a note can change unnoticed.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from comity.infra.ledger.merkle import HASH_BYTES
from comity.kit.errors import Invalid, Unproven

NOTE_BYTES_MAX = 200_000
"""A checkpoint with many cosignatures, post-quantum ones included."""

SIGNATURES_MAX = 64
"""Signature lines on one note; the specification asks for at least 16."""

ED25519 = b"\x01"
KEY_ID_BYTES = 4
SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
KEY_ID = re.compile(r"[0-9a-f]{8}")
DASH = "\N{EM DASH} "


class NoteMalformed(Invalid):
    """A text is not a signed note, a checkpoint, a verifier key or a proof."""

    code = "ledger.note_malformed"


class NoteUnproven(Unproven):
    """A note does not carry a good signature of the key that should have signed it."""

    code = "ledger.note_unproven"


class VerifierKey(msgspec.Struct, frozen=True):
    """The name and public key of somebody who signs notes."""

    name: str
    public: bytes
    """Ed25519, 32 bytes."""

    def __post_init__(self) -> None:
        if not self.name or any(char.isspace() or char == "+" or char < " " for char in self.name):
            raise NoteMalformed("A key name is empty, or has a space or a plus sign in it.")
        if len(self.public) != HASH_BYTES:
            raise NoteMalformed("An Ed25519 public key has 32 bytes.")

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature line names its key."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:KEY_ID_BYTES]

    @property
    def text(self) -> str:
        """The key as one word (a *vkey*), as other tools take it: `name+id+key`."""
        return f"{self.name}+{self.id.hex()}+{to_base64(ED25519 + self.public)}"

    @classmethod
    def parse(cls, text: str) -> VerifierKey:
        """Read a vkey. Raises `NoteMalformed`."""
        name, _, rest = text.partition("+")
        key_id, _, encoded = rest.partition("+")
        raw = from_base64(encoded)
        if raw[:1] != ED25519 or not KEY_ID.fullmatch(key_id):
            raise NoteMalformed("This is no Ed25519 verifier key.")
        key = cls(name, raw[1:])
        if key.id.hex() != key_id:
            raise NoteMalformed("The verifier key's id does not belong to it.")
        return key


class Checkpoint(msgspec.Struct, frozen=True):
    """What a log says of itself at one moment: its name, how many entries it has, and the root over them."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{to_base64(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Read the text of a checkpoint; extension lines are refused, for nobody can audit them. Raises `NoteMalformed`."""
        lines = text.split("\n")
        if len(lines) != 4 or lines[3] or not lines[0] or not SIZE.fullmatch(lines[1]):  # noqa: PLR2004 - origin, size, root, end
            raise NoteMalformed("This is no checkpoint of origin, size and root.")
        root = from_base64(lines[2])
        if len(root) != HASH_BYTES:
            raise NoteMalformed("A checkpoint's root has 32 bytes.")
        return cls(lines[0], int(lines[1]), root)


def log_key(key: Ed25519PublicKey) -> VerifierKey:
    """Return the verifier key of a node's log. Its name, which is the log's origin, follows from the key alone."""
    public = key.public_bytes_raw()
    return VerifierKey(f"comity/{hashlib.sha256(public).hexdigest()[:16]}", public)


def sign(text: str, name: str, key: Ed25519PrivateKey) -> str:
    """Return a text as a note signed by a named key."""
    signer = VerifierKey(name, key.public_key().public_bytes_raw())
    return f"{text}\n{DASH}{name} {to_base64(signer.id + key.sign(text.encode()))}\n"


def proven_text(note: bytes, key: VerifierKey) -> str:
    """Return a note's text if the key has signed it; lines of other keys are passed over.

    Raises `NoteMalformed`, `NoteUnproven`.
    """
    text, signatures = _parts(note)
    proven = False
    for name, raw in signatures:
        if (name, raw[:KEY_ID_BYTES]) == (key.name, key.id):
            try:
                Ed25519PublicKey.from_public_bytes(key.public).verify(raw[KEY_ID_BYTES:], text.encode())
            except InvalidSignature as error:
                raise NoteUnproven(f"The signature of {key.name} is false.") from error
            proven = True
    if not proven:
        raise NoteUnproven(f"The note is not signed by {key.name}.")
    return text


def proven_checkpoint(note: bytes, key: VerifierKey) -> Checkpoint:
    """Return a checkpoint that its own log has signed. Raises `NoteMalformed`, `NoteUnproven`."""
    checkpoint = Checkpoint.parse(proven_text(note, key))
    if checkpoint.origin != key.name:
        raise NoteUnproven(f"The checkpoint is of {checkpoint.origin}, not of {key.name}.")
    return checkpoint


def to_base64(raw: bytes) -> str:
    """Write bytes in the standard alphabet, padded (RFC 4648, section 4)."""
    return base64.b64encode(raw).decode("ascii")


def from_base64(text: str) -> bytes:
    """Read bytes from their one spelling in the standard alphabet. Raises `NoteMalformed`."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteMalformed("This is no base64.") from error
    if to_base64(raw) != text:
        raise NoteMalformed("This is not the canonical base64 of its bytes.")
    return raw


def _parts(note: bytes) -> tuple[str, list[tuple[str, bytes]]]:
    if len(note) > NOTE_BYTES_MAX:
        raise NoteMalformed(f"A note has at most {NOTE_BYTES_MAX} bytes.")
    try:
        whole = note.decode()
    except UnicodeDecodeError as error:
        raise NoteMalformed("A note is UTF-8.") from error
    if any(char < " " and char != "\n" for char in whole):
        raise NoteMalformed("A note has no control characters.")
    body, blank, signatures = whole.rpartition("\n\n")
    lines = signatures.split("\n")
    if not blank or lines.pop() or not 0 < len(lines) <= SIGNATURES_MAX:
        raise NoteMalformed("A note is a text, an empty line and signature lines.")
    return body + "\n", [_signature(line) for line in lines]


def _signature(line: str) -> tuple[str, bytes]:
    name, space, encoded = line.removeprefix(DASH).partition(" ")
    if not line.startswith(DASH) or not name or not space:
        raise NoteMalformed("A signature line is a dash, a name and a signature.")
    raw = from_base64(encoded)
    if len(raw) <= KEY_ID_BYTES:
        raise NoteMalformed("A signature is longer than its key id.")
    return name, raw
