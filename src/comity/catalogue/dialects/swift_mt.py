"""SWIFT FIN messages: their blocks, and the fields of the text block, line by line.

The form is that of the SWIFT User Handbook (FIN, general information): basic header, application header, user header, text, and
trailers. A text without any header is read too. Every text knows its place: `:59:2` is the second line of field 59, `:52A[2]:1`
the first line of the second field 52A, `{3:}/108` a field of the user header.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

import msgspec

from comity.payments.model import FieldUnknown, MessageUnreadable, announced

if TYPE_CHECKING:
    from comity.payments.model import Opened

LINE_CHARS: Final = 35
"""The width of a line of names, addresses and remittance; a line that is full may break a word."""

_BLOCK = re.compile(r"\{([1235S]):((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}")
_BODY = re.compile(r"\{4:[ ]*\n?(.*?)\n-\}", re.DOTALL)
_NESTED = re.compile(r"\{(\w{3}):([^{}]*)\}", re.ASCII)
_TAG = re.compile(r":(\d\d[A-Z]?):(.*)", re.ASCII | re.DOTALL)
_ADDRESS = re.compile(r"[FAL]\d\d([A-Z0-9]{8})[A-Z0-9]([A-Z0-9]{3})\d*", re.ASCII)
_RECEIVER = re.compile(r"I\d{3}([A-Z0-9]{8})[A-Z0-9]([A-Z0-9]{3})[A-Z0-9]*", re.ASCII)
_SENDER = re.compile(r"O\d{3}\d{10}([A-Z0-9]{8})[A-Z0-9]([A-Z0-9]{3})\d*[A-Z]?", re.ASCII)


class Field(msgspec.Struct, frozen=True):
    """One field of the text block."""

    tag: str
    lines: tuple[str, ...]
    ordinal: int = 0
    """Which of the fields of this tag it is, from 1; 0 where there is only one."""

    @property
    def number(self) -> str:
        """The tag without its option letter."""
        return self.tag[:2]

    @property
    def option(self) -> str:
        """The option letter, if any."""
        return self.tag[2:]

    def place(self, first: int, last: int = 0) -> str:
        """Return where a line of it stands, or several lines; lines are counted from 1."""
        which = f"[{self.ordinal}]" if self.ordinal else ""
        lines = f"{first}-{last}" if last > first else f"{first}"
        return f":{self.tag}{which}:{lines}"


class Correspondent(msgspec.Struct, frozen=True):
    """Who sends or receives a message, and in which header they are named."""

    bic: str
    place: str


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One message."""

    name: str
    """`MT103`, `MT202COV`."""
    sender: Correspondent | None
    receiver: Correspondent | None
    """None in a text without header."""
    user: dict[str, str]
    """The fields of the user header."""
    fields: tuple[Field, ...]


def parse(opened: Opened) -> Message:
    """Read one message. Raises `MessageUnreadable`, `FieldUnknown`."""
    with opened.stream() as source:
        text = source.read().decode().replace("\r", "").strip(" \n$\x01\x03")
    if "\0" in text:
        raise MessageUnreadable("a zero (NUL) stands in the text")
    blocks = _blocks(text)
    sender, receiver = _correspondents(blocks)
    return Message(
        name=announced(opened).name,
        sender=sender,
        receiver=receiver,
        user=dict(_NESTED.findall(blocks.get("3", ""))),
        fields=_fields(blocks["4"]),
    )


def _blocks(text: str) -> dict[str, str]:
    if text.startswith(":"):
        return {"4": text.removesuffix("}").removesuffix("\n-")}
    found: dict[str, str] = {}
    rest = text
    while rest := rest.lstrip(" \n$\x01\x03"):
        match = _BODY.match(rest) or _BLOCK.match(rest)
        if match is None:
            raise MessageUnreadable("the message breaks off, or text stands outside its blocks")
        name = "4" if match.re is _BODY else match.group(1)
        if name in found:
            raise MessageUnreadable(f"block {name} stands twice", field=f"{{{name}:}}")
        found[name] = match.groups()[-1]
        rest = rest[match.end() :]
    if "4" not in found:
        raise MessageUnreadable("the text block is missing", field="{4:}")
    if found.get("3", "") != "".join(f"{{{tag}:{value}}}" for tag, value in _NESTED.findall(found.get("3", ""))):
        raise MessageUnreadable("the user header is damaged", field="{3:}")
    return found


def _correspondents(blocks: dict[str, str]) -> tuple[Correspondent | None, Correspondent | None]:
    """Return sender and receiver; the basic header names whoever keeps this copy, the application header the other one."""
    if "1" not in blocks and "2" not in blocks:
        return None, None
    ours = _ADDRESS.fullmatch(blocks.get("1", ""))
    theirs = blocks.get("2", "")
    pattern = _RECEIVER if theirs.startswith("I") else _SENDER
    other = pattern.fullmatch(theirs)
    if ours is None or other is None:
        raise MessageUnreadable("the header is damaged", field="{1:}" if ours is None else "{2:}")
    keeper = Correspondent("".join(ours.groups()), "{1:}")
    named = Correspondent("".join(other.groups()), "{2:}")
    return (keeper, named) if pattern is _RECEIVER else (named, keeper)


def _fields(body: str) -> tuple[Field, ...]:
    read: list[tuple[str, list[str]]] = []
    for line in body.strip("\n").split("\n"):
        if found := _TAG.fullmatch(line):
            read.append((found.group(1), [found.group(2).rstrip()]))
        elif not read or line.startswith(":"):
            raise FieldUnknown("the line begins no field that SWIFT knows", field=line[:5])
        else:
            read[-1][1].append(line.rstrip())
    totals, seen = Counter(tag for tag, _ in read), Counter[str]()
    fields = []
    for tag, lines in read:
        seen[tag] += 1
        fields.append(Field(tag, tuple(lines), seen[tag] if totals[tag] > 1 else 0))
    return tuple(fields)


def readings(field: Field, lines: list[tuple[int, str]]) -> list[str]:
    """Return what numbered lines of a field may say when put together.

    Words stand apart at the end of each line; where a line is full, it may also break a word, which is read unbroken as well.
    """
    apart, unbroken = "", ""
    for number, text in lines:
        apart += f"{text} "
        unbroken += text if len(field.lines[number - 1]) >= LINE_CHARS else f"{text} "
    found = [" ".join(reading.split()) for reading in (apart, unbroken)]
    return [one for place, one in enumerate(found) if one and one not in found[:place]]
