"""Original-script names from the acts of the European Union's Official Journal, which print more of them than the list does.

A party that the list has already (an equal whole name) gets the names that it lacks; another is added. Extracted by
OpenSanctions (CC BY-NC): for measuring only.
"""

from __future__ import annotations

import csv
import io
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import msgspec

from screening.names import Listed, apart, bag, kind, script, words

ARCHIVE = "sanctions/eu/oj_consolidated_2026-08.NC.tar.gz"
SCHEMATA = {
    "Person": "Person",
    "LegalEntity": "Organization",
    "Company": "Organization",
    "Organization": "Organization",
}


def with_journal(listed: list[Listed], shared: Path) -> list[Listed]:
    """Return the list with the native names, and the parties, that the acts add."""
    at = {(kind(each.schema), bag(name)): each.id for each in listed for name in each.names if len(words(name)) > 1}
    parties = {each.id: each for each in listed}
    for number, (schema, latin, native) in enumerate(_rows(shared)):
        known = [at[key] for name in latin if (key := (kind(schema), bag(name))) in at]
        if known:
            old = parties[known[0]]
            parties[old.id] = msgspec.structs.replace(old, native=tuple(dict.fromkeys([*old.native, *native])))
        elif native:
            id_ = f"oj:{number}"
            split = "report" if crc32(id_.encode()) % 2 else "fit"
            parties[id_] = Listed(
                id=id_, schema=schema, names=latin, native=native, refs=(f"eu_journal:{number}",), split=split
            )
            at |= {(kind(schema), bag(name)): id_ for name in latin if len(words(name)) > 1}
    return list(parties.values())


def _rows(shared: Path) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    with tarfile.open(shared / ARCHIVE) as archive:
        for member in archive.getmembers():
            raw = archive.extractfile(member) if member.name.endswith(".csv") else None
            if raw is None:
                continue
            for row in csv.DictReader(io.StringIO(raw.read().decode())):
                if row["schema"] in SCHEMATA:
                    yield SCHEMATA[row["schema"]], *_names(row)


def _names(row: dict[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the name and the aliases that no comma may have cut, and every piece that is in another script."""
    said = [row["name"], *row["alias"].split(";"), *row["previousName"].split(";")]
    latin, whole = apart(each for each in said if "," not in each or each == row["name"])
    pieces = [piece for each in said for piece in re.split(r"[,;()/\n]", each)]
    native = apart(piece for piece in pieces if script(piece) != "Latin")[1]
    kept = dict.fromkeys([*(name for name in whole if not re.search(r"[A-Za-z]{3}", name)), *native])
    return tuple(name for name in latin if len(words(name)) > 1 or name == row["name"]), tuple(kept)
