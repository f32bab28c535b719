"""Asking an index about a name: find, lay beside, observe, score. One path for one name and for many, so that both say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Protocol, TypeAlias

import msgspec

from comity.matching import equivalents, legal, rarity, romanise
from comity.matching.aligning import Asked, Laid, finished, lay, prepared
from comity.matching.finding import ROWS_MAX, Finder
from comity.matching.index import Row
from comity.matching.names import Kind, Name, parse
from comity.matching.observing import Feature, observe
from comity.matching.spelling import splits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from comity.matching.index import Index
    from comity.matching.scoring import Score

SAME_POINTS: Final = 1500
"""The least that is said where every word is the same: a listed name matches itself, however common its words are."""
HALF_LETTERS_MIN: Final = 3
"""Letters of a legal word that is taken off a word to which it was glued, and of what is left."""
OBSERVED_MAX: Final = 8
"""Rows that are observed and scored: more would only be more occasions for a false alarm."""


Candidate: TypeAlias = tuple[int, int, Asked, Laid, list[int]]
"""A row laid beside a name: less than nothing by what it promises at first sight, its number, the name, how it lies, its words."""


KIND, SCRIPT = int(Feature.KIND), int(Feature.SCRIPT)
WITHOUT_FORMS: Final = frozenset({Kind.PERSON, Kind.VESSEL})
"""Kinds of names to which nobody glues a legal form."""


class Seen(msgspec.Struct, frozen=True, gc=False):
    """A row beside a name, and what was observed of the two."""

    asked: Name
    """The name as it was laid beside the row."""
    row: Row
    laid: Laid
    observed: list[int]


class Sight(Protocol):
    """A row beside a name, of which the rest may be told when it is asked for."""

    @property
    def asked(self) -> Name:
        """The name as it was laid beside the row."""
        ...

    @property
    def row(self) -> Row:
        """The listed name."""
        ...

    @property
    def laid(self) -> Laid:
        """How the two were laid beside each other."""
        ...

    @property
    def observed(self) -> list[int]:
        """What was observed of the two."""
        ...


class Match(msgspec.Struct, frozen=True, gc=False):
    """A listed name, and how many points speak for it."""

    points: int
    seen: Sight

    @property
    def asked(self) -> Name:
        """The name as it was laid beside the row."""
        return self.seen.asked

    @property
    def row(self) -> Row:
        """The listed name."""
        return self.seen.row

    @property
    def laid(self) -> Laid:
        """How the two were laid beside each other."""
        return self.seen.laid

    @property
    def observed(self) -> list[int]:
        """What was observed of the two."""
        return self.seen.observed


class Quick(Protocol):
    """Another way from names to what is said of rows, which comes to the same."""

    def ask(self, name: Name) -> list[Match]:
        """Return the listed names that a name may mean, the likeliest first; of equals that of the lower row."""
        ...

    def ask_many(self, names: Sequence[Name]) -> list[list[tuple[int, int]]]:
        """Return for each name the rows that it may mean and the points of each, in the same order."""
        ...


class Engine:
    """Answers for one index. Not for several threads at once: each has its own."""

    may_hurry: ClassVar[bool] = True
    """Whether a quicker way may stand in for this one: not where more is wanted of the way than its answers."""

    def __init__(self, index: Index, score: Score) -> None:
        self.index = index
        self.score = score
        self._finder = Finder(index, rows_max=ROWS_MAX)
        self.quick: Quick | None = None
        """A quicker way to the same answers; see `comity.matching.compiled`."""

    @property
    def finder(self) -> Finder:
        """What finds rows and remembers words."""
        return self._finder

    def warm(self) -> None:
        """Load now what the first questions would wait for."""
        warm()
        if self.quick is None:  # these are worked out when they are first looked at
            _ = self.index.shapes, self.score.table

    def ask(self, text: str, kind: Kind = Kind.ANY) -> list[Match]:
        """Return the listed names that a name may mean, the likeliest first; of equals that of the lower row."""
        name = self.parse(text, kind)
        if self.quick is not None:
            return self.quick.ask(name)
        return sorted(self.weigh(self.see(name)), key=lambda one: (-one.points, one.row.number))

    def weigh(self, seen: Sequence[Seen]) -> list[Match]:
        """Return what the rows that were observed say, in their order."""
        if not seen:
            return []
        points = self.score.of([one.observed for one in seen])
        return [Match(self._meant(one, said), one) for one, said in zip(seen, points, strict=True)]

    def parse(self, text: str, kind: Kind = Kind.ANY) -> Name:
        """Return a name as it is compared with this index: a legal form that was glued to an unknown word is taken off."""
        name = parse(text, kind)
        if kind in WITHOUT_FORMS:
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
            for found in self.lay(one):
                held = best.get(found[1])
                if held is None or _fits(found) < _fits(held):
                    best[found[1]] = found
        likeliest = sorted(best.values())[:OBSERVED_MAX]  # by promise and number: no two are of one row
        return [self.observe(one) for one in likeliest]

    def lay(self, name: Name) -> list[Candidate]:
        """Return the rows that a name may mean, laid beside it."""
        if not name.words:
            return []
        numbers, near = self._finder.rows(name)
        return self.beside(prepared(name, near), numbers)

    def beside(self, asked: Asked, numbers: Sequence[int]) -> list[Candidate]:
        """Return some rows, laid beside a name."""
        index = self.index
        found = []
        for number in numbers:
            tokens = index.rows.list(number)
            promise, laid = lay(asked, index, tokens)
            found.append((-promise, number, asked, laid, tokens))
        return found

    def observe(self, found: Candidate) -> Seen:
        """Return what is observed of a row that was laid beside a name."""
        _, number, asked, laid, tokens = found
        row = Row(number, self.index, tokens)
        whole = finished(asked, self.index, tokens, laid)
        return Seen(asked.name, row, whole, observe(asked, row, whole))

    def against(self, name: Name, number: int) -> Match:
        """Return what speaks for one row, whatever others there are."""
        asked = prepared(name, [self._finder.near(one) for one in name.words])
        (found,) = self.beside(asked, [number])
        (match,) = self.weigh([self.observe(found)])
        return match

    def _meant(self, seen: Seen, scored: int) -> int:
        """Return what scored points mean; a row with the very words of the name means at least that it is the name."""
        calibration = self.score.calibration
        points = calibration.meant(seen.observed[KIND], seen.observed[SCRIPT], scored) if calibration else scored
        return SAME_POINTS if points < SAME_POINTS and _is_same(seen) else points


def warm() -> None:
    """Load the tables by which names are read now; copies of this process have them too."""
    for tables in (equivalents, legal, rarity, romanise):
        tables.warm()


def _is_same(seen: Seen) -> bool:
    """Tell whether a row has the very words of the name."""
    words = seen.asked.words
    return len(words) == len(seen.row.tokens) and sorted(seen.row.texts) == sorted([one.text for one in words])


def _fits(found: Candidate) -> tuple[int, int]:
    """Return what orders the ways in which a name may be laid beside one row: the fewest words left over, then the promise."""
    return len(found[3].left_asked) + len(found[3].left_listed), found[0]


def _unglued(word: str, known: Mapping[str, int]) -> str:
    """Return a word and the legal word that was written into one, as two; empty if it is no such."""
    for left, right in splits(word, HALF_LETTERS_MIN):
        if (left in known and legal.is_legal_word(right)) or (legal.is_legal_word(left) and right in known):
            return f"{left} {right}"
    return ""
