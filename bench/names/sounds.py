"""Whether two spellings can be the sound of one name, in any two scripts: coarse, cheap, and for building tables only.

Both sides are romanised letter by letter; each consonant becomes the set of sounds that it has in some language, some of which may
be silent. The distance is the number of consonants that find no partner.
"""

from __future__ import annotations

import re
from typing import Final

from anyascii import anyascii

LIP, TEETH, HISS, BACK, EM, EN, EL, AR, SILENT = (1 << number for number in range(9))

DIGRAPHS: Final = {
    "tsch": HISS,
    "shch": HISS,
    "sch": HISS | BACK,
    "tch": HISS,
    "dzh": HISS,
    "dj": HISS,
    "ch": HISS | BACK | SILENT,
    "sh": HISS,
    "zh": HISS,
    "kh": BACK | SILENT,
    "gh": BACK | SILENT,
    "ph": LIP,
    "th": TEETH | HISS,
    "ts": HISS | TEETH,
    "tz": HISS | TEETH,
    "dz": HISS | TEETH,
    "cz": HISS,
    "sz": HISS,
    "ck": BACK,
    "dg": HISS,
    "ng": EN,
    "ll": EL | SILENT | HISS,
    "gn": EN,
    "gl": EL,
}
"""Letters that stand for one sound together."""

LETTERS: Final = (
    dict.fromkeys("bpfv", LIP)
    | dict.fromkeys("td", TEETH)
    | dict.fromkeys("sz", HISS)
    | {"k": BACK, "q": BACK | HISS, "w": LIP | SILENT, "c": HISS | BACK, "g": BACK | HISS | SILENT}
    | {"j": HISS | BACK | SILENT, "x": HISS | BACK | SILENT, "y": SILENT | HISS, "h": SILENT | BACK}
    | {"l": EL, "r": AR | SILENT, "m": EM, "n": EN | EM}
)
"""What a letter may sound like in some language that writes it."""


HAN: Final = dict.fromkeys(("zh", "ch", "sh", "q", "x", "c"), HISS) | {"r": HISS | AR | EL | SILENT, "l": EL | AR}
"""Where pinyin writes otherwise than the rest: `q` and `x` hiss, and `l` stands for both liquids."""

RELUCTANT: Final = {"v", "w", "y", "h"}
"""Letters that Arabic and Hebrew also write for a vowel."""

_CONSONANTS: Final = re.compile("|".join((*DIGRAPHS, "[b-df-hj-np-tv-z]")))
_ABJAD: Final = re.compile("[ckgst]h|[b-df-hj-np-tv-z]")
_TWICE: Final = re.compile(r"([b-km-z])\1")
_SEMITIC: Final = re.compile("[\u0590-\u06ff]")
_IDEOGRAPHS: Final = re.compile("[\u3400-\u9fff]")
_KUNREI: Final = re.compile("[тд](?=[июяё])")
_MUTE: Final = re.compile("[dtsxzp]e?s?$")


def sounds(spelling: str) -> list[int]:
    """Return the consonants of a spelling in any script, each as the set of the sounds that it may have."""
    plain = anyascii(_KUNREI.sub("ц", spelling)).lower()
    if _SEMITIC.search(spelling):
        read = [(one, DIGRAPHS.get(one) or LETTERS[one]) for one in _ABJAD.findall(plain)]
        return [sound | SILENT if one in RELUCTANT else sound for one, sound in read]
    if _IDEOGRAPHS.search(spelling):
        return [HAN.get(one) or DIGRAPHS.get(one) or LETTERS[one] for one in _CONSONANTS.findall(plain)]
    plain = _TWICE.sub(r"\1", plain)
    found = [DIGRAPHS.get(one) or LETTERS[one] for one in _CONSONANTS.findall(plain.replace("x", "xx"))]
    if found and spelling.isascii() and _MUTE.search(plain):
        found[-1] |= SILENT
    return found


def disagreement(one: str, other: str) -> float:
    """Return the share of the consonants that must sound and find no partner, from 0 (may be one name) to 1.

    The first of each side must be able to sound alike.
    """
    left, right = sounds(one), sounds(other)
    if left and right and not (left[0] & right[0] or (left[0] | right[0]) & SILENT):
        return 1.0
    row = [0]
    for theirs in right:
        row.append(row[-1] + (not theirs & SILENT))
    for mine in left:
        before, row = row, [row[0] + (not mine & SILENT)]
        for place, theirs in enumerate(right):
            paired = before[place] + (not mine & theirs & ~SILENT)
            row.append(min(paired, before[place + 1] + (not mine & SILENT), row[place] + (not theirs & SILENT)))
    needed = max(sum(not sound & SILENT for sound in side) for side in (left, right))
    return min(row[-1] / max(needed, 1), 1.0)
