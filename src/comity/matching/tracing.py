"""Asking an index, and keeping the trace of each answer: which rows had a say in it, and from which rank on another would have one.

A trace is what tells, after a change of the list, that an answer stays what it is without asking again (`touched`).
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Indel

from comity.matching import folders, keys
from comity.matching.aligning import prepared
from comity.matching.engine import OBSERVED_MAX, WITHOUT_FORMS, Candidate, Engine, Match
from comity.matching.finding import (
    AMONG,
    EXACT_MAX,
    INITIAL_WEIGHT,
    LENGTH_BITS,
    LENGTH_MAX,
    LOOKED_AT_MAX,
    RANK_BITS,
    ROWS_MAX,
    Finder,
)
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
UNLAID: Final = -(2**31)
"""The promise of a row that was not laid beside the name."""
ANY: Final = -(2**31)
"""The rank from which a row has a say where the trace has every row that was found."""
EXACT: Final = 1 << 30
"""The rank of a row with the very letters of the name: it goes before all others."""
TRACED: Final = ROWS_MAX + 8
"""Rows of a trace: those that are laid beside the name, and those that come next and move up when others leave."""
UNBOUNDED: Final = 127
"""The room of a name that any number of rows may join."""
SPARE: Final = 3
"""Rows that are scored beyond those that are observed: they may move up."""
BY_NAME: Final = ("rows", "ranks", "promises", "points", "from_rank", "room", "slack")
BY_WORD: Final = ("counts", "likes")
PREFIX: Final = "trace_"
"""With which the names of the files begin."""


class Traces:
    """The traces of many answers: by the number of the name that was asked, and by that of the word."""

    def __init__(self, names: int, words: int) -> None:
        self.rows: NDArray[np.int32] = np.full((names, TRACED), NO_ROW, dtype=np.int32)
        """The first rows that were found for each name, most spoken for first."""
        self.ranks: NDArray[np.int32] = np.zeros((names, TRACED), dtype=np.int32)
        """What spoke for each, less the words that it has: the order in which the finder gave them."""
        self.promises: NDArray[np.int32] = np.zeros((names, TRACED), dtype=np.int32)
        self.points: NDArray[np.int32] = np.full((names, TRACED), UNSCORED, dtype=np.int32)
        self.from_rank: NDArray[np.int32] = np.full(names, ANY, dtype=np.int32)
        """The rank from which another row has a say."""
        self.room: NDArray[np.int8] = np.zeros(names, dtype=np.int8)
        """How many rows may still join; 0: whatever has a say, the name is asked again."""
        self.slack: NDArray[np.int8] = np.zeros(names, dtype=np.int8)
        """Of a name that is compared in several ways, how many rows may come that are not observed, before one is pushed out that
        was."""
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
            folders.put(folder, f"{PREFIX}{name}", getattr(self, name))


def opened(folder: Path) -> Traces:
    """Read the traces of a folder, to be changed in memory. Raises `OSError`, `ValueError`."""
    found = Traces(0, 0)
    for name in (*BY_NAME, *BY_WORD):
        setattr(found, name, np.array(folders.array(folder, f"{PREFIX}{name}")))
    return found


def reopened(folder: Path) -> Traces:
    """Open the traces of a folder, to be changed there. Raises `OSError`, `ValueError`."""
    found = Traces(0, 0)
    for name in (*BY_NAME, *BY_WORD):
        setattr(found, name, np.load(folder / f"{PREFIX}{name}.npy", mmap_mode="r+" if _fills(folder, name) else None))
    return found


def _fills(folder: Path, name: str) -> bool:
    """Whether an array holds anything: an empty file cannot be mapped."""
    return bool(np.load(folder / f"{PREFIX}{name}.npy", mmap_mode=None).size)


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
        """Of a name with initials, how many of the rows that are asked what these say bear on its answer."""
        self.exact: list[int] = []
        """The rows with the very letters of the name."""

    def rows(self, name: Name) -> tuple[list[int], list[Near]]:
        self.ranks, self.places, self.exact = {}, 0, []
        found = super().rows(name)
        self.ranks |= dict.fromkeys(self.exact, EXACT)
        return found

    def by_letters(self, name: Name) -> list[int]:
        self.exact = super().by_letters(name)
        return self.exact

    def _best(self, name: Name, touched: Rows, lists: int) -> list[int]:
        chosen = super()._best(name, touched, lists)
        if not chosen:
            return chosen
        rows = np.array(chosen, dtype=np.int64)
        initials = [one.text for one in name.words if len(one.text) == 1]
        said = self._sums[rows] + (self.initials(initials, rows) if initials else 0)
        self.ranks = dict(zip(chosen, ((said << LENGTH_BITS) - self._shorter[rows]).tolist(), strict=True))
        if initials:  # only the best are asked what these say, and a row that joins takes a place among the best
            ranks = (self._sums[touched] << RANK_BITS) + self.standing(name.kind)[touched]
            bears = ranks >= (said.min() - len(initials) * INITIAL_WEIGHT) << RANK_BITS
            self.places = len(np.unique(touched[bears]))
        return chosen


class _Laid(NamedTuple):
    """What was laid beside one way to write a name."""

    found: list[Candidate]
    """The rows that were found, in the finder's order."""
    ranks: dict[int, int]
    room: int
    """How many rows may join them; 0 where the finder's order is no matter of their ranks alone."""

    def from_rank(self, rows: int) -> int:
        """Return the rank from which another row would be among the first so many."""
        return self.ranks[self.found[rows - 1][1]] if self.room and len(self.found) >= rows else ANY


class Tracer(Engine):
    """An engine that leaves a trace of each answer."""

    may_hurry = False  # compiled code lays rows beside a name by itself, and leaves no trace

    def __init__(self, index: Index, score: Score) -> None:
        super().__init__(index, score)
        self._finder: _Finder = _Finder(index, rows_max=TRACED)
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
        spare = sorted(self._laid[0].found[:ROWS_MAX], key=lambda one: (one[0], one[1]))
        spare = spare[OBSERVED_MAX : OBSERVED_MAX + SPARE]
        return {match.row.number: match.points for match in self.weigh([self.observe(one) for one in spare])}

    def lay(self, name: Name) -> list[Candidate]:
        """Return the rows that a name may mean, laid beside it, and remember them and those that come next."""
        if not name.words:
            self._laid.append(_Laid([], {}, 0))
            return []
        numbers, near = self._finder.rows(name)
        found = self.beside(prepared(name, near), numbers)
        self._laid.append(_Laid(found, self._finder.ranks, self._room(name)))
        return found[:ROWS_MAX]

    def _room(self, name: Name) -> int:
        if not self._is_as_written or len(self._finder.exact) > EXACT_MAX:
            return 0
        if all(len(one.text) > 1 for one in name.words):
            return UNBOUNDED
        return min(max(AMONG - self._finder.places, 0), UNBOUNDED - 1)

    def trace(self, into: Traces, at: int) -> None:
        """Write the trace of the last answer at its place.

        A name that is compared in several ways, or in another than it is written, is not followed row by row: kept are the rows
        that were observed, each with the least that it promised, and the least rank that has a say for any of the ways.
        """
        is_followed = len(self._laid) == 1 and self._laid[0].room > 0
        reach = TRACED if is_followed else ROWS_MAX
        ranks = {row: rank for one in self._laid for row, rank in one.ranks.items()}
        found = sorted((found for one in self._laid for found in one.found[:reach]), key=itemgetter(0))
        laid = list({one[1]: one for one in found}.values())
        if len(laid) > TRACED:
            laid = sorted(laid, key=lambda one: (one[1] not in self._points, -ranks.get(one[1], 0), one[1]))[:TRACED]
        laid.sort(key=lambda one: (-ranks.get(one[1], 0), one[1]))
        count = len(laid)
        into.rows[at, :count] = [one[1] for one in laid]
        into.rows[at, count:] = NO_ROW
        into.ranks[at, :count] = [ranks.get(one[1], 0) for one in laid]
        into.promises[at, :count] = [-one[0] for one in laid]
        into.points[at, :count] = [self._points.get(one[1], UNSCORED) for one in laid]
        into.from_rank[at] = min((one.from_rank(reach) for one in self._laid), default=ANY)
        into.room[at] = self._laid[0].room if is_followed else 0
        into.slack[at] = 0 if is_followed else self._slack()

    def _slack(self) -> int:
        room = min((one.room for one in self._laid), default=0)
        if not room or len(self._points) < OBSERVED_MAX:
            return 0
        ways = (enumerate(one.found[:ROWS_MAX]) for one in self._laid)
        return min(room, ROWS_MAX - 1 - max(at for way in ways for at, found in way if found[1] in self._points))


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
