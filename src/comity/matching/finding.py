"""Finding the few rows that a name may mean, by evidence: rare words count more than common ones, and none is ignored.

The answer depends on the name and the index alone: never on what else is asked, or in which order.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Indel

from comity.matching import keys
from comity.matching.closeness import Close, closeness
from comity.matching.names import Kind
from comity.matching.scripts import Script

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
REMEMBERED: Final = 200_000
"""Tokens whose neighbours a finder remembers."""
EXACT_MAX: Final = 4
"""Rows with the very letters of the name that go before all others."""
JOINED_STRENGTH: Final = 90
INITIAL_WEIGHT: Final = 200
"""What an initial says for a row."""
AMONG: Final = 256
"""How many of the best are ordered exactly before the last cut."""
SHORTEST_ROWS: Final = 60
"""Rows of a common word that stand for themselves, those of fewest words: it may be the whole name."""
SPLIT_LETTERS_MIN: Final = 3
"""Letters of each half of a word that is taken for two."""


Rows: TypeAlias = "NDArray[np.int32]"
Weights: TypeAlias = "NDArray[np.int64]"
NO_ROWS: Final[Rows] = np.zeros(0, np.int32)


class Near(NamedTuple):
    """The listed tokens that may be one of the question's."""

    close: dict[int, Close]
    rows: Rows
    """Where those stand that are not common, each row once."""
    evidence: Weights
    """For each of these rows, the most that such a token says for it."""
    common: tuple[tuple[int, int], ...]
    """Those that are common: weight and token, the weakest first."""


class Finder:
    """Finds rows in one index. It remembers tokens; what it remembers changes no answer."""

    def __init__(self, index: Index, *, rows_max: int = 24) -> None:
        self.index = index
        self.rows_max = rows_max
        self.numbers = {text: at for at, text in enumerate(index.tokens)}
        self._lengths = index.rows.lengths()
        self._frequency = index.postings.lengths()
        self._remembered: dict[str, Near] = {}
        self._sums = np.zeros(len(index.wholes), dtype=np.int64)
        self._most = np.zeros(len(index.wholes), dtype=np.int64)

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
        single = [self._single(token) for token in self._rejoined(name.words)]
        touched = np.concatenate(
            [NO_ROWS, *(one.rows for one in near), *(one.rows for one in single), *self._together(near)]
        )
        exact: list[int] = self._of_kind(name, self._by_letters(name)).tolist()
        if not len(touched):
            return exact[: self.rows_max], near
        try:
            for one in (*near, *single):
                self._add(one, touched)
            best = self._best(name, touched)
        except BaseException:  # nothing of a question that broke off may speak in the next one's answer
            self._sums[:] = self._most[:] = 0
            raise
        self._sums[touched] = 0
        return list(dict.fromkeys([*exact[:EXACT_MAX], *best]))[: self.rows_max], near

    def _near(self, asked: Shape) -> Near:
        index = self.index
        close = {}
        for token in self._suggested(asked):
            found = closeness(asked, index.shape(token))
            if found.strength >= STRENGTH_MIN:
                close[token] = found
        weighed = sorted((self._weight(token, found.strength), token) for token, found in close.items())
        common = tuple(one for one in weighed if self._frequency[one[1]] > COMMON_FROM)
        rare = [one for one in weighed if self._frequency[one[1]] <= COMMON_FROM]
        if (
            len(asked.text) == 1 and asked.script is Script.LATIN
        ):  # an initial finds nobody: it is counted where others have found
            return Near(close, NO_ROWS, np.zeros(0, np.int64), ())
        if not rare:
            return Near(close, NO_ROWS, np.zeros(0, np.int64), common)
        lists = [index.postings[token] for _, token in rare]
        rows = np.concatenate(lists)
        evidence = np.repeat(np.array([weight for weight, _ in rare]), [len(one) for one in lists])
        order = np.lexsort((evidence, rows))
        rows, evidence = rows[order], evidence[order]
        last = np.append(rows[1:] != rows[:-1], True)
        return Near(close, rows[last], evidence[last], common)

    def _weight(self, token: int, strength: int) -> int:
        return strength**2 * self.index.weights[token] // 1000

    def _single(self, token: int) -> Near:
        """Return a token that is looked for as it is: two words joined, or half of one."""
        rows = self.index.postings[token][:COMMON_FROM]
        weight = self._weight(token, JOINED_STRENGTH)
        return Near({}, rows, np.full(len(rows), weight, dtype=np.int64), ())

    def _add(self, near: Near, touched: Rows) -> None:
        """Add what one word says for each row: the most that any of the tokens near it says."""
        if not near.common:
            self._sums[near.rows] += near.evidence
            return
        best = self._most
        best[near.rows] = near.evidence
        hit = [near.rows]
        for weight, token in near.common:
            rows = self.index.postings[token]
            places = np.minimum(np.searchsorted(rows, touched), len(rows) - 1)
            found = touched[rows[places] == touched]
            best[found] = np.maximum(best[found], weight)
            hit.append(found)
        rows = np.unique(np.concatenate(hit))
        self._sums[rows] += best[rows]
        best[rows] = 0

    def _suggested(self, asked: Shape) -> Sequence[int]:
        wanted = np.fromiter(sorted(keys.keys(asked)), dtype=np.uint32)
        since = np.searchsorted(self.index.keys, wanted, "left").tolist()
        until = np.searchsorted(self.index.keys, wanted, "right").tolist()
        parts = [self.index.keyed[start:end] for start, end in zip(since, until, strict=True) if end > start]
        if not parts:
            return ()
        tokens = np.unique(np.concatenate(parts))
        if len(tokens) <= LOOKED_AT_MAX:
            few: list[int] = tokens.tolist()
            return few
        texts = [self.index.tokens[token] for token in tokens.tolist()]
        like = process.cdist(
            [asked.readings[0] if asked.readings else asked.text], texts, scorer=Indel.normalized_similarity
        )[0]
        order = np.lexsort((tokens, -like))[:LOOKED_AT_MAX]
        return sorted(int(token) for token in tokens[order])

    def _rejoined(self, words: Sequence[Shape]) -> list[int]:
        """Return the listed tokens that two neighbouring words make, and the two that an unknown word is made of."""
        found = []
        for left, right in pairwise(words):
            joined = (one + other for one in left.readings for other in right.readings)
            found += [self.numbers[one] for one in joined if one in self.numbers]
        for one in words:
            if one.text not in self.numbers:
                found += [half for reading in one.readings for half in self._halves(reading)]
        return list(dict.fromkeys(found))

    def _halves(self, text: str) -> Iterator[int]:
        for at in range(SPLIT_LETTERS_MIN, len(text) - SPLIT_LETTERS_MIN + 1):
            left, right = self.numbers.get(text[:at]), self.numbers.get(text[at:])
            if left is not None and right is not None:
                yield from (left, right)

    def _together(self, near: list[Near]) -> list[Rows]:
        """Return the rows in which two common words of the name stand, and the shortest in which one does."""
        found = []
        postings = self.index.postings
        common = [one.common[-1][1] for one in near if one.common]
        for at, token in enumerate(common):
            found.append(postings[token][:SHORTEST_ROWS])
            for other in common[at + 1 :]:
                fewer, more = sorted((postings[token], postings[other]), key=len)
                places = np.minimum(np.searchsorted(more, fewer), len(more) - 1)
                found.append(fewer[more[places] == fewer][:COMMON_FROM])
        return found

    def _by_letters(self, name: Name) -> Rows:
        key = np.uint32(keys.letters(one.readings[0] for one in name.words if one.readings))
        letters = self.index.letters
        return self.index.lettered[np.searchsorted(letters, key, "left") : np.searchsorted(letters, key, "right")]

    def _best(self, name: Name, touched: Rows) -> list[int]:
        """Return the rows for which most speaks; of equals the shorter, then the lower."""
        touched = self._of_kind(name, touched)
        if not len(touched):
            return []
        ranks = (self._sums[touched] << 8) - np.minimum(self._lengths[touched], 255)
        if len(touched) > AMONG:
            among = np.argpartition(ranks, -AMONG)[-AMONG:]
            touched, ranks = touched[among], ranks[among]
        rows, first = np.unique(touched, return_index=True)
        ranks = ranks[first]
        if any(len(one.text) == 1 for one in name.words):
            ranks = ranks + self._initials(name, rows)
        chosen: list[int] = rows[np.lexsort((rows, -ranks))[: self.rows_max]].tolist()
        return chosen

    def _of_kind(self, name: Name, rows: Rows) -> Rows:
        """Return the rows of what a name may be of: no person is a vessel."""
        if name.kind is Kind.ANY:
            return rows
        kinds = self.index.row_kinds[rows]
        fitting: Rows = rows[(kinds == name.kind) | (kinds == Kind.ANY)]
        return fitting

    def _initials(self, name: Name, rows: Rows) -> Weights:
        """Return what the initials of a name say for each of some rows."""
        asked = [one.text for one in name.words if len(one.text) == 1]
        tokens = self.index.tokens
        said = []
        for row in rows.tolist():
            firsts = [tokens[at][0] for at in self.index.rows[row].tolist()]
            said.append(sum([min(asked.count(letter), firsts.count(letter)) for letter in set(asked)]))
        return np.array(said, dtype=np.int64) * (INITIAL_WEIGHT << 8)


def initial(asked: Shape, listed: str) -> bool:
    """Tell whether one of two words is the other's first letter."""
    one = asked.readings[0] if asked.readings else asked.text
    if one[:1].isdigit():
        return False
    return one[:1] == listed[:1] and (len(one) == 1) != (len(listed) == 1)
