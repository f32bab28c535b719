"""Words and tokens as what they are compared by, in columns; texts are told apart by number, the same on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from comity.matching.index import LATIN, Slices
from comity.matching.noting import OF_TEXTS, Noted
from comity.matching.skeleton import BROAD
from comity.matching.together.slices import Numbers, Truths

if TYPE_CHECKING:
    from collections.abc import Mapping

    from comity.matching.index import Index
    from comity.matching.spelling import Shape

MASK_BITS: Final = np.uint32(63)
BROAD_BITS: Final = np.array(
    [sum(1 << (ord(one) & 63) for one in chr(code).translate(BROAD)) for code in range(128)], np.uint64
)
"""The bit of each ASCII letter's broad sound; none of what is easily lost."""


class Texts(NamedTuple):
    """Texts, by number."""

    texts: Sequence[str]
    lengths: Numbers
    letters: NDArray[np.uint64]
    """Which letters are in each, a bit for each; of many letters several share one."""
    broad: NDArray[np.uint64]
    """Which broad sounds."""


class Shapes(NamedTuple):
    """Shapes, column by column."""

    texts: Numbers
    scripts: NDArray[np.int8]
    is_number: Truths
    readings: Slices
    folds: Slices
    skeletons: Slices
    pivots: Slices
    nicknames: Slices
    concepts: NDArray[np.int16]
    known_in: NDArray[np.uint8]


class Library:
    """The shapes of an index's tokens, and the numbers of all texts that they say."""

    def __init__(self, index: Index) -> None:
        self._numbers = {text: at for at, text in enumerate(index.said)}
        numbers = np.array([self._numbers.setdefault(text, len(self._numbers)) for text in index.tokens], np.int32)
        self._texts = _texts(list(self._numbers))
        self.tokens = _shapes(vars(index), numbers, index.tokens, index.scripts)

    def of(self, words: Sequence[Shape]) -> tuple[Shapes, Texts]:
        """Return the shapes of words, and every text that they or the tokens say."""
        noted = Noted()
        for one in words:
            noted.add(one)
        parts = noted.parts()
        known, more = self._numbers, dict[str, int]()
        texts = [one.text for one in words]
        said = [known.get(one, -1) for one in (*parts["said"], *texts)]
        for at, one in enumerate((*parts["said"], *texts)):
            if said[at] < 0:
                said[at] = more.setdefault(one, len(known) + len(more))
        numbers = np.array(said, np.int32)
        for name in OF_TEXTS:
            parts[name] = Slices(parts[name].starts, numbers[parts[name].values])
        scripts = np.array([one.script for one in words], np.int8)
        there, new = self._texts, _texts(list(more))
        every = Texts(
            [*there.texts, *new.texts],
            np.concatenate([there.lengths, new.lengths]),
            np.concatenate([there.letters, new.letters]),
            np.concatenate([there.broad, new.broad]),
        )
        return _shapes(parts, numbers[len(parts["said"]) :], texts, scripts), every


def _texts(texts: Sequence[str]) -> Texts:
    lengths = np.array([len(one) for one in texts], np.int64)
    codes = np.frombuffer("".join(texts).encode("utf-32-le"), np.uint32)
    bits = np.uint64(1) << (codes & MASK_BITS).astype(np.uint64)
    broad = np.where(codes < len(BROAD_BITS), BROAD_BITS[np.minimum(codes, len(BROAD_BITS) - 1)], bits)
    letters, sounds = np.zeros((2, len(texts)), np.uint64)
    of = np.repeat(np.arange(len(texts)), lengths)
    np.bitwise_or.at(letters, of, bits)
    np.bitwise_or.at(sounds, of, broad)
    return Texts(texts, lengths, letters, sounds)


def _shapes(
    parts: Mapping[str, Any], numbers: NDArray[np.int32], texts: Sequence[str], scripts: NDArray[np.int8]
) -> Shapes:
    """Return shapes; a Latin text is its own reading, which is not noted."""
    own = scripts <= LATIN
    lengths = np.where(own, 1, parts["readings"].lengths())
    is_own = np.repeat(own, lengths)
    readings = np.empty(len(is_own), np.int32)
    readings[is_own], readings[~is_own] = numbers[own], parts["readings"].values
    return Shapes(
        texts=numbers.astype(np.int64),
        scripts=scripts,
        is_number=np.array([text.isdigit() for text in texts], np.bool_),
        readings=Slices(np.concatenate([[0], lengths.cumsum()]), readings),
        folds=parts["folds"],
        skeletons=parts["skeletons"],
        pivots=parts["pivots"],
        nicknames=parts["nicknames"],
        concepts=parts["concepts"],
        known_in=parts["known_in"],
    )
