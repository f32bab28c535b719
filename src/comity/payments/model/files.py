"""Files of payment messages: what each says it is, and where one message ends and the next begins."""

from __future__ import annotations

import codecs
import io
import re
from enum import Enum
from typing import TYPE_CHECKING, Final

import msgspec

from comity.lists.model import InMemory
from comity.payments.model import xml
from comity.payments.model.failures import KindUnknown, MessageTooLarge, MessageUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.lists.model import Opened

HEAD_BYTES: Final = 4096
_BLOCK_BYTES: Final = 65_536
SWIFT_MESSAGE_CHARS_MAX: Final = 100_000
"""A SWIFT FIN message has at most 10,000 characters; files from other networks write a little more."""


class Standard(Enum):
    """Who defines the form of a message."""

    ISO_20022 = "ISO 20022"
    SWIFT_MT = "SWIFT MT"
    TABLE = "CSV"


class Announced(msgspec.Struct, frozen=True):
    """What a file says it is, before anything else is read."""

    standard: Standard
    name: str
    """`pacs.008.001.08`, `MT202COV`, `CSV`."""


DOCUMENT: Final = "Document"
_MESSAGE_NAME = re.compile(r"(?:^|[:/])([a-z]{4}\.\d{3}\.\d{3}\.\d{2})(?:\.[a-z]{2}\.\d{2})?(?:\.xsd)?$")
"""The name of a message at the end of a namespace; Swiss files add their own version and `.xsd` to it."""

_MESSAGE_BEGINS = re.compile(r"(?=\{1:[A-Z]\d\d)")
_BODY_BEGINS = re.compile(r"\{4:|:\d\d[A-Z]?:")
_TYPE = re.compile(r"\{2:[IO](\d{3})")
_USER_COVER = re.compile(r"\{119:COV\}")
_ORDERING_CUSTOMER = re.compile(r"^:50[A-Z]?:", re.MULTILINE)
_BENEFICIARY = {"MT101": r"^:28D:", "MT202": r"^:58[A-Z]:", "MT103": r"^:59[A-Z]?:"}
"""The field by which a body without its header is told, in the order in which they are asked for."""
_COVERED: Final = frozenset({"MT202", "MT205"})


def announced(opened: Opened) -> Announced:
    """Return what a file says it is. Raises `MessageUnreadable`, `KindUnknown`."""
    head = opened.head(HEAD_BYTES)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \r\n\t\x01\x03$")
    if not start:
        raise MessageUnreadable("the file is empty", file=opened.name)
    if start.startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
        return Announced(Standard.ISO_20022, _document_name(opened))
    if start.startswith((b"{", b":20:", b":20 :")) or re.match(rb":\d\d[A-Z]?:", start):
        return Announced(Standard.SWIFT_MT, swift_name(start.decode("latin-1"), opened.name))
    return Announced(Standard.TABLE, "CSV")


def _document_name(opened: Opened) -> str:
    for _, element, _ in xml.walk(opened, (DOCUMENT,)):
        return message_name(xml.namespace(element.tag), opened.name)
    raise KindUnknown("there is no ISO 20022 document in it", file=opened.name)


def message_name(namespace: str, file: str) -> str:
    """Return the name of a message from its document's namespace. Raises `KindUnknown`."""
    found = _MESSAGE_NAME.search(namespace)
    if found is None:
        raise KindUnknown(
            f"the namespace {namespace!r} names no ISO 20022 message" if namespace else "the document has no namespace",
            file=file,
            field=DOCUMENT,
        )
    return found.group(1)


def swift_name(text: str, file: str) -> str:
    """Return the type of a SWIFT message, told by its header, or by its fields where it has none. Raises `KindUnknown`."""
    if header := _TYPE.search(text):
        name = f"MT{header.group(1)}"
    else:
        found = (name for name, tag in _BENEFICIARY.items() if re.search(tag, text.replace("\r", ""), re.MULTILINE))
        name = next(found, "")
    if not name:
        raise KindUnknown("the SWIFT message has no header, and its fields do not tell its type", file=file)
    covers = _USER_COVER.search(text) or _ORDERING_CUSTOMER.search(text.replace("\r", ""))
    return f"{name}COV" if name in _COVERED and covers else name


def messages(opened: Opened) -> Iterator[InMemory]:
    """Yield the messages of a SWIFT file one by one, each as a file of its own. Raises `MessageTooLarge`."""
    held = _Held()
    for line in _lines(opened):
        if held.ends_before(line):
            yield InMemory(opened.name, held.text())
            held = _Held()
        held.add(line)
        if held.chars > SWIFT_MESSAGE_CHARS_MAX:
            raise MessageTooLarge(f"{opened.name}: one message has more than {SWIFT_MESSAGE_CHARS_MAX} characters.")
    if held.is_message:
        yield InMemory(opened.name, held.text())


_PADDING = " $\x01\x03"
"""What files of several messages put between them."""


class _Held:
    """The lines of the message that is being read."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self.chars = 0
        self.is_message = self._has_header = self._is_closed = False

    def add(self, line: str) -> None:
        """Take one more line."""
        bare = line.strip(_PADDING)
        self._has_header = self._has_header or (not self.is_message and bare.startswith("{1:"))
        self.is_message = self.is_message or bool(bare)
        self._is_closed = self._is_closed or line.startswith("-")
        self._lines.append(line)
        self.chars += len(line) + 1

    def ends_before(self, line: str) -> bool:
        """Say whether a new message begins here: with its header, or, without one, after the end of the last text."""
        if line.startswith("{1:"):
            return self.is_message
        return self._is_closed and not self._has_header and _BODY_BEGINS.match(line) is not None

    def text(self) -> bytes:
        """Return the message."""
        return "\n".join(self._lines).encode()


def _lines(opened: Opened) -> Iterator[str]:
    """Yield the lines, both line ends; a header in the middle of a line begins a line of its own."""
    with opened.stream() as source:
        encoding = _encoding(opened)
        text = io.TextIOWrapper(source, encoding=encoding, newline=None)
        while line := text.readline(SWIFT_MESSAGE_CHARS_MAX):
            for part in _MESSAGE_BEGINS.split(line.rstrip("\n\r")):
                yield part.rstrip("\r").lstrip("\x01\ufeff")


def _encoding(opened: Opened) -> str:
    """Say how a SWIFT file is written: UTF-8 (of which ASCII is a part) where it is that throughout, and otherwise Latin-1."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with opened.stream() as source:
        try:
            while block := source.read(_BLOCK_BYTES):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "latin-1"
    return "utf-8-sig"
