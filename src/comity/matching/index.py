"""The index of a list of names: rows of tokens, and the arrays by which they are found.

A row is one distinct name of one kind; rows point to the entities that bear it. Without that, copies of one name would fill the
answer and push the right one out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from comity.matching.names import Kind
from comity.matching.scripts import Script
from comity.matching.spelling import REMEMBERED, Shape

if TYPE_CHECKING:
    from numpy.typing import NDArray

SCRIPTS: Final = tuple(Script)
LATIN: Final = Script.LATIN
"""An enumeration is slow to look into."""
KEY_BITS: Final = 32


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

    @cached_property
    def _views(self) -> tuple[memoryview, memoryview]:
        return self.starts.data, self.values.data

    def lengths(self) -> NDArray[np.int64]:
        """Return how long each list is."""
        return np.diff(self.starts)


class Row(NamedTuple):
    """A listed name, spelled out."""

    number: int
    tokens: list[int]
    texts: list[str]
    weights: list[int]
    kind: int
    forms: int
    native: bool
    whole: str
    latin: str


@dataclass(frozen=True)
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
        """Return a row, spelled out."""
        tokens = self.rows.list(number)
        return Row(
            number=number,
            tokens=tokens,
            texts=[self.tokens[token] for token in tokens],
            weights=[self.weights[token] for token in tokens],
            kind=int(self.row_kinds[number]),
            forms=int(self.row_forms[number]),
            native=bool(self.row_native[number]),
            whole=self.wholes[number],
            latin=self.latins[number],
        )

    def shape(self, token: int) -> Shape:
        """Return what a token is compared by."""
        found = self._shapes.get(token)
        if found is None:
            if len(self._shapes) >= REMEMBERED:
                self._shapes.clear()
            found = self._shapes[token] = self._shape(token)
        return found

    def _shape(self, token: int) -> Shape:
        text, script, said = self.tokens[token], SCRIPTS[self._scripts[token]], self.said
        return Shape(
            text=text,
            script=script,
            readings=tuple([said[one] for one in self.readings.list(token)]) if script > LATIN else (text,),
            folds=tuple([said[one] for one in self.folds.list(token)]),
            skeletons=tuple([said[one] for one in self.skeletons.list(token)]),
            pivots=tuple(self.pivots.list(token)),
            known_in=self._known_in[token],
            nicknames=tuple(self.nicknames.list(token)),
            concept=self._concepts[token],
            is_number=text.isdigit(),
            weight=self.weights[token],
        )

    @cached_property
    def _scripts(self) -> bytes:
        return self.scripts.tobytes()

    @cached_property
    def _concepts(self) -> memoryview:
        return self.concepts.data

    @cached_property
    def _known_in(self) -> bytes:
        return self.known_in.tobytes()

    @cached_property
    def _shapes(self) -> dict[int, Shape]:
        return {}

    @cached_property
    def shelf_bits(self) -> np.uint32:
        """How many bits of a key its shelf does not tell."""
        return np.uint32(KEY_BITS + 1 - len(self.shelves).bit_length())

    @cached_property
    def letters_alone(self) -> frozenset[int]:
        """The tokens of one letter."""
        return frozenset(at for at, text in enumerate(self.tokens) if len(text) == 1)

    @cached_property
    def lengths(self) -> bytes:
        """How many characters each token has."""
        return bytes(map(len, self.tokens))

    @cached_property
    def weights(self) -> list[int]:
        """The weight of each token."""
        weights: list[int] = self.idf.tolist()
        return weights
