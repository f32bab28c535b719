"""Asking an index about a name: find, lay beside, observe, score. One path for one name and for many, so that both say the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.matching import legal
from comity.matching.aligning import JOINED_FROM, Asked, Laid, finished, lay, observe, prepared
from comity.matching.finding import Finder
from comity.matching.index import Row
from comity.matching.names import Kind, Name, parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from comity.matching.index import Index
    from comity.matching.scoring import Score

ROWS_MAX: Final = 24
"""Rows that are laid beside a name."""
SAME_POINTS: Final = 1500
"""The least that is said where every word is the same: a listed name matches itself, however common its words are."""
HALF_LETTERS_MIN: Final = 3
"""Letters of a legal word that is taken off a word to which it was glued, and of what is left."""
OBSERVED_MAX: Final = 10
"""Rows that are observed and scored: more would only be more occasions for a false alarm."""


class Laying(NamedTuple):
    """A row laid beside a name, and how much speaks for it at first sight."""

    asked: Asked
    number: int
    promise: int
    tokens: Sequence[int]
    laid: Laid


class Seen(NamedTuple):
    """A row beside a name, and what was observed of the two."""

    row: Row
    laid: Laid
    observed: list[int]


class Match(NamedTuple):
    """A listed name, and how many points speak for it."""

    asked: Name
    """The name as it was laid beside the row."""
    points: int
    row: Row
    laid: Laid
    observed: list[int]


class Engine:
    """Answers for one index. Not for several threads at once: each has its own."""

    def __init__(self, index: Index, score: Score) -> None:
        self.index = index
        self.score = score
        self._finder = Finder(index, rows_max=ROWS_MAX)

    def ask(self, text: str, kind: Kind = Kind.ANY) -> list[Match]:
        """Return the listed names that a name may mean, the likeliest first; of equals that of the lower row."""
        name = self.parse(text, kind)
        return sorted(self.weigh(name, self.see(name)), key=lambda one: (-one.points, one.row.number))

    def weigh(self, name: Name, seen: list[Seen]) -> list[Match]:
        """Return what the rows that were observed say, in their order."""
        if not seen:
            return []
        words = sorted(one.text for one in name.words)
        points = self.score.of([one.observed for one in seen])
        return [
            Match(name, max(said, SAME_POINTS) if sorted(one.row.texts) == words else said, *one)
            for said, one in zip(points, seen, strict=True)
        ]

    def parse(self, text: str, kind: Kind = Kind.ANY) -> Name:
        """Return a name as it is compared with this index: a legal form that was glued to an unknown word is taken off."""
        name = parse(text, kind)
        if kind in {Kind.PERSON, Kind.VESSEL}:
            return name
        known = self._finder.numbers
        apart = {
            word.text: two for word in name.words if word.text not in known and (two := _unglued(word.text, known))
        }
        if not apart:
            return name
        text = text.casefold()
        for word, two in apart.items():
            text = text.replace(word, two)
        return parse(text, kind)

    def see(self, name: Name) -> list[Seen]:
        """Return what is observed of the rows that a name may mean."""
        laid = sorted(self.lay(name), key=lambda one: (-one.promise, one.number))
        return [self.observe(one) for one in laid[:OBSERVED_MAX]]

    def lay(self, name: Name) -> list[Laying]:
        """Return the rows that a name may mean, laid beside it."""
        if not name.words:
            return []
        numbers, near = self._finder.rows(name)
        return self.beside(prepared(name, near), numbers)

    def beside(self, asked: Asked, numbers: Sequence[int]) -> list[Laying]:
        """Return some rows, laid beside a name."""
        index = self.index
        laid = []
        for number in numbers:
            tokens = index.rows.list(number)
            one = lay(asked, index, tokens)
            laid.append(Laying(asked, number, promise(one, tokens, index), tokens, one))
        return laid

    def observe(self, one: Laying) -> Seen:
        """Return what is observed of a row that was laid beside a name."""
        index = self.index
        row, whole = index.row(one.number), finished(one.asked, index, one.tokens, one.laid)
        return Seen(row, whole, observe(index, one.asked.name, row, whole))


def _unglued(word: str, known: Mapping[str, int]) -> str:
    """Return a word and the legal word that was written into one, as two; empty if it is no such."""
    for at in range(HALF_LETTERS_MIN, len(word) - HALF_LETTERS_MIN + 1):
        left, right = word[:at], word[at:]
        if (left in known and legal.is_legal_word(right)) or (legal.is_legal_word(left) and right in known):
            return f"{left} {right}"
    return ""


def promise(laid: Laid, tokens: Sequence[int], index: Index) -> int:
    """Return at first sight how much speaks for a row: enough to choose which are observed."""
    weights = index.weights
    gained = sum([weights[tokens[place]] * strength for _, place, strength, _ in laid.pairs]) // 50
    left = sum([weights[tokens[place]] for place in laid.left_listed])
    if laid.rejoined >= JOINED_FROM:
        return gained + 2 * left
    return gained - left - index.idf_max * len(laid.left_asked)
