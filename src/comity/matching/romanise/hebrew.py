"""Hebrew letters: made alike, read aloud, and taken as sounds.

Values: BGN/PCGN 2018 for Hebrew, with what older and German habits write instead. A geresh makes another consonant of a letter;
names often come without it, so the letters alone allow for both.
"""
# ruff: noqa: RUF001 - the letters are meant

from __future__ import annotations

from typing import Final

from comity.matching.romanise import everyday

PLAIN: Final = str.maketrans(
    {
        **dict(zip("ךםןףץ", "כמנפצ", strict=True)),
        "װ": "וו",
        "ױ": "וי",
        "ײ": "יי",
        **{chr(code): None for code in (*range(0x0591, 0x05BE), *range(0x05BF, 0x05C8))},
        **dict.fromkeys("'’‘ʼ`´′״\"־", "׳"),
    }
)
"""Final letters become the plain ones, points vanish, and whatever is written for a geresh becomes one."""

GERESH: Final = "׳"

_CONSONANTS: Final = {
    "ב": "b", "ג": "g", "ד": "d", "ה": "h", "ז": "z", "ח": "h", "ט": "t", "כ": "k", "ל": "l", "מ": "m", "נ": "n", "ס": "s",
    "ע": "", "פ": "p", "צ": "ts", "ק": "k", "ר": "r", "ש": "sh", "ת": "t", "א": "", "ו": "v", "י": "y",
}  # fmt: skip
_OTHERWISE: Final = {**_CONSONANTS, "ב": "v", "ח": "ch", "כ": "ch", "פ": "f", "צ": "z", "ש": "s", "ג": "j", "ו": "w"}
_AFTER_GERESH: Final = {"ג": "j", "ז": "zh", "צ": "ch", "ת": "th"}
_WAW: Final = "ו"
_YOD: Final = "י"
_SILENT: Final = "אע"

SOUNDS: Final[dict[str, tuple[tuple[str, int], ...]]] = {
    "א": (("", 0),),
    "ב": (("b", 0), ("v", 1)),
    "ג": (("g", 0), ("j", 2)),
    "ד": (("d", 0),),
    "ה": (("h", 0),),
    "ו": (("", 0), ("v", 2)),
    "ז": (("z", 0), ("j", 5)),
    "ח": (("h", 0), ("c", 2)),
    "ט": (("t", 0),),
    "י": (("", 0),),
    "כ": (("k", 0), ("q", 2), ("c", 3)),
    "ל": (("l", 0),),
    "מ": (("m", 0),),
    "נ": (("n", 0),),
    "ס": (("s", 0),),
    "ע": (("", 0),),
    "פ": (("p", 0), ("f", 1)),
    "צ": (("s", 0), ("c", 2), ("z", 3)),
    "ק": (("k", 0),),
    "ר": (("r", 0),),
    "ש": (("x", 0), ("s", 2)),
    "ת": (("t", 0),),
}
"""The sounds that a letter may stand for, each with how unlikely it is; the first costs nothing."""

WITH_GERESH: Final = {"ג": "j", "ז": "j", "צ": "c"}
"""The sounds that a geresh makes of a letter."""


def plain(token: str) -> str:
    """Return a token with its letters made alike and without points."""
    return token.translate(PLAIN)


def readings(token: str) -> tuple[str, ...]:
    """Return how a Hebrew word is written in Latin letters: as everybody writes it, or with vowels guessed."""
    letters = plain(token)
    known = everyday.HEBREW.get(letters)
    if known is not None:
        return known
    found = (
        _vowelled(letters, _CONSONANTS, "o"),
        _vowelled(letters, _OTHERWISE, "o"),
        _vowelled(letters, _CONSONANTS, "u"),
    )
    return tuple(dict.fromkeys(found))


def _vowelled(letters: str, values: dict[str, str], round_: str) -> str:
    """Return the letters with an a or e where two consonants meet and nothing is written between them."""
    found: list[str] = []
    spoken = 2  # consonants since the last vowel; the word begins as if there had been some
    last = len(letters) - 1
    for at, letter in enumerate(letters):
        if letter == GERESH:
            found[-1:] = [_AFTER_GERESH.get(letters[at - 1], found[-1])] if found else []
            continue
        if letter in _SILENT or (letter == "ה" and at == last):
            vowel = "a" if spoken or (letter in _SILENT and not at) else ""
        elif letter == _YOD and at:
            vowel = "i" if spoken else "y"
        elif letter == _WAW and at:
            vowel = round_ if spoken else "v"
        else:
            vowel = ""
        if vowel or letter in _SILENT:
            found.append(vowel)
            spoken = 0
            continue
        if at and (spoken >= 2 or (at == last and spoken == 1)):
            found.append("a" if at == 1 else "e")
            spoken = 0
        found.append(values.get(letter, letter))
        spoken = 2 if not at else spoken + 1
    return "".join(found)
