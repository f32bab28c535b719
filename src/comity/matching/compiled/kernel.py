"""The compiled path of an engine: how questions are put to it, and what it tells."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

import numpy as np

from comity.matching import keys
from comity.matching.aligning import Laid
from comity.matching.calibration import POINTS_PER_LOGIT, SCRIPTS
from comity.matching.closeness import Way
from comity.matching.compiled.arrays import Answer, Asked, Desk, Room, Score
from comity.matching.compiled.asking import ask_many, hold
from comity.matching.compiled.listed import listed
from comity.matching.compiled.words import Remembered
from comity.matching.engine import OBSERVED_MAX, Match
from comity.matching.finding import COMMON_FROM, PAIRS_REMEMBERED, ROWS_MAX
from comity.matching.names import WORDS_MAX, Kind
from comity.matching.observing import Feature

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from comity.matching.finding import Finder
    from comity.matching.index import Index, Row
    from comity.matching.names import Name
    from comity.matching.scoring import Score as Scored

WAYS: Final = tuple(Way)
DIVIDED_MAX: Final = 2
"""Ways to divide a name."""
KEYS_MAX: Final = 1 << 14
"""Keys of one word; one of forty letters has eight hundred of its text, and forty of each reading."""
SOUNDS_MAX: Final = 1 << 11
LETTERS_MAX: Final = 1 << 14
"""Letters of a name, and of what is left of it, as one text."""


class Kernel:
    """Asks one index, compiled. It remembers words, as its finder does."""

    def __init__(self, finder: Finder, score: Scored) -> None:
        self._finder = finder
        self._listed = listed(finder.index)
        self._score = _scored(score)
        self._room = _room(finder.index)
        self._answer = _answer(1)
        self._words = Remembered(finder)
        self._hold()

    def _hold(self) -> None:
        self._held = hold(self._listed, self._words.arrays, self._score, self._room, self._answer)

    def ask(self, name: Name) -> list[Match]:
        """Return the listed names that a name may mean, the likeliest first; of equals that of the lower row."""
        self._ask([name])
        answer, ways, index = self._answer, (name, *name.others()), self._finder.index
        told = answer.rows[0, : answer.counts[0]].tolist()
        also = (answer.observed.copy(), answer.pairs.copy()) if told else ()
        return [Match(one[1], _Seen(ways[one[2]], index, one, also)) for one in told]

    def ask_many(self, names: Sequence[Name]) -> list[list[tuple[int, int]]]:
        """Return for each name the rows that it may mean and the points of each, in the same order."""
        if not names:
            return []
        if len(names) > len(self._answer.counts):
            self._answer = _answer(len(names))
            self._hold()
        if not self._ask(names):
            middle = len(names) // 2
            return self.ask_many(names[:middle]) + self.ask_many(names[middle:])
        counts = self._answer.counts[: len(names)].tolist()
        rows, points = self._answer.rows[: len(names), :, :2].transpose(2, 0, 1).tolist()
        return [
            list(zip(row[:count], said[:count], strict=True))
            for count, row, said in zip(counts, rows, points, strict=True)
        ]

    def _ask(self, names: Sequence[Name]) -> bool:
        """Fill the answer; return whether there was room for what is near all the words, as there is for those of one name."""
        if self._answered(names):
            return True
        self._words.clear()
        return self._answered(names)

    def _answered(self, names: Sequence[Name]) -> bool:
        asked = self._asked(names)
        return self._words.tell() and bool(ask_many(self._held, asked))

    def _asked(self, names: Sequence[Name]) -> Asked:
        """Return names as arrays."""
        words, finder = self._words, self._finder
        heads: list[list[int]] = []
        numbers: list[int] = []
        letters = bytearray()
        firsts = [0]
        for name in names:
            latin = len(letters)
            letters += name.latin.encode()
            whole = len(letters)
            if name.native:
                letters += name.whole.encode()
            end = len(letters)
            for way in (name, *name.others()):
                since = len(numbers)
                numbers += [words.number(one) for one in way.words]
                singles = len(numbers)
                numbers += finder.rejoined(way.words, [words.near[one] for one in numbers[since:]])
                key = keys.letters([one.readings[0] for one in way.words if one.readings])
                heads.append([since, singles, len(numbers), latin, whole, end, key, name.kind, name.forms, name.native])
            firsts.append(len(heads))
        return Asked(
            np.array(heads, np.int64),
            np.array(numbers, np.int32),
            np.frombuffer(letters or bytearray(1), np.uint8),
            np.array(firsts, np.int64),
            len(words.near),
        )


class _Seen:
    """A row beside a name, as the kernel tells of it: spelled out when it is asked for."""

    __slots__ = ("_also", "_index", "_told", "asked")

    def __init__(self, asked: Name, index: Index, told: Sequence[int], also: tuple[NDArray[np.int64], ...]) -> None:
        self.asked = asked
        """The name as it was laid beside the row."""
        self._index, self._told, self._also = index, told, also

    @property
    def row(self) -> Row:
        """The listed name."""
        return self._index.row(self._told[0])

    @property
    def laid(self) -> Laid:
        """How the two were laid beside each other."""
        _, _, _, count, together, place = self._told
        pairs = self._also[1][place, :count].tolist()
        words, places = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
        return Laid(
            [(at, other, strength, WAYS[way]) for at, other, strength, way in pairs],
            [at for at in range(len(self.asked.words)) if at not in words],
            [at for at in range(len(self.row.tokens)) if at not in places],
            together,
        )

    @property
    def observed(self) -> list[int]:
        """What was observed of the two."""
        said: list[int] = self._also[0][self._told[5]].tolist()
        return said


def _scored(score: Scored) -> Score:
    """Return the score as arrays, with the lines of its calibration; without one, points mean what they are."""
    table, calibration = score.table, score.calibration
    lines = np.full((len(Kind), len(SCRIPTS), 2), (0, POINTS_PER_LOGIT), np.int64)
    if calibration:
        for kind, group in product(Kind, range(len(SCRIPTS))):
            start, one = calibration.meant(kind, group, 0), calibration.meant(kind, group, POINTS_PER_LOGIT)
            lines[kind, group] = start, one - start
    return Score(table.low, table.high, table.first, table.answers, table.leaves, lines, score.start)


def _room(index: Index) -> Room:
    rows, tokens = len(index.wholes), len(index.tokens)
    laid = (DIVIDED_MAX * ROWS_MAX, WORDS_MAX)
    return Room(
        sums=np.zeros(rows, np.int32),
        most=np.zeros(rows, np.int32),
        marked=np.zeros(rows, np.bool_),
        weights=np.zeros(tokens, np.int32),
        seen=np.zeros(tokens, np.bool_),
        tokens=np.zeros(tokens + 1, np.int32),
        touched=np.zeros(rows, np.int32),
        keys=np.zeros(KEYS_MAX, np.uint32),
        desk=Desk(
            np.zeros((2, LETTERS_MAX), np.uint32),
            np.zeros((3, SOUNDS_MAX), np.int64),
            np.zeros((3, SOUNDS_MAX), np.int64),
        ),
        pairs=np.zeros((*laid, 4), np.int64),
        used=np.zeros(laid, np.bool_),
        taken=np.zeros(laid, np.bool_),
        laid=np.zeros((laid[0], 6), np.int64),
        pair_keys=np.full(PAIRS_REMEMBERED, -1, np.int64),
        pair_rows=np.zeros((PAIRS_REMEMBERED, COMMON_FROM), np.int32),
    )


def _answer(names: int) -> Answer:
    return Answer(
        counts=np.zeros(names, np.int64),
        rows=np.zeros((names, OBSERVED_MAX, 6), np.int64),
        observed=np.zeros((OBSERVED_MAX, len(Feature)), np.int64),
        pairs=np.zeros((OBSERVED_MAX, WORDS_MAX, 4), np.int64),
    )
