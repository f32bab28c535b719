"""Plants what no publisher ever wrote into an example: an element, an attribute, a column, a key."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from lxml import etree

PLANTED = "Surprise"
"""The name of whatever is planted."""

DELIMITERS = ",;\t|"


class Planted:
    """One change to a file."""

    def __init__(self, where: str, raw: bytes, without: Callable[[], bytes | None] = lambda: None) -> None:
        self.where, self.raw = where, raw
        self.without = without
        """Make the same file without the element in which it was planted, if there would be a file left."""


def kind(raw: bytes) -> str:
    """Return `xml`, `json`, `binary` or `table`."""
    start = raw.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<"):
        return "xml"
    if start.startswith((b"{", b"[")):
        return "json"
    return "binary" if b"\x00" in raw[:512] else "table"


def elements(raw: bytes) -> Iterator[Planted]:
    """Plant an element into every element, one at a time."""
    for index, element in enumerate(list(_xml(raw).iter("*"))):
        space = etree.QName(element).namespace
        child = etree.SubElement(element, f"{{{space}}}{PLANTED}" if space else PLANTED)
        child.text = "x"
        yield Planted(_path(element), _write(element), partial(_without, raw, index))
        element.remove(child)


def attributes(raw: bytes, records: set[str]) -> Iterator[Planted]:
    """Plant an attribute into every record, named by its element, and into every element within one."""
    for index, element in enumerate(list(_xml(raw).iter("*"))):
        if any(etree.QName(one).localname in records for one in (element, *element.iterancestors())):
            element.set(PLANTED, "x")
            yield Planted(_path(element), _write(element), partial(_without, raw, index))
            del element.attrib[PLANTED]


def columns(raw: bytes) -> Planted:
    """Plant one more column into a table, header included."""
    encoding = "utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "utf-8" if _is_utf8(raw) else "cp1252"
    text = raw.decode(encoding)
    first = max(text.splitlines()[:3], key=len)
    delimiter = max(DELIMITERS, key=first.count)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        writer.writerow(row if row in ([], ["\x1a"]) else [*row, PLANTED])
    return Planted("every row", out.getvalue().encode(encoding))


def keys(raw: bytes) -> Iterator[Planted]:
    """Plant a key into every object of a JSON document, or of each line of JSON lines."""
    try:
        documents, join = [json.loads(raw)], b""
    except json.JSONDecodeError:
        documents, join = [json.loads(line) for line in raw.splitlines() if line.strip()], b"\n"
    paths = [path for number, document in enumerate(documents) for path in _objects(document, (number,))]
    for path in paths:
        copy = json.loads(json.dumps(documents))
        place: Any = copy
        for step in path:
            place = place[step]
        place[PLANTED] = "x"
        yield Planted("/".join(map(str, path)), join.join(json.dumps(one).encode() for one in copy))


def _objects(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        yield path
        for key, one in value.items():
            yield from _objects(one, (*path, key))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _objects(one, (*path, index))


def _xml(raw: bytes) -> etree._Element:
    return etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True))


def _write(element: etree._Element) -> bytes:
    return etree.tostring(element.getroottree(), encoding="utf-8", xml_declaration=True)


def _path(element: etree._Element) -> str:
    return element.getroottree().getelementpath(element).replace("{", "").replace("}", ":")


def _without(raw: bytes, index: int) -> bytes | None:
    root = _xml(raw)
    element = list(root.iter("*"))[index]
    parent = element.getparent()
    if parent is None:
        return None
    parent.remove(element)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def record_tag(raw: str) -> str:
    """Return the element by which a record begins."""
    return etree.QName(_xml(raw.encode())).localname
