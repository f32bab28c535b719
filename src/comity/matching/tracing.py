"""Asking an index, and keeping the trace of each answer: which rows had a say in it, and from which rank on another would have one.

A trace is what tells, after a change of the list, that an answer stays what it is without asking again (`touched`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Indel

from comity.matching import keys
from comity.matching.aligning import lay, observe
from comity.matching.engine import OBSERVED_MAX, ROWS_MAX, Engine, Match, Seen, promise
from comity.matching.finding import AMONG, INITIAL_WEIGHT, LOOKED_AT_MAX, Finder
from comity.matching.names import Kind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from comity.matching.asked import Askings
    from comity.matching.finding import Near, Rows
    from comity.matching.index import Index
    from comity.matching.names import Name
    from comity.matching.scoring import Score
    from comity.matching.spelling import Shape

NO_ROW: Final = -1
UNSCORED: Final = -(2**31)
"""The points of a row that was laid beside the name and not observed."""
ANY: Final = -1
"""The rank from which a row has a say where fewer were found than are laid beside a name."""
WORDS_MAX: Final = 10
"""Words of a name whose answer is followed row by row: each of them may name a row once more among the best."""
ENTERED_MAX: Final = 6
"""Rows that may join an answer one by one before it is asked again."""
ROOM: Final = AMONG - WORDS_MAX * ENTERED_MAX
"""How many of the places among the best a followed answer may take: those rows have room beside it."""


class Crowds:
    """How crowded the listed words are that each asked word suggests."""

    def __init__(self, words: int) -> None:
        self.counts = np.zeros(words, dtype=np.int32)
        """How many are suggested."""
        self.likes = np.full(words, -1, dtype=np.float32)
        """How like the word one must be to be looked at, where not all are."""

    def count(self, index: Index, askings: Askings) -> None:
        """Count them for every word."""
        for word in range(len(askings.words)):
            self.counts[word], self.likes[word] = crowd(index, askings.shape(word))


class Traces:
    """The traces of many answers, by the number of the name that was asked."""

    def __init__(self, names: int, words: int) -> None:
        self.crowds = Crowds(words)
        self.rows = np.full((names, ROWS_MAX), NO_ROW, dtype=np.int32)
        """The rows that were laid beside each name, most spoken for first."""
        self.ranks = np.zeros((names, ROWS_MAX), dtype=np.int32)
        self.promises = np.zeros((names, ROWS_MAX), dtype=np.int32)
        self.points = np.full((names, ROWS_MAX), UNSCORED, dtype=np.int32)
        self.from_rank = np.full(names, ANY, dtype=np.int32)
        """The rank from which another row has a say."""
        self.room = np.zeros(names, dtype=np.int8)
        """How many rows may still join one by one; 0: the name is asked again."""


class Crowd(NamedTuple):
    """How many listed words are suggested for an asked one, and how like it one must be to be looked at."""

    count: int
    like: float


class _Finder(Finder):
    """A finder that remembers how the rows of its last answer ranked."""

    def __init__(self, index: Index, *, rows_max: int) -> None:
        super().__init__(index, rows_max=rows_max)
        self.ranks: dict[int, int] = {}
        self.places = 0
        self.is_lettered = False

    def rows(self, name: Name) -> tuple[list[int], list[Near]]:
        self.ranks, self.places, self.is_lettered = {}, 0, False
        return super().rows(name)

    def _by_letters(self, name: Name) -> Rows:
        found = super()._by_letters(name)
        self.is_lettered = len(found) > 0
        return found

    def _best(self, name: Name, touched: Rows) -> list[int]:
        chosen = super()._best(name, touched)
        ranks = (self._sums[touched] << 8) - np.minimum(self._lengths[touched], 255)
        at = np.array(chosen, dtype=np.int32)
        base = (self._sums[at] << 8) - np.minimum(self._lengths[at], 255)
        self.ranks = dict(zip(chosen, base.tolist(), strict=True))
        self.places = int((ranks >= base.min()).sum()) if len(base) else 0
        return chosen


class Tracer(Engine):
    """An engine that leaves a trace of each answer."""

    def __init__(self, index: Index, score: Score) -> None:
        super().__init__(index, score)
        self._finder: _Finder = _Finder(index, rows_max=ROWS_MAX)
        self._promises: dict[int, int] = {}
        self._name: Name | None = None
        self._points: dict[int, int] = {}

    def ask(self, text: str, kind: Kind = Kind.ANY) -> list[Match]:
        """Return the listed names that a name may mean, as every engine does."""
        self._promises, self._name = {}, None
        matches = super().ask(text, kind)
        self._points = {match.row.number: match.points for match in matches}
        return matches

    def see(self, name: Name) -> list[Seen]:
        """Return what is observed of the rows that a name may mean, and remember all that were laid beside it."""
        self._name = name
        if not name.words:
            return []
        numbers, near = self._finder.rows(name)
        laid = []
        for number in numbers:
            row = self.index.row(number)
            one = lay(name, near, row.tokens, row.texts)
            said = self._promises[number] = promise(one, row, self.index.idf_max)
            laid.append((-said, row, one))
        laid.sort(key=lambda item: (item[0], item[1].number))
        return [Seen(row, one, observe(self.index, name, row, one)) for _, row, one in laid[:OBSERVED_MAX]]

    def trace(self, into: Traces, at: int) -> None:
        """Write the trace of the last answer at its place."""
        name, ranks, count = self._name, self._finder.ranks, len(self._promises)
        fits = self._finder.places <= ROOM and not self._finder.is_lettered
        initials = sum(len(one.text) == 1 for one in name.words) if name else 0
        rows = list(self._promises)
        into.rows[at] = rows + [NO_ROW] * (ROWS_MAX - count)
        into.ranks[at] = [ranks.get(row, 0) for row in rows] + [0] * (ROWS_MAX - count)
        into.promises[at] = list(self._promises.values()) + [0] * (ROWS_MAX - count)
        into.points[at] = [self._points.get(row, UNSCORED) for row in rows] + [UNSCORED] * (ROWS_MAX - count)
        is_full = fits and count == ROWS_MAX
        into.from_rank[at] = min(ranks.values()) - (initials * INITIAL_WEIGHT << 8) if is_full else ANY
        is_followed = fits and not initials and name is not None and len(name.words) <= WORDS_MAX
        into.room[at] = ENTERED_MAX if is_followed else 0


def crowd(index: Index, asked: Shape) -> Crowd:
    """Return how crowded the listed words are that an asked one suggests."""
    wanted = np.fromiter(keys.keys(asked), dtype=np.uint32)
    since, until = np.searchsorted(index.keys, wanted, "left"), np.searchsorted(index.keys, wanted, "right")
    tokens = {token for start, end in zip(since.tolist(), until.tolist(), strict=True) for token in index.keyed[start:end].tolist()}
    if len(tokens) <= LOOKED_AT_MAX:
        return Crowd(len(tokens), -1.0)
    return Crowd(len(tokens), float(np.sort(alike(asked, [index.tokens[token] for token in tokens]))[-LOOKED_AT_MAX]))


def alike(asked: Shape, listed: list[str]) -> NDArray[np.float32]:
    """Return how alike the letters of an asked word and some listed ones are, as the finder compares them."""
    text = asked.readings[0] if asked.readings else asked.text
    return process.cdist([text], listed, scorer=Indel.normalized_similarity)[0]
