"""The compiled path of an engine: what it keeps as arrays, and how questions are put to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.matching import keys, legal
from comity.matching.aligning import Laid
from comity.matching.calibration import POINTS_PER_LOGIT, SCRIPTS
from comity.matching.closeness import Way
from comity.matching.compiled.arrays import Answer, Asked, Listed, Room, Score
from comity.matching.compiled.asking import ask_many
from comity.matching.compiled.words import Remembered, shapes
from comity.matching.engine import OBSERVED_MAX
from comity.matching.finding import COMMON_FROM, ROWS_MAX
from comity.matching.names import WORDS_MAX, Kind
from comity.matching.observing import Feature

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from comity.matching.finding import Finder
    from comity.matching.index import Index
    from comity.matching.names import Name
    from comity.matching.scoring import Score as Scored

WAYS: Final = tuple(Way)
WAYS_MAX: Final = 2
"""Ways to divide a name."""
PAIRS_REMEMBERED: Final = 4_096
KEYS_MAX: Final = 1 << 13
"""Keys of one word: of one of forty letters in nine readings there are fewer."""
SOUNDS_MAX: Final = 1 << 11
LETTERS_MAX: Final = 1 << 14
"""Letters of what is left of a name as one text."""


class Kernel:
    """Asks one index, compiled. It remembers words, as its finder does."""

    def __init__(self, finder: Finder, score: Scored) -> None:
        self._finder = finder
        self._listed = _listed(finder.index)
        self._score = _scored(score)
        self._room = _room(finder.index)
        self._answer = _answer(1)
        self._words = Remembered(finder, self._listed.shapes.heads.shape[1])

    def ask(self, name: Name) -> list[tuple[int, int, list[int], Laid, Name]]:
        """Return what is told of the rows that a name may mean, those that promise most first."""
        self._ask([name])
        answer, ways = self._answer, (name, *name.others())
        found = []
        for place in range(answer.counts[0]):
            row, points, way, count, together = answer.rows[0, place].tolist()
            asked, listed = len(ways[way].words), len(self._finder.index.rows.list(row))
            laid = _laid(answer.pairs[place, :count].tolist(), asked, listed, together)
            found.append((row, points, answer.observed[place].tolist(), laid, ways[way]))
        return found

    def ask_many(self, names: Sequence[Name]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return for each name how many rows it may mean, and the row and the points of each, those that promise most first."""
        if len(names) > len(self._answer.counts):
            self._answer = _answer(len(names))
        self._ask(names)
        return self._answer.counts[: len(names)], self._answer.rows[: len(names), :, :2]

    def _ask(self, names: Sequence[Name]) -> None:
        words = self._words
        words.spare(2 * WORDS_MAX * len(names))
        asked = self._asked(names)
        arrays = words.told()
        while not ask_many(self._listed, arrays, self._score, asked, (self._room, self._answer)):
            arrays = words.longer()

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
            key = keys.letters([one.readings[0] for one in name.words if one.readings])
            for way in (name, *name.others()):
                since = len(numbers)
                numbers += [words.number(one) for one in way.words]
                singles = len(numbers)
                numbers += finder.rejoined(way.words, [words.near[one] for one in numbers[since:]])
                key = keys.letters([one.readings[0] for one in way.words if one.readings])
                heads.append([since, singles, len(numbers), latin, whole, len(letters), key, name.kind, name.forms, name.native])
            firsts.append(len(heads))
        return Asked(
            np.array(heads, np.int64),
            np.array(numbers, np.int32),
            np.frombuffer(letters, np.uint8),
            np.array(firsts, np.int64),
            len(words.near),
        )


def _laid(pairs: list[list[int]], asked: int, listed: int, together: int) -> Laid:
    """Return how a name was laid beside a row, of so many words each."""
    words, places = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    return Laid(
        [(at, place, strength, WAYS[way]) for at, place, strength, way in pairs],
        [at for at in range(asked) if at not in words],
        [place for place in range(listed) if place not in places],
        together,
    )


def _listed(index: Index) -> Listed:
    """Return an index as the kernel reads it."""
    arrays: tuple[NDArray[Any], ...] = (
        index.rows.starts, index.rows.values, index.row_kinds, index.row_forms, index.row_native, *_codes(index.wholes),
        *_codes(index.latins), index.postings.starts, index.postings.values, index.keys, index.keyed, index.shelves,
        index.letters, index.lettered, _contradicting(),
    )  # fmt: skip
    return Listed(*map(_fixed, arrays), shapes(map(index.shape, range(len(index.tokens)))))


def _codes(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """Return texts as UTF-8 laid end to end, and where each begins."""
    laid: tuple[NDArray[np.int64], NDArray[np.uint8]] | None = getattr(texts, "laid", None)
    if laid is not None:
        return laid
    encoded = [one.encode() for one in texts]
    starts = np.zeros(len(encoded) + 1, np.int64)
    np.cumsum([len(one) for one in encoded], out=starts[1:])
    return starts, np.frombuffer(b"".join(encoded), np.uint8)


def _fixed(array: NDArray[Any]) -> NDArray[Any]:
    view = array.view()
    view.flags.writeable = False
    return view


def _contradicting() -> NDArray[np.uint64]:
    count = len(legal.FORMS)
    return np.array(
        [sum(1 << other for other in range(count) if legal.contradict(one, other)) for one in range(count)], np.uint64
    )


def _scored(score: Scored) -> Score:
    table, calibration = score.table, score.calibration
    lines = [
        [[calibration.meant(kind, group, 0), 0] for group in range(len(SCRIPTS))] if calibration else [[0, POINTS_PER_LOGIT]] * len(SCRIPTS)
        for kind in Kind
    ]
    for kind in Kind:
        for group in range(len(SCRIPTS)):
            if calibration:
                lines[kind][group][1] = calibration.meant(kind, group, POINTS_PER_LOGIT) - lines[kind][group][0]
    return Score(table.low, table.high, table.first, table.answers, table.leaves, np.array(lines, np.int64), score.start)


def _room(index: Index) -> Room:
    rows, tokens = len(index.wholes), len(index.tokens)
    laid = (WAYS_MAX * ROWS_MAX, WORDS_MAX)
    return Room(
        sums=np.zeros(rows, np.int64),
        most=np.zeros(rows, np.int64),
        marked=np.zeros(rows, np.bool_),
        seen=np.zeros(tokens, np.bool_),
        tokens=np.zeros(tokens, np.int32),
        touched=np.zeros(rows, np.int32),
        keys=np.zeros(KEYS_MAX, np.uint32),
        texts=np.zeros((2, LETTERS_MAX), np.uint32),
        slips=np.zeros((3, 128), np.int64),
        sounds=np.zeros((3, SOUNDS_MAX), np.int64),
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
        rows=np.zeros((names, OBSERVED_MAX, 5), np.int64),
        observed=np.zeros((OBSERVED_MAX, len(Feature)), np.int64),
        pairs=np.zeros((OBSERVED_MAX, WORDS_MAX, 4), np.int64),
    )
