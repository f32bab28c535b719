"""The words of questions, remembered as arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from comity.matching import keys
from comity.matching.compiled.arrays import COLUMNS, END, KEYS_END, Shapes, Words
from comity.matching.finding import REMEMBERED, Near

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.matching.finding import Finder
    from comity.matching.spelling import Shape

ROWS_MAX: Final = 1 << 23
"""Rows near words that are remembered."""
CLOSE_MAX: Final = 1 << 21
"""Tokens near words that are."""
TEXTS_MAX: Final = 1 << 24
"""Letters of all the words that are."""
NUMBERS_MAX: Final = 1 << 21
"""Their pivots, nicknames and further keys."""
NEAR: Final = 6
"""Columns of what is near a word."""
NOTHING: Final = (np.zeros(0, np.int32), np.zeros(0, np.int64))


def head(word: Shape, letters: bytearray, numbers: list[int], more: Sequence[int], own: int) -> list[int]:
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


class Remembered:
    """The words of questions, and room for what is found near them: pages of memory that are taken when they are written to."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self.numbers: dict[str, int] = {}
        self.near: list[Near] = []
        """Of each word nothing but what it is made of: the rest is in arrays."""
        self._ends = [0, 0]
        """How many letters and numbers there are."""
        self._new: tuple[list[list[int]], bytearray, list[int]] = ([], bytearray(), [])
        self.arrays = Words(
            near=np.zeros((REMEMBERED, NEAR), np.int64),
            close=np.zeros((CLOSE_MAX, 2), np.int32),
            rows=np.zeros((ROWS_MAX, 2), np.int32),
            common=np.zeros((CLOSE_MAX, 2), np.int32),
            used=np.zeros(4, np.int64),
            shapes=Shapes(
                np.zeros((REMEMBERED, COLUMNS), np.int32),
                np.zeros(TEXTS_MAX, np.uint8),
                np.zeros(NUMBERS_MAX, np.int32),
            ),
        )

    def clear(self) -> None:
        """Forget everything."""
        self.numbers.clear()
        self.near.clear()
        self.arrays.used[:], self._ends, self._new = 0, [0, 0], ([], bytearray(), [])

    def number(self, word: Shape) -> int:
        """Return the number of a word, a new one if it is new."""
        found = self.numbers.get(word.text)
        if found is None:
            heads, letters, numbers = self._new
            own, more = self._finder.numbers.get(word.text, -1), keys.of_article(word)
            halves = tuple(self._finder.halves(word.readings)) if own < 0 else ()
            heads.append(head(word, letters, numbers, more, own))
            self.near.append(Near({}, *NOTHING, halves=halves))
            found = self.numbers[word.text] = len(self.near) - 1
        return found

    def tell(self) -> bool:
        """Put the new words behind the others; return whether there was room for them."""
        heads, letters, numbers = self._new
        shapes, words, (texts, more) = self.arrays.shapes, len(self.near), self._ends
        ends = [texts + len(letters), more + len(numbers)]
        if words > len(shapes.heads) or ends[0] > len(shapes.letters) or ends[1] > len(shapes.numbers):
            return False
        if heads:
            parts = np.array(heads, np.int32)
            parts[:, : END + 1] += texts
            parts[:, END + 1 : KEYS_END + 1] += more
            shapes.heads[words - len(heads) : words] = parts
            shapes.letters[texts : ends[0]] = np.frombuffer(letters, np.uint8)
            shapes.numbers[more : ends[1]] = numbers
            self._ends, self._new = ends, ([], bytearray(), [])
        return True
