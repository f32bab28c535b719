"""How the publishers of lists write Korean and Chinese names in Latin letters: several ways each, one of them drawn by lot.

Written for the bench alone, from the published systems (Revised Romanisation 2000, McCune-Reischauer without its marks,
as the DPRK and the lists write it; pinyin; Wade-Giles without its marks), so that no engine is measured by its own
table.
"""

from __future__ import annotations

import random
import re

from pypinyin import Style, lazy_pinyin

from screening.vocabulary import entries

_TABLES = entries("romanisation")


def _pairs(key: str) -> dict[str, str]:
    return dict(entry.split("=") for entry in _TABLES[key])


REVISED = (_TABLES["REVISED HEADS"], _TABLES["REVISED VOWELS"])
NORTHERN = (_TABLES["NORTHERN HEADS"], _TABLES["NORTHERN VOWELS"])
FINALS = _TABLES["FINALS"]
VOICED = {0: "g", 3: "d", 7: "b", 12: "j"}
"""By the number of the first letter: the plain stops, which alone are voiced; aspirated and tense ones are not."""
SOFT = 12
FAMILY_SOUTH, FAMILY_NORTH, NORTH_OF, CANTONESE = map(_pairs, ("FAMILY SOUTH", "FAMILY NORTH", "NORTH OF", "CANTONESE"))
WADE = (
    (r"^zhi$", "chih"),
    (r"^chi$", "chih"),
    (r"^shi$", "shih"),
    (r"^ri$", "jih"),
    (r"^zi$", "tzu"),
    (r"^ci$", "tzu"),
    (r"^si$", "ssu"),
    (r"^you$", "yu"),
    (r"^ye$", "yeh"),
    (r"^yan$", "yen"),
    (r"^er$", "erh"),
    (r"^zh", "ch"),
    (r"^q", "ch"),
    (r"^j", "ch"),
    (r"^x", "hs"),
    (r"^z", "ts"),
    (r"^c(?!h)", "ts"),
    (r"^r", "j"),
    (r"^b", "p"),
    (r"^d", "t"),
    (r"^g", "k"),
    (r"ong$", "ung"),
    (r"(?<![kh])uo$|(?<=ch)uo$", "o"),
    (r"ian$", "ien"),
    (r"(?<=[a-z])ie$", "ieh"),
    (r"ue$", "ueh"),
    (r"^he$", "ho"),
    (r"^ke$", "ko"),
    (r"ui$", "ui"),
)
"""What becomes of a pinyin syllable in Wade-Giles, in this order."""


def korean(name: str, dice: random.Random, *, north: bool) -> str:
    """Write a Korean name of a family syllable and given syllables in Latin letters."""
    families = FAMILY_NORTH if north else FAMILY_SOUTH
    family = dice.choice(families[name[0]].split())
    soft = dice.random() < 0.6
    syllables = northern(name[1:], soft=soft) if north else [hangul(letter, north=False) for letter in name[1:]]
    joint = dice.choice([" ", "-", ""] if not north else [" ", " ", "-", "-", ""])
    given = joint.join(syllables).capitalize() if joint != " " else " ".join(each.capitalize() for each in syllables)
    return f"{family.upper() if dice.random() < 0.5 else family} {given}"


def hangul(letter: str, *, north: bool) -> str:
    code = ord(letter) - 0xAC00
    heads, vowels = NORTHERN if north else REVISED
    return heads[code // 588] + vowels[code % 588 // 28] + FINALS[code % 28]


def northern(given: str, *, soft: bool) -> list[str]:
    """Write syllables as the North and the lists do: plain stops are voiced behind a vowel, a nasal or an l; a `soft` j always."""
    found: list[str] = []
    for letter in given:
        sound, head = hangul(letter, north=True), (ord(letter) - 0xAC00) // 588
        if head in VOICED and ((soft and head == SOFT) or (found and found[-1][-1] in "aeioumnlg")):
            sound = VOICED[head] + sound[len(NORTHERN[0][head]) :]
        found.append(sound)
    return found


def chinese(family: str, given: str, dice: random.Random) -> tuple[str, str]:
    """Write a Chinese name in Latin letters; return it with the system: pinyin (mainland), Wade-Giles (Taiwan), Hong Kong."""
    sounds = lazy_pinyin(family + given, style=Style.NORMAL, v_to_u=False)
    head, rest = sounds[: len(family)], [sound.replace("v", "u") for sound in sounds[len(family) :]]
    lot = dice.random()
    if lot < 0.7:
        name = "".join(rest).capitalize() if dice.random() < 0.8 else " ".join(each.capitalize() for each in rest)
        return f"{_cased(''.join(head), dice)} {name}", "pinyin"
    if lot < 0.85 or family not in CANTONESE:
        return f"{_cased(wade(''.join(head)), dice)} {'-'.join(map(wade, rest)).title()}", "Wade-Giles"
    return f"{CANTONESE[family]} {' '.join(each.capitalize() for each in rest)}", "Hong Kong family name"


def wade(sound: str) -> str:
    """Return the Wade-Giles spelling of a pinyin syllable, without apostrophes."""
    for pattern, instead in WADE:
        if re.search(pattern, sound):
            sound = re.sub(pattern, instead, sound)
            if pattern.endswith("$") and pattern.startswith("^"):
                break
    return sound


def _cased(text: str, dice: random.Random) -> str:
    return text.upper() if dice.random() < 0.4 else text.capitalize()
