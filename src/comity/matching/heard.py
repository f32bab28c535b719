"""The words of a change of the list, and the asked words and names that they are near: the finder's work, the other way round."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from comity.matching import keys, legal
from comity.matching.closeness import Close, closeness
from comity.matching.engine import HALF_LETTERS_MIN
from comity.matching.finding import (
    COMMON_FROM,
    JOINED_STRENGTH,
    LENGTH_BITS,
    LENGTH_MAX,
    LOOKED_AT_MAX,
    SHORTEST_ROWS,
    SPLIT_LETTERS_MIN,
    STRENGTH_MIN,
    Rows,
    worth,
)
from comity.matching.leading import Leading
from comity.matching.names import Kind
from comity.matching.scripts import Script
from comity.matching.spelling import splits
from comity.matching.together.slices import places
from comity.matching.tracing import alike, crowd

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.matching.asked import Askings
    from comity.matching.changing import Change
    from comity.matching.index import Index, Slices
    from comity.matching.spelling import Shape
    from comity.matching.tracing import Traces

NONE = np.zeros(0, np.int32)


class _Near(NamedTuple):
    """What a listed word is to those that are asked."""

    words: Rows
    """The asked words that it is near."""
    weights: NDArray[np.int64]
    """What it says through each for a row in which it stands."""
    single: Rows
    """The names of which two words make it, or a word of which it is the half: there it is looked for as it stands."""


class Voiced(NamedTuple):
    """The names for which a row has anything to say."""

    names: Rows
    ranks: NDArray[np.int64]
    """Without what initials say; never less than the finder's."""
    alone: NDArray[np.int64]
    """What of each the words say that are looked for as they stand, at most."""
    are_led: NDArray[np.bool_]
    """Whether a rare word leads to the row."""

    @property
    def are_plain(self) -> NDArray[np.bool_]:
        """Whether the rank is the finder's, and a rare word leads to the row."""
        found: NDArray[np.bool_] = self.are_led & (self.alone == 0)
        return found

    def among(self, which: NDArray[np.bool_]) -> Voiced:
        """Return some of them."""
        return Voiced(self.names[which], self.ranks[which], self.alone[which], self.are_led[which])


class Heard:
    """What the words of a change are to the words that are asked."""

    def __init__(self, askings: Askings, traces: Traces, made: Change) -> None:
        self._askings, self._traces, self._made = askings, traces, made
        self.close: dict[str, dict[int, Close]] = defaultdict(dict)
        """By asked word: how close the new list's words of the change are, by their numbers."""
        self.shaken: set[int] = set()
        """Asked words to which the list says something else now, beyond what the rows of the change say."""
        self.unheard: dict[int, Rows] = {}
        """By asked word: old rows of words that are near it and are looked at no longer, for others are more like it."""
        self._numbers = made.numbers
        self._often = {id(index): index.postings.lengths() for index in (made.old, made.new)}
        self._suggested: dict[str, Rows] = {}
        self._crowded = self._crowds()
        self._near = {text: self._hear(text) for text in self._texts}
        for text in made.reach.crossing:
            self.shaken.update((self._near.get(text) or self._hear(text)).words.tolist())

    @cached_property
    def letters(self) -> NDArray[np.uint32]:
        """The keys of all letters of every row of the change."""
        found = {
            keys.letters(one.readings[0] for token in index.rows.list(row) if (one := index.shape(token)).readings)
            for index, row in self._rows()
        }
        return np.array(sorted(found), dtype=np.uint32)

    @cached_property
    def unglued(self) -> set[int]:
        """Asked words off which a legal word may be taken, for the list learned or forgot what is left, or the whole."""
        return {
            word
            for text in self._toggled
            for word, rest in self._beginning_or_ending(text)
            if self._may_be_glued(word, text, rest)
        }

    def _may_be_glued(self, word: int, text: str, rest: str) -> bool:
        if rest:
            return len(text) >= HALF_LETTERS_MIN <= len(rest) and legal.is_legal_word(rest)
        whole = self._askings.words[word]
        return whole == text and any(
            legal.is_legal_word(one) and self._is_known(other)
            for left, right in splits(whole, HALF_LETTERS_MIN)
            for one, other in ((left, right), (right, left))
        )

    def _is_known(self, text: str) -> bool:
        """Tell whether any of the two lists knows a word."""
        return text in self._numbers[0] or text in self._numbers[1]

    def holding(self, word: int) -> Rows:
        """Return the names in which an asked word stands, in every way in which they may be compared."""
        return np.concatenate([self._askings.held[word], self.wide(self._askings.wider[word])])

    def wide(self, names: Rows) -> Rows:
        """Return those of some names that may be compared in another way than they are written; no name that is followed is."""
        return names[self._traces.room[names] <= 0]

    def names(self, index: Index, row: int) -> Voiced:
        """Return the names for which a row of the change has anything to say.

        A rare word leads to a row; a common one only with another word of the name, or where the row is among its shortest.
        """
        tokens = list(dict.fromkeys(index.rows.list(row)))
        near = [self._near[index.tokens[token]] for token in tokens]
        words = np.concatenate([one.words for one in near])
        weights = np.concatenate([one.weights for one in near])
        rare = np.repeat(self._often[id(index)][tokens] <= COMMON_FROM, [len(one.words) for one in near])
        if len(words):
            order = np.lexsort((weights, words))
            words, weights, rare = words[order], weights[order], rare[order]
            first = np.flatnonzero(np.append(True, words[1:] != words[:-1]))
            words, weights, rare = (
                words[first],
                np.maximum.reduceat(weights, first),
                np.logical_or.reduceat(rare, first),
            )
        held, lengths = _held(self._askings.held, words)
        wide, widths = _held(self._askings.wider, words)
        is_wide = self._traces.room[wide] <= 0
        held = np.concatenate([held, wide[is_wide]])
        weights = np.concatenate([np.repeat(weights, lengths), np.repeat(weights, widths)[is_wide]])
        rare = np.concatenate([np.repeat(rare, lengths), np.repeat(rare, widths)[is_wide]])
        single = np.concatenate([one.single for one in near])
        alone = np.repeat(
            [worth(JOINED_STRENGTH, index.weights[token]) for token in tokens], [len(one.single) for one in near]
        )
        names, where = np.unique(np.concatenate([held, single]), return_inverse=True)
        evidence = np.bincount(where, np.concatenate([weights, alone]), len(names)).astype(np.int64)
        is_rare = np.bincount(where[: len(held)], rare, len(names)) > 0
        singly = np.bincount(where[len(held) :], alone, len(names)).astype(np.int64)
        leads = is_rare | (singly > 0) | (np.bincount(where[: len(held)], minlength=len(names)) > 1)
        if self._stands_for_itself(index, row, tokens):
            leads[:] = True
        leads &= self._may_bear(index, row, names)
        ranks = (evidence << LENGTH_BITS) - min(len(index.rows.list(row)), LENGTH_MAX)
        return Voiced(names, ranks, singly << LENGTH_BITS, is_rare).among(leads)

    def exactly(self, voiced: Voiced, row: int) -> Voiced:
        """Return the names that a row of the new list is found for, as they are written, each with the finder's rank."""
        found, ranks = voiced.are_led.copy(), voiced.ranks - voiced.alone
        for at in np.flatnonzero(~voiced.are_plain).tolist():
            words = self.spoken(int(voiced.names[at]))
            said = self._leading.alone(words, row)
            ranks[at] += said << LENGTH_BITS
            found[at] = found[at] or said > 0 or self._leading.leads(words, row)
        return voiced._replace(ranks=ranks).among(found)

    def spoken(self, name: int) -> tuple[Shape, ...]:
        """Return the words of a name as it is written."""
        askings = self._askings
        return tuple([askings.shape(word) for word in askings.spoken.list(name)])

    @cached_property
    def _leading(self) -> Leading:
        return Leading(self._made.new, self._numbers[1])

    def _may_bear(self, index: Index, row: int, names: Rows) -> NDArray[np.bool_]:
        """Tell which names may be of what a row is of: no person is a vessel."""
        listed, asked = int(index.row_kinds[row]), self._askings.kinds[names]
        found: NDArray[np.bool_] = (asked == listed) | (asked == Kind.ANY) | (listed == Kind.ANY)
        return found

    def _stands_for_itself(self, index: Index, row: int, tokens: list[int]) -> bool:
        """Tell whether a row is among the shortest of a common word of its own: then that word alone leads to it."""
        often = self._often[id(index)]
        return any(often[token] > COMMON_FROM and row in index.postings[token][:SHORTEST_ROWS] for token in tokens)

    @cached_property
    def _texts(self) -> dict[str, tuple[Index, int]]:
        """The words of every row of the change, with their numbers in the new list, or else in the old."""
        return {index.tokens[token]: (index, token) for index, row in self._rows() for token in index.rows.list(row)}

    def _rows(self) -> Iterator[tuple[Index, int]]:
        made = self._made
        for index, rows in ((made.old, (made.gone, made.reach.lost)), (made.new, (made.added, made.reach.gained))):
            yield from ((index, row) for some in rows for row in some.tolist())

    @cached_property
    def _toggled(self) -> frozenset[str]:
        return self._made.appeared | self._made.vanished

    def _at(self, text: str) -> tuple[Index, int]:
        """Return where a word stands: in the new list, or else in the old."""
        number = self._numbers[1].get(text)
        return (self._made.old, self._numbers[0][text]) if number is None else (self._made.new, number)

    def _suggest(self, text: str, listed: Shape) -> Rows:
        """Return the asked words that have a key of a listed one."""
        found = self._suggested.get(text)
        if found is None:
            askings = self._askings
            wanted = np.fromiter(keys.keys(listed), dtype=np.uint32)
            since = np.searchsorted(askings.keys, wanted, "left").tolist()
            until = np.searchsorted(askings.keys, wanted, "right").tolist()
            parts = [askings.keyed[start:end] for start, end in zip(since, until, strict=True) if end > start]
            found = self._suggested[text] = np.unique(np.concatenate(parts)) if parts else NONE
        return found

    def _hear(self, text: str) -> _Near:
        index, number = self._at(text)
        listed = index.shape(number)
        words, weights = [], []
        for word in self._suggest(text, listed).tolist():
            asked = self._askings.shape(word)
            found = closeness(asked, listed)
            if found.strength < STRENGTH_MIN or not self._is_looked_at(word, asked, text):
                continue
            if index is self._made.new:
                self.close[asked.text][number] = found
            if not (len(asked.text) == 1 and asked.script is Script.LATIN):
                words.append(word)
                weights.append(worth(found.strength, index.weights[number]))
        return _Near(np.array(words, dtype=np.int32), np.array(weights, dtype=np.int64), self._alone(text))

    def _is_looked_at(self, word: int, asked: Shape, text: str) -> bool:
        """Tell whether a listed word is looked at for an asked one that is crowded; of equally like ones only the first are."""
        least = self._crowded.get(word)
        if least is None:
            return True
        like = float(alike(asked, [text])[0])
        if like != least:
            return like > least
        index, number = self._at(text)
        return number in crowd(index, asked).looked_at

    def _alone(self, text: str) -> Rows:
        """Return the names that look for a word as it stands: it is two of their words, or half of an unknown one."""
        old, new = self._numbers
        askings = self._askings
        halves = []
        for word, rest in self._beginning_or_ending(text):
            asked = askings.words[word]
            if not rest:  # a word that the list knows is not taken for two
                if text in self._toggled and asked == text and self._may_be_two(word):
                    self.shaken.add(word)
            elif (
                len(rest) >= SPLIT_LETTERS_MIN <= len(text)
                and not (asked in old and asked in new)
                and (rest in old or rest in new)
            ):
                halves.append(word)
                if text in self._toggled:  # then the other half, wherever it stands, is looked for or is so no longer
                    self.shaken.add(word)
        key = np.uint32(crc32(text.encode()))
        joined = askings.joining[
            np.searchsorted(askings.joined, key, "left") : np.searchsorted(askings.joined, key, "right")
        ]
        found = [joined[joined >= 0], self.wide(~joined[joined < 0]), *(self.holding(word) for word in halves)]
        return np.unique(np.concatenate(found))

    def _may_be_two(self, word: int) -> bool:
        return any(
            self._is_known(left) and self._is_known(right)
            for read in self._askings.shape(word).readings
            for left, right in splits(read, SPLIT_LETTERS_MIN)
        )

    def _crowds(self) -> dict[int, float]:
        """Return how like an asked word a listed one must be to be looked at, for every asked word of the change that is crowded.

        Where the list learned or forgot a word in a crowd, others may be looked at than before: then the two lists are asked. A
        word to which the new one says more, beyond the words that come themselves, is shaken; where it only says less, the rows
        that lose by it are kept.
        """
        traces, stirred = self._traces, set()
        before = traces.counts.copy()
        for text in self._toggled:
            index, number = self._at(text)
            words = self._suggest(text, index.shape(number))
            traces.counts[words] += 1 if index is self._made.new else -1
            stirred.update(words[np.maximum(before[words], traces.counts[words]) > LOOKED_AT_MAX].tolist())
        for word in stirred:
            self._stir(word)
        heard = (self._suggest(text, index.shape(number)) for text, (index, number) in self._texts.items())
        found = np.unique(np.concatenate([NONE, *heard]))
        crowded = found[traces.counts[found] > LOOKED_AT_MAX]
        return dict(zip(crowded.tolist(), traces.likes[crowded].tolist(), strict=True))

    def _stir(self, word: int) -> None:
        """Compare what the two lists look at for a crowded word, of the words that both have: what is near is as near in both."""
        old, traces, asked = self._made.old, self._traces, self._askings.shape(word)
        before, after = (crowd(index, asked) for index in (old, self._made.new))
        were, are = (
            {index.tokens[token] for token in one.looked_at} - self._toggled
            for index, one in ((old, before), (self._made.new, after))
        )
        missed = [token for text in were - are if self._is_near(asked, old, token := self._numbers[0][text])]
        more = any(self._is_near(asked, old, self._numbers[0][text]) for text in are - were)
        if more or any(self._often[id(old)][missed] > COMMON_FROM):
            self.shaken.add(word)
        elif missed:
            self.unheard[word] = np.concatenate([old.postings[token] for token in missed])
        traces.counts[word], traces.likes[word], _ = after

    def _is_near(self, asked: Shape, index: Index, token: int) -> bool:
        return closeness(asked, index.shape(token)).strength >= STRENGTH_MIN

    def _beginning_or_ending(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield the asked words that some letters begin or end, each with its other letters."""
        askings = self._askings
        for spelled, spelling, turn in (
            (askings.spelled, askings.spelling, 1),
            (askings.backwards, askings.backing, -1),
        ):
            part = text[::turn]
            at = bisect_left(spelled, part)
            while at < len(spelled) and (whole := spelled[at]).startswith(part):
                yield int(spelling[at]), whole[len(part) :][::turn]
                at += 1


def _held(held: Slices, words: Rows) -> tuple[Rows, NDArray[np.int64]]:
    """Return the names in which some words stand, word by word, and how many each has."""
    starts = held.starts[words]
    lengths = held.starts[words + 1] - starts
    return held.values[places(starts, lengths)], lengths
