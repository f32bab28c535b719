"""The keys under which a token is looked for: one channel for each kind of damage, and no channel does another's work.

A key is 32 bits of a checksum: a collision costs a comparison and nothing else, for whatever is found is verified.
"""

from __future__ import annotations

from array import array
from enum import IntEnum
from typing import TYPE_CHECKING, Final, TypeAlias
from zlib import crc32

import numpy as np

from comity.matching.scripts import Script
from comity.matching.spelling import ONE_GONE_FROM, TWO_GONE_FROM, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from comity.matching.spelling import Shape


TOKEN_BITS: Final = np.uint64(32)


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


TEXT, FOLD, SOUND, PIVOT, NICKNAME, CONCEPT, LETTERS = Channel
LATIN: Final = Script.LATIN
"""An enumeration is slow to look into."""

Part: TypeAlias = tuple[Channel, str, int]
"""A text under which a token is looked for, whole and with up to so many of its letters missing."""


def keys(shape: Shape) -> set[int]:
    """Return every key of a token; two tokens that may be the same have one in common."""
    found: set[int] = set()
    for channel, text, missing in _parts(shape):
        if missing:
            found.update(_thinned(channel, text, missing))
        else:
            found.add(_key(channel, text))
    return found


def every(shapes: Iterable[Shape]) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
    """Return the keys of many tokens and which of them has each, by key and token: as `keys`, in bulk."""
    alike: dict[tuple[Channel, int, int], tuple[list[bytes], list[int]]] = {}
    found, whose = array("I"), array("i")
    for token, shape in enumerate(shapes):
        for channel, text, missing in _parts(shape):
            if missing and text.isascii():
                texts, tokens = alike.setdefault((channel, missing, len(text)), ([], []))
                texts.append(text.encode())
                tokens.append(token)
            else:
                more = _thinned(channel, text, missing) if missing else [_key(channel, text)]
                found.extend(more)
                whose.extend([token] * len(more))
    pairs = [np.frombuffer(found, np.uint32).astype(np.uint64) << TOKEN_BITS | np.frombuffer(whose, np.uint32)]
    for (channel, missing, length), (texts, tokens) in alike.items():
        letters = np.frombuffer(b"".join(texts), np.uint8).reshape(-1, length)
        states = _all_thinned(letters, channel, missing).astype(np.uint64)
        pairs.append((states << TOKEN_BITS | np.array(tokens, np.uint64)[:, None]).ravel())
    distinct = np.concatenate(pairs)
    distinct.sort()
    distinct = distinct[np.append(distinct[:1] == distinct[:1], distinct[1:] != distinct[:-1])]
    return (distinct >> TOKEN_BITS).astype(np.uint32), distinct.astype(np.uint32).astype(np.int32)


def letters(words: Iterable[str]) -> int:
    """Return the key of all letters of a name, whatever their order and wherever its spaces stand."""
    return _key(LETTERS, "".join(sorted("".join(words))))


def of_article(shape: Shape) -> list[int]:
    """Return the keys that a word has without the Arabic article before it, beside those of its parts."""
    bare = _bare(shape)
    return _thinned(FOLD, bare, int(len(bare) >= ONE_GONE_FROM)) if bare else []


def _parts(shape: Shape) -> list[Part]:
    if shape.is_number:
        return [(TEXT, shape.text, 0)]
    length = len(shape.text)
    found = [(TEXT, shape.text, 2 if length >= TWO_GONE_FROM else int(length >= ONE_GONE_FROM))]
    found += [(FOLD, one, int(len(one) >= ONE_GONE_FROM)) for one in _folds(shape)]
    found += [(SOUND, one, 0) for one in shape.skeletons if len(one) > 1]
    found += [(PIVOT, str(one), 0) for one in shape.pivots]
    found += [(NICKNAME, str(one), 0) for one in shape.nicknames]
    if shape.concept >= 0:
        found.append((CONCEPT, str(shape.concept), 0))
    return found


def _folds(shape: Shape) -> Iterator[str]:
    yield from shape.folds
    if bare := _bare(shape):
        yield bare


def _bare(shape: Shape) -> str:
    """Return a Latin word without the Arabic article, folded; empty if it has none."""
    has_article = shape.script is LATIN and shape.text[:2] in {"al", "el"} and len(shape.text) > 5
    return fold(shape.text[2:]) if has_article else ""


def _thinned(channel: Channel, text: str, missing: int) -> list[int]:
    """Return the keys of a text. A checksum goes on from that of what stands before, so that each costs its last part alone."""
    letters = [letter.encode() for letter in text]
    tails = [b"".join(letters[at:]) for at in range(1, len(letters) + 1)]
    before = [int(channel)]
    for letter in letters:
        before.append(crc32(letter, before[-1]))
    found = [before.pop(), *map(crc32, tails, before)]
    if missing > 1:
        for first, state in enumerate(before):
            for second in range(first + 1, len(letters)):
                found.append(crc32(tails[second], state))
                state = crc32(letters[second], state)  # noqa: PLW2901 - of what stands before the second that is missing
    return found


def _all_thinned(letters: NDArray[np.uint8], channel: Channel, missing: int) -> NDArray[np.uint32]:
    """Return the keys of texts of one length, a row of them for each: letter by letter, for every choice of letters so far."""
    start = np.full((len(letters), 1), ~np.uint32(channel))
    states = [start, *(start[:, :0] for _ in range(missing))]
    """By how many letters are missing."""
    for column in letters.T:
        longer = [CRC[(state ^ column[:, None]) & np.uint32(0xFF)] ^ (state >> np.uint32(8)) for state in states]
        states = [longer[0], *(np.hstack(pair) for pair in zip(longer[1:], states, strict=False))]
    return ~np.hstack(states)


def _crc_table() -> NDArray[np.uint32]:
    table = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        table = np.where(table & 1, table >> 1 ^ np.uint32(0xEDB88320), table >> 1).astype(np.uint32)
    return table


CRC: Final = _crc_table()
"""What a byte makes of a checksum (ISO 3309), as in `zlib`."""


def _key(channel: Channel, text: str) -> int:
    return crc32(text.encode(), channel)
