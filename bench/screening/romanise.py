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
VOICED = {"k": "g", "t": "d", "p": "b", "ch": "j"}
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
    syllables = [hangul(letter, north=north) for letter in name[1:]]
    if north:
        syllables = [voiced(one, before) for one, before in zip(syllables, ["x", *syllables], strict=False)]
    joint = dice.choice([" ", "-", ""] if not north else [" ", " ", "-", "-", ""])
    given = joint.join(syllables).capitalize() if joint != " " else " ".join(each.capitalize() for each in syllables)
    return f"{family.upper() if dice.random() < 0.5 else family} {given}"


def hangul(letter: str, *, north: bool) -> str:
    code = ord(letter) - 0xAC00
    heads, vowels = NORTHERN if north else REVISED
    return heads[code // 588] + vowels[code % 588 // 28] + FINALS[code % 28]


def voiced(syllable: str, before: str) -> str:
    """Return a northern syllable as it sounds behind a vowel or a nasal, which is how most of the lists' spellings write it."""
    if before[-1] not in "aeioumnlg":
        return syllable
    head = re.match(r"(ch|k|t|p)(?![kthp])", syllable)
    return VOICED[head[1]] + syllable[len(head[1]) :] if head else syllable


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
