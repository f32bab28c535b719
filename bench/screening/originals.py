"""Names in their original script, as the lists print them: persons' names, and organisations' names and translations."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator

from rapidfuzz import fuzz

from screening.names import Listed, kind, script, words

ARABIC_FORMS = frozenset(
    [
        "المحدودة",
        "بامسئولیت",
        "بامسیولیت",
        "خاص",
        "سهامی",
        "شركة",
        "شرکت",
        "فارسی",
        "مؤسسة",
        "محدود",
        "مخفف",
        "مسئولیت",
    ]
)
"""Words of which alone no Arabic or Persian name is made."""
REAL = ("Cyrillic", "Arabic", "Han", "Hangul", "Hebrew", "Greek")


def real(listed: list[Listed], most: int) -> Iterator[tuple[Listed, str, str]]:
    """Real original-script names; an organisation's are names or translations, by how the sounds agree."""
    dice = random.Random(13)
    counts: dict[str, int] = defaultdict(int)
    done: set[tuple[str, str]] = set()
    rows = [(each, name) for each in listed for name in each.native if kind(each.schema) != "thing"]
    for each, name in dice.sample(rows, len(rows)):
        written, of = script(name), kind(each.schema)
        cut = re.sub(r"\s*[(\uff08].*?[)\uff09]", "", name).strip()
        if (min((each.id, *each.same)), written) in done or not _whole(cut, written, of):
            continue
        done.add((min((each.id, *each.same)), written))
        shown = written if written in REAL else "other script"
        way = (
            ""
            if of == "person" or written in {"Han", "Hangul"}
            else ", name"
            if _sounds(cut, each.names)
            else ", translation"
        )
        variation = f"{shown}, {of}{way}"
        counts[variation] += 1
        if counts[variation] <= most:
            yield each, cut, variation


def _whole(name: str, written: str, of: str) -> bool:
    letters = sum(letter.isalpha() for word in name.split() if word not in ARABIC_FORMS for letter in word)
    if written in {"Han", "Hangul", "Kana"}:
        return 2 <= letters <= (4 if of == "person" else 40) if written != "Hangul" else letters >= 2
    return letters >= 7 and (of != "person" or len(name.split()) >= 2)


def _sounds(name: str, listed: tuple[str, ...]) -> bool:
    plain = " ".join(words(name))
    skeleton = re.sub(r"[aeiouy]", "", plain)
    others = [re.sub(r"[aeiouy]", "", " ".join(words(each))) for each in listed]
    return max(fuzz.token_set_ratio(skeleton, other) for other in others) >= 60
