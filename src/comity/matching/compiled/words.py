"""The words of questions, remembered as arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.matching import keys
from comity.matching.compiled.arrays import COLUMNS, KEYS_END, END, Shapes, Words
from comity.matching.finding import COMMON_FROM, LOOKED_AT_MAX, REMEMBERED, Near

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from comity.matching.finding import Finder
    from comity.matching.spelling import Shape

ROWS_REMEMBERED: Final = 1 << 23
"""Rows near words that are remembered, sixty megabytes of them."""
NEAR: Final = 6
"""Columns of what is near a word."""


def head(
    word: Shape, letters: bytearray, numbers: list[int], more: Sequence[int], own: int
) -> list[int]:
    """Add the texts and numbers of a word to others, and return what is said of it, column by column.

    `more` are keys beside those that its parts have, and `own` is the listed token that it is.
    """
    said = [len(letters)]
    letters += word.text.encode()
    for texts in (word.readings, word.folds, word.skeletons):
        said.append(len(letters))
        letters += "".join([f"{one} " for one in texts]).encode()
    said += (len(letters), len(numbers))
    numbers += word.pivots
    said += (len(numbers), len(numbers))
    numbers += word.nicknames
    said.append(len(numbers))
    numbers += [one - (one >> 31 << 32) for one in more]  # the bits of an unsigned number
    reading = word.readings[0] if word.readings else word.text
    initial = 0 if reading[:1].isdigit() else ord(reading[0])
    return [
        *said, len(numbers), word.script, len(word.text), word.concept, word.known_in, word.is_number, ord(word.text[0]),
        word.weight, own, initial, len(reading) == 1,
    ]  # fmt: skip


class Grown:
    """An array to which more is added; it is exchanged for a longer one where there is no room."""

    def __init__(self, kind: Any, room: int, width: int = 0) -> None:
        self.values: NDArray[Any] = np.zeros((room, width) if width else room, kind)

    def room(self, count: int) -> bool:
        """Make room for so many in all; return whether the array was exchanged."""
        if count <= len(self.values):
            return False
        longer = np.zeros((max(count, 2 * len(self.values)), *self.values.shape[1:]), self.values.dtype)
        longer[: len(self.values)] = self.values
        self.values = longer
        return True


class Remembered:
    """The words of questions, and room for what is found near them."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self.numbers: dict[str, int] = {}
        self.near: list[Near] = []
        """Of each word nothing but what it is made of: the rest is in arrays."""
        self._heads, self._letters = Grown(np.int32, 1024, COLUMNS), Grown(np.uint8, 1 << 16)
        self._numbers, self._near = Grown(np.int32, 1 << 12), Grown(np.int64, 1024, NEAR)
        self._close, self._common = Grown(np.int32, 1 << 14, 2), Grown(np.int32, 1 << 14, 2)
        self._rows = Grown(np.int32, 1 << 16, 2)
        self._used = np.zeros(4, np.int64)
        self._ends = [0, 0]
        """How many letters and numbers there are."""
        self._new: tuple[list[list[int]], bytearray, list[int]] = ([], bytearray(), [])
        self.arrays = self._told()

    def spare(self, count: int) -> None:
        """Forget everything where there is no room for so many more words."""
        if len(self.near) + count > REMEMBERED or self._used[2] > ROWS_REMEMBERED:
            self.numbers.clear()
            self.near.clear()
            self._used[:], self._ends = 0, [0, 0]

    def number(self, word: Shape) -> int:
        """Return the number of a word, a new one if it is new."""
        found = self.numbers.get(word.text)
        if found is None:
            heads, letters, numbers = self._new
            halves, more, own = self._finder.halves(word), keys.of_article(word), self._finder.numbers.get(word.text, -1)
            heads.append(head(word, letters, numbers, more, own))
            self.near.append(Near({}, *NOTHING, halves=halves))
            found = self.numbers[word.text] = len(self.near) - 1
        return found

    def tell(self) -> bool:
        """Put the new words behind the others; return whether arrays were exchanged for longer ones."""
        heads, letters, numbers = self._new
        if not heads:
            return False
        words, texts, more = len(self.near), self._ends[0], self._ends[1]
        self._ends = [texts + len(letters), more + len(numbers)]
        since = words - len(heads)
        parts = np.array(heads, np.int32)
        parts[:, : END + 1] += texts
        parts[:, END + 1 : KEYS_END + 1] += more
        grown = [self._heads.room(words), self._near.room(words), self._letters.room(self._ends[0]), self._numbers.room(self._ends[1])]
        self._heads.values[since:words] = parts
        self._letters.values[texts : self._ends[0]] = np.frombuffer(letters, np.uint8)
        self._numbers.values[more : self._ends[1]] = numbers
        self._new = ([], bytearray(), [])
        if any(grown):
            self.arrays = self._told()
        return any(grown)

    def longer(self) -> None:
        """Make room for what may be near one more word."""
        used = self._used
        self._close.room(used[1] + LOOKED_AT_MAX)
        self._rows.room(used[2] + LOOKED_AT_MAX * COMMON_FROM)
        self._common.room(used[3] + LOOKED_AT_MAX)
        self.arrays = self._told()

    def _told(self) -> Words:
        known = Shapes(self._heads.values, self._letters.values, self._numbers.values)
        return Words(self._near.values, self._close.values, self._rows.values, self._common.values, self._used, known)


NOTHING: Final = (np.zeros(0, np.int32), np.zeros(0, np.int64))
