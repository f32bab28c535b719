"""What the words beside a name say of it: a street, a ship, a denial, the kind of a number. Words are data: `data/words.toml`."""

from __future__ import annotations

import re
import tomllib
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from comity.matching import legal
from comity.model.countries import fold

WORD: Final = re.compile(r"[^\W_]+")
BEFORE_WORDS: Final = 4
"""Words before a mention that are looked at."""
AFTER_WORDS: Final = 3


class Reason(Enum):
    """Why something that was seen raises no alert."""

    STREET = "street"
    """It is the name of a street, a square or a building."""
    ORDINARY = "ordinary"
    """It is a word of everyday business, and nothing beside it says that it is a name."""
    NO_SHIP = "no_ship"
    """It is a ship's name, and nothing beside it says that a ship is meant."""
    DENIED = "denied"
    """The text says that there is no connection."""
    ELSEWHERE = "elsewhere"
    """The message says that it is in another country."""
    WITHIN_NAME = "within_name"
    """The country stands within the name of somebody or something else, and says nothing of where."""


class Beside(NamedTuple):
    """The words around a part of a text, in plain lower case."""

    before: tuple[str, ...]
    """The nearest last."""
    within: tuple[str, ...]
    after: tuple[str, ...]


@cache
def words(kind: str) -> frozenset[str]:
    """Return the words of one kind."""
    text = (files("comity.filtering") / "data" / "words.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[kind])


def beside(text: str, start: int, end: int) -> Beside:
    """Return the words before, within and after a part of a text."""
    return Beside(_plain(text[:start])[-BEFORE_WORDS:], _plain(text[start:end]), _plain(text[end:])[:AFTER_WORDS])


def is_street(around: Beside) -> bool:
    """Whether a part of a text is what a street or a building is called."""
    after, before = around.after[:2], around.before[-2:]
    return (
        any(one in words("street_after") for one in (*after[:1], " ".join(after)))
        or any(one in words("street_before") for one in before[-1:])
        or (len(before) > 1 and before[-1] in {"de", "du", "della", "da", "of"} and before[0] in words("street_before"))
    )


def ship(text: str) -> str:
    """Return a ship's name without the words before it that say that it is one; empty if none do."""
    said = [(found.end(), fold(found.group())) for found in WORD.finditer(text)]
    for count in (2, 1):
        if len(said) > count and " ".join(word for _, word in said[:count]) in words("vessel_near"):
            return text[said[count - 1][0] :].strip(" .'\"-/")
    return ""


def is_ship(around: Beside) -> bool:
    """Whether the words beside a name say that it is a ship's."""
    near = (*around.before[-3:],)
    return bool(
        {*near, *_pairs(near)} & words("vessel_near")
        or {*around.after[:1], *_pairs(around.after)} & words("vessel_after")
    ) or bool(set(around.within[:1]) & words("vessel_near"))


def is_denied(around: Beside) -> bool:
    """Whether a text says that what stands there has nothing to do with the payment."""
    before = {*around.before, *_pairs(around.before), *_triples(around.before)}
    after = {*_pairs(around.after), *around.after[:1]}
    return bool(before & words("denial_before") or after & words("denial_after"))


def is_company(around: Beside) -> bool:
    """Whether a legal form stands right before or right after a name."""
    return any(legal.phrases([one]) for one in (*around.before[-1:], *around.after[:1]) if len(one) > 1)


def is_within_name(around: Beside) -> bool:
    """Whether what follows a country's name makes both the name of something else."""
    return bool({*around.after[:1], *_pairs(around.after)} & words("within_name_after"))


def is_ordinary(around: Beside) -> bool:
    """Whether a part of a text is nothing but words of everyday business."""
    return all(one in words("ordinary") for one in around.within)


def is_apart(around: Beside) -> bool:
    """Whether a name stands by itself: at the beginning, or after a word that leads to one, and not at the end of a longer name."""
    return not around.before or around.before[-1] in words("function") or not around.before[-1].isalpha()


def _plain(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(fold(text)))


def _pairs(said: tuple[str, ...]) -> set[str]:
    return {" ".join(said[at : at + 2]) for at in range(len(said) - 1)}


def _triples(said: tuple[str, ...]) -> set[str]:
    return {" ".join(said[at : at + 3]) for at in range(len(said) - 2)}
