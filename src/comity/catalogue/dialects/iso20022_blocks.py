"""Reading a block of an ISO 20022 message against what is known of it: every leaf is screened, plainly not, or an error.

A message is described by nested tables: `Block`s of elements that end in `Leaf`s. Whoever reads a block learns each leaf's kind and
its exact place (`CdtTrfTxInf[1]/Cdtr/PstlAdr/AdrLine[2]`; an index stands where siblings share a name). What stands in no table is
refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from enum import Enum
from typing import Any, Final, TypeAlias

import msgspec

from comity.catalogue.dialects.payment_reading import Fact, Reading
from comity.payments.model import FieldKind, FieldUnknown, Role, screened, xml

SCHEMA_INSTANCE: Final = "{http://www.w3.org/2001/XMLSchema-instance}"


class Plain(Enum):
    """Why a leaf is not screened."""

    CODE = "a code of a closed or external code set"
    AMOUNT = "an amount of money, or its currency"
    DATE = "a date or a time"
    NUMBER = "a number, a count or a rate"
    FLAG = "yes or no"
    KEY = "a signature or a cryptographic key"


class Leaf(msgspec.Struct, frozen=True):
    """An element that holds text: screened as a kind, or not screened for a reason."""

    kind: FieldKind | Plain
    fact: str = ""
    """Under which name its text is kept for the transfer itself."""


class Block(msgspec.Struct, frozen=True):
    """An element that holds elements."""

    children: Mapping[str, Leaf | Block]
    role: Role | None = None
    """Of whom everything within speaks."""
    group: str = ""
    """The group of its texts, where it is not that of the role; `each` makes every such block somebody of their own."""
    typed: bool = False
    """Whether it says of which type the identifier in it is."""
    agent: bool = False
    """Whether this describes a financial institution."""
    apart: str = ""
    """The name of a chain of its own: the payment beneath, or the original one."""
    text: Leaf | None = None
    """What it is where, in other versions, it holds text instead of elements."""
    anything: Leaf | None = None
    """What elements are that no table can name, because anybody may define them."""


Table: TypeAlias = dict[str, Leaf | Block]
"""What may stand in an element, by name."""


class _Within(msgspec.Struct, frozen=True):
    """Where the reader is: whose block, which group, and how the identifiers in it are typed."""

    role: Role | None = None
    group: Hashable = None
    scheme: str = ""
    anything: Leaf | None = None


class _Names(dict[str, str]):
    """Local names by tag; a name of another namespace stays as it is, and is in no table."""

    def __init__(self, namespace: str) -> None:
        super().__init__()
        self._prefix = f"{{{namespace}}}"

    def __missing__(self, tag: object) -> str:
        if not isinstance(tag, str):
            raise FieldUnknown("an entity stands where an element should")
        name = self[tag] = tag.removeprefix(self._prefix)
        return name


class Reader:
    """Reads blocks of one namespace."""

    def __init__(self, namespace: str) -> None:
        self._names = _Names(namespace)

    def block(self, element: Any, block: Block, place: str, into: Reading) -> None:
        """Read a whole element. Raises `FieldUnknown`."""
        self._block(element, block, place, into, _Within())

    def child(self, element: Any, spec: Leaf | Block | None, place: str, into: Reading) -> None:
        """Read one element of which its table is known. Raises `FieldUnknown`."""
        self._child(element, spec, place, into, _Within())

    def name(self, element: Any) -> str:
        """Return an element's local name."""
        return self._names[element.tag]

    def _block(self, element: Any, block: Block, place: str, into: Reading, within: _Within) -> None:
        text = element.text
        if text is not None and text.strip():
            raise FieldUnknown("text stands between the elements", field=place)
        if block.apart:
            into = into.apart.setdefault(block.apart, Reading())
        within = self._entered(element, block, place, within)
        if block.agent:
            into.gathered.agents.add(within.role if within.group is None else within.group)
        elements = list(element)
        names = [self._names[child.tag] for child in elements]
        places = _places(place, [xml.local(name) for name in names] if within.anything else names)
        children, anything = block.children, within.anything
        for child, name, here in zip(elements, names, places, strict=True):
            self._child(child, children.get(name) or anything, here, into, within)

    def _entered(self, element: Any, block: Block, place: str, within: _Within) -> _Within:
        """Return what holds within a block."""
        role, group, scheme = within.role, within.group, within.scheme
        if block.role is not None:
            role, group = block.role, None
        if block.group:
            group = (block.role, place) if block.group == "each" else block.group
        if block.typed:
            scheme = self._scheme(element)
        if role is within.role and group is within.group and scheme is within.scheme and block.anything is None:
            return within
        return _Within(role, group, scheme, block.anything or within.anything)

    def _scheme(self, element: Any) -> str:
        for child in element:
            if self._names[child.tag] in {"SchmeNm", "ClrSysId", "Tp"}:
                return next((one.text.strip() for one in child if one.text), "")
        return ""

    def _child(self, child: Any, spec: Leaf | Block | None, here: str, into: Reading, within: _Within) -> None:
        tail = child.tail
        if tail is not None and tail.strip():
            raise FieldUnknown("text stands between the elements", field=here)
        if isinstance(spec, Leaf):
            if len(child) and spec is within.anything:
                _attributes(child, spec, here, into, within)
                self._block(child, _ANYTHING, here, into, within)
            else:
                _leaf(child, spec, here, into, within)
        elif spec is None:
            raise FieldUnknown("the element is not known", field=here)
        elif spec.text is not None and not len(child):
            _leaf(child, spec.text, here, into, within)
        else:
            if child.keys():
                demand_no_attributes(child, here)
            self._block(child, spec, here, into, within)


_ANYTHING: Final = Block({})


def _places(place: str, names: list[str]) -> list[str]:
    """Return the places of an element's children; those that share a name are counted."""
    if len(names) == 1 or len(set(names)) == len(names):
        return [f"{place}/{name}" for name in names]
    totals, seen = Counter(names), Counter[str]()
    found = []
    for name in names:
        seen[name] += 1
        found.append(f"{place}/{name}[{seen[name]}]" if totals[name] > 1 else f"{place}/{name}")
    return found


def _leaf(element: Any, leaf: Leaf, place: str, into: Reading, within: _Within) -> None:
    if len(element):
        raise FieldUnknown("holds elements where text is expected", field=place)
    currency = ""
    if leaf is within.anything:
        _attributes(element, leaf, place, into, within)
    elif element.keys():
        demand_no_attributes(element, place, ("Ccy",) if leaf.kind is Plain.AMOUNT else ())
        currency = element.get("Ccy", "")
    text = (element.text or "").strip()
    if not text:
        return
    if leaf.fact:
        into.facts.setdefault(leaf.fact, []).append(Fact(text, place, currency))
    kind = leaf.kind
    if isinstance(kind, FieldKind):
        into.gathered.add(screened(kind, text, place, within.role, within.scheme), within.group)


def _attributes(element: Any, leaf: Leaf, place: str, into: Reading, within: _Within) -> None:
    """Read the attributes of an element that anybody may have defined, like elements of its own."""
    for name, value in element.items():
        if isinstance(leaf.kind, FieldKind) and not name.startswith(SCHEMA_INSTANCE):
            here = f"{place}/@{name.rpartition('}')[2]}"
            into.gathered.add(screened(leaf.kind, value, here, within.role, within.scheme), within.group)


def demand_no_attributes(element: Any, place: str, allowed: tuple[str, ...] = ()) -> None:
    """Demand that an element has only known attributes; those of XML Schema itself say nothing. Raises `FieldUnknown`."""
    for name in element.keys():  # noqa: SIM118 - an element of lxml, not a mapping
        if name not in allowed and not name.startswith(SCHEMA_INSTANCE):
            raise FieldUnknown("the attribute is not known", field=f"{place}/@{name}")
