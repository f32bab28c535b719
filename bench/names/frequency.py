"""How often words stand in names at large: the background against which a word of a list is rare or common.

    python bench/names/frequency.py [--shared ../shared/data] [--cache DIR]

Counts over the names of the shared official lists (records of the US, the UN, the EU and the UK) and over fifty thousand
invented customers of the world (yente's benchmark, MIT). Only words of many names are kept, as counts: they name nobody.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from comity.matching.index import NAMES_USUAL
from comity.matching.names import Kind, parse
from comity.matching.scripts import Script
from screening.lists import load_list
from screening.names import kind

SEEN_MIN = 15
"""Of `NAMES_USUAL` names: a word in fewer is as good as any."""
KINDS = {"person": Kind.PERSON, "organisation": Kind.ORGANISATION, "thing": Kind.VESSEL}
OUT = Path("src/comity/matching/data/frequency.tsv")


def words(shared: Path, cache: Path) -> Iterator[tuple[str, set[str]]]:
    """Yield the corpus and the Latin words of each name."""
    for each in load_list(shared, cache):
        for name in each.names:
            yield (
                "listed",
                {one.text for one in parse(name, KINDS[kind(each.schema)]).words if one.script is Script.LATIN},
            )
    with gzip.open(shared / "names/yente_negatives_global.csv.gz", "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            found = parse(row["full_name"], Kind.PERSON).words
            if found and all(one.script is Script.LATIN for one in found):
                yield "ordinary", {one.text for one in found}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared/data"))
    parser.add_argument("--cache", type=Path, default=Path("/tmp/comity-bench"))
    options = parser.parse_args()
    counts: dict[str, Counter[str]] = {"listed": Counter(), "ordinary": Counter()}
    names: Counter[str] = Counter()
    for corpus, found in words(options.shared, options.cache):
        names[corpus] += 1
        counts[corpus].update(found)
    kept = {}
    for word in counts["listed"].keys() | counts["ordinary"].keys():
        rates = (counts[corpus][word] * NAMES_USUAL // names[corpus] for corpus in counts)
        most = max(rates)
        if most >= SEEN_MIN and len(word) > 1:
            kept[word] = most
    lines = [f"{word}\t{count}" for word, count in sorted(kept.items())]
    OUT.write_text(f"# Names in which a word stands, of {NAMES_USUAL:,}.\n" + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(kept):,} words of {sum(names.values()):,} names.")


if __name__ == "__main__":
    main()
