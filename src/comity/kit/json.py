"""JSON in its one canonical form (RFC 8785), and strict decoding.

Whatever is hashed, signed or compared is written by `canonical`, so that two nodes, two processes and two years agree on the bytes.
"""

from __future__ import annotations

import hashlib
from typing import Any, TypeVar, cast

import msgspec
import rfc8785

from comity.kit.errors import Invalid

T = TypeVar("T")

INTEGER_MAX = 2**53 - 1
"""The largest integer that every JSON reader keeps exactly; larger amounts travel as text."""


class JsonMalformed(Invalid):
    """The text is not JSON, or not of the form that was asked for."""

    code = "json.malformed"


def canonical(value: object) -> bytes:
    """Return a value's RFC 8785 bytes; integers beyond plus or minus 2⁵³ - 1, NaN and infinities are refused.

    Structs, dates, enums and tuples are taken in the form in which msgspec would write them. Raises `JsonMalformed`.
    """
    try:
        return rfc8785.dumps(cast("Any", msgspec.to_builtins(value)))
    except (rfc8785.CanonicalizationError, TypeError) as error:
        raise JsonMalformed("The value has no canonical JSON form.", error=str(error)) from error


def digest(value: object) -> str:
    """Return the SHA-256 of a value's canonical form, in lower-case hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def decode(raw: bytes | str, type_: type[T]) -> T:
    """Read JSON into a type; an unknown field, a missing one or a wrong type names its path. Raises `JsonMalformed`."""
    try:
        return msgspec.json.decode(raw, type=type_)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise JsonMalformed(str(error)) from error
