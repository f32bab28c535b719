"""Asking an index, and keeping the trace of each answer: which rows had a say in it, and from which rank on another would have one.

A trace is what tells, after a change of the list, that an answer stays what it is without asking again (`touched`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Indel

from comity.matching import folders, keys
from comity.matching.engine import OBSERVED_MAX, WITHOUT_FORMS, Candidate, Engine, Match
from comity.matching.finding import AMONG, INITIAL_WEIGHT, LENGTH_MAX, LOOKED_AT_MAX, RANK_BITS, ROWS_MAX, Finder
from comity.matching.names import Kind, Name, parse

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from comity.matching.asked import Askings
    from comity.matching.finding import Near, Rows
    from comity.matching.index import Index
    from comity.matching.scoring import Score
    from comity.matching.spelling import Shape

NO_ROW: Final = -1
UNSCORED: Final = -(2**31)
"""The points of a row that was laid beside the name and not scored."""
ANY: Final = -(2**31)
"""The rank from which a row has a say where fewer were found than are laid beside a name."""
ENTERED_MAX: Final = 6
"""Rows that may join an answer one by one before it is asked again."""
ROOM: Final = AMONG - ENTERED_MAX
"""Of a name with initials, how many of the rows that are asked what these say may bear on its answer: there is room for others."""
SPARE: Final = 3
"""Rows that are scored beyond those that are observed: they may move up."""
BY_NAME: Final = ("rows", "ranks", "promises", "points", "from_rank", "room")
BY_WORD: Final = ("counts", "likes")


class Traces:
    """The traces of many answers: by the number of the name that was asked, and by that of the word."""

    def __init__(self, names: int, words: int) -> None:
        self.rows: NDArray[np.int32] = np.full((names, ROWS_MAX), NO_ROW, dtype=np.int32)
        """The rows that were laid beside each name, most spoken for first."""
        self.ranks: NDArray[np.int32] = np.zeros((names, ROWS_MAX), dtype=np.int32)
        """What spoke for each, less the words that it has: the order in which the finder gave them."""
        self.promises: NDArray[np.int32] = np.zeros((names, ROWS_MAX), dtype=np.int32)
        self.points: NDArray[np.int32] = np.full((names, ROWS_MAX), UNSCORED, dtype=np.int32)
        self.from_rank: NDArray[np.int32] = np.full(names, ANY, dtype=np.int32)
        """The rank from which another row has a say."""
        self.room: NDArray[np.int8] = np.zeros(names, dtype=np.int8)
        """How many rows may still join one by one; 0: whatever has a say, the name is asked again."""
        self.counts: NDArray[np.int32] = np.zeros(words, dtype=np.int32)
        """How many listed words each asked word suggests."""
        self.likes: NDArray[np.float32] = np.full(words, -1, dtype=np.float32)
        """How like an asked word a listed one must be to be looked at, where not all are."""

    def count(self, index: Index, askings: Askings) -> None:
        """Count the listed words that each asked word suggests."""
        for word in range(len(askings.words)):
            self.counts[word], self.likes[word], _ = crowd(index, askings.shape(word))

    def flush(self) -> None:
        """Have whatever stands on disk there for good."""
        for name in BY_NAME:
            held = getattr(self, name)
            if isinstance(held, np.memmap):
                held.flush()

    def keep(self, folder: Path) -> None:
        """Write the traces into a folder."""
        for name in (*BY_NAME, *BY_WORD):
            folders.put(folder, f"trace_{name}", getattr(self, name))


def opened(folder: Path) -> Traces:
    """Read the traces of a folder, to be changed in memory. Raises `OSError`, `ValueError`."""
    found = Traces(0, 0)
    for name in (*BY_NAME, *BY_WORD):
        setattr(found, name, np.array(folders.array(folder, f"trace_{name}")))
    return found


def reopened(folder: Path) -> Traces:
    """Open the traces of a folder, to be changed there. Raises `OSError`, `ValueError`."""
    found = Traces(0, 0)
    for name in (*BY_NAME, *BY_WORD):
        setattr(found, name, np.load(folder / f"trace_{name}.npy", mmap_mode="r+" if _fills(folder, name) else None))
    return found


def _fills(folder: Path, name: str) -> bool:
    """Whether an array holds anything: an empty file cannot be mapped."""
    return bool(np.load(folder / f"trace_{name}.npy", mmap_mode=None).size)


class Crowd(NamedTuple):
    """How many listed words are suggested for an asked one, and how like it one must be to be looked at."""

    size: int
    like: float
    """-1 where all are looked at."""
    looked_at: list[int]


class _Finder(Finder):
    """A finder that remembers how the rows of its last answer ranked."""

    def __init__(self, index: Index, *, rows_max: int) -> None:
        super().__init__(index, rows_max=rows_max)
        self._shorter = np.minimum(index.rows.lengths(), LENGTH_MAX)
        self.ranks: dict[int, int] = {}
        self.places = 0
        self.is_lettered = False

    def rows(self, name: Name) -> tuple[list[int], list[Near]]:
        self.ranks, self.places, self.is_lettered = {}, 0, False
        return super().rows(name)

    def by_letters(self, name: Name) -> list[int]:
        found = super().by_letters(name)
        self.is_lettered = len(found) > 0
        return found

    def _best(self, name: Name, touched: Rows, lists: int) -> list[int]:
        chosen = super()._best(name, touched, lists)
        if not chosen:
            return chosen
        rows = np.array(chosen, dtype=np.int64)
        initials = [one.text for one in name.words if len(one.text) == 1]
        said = self._sums[rows] + (self.initials(initials, rows) if initials else 0)
        self.ranks = dict(zip(chosen, ((said << 8) - self._shorter[rows]).tolist(), strict=True))
        if initials:  # only the best are asked what these say, and a row that joins takes a place among the best
            ranks = (self._sums[touched] << RANK_BITS) + self.standing(name.kind)[touched]
            self.places = int((ranks >= (said.min() - len(initials) * INITIAL_WEIGHT) << RANK_BITS).sum())
        return chosen


class _Laid(NamedTuple):
    """What was laid beside one way to write a name."""

    name: Name
    found: list[Candidate]
    ranks: dict[int, int]
    fits: bool
    """Whether the finder's order of the rows is a matter of their ranks alone, with room for some more."""

    @property
    def from_rank(self) -> int:
        """The rank from which another row has a say."""
        return min(self.ranks.values()) if self.fits and len(self.found) == ROWS_MAX else ANY


class Tracer(Engine):
    """An engine that leaves a trace of each answer."""

    may_hurry = False  # compiled code lays rows beside a name by itself, and leaves no trace

    def __init__(self, index: Index, score: Score) -> None:
        super().__init__(index, score)
        self._finder: _Finder = _Finder(index, rows_max=ROWS_MAX)
        self._laid: list[_Laid] = []
        self._is_as_written = True
        self._points: dict[int, int] = {}

    def ask(self, text: str, kind: Kind = Kind.ANY) -> list[Match]:
        """Return the listed names that a name may mean, as every engine does."""
        self._laid = []
        matches = super().ask(text, kind)
        self._points = {match.row.number: match.points for match in matches}
        self._points |= self._next()
        return matches

    def parse(self, text: str, kind: Kind = Kind.ANY) -> Name:
        """Return a name as it is compared, and remember whether that is as it is written."""
        found = super().parse(text, kind)
        self._is_as_written = kind in WITHOUT_FORMS or found.words == parse(text, kind).words
        return found

    def _next(self) -> dict[int, int]:
        """Return the points of the rows that would be observed next, if the name is followed."""
        if len(self._laid) != 1:
            return {}
        spare = sorted(self._laid[0].found, key=lambda one: (one[0], one[1]))[OBSERVED_MAX : OBSERVED_MAX + SPARE]
        return {match.row.number: match.points for match in self.weigh([self.observe(one) for one in spare])}

    def lay(self, name: Name) -> list[Candidate]:
        """Return the rows that a name may mean, laid beside it, and remember them."""
        found = super().lay(name)
        finder = self._finder
        fits = self._is_as_written and bool(name.words) and finder.places <= ROOM and not finder.is_lettered
        self._laid.append(_Laid(name, found, finder.ranks, fits))
        return found

    def trace(self, into: Traces, at: int) -> None:
        """Write the trace of the last answer at its place.

        A name that is compared in several ways, or in another than it is written, is not followed row by row: kept are the rows
        that were observed, and the least rank that has a say for any of the ways.
        """
        ranks = {row: rank for one in self._laid for row, rank in one.ranks.items()}
        laid = list({found[1]: found for one in self._laid for found in one.found}.values())
        laid.sort(key=lambda one: (one[1] not in self._points, -ranks.get(one[1], 0), one[1]))
        laid = sorted(laid[:ROWS_MAX], key=lambda one: (-ranks.get(one[1], 0), one[1]))
        empty = [0] * (ROWS_MAX - len(laid))
        into.rows[at] = [one[1] for one in laid] + [NO_ROW for _ in empty]
        into.ranks[at] = [ranks.get(one[1], 0) for one in laid] + empty
        into.promises[at] = [-one[0] for one in laid] + empty
        into.points[at] = [self._points.get(one[1], UNSCORED) for one in laid] + [UNSCORED for _ in empty]
        into.from_rank[at] = min((one.from_rank for one in self._laid), default=ANY)
        is_followed = len(self._laid) == 1 and self._laid[0].fits
        into.room[at] = ENTERED_MAX if is_followed else 0


def crowd(index: Index, asked: Shape) -> Crowd:
    """Return how crowded the listed words are that an asked one suggests, and which of them are looked at."""
    wanted = np.fromiter(keys.keys(asked), dtype=np.uint32)
    since, until = np.searchsorted(index.keys, wanted, "left"), np.searchsorted(index.keys, wanted, "right")
    pairs = zip(since.tolist(), until.tolist(), strict=True)
    tokens = sorted({token for start, end in pairs for token in index.keyed[start:end].tolist()})
    if len(tokens) <= LOOKED_AT_MAX:
        return Crowd(len(tokens), -1.0, tokens)
    like = alike(asked, [index.tokens[token] for token in tokens])
    first = np.argsort(-like, kind="stable")[:LOOKED_AT_MAX]
    return Crowd(len(tokens), float(like[first[-1]]), [tokens[at] for at in first.tolist()])


def alike(asked: Shape, listed: list[str]) -> NDArray[Any]:
    """Return how alike the letters of an asked word and some listed ones are, as the finder compares them."""
    text = asked.readings[0] if asked.readings else asked.text
    found: NDArray[Any] = process.cdist([text], listed, scorer=Indel.normalized_similarity)[0]
    return found
