"""The index of a list of names: rows of tokens, and the arrays by which they are found.

A row is one distinct name of one kind; rows point to the entities that bear it. Without that, copies of one name would fill the
answer and push the right one out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

import msgspec
import numpy as np

from comity.matching.names import Kind
from comity.matching.scripts import Script
from comity.matching.spelling import Shape

if TYPE_CHECKING:
    from numpy.typing import NDArray

SCRIPTS: Final = tuple(Script)
LATIN: Final = Script.LATIN
"""An enumeration is slow to look into."""
KEY_BITS: Final = 32

T = TypeVar("T")


class Bearer(NamedTuple):
    """Somebody or something on a list, with the names by which it is known."""

    id: str
    kind: Kind
    names: Sequence[str]


@dataclass(frozen=True)
class Slices:
    """Many short lists of numbers, laid end to end."""

    starts: NDArray[np.int64]
    values: NDArray[np.int32]

    def __getitem__(self, at: int) -> NDArray[np.int32]:
        """Return one of the lists."""
        return self.values[self.starts[at] : self.starts[at + 1]]

    def list(self, at: int) -> list[int]:
        """Return one of the lists as plain numbers; several times quicker than by way of an array."""
        starts, values = self._views
        found: list[int] = values[starts[at] : starts[at + 1]].tolist()
        return found

    def every(self, of: Sequence[T]) -> Sequence[tuple[T, ...]]:
        """Return all the lists, of what the numbers stand for."""
        return [tuple([of[one] for one in numbers]) if numbers else () for numbers in self.numbers()]

    def numbers(self) -> Sequence[tuple[int, ...]]:
        """Return all the lists."""
        values = self.values.tolist()
        return [tuple(values[since:until]) for since, until in pairwise(self.starts.tolist())]

    @cached_property
    def _views(self) -> tuple[memoryview, memoryview]:
        return self.starts.data, self.values.data

    def lengths(self) -> NDArray[np.int64]:
        """Return how long each list is."""
        return np.diff(self.starts)


class Row(msgspec.Struct, frozen=True, gc=False):
    """A listed name: where it stands, and what the index says of it, which is read when it is asked for; of few rows it ever is."""

    number: int
    within: Index
    tokens: Sequence[int]
    """Its words, by number, in the order of the name."""

    @property
    def texts(self) -> list[str]:
        """Its words."""
        return [self.within.tokens[token] for token in self.tokens]

    @property
    def weights(self) -> list[int]:
        """What they weigh."""
        return [self.within.weights[token] for token in self.tokens]

    @property
    def kind(self) -> int:
        """What bears it."""
        return self.within.kinds[self.number]

    @property
    def forms(self) -> int:
        """The legal forms that it names, a bit for each."""
        return self.within.forms[self.number]

    @property
    def native(self) -> bool:
        """Whether most of it is in another script than the Latin."""
        return bool(self.within.native[self.number])

    @property
    def whole(self) -> str:
        """All its words, in alphabetical order."""
        return self.within.wholes[self.number]

    @property
    def latin(self) -> str:
        """The same in ASCII letters."""
        return self.within.latins[self.number]


@dataclass(frozen=True, eq=False)
class Index:
    """What names are looked for in."""

    ids: Sequence[str]
    """Of the entities, sorted."""
    tokens: Sequence[str]
    scripts: NDArray[np.int8]
    idf: NDArray[np.int32]
    keys: NDArray[np.uint32]
    """Sorted; each stands for the token at the same place in `keyed`."""
    keyed: NDArray[np.int32]
    shelves: NDArray[np.int32]
    """Where the keys begin that share their first bits, so that looking for one takes no search."""
    postings: Slices
    """The rows of each token, those of fewest tokens first."""
    rows: Slices
    """The tokens of each row, in the order of the name."""
    bearers: Slices
    """The entities of each row."""
    row_kinds: NDArray[np.int8]
    row_forms: NDArray[np.uint64]
    row_native: NDArray[np.bool_]
    wholes: Sequence[str]
    latins: Sequence[str]
    letters: NDArray[np.uint32]
    """Sorted; the key of all letters of the row at the same place in `lettered`."""
    lettered: NDArray[np.int32]
    said: Sequence[str]
    """What tokens are compared by beside their texts, each once: readings, folded readings and skeletons point here."""
    readings: Slices
    """Of each token; none of a Latin one, which is its own."""
    folds: Slices
    skeletons: Slices
    pivots: Slices
    nicknames: Slices
    concepts: NDArray[np.int16]
    known_in: NDArray[np.uint8]
    spelt_rows: NDArray[np.int32]
    """Sorted: the rows that are spelt in several ways, once for each; how, and by whom, so that one may go without the others."""
    spelt_tokens: Slices
    spelt_bearers: Slices
    spelt_native: NDArray[np.bool_]
    spelt_wholes: Sequence[str]
    spelt_latins: Sequence[str]

    def row(self, number: int) -> Row:
        """Return a row."""
        return Row(number, self, self.rows.list(number))

    def shape(self, token: int) -> Shape:
        """Return what a token is compared by."""
        return self.shapes[token]

    @cached_property
    def shapes(self) -> list[Shape]:
        """What each token is compared by. All are read at once, in a tenth of a second: questions soon need most of them."""
        said = list(self.said)
        scripts = [SCRIPTS[one] for one in self.scripts.tolist()]
        others = zip(scripts, self.tokens, self.readings.every(said), strict=True)
        columns = (
            self.tokens,
            scripts,
            [read if script > LATIN else (text,) for script, text, read in others],
            self.folds.every(said),
            self.skeletons.every(said),
            self.pivots.numbers(),
            self.known_in.tolist(),
            self.nicknames.numbers(),
            self.concepts.tolist(),
            map(str.isdigit, self.tokens),
            self.weights,
        )
        return list(map(Shape, *columns))

    @cached_property
    def kinds(self) -> memoryview:
        """What bears each row; a plain view gives one value several times quicker than an array does."""
        return self.row_kinds.data

    @cached_property
    def forms(self) -> memoryview:
        """The legal forms of each row, a bit for each."""
        return self.row_forms.data

    @cached_property
    def native(self) -> memoryview:
        """Whether most of each row is in another script than the Latin."""
        return self.row_native.data

    @cached_property
    def shelf_bits(self) -> np.uint32:
        """How many bits of a key its shelf does not tell."""
        return np.uint32(KEY_BITS + 1 - len(self.shelves).bit_length())

    @cached_property
    def letters_alone(self) -> frozenset[int]:
        """The tokens of one letter."""
        return frozenset(at for at, text in enumerate(self.tokens) if len(text) == 1)

    @cached_property
    def numeric(self) -> frozenset[int]:
        """The tokens that are numbers."""
        return frozenset(at for at, text in enumerate(self.tokens) if text.isdigit())

    @cached_property
    def lengths(self) -> bytes:
        """How many characters each token has."""
        return bytes(map(len, self.tokens))

    @cached_property
    def weights(self) -> list[int]:
        """The weight of each token."""
        weights: list[int] = self.idf.tolist()
        return weights
