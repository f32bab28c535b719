"""How rare a word is in names at large: what it says when two names agree in it, whoever is on a list today.

A weight is a property of the word alone. So what is said of two names depends on the two names only: the same beside a million
others as in a pair, and the same after any change of a list. The counts behind the table are made by `bench/names/rarity.py`.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

RAREST: Final = 1100
"""The weight of a word that is not known to be common: the natural logarithm, in hundredths, of one name in sixty thousand."""
LETTER: Final = 300
"""The weight of a Latin letter that stands alone: one name in twenty has that initial."""


def weight(word: str) -> int:
    """Return how rare a word is: the natural logarithm of how many names there are for one with it, in hundredths."""
    return LETTER if len(word) == 1 and word.isascii() else _weights().get(word, RAREST)


def warm() -> None:
    """Load the table now, so that no question pays for it."""
    _weights()


@cache
def _weights() -> dict[str, int]:
    lines = (files(__package__) / "data" / "rarity.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return {word: int(said) for word, said in pairs}
