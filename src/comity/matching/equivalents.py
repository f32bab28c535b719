"""Names that are one name: spellings of it in other scripts, and the short forms that people go by.

A spelling in its own script is a *pivot*, and has a number. A token in that script has that pivot; a token in Latin letters
has the pivots that it is known to be written as; two Latin tokens that share one are variants of one name. The facts are
Wikidata's (CC0), collected by Merhav and Ash (COLING 2018) and made into the packaged table by `bench/names/name_table.py`.
The short forms are common knowledge, one class of names a line.
"""

# ruff: noqa: RUF001, RUF002 - the letters are meant

from __future__ import annotations

import lzma
import re
from bisect import bisect
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

import numpy as np

DATA: Final = files("comity.matching") / "data"
"""The tables that come with the package."""

LETTERS: Final = str.maketrans(
    {letter: one for one, alike in {
        "ا": "أإآٱٲٳٵ",
        "ي": "ىیئېۍ",
        "ك": "کڪګ",
        "ه": "ةهۀەہھۃ",
        "و": "ؤۆۇۋ",
        "כ": "ך",
        "מ": "ם",
        "נ": "ן",
        "פ": "ף",
        "צ": "ץ",
        "е": "ё",
        "α": "άἀἁἄἅᾶ",
        "ε": "έἐἑἔἕ",
        "η": "ήἠἡἤἥῆ",
        "ι": "ίϊΐἰἱἴἵῖ",
        "ο": "όὀὁὄὅ",
        "υ": "ύϋΰὐὑὔὕῦ",
        "ω": "ώὠὡὤὥῶ",
    }.items() for letter in alike}
)  # fmt: skip
"""Letters that are written for one another, to the one that stands for all."""

_SIGNS: Final = re.compile(
    "[\u0591-\u05c7\u05f3\u05f4\u0610-\u061a\u0621\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f'’ʼ\"”“]"
)
"""Vowel points, the hamza by itself, the stroke that lengthens a line, marks of abbreviation, and invisible characters."""

_ARTICLE: Final = re.compile("^ال(?=.{3})")


class Names(NamedTuple):
    """The table of names: every spelling to its number, and for a Latin one where its pivots begin and end."""

    native: dict[str, int]
    latin: dict[str, int]
    bounds: list[int]
    pivots: tuple[int, ...]


def unify(token: str) -> str:
    """Return a token with the letters that are written for one another made one; applying it again changes nothing.

    Arabic: forms of alif, ya, kaf, ha and hamza's seats; without article, vowel signs and tatweel. Hebrew: without points, final
    letters as within a word. Cyrillic: ё as е. Greek: without accents. All: lower case, without apostrophes.
    """
    if token.isascii():
        return token.lower().replace("'", "").replace('"', "")
    return _ARTICLE.sub("", _SIGNS.sub("", token.casefold()).translate(LETTERS))


def pivots(token: str) -> tuple[int, ...]:
    """Return the numbers of the names of which a token is a known spelling: native script, or lower-case ASCII Latin.

    A native spelling is one pivot; a Latin one has one for each spelling that it stands for. Unknown: none.
    """
    names = _names()
    if token.isascii():
        place = names.latin.get(token)
        return () if place is None else names.pivots[names.bounds[place] : names.bounds[place + 1]]
    number = names.native.get(unify(token))
    return () if number is None else (number,)


def known_in(pivots_: tuple[int, ...]) -> int:
    """Return the scripts in which names have a known spelling, a bit for each block of letters."""
    found = 0
    spellings = _spellings()
    for number in pivots_:
        found |= 1 << bisect(BLOCKS, spellings[number][0])
    return found


BLOCKS: Final = "\u0370\u0400\u0530\u0590\u0600\u0800"
"""Where the letters of Greek, Cyrillic, Armenian, Hebrew and Arabic begin and end; Chinese characters stand behind them."""


def nicknames(token: str) -> tuple[int, ...]:
    """Return the classes of given names, used for one another, that a lower-case ASCII token belongs to."""
    return _nicknames().get(token, ())


def warm() -> None:
    """Load the tables now, so that no question pays for it."""
    _spellings()
    _nicknames()


def read_names(packed: bytes) -> Names:
    """Read a table of names as `bench/names/name_table.py` writes it: four parts behind a line with their lengths in bytes."""
    heading, _, body = lzma.decompress(packed).partition(b"\n")
    parts: list[bytes] = []
    for length in map(int, heading.split()):
        parts.append(body[:length])
        body = body[length:]
    native, latin = (part.decode().split("\n") for part in parts[:2])
    bounds = np.concatenate(([0], np.frombuffer(parts[2], np.uint8).cumsum(dtype=np.int64)))
    numbers = np.frombuffer(parts[3], np.dtype("<i4")).cumsum(dtype=np.int64)
    return Names(_numbered(native), _numbered(latin), bounds.tolist(), tuple(numbers.tolist()))


def _numbered(spellings: list[str]) -> dict[str, int]:
    return dict(zip(spellings, range(len(spellings)), strict=True))


@cache
def _names() -> Names:
    return read_names((DATA / "names.xz").read_bytes())


@cache
def _spellings() -> tuple[str, ...]:
    return tuple(_names().native)


@cache
def _nicknames() -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for number, line in enumerate((DATA / "nicknames.txt").read_text(encoding="utf-8").splitlines()):
        for name in line.split():
            found.setdefault(name, []).append(number)
    return {name: tuple(numbers) for name, numbers in found.items()}
