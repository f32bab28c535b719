"""The lists that are screened against: every party of the shared real lists, its Latin names and its native ones apart.

United States (entries of 2023-06-20 with the aliases of 2025-02), United Nations (2025-11-20) and United Kingdom
(2026-02-23) are read with the product's own readers; the European Union's names come from a third party's flattening,
which joins aliases with commas.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import msgspec

from comity.catalogue.sources import uk_sanctions_list, un_consolidated, us_ofac_sdn
from comity.lists.model.source import InMemory
from screening.names import Listed, apart, bag, kind, read_lines, script, words, write_lines

if TYPE_CHECKING:
    from comity.lists.model.source import Source

NAMES = ("name", "alias", "previousName", "weakAlias")
LEGAL_TAIL = re.compile(
    r"(?i)(co|company|ltd|limited|llc|l\.l\.c|inc|incorporated|corp|plc|gmbh|ag|jsc|ojsc|pjsc|pte|s\.?a\.?r?\.?l?|s\.?l|fze|fzco|fzc|"
    r"bv|b\.v|nv|srl|spa|oao|ooo|zao|pao|ao|l\.?p|llp|de c\.?v|s\.? de r\.?l|w\.?l\.?l)\.?( ltd\.?| limited| llc)?"
)
KUNYA = frozenset({"abu", "abou", "abo", "umm", "haji", "hajji", "mullah", "sheikh", "shaykh", "commander", "general"})
"""How bynames begin that many bear: they prove nothing."""


def load_list(shared: Path, cache: Path) -> list[Listed]:
    """Return the whole list, from the cache where it is there."""
    kept = cache / "list.jsonl"
    if kept.exists():
        return read_lines(kept)
    listed = with_same(_unique([*ofac(shared), *un(shared), *uk(shared), *eu(shared)]))
    cache.mkdir(parents=True, exist_ok=True)
    write_lines(kept, listed)
    return listed


def _read(source: Source, form: str, files: dict[str, bytes], prefix: str) -> Iterator[Listed]:
    (reader,) = (each.read for each in source.formats if each.id == form)
    for record in reader({name: InMemory(name, raw) for name, raw in files.items()}):
        values: dict[str, dict[str, None]] = defaultdict(dict)
        for claim in record.claims:
            if not claim.about:
                values[claim.property][claim.value] = None
        latin, native = apart(name for each in NAMES for name in values[each])
        if latin:
            yield Listed(
                id=f"{prefix}:{record.reference}",
                schema=record.schema,
                names=latin,
                native=native,
                birth_dates=tuple(values["birthDate"]),
                countries=tuple(dict.fromkeys([*values["nationality"], *values["country"], *values["jurisdiction"]])),
                refs=(f"{source.id}:{record.reference}", *(f"un:{each}" for each in values["unscId"])),
                weak=tuple(name for name in latin if name in values["weakAlias"]),
            )


def _unpack(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes())


def ofac(shared: Path, sdn: bytes = b"") -> Iterator[Listed]:
    """Yield the SDN list, or one that is given, with the aliases of those who are on it."""
    folder = shared / "sanctions/ofac"
    sdn = sdn or _unpack(folder / "sdn_csv_history/sdn_2023-06-20.csv.gz")
    known = {line.partition(b",")[0] for line in sdn.splitlines()}
    aliases = _unpack(folder / "relational_2025-02/alt.csv.gz").splitlines(keepends=True)
    alt = b"".join(line for line in aliases if line.partition(b",")[0] in known)
    yield from _read(us_ofac_sdn.SOURCE, "csv", {"sdn.csv": sdn, "alt.csv": alt}, "ofac")


def un(shared: Path, day: str = "2025-11-20") -> Iterator[Listed]:
    """Yield an edition of the UN list."""
    raw = _unpack(shared / f"sanctions/un/un_consolidated_{day}.xml.gz")
    source = un_consolidated.SOURCE
    yield from _read(source, source.formats[0].id, {source.formats[0].files[0].name: raw}, "un")


def uk(shared: Path) -> Iterator[Listed]:
    """Yield the UK list."""
    raw = _unpack(shared / "sanctions/uk/uk_sanctions_list_2026-02-23.jsonl.gz")
    yield from _read(uk_sanctions_list.SOURCE, "jsonl", {"uk_sanctions_list.jsonl": raw}, "uk")


def eu(shared: Path) -> Iterator[Listed]:
    """Yield the names of the EU list."""
    text = _unpack(shared / "sanctions/eu/eu_fsf_names_2025-05.csv.gz").decode()
    for number, row in enumerate(csv.DictReader(io.StringIO(text)), start=1):
        person = row["Designation"] == "person"
        names, weak = _repaired([row["Name"], *row["Alias"].split(",")], person=person)
        latin, native = apart(names)
        if latin or native:
            yield Listed(
                id=f"eu:{number}",
                schema="Person" if person else "Organization",
                names=latin,
                native=native,
                countries=(row["Nationality"],) if row["Nationality"] not in {"", "None"} else (),
                refs=(f"eu_financial:row-{number}",),
                weak=tuple(name for name in latin if name in weak),
            )


def _repaired(pieces: list[str], *, person: bool) -> tuple[list[str], set[str]]:
    """Put a legal form that a comma cut off back to its name; drop a word cut off a name that is there whole."""
    joined: list[str] = []
    for piece in (each.strip() for each in pieces):
        if joined and piece and LEGAL_TAIL.fullmatch(piece):
            joined[-1] = f"{joined[-1]}, {piece}"
        elif piece and piece != "None":
            joined.append(piece)
    whole = {word for name in joined if len(words(name)) > 1 for word in words(name)}
    kept = [name for name in joined if len(words(name)) != 1 or words(name)[0] not in whole or script(name) != "Latin"]
    few = 2 if person else 1
    return kept, {name for name in kept if len(words(name)) < few or name[:1].islower()}


def _unique(listed: Iterable[Listed]) -> list[Listed]:
    return list({each.id: each for each in listed if each.names}.values())


def with_same(listed: list[Listed]) -> list[Listed]:
    """Say of each party which others are the same: an equal whole name and the same kind, or one UN reference."""
    held: dict[str, set[str]] = defaultdict(set)
    for each in listed:
        for key in _keys(each):
            held[key].add(each.id)
    first = _firsts(each.id for each in listed)
    for ids in held.values():
        _join(first, ids)
    found = []
    for each in listed:
        same = {other for key in _keys(each) for other in held[key]} - {each.id}
        split = "report" if crc32(_root(first, each.id).encode()) % 2 else "fit"
        found.append(msgspec.structs.replace(each, same=tuple(sorted(same)), split=split))
    return found


def _firsts(ids: Iterable[str]) -> dict[str, str]:
    return {each: each for each in ids}


def _root(first: dict[str, str], one: str) -> str:
    while first[one] != one:
        one = first[one]
    return one


def _join(first: dict[str, str], ids: Iterable[str]) -> None:
    roots = sorted({_root(first, each) for each in ids})
    for other in roots[1:]:
        first[other] = roots[0]


def _keys(each: Listed) -> Iterator[str]:
    for name in each.names:
        if name not in each.weak and len(words(name)) > 1 and words(name)[0] not in KUNYA:
            yield f"{kind(each.schema)} {bag(name)}"
    for ref in each.refs:
        if ref.startswith("un"):
            yield ref.replace("un_consolidated:", "un:")
