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
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from zlib import crc32

import msgspec
from anyascii import anyascii

from comity.catalogue.sources import uk_sanctions_list, un_consolidated, us_ofac_sdn
from comity.lists.model.source import InMemory, Source

NAMES = ("name", "alias", "previousName", "weakAlias")
LEGAL_TAIL = re.compile(
    r"(?i)(co|company|ltd|limited|llc|l\.l\.c|inc|incorporated|corp|plc|gmbh|ag|jsc|ojsc|pjsc|pte|s\.?a\.?r?\.?l?|s\.?l|fze|fzco|fzc|"
    r"bv|b\.v|nv|srl|spa|oao|ooo|zao|pao|ao|l\.?p|llp|de c\.?v|s\.? de r\.?l|w\.?l\.?l)\.?( ltd\.?| limited| llc)?"
)
KUNYA = frozenset({"abu", "abou", "abo", "umm", "haji", "hajji", "mullah", "sheikh", "shaykh", "commander", "general"})
"""How bynames begin that many bear: they prove nothing."""
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


def load_list(shared: Path, cache: Path) -> list[Listed]:
    """Return the whole list, from the cache where it is there."""
    kept = cache / "list.jsonl"
    if kept.exists():
        return read_lines(kept)
    listed = with_same(_unique([*_ofac(shared), *_un(shared), *_uk(shared), *_eu(shared)]))
    cache.mkdir(parents=True, exist_ok=True)
    write_lines(kept, listed)
    return listed


def read_lines(path: Path) -> list[Listed]:
    decoder = msgspec.json.Decoder(Listed)
    return [decoder.decode(line) for line in path.read_bytes().splitlines()]


def write_lines(path: Path, structs: Iterable[msgspec.Struct]) -> None:
    path.write_bytes(b"".join(msgspec.json.encode(struct) + b"\n" for struct in structs))


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


def _ofac(shared: Path) -> Iterator[Listed]:
    folder = shared / "sanctions/ofac"
    sdn = _unpack(folder / "sdn_csv_history/sdn_2023-06-20.csv.gz")
    known = {line.partition(b",")[0] for line in sdn.splitlines()}
    aliases = _unpack(folder / "relational_2025-02/alt.csv.gz").splitlines(keepends=True)
    alt = b"".join(line for line in aliases if line.partition(b",")[0] in known)
    yield from _read(us_ofac_sdn.SOURCE, "csv", {"sdn.csv": sdn, "alt.csv": alt}, "ofac")


def _un(shared: Path) -> Iterator[Listed]:
    raw = _unpack(shared / "sanctions/un/un_consolidated_2025-11-20.xml.gz")
    source = un_consolidated.SOURCE
    yield from _read(source, source.formats[0].id, {source.formats[0].files[0].name: raw}, "un")


def _uk(shared: Path) -> Iterator[Listed]:
    raw = _unpack(shared / "sanctions/uk/uk_sanctions_list_2026-02-23.jsonl.gz")
    yield from _read(uk_sanctions_list.SOURCE, "jsonl", {"uk_sanctions_list.jsonl": raw}, "uk")


def _eu(shared: Path) -> Iterator[Listed]:
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
