"""What leads to a row of a list beside rare words: common words, and words that are looked for as they stand."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from comity.matching.closeness import closeness
from comity.matching.finding import (
    COMMON_FROM,
    JOINED_STRENGTH,
    SHORTEST_ROWS,
    SPLIT_LETTERS_MIN,
    STRENGTH_MIN,
    shared,
    worth,
)
from comity.matching.scripts import Script
from comity.matching.spelling import splits
from comity.matching.tracing import crowd

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from comity.matching.finding import Rows
    from comity.matching.index import Index
    from comity.matching.spelling import Shape


class Leading:
    """The words of one list as a finder takes them, for one row at a time; what was worked out is remembered."""

    def __init__(self, index: Index, numbers: Mapping[str, int]) -> None:
        self._index, self._numbers = index, numbers
        self._often = index.postings.lengths()
        self._common: dict[str, int | None] = {}
        self._both: dict[tuple[int, int], Rows] = {}

    def leads(self, words: Sequence[Shape], row: int) -> bool:
        """Tell whether the common words that those of a name may be lead to a row."""
        tokens = sorted([token for one in words if (token := self._common_of(one)) is not None])
        if any(row in self._index.postings[token][:SHORTEST_ROWS] for token in dict.fromkeys(tokens)):
            return True
        pairs = dict.fromkeys(combinations(tokens, 2))  # two words may be one common word: it leads further then
        return any(row in self._together(pair) for pair in pairs)

    def alone(self, words: Sequence[Shape], row: int) -> int:
        """Return what those words of a row say that are looked for as they stand: two of the name, or half of an unknown one."""
        index = self._index
        return sum(
            worth(JOINED_STRENGTH, index.weights[token])
            for token in dict.fromkeys(index.rows.list(row))
            if self._is_rejoined(words, index.tokens[token]) and row in index.postings[token][:COMMON_FROM]
        )

    def _is_rejoined(self, words: Sequence[Shape], text: str) -> bool:
        if any(
            text == one + other for left, right in pairwise(words) for one in left.readings for other in right.readings
        ):
            return True
        return any(
            text in two and two[0] in self._numbers and two[1] in self._numbers
            for word in words
            if word.text not in self._numbers
            for read in word.readings
            for two in splits(read, SPLIT_LETTERS_MIN)
        )

    def _common_of(self, asked: Shape) -> int | None:
        """Return the common word that says most for an asked one: no other leads to rows."""
        if asked.text not in self._common:
            self._common[asked.text] = self._most_common(asked)
        return self._common[asked.text]

    def _most_common(self, asked: Shape) -> int | None:
        if len(asked.text) == 1 and asked.script is Script.LATIN:
            return None
        index = self._index
        looked_at = [token for token in crowd(index, asked).looked_at if self._often[token] > COMMON_FROM]
        close = [(closeness(asked, index.shape(token)).strength, token) for token in looked_at]
        weighed = [(worth(strength, index.weights[at]), at) for strength, at in close if strength >= STRENGTH_MIN]
        return max(weighed)[1] if weighed else None

    def _together(self, pair: tuple[int, int]) -> Rows:
        if pair not in self._both:
            fewer, more = sorted((self._index.postings[token] for token in pair), key=len)
            self._both[pair] = shared(fewer, more)[:COMMON_FROM]
        return self._both[pair]
