"""Which rows of a list its common words lead to: a common word of a name leads to few of its rows, and two together to some."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from comity.matching.closeness import closeness
from comity.matching.finding import COMMON_FROM, SHORTEST_ROWS, STRENGTH_MIN, shared
from comity.matching.scripts import Script
from comity.matching.tracing import crowd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.matching.finding import Rows
    from comity.matching.index import Index
    from comity.matching.spelling import Shape


class Commons:
    """The common words of one list, as a finder takes them; what was worked out is remembered."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._often = index.postings.lengths()
        self._strongest: dict[str, int | None] = {}
        self._both: dict[tuple[int, int], Rows] = {}

    def lead(self, words: Sequence[Shape], row: int) -> bool:
        """Tell whether the common words that those of a name may be lead to a row."""
        tokens = sorted({token for one in words if (token := self._of(one)) is not None})
        if any(row in self._index.postings[token][:SHORTEST_ROWS] for token in tokens):
            return True
        return any(row in self._together(pair) for pair in combinations(tokens, 2))

    def _of(self, asked: Shape) -> int | None:
        """Return the common word that says most for an asked one: no other leads to rows."""
        if asked.text not in self._strongest:
            self._strongest[asked.text] = self._found(asked)
        return self._strongest[asked.text]

    def _found(self, asked: Shape) -> int | None:
        if len(asked.text) == 1 and asked.script is Script.LATIN:
            return None
        index = self._index
        looked_at = [token for token in crowd(index, asked).looked_at if self._often[token] > COMMON_FROM]
        close = [(closeness(asked, index.shape(token)).strength, token) for token in looked_at]
        weighed = [(strength**2 * index.weights[at] // 1000, at) for strength, at in close if strength >= STRENGTH_MIN]
        return max(weighed)[1] if weighed else None

    def _together(self, pair: tuple[int, int]) -> Rows:
        if pair not in self._both:
            fewer, more = sorted((self._index.postings[token] for token in pair), key=len)
            self._both[pair] = shared(fewer, more)[:COMMON_FROM]
        return self._both[pair]
