"""Make the packaged table of how rare words are in names at large.

    python bench/names/rarity.py [--shared ../shared/data] [--cache DIR]

Three kinds of names are counted: persons of Wikidata with their Arabic, Chinese, Hebrew and Russian names (Merhav and Ash, COLING
2018, CC0 1.0); invented customers of the world (yente's benchmark, MIT); parties of the shared official lists, each once however
many lists name it. Of the last two only the half on which scores are fitted is counted. A word is as common as it is among the
names of the kind, or script, in which it is most common; one name with it is taken off each count, which might be chance. The table
has words and numbers: it names nobody.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from math import log
from pathlib import Path
from zlib import crc32

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from comity.matching.names import Kind, parse
from comity.matching.rarity import RAREST
from screening.lists import load_list
from screening.names import Listed, kind

KINDS = {"person": Kind.PERSON, "organisation": Kind.ORGANISATION, "thing": Kind.VESSEL}
PAIRS = {"wd_russian_64": 2.0, "wd_arabic_80": 2.0, "wd_chinese_80": 2.0}
"""Tables of single words with their counts, and how many words a name has of which they were taken."""
WHOLE = "wd_hebrew"
"""The table of whole names."""
NAMES_MIN = 200
"""Names of a kind and script below which it is no measure."""
OUT = Path("src/comity/matching/data/rarity.tsv")


def words(text: str, of: Kind) -> Iterator[tuple[str, str]]:
    """Yield each word of a name once, as names are compared by it, with its script."""
    name = parse(text, of)
    for shape in {one.text: one for each in (name, *name.others()) for one in each.words}.values():
        yield shape.text, shape.script.name


class Counts:
    """In how many names of a kind and script a word stands, and how many there are."""

    def __init__(self) -> None:
        self.words: dict[str, Counter[str]] = defaultdict(Counter)
        self.names: Counter[str] = Counter()

    def add(self, group: str, texts: Iterable[str], of: Kind) -> None:
        """Count somebody's names as one."""
        found: dict[str, set[str]] = defaultdict(set)
        for text in texts:
            for word, script in words(text, of):
                found[script].add(word)
        for script, mine in found.items():
            self.words[f"{group} {script}"].update(mine)
            self.names[f"{group} {script}"] += 1

    def weights(self) -> dict[str, int]:
        """Return the weight of every word that is common enough to have one."""
        least: dict[str, int] = {}
        for group, count in self.names.items():
            if count < NAMES_MIN:
                continue
            for word, seen in self.words[group].items():
                if seen > 1:
                    said = int(100 * log(count / (seen - 1)))
                    least[word] = min(least.get(word, RAREST), max(said, 1))
        return {word: said for word, said in least.items() if said < RAREST and (len(word) > 1 or not word.isascii())}


def counted(shared: Path, cache: Path) -> Counts:
    """Return the counts over every source."""
    counts = Counts()
    for row in _rows(shared / f"names/transliteration/{WHOLE}.tsv.gz"):
        counts.add("wikidata", row[:2], Kind.PERSON)
    for table, words_each in PAIRS.items():
        _pairs(counts, table, _rows(shared / f"names/transliteration/{table}.tsv.gz"), words_each)
    with gzip.open(shared / "names/yente_negatives_global.csv.gz", "rt", encoding="utf-8") as lines:
        for person in csv.DictReader(lines):
            if not crc32(person["full_name"].encode()) % 2:
                counts.add("ordinary", [person["full_name"]], Kind.PERSON)
    for party in _once(load_list(shared, cache)):
        of = KINDS[kind(party.schema)]
        counts.add(f"listed {of}", (*party.names, *party.native), of)
    return counts


def _rows(path: Path) -> Iterator[list[str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


def _pairs(counts: Counts, table: str, rows: Iterable[list[str]], words_each: float) -> None:
    """Count a table of single words; of Chinese ones only the Latin, for the characters only spell them."""
    total = 0
    for latin, native, seen in rows:
        total += int(seen)
        for text in (latin,) if "chinese" in table else (latin, native.replace(" ", "")):
            for word, script in words(text, Kind.PERSON):
                counts.words[f"{table} {script}"][word] += int(seen)
    for group in [each for each in counts.words if each.startswith(table)]:
        counts.names[group] = int(total / words_each)


def _once(listed: Iterable[Listed]) -> Iterator[Listed]:
    for each in listed:
        if each.split == "fit" and each.id == min((each.id, *each.same)):
            yield each


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared/data"))
    parser.add_argument("--cache", type=Path, default=Path("/tmp/comity-bench"))
    options = parser.parse_args()
    counts = counted(options.shared, options.cache)
    found = counts.weights()
    lines = [f"{word}\t{said}" for word, said in sorted(found.items())]
    head = "# Words of names at large, each with the natural logarithm, in hundredths, of how many names there are for one with it."
    OUT.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    print(f"{len(found):,} words of {len(counts.names)} kinds of names: {dict(counts.names)}")


if __name__ == "__main__":
    main()
