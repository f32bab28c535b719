"""Asking an index about a name: find, lay beside, observe, score. One path for one name and for many, so that both say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from comity.matching import legal
from comity.matching.aligning import JOINED_FROM, Asked, Laid, finished, lay, observe, prepared
from comity.matching.finding import Finder
from comity.matching.index import Row
from comity.matching.names import Kind, Name, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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


class Candidate(NamedTuple):
    """A row laid beside a name, and how much it promises at first sight."""

    promise: int
    number: int
    asked: Asked
    laid: Laid


class Seen(NamedTuple):
    """A row beside a name, and what was observed of the two."""

    asked: Name
    """The name as it was laid beside the row."""
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
        seen = self.see(name)
        if not seen:
            return []
        points = self.score.of([one.observed for one in seen])
        found = [
            Match(one.asked, max(said, SAME_POINTS) if _same(one) else said, *one[1:])
            for said, one in zip(points, seen, strict=True)
        ]
        return sorted(found, key=lambda one: (-one.points, one.row.number))

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
        best: dict[int, Candidate] = {}
        for one in (name, *name.others()):
            for found in self._lay(one):
                held = best.get(found.number)
                if held is None or _fits(found) < _fits(held):
                    best[found.number] = found
        seen = []
        for found in sorted(best.values(), key=lambda found: (-found.promise, found.number))[:OBSERVED_MAX]:
            row = self.index.row(found.number)
            whole = finished(found.asked, self.index, row.tokens, found.laid)
            seen.append(Seen(found.asked.name, row, whole, observe(found.asked.name, row, whole)))
        return seen

    def _lay(self, name: Name) -> Iterator[Candidate]:
        """Yield the rows that a name may mean, laid beside it."""
        if name.words:
            index = self.index
            numbers, near = self._finder.rows(name)
            asked = prepared(name, near)
            for number in numbers:
                tokens = index.rows.list(number)
                laid = lay(asked, index, tokens)
                yield Candidate(_promise(asked, laid, tokens, index), number, asked, laid)


def _fits(found: Candidate) -> tuple[int, int]:
    """Return what orders the ways in which a name may be laid beside one row: the fewest words left over, then the promise."""
    return len(found.laid.left_asked) + len(found.laid.left_listed), -found.promise


def _same(seen: Seen) -> bool:
    """Tell whether a row has the very words of the name."""
    return sorted(seen.row.texts) == sorted([one.text for one in seen.asked.words])


def _unglued(word: str, known: Mapping[str, int]) -> str:
    """Return a word and the legal word that was written into one, as two; empty if it is no such."""
    for at in range(HALF_LETTERS_MIN, len(word) - HALF_LETTERS_MIN + 1):
        left, right = word[:at], word[at:]
        if (left in known and legal.is_legal_word(right)) or (legal.is_legal_word(left) and right in known):
            return f"{left} {right}"
    return ""


def _promise(asked: Asked, laid: Laid, tokens: Sequence[int], index: Index) -> int:
    """Return at first sight how much speaks for a row: enough to choose which are observed."""
    said, weights = asked.weights, index.weights
    gained = left = 0
    for at, place, strength, _ in laid.pairs:
        gained += min(said[at], weights[tokens[place]]) * strength
    for place in laid.left_listed:
        left += weights[tokens[place]]
    if laid.rejoined >= JOINED_FROM:
        return gained // 50 + 2 * left
    return gained // 50 - left - sum([said[at] for at in laid.left_asked])
