"""How rare a word is in names at large: what it says when two names agree in it, whoever is on a list today.

A weight is a property of the word alone. So what is said of two names depends on the two names only: the same beside a million
others as in a pair, and the same after any change of a list. The counts behind the table are made by `bench/names/rarity.py`.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

from comity.matching.glossary import institutional, words_of

RAREST: Final = 1100
"""The weight of a word that is not known to be common: the natural logarithm, in hundredths, of one name in sixty thousand."""
LETTER: Final = 300
"""The weight of a Latin letter that stands alone: one name in twenty has that initial."""


def weight(word: str) -> int:
    """Return how rare a word is: the natural logarithm of how many names there are for one with it, in hundredths.

    What institutions are called by is as common as in the language in which it is most common: few lists name any in Persian.
    """
    if len(word) == 1 and word.isascii():
        return LETTER
    concept = institutional(word)
    said = _weights().get(word, RAREST)
    return said if concept is None else min(said, _of_concept(concept))


def warm() -> None:
    """Load the table now, so that no question pays for it."""
    _weights()


@cache
def _of_concept(concept: int) -> int:
    return min(_weights().get(word, RAREST) for word in words_of(concept))


@cache
def _weights() -> dict[str, int]:
    lines = (files(__package__) / "data" / "rarity.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return {word: int(said) for word, said in pairs}
