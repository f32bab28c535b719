"""The words of a change of the list, and the asked words that they are near: the finder's work, the other way round."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from comity.matching import keys
from comity.matching.closeness import Close, closeness
from comity.matching.finding import COMMON_FROM, LOOKED_AT_MAX, SPLIT_LETTERS_MIN, STRENGTH_MIN, Finder
from comity.matching.scripts import Script
from comity.matching.tracing import alike, crowd

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from comity.matching.asked import Askings
    from comity.matching.changing import Change
    from comity.matching.index import Index
    from comity.matching.names import Name
    from comity.matching.spelling import Shape
    from comity.matching.tracing import Crowds


class _Near(NamedTuple):
    """The asked words that a listed one is near, and what it says for a row in which it stands."""

    words: NDArray[np.int32]
    weights: NDArray[np.int64]


class Heard:
    """What the words of a change are to the words that are asked."""

    def __init__(self, askings: Askings, crowds: Crowds, made: Change) -> None:
        self._askings, self._crowd, self._made = askings, crowds, made
        self.close: dict[str, dict[int, Close]] = defaultdict(dict)
        """By asked word: how close the new list's words of the change are, by their numbers."""
        self.shaken: set[int] = set()
        """Asked words to which the list says something else now, beyond what the rows of the change say."""
        self._numbers = {id(index): {text: at for at, text in enumerate(index.tokens)} for index in (made.old, made.new)}
        self._common = {id(index): index.postings.lengths() > COMMON_FROM for index in (made.old, made.new)}
        self._suggested: dict[str, NDArray[np.int32]] = {}
        self._crowded = self._crowds()
        self._near = {text: self._hear(text) for text in self.texts}
        for text in made.reach.crossing:
            self.shaken.update((self._near.get(text) or self._hear(text)).words.tolist())
        self.shaken.update(self._halved())

    @cached_property
    def texts(self) -> dict[str, Shape]:
        """The words of every row of the change."""
        return {
            index.tokens[token]: index.shape(token) for index, row in self._rows() for token in index.rows[row].tolist()
        }

    @cached_property
    def letters(self) -> NDArray[np.uint32]:
        """The keys of all letters of every row of the change."""
        found = {
            keys.letters(one.readings[0] for token in index.rows[row].tolist() if (one := index.shape(token)).readings)
            for index, row in self._rows()
        }
        return np.array(sorted(found), dtype=np.uint32)

    @cached_property
    def unglued(self) -> set[int]:
        """Asked words that a word which the list learned or forgot begins or ends, or is."""
        return {word for text in self._toggled for word, _ in self._beginning_or_ending(text)}

    def names(self, index: Index, row: int) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.bool_]]:
        """Return the names for which a row has anything to say, its rank for each, and whether a rare word leads to it."""
        said = [(self._near[index.tokens[token]], self._common[id(index)][token]) for token in dict.fromkeys(index.rows[row].tolist())]
        words = np.concatenate([one.words for one, _ in said])
        weights = np.concatenate([one.weights for one, _ in said])
        rare = np.concatenate([np.full(len(one.words), not is_common) for one, is_common in said])
        if not len(words):
            return np.zeros(0, np.int32), weights, rare
        order = np.lexsort((weights, words))
        words, weights, rare = words[order], weights[order], rare[order]
        first = np.flatnonzero(np.append(True, words[1:] != words[:-1]))
        rare = np.logical_or.reduceat(rare, first)
        words, weights = words[first], np.maximum.reduceat(weights, first)
        held = self._askings.held
        lengths = held.starts[words + 1] - held.starts[words]
        ends = np.cumsum(lengths)
        names = held.values[np.arange(int(ends[-1])) + np.repeat(held.starts[words] - ends + lengths, lengths)]
        names, where = np.unique(names, return_inverse=True)
        evidence = np.zeros(len(names), dtype=np.int64)
        np.add.at(evidence, where, np.repeat(weights, lengths))
        is_rare = np.zeros(len(names), dtype=np.bool_)
        np.logical_or.at(is_rare, where, np.repeat(rare, lengths))
        return names, (evidence << 8) - min(len(index.rows[row]), 255), is_rare

    def _rows(self) -> Iterator[tuple[Index, int]]:
        made = self._made
        for index, rows in ((made.new, (made.added, made.reach.gained)), (made.old, (made.gone, made.reach.lost))):
            yield from ((index, row) for some in rows for row in some.tolist())

    @cached_property
    def _toggled(self) -> frozenset[str]:
        return self._made.appeared | self._made.vanished

    def _shape(self, text: str) -> tuple[Index, int, Shape]:
        for index in (self._made.new, self._made.old):
            number = self._numbers[id(index)].get(text)
            if number is not None:
                return index, number, index.shape(number)
        raise AssertionError("a word of the change stands in one of the lists")

    def _suggest(self, text: str, shape: Shape) -> NDArray[np.int32]:
        """Return the asked words that have a key of a listed one."""
        found = self._suggested.get(text)
        if found is None:
            askings = self._askings
            wanted = np.fromiter(keys.keys(shape), dtype=np.uint32)
            since = np.searchsorted(askings.keys, wanted, "left").tolist()
            until = np.searchsorted(askings.keys, wanted, "right").tolist()
            parts = [askings.keyed[start:end] for start, end in zip(since, until, strict=True) if end > start]
            found = self._suggested[text] = np.unique(np.concatenate(parts)) if parts else np.zeros(0, np.int32)
        return found

    def _hear(self, text: str) -> _Near:
        index, number, listed = self._shape(text)
        words, weights = [], []
        is_new = index is self._made.new
        for word in self._suggest(text, listed).tolist():
            asked = self._askings.shape(word)
            found = closeness(asked, listed)
            if found.strength < STRENGTH_MIN or (word in self._crowded and not self._is_looked_at(word, asked, text)):
                continue
            if is_new:
                self.close[asked.text][number] = found
            if not _is_initial(asked):
                words.append(word)
                weights.append(_weight(index, number, found))
        return _Near(np.array(words, dtype=np.int32), np.array(weights, dtype=np.int64))

    def _is_looked_at(self, word: int, asked: Shape, text: str) -> bool:
        return float(alike(asked, [text])[0]) >= self._crowded[word]

    def _crowds(self) -> dict[int, float]:
        """Return how like an asked word a listed one must be to be looked at, for every asked word of the change that is crowded.

        Where the list learned or forgot a word in a crowd, others may be looked at than before: then the two lists are asked, and a
        word to which they say something else, beyond the words that come and go themselves, is shaken.
        """
        crowds = self._crowd
        before = crowds.counts.copy()
        stirred: set[int] = set()
        for text in self._toggled:
            index, _, shape = self._shape(text)
            words = self._suggest(text, shape)
            crowds.counts[words] += 1 if index is self._made.new else -1
            stirred.update(words[np.maximum(before[words], crowds.counts[words]) > LOOKED_AT_MAX].tolist())
        old, new = (Finder(index) for index in (self._made.old, self._made.new)) if stirred else (None, None)
        for word in stirred:
            asked = self._askings.shape(word)
            if self._told(old, asked) != self._told(new, asked):
                self.shaken.add(word)
            crowds.counts[word], crowds.likes[word] = crowd(self._made.new, asked)
        texts = {word for text in self.texts for word in self._suggest(text, self._shape(text)[2]).tolist()}
        return {word: float(crowds.likes[word]) for word in texts if crowds.counts[word] > LOOKED_AT_MAX}

    def _told(self, finder: Finder, asked: Shape) -> dict[str, Close]:
        """Return what a list says of an asked word, by those of its words that both lists have."""
        tokens = finder.index.tokens
        found = {tokens[token]: close for token, close in finder.near(asked).close.items()}
        return {text: close for text, close in found.items() if text not in self._toggled}

    def _halved(self) -> Iterator[int]:
        """Yield the asked words that the list did not know, or does not, of which a word of the change is one half and another the other."""
        old, new = self._numbers[id(self._made.old)], self._numbers[id(self._made.new)]
        words = self._askings.words
        for text in self.texts:
            if len(text) < SPLIT_LETTERS_MIN:
                continue
            for word, rest in self._beginning_or_ending(text):
                is_unknown = words[word] not in old or words[word] not in new
                if (not rest and text in self._toggled) or (is_unknown and rest and (rest in old or rest in new)):
                    yield word

    def _beginning_or_ending(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield the asked words that some letters begin or end, each with its other letters."""
        for spelled, spelling, turn in (
            (self._askings.spelled, self._askings.spelling, 1),
            (self._askings.backwards, self._askings.backing, -1),
        ):
            part = text[::turn]
            at = bisect_left(spelled, part)
            while at < len(spelled) and spelled[at].startswith(part):
                yield int(spelling[at]), spelled[at][len(part) :][::turn]
                at += 1


def _is_initial(word: Shape) -> bool:
    return len(word.text) == 1 and word.script is Script.LATIN


def _weight(index: Index, token: int, found: Close) -> int:
    return found.strength**2 * index.weights[token] // 1000
