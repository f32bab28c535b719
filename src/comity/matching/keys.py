"""The keys under which a token is looked for: one channel for each kind of damage, and no channel does another's work.

A key is 32 bits of a checksum: a collision costs a comparison and nothing else, for whatever is found is verified.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING
from zlib import crc32

from comity.matching.scripts import Script
from comity.matching.spelling import fold, thinned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from comity.matching.spelling import Shape


class Channel(IntEnum):
    """A kind of damage; the numbers seed the checksums that stand in indexes."""

    TEXT = 1
    """The word itself, and with a letter or two missing: slips of the hand."""
    FOLD = 2
    """The folded word, and with a letter missing: ways to romanise."""
    SOUND = 3
    """The consonants."""
    PIVOT = 4
    """Known spellings of one name."""
    NICKNAME = 5
    CONCEPT = 6
    """An institutional word in any language."""
    LETTERS = 7
    """All letters of a name, whatever their order: words lost, joined, turned round."""


def keys(shape: Shape) -> set[int]:
    """Return every key of a token; two tokens that may be the same have one in common."""
    if shape.is_number:
        return {_key(Channel.TEXT, shape.text)}
    found = {_key(Channel.TEXT, shape.text)}
    if shape.script is Script.LATIN or len(shape.text) > 3:
        found.update(_key(Channel.TEXT, one) for one in thinned(shape.text))
    for one in _folds(shape):
        found.add(_key(Channel.FOLD, one))
        if len(one) >= 4:
            found.update(_key(Channel.FOLD, one[:at] + one[at + 1 :]) for at in range(len(one)))
    found.update(_key(Channel.SOUND, one) for one in shape.skeletons if len(one) > 1)
    found.update(_key(Channel.PIVOT, str(one)) for one in shape.pivots)
    found.update(_key(Channel.NICKNAME, str(one)) for one in shape.nicknames)
    if shape.concept >= 0:
        found.add(_key(Channel.CONCEPT, str(shape.concept)))
    return found


def letters(words: Iterable[str]) -> int:
    """Return the key of all letters of a name, whatever their order and wherever its spaces stand."""
    return _key(Channel.LETTERS, "".join(sorted("".join(words))))


def _folds(shape: Shape) -> Iterator[str]:
    yield from shape.folds
    if shape.script is Script.LATIN and shape.text[:2] in {"al", "el"} and len(shape.text) > 5:
        yield fold(shape.text[2:])


def _key(channel: Channel, text: str) -> int:
    return crc32(text.encode(), channel)
