"""Other spellings of a name, from facts: aliases of one party, and Latin forms that share a native one in Wikidata."""

from __future__ import annotations

import gzip
import random
from collections import defaultdict
from pathlib import Path
from zlib import crc32

import msgspec
from rapidfuzz.distance import JaroWinkler

from screening.damage import content
from screening.names import Listed, bag, kind, words

TABLES = ("wd_russian_64", "wd_arabic_80", "wd_chinese_80")
UNUSED = 5
"""One Latin form in so many is meant for asking alone: `bench/names/name_table.py --hold-out` leaves these out."""


def held_out(listed: list[Listed], each_kind: int) -> tuple[list[Listed], list[tuple[Listed, str]]]:
    """Take one spelling of some names off the list, and return what is left with the spellings taken.

    A spelling qualifies if another name of the party has the same words in the same number, each alike but not all equal.
    """
    dice = random.Random(10)
    taken: dict[str, str] = {}
    bags: dict[str, set[str]] = {}
    asked: list[tuple[str, str]] = []
    counts: dict[str, int] = defaultdict(int)
    for each in dice.sample(listed, len(listed)):
        of = kind(each.schema)
        if of == "thing" or counts[of] >= each_kind or each.id in bags:
            continue
        found = [name for name in each.names if name not in each.weak and _has_variant(name, each.names)]
        if found:
            taken[each.id] = dice.choice(found)
            counts[of] += 1
            asked.append((each.id, taken[each.id]))
            for id_ in (each.id, *each.same):
                bags.setdefault(id_, set()).add(bag(taken[each.id]))
    left = [_without(each, bags.get(each.id, set())) for each in listed]
    by_id = {each.id: each for each in left}
    return left, [(by_id[id_], text) for id_, text in asked if _has_variant(text, by_id[id_].names)]


def _without(each: Listed, bags: set[str]) -> Listed:
    kept = tuple(name for name in each.names if bag(name) not in bags)
    return msgspec.structs.replace(each, names=kept) if kept else each


def _has_variant(name: str, others: tuple[str, ...]) -> bool:
    return any(_variant(name, other) for other in others)


def _variant(name: str, other: str) -> bool:
    ours, theirs = words(name), words(other)
    if len(ours) != len(theirs) or not 2 <= len(ours) <= 6 or bag(name) == bag(other) or len("".join(ours)) < 9:
        return False
    if sorted(content(name)) == sorted(content(other)):
        return False
    free = list(theirs)
    for word in ours:
        best = max(free, key=lambda candidate: JaroWinkler.similarity(word, candidate))
        if best != word and (JaroWinkler.similarity(word, best) < 0.75 or word.isdigit() or len(word) < 3):
            return False
        free.remove(best)
    return True


def unused(latin: str) -> bool:
    """Whether a table that holds out a fifth does not have this Latin form."""
    return crc32("".join(words(latin)).encode()) % UNUSED == 0


def table(shared: Path) -> dict[str, set[str]]:
    """Return Latin words with other spellings of them that share a native form, and that are kept for asking."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in TABLES:
        text = gzip.decompress((shared / f"names/transliteration/{name}.tsv.gz").read_bytes()).decode()
        forms: dict[str, set[str]] = defaultdict(set)
        for line in text.splitlines():
            latin, native, count = line.split("\t")
            if int(count) >= 3 and len(latin) >= 4 and latin.isalpha():
                forms[native].add(latin)
        for together in forms.values():
            for latin in together:
                others = {other for other in together - {latin} if unused(other)}
                found[latin] |= {other for other in others if JaroWinkler.similarity(latin, other) >= 0.7}
    return found
