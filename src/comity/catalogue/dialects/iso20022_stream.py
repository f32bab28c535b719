"""Reading ISO 20022 payment messages transaction by transaction, of any number, within bounded memory.

A message is a root (`FIToFICstmrCdtTrf`) with records (`CdtTrfTxInf`), which may stand in containers (`PmtInf`). What stands around
the records holds for each of them. The document may be wrapped in an envelope with a business header (`AppHdr`), which is read too;
other parts of an envelope belong to the transport and say nothing about the payment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from comity.catalogue.dialects import iso20022_components as c
from comity.catalogue.dialects.iso20022_blocks import (
    Block,
    Leaf,
    Plain,
    Reader,
    Table,
    demand_no_attributes,
)
from comity.catalogue.dialects.payment_reading import Reading, transfer
from comity.payments.model import (
    FieldUnknown,
    KindUnknown,
    MessageUnreadable,
    Opened,
    Role,
    Transfer,
    ValueMalformed,
    message_name,
    xml,
)

DOCUMENT, HEADER = "Document", "AppHdr"


def _addressed(role: Role) -> Block:
    return Block(
        {"FIId": Block(c.AGENT, agent=True), "OrgId": Block({**c.PARTY, "Id": Block({"OrgId": c.ORGANISATION_ID})})},
        role=role,
    )


_ROUTED: Final[Table] = {
    **dict.fromkeys(("CharSet", "MsgDefIdr", "CreDt", "CpyDplct", "PssblDplct", "Prty", "BizPrcgDt"), c.CODE),
    "BizMsgIdr": c.REFERENCE,
    "BizSvc": Leaf(Plain.CODE, "service"),
    "MktPrctc": Block({"Regy": c.REFERENCE, "Id": c.REFERENCE}),
    "Sgntr": Block({}, anything=c.KEY),
}
BUSINESS_HEADER: Final = Block(
    {
        **_ROUTED,
        "Fr": _addressed(Role.SENDER),
        "To": _addressed(Role.RECEIVER),
        "Rltd": Block(
            {
                **_ROUTED,
                "BizSvc": c.CODE,
                "Fr": _addressed(Role.RELATED_SENDER),
                "To": _addressed(Role.RELATED_RECEIVER),
            }
        ),
    }
)
"""The business application header, head.001.001."""


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """How one kind of message is built."""

    kind: str
    names: tuple[str, ...]
    root: str
    record: str
    container: str = ""
    around: Mapping[str, Leaf | Block]
    """What stands in the root beside records and containers."""
    within: Mapping[str, Leaf | Block] = {}
    """What stands in a container beside records."""
    transaction: Block
    needed: Mapping[str, str | Role] = {}
    """What no transaction can do without: the element, and the fact or the role that it gives."""
    whole: bool = False
    """Whether a message without records speaks of a whole earlier message."""


def read(shape: Shape, opened: Opened) -> Iterator[Transfer]:
    """Yield the transfers of a file. Raises `MessageUnreadable` and what derives from it."""
    walk = _Walk(shape, opened)
    names = {DOCUMENT, HEADER, shape.root, shape.record, shape.container} - {""}
    for event, element, stream in xml.walk(opened, names):
        yield from walk.starts(element) if event == "start" else walk.ends(element)
        if event == "end":
            stream.finished()
    yield from walk.finished()


class _Level:
    """An element that is open, of which the children are read as they come."""

    def __init__(self, element: Any, place: str, known: Mapping[str, Leaf | Block]) -> None:
        self.element, self.place, self.known = element, place, known
        self.read = Reading()
        self.records = 0


class _Walk:
    """Follows one file from start to end."""

    def __init__(self, shape: Shape, opened: Opened) -> None:
        self.shape, self.opened = shape, opened
        self.number = self.documents = self.containers = 0
        self.header = Reading()
        self.version = ""
        self.reader = Reader("")
        self.document: Any = None
        self.root: _Level | None = None
        self.container: _Level | None = None
        self.open: Any = None
        """The record that is being parsed."""
        self.place = ""
        self.pending: Reading | None = None
        """The last transaction, until it is known that nothing after it speaks of it."""

    def starts(self, element: Any) -> Iterator[Transfer]:
        name, parent = xml.local(element.tag), element.getparent()
        if name == DOCUMENT and self.document is None:
            self._document(element)
        elif self.document is None or self.open is not None:
            return
        elif name == self.shape.root and parent is self.document:
            demand_no_attributes(element, name)
            index = f"{DOCUMENT}[{self.documents}]/" if self.documents > 1 else ""
            self.root = _Level(element, index + self.reader.name(element), self.shape.around)
            self.containers = 0
        elif self.root is None:
            return
        elif name == self.shape.container and parent is self.root.element:
            yield from self._passed()
            self._around(self.root, element)
            self.containers += 1
            demand_no_attributes(element, name)
            place = f"{self.root.place}/{self.reader.name(element)}[{self.containers}]"
            self.container = _Level(element, place, self.shape.within)
        elif name == self.shape.record and (level := self._level()) and parent is level.element:
            yield from self._passed()
            self._around(level, element)
            self.open = element

    def ends(self, element: Any) -> Iterator[Transfer]:
        if element is self.open:
            self._record(element)
            _forget(element)
        elif self.container is not None and element is self.container.element:
            yield from self._closed(self.container)
            self.container = None
            _forget(element)
        elif self.root is not None and element is self.root.element:
            yield from self._closed(self.root)
            yield from self._passed()
            self.root = None
            _forget(element)
        elif element is self.document:
            self._demand_only_root(element)
            self.document, self.header = None, Reading()
            _forget(element)
        elif self.document is None and xml.local(element.tag) == HEADER:
            self.header = Reading()
            reader = Reader(xml.namespace(element.tag))
            reader.child(element, BUSINESS_HEADER, HEADER, self.header)
            _forget(element)

    def finished(self) -> Iterator[Transfer]:
        if not self.documents:
            raise KindUnknown("there is no ISO 20022 document in it", file=self.opened.name)
        if not self.number:
            raise MessageUnreadable("the message holds no transaction")
        yield from ()

    def _level(self) -> _Level | None:
        return self.container if self.shape.container else self.root

    def _document(self, element: Any) -> None:
        self.documents += 1
        namespace = xml.namespace(element.tag)
        self.version = message_name(namespace, self.opened.name)
        if self.version not in self.shape.names:
            raise KindUnknown(f"a document of another kind, {self.version}, stands in the same file", field=DOCUMENT)
        self.document, self.reader = element, Reader(namespace)

    def _demand_only_root(self, document: Any) -> None:
        for child in document:
            if self.reader.name(child) != self.shape.root:
                raise FieldUnknown("the element is not known", field=f"{DOCUMENT}/{self.reader.name(child)}")

    def _around(self, level: _Level, until: Any) -> None:
        """Read what stands before a record or a container and has not been read."""
        before = [] if until is None else list(until.itersiblings(preceding=True))[::-1]
        self._children(level, before, level.read)

    def _children(self, level: _Level, elements: list[Any], into: Reading) -> None:
        if level.element.text and level.element.text.strip():
            raise FieldUnknown("text stands between the elements", field=level.place)
        names = [self.reader.name(one) for one in elements]
        totals, seen = Counter(names), Counter[str]()
        for element, name in zip(elements, names, strict=True):
            seen[name] += 1
            place = f"{level.place}/{name}" + (f"[{seen[name]}]" if totals[name] > 1 else "")
            if name in (self.shape.record, self.shape.container):
                if element.tail and element.tail.strip():
                    raise FieldUnknown("text stands between the elements", field=place)
            else:
                self.reader.child(element, level.known.get(name), place, into)

    def _record(self, element: Any) -> None:
        level = self._level()
        assert level is not None, "a record is open only within its level"
        level.records += 1
        reading = Reading()
        self.place = f"{level.place}/{self.shape.record}[{level.records}]"
        self.reader.child(element, self.shape.transaction, self.place, reading)
        self.pending = self._completed(reading)
        self.open = None

    def _completed(self, reading: Reading) -> Reading:
        """Add what stands around a record to it; a fact of the record itself outweighs one of its surroundings."""
        whole = Reading()
        for outer in (self.header, *(level.read for level in (self.root, self.container) if level is not None)):
            whole.extend(outer)
        whole.extend(reading)
        return whole

    def _closed(self, level: _Level) -> Iterator[Transfer]:
        """Read what stands after the last record; without any record, take what there is for one where the kind allows it."""
        holds = level.records or (level is self.root and self.containers)
        if holds:
            tail = Reading()
            self._children(level, list(level.element), tail)
            if self.pending is not None:
                self.pending.extend(tail)
        elif self.shape.whole:
            yield from self._passed()
            self._children(level, list(level.element), level.read)
            self.pending = self._completed(Reading())
        else:
            raise MessageUnreadable("holds no transaction", field=level.place)

    def _passed(self) -> Iterator[Transfer]:
        if self.pending is not None:
            self.number += 1
            reading, self.pending = self.pending, None
            for name, what in self.shape.needed.items():
                if what not in (reading.facts if isinstance(what, str) else reading.gathered.groups):
                    raise ValueMalformed("the element is missing", field=f"{self.place}/{name}")
            yield transfer(self.shape.kind, self.version, self.number, reading)


def _forget(element: Any) -> None:
    element.clear(keep_tail=True)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
