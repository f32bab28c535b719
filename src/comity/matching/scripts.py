"""Which writing system a name stands in, letter by letter. Ranges are those of the Unicode blocks (Unicode 16, Blocks.txt)."""

from __future__ import annotations

from bisect import bisect_right
from enum import IntEnum


class Script(IntEnum):
    """A writing system that names are compared in. The numbers are written to disk and never change."""

    __hash__ = int.__hash__  # an enumeration would hash its name, in Python

    OTHER = 0
    LATIN = 1
    CYRILLIC = 2
    ARABIC = 3
    HEBREW = 4
    GREEK = 5
    GEORGIAN = 6
    ARMENIAN = 7
    HAN = 8
    HANGUL = 9
    KANA = 10
    THAI = 11
    DEVANAGARI = 12


SYLLABIC = frozenset({Script.HAN, Script.HANGUL})
"""Scripts whose letters are syllables, and whose persons have a family name of one or two and a given name of one or two."""

_BLOCKS: tuple[tuple[int, int, Script], ...] = (
    (0x0041, 0x024F, Script.LATIN),
    (0x0250, 0x02AF, Script.LATIN),
    (0x0370, 0x03FF, Script.GREEK),
    (0x0400, 0x052F, Script.CYRILLIC),
    (0x0530, 0x058F, Script.ARMENIAN),
    (0x0590, 0x05FF, Script.HEBREW),
    (0x0600, 0x06FF, Script.ARABIC),
    (0x0750, 0x077F, Script.ARABIC),
    (0x0870, 0x08FF, Script.ARABIC),
    (0x0900, 0x097F, Script.DEVANAGARI),
    (0x0E00, 0x0E7F, Script.THAI),
    (0x10A0, 0x10FF, Script.GEORGIAN),
    (0x1100, 0x11FF, Script.HANGUL),
    (0x1C80, 0x1C8F, Script.CYRILLIC),
    (0x1C90, 0x1CBF, Script.GEORGIAN),
    (0x1D00, 0x1D2A, Script.LATIN),
    (0x1D2B, 0x1D2B, Script.CYRILLIC),
    (0x1E00, 0x1EFF, Script.LATIN),
    (0x1F00, 0x1FFF, Script.GREEK),
    (0x2C60, 0x2C7F, Script.LATIN),
    (0x2D00, 0x2D2F, Script.GEORGIAN),
    (0x2DE0, 0x2DFF, Script.CYRILLIC),
    (0x2E80, 0x2FDF, Script.HAN),
    (0x3005, 0x3007, Script.HAN),
    (0x3021, 0x3029, Script.HAN),
    (0x3041, 0x30FF, Script.KANA),
    (0x3130, 0x318F, Script.HANGUL),
    (0x31F0, 0x31FF, Script.KANA),
    (0x3400, 0x4DBF, Script.HAN),
    (0x4E00, 0x9FFF, Script.HAN),
    (0xA640, 0xA69F, Script.CYRILLIC),
    (0xA720, 0xA7FF, Script.LATIN),
    (0xA960, 0xA97F, Script.HANGUL),
    (0xAB30, 0xAB6F, Script.LATIN),
    (0xAC00, 0xD7FF, Script.HANGUL),
    (0xF900, 0xFAFF, Script.HAN),
    (0xFB00, 0xFB06, Script.LATIN),
    (0xFB13, 0xFB17, Script.ARMENIAN),
    (0xFB1D, 0xFB4F, Script.HEBREW),
    (0xFB50, 0xFDFF, Script.ARABIC),
    (0xFE70, 0xFEFE, Script.ARABIC),
    (0xFF21, 0xFF5A, Script.LATIN),
    (0xFF66, 0xFF9D, Script.KANA),
    (0xFFA0, 0xFFDC, Script.HANGUL),
    (0x1AFF0, 0x1B16F, Script.KANA),
    (0x20000, 0x323AF, Script.HAN),
)
_STARTS = [first for first, _, _ in _BLOCKS]
_SCRIPTS = tuple(Script)


_HAN_NUMERALS = "〇〡〢〣〤〥〦〧〨〩"


def _look_up(character: str) -> int:
    """Return the number of a character's script, 0 for a letter of any other script, -1 for what is no letter."""
    if not character.isalpha() and character not in _HAN_NUMERALS:
        return -1
    at = bisect_right(_STARTS, ord(character)) - 1
    if at >= 0 and ord(character) <= _BLOCKS[at][1]:
        return int(_BLOCKS[at][2])
    return 0


class _Known(dict[str, int]):
    """The characters seen so far; each is looked up once."""

    def __missing__(self, character: str) -> int:
        found = self[character] = _look_up(character)
        return found


_KNOWN = _Known()


def script_of(text: str) -> Script:
    """Return the script of the first letter that has one of these; `OTHER` when there is none."""
    for character in text:
        number = _KNOWN[character]
        if number > 0:
            return _SCRIPTS[number]
    return Script.OTHER


def runs(text: str) -> list[tuple[Script, str]]:
    """Return a text's maximal runs of one script, in their order; together they are the text.

    What is no letter (digits, combining marks, spaces, signs) joins the run that it stands in, and at the beginning the run that
    follows. Letters of a script that is not listed make runs of `OTHER`; so does a text without letters.
    """
    found: list[tuple[Script, str]] = []
    start, current = 0, -1
    for at, character in enumerate(text):
        number = _KNOWN[character]
        if number in (-1, current):
            continue
        if current >= 0:
            found.append((_SCRIPTS[current], text[start:at]))
            start = at
        current = number
    if text:
        found.append((_SCRIPTS[max(current, 0)], text[start:]))
    return found
