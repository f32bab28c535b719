"""`comity.matching.finding` for many words: the listed tokens near each, of all words that are new in a few sorted arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Indel

from comity.matching import keys
from comity.matching.finding import COMMON_FROM, LOOKED_AT_MAX, REMEMBERED, STRENGTH_MIN, Near, worth
from comity.matching.index import LATIN
from comity.matching.together.closeness import WAY_BITS, WAY_MAX, Two, closeness
from comity.matching.together.shapes import Library
from comity.matching.together.slices import SAID_BITS, TOKEN_BITS, Numbers, first, last_of, places, ranked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from comity.matching.finding import Finder
    from comity.matching.spelling import Shape


class Met(NamedTuple):
    """Which listed tokens the words of a batch may be."""

    keys: Numbers
    """Word and token in one number, rising."""
    said: Numbers
    """How close they are."""

    def of(self, words: Numbers, tokens: Numbers) -> tuple[Numbers, Numbers]:
        """Return how strongly words are tokens, and in which way; nothing where they are not."""
        if not len(self.keys):
            return np.zeros_like(words), np.zeros_like(words)
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
        return [one.near for one in known], Met(
            (which << TOKEN_BITS) + tokens, np.concatenate([one.said for one in known])
        )

    def _remember(self, words: Sequence[Shape]) -> None:
        """Find what is near words, and remember it."""
        finder = self._finder
        word, token = self._suggested(words)
        shapes, texts = self._library.of(words)
        said = closeness(Two(shapes, self._library.tokens, texts, word, token))
        close = said >= STRENGTH_MIN << WAY_BITS
        word, token, said = word[close], token[close], said[close]
        weight = worth(said >> WAY_BITS, finder.index.idf[token].astype(np.int64))
        finds = np.array([len(one.text) > 1 or one.script != LATIN for one in words], np.bool_)[word]
        is_common = self._frequency[token] > COMMON_FROM
        rare, common = finds & ~is_common, finds & is_common
        rows, evidence, starts = self._most_said(word[rare], token[rare], weight[rare], len(words))
        commons = _by_word(word[common], weight[common], token[common])
        bounds = np.searchsorted(word, np.arange(len(words) + 1)).tolist()
        for at, one in enumerate(words):
            of, of_rows = slice(bounds[at], bounds[at + 1]), slice(starts[at], starts[at + 1])
            halves = () if one.text in finder.numbers else tuple(finder.halves(one.readings))
            near = Near({}, rows[of_rows], evidence[of_rows], commons.get(at, ()), halves)
            self._known[one.text] = Known(near, token[of], said[of])

    def _suggested(self, words: Sequence[Shape]) -> tuple[Numbers, Numbers]:
        """Return which words and tokens have a key in common, by word and token; of very many, those most alike in letters."""
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
        many = np.flatnonzero(np.bincount(word, minlength=len(words))[word] > LOOKED_AT_MAX)
        if len(many):
            kept = np.ones(len(word), np.bool_)
            kept[many[self._unlike(words, word[many], token[many])]] = False
            word, token = word[kept], token[kept]
        return word, token

    def _unlike(self, words: Sequence[Shape], word: Numbers, token: Numbers) -> Numbers:
        """Return of words that suggest very many tokens those that are not looked at."""
        read = [one.readings[0] if one.readings else one.text for one in words]
        tokens = self._finder.index.tokens
        texts = [read[at] for at in word.tolist()], [tokens[at] for at in token.tolist()]
        like = process.cpdist(*texts, scorer=Indel.normalized_similarity)
        order = np.lexsort((token, -like, word))
        return order[ranked(word[order]) >= LOOKED_AT_MAX]

    def _most_said(
        self, word: Numbers, token: Numbers, weight: Numbers, count: int
    ) -> tuple[NDArray[np.int32], Numbers, list[int]]:
        """Return the rows of tokens near words, each once for each word, the most that is said, and where each word's begin."""
        postings, bits = self._finder.index.postings, len(self._finder.index.wholes).bit_length()
        counts = self._frequency[token]
        rows = postings.values[places(postings.starts[token], counts)]
        both = ((np.repeat(word, counts) << bits) + rows << SAID_BITS) + np.repeat(weight, counts)
        both.sort()
        both = both[last_of(both >> SAID_BITS)]
        keyed = both >> SAID_BITS
        starts = np.searchsorted(keyed >> bits, np.arange(count + 1)).tolist()
        return (keyed & (1 << bits) - 1).astype(np.int32), both & (1 << SAID_BITS) - 1, starts


def _by_word(word: Numbers, weight: Numbers, token: Numbers) -> dict[int, tuple[tuple[int, int], ...]]:
    """Return the weights and the common tokens near each word, the weakest first."""
    found: dict[int, tuple[tuple[int, int], ...]] = {}
    for at, said, one in sorted(zip(word.tolist(), weight.tolist(), token.tolist(), strict=True)):
        found[at] = (*found.get(at, ()), (said, one))
    return found
