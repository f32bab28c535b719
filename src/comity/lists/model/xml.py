"""Records out of an XML file: streamed, bounded, and strict about everything that stands between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from lxml import etree

from comity.lists.model.failures import EditionEmpty, EditionUnreadable, FieldUnread, NotThisList
from comity.lists.model.record import TEXT, Record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from comity.lists.model.source import Opened

_OPTIONS: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def records(
    opened: Opened, *, root: str, at: Collection[str], containers: Collection[str] = (), header: Collection[str] = ()
) -> Iterator[Record]:
    """Yield the elements at the given paths below the root (`INDIVIDUALS/INDIVIDUAL`) as records, one at a time.

    `containers` may hold records and nothing else; `header` elements are skipped here and read by `heading`. Any other element is
    `FieldUnread`. Raises `EditionEmpty`, `NotThisList`, `EditionUnreadable`. Memory is bounded by one record.
    """
    wanted, claimed = set(at), {*at, *header}
    known = {"", *containers, *(path.rpartition("/")[0] for path in at)}
    unknown = ""
    path: list[str] = []
    below = 0  # how deep within a record or heading: what stands there is theirs
    for event, element in _walk(opened, root):
        if unknown:  # said only now, so that a name cut off by the end of the file is not taken for an element
            raise FieldUnread("the element is not known", file=opened.name, field=unknown)
        if event == "start" and below:
            below += 1
        elif event == "start":
            path.append(_local(element.tag))
            here = "/".join(path[1:])
            below = int(here in claimed)
            unknown = here if not below and here not in known else ""
        elif below > 1:
            below -= 1
        else:
            here, below = "/".join(path[1:]), 0
            path.pop()
            if here in wanted:
                yield _record(element, opened.name)
            if here in claimed:
                _forget(element)


def heading(opened: Opened, *, root: str, until: Collection[str] = ()) -> Record:
    """Return the root's attributes and the elements that stand before the first of `until`, as one record."""
    fields: dict[str, list[str | Record]] = {}
    depth = 0
    for event, element in _walk(opened, root):
        depth += 1 if event == "start" else -1
        if event == "start" and depth == 1:
            fields = {f"@{_local(name)}": [value] for name, value in element.attrib.items()}
        elif event == "start" and depth == 2 and _local(element.tag) in until:  # noqa: PLR2004 - right below the root
            break
        elif event == "end" and depth == 1:
            fields.setdefault(_local(element.tag), []).append(_record(element, opened.name))
    return Record(fields, file=opened.name, label="heading")


def _walk(opened: Opened, root: str) -> Iterator[tuple[str, Any]]:
    first = True
    with opened.stream() as stream:
        try:
            for event, element in etree.iterparse(stream, events=("start", "end"), **_OPTIONS):
                if first:
                    _demand_root(element, root, opened.name)
                    first = False
                yield event, element
        except etree.XMLSyntaxError as error:
            raise _refusal(opened, error, first=first) from error


def _demand_root(element: Any, root: str, file: str) -> None:
    if element.getroottree().docinfo.doctype:
        raise EditionUnreadable("the file declares a document type, which no official list does", file=file)
    if (found := _local(element.tag)) != root:
        raise NotThisList(f"the file is a <{found}>, not a <{root}>", file=file)


def _refusal(opened: Opened, error: etree.XMLSyntaxError, *, first: bool) -> EditionUnreadable:
    head = opened.head(512)
    if not head.strip():
        return EditionEmpty("the file is empty", file=opened.name)
    if first and head.lstrip().lower().startswith((b"<!doctype html", b"<html")):
        return NotThisList("the file is a web page, not a list", file=opened.name)
    return EditionUnreadable(f"the XML breaks off or is damaged ({error.msg})", file=opened.name)


def _record(element: Any, file: str) -> Record:
    record = _nested(element, file)
    record.raw = etree.tostring(element, encoding="unicode", with_tail=False)
    return record


def _nested(element: Any, file: str) -> Record:
    fields: dict[str, list[str | Record]] = {f"@{_local(name)}": [value] for name, value in element.attrib.items()}
    if element.text and element.text.strip():
        fields[TEXT] = [element.text]
    for child in element:
        leaf = not len(child) and not child.attrib
        value: str | Record = (child.text or "") if leaf else _nested(child, file)
        fields.setdefault(_local(child.tag), []).append(value)
        if child.tail and child.tail.strip():
            fields.setdefault(TEXT, []).append(child.tail)
    return Record(fields, file=file)


def _forget(element: Any) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _local(tag: object) -> str:
    return cast("str", tag).rpartition("}")[2]
