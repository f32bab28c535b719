"""Make the packaged table of names from facts: which Latin spellings stand for which native ones.

    python bench/names/name_table.py [--shared ../shared/data] [--out src/comity/matching/data/names.xz] [--hold-out] [--coverage]

Source: pairs of English and Arabic, Chinese, Hebrew and Russian names mined from Wikidata by Merhav and Ash (COLING 2018),
repository steveash/NETransliteration-COLING2018, folder `data`. Licence: CC0 1.0.

A link is kept if it was seen twice and has eight hundredths of the Latin token's occurrences in that language, or has a
third of them; and if the two may sound alike, the more exactly the rarer the link is, since the mined pairs also contain
translations and neighbours. `--hold-out` leaves out a fifth of the names, so that a bench can ask for names that the table has
not seen.
"""

# ruff: noqa: RUF001 - the letters are meant

from __future__ import annotations

import argparse
import gzip
import lzma
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from zlib import crc32

import numpy as np
from anyascii import anyascii
from sounds import disagreement

from comity.matching.equivalents import Names, read_names, unify

ROOT: Final = Path(__file__).resolve().parents[2]
OUT: Final = ROOT / "src/comity/matching/data/names.xz"
SHARED: Final = ROOT.parent / "shared/data"

LANGUAGES: Final = {
    "arabic": "wd_arabic_80.tsv.gz",
    "chinese": "wd_chinese_80.tsv.gz",
    "hebrew": "wd_hebrew.tsv.gz",
    "russian": "wd_russian_64.tsv.gz",
}
SCRIPTS: Final = {
    "arabic": re.compile("[\u0620-\u06ff]{2,}"),
    "chinese": re.compile("[\u3400-\u9fff]{1,8}"),
    "hebrew": re.compile("[\u05d0-\u05ea]{2,}"),
    "russian": re.compile("[\u0430-\u045f]{2,}"),
}
TRANSLATED: Final = frozenset(
    """of the and von der ii iii iv vi vii viii ix xi xii princess empress prince queen king countess austria hungary sweden
    princesse painter consort al el de di""".split()  # noqa: SIM905 - as it is read
)
"""Frequent tokens whose partner is what they mean."""

BEGINNINGS: Final = frozenset(("عبد", "ابو", "عبدال", "עבד", "אבו", "абд", "абу"))
"""First halves of compounds, beside which the whole compound often stands."""

ABJAD: Final = re.compile("[\u05d0-\u05ea\u0620-\u06ff]")
LENGTHS: Final = {"abjad": (0.7, 2.7), "alphabet": (0.45, 1.9)}
"""How many Latin letters there may be for each letter; for scripts with vowels, for each letter of the romanised name."""

HELD_OUT: Final = 5
"""One name in so many is left out by `--hold-out`."""

Link = tuple[str, str]


def latin(token: str) -> str:
    """Return a Latin token as the engine spells it: lower-case ASCII, without apostrophes."""
    return re.sub("['\u2019\u02bb`]", "", anyascii(token).lower())


def seen(shared: Path, language: str) -> Counter[Link]:
    """Count how often each Latin token stands beside each native one."""
    found: Counter[Link] = Counter()
    with gzip.open(shared / "names/transliteration" / LANGUAGES[language], "rt", encoding="utf-8") as lines:
        for line in lines:
            for token, native, count in occurrences(line.rstrip("\n").split("\t")):
                spelt, unified = latin(token), unify(native)
                plain = spelt.isascii() and spelt.isalpha() and len(spelt) > 1 and spelt not in TRANSLATED
                if plain and SCRIPTS[language].fullmatch(unified):
                    found[spelt, unified] += count
    return found


def occurrences(row: list[str]) -> Iterator[tuple[str, str, int]]:
    """Yield the token pairs of a row: a pair with its count, or two full names with as many tokens each."""
    if len(row) == 3:
        yield row[0], row[1].replace(" ", ""), int(row[2])
        return
    left, right = (re.split(r"[\s־\-]+", name.strip()) for name in row)
    if len(left) == len(right):
        for one, other in zip(left, right, strict=True):
            yield one.strip(",."), other.strip(",."), 1


def kept(counts: Counter[Link]) -> list[Link]:
    """Return the links that are frequent enough and sound right, sorted."""
    mass: Counter[str] = Counter()
    for (token, _), count in counts.items():
        mass[token] += count
    found = []
    for (token, native), count in counts.items():
        share = count / mass[token]
        if (share * 3 >= 1 or (count > 1 and share >= 0.08)) and sound(token, native, count):
            found.append((token, native))
    return sorted(found)


def sound(token: str, native: str, count: int) -> bool:
    """Whether two tokens can be one name; common names are often worn down, and are believed more easily."""
    shortest, longest = LENGTHS["abjad" if ABJAD.search(native) else "alphabet"]
    letters = len(native) if ABJAD.search(native) else len(anyascii(native))
    if native in BEGINNINGS:
        return len(token) <= 6
    if count < 3 and not shortest <= len(token) / letters <= longest:
        return False
    far = disagreement(token, native)
    return far <= (0.25, 0.34, 0.5)[min(count, 3) - 1] or count >= 10


def packed(links: list[Link]) -> bytes:
    """Write links: spellings, how many pivots each Latin token has, and these as steps from one to the next.

    Pivots are numbered as the sorted Latin tokens meet them, so that most steps are one.
    """
    native: dict[str, int] = {}
    by_token: dict[str, list[int]] = {}
    for token, spelling in links:
        by_token.setdefault(token, []).append(native.setdefault(spelling, len(native)))
    tokens = sorted(by_token)
    rows = [sorted(set(by_token[token])) for token in tokens]
    counts = np.array([len(row) for row in rows], np.uint8)
    steps = np.diff(np.array([number for row in rows for number in row], np.int64), prepend=0)
    parts = ["\n".join(native).encode(), "\n".join(tokens).encode(), counts.tobytes(), steps.astype("<i4").tobytes()]
    heading = " ".join(str(len(part)) for part in parts) + "\n"
    return lzma.compress(heading.encode() + b"".join(parts), preset=9 | lzma.PRESET_EXTREME)


def table(shared: Path, *, hold_out: bool = False) -> bytes:
    """Return the table in its packaged form."""
    links = sorted({link for language in LANGUAGES for link in kept(seen(shared, language))})
    return packed([link for link in links if not (hold_out and held_out(link[0]))])


def held_out(token: str) -> bool:
    """Whether a Latin token is one of those that a bench may keep for itself."""
    return crc32(token.encode()) % HELD_OUT == 0


def coverage(shared: Path, names: Names) -> Iterator[str]:
    """Yield, for each language, the share of pairs, and of their occurrences, whose two sides share a pivot."""
    for language in LANGUAGES:
        counts = seen(shared, language)
        hits = {link: count for link, count in counts.items() if shares(names, *link)}
        occurred = sum(hits.values()) / counts.total()
        yield f"{language}: {len(hits) / len(counts):.3f} of {len(counts)} pairs, {occurred:.3f} of {counts.total()} occurrences"


def shares(names: Names, token: str, native: str) -> bool:
    """Whether a table links two spellings."""
    place, number = names.latin.get(token), names.native.get(native)
    return place is not None and number in names.pivots[names.bounds[place] : names.bounds[place + 1]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--hold-out", action="store_true")
    parser.add_argument("--coverage", action="store_true")
    asked = parser.parse_args()
    made = table(asked.shared, hold_out=asked.hold_out)
    asked.out.write_bytes(made)
    names = read_names(made)
    print(f"{asked.out}: {len(made)} bytes, {len(names.native)} native and {len(names.latin)} Latin spellings")
    if asked.coverage:
        print(*coverage(asked.shared, names), sep="\n")


if __name__ == "__main__":
    main()
