"""One token and the shapes in which it is looked for: as written, folded over the usual ways to romanise, and what is near it.

A shape is only a suggestion: whatever is found by it is verified by `closeness` before it counts.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import msgspec

from comity.matching import equivalents, legal, rarity, romanise
from comity.matching.scripts import Script
from comity.matching.skeleton import skeleton, skeletons

if TYPE_CHECKING:
    from collections.abc import Iterator

REMEMBERED: Final = 131_072
"""Tokens whose shapes a process remembers; names are few words used often."""

LENGTH_MAX: Final = 40
"""Characters of a token that are looked at; longer ones are words run together, and found as such."""

ONE_GONE_FROM: Final = 4
"""Letters from which a token is also looked for with one of them missing, on either side."""

TWO_GONE_FROM: Final = 7
"""And with two of them missing."""

FOLDS: Final = (
    ("sjtj", "s"), ("tj", "c"), ("sj", "s"), ("tsch", "c"), ("tch", "c"), ("shch", "s"), ("sch", "s"),
    ("dzh", "j"), ("zh", "j"), ("dj", "j"), ("dz", "z"),
    ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("sh", "s"), ("ch", "c"), ("ck", "k"), ("cz", "c"),
    ("tz", "c"), ("ts", "c"), ("x", "ks"), ("q", "k"), ("w", "v"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ae", "a"),
    ("oe", "o"), ("ue", "u"), ("ij", "i"), ("iy", "i"), ("yi", "i"), ("ya", "ia"), ("ja", "ia"), ("yu", "iu"),
    ("ju", "iu"), ("ye", "e"), ("je", "e"), ("ie", "e"), ("ey", "ai"), ("ei", "ai"), ("ay", "ai"), ("y", "i"), ("j", "z"),
)  # fmt: skip
"""What the standards and habits of romanisation write differently, in the order in which it is made alike (BGN/PCGN, ISO 9,
ALA-LC, and the French, German and English habits)."""

ENDINGS: Final = (("off", "ov"), ("ow", "ov"), ("of", "ov"), ("eff", "ev"), ("ef", "ev"), ("ah", "a"), ("eh", "e"))


class Shape(msgspec.Struct, frozen=True, gc=False):
    """A token, and what it is compared by.

    What is made for every name is a structure, not a named tuple, which takes three times as long to make and to look into. The
    collector need not follow them (`gc=False`): none holds itself.
    """

    text: str
    """As it stands in the name, in lower case; Latin letters without accents."""
    script: Script
    readings: tuple[str, ...]
    """In ASCII letters, the likeliest first."""
    folds: tuple[str, ...]
    """Its readings, folded."""
    skeletons: tuple[str, ...]
    """Its consonants as sounds."""
    pivots: tuple[int, ...]
    """The names of which it is a known spelling."""
    known_in: int
    """The scripts in which it has one, a bit for each."""
    nicknames: tuple[int, ...]
    concept: int
    """The institutional word that it is, in any language; -1: none."""
    is_number: bool
    weight: int
    """How rare it is in names at large."""


def fold(latin: str) -> str:
    """Return a Latin token with the usual differences of spelling made alike, and no letter twice in a row."""
    for ending, plain in ENDINGS:
        if latin.endswith(ending) and len(latin) > len(ending) + 1:
            latin = latin[: -len(ending)] + plain
            break
    for written, plain in FOLDS:
        if written in latin:
            latin = latin.replace(written, plain)
    kept = [latin[:1]]
    for letter in latin[1:]:
        if letter != kept[-1]:
            kept.append(letter)
    return "".join(kept)


@lru_cache(REMEMBERED)
def shape(text: str, script: Script) -> Shape:
    """Return what a token is compared by."""
    text = text[:LENGTH_MAX]
    readings = (text,) if script in {Script.LATIN, Script.OTHER} else romanise.readings(text, script)
    concept = legal.institutional(text)
    latin = script is Script.LATIN
    bare = () if not latin or text.isdigit() else (skeleton(text),)
    pivots = equivalents.pivots(text)
    return Shape(
        text=text,
        script=script,
        readings=readings,
        folds=tuple(dict.fromkeys(fold(one) for one in readings)),
        skeletons=bare if latin or text.isdigit() else skeletons(text, script),
        pivots=pivots,
        known_in=equivalents.known_in(pivots),
        nicknames=equivalents.nicknames(text) if latin else (),
        concept=-1 if concept is None else concept,
        is_number=text.isdigit(),
        weight=rarity.weight(text),
    )


def splits(word: str, least: int) -> Iterator[tuple[str, str]]:
    """Yield the ways to divide a word into two of so many letters at least."""
    yield from ((word[:at], word[at:]) for at in range(least, len(word) - least + 1))
