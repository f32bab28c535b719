"""Labelled pairs of names: those that are published, and more from the lists' own aliases and from exchanged name parts."""

from __future__ import annotations

import csv
import hashlib
import random
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import msgspec
from rapidfuzz import fuzz, process

from screening import damage, negatives
from screening.names import Listed, bag, kind, script, words

if TYPE_CHECKING:
    from screening.queries import Material

ALIASES, NATIVES, VARIED, WRONG_ROWS, PUTIN = 700, 300, 300, 500, 60


class Pair(msgspec.Struct, frozen=True):
    """Two names that mean one party (`match`) or two. `source` says how the pair was made."""

    id: str
    left: str
    right: str
    schema: str
    match: bool
    source: str
    split: str


def make(shared: Path, material: Material, hard: list[negatives.Negative]) -> list[Pair]:
    """Return every pair; the same each time."""
    dice = random.Random(41)
    real = [each for each in material.listed if not each.id.startswith("made") and kind(each.schema) != "thing"]
    rows = [
        *_published(shared, dice),
        *_aliases(real, dice),
        *_natives(real, dice),
        *_varied(material, dice),
        *_exchanged(real, dice),
        *_wrong_rows(real, hard, dice),
    ]
    return list({(pair := _pair(row)).id: pair for row in rows}.values())


def _pair(row: Row) -> Pair:
    return Pair("p" + hashlib.sha256("\x1f".join(map(str, row)).encode()).hexdigest()[:12], *row)


Row = tuple[str, str, str, bool, str, str]


def _published(shared: Path, dice: random.Random) -> Iterator[Row]:
    with (shared / "names/watchman_cascade_pairs_sample.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            split = "report" if crc32(row["name1"].encode()) % 2 else "fit"
            yield row["name1"], row["name2"], row["schema"], row["is_match"] == "true", "published: companies", split
    variants = (shared / "names/putin_name_variants.txt").read_text(encoding="utf-8").split("\n")
    named = [each.strip() for each in variants if len(each.split()) >= 2 or script(each) in {"Han", "Kana", "Hangul"}]
    for left, right in dice.sample(list(combinations(dict.fromkeys(named), 2)), PUTIN):
        yield left, right, "Person", True, "published: one person", "report"


def _aliases(real: list[Listed], dice: random.Random) -> Iterator[Row]:
    """Two names of one party that have a word in common or alike: bynames and translations are true, but no name shows it."""
    count = 0
    for each in dice.sample(real, len(real)):
        names = [name for name in each.names if name not in each.weak and len(words(name)) > 1]
        couples = [(a, b) for a, b in combinations(names, 2) if bag(a) != bag(b) and _alike(a, b)]
        if couples:
            yield *dice.choice(couples), each.schema, True, "aliases of one party", each.split
            count += 1
        if count == ALIASES:
            return


def _alike(left: str, right: str) -> bool:
    a, b = " ".join(damage.content(left)), " ".join(damage.content(right))
    shared = len(set(a.split()) & set(b.split()))
    return fuzz.token_sort_ratio(a, b) >= 78 or (shared >= 2 and fuzz.token_set_ratio(a, b) >= 95)


def _natives(real: list[Listed], dice: random.Random) -> Iterator[Row]:
    people = [each for each in real if each.schema == "Person" and each.native and len(each.native[0].split()) > 1]
    for each in dice.sample(people, NATIVES):
        yield each.native[0], damage.plain(each.names[0]), "Person", True, "native name", each.split


def _varied(material: Material, dice: random.Random) -> Iterator[Row]:
    """A query with the listed name that it was made from, of the kinds that a human eye accepts."""
    names = {each.id: each for each in material.listed}
    fit = [
        q
        for q in material.queries
        if q.variation.split(",")[0] in {"typo1", "reorder", "initials", "org suffix", "joined"}
    ]
    for query in dice.sample(fit, VARIED):
        best = max(names[query.expected[0]].names, key=lambda name: fuzz.token_sort_ratio(bag(name), bag(query.text)))
        yield query.text, best, query.schema, True, "damaged", query.split


def _exchanged(real: list[Listed], dice: random.Random) -> Iterator[Row]:
    """A listed name, and the same with one part exchanged for another real part, or a relative, or a sibling company."""
    by_name = {damage.plain(each.names[0]): each for each in real}
    for name, text, schema, hard in negatives.near(real, dice):
        if hard != "single word" and dice.random() < 0.25:
            yield text, name, schema, False, hard, by_name[name].split


def _wrong_rows(real: list[Listed], hard: list[negatives.Negative], dice: random.Random) -> Iterator[Row]:
    """A name, and the listed name most like it of another party: for ordinary names, and for listed ones themselves."""
    for of in ("person", "organisation"):
        parties = [each for each in real if kind(each.schema) == of]
        ordinary = [each for each in hard if not each.hard and each.group == f"{of}, Latin"]
        yield from _wrong_rows_of(parties, ordinary, dice)


def _wrong_rows_of(parties: list[Listed], ordinary: list[negatives.Negative], dice: random.Random) -> Iterator[Row]:
    rows = [(damage.plain(name), each) for each in parties for name in each.names if name not in each.weak]
    texts = [bag(name) for name, _ in rows]
    for negative in dice.sample(ordinary, WRONG_ROWS // 4):
        found = process.extractOne(bag(negative.text), texts, scorer=fuzz.ratio)
        yield negative.text, rows[found[2]][0], negative.schema, False, "best wrong row", negative.split
    for name, each in dice.sample(rows, WRONG_ROWS // 4):
        for _, _, at in process.extract(bag(name), texts, scorer=fuzz.ratio, limit=8):
            other = rows[at][1]
            if other.id != each.id and other.id not in each.same and not _one_party(each, other):
                yield name, rows[at][0], each.schema, False, "best wrong row", each.split
                break


def _one_party(left: Listed, right: Listed) -> bool:
    """Whether two parties of different lists may be one after all: a name of theirs is nearly the same."""
    if left.id.partition(":")[0] == right.id.partition(":")[0]:
        return False
    return any(fuzz.ratio(bag(a), bag(b)) >= 85 for a in left.names for b in right.names)
