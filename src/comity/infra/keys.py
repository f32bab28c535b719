"""The node's secrets: its log key and the random secrets of its own making, one file each, for its owner's eyes only.

The folder has mode 0700 and every file 0600. A file that others may read is refused, not repaired: nobody can say who has read it.
Nothing here is ever written to a log, and no `repr` shows a secret.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from comity.kit.errors import Conflict, Corrupt, NotFound

if TYPE_CHECKING:
    from pathlib import Path

KEY_FILE_BYTES_MAX = 20_000
"""The largest file that is taken for a key."""

LOG = "log.pem"
NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
OTHERS = stat.S_IRWXG | stat.S_IRWXO


class KeyAbsent(NotFound):
    """The node has no such key; `comity init` makes it."""

    code = "key.absent"


class KeyExists(Conflict):
    """There is a key already; it is never replaced, because what it has signed would be orphaned."""

    code = "key.exists"


class KeyExposed(Corrupt):
    """A key, or the folder of keys, is open to other users of the machine."""

    code = "key.exposed"


class KeyMalformed(Corrupt):
    """A key file does not hold the key that its name promises."""

    code = "key.malformed"


class Keys:
    """The keys in one folder. Raises `KeyExposed` at once if the folder or anything in it is open to others."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        if folder.is_dir():
            for path in (folder, *sorted(folder.iterdir())):
                with suppress(FileNotFoundError):  # another process's draft, which has its name by now
                    _refuse_exposed(path, path.stat().st_mode)

    @classmethod
    def create(cls, folder: Path) -> Keys:
        """Make a new node's log key. Raises `KeyExists`, `KeyExposed`."""
        keys = cls(folder)
        pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        if not keys._write(LOG, pem):
            raise KeyExists(f"{folder / LOG} exists; a log key is never replaced.")
        return keys

    @property
    def log(self) -> Ed25519PrivateKey:
        """The key that signs the ledger's checkpoints. Raises `KeyAbsent`, `KeyExposed`, `KeyMalformed`."""
        raw = self._read(LOG)
        if raw is None:
            raise KeyAbsent(f"{self._folder / LOG} is absent; `comity init` makes it.")
        try:
            key = load_pem_private_key(raw, password=None)
        except (ValueError, TypeError) as error:
            raise KeyMalformed(f"{self._folder / LOG} holds no private key.") from error
        if not isinstance(key, Ed25519PrivateKey):
            raise KeyMalformed(f"{self._folder / LOG} holds no Ed25519 key.")
        return key

    def secret(self, name: str, size: int = 32) -> bytes:
        """Return a random secret of `size` bytes, made on first use. Raises `KeyExposed`, `KeyMalformed`."""
        if not NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name for a secret")
        file = f"{name}.secret"
        raw = self._read(file)
        if raw is None:
            self._write(file, secrets.token_bytes(size).hex().encode() + b"\n")
            raw = self._read(file) or b""  # another process may have been first: what stands in the file counts
        try:
            value = bytes.fromhex(raw.decode("ascii"))
        except ValueError as error:
            raise KeyMalformed(f"{self._folder / file} holds no secret.") from error
        if len(value) != size:
            raise KeyMalformed(f"{self._folder / file} holds {len(value)} bytes; {size} are expected.")
        return value

    def _read(self, name: str) -> bytes | None:
        path = self._folder / name
        try:
            with path.open("rb") as file:
                _refuse_exposed(path, os.fstat(file.fileno()).st_mode)
                raw = file.read(KEY_FILE_BYTES_MAX + 1)
        except FileNotFoundError:
            return None
        if len(raw) > KEY_FILE_BYTES_MAX:
            raise KeyMalformed(f"{path} is too large for a key.")
        return raw

    def _write(self, name: str, raw: bytes) -> bool:
        """Write a key file that is whole from the first moment it has a name; say whether it was ours to write."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._folder / f".{name}.{secrets.token_hex(8)}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(raw)
                file.flush()
                os.fsync(descriptor)
            with suppress(FileExistsError):
                (self._folder / name).hardlink_to(draft)  # as exclusive as O_EXCL, and never half written
                return True
            return False
        finally:
            draft.unlink()
            _sync_folder(self._folder)


def _refuse_exposed(path: Path, mode: int) -> None:
    if mode & OTHERS:
        wanted = "0700" if stat.S_ISDIR(mode) else "0600"
        raise KeyExposed(
            f"{path} has mode {stat.S_IMODE(mode):04o} and is open to other users of this machine. If nobody has read it: "
            f"chmod {wanted} {path}"
        )


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
