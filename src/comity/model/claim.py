"""Claims: what one record of one list says, value by value, before anyone has decided what is true."""

from __future__ import annotations

import hashlib

import msgspec

ENTRY = "entry"
"""The part of a list that says who is on it. Every complete edition has it."""

_SEPARATOR = "\x1f"


class Claim(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One value of one property, as a source wrote it."""

    property: str
    """A FollowTheMoney property of the entity, or one of the designation's own (see `comity.model.designation`)."""
    value: str
    """The value in its normal form; a date in the forms of `PartialDate`, a country as its ISO code in lower case."""
    about: str = ""
    """Empty: the entity itself; otherwise the programme under which the designation stands that the claim is about."""
    part: str = ENTRY
    """Which part of the publication says so (`entry`, `aliases`, `addresses`, …); an edition without it says nothing of it."""
    lang: str = ""
    """ISO 639-3 code of the value's language, where the source states or its script decides it."""
    original: str = ""
    """The source's own spelling, where `value` differs from it."""
    detail: dict[str, str] = {}
    """Whatever else the source says about this value: the parts of an address, an identifier's issuer, `note`."""


def statement_id(entity_id: str, claim: Claim) -> bytes:
    """Return the 16-byte content hash that identifies a statement: the claim without its part, about one entity.

    The same claim in another edition, part or format is the same statement.
    """
    detail = msgspec.json.encode(claim.detail, order="sorted").decode() if claim.detail else ""
    fields = (entity_id, claim.about, claim.property, claim.value, claim.lang, claim.original, detail)
    return hashlib.sha256(_SEPARATOR.join(fields).encode()).digest()[:16]


def entity_id(source: str, reference: str) -> str:
    """Return the id of the entity that a source lists under a reference: `e-` and 80 bits in base 32.

    It is a hash, never a sequence, so that every node gives the same entity the same id.
    """
    raw = hashlib.sha256(f"{source}{_SEPARATOR}{reference}".encode()).digest()[:10]
    return "e-" + _base32(raw)


def _base32(raw: bytes) -> str:
    """Crockford's alphabet in lower case: no I, L, O, U, so that an id can be read over the telephone."""
    alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
    number = int.from_bytes(raw)
    return "".join(alphabet[(number >> shift) & 31] for shift in range(len(raw) * 8 - 5, -1, -5))
