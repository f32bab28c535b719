"""Messages made from an XML Schema: every element that it allows, each leaf with a text of its own. Knows nothing of any reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

SCHEMA = "{http://www.w3.org/2001/XMLSchema}"
ALTERNATIVES_MAX = 10
"""The longest choice in the payment schemas; instance n takes the n-th alternative of each choice, or its last."""

VALUES = {
    "decimal": "12",
    "date": "2031-11-21",
    "dateTime": "2031-11-21T09:00:00Z",
    "time": "09:00:00",
    "boolean": "true",
    "gYear": "2031",
    "base64Binary": "AAAA",
    "hexBinary": "AAAA",
}
"""What a leaf of a type without free text holds."""


class Leaf(NamedTuple):
    """A leaf of an instance."""

    path: str
    text: str
    is_text: bool
    """Whether the schema lets anybody write anything there, or an identifier; codes, numbers and times are not text."""


class Schema:
    """One schema of a message."""

    def __init__(self, file: Path) -> None:
        root = etree.parse(file).getroot()
        self.namespace = str(root.get("targetNamespace"))
        self.types = {one.get("name"): one for one in root if one.get("name")}

    def instance(self, number: int) -> tuple[bytes, list[Leaf]]:
        """Return a message with the n-th alternative of every choice, and its leaves."""
        document = etree.Element(f"{{{self.namespace}}}Document")
        leaves = list(self._fill(document, self.types["Document"], "", number))
        return etree.tostring(document), leaves

    def _fill(self, element: Any, type_: Any, path: str, number: int) -> Iterator[Leaf]:
        for particle in self._particles(type_, number):
            if particle.tag == f"{SCHEMA}any":
                child = etree.SubElement(element, "{urn:example:extension}Extra")
                child.text = f"marker {path}"
                yield Leaf(f"{path}/Extra", child.text, is_text=True)
                continue
            name = str(particle.get("name"))
            child = etree.SubElement(element, f"{{{self.namespace}}}{name}")
            index = "[1]" if path.count("/") in (0, 1) and name in {"CdtTrfTxInf", "TxInf", "PmtInf", "Undrlyg"} else ""
            here = f"{path}/{name}{index}".lstrip("/")
            of = self.types.get(particle.get("type"))
            if of is not None and of.tag == f"{SCHEMA}complexType" and of.find(f"{SCHEMA}simpleContent") is None:
                yield from self._fill(child, of, here, number)
            else:
                yield self._leaf(child, of, here)

    def _particles(self, type_: Any, number: int) -> Iterator[Any]:
        for group in type_:
            if group.tag == f"{SCHEMA}choice":
                options = list(group)
                chosen = options[min(number, len(options) - 1)]
                yield from self._particles([chosen], number)
            elif group.tag == f"{SCHEMA}sequence":
                yield from self._particles(group, number)
            elif group.tag in (f"{SCHEMA}element", f"{SCHEMA}any"):
                yield group

    def _leaf(self, element: Any, type_: Any, path: str) -> Leaf:
        content = type_.find(f"{SCHEMA}simpleContent/{SCHEMA}extension")
        if content is not None:
            element.set("Ccy", "EUR")
            element.text = "12.50"
            return Leaf(path, element.text, is_text=False)
        restriction = type_.find(f"{SCHEMA}restriction")
        base = str(restriction.get("base")).rpartition(":")[2]
        name = str(type_.get("name"))
        if base in VALUES:
            element.text = VALUES[base]
        elif restriction.find(f"{SCHEMA}enumeration") is not None or re.fullmatch(
            r"External\w+Code|\w*CurrencyCode", name
        ):
            element.text = "CODE"
        elif name.endswith("NumericText") or name in {"Number", "Max10KBinary", "Max1025Text"}:
            element.text = "1"
        else:
            element.text = f"marker {path}"
            return Leaf(path, element.text, is_text=True)
        return Leaf(path, element.text, is_text=False)
