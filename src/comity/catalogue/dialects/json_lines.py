"""JSON lines: one JSON object a line, UTF-8, blank lines between them allowed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import msgspec

from comity.lists.model import EditionEmpty, EditionUnreadable, NotThisList, Opened

LINE_BYTES_MAX = 10_000_000
"""The longest line: an entity with a hundred thousand values."""

_MARK = b"\xef\xbb\xbf"

T = TypeVar("T")


def lines(opened: Opened) -> Iterator[tuple[int, bytes]]:
    """Yield each line that is not blank, with its number from 1. Raises `EditionEmpty`, `NotThisList`, `EditionUnreadable`."""
    start = opened.head(512).lstrip(_MARK + b" \r\n\t")
    if not start:
        raise EditionEmpty("the file is empty", file=opened.name)
    if not start.startswith(b"{"):
        raise NotThisList("the file does not begin with a JSON object", file=opened.name)
    number = 0
    with opened.stream() as stream:
        while raw := stream.readline(LINE_BYTES_MAX + 1):
            number += 1
            if len(raw) > LINE_BYTES_MAX:
                raise EditionUnreadable("the line is longer than any entity", file=opened.name, record=f"line {number}")
            if stripped := raw.removeprefix(_MARK).strip():
                yield number, stripped


def decode(raw: bytes, type_: type[T], number: int, opened: Opened) -> tuple[T, str]:
    """Read one line as a value of a type, and return it with the line's text. Raises `EditionUnreadable`."""
    try:
        return msgspec.json.decode(raw, type=type_), raw.decode()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise EditionUnreadable(f"the line is no entity: {error}", file=opened.name, record=f"line {number}") from error
