"""The index of a list of names: rows of tokens, and the arrays by which they are found.

A row is one distinct name of one kind; rows point to the entities that bear it. Without that, copies of one name would fill the
answer and push the right one out.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from math import log
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from comity.matching import keys
from comity.matching.names import Kind, parse
from comity.matching.scripts import Script
from comity.matching.spelling import REMEMBERED, shape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from comity.matching.names import Name
    from comity.matching.spelling import Shape

NAMES_USUAL: Final = 55_000
"""The names of a list on which the score was fitted: a word is as rare in a small list, or a large one, as it would be in that."""
SCRIPTS: Final = tuple(Script)
KEY_BITS: Final = 32
IDF_UNIT: Final = 100
"""The weight of a token is the natural logarithm of its rarity, in hundredths."""


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
            found = self._shapes[token] = shape(self.tokens[token], SCRIPTS[self.scripts[token]])
        return found

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
    def weights(self) -> list[int]:
        """The weight of each token."""
        weights: list[int] = self.idf.tolist()
        return weights

    @cached_property
    def idf_max(self) -> int:
        """The weight of a word that stands in no other name."""
        return int(log(NAMES_USUAL) * IDF_UNIT)


def build(bearers: Iterable[Bearer]) -> Index:
    """Return the index of a list. The same list in any order gives the same index."""
    ordered = sorted(bearers, key=lambda one: one.id)
    found: dict[tuple[object, ...], tuple[Name, list[int]]] = {}
    for number, bearer in enumerate(ordered):
        for text in bearer.names:
            name = parse(text, bearer.kind)
            if name.words:
                key = (bearer.kind, _order([one.text for one in name.words], bearer.kind), name.forms)
                held = found.setdefault(key, (name, []))[1]
                if not held or held[-1] != number:
                    held.append(number)
    rows = sorted(found.items(), key=lambda item: (len(item[0][1]), item[0]))  # type: ignore[arg-type]
    names = [name for _, (name, _) in rows]
    shapes: dict[str, Shape] = {}
    for name in names:
        for one in name.words:
            shapes.setdefault(one.text, one)
    tokens = sorted(shapes)
    number_of = {text: at for at, text in enumerate(tokens)}
    return _arrays(
        ids=tuple(one.id for one in ordered),
        shapes=[shapes[text] for text in tokens],
        rows=[[number_of[one.text] for one in name.words] for name in names],
        names=names,
        held=[held for _, (_, held) in rows],
    )


def _order(words: list[str], kind: Kind) -> tuple[str, ...]:
    """Return words in an order that several ways to write one name share: alphabetical, or for three of a person from any on.

    Of two given names of a syllable each the order tells persons apart.
    """
    if kind is not Kind.PERSON or len(words) != 3:
        return tuple(sorted(words))
    first, second, third = words
    return min((first, second, third), (second, third, first), (third, first, second))


def _arrays(
    *, ids: tuple[str, ...], shapes: list[Shape], rows: list[list[int]], names: list[Name], held: list[list[int]]
) -> Index:
    postings: dict[int, array[int]] = defaultdict(lambda: array("i"))
    for row, tokens in enumerate(rows):
        for token in dict.fromkeys(tokens):
            postings[token].append(row)
    lists = [postings[token] for token in range(len(shapes))]
    frequency = np.array([len(one) for one in lists], dtype=np.int64)
    looked_for, keyed = keys.every(shapes)
    letters = np.array(
        [keys.letters(one.readings[0] for one in name.words if one.readings) for name in names], dtype=np.uint32
    )
    by_letters = np.argsort(letters, kind="stable")
    return Index(
        ids=ids,
        tokens=tuple(one.text for one in shapes),
        scripts=np.array([one.script for one in shapes], dtype=np.int8),
        idf=_rarity([one.text for one in shapes], frequency, len(rows)),
        keys=looked_for,
        keyed=keyed,
        shelves=_shelves(looked_for),
        postings=_slices(lists),
        rows=_slices(rows),
        bearers=_slices(held),
        row_kinds=np.array([name.kind for name in names], dtype=np.int8),
        row_forms=np.array([name.forms for name in names], dtype=np.uint64),
        row_native=np.array([name.native for name in names], dtype=np.bool_),
        wholes=tuple(name.whole for name in names),
        latins=tuple(name.latin for name in names),
        letters=letters[by_letters],
        lettered=by_letters.astype(np.int32),
    )


def _rarity(texts: list[str], frequency: NDArray[np.int64], names: int) -> NDArray[np.int32]:
    """Return the weight of each word: how rare it is in the list, or in names at large where it is more common there."""
    at_large = _at_large()
    common = np.array([at_large.get(text, 1) for text in texts], dtype=np.float64)
    here = frequency * min(1.0, NAMES_USUAL / max(names, 1))
    rarity: NDArray[np.int32] = (np.log(NAMES_USUAL / np.maximum(np.maximum(here, common), 1.0)) * IDF_UNIT).astype(
        np.int32
    )
    return np.maximum(rarity, 1)


@cache
def _at_large() -> dict[str, int]:
    """Return in how many of the usual number of names a word stands; `bench/names/frequency.py` counts them."""
    lines = (files(__package__) / "data" / "frequency.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return {word: int(count) for word, count in pairs}


def _shelves(keys: NDArray[np.uint32]) -> NDArray[np.int32]:
    bits = min(max(len(keys).bit_length(), 1), KEY_BITS - 1)
    firsts = np.arange((1 << bits) + 1, dtype=np.uint64) << np.uint64(KEY_BITS - bits)
    return np.searchsorted(keys, firsts).astype(np.int32)


def _slices(lists: Sequence[Sequence[int]]) -> Slices:
    starts = np.zeros(len(lists) + 1, dtype=np.int64)
    np.cumsum([len(one) for one in lists], out=starts[1:])
    values = np.fromiter((value for one in lists for value in one), dtype=np.int32, count=int(starts[-1]))
    return Slices(starts, values)
