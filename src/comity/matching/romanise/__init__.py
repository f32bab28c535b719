"""How a word in any script is written in Latin letters, and which words an unspaced one is made of.

One module for each family of scripts holds the tables; here is the one place that asks them. A reading crosses from one script to
another; two words of one script are compared in that script.
"""
# ruff: noqa: RUF001 - the letters are meant

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from anyascii import anyascii

from comity.matching.romanise import arabic, caucasus, cyrillic, greek, han, hangul, hebrew, indic, kana
from comity.matching.scripts import Script

READINGS_MAX: Final = 4
"""Readings of one word that are kept."""
READINGS_MAX_OF: Final = {Script.HANGUL: 9}
"""Korean names are written in many ways at once, and a syllable has no other likeness than a reading."""

REMEMBERED: Final = 65_536
"""Words whose readings a process remembers."""

_LATIN: Final = str.maketrans({**dict.fromkeys("əƏ", "a"), **dict.fromkeys("ı", "i"), **dict.fromkeys("ʻʼʽ", None)})

_READERS: Final[dict[Script, Callable[[str], tuple[str, ...]]]] = {
    Script.CYRILLIC: cyrillic.readings,
    Script.ARABIC: arabic.readings,
    Script.HEBREW: hebrew.readings,
    Script.GREEK: greek.readings,
    Script.GEORGIAN: caucasus.georgian,
    Script.ARMENIAN: caucasus.armenian,
    Script.HAN: han.readings,
    Script.HANGUL: hangul.readings,
    Script.KANA: kana.readings,
    Script.DEVANAGARI: indic.devanagari,
}


@lru_cache(REMEMBERED)
def readings(token: str, script: Script) -> tuple[str, ...]:
    """Return a word in the letters a to z and digits, at most four ways (in Korean nine), the likeliest first.

    A Latin word has one, its ASCII form with every mark taken off; so have scripts without a table here. Empty for a word that says
    nothing.
    """
    reader = _READERS.get(script)
    token = unicodedata.normalize("NFKC", token).lower()
    found = (anyascii(token.translate(_LATIN)),) if reader is None else reader(token)
    kept = dict.fromkeys(one for one in map(_only_letters, found) if one)
    return tuple(kept)[: READINGS_MAX_OF.get(script, READINGS_MAX)]


def split(token: str, script: Script) -> tuple[str, ...]:
    """Return the words of an unspaced one: family and given name in Han and Hangul; any other word as it is."""
    if script is Script.HAN:
        return han.split(token)
    if script is Script.HANGUL:
        return hangul.split(token)
    return (token,)


def warm() -> None:
    """Load what is otherwise loaded with the first Han name, some tenths of a second."""
    han.warm()


def _only_letters(latin: str) -> str:
    if not latin.isascii():
        latin = anyascii(latin)
    latin = latin.lower()
    return latin if latin.isalnum() else "".join([letter for letter in latin if letter.isalnum()])
