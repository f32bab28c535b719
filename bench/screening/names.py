"""Parties of lists, their names, and the plain forms of names that the bench itself compares by."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import msgspec
from anyascii import anyascii

SCRIPTS = (
    ("Latin", ((0x41, 0x24F), (0x1E00, 0x1EFF), (0xFF21, 0xFF5A))),
    ("Greek", ((0x370, 0x3FF),)),
    ("Cyrillic", ((0x400, 0x52F),)),
    ("Hebrew", ((0x590, 0x5FF),)),
    ("Arabic", ((0x600, 0x77F), (0x8A0, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFE))),
    ("Kana", ((0x3040, 0x30FF),)),
    ("Han", ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2FFFF))),
    ("Hangul", ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7AF))),
)


class Listed(msgspec.Struct, frozen=True):
    """One party of one list. `same` are the ids under which other lists, or the same one, name the same party."""

    id: str
    schema: str
    names: tuple[str, ...]
    native: tuple[str, ...] = ()
    birth_dates: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    """Names among `names` that the publisher calls weak, or that a flattening may have cut."""
    same: tuple[str, ...] = ()
    split: str = ""
    """`fit` or `report`; parties that are the same, directly or through a third, are in the same."""


@lru_cache(4096)
def _script_of(letter: str) -> str:
    point = ord(letter)
    for name, ranges in SCRIPTS:
        if any(low <= point <= high for low, high in ranges):
            return name
    return "other"


def script(text: str) -> str:
    """Return the script that most letters are of; Japanese is Kana as soon as one kana occurs."""
    counts: dict[str, int] = defaultdict(int)
    for letter in text:
        if unicodedata.category(letter)[0] == "L":
            counts[_script_of(letter)] += 1
    if counts.get("Kana"):
        return "Kana"
    return max(counts, key=lambda name: counts[name]) if counts else "other"


def words(text: str) -> list[str]:
    """Return the words of a name in plain letters: what the bench compares names by, which no engine sees."""
    plain = anyascii(unicodedata.normalize("NFKC", text)).casefold()
    return re.findall(r"[a-z0-9]+", re.sub(r"['`\u2019\u02bc.]", "", plain))


def bag(text: str) -> str:
    """Return a name's words in alphabetical order: equal for names that differ in order, case and marks alone."""
    return " ".join(sorted(words(text)))


def kind(schema: str) -> str:
    """Return which of three kinds a schema is: person, organisation or thing."""
    if schema == "Person":
        return "person"
    return "thing" if schema in {"Vessel", "Airplane", "Vehicle", "CryptoWallet"} else "organisation"


def apart(names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return Latin names and native names, each once; a name that gives both, `Jin Tiesan (金铁三)`, is cut in two."""
    latin: dict[str, None] = {}
    native: dict[str, None] = {}
    for raw in names:
        name = " ".join(raw.strip(" ;,()").split()) if raw.count("(") == raw.count(")") == 0 else " ".join(raw.split())
        for piece in _pieces(name):
            if len(words(piece)) and any(letter.isalpha() for letter in piece):
                (latin if script(piece) == "Latin" else native)[piece] = None
    return tuple(latin), tuple(native)


def _pieces(name: str) -> Iterator[str]:
    inner = re.fullmatch(r"(.*?)\s*[(\uff08]\s*([^()\uff08\uff09]+?)\s*[)\uff09]", name)
    if inner and inner[1] and (script(inner[1]) == "Latin") != (script(inner[2]) == "Latin"):
        yield inner[1].strip()
        yield inner[2].strip()
    elif name.startswith("(") and name.endswith(")"):
        yield name[1:-1].strip()
    else:
        yield name


def read_lines(path: Path) -> list[Listed]:
    decoder = msgspec.json.Decoder(Listed)
    return [decoder.decode(line) for line in path.read_bytes().splitlines()]


def write_lines(path: Path, structs: Iterable[msgspec.Struct]) -> None:
    path.write_bytes(b"".join(msgspec.json.encode(struct) + b"\n" for struct in structs))
