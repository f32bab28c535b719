"""The compiled path of an engine: what it keeps as arrays, and how a question is put to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.matching import legal
from comity.matching.aligning import Laid
from comity.matching.closeness import Way
from comity.matching.compiled.arrays import Answer, Asked, Listed, Scratch, Table, Words
from comity.matching.compiled.asking import ask
from comity.matching.finding import REMEMBERED, ROWS_MAX
from comity.matching.names import WORDS_MAX
from comity.matching.observing import Feature

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from comity.matching.finding import Finder, Near
    from comity.matching.index import Index
    from comity.matching.names import Name
    from comity.matching.scoring import Score
    from comity.matching.spelling import Shape

OBSERVED_MAX: Final = 8


class Kernel:
    """Asks one index, compiled. It remembers words as its finder does."""

    def __init__(self, finder: Finder, score: Score) -> None:
        self._finder = finder
        self._listed = _listed(finder.index)
        table = score.table
        self._table = Table(table.low, table.high, table.first, table.answers, table.leaves, score.start)
        rows = len(finder.index.wholes)
        laid = (ROWS_MAX, WORDS_MAX)
        self._scratch = Scratch(
            sums=np.zeros(rows, np.int64),
            most=np.zeros(rows, np.int64),
            marked=np.zeros(rows, np.bool_),
            pairs=np.zeros((*laid, 4), np.int64),
            counts=np.zeros(ROWS_MAX, np.int64),
            used=np.zeros(laid, np.bool_),
            taken=np.zeros(laid, np.bool_),
            rejoined=np.zeros(ROWS_MAX, np.int64),
            promises=np.zeros(ROWS_MAX, np.int64),
        )
        self._answer = Answer(
            rows=np.zeros(OBSERVED_MAX, np.int64),
            points=np.zeros(OBSERVED_MAX, np.int64),
            observed=np.zeros((OBSERVED_MAX, len(Feature)), np.int64),
            counts=np.zeros(OBSERVED_MAX, np.int64),
            pairs=np.zeros((OBSERVED_MAX, WORDS_MAX, 4), np.int64),
            rejoined=np.zeros(OBSERVED_MAX, np.int64),
        )
        self._words = Remembered()

    def ask(self, name: Name) -> list[tuple[int, int, list[int], Laid]]:
        """Return what is told of the rows that a name in Latin letters may mean, those that promise most first."""
        finder, words = self._finder, self._words
        words.spare()
        ids, near = [], []
        for one in name.words:
            at = words.numbers.get(one.text)
            if at is None:
                at = words.add(one, finder.near(one))
            ids.append(at)
            near.append(words.near[at])
        together = finder.together(near)
        asked = Asked(
            ids=np.array(ids, np.int64),
            singles=np.array(list(finder.rejoined(name.words, near)), np.int64),
            extra=np.concatenate(together) if together else NONE,
            exact=np.array(finder.by_letters(name), np.int64),
            places=finder.standing(name.kind),
            latin=np.frombuffer(name.latin.encode(), np.uint8),
            packed=np.frombuffer(name.latin.replace(" ", "").encode(), np.uint8),
            forms=np.uint64(name.forms),
            kind=int(name.kind),
        )
        answer = self._answer
        count = ask(self._listed, words.arrays, self._table, asked, (self._scratch, answer))
        rows, points, observed = (
            answer.rows[:count].tolist(),
            answer.points[:count].tolist(),
            answer.observed[:count].tolist(),
        )
        pairs, rejoined = answer.pairs[:count].tolist(), answer.rejoined[:count].tolist()
        counts, lengths = answer.counts[:count].tolist(), [len(finder.index.rows.list(row)) for row in rows]
        laid = [
            _laid(said[:many], len(ids), length, together)
            for said, many, length, together in zip(pairs, counts, lengths, rejoined, strict=True)
        ]
        return list(zip(rows, points, observed, laid, strict=True))


def _laid(pairs: list[list[int]], asked: int, listed: int, together: int) -> Laid:
    """Return how a name was laid beside a row, of so many words each."""
    words, places = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    return Laid(
        [(at, place, strength, WAYS[way]) for at, place, strength, way in pairs],
        [at for at in range(asked) if at not in words],
        [place for place in range(listed) if place not in places],
        together,
    )


WAYS: Final = tuple(Way)
NONE: Final = np.zeros(0, np.int32)


class Grown:
    """Lists of numbers laid end to end, to which more are added."""

    def __init__(self, *kinds: Any) -> None:
        self.starts = np.zeros(1024, np.int64)
        self.values = [np.zeros(4096, kind) for kind in kinds]
        self.count = 0

    def add(self, *lists: Sequence[int] | NDArray[Any]) -> bool:
        """Add a list to each; return whether the arrays were exchanged for longer ones."""
        since = int(self.starts[self.count])
        until = since + len(lists[0])
        is_longer = False
        if self.count + 2 > len(self.starts):
            self.starts = np.concatenate([self.starts, np.zeros_like(self.starts)])
            is_longer = True
        if until > len(self.values[0]):
            self.values = [np.concatenate([one, np.zeros(max(until, len(one)), one.dtype)]) for one in self.values]
            is_longer = True
        for one, more in zip(self.values, lists, strict=True):
            one[since:until] = more
        self.count += 1
        self.starts[self.count] = until
        return is_longer


class Remembered:
    """Words of questions and what was found near them, as arrays."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.near: list[Near] = []
        self._clear()

    def _clear(self) -> None:
        self.numbers.clear()
        self.near.clear()
        self._single = Grown(np.int32, np.bool_)
        self._texts = Grown(np.uint8)
        self._close = Grown(np.int32, np.int8, np.int8)
        self._rows = Grown(np.int32, np.int32)
        self._common = Grown(np.int32, np.int32)
        self._tell()

    def spare(self) -> None:
        """Make room for the words of a question."""
        if len(self.near) > REMEMBERED - WORDS_MAX:
            self._clear()

    def add(self, word: Shape, near: Near) -> int:
        """Remember a word and return its number."""
        close = sorted(near.close.items())
        parts = (
            self._single.add([word.weight], [word.is_number]),
            self._texts.add(np.frombuffer(word.text.encode(), np.uint8)),
            self._close.add(
                [token for token, _ in close], [said.strength for _, said in close], [said.way for _, said in close]
            ),
            self._rows.add(near.rows, near.evidence),
            self._common.add([token for _, token in near.common], [weight for weight, _ in near.common]),
        )
        if any(parts):
            self._tell()
        self.near.append(near)
        at = self.numbers[word.text] = len(self.near) - 1
        return at

    def _tell(self) -> None:
        weights, is_number = self._single.values
        close, strengths, ways = self._close.values
        rows, evidence = self._rows.values
        common, common_weights = self._common.values
        self.arrays = Words(
            weights, is_number, self._texts.starts, self._texts.values[0], self._close.starts, close, strengths, ways,
            self._rows.starts, rows, evidence, self._common.starts, common, common_weights,
        )  # fmt: skip


def _listed(index: Index) -> Listed:
    """Return an index as the kernel reads it."""
    token_starts, tokens = _codes(index.tokens)
    latin_starts, latins = _codes(index.latins)
    arrays: tuple[NDArray[Any], ...] = (
        index.rows.starts, index.rows.values, index.row_kinds, index.row_forms, index.postings.starts, index.postings.values,
        index.idf, np.array([text.isdigit() for text in index.tokens], np.bool_), token_starts, tokens, latin_starts, latins,
        _contradicting(),
    )  # fmt: skip
    return Listed(*map(_fixed, arrays))


def _codes(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    starts = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(one) for one in texts], out=starts[1:])
    return starts, np.frombuffer("".join(texts).encode("ascii", "replace"), np.uint8)


def _fixed(array: NDArray[Any]) -> NDArray[Any]:
    view = array.view()
    view.flags.writeable = False
    return view


def _contradicting() -> NDArray[np.uint64]:
    count = len(legal.FORMS)
    return np.array(
        [sum(1 << other for other in range(count) if legal.contradict(one, other)) for one in range(count)], np.uint64
    )
