"""XML from outside, read safely and with bounded memory: no document types, no entities, no network, nothing huge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast

from lxml import etree

from comity.payments.model.failures import MessageTooLarge, MessageUnreadable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from comity.lists.model import Opened

TRANSACTION_BYTES_MAX: Final = 20_000_000
"""XML between two transactions; the largest real ones hold some thousand lines of remittance, under a megabyte."""

_OPTIONS: Final[dict[str, Any]] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
    "remove_blank_text": True,
}
_HEAD_BYTES: Final = 4096


class Stream:
    """A file being read, which stops when too much comes without anything being finished."""

    def __init__(self, name: str, source: BinaryIO) -> None:
        self._name, self._source, self._unfinished_bytes = name, source, 0

    def read(self, count: int = -1) -> bytes:
        """Return the next bytes. Raises `MessageTooLarge`."""
        found = self._source.read(count)
        self._unfinished_bytes += len(found)
        if self._unfinished_bytes > TRANSACTION_BYTES_MAX:
            raise MessageTooLarge(f"{self._name}: one transaction has more than {TRANSACTION_BYTES_MAX} bytes.")
        return found

    def finished(self) -> None:
        """Say that what has been read so far is done with."""
        self._unfinished_bytes = 0


def walk(opened: Opened, names: Collection[str]) -> Iterator[tuple[str, Any, Stream]]:
    """Yield the start and the end of every element of the given local names, in any namespace, as lxml's `iterparse` does.

    What the caller has read it clears and reports as finished. Raises `MessageUnreadable`, `MessageTooLarge`.
    """
    if not (head := opened.head(_HEAD_BYTES)).strip():
        raise MessageUnreadable("the file is empty", file=opened.name)
    if b"<!DOCTYPE" in head:
        raise MessageUnreadable("the file declares a document type, which no payment message does", file=opened.name)
    tags = tuple(f"{{*}}{name}" for name in names)
    with opened.stream() as source:
        stream = Stream(opened.name, source)
        try:
            parser = etree.iterparse(cast("Any", stream), events=("start", "end"), tag=tags, **_OPTIONS)
            first = True
            for event, element in parser:
                if first and element.getroottree().docinfo.doctype:  # it stands before every element
                    raise MessageUnreadable("the file declares a document type", file=opened.name)
                first = False
                yield event, element, stream
        except etree.XMLSyntaxError as error:
            raise MessageUnreadable(f"the XML breaks off or is damaged ({error.msg})", file=opened.name) from error


def local(tag: object) -> str:
    """Return an element's name without its namespace."""
    return cast("str", tag).rpartition("}")[2]


def namespace(tag: object) -> str:
    """Return an element's namespace; empty where it has none."""
    text = cast("str", tag)
    return text[1:].partition("}")[0] if text.startswith("{") else ""
