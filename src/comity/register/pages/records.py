"""Records as published, laid out so that they can be read: XML and JSON indented, everything else as it came."""

from __future__ import annotations

import re

import msgspec
from lxml import etree

from comity.register.model.answers import Published

NAME_SAFE = re.compile(r"[^A-Za-z0-9.@_-]+")
LAID_OUT_CHARS_MAX = 200_000
"""Characters of a record that are laid out and shown; a longer one is shown in part, and downloaded whole."""


class LaidOut(msgspec.Struct, frozen=True, kw_only=True):
    """One record for the eye."""

    published: Published
    text: str
    """With indents, where the form allows it without a change of meaning."""
    is_indented: bool
    cut: int
    """Characters that are not shown."""


def laid_out(published: Published) -> LaidOut:
    """Return a record as it is shown."""
    text = _xml(published.raw) or _json(published.raw) or published.raw
    return LaidOut(
        published=published,
        text=text[:LAID_OUT_CHARS_MAX],
        is_indented=text != published.raw,
        cut=max(len(text) - LAID_OUT_CHARS_MAX, 0),
    )


def file_name(published: Published) -> str:
    """Return the name under which a record is downloaded."""
    kind = "xml" if _xml(published.raw) else "json" if _json(published.raw) else "txt"
    edition = published.since_edition or published.source
    return NAME_SAFE.sub("-", f"{edition}.{published.reference}.{kind}")


def _xml(raw: str) -> str:
    if not raw.lstrip().startswith("<"):
        return ""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True, load_dtd=False)
    try:
        tree = etree.fromstring(raw.encode(), parser)
    except etree.XMLSyntaxError:
        return ""
    etree.indent(tree, "  ")
    return etree.tostring(tree, encoding="unicode")


def _json(raw: str) -> str:
    if not raw.lstrip().startswith(("{", "[")):
        return ""
    try:
        return msgspec.json.format(raw, indent=2)
    except msgspec.DecodeError:
        return ""
