"""Finding the few rows that a name may mean, by evidence: rare words count more than common ones, and none is ignored.

The answer depends on the name and the index alone: never on what else is asked, or in which order.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

import msgspec
import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Indel

from comity.matching import keys
from comity.matching.closeness import Close, closeness
from comity.matching.names import Kind
from comity.matching.scripts import Script
from comity.matching.spelling import splits

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from comity.matching.index import Index
    from comity.matching.names import Name
    from comity.matching.spelling import Shape

STRENGTH_MIN: Final = 55
"""The closeness from which two tokens may be the same word."""
COMMON_FROM: Final = 300
"""A word that stands in more rows than this is reached only together with another word of the name."""
LOOKED_AT_MAX: Final = 160
"""Tokens near one of the question that are compared in full: those whose letters are most alike."""
REMEMBERED: Final = 65_536
"""Tokens whose neighbours a finder remembers."""
PAIRS_REMEMBERED: Final = 4_096
"""Pairs of common tokens whose rows it remembers."""
ROWS_MAX: Final = 16
"""Rows that are laid beside a name."""
EXACT_MAX: Final = 4
"""Rows with the very letters of the name that go before all others."""
JOINED_STRENGTH: Final = 90
INITIAL_WEIGHT: Final = 200
"""What an initial says for a row."""
AMONG: Final = 256
"""Of a name with initials, the rows of which is asked what these say."""
SHORTEST_ROWS: Final = 60
"""Rows of a common word that stand for themselves, those of fewest words: it may be the whole name."""
SPLIT_LETTERS_MIN: Final = 3
"""Letters of each half of a word that is taken for two."""


N = TypeVar("N", int, Any)
Rows: TypeAlias = "NDArray[np.int32]"
Weights: TypeAlias = "NDArray[np.int64]"
NO_ROWS: Final[Rows] = np.zeros(0, np.int32)
NO_WEIGHTS: Final[Weights] = np.zeros(0, np.int64)
ROW_BITS: Final = 31
ROW_MAX: Final = (1 << ROW_BITS) - 1
LENGTH_BITS: Final = 8
LENGTH_MAX: Final = (1 << LENGTH_BITS) - 1
"""Words of a row that are told apart."""
RANK_BITS: Final = ROW_BITS + LENGTH_BITS
"""A rank is one number: the evidence, less the words of the row, then how low its number is."""
NOWHERE: Final = -(1 << 62)
"""What the row adds that cannot be meant: more than there is evidence for any."""


class Near(msgspec.Struct, frozen=True, gc=False):
    """The listed tokens that may be one of the question's."""

    close: dict[int, Close]
    rows: Rows
    """Where those stand that are not common, each row once."""
    evidence: Weights
    """For each of these rows, the most that such a token says for it."""
    common: tuple[tuple[int, int], ...] = ()
    """Those that are common: weight and token, the weakest first."""
    halves: tuple[int, ...] = ()
    """The listed tokens of which the word is made, two and two, where it is not one itself."""


class Finder:
    """Finds rows in one index. It remembers tokens; what it remembers changes no answer."""

    def __init__(self, index: Index, *, rows_max: int = ROWS_MAX) -> None:
        self.index = index
        self.rows_max = rows_max
        self.numbers = {text: at for at, text in enumerate(index.tokens)}
        self._common = frozenset(np.flatnonzero(index.postings.lengths() > COMMON_FROM).tolist())
        self._remembered: dict[str, Near] = {}
        self._both: dict[tuple[int, int], Rows] = {}
        self._sums = np.zeros(len(index.wholes), dtype=np.int64)
        self._most = np.zeros(len(index.wholes), dtype=np.int64)
        self._placed: dict[int, Weights] = {}
        self.firsts = np.fromiter((ord(text[0]) for text in index.tokens), dtype=np.int32, count=len(index.tokens))

    def near(self, asked: Shape) -> Near:
        """Return the listed tokens that may be one of the question's."""
        found = self._remembered.get(asked.text)
        if found is None:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
            found = self._remembered[asked.text] = self._near(asked)
        return found

    def rows(self, name: Name) -> tuple[list[int], list[Near]]:
        """Return the rows that a name may mean, best first, and what is near each of its words."""
        near = [self.near(one) for one in name.words]
        words = {one.text: each for one, each in zip(name.words, near, strict=True)}
        times = dict.fromkeys(words, 1) if len(words) == len(near) else Counter([one.text for one in name.words])
        said = list(zip(words.values(), times.values(), strict=True))
        said += [(self._single(token), 1) for token in self.rejoined(name.words, near)]
        lists = [one.rows for one, _ in said] + self.together(near)
        touched = np.concatenate(lists)
        exact = self.by_letters(name)
        if not len(touched):
            return exact[: self.rows_max], near
        if any([one.common for one in near]):
            touched.sort()  # what is looked up in order is found several times quicker
        try:
            for one, often in said:
                self._add(one, often, touched)
            best = self._best(name, touched, len(lists))
        finally:  # nothing of a question that broke off may speak in the next one's answer
            self._sums[touched] = 0
        return list(dict.fromkeys([*exact[:EXACT_MAX], *best]))[: self.rows_max], near

    def _near(self, asked: Shape) -> Near:
        index, weights = self.index, self.index.weights
        close, shapes = {}, index.shapes
        for token in self._suggested(asked):
            found = closeness(asked, shapes[token])
            if found[0] >= STRENGTH_MIN:
                close[token] = found
        halves = () if asked.text in self.numbers else tuple(self.halves(asked.readings))
        if (
            len(asked.text) == 1 and asked.script is Script.LATIN
        ):  # an initial finds nobody, but counts where others have found
            return Near(close, NO_ROWS, NO_WEIGHTS, halves=halves)
        weighed = sorted([(worth(strength, weights[token]), token) for token, (strength, _) in close.items()])
        common = tuple([one for one in weighed if one[1] in self._common])
        rare = [one for one in weighed if one[1] not in self._common] if common else weighed
        return Near(close, *self._most_said(rare), common, halves)

    def _most_said(self, weighed: Sequence[tuple[int, int]]) -> tuple[Rows, Weights]:
        """Return the rows of some tokens, each row once, with the most that one of the tokens says for it."""
        if not weighed:
            return NO_ROWS, NO_WEIGHTS
        postings = self.index.postings
        tokens = np.array([token for _, token in weighed])
        since = postings.starts[tokens]
        lengths = postings.starts[tokens + 1] - since
        ends = lengths.cumsum()
        rows = postings.values[np.arange(ends[-1]) + (since - ends + lengths).repeat(lengths)]
        evidence = np.array([weight for weight, _ in weighed]).repeat(lengths)
        if len(weighed) == 1:
            return rows, evidence
        both = (rows.astype(np.int64) << ROW_BITS) + evidence
        both.sort()
        rows = both >> ROW_BITS
        last = np.ones(len(rows), dtype=np.bool_)
        np.not_equal(rows[1:], rows[:-1], out=last[:-1])
        return rows[last].astype(np.int32), both[last] & ROW_MAX

    def _single(self, token: int) -> Near:
        """Return a token that is looked for as it is: two words joined, or half of one."""
        rows = self.index.postings[token][:COMMON_FROM]
        weight = worth(JOINED_STRENGTH, self.index.weights[token])
        return Near({}, rows, np.full(len(rows), weight, dtype=np.int64))

    def _add(self, near: Near, times: int, touched: Rows) -> None:
        """Add what one word that stands so many times in a name says for each row: the most that any of the tokens near it says."""
        self._sums[near.rows] += near.evidence * times
        if not near.common:
            return
        most = self._most
        most[near.rows] = near.evidence
        hit = [near.rows]
        try:
            for weight, token in near.common:
                found = shared(touched, self.index.postings[token])
                before = most[found]
                after = np.maximum(before, weight)
                self._sums[found] += (after - before) * times
                most[found] = after
                hit.append(found)
        finally:
            for rows in hit:
                most[rows] = 0

    def _suggested(self, asked: Shape) -> Collection[int]:
        """Return the listed tokens that have a key of the question's; of very many, those whose letters are most alike."""
        index = self.index
        wanted = np.fromiter(keys.keys(asked), dtype=np.uint32)
        shelf = wanted >> index.shelf_bits
        since, until = index.shelves[shelf], index.shelves[shelf + 1]
        lengths = until - since
        ends = lengths.cumsum()
        places = np.arange(ends[-1]) + (since - ends + lengths).repeat(lengths)
        tokens = set(index.keyed[places[index.keys[places] == wanted.repeat(lengths)]].tolist())
        if len(tokens) <= LOOKED_AT_MAX:
            return tokens
        listed = sorted(tokens)
        text = asked.readings[0] if asked.readings else asked.text
        like = process.cdist([text], [index.tokens[token] for token in listed], scorer=Indel.normalized_similarity)[0]
        return [listed[at] for at in np.argsort(-like, kind="stable")[:LOOKED_AT_MAX].tolist()]

    def rejoined(self, words: Sequence[Shape], near: Sequence[Near]) -> Iterable[int]:
        """Return the listed tokens that two neighbouring words make, and the two that an unknown word is made of."""
        found = []
        for left, right in pairwise(words):
            for one in left.readings:
                found += [self.numbers[one + other] for other in right.readings if one + other in self.numbers]
        for each in near:
            found += each.halves
        return dict.fromkeys(found)

    def halves(self, readings: Sequence[str]) -> Iterator[int]:
        """Yield the listed tokens of which a word may be made, two and two."""
        for text in readings:
            for one, other in splits(text, SPLIT_LETTERS_MIN):
                left, right = self.numbers.get(one), self.numbers.get(other)
                if left is not None and right is not None:
                    yield from (left, right)

    def together(self, near: Sequence[Near]) -> list[Rows]:
        """Return the rows in which two common words of the name stand, and the shortest in which one does."""
        common = [one.common[-1][1] for one in near if one.common]
        pairs = dict.fromkeys((min(pair), max(pair)) for pair in combinations(common, 2))
        found = [self.index.postings[token][:SHORTEST_ROWS] for token in dict.fromkeys(common)]
        found += [self._shared(*pair) for pair in pairs]
        return found

    def _shared(self, token: int, other: int) -> Rows:
        """Return the rows in which two common tokens stand, the shortest."""
        pair = (token, other) if token < other else (other, token)
        found = self._both.get(pair)
        if found is None:
            if len(self._both) >= PAIRS_REMEMBERED:
                self._both.clear()
            fewer, more = sorted((self.index.postings[token], self.index.postings[other]), key=len)
            found = self._both[pair] = shared(fewer, more)[:COMMON_FROM]
        return found

    def by_letters(self, name: Name) -> list[int]:
        """Return the rows with the very letters of the name, wherever its spaces stand."""
        key = keys.letters([one.readings[0] for one in name.words if one.readings])
        listed = self.index.letters.data
        since = bisect_left(listed, key)
        if since == len(listed) or listed[since] != key:
            return []
        rows: list[int] = self.index.lettered[since : bisect_right(listed, key, lo=since)].tolist()
        places = self.standing(name.kind)
        return [row for row in rows if places[row] > NOWHERE]

    def _best(self, name: Name, touched: Rows, lists: int) -> list[int]:
        """Return the rows for which most speaks; of equals the shorter, then the lower. Each list touches a row once at most."""
        ranks = (self._sums[touched] << RANK_BITS) + self.standing(name.kind)[touched]
        ranks = ranks[ranks > 0]
        initials = [one.text for one in name.words if len(one.text) == 1]
        enough = (AMONG if initials else self.rows_max) * lists
        if len(ranks) > enough:
            ranks.partition(len(ranks) - enough)
            ranks = ranks[-enough:]
        ranks.sort()
        if initials and len(ranks):
            ranks = ranks[np.append(ranks[1:] != ranks[:-1], True)][-AMONG:]
            ranks += self.initials(initials, ROW_MAX - (ranks & ROW_MAX)) << RANK_BITS
            ranks.sort()
        return [ROW_MAX - one for one in dict.fromkeys((ranks & ROW_MAX)[::-1].tolist())][: self.rows_max]

    def standing(self, kind: Kind) -> Weights:
        """Return what the row itself adds to its rank, for names of a kind: those that no such name may mean stand nowhere."""
        found = self._placed.get(kind)
        if found is None:
            index = self.index
            rows = np.arange(len(index.wholes), dtype=np.int64)
            found = ROW_MAX - rows - (np.minimum(index.rows.lengths(), LENGTH_MAX) << ROW_BITS)
            if kind != Kind.ANY:
                found[(index.row_kinds != kind) & (index.row_kinds != Kind.ANY)] = NOWHERE
            self._placed[kind] = found
        return found

    def initials(self, asked: Sequence[str], rows: Weights) -> Weights:
        """Return what the initials of a name say for each of some rows."""
        listed = self.index.rows
        since = listed.starts[rows]
        lengths = listed.starts[rows + 1] - since
        begins = lengths.cumsum() - lengths
        places = np.arange(lengths.sum()) + np.repeat(since - begins, lengths)
        firsts = self.firsts[listed.values[places]]
        said = np.zeros(len(rows), dtype=np.int64)
        for letter in dict.fromkeys(asked):
            said += np.minimum(np.add.reduceat(firsts == ord(letter), begins, dtype=np.int64), asked.count(letter))
        return said * INITIAL_WEIGHT


def worth(strength: N, weight: N | int) -> N:
    """Return what a listed word says for the rows in which it stands, by how close it is and how rare; also of arrays of them."""
    return strength**2 * weight // 1000


def shared(some: Rows, others: Rows) -> Rows:
    """Return the rows that are among others; the others are sorted, and not none."""
    places = np.minimum(np.searchsorted(others, some), len(others) - 1)
    found: Rows = some[others[places] == some]
    return found


def initial(asked: Shape, listed: str) -> bool:
    """Tell whether one of two words is the other's first letter."""
    one = asked.readings[0] if asked.readings else asked.text
    if one[:1].isdigit():
        return False
    return one[:1] == listed[:1] and (len(one) == 1) != (len(listed) == 1)
