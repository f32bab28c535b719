"""Secrets and their proof: how passwords are hashed, what random ids and keys look like."""

from __future__ import annotations

import secrets
from functools import cache
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from comity.accounts.model import digest_of

_hasher = PasswordHasher()  # argon2id with the parameters of RFC 9106, 4, as the library keeps them up to date


def hash_password(password: str) -> str:
    """Return the form in which a password is kept."""
    return _hasher.hash(_encoded(password))


def verify(hashed: str, password: str) -> bool:
    """Say whether a password has this hash."""
    try:
        return _hasher.verify(hashed, _encoded(password))
    except VerificationError:
        return False


def is_outdated(hashed: str) -> bool:
    """Say whether a hash was made with parameters that are no longer ours."""
    return _hasher.check_needs_rehash(hashed)


@cache
def stand_in() -> str:
    """Return a hash that no password fits, verified where there is no account, so that it takes as long."""
    return _hasher.hash(secrets.token_bytes(32))


def attempt_key(kind: str, value: str) -> str:
    """Return the key under which failed sign-ins are counted; hashed, for people type passwords into the field for names."""
    return digest_of(f"{kind}:{value}")


def new_secret() -> str:
    """Return 32 random bytes as 43 characters of base64url."""
    return secrets.token_urlsafe(32)


def new_id(kind: str) -> str:
    """Return a random id of a kind: it names a thing and opens none."""
    return f"{kind}:{secrets.token_hex(8)}"


def _encoded(password: str) -> bytes:
    return normalize("NFKC", password).encode(errors="surrogatepass")
