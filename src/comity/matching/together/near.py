"""`comity.matching.finding` for many words: the listed tokens near each, of all words that are new in a few sorted arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Indel

from comity.matching import keys
from comity.matching.finding import COMMON_FROM, LOOKED_AT_MAX, NO_ROWS, NO_WEIGHTS, REMEMBERED, STRENGTH_MIN, Near
from comity.matching.index import LATIN
from comity.matching.together.closeness import WAY_BITS, WAY_MAX, Two, closeness
from comity.matching.together.shapes import Library
from comity.matching.together.slices import first, last_of, places, ranked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from comity.matching.finding import Finder
    from comity.matching.spelling import Shape
    from comity.matching.together.slices import Numbers

TOKEN_BITS: Final = 32
SAID_BITS: Final = 22


class Met(NamedTuple):
    """Which listed tokens the words of a batch may be."""

    keys: Numbers
    """Word and token in one number, rising."""
    said: Numbers
    """How close they are."""

    def of(self, words: Numbers, tokens: Numbers) -> tuple[Numbers, Numbers]:
        """Return how strongly words are tokens, and in which way; nothing where they are not."""
        if not len(self.keys):
            return np.zeros((2, len(words)), np.int64)
        wanted = (words << TOKEN_BITS) + tokens
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        found = np.where(self.keys[at] == wanted, self.said[at], 0)
        return found >> WAY_BITS, found & WAY_MAX


class Known(NamedTuple):
    """What is remembered of a word."""

    near: Near
    """But for the tokens, which stand in columns."""
    tokens: Numbers
    said: Numbers


class Neighbours:
    """Finds what is near words, and remembers it."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._library = Library(finder.index)
        self._known: dict[str, Known] = {}
        self._frequency = finder.index.postings.lengths()

    def learn(self, words: Sequence[Shape]) -> None:
        """Find what is near the words of a batch that are new, all at once."""
        if len(self._known) + len(words) > REMEMBERED:
            self._known.clear()
        new = [one for one in words if one.text not in self._known]
        if new:
            self._remember(new)

    def near(self, words: Sequence[Shape]) -> tuple[list[Near], Met]:
        """Return what is near words, and which tokens they may be."""
        known = [self._known[one.text] for one in words]
        which = np.repeat(np.arange(len(words)), [len(one.tokens) for one in known])
        tokens = np.concatenate([one.tokens for one in known])
        return [one.near for one in known], Met((which << TOKEN_BITS) + tokens, np.concatenate([one.said for one in known]))

    def _remember(self, words: Sequence[Shape]) -> None:
        index, finder = self._finder.index, self._finder
        word, token = self._suggested(words)
        shapes, texts = self._library.of(words)
        said = closeness(Two(shapes, self._library.tokens, texts, word, token))
        kept = said >= STRENGTH_MIN << WAY_BITS
        word, token, said = word[kept], token[kept], said[kept]
        weight = (said >> WAY_BITS) ** 2 * index.idf[token].astype(np.int64) // 1000
        finds = np.array([len(one.text) > 1 or one.script != LATIN for one in words], np.bool_)[word]
        is_common = self._frequency[token] > COMMON_FROM
        rare = finds & ~is_common
        rows, evidence, starts = self._most_said(word[rare], token[rare], weight[rare], len(words))
        common: dict[int, list[tuple[int, int]]] = {}
        is_common &= finds
        for at, heavy, which in sorted(zip(word[is_common].tolist(), weight[is_common].tolist(), token[is_common].tolist(), strict=True)):
            common.setdefault(at, []).append((heavy, which))
        bounds = np.searchsorted(word, np.arange(len(words) + 1)).tolist()
        for at, one in enumerate(words):
            of, of_rows = slice(bounds[at], bounds[at + 1]), slice(starts[at], starts[at + 1])
            halves = () if one.text in finder.numbers else tuple(finder.halves(one.readings))
            near = Near({}, rows[of_rows], evidence[of_rows], tuple(common.get(at, ())), halves)
            self._known[one.text] = Known(near, token[of], said[of])

    def _suggested(self, words: Sequence[Shape]) -> tuple[Numbers, Numbers]:
        """Return the words and the listed tokens that share a key, by word and token; of very many, those whose letters are most alike."""
        index = self._finder.index
        wanted, whose = keys.every(words)
        shelf = wanted >> index.shelf_bits
        since = index.shelves[shelf].astype(np.int64)
        counts = index.shelves[shelf + 1] - since
        at, of = places(since, counts), np.repeat(np.arange(len(wanted)), counts)
        equal = np.flatnonzero(index.keys[at] == wanted[of])
        both = (whose[of[equal]].astype(np.int64) << TOKEN_BITS) + index.keyed[at[equal]]
        both.sort()
        both = both[first(both)]
        word, token = both >> TOKEN_BITS, both & (1 << TOKEN_BITS) - 1
        counts = np.bincount(word, minlength=len(words))
        many = np.flatnonzero(counts[word] > LOOKED_AT_MAX)
        if not len(many):
            return word, token
        texts = [one.readings[0] if one.readings else one.text for one in words]
        ones, others = [texts[at] for at in word[many].tolist()], [index.tokens[at] for at in token[many].tolist()]
        like = process.cpdist(ones, others, scorer=Indel.normalized_similarity)
        order = np.lexsort((token[many], -like, word[many]))
        dropped = many[order[ranked(word[many][order]) >= LOOKED_AT_MAX]]
        kept = np.ones(len(word), np.bool_)
        kept[dropped] = False
        return word[kept], token[kept]

    def _most_said(self, word: Numbers, token: Numbers, weight: Numbers, count: int) -> tuple[NDArray[np.int32], Numbers, list[int]]:
        """Return the rows of the tokens near each word, each row once, the most that one of the tokens says for it, and where each word's begin."""
        postings = self._finder.index.postings
        bits = len(self._finder.index.wholes).bit_length()
        counts = self._frequency[token]
        rows = postings.values[places(postings.starts[token], counts)]
        both = ((np.repeat(word, counts) << bits) + rows << SAID_BITS) + np.repeat(weight, counts)
        both.sort()
        keyed = both >> SAID_BITS
        last = last_of(keyed)
        both, keyed = both[last], keyed[last]
        starts = np.searchsorted(keyed >> bits, np.arange(count + 1)).tolist()
        return (keyed & (1 << bits) - 1).astype(np.int32), both & (1 << SAID_BITS) - 1, starts
