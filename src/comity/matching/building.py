"""Making an index: from a whole list, or from that of yesterday and what has changed since. Both give the same, number by number.

Names that did not change are not read again: reading is most of the work.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias, TypeVar

import numpy as np

from comity.matching import keys
from comity.matching.bulk import spread
from comity.matching.index import KEY_BITS, Index, Slices
from comity.matching.names import Kind, parse
from comity.matching.noting import Noted
from comity.matching.rarity import weight
from comity.matching.scripts import script_of
from comity.matching.spelling import shape

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from comity.matching.index import Bearer
    from comity.matching.scripts import Script

GONE: Final = -1
WORTH_FROM: Final = 200_000
"""Names from which several processes read them."""
ROW_BITS: Final = 31


class Spelling(NamedTuple):
    """A listed name as it was read. Names of the same words and legal forms are one row, in whatever order."""

    kind: int
    texts: tuple[str, ...]
    forms: int
    native: bool
    whole: str
    latin: str


Way: TypeAlias = tuple[int, list[int], Spelling]
"""One of several spellings of a row: the row, who bears it, the spelling."""

Word = TypeVar("Word", str, int)


def build(bearers: Iterable[Bearer], processes: int = 1) -> Index:
    """Return the index of a list. The same list in any order gives the same index.

    `processes` says how many may read a long list; a short one is read sooner than they would have begun.
    """
    with _uncollected():
        ordered = sorted(bearers, key=lambda one: one.id)
        return _assembled(tuple(one.id for one in ordered), _read(dict(enumerate(ordered)), processes), None)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no cycles meanwhile: there are none, and looking for them among millions of names takes longer than their index."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def updated(index: Index, removed: Collection[str], added: Iterable[Bearer]) -> Index:
    """Return the index of a list of which some have gone, by id, and others come; who has changed is named by both.

    It equals `build` of the new list.
    """
    new = {one.id: one for one in added}
    gone = {*removed, *new}
    ids = sorted([*(one for one in index.ids if one not in gone), *new])
    numbers = {one: at for at, one in enumerate(ids)}
    spelt = _read({numbers[one]: bearer for one, bearer in sorted(new.items())})
    places = np.array([GONE if one in gone else numbers[one] for one in index.ids], dtype=np.int32)
    for spelling, held in _spelt(index, places):
        spelt[spelling] = sorted([*spelt.get(spelling, ()), *held])
    return _assembled(tuple(ids), spelt, index)


def _read(bearers: Mapping[int, Bearer], processes: int = 1) -> dict[Spelling, list[int]]:
    """Return who bears each spelling, by number."""
    spelt: dict[Spelling, list[int]] = defaultdict(list)
    words: dict[str, str] = {}
    several = processes if sum([len(one.names) for one in bearers.values()]) >= WORTH_FROM else 1
    read = spread(reader, ((text, one.kind) for one in bearers.values() for text in one.names), several)
    numbers = chain.from_iterable([number] * len(one.names) for number, one in bearers.items())
    for number, said in zip(numbers, read, strict=True):
        if said:
            kind, texts, *others = said
            held = spelt[Spelling(kind, tuple([words.setdefault(text, text) for text in texts]), *others)]
            if not held or held[-1] != number:
                held.append(number)
    return spelt


def reader() -> Callable[[Sequence[tuple[str, Kind]]], list[tuple[Any, ...] | None]]:
    """Return what reads names: their spellings as plain tuples, which travel lighter; None for a text without words."""
    return lambda asked: list(map(_spelling, asked))


def _spelling(asked: tuple[str, Kind]) -> tuple[Any, ...] | None:
    name = parse(*asked)
    if not name.words:
        return None
    latin = name.whole if name.latin == name.whole else name.latin
    return int(name.kind), tuple([one.text for one in name.words]), name.forms, name.native, name.whole, latin


def _spelt(index: Index, places: NDArray[np.int32]) -> Iterable[tuple[Spelling, list[int]]]:
    """Yield the spellings of an index that are still borne, and by whom under new numbers."""
    several = set(index.spelt_rows.tolist())
    kinds, forms, native = index.row_kinds.tolist(), index.row_forms.tolist(), index.row_native.tolist()
    borne = Slices(index.bearers.starts, places[index.bearers.values])
    for row in range(len(index.wholes)):
        held = [one for one in borne.list(row) if one != GONE]
        if held and row not in several:
            texts = tuple([index.tokens[token] for token in index.rows.list(row)])
            yield Spelling(kinds[row], texts, forms[row], native[row], index.wholes[row], index.latins[row]), held
    borne = Slices(index.spelt_bearers.starts, places[index.spelt_bearers.values])
    for at, row in enumerate(index.spelt_rows.tolist()):
        held = [one for one in borne.list(at) if one != GONE]
        if held:
            texts = tuple([index.tokens[token] for token in index.spelt_tokens.list(at)])
            whole, latin = index.spelt_wholes[at], index.spelt_latins[at]
            yield Spelling(kinds[row], texts, forms[row], bool(index.spelt_native[at]), whole, latin), held


def order(words: Sequence[Word], kind: int) -> tuple[Word, ...]:
    """Return words, or their numbers, in an order that ways to write a name share: rising, or three of a person from any on.

    Of two given names of a syllable each the order tells persons apart.
    """
    if kind != Kind.PERSON or len(words) != 3:
        return tuple(sorted(words))
    first, second, third = words
    return min((first, second, third), (second, third, first), (third, first, second))


def _ranked(spelt: Collection[Spelling], numbers: Mapping[str, int]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the places of spellings in the order of the rows that they are, and of these where each begins.

    A row is one kind, the same words in one order, the same legal forms; those of fewest words come first.
    """
    words = slices([order([numbers[text] for text in one.texts], one.kind) for one in spelt])
    kinds = np.fromiter((one.kind for one in spelt), np.int8, len(spelt))
    forms = np.fromiter((one.forms for one in spelt), np.uint64, len(spelt))
    lengths = words.lengths()
    ranked, begins = [np.zeros(0, np.intp)], [np.zeros(0, np.bool_)]
    for length in np.unique(lengths).tolist():
        at = np.flatnonzero(lengths == length)
        columns: list[NDArray[Any]] = [
            kinds[at],
            *(words.values[words.starts[at] + place] for place in range(length)),
            forms[at],
        ]
        by = np.lexsort(columns[::-1])
        changes = [np.append(True, column[by[1:]] != column[by[:-1]]) for column in columns]
        ranked.append(at[by])
        begins.append(np.logical_or.reduce(changes))
    return np.concatenate(ranked), np.flatnonzero(np.concatenate(begins))


def _ways(
    spelt: Mapping[Spelling, list[int]], numbers: Mapping[str, int]
) -> tuple[list[Spelling], list[list[int]], list[Way]]:
    """Return of each row the spelling that speaks, which is that of the first bearer, and who bears it; and those of several."""
    spellings = list(spelt)
    ranked, begins = _ranked(spelt, numbers)
    first = [spellings[at] for at in ranked[begins].tolist()]
    borne = [spelt[one] for one in first]
    several: list[Way] = []
    ends = np.append(begins[1:], len(ranked))
    for row in np.flatnonzero(ends - begins > 1).tolist():
        ways = sorted([(spelt[one], one) for one in (spellings[at] for at in ranked[begins[row] : ends[row]].tolist())])
        first[row] = ways[0][1]
        borne[row] = sorted({at for held, _ in ways for at in held})
        several += [(row, held, spelling) for held, spelling in ways]
    return first, borne, several


def _assembled(ids: tuple[str, ...], spelt: Mapping[Spelling, list[int]], before: Index | None) -> Index:
    """Return the index of spellings."""
    tokens = sorted({text for one in spelt for text in one.texts})
    numbers = {text: at for at, text in enumerate(tokens)}
    first, borne, several = _ways(spelt, numbers)
    del spelt
    rows = slices([[numbers[text] for text in one.texts] for one in first])
    scripts = [script_of(text) for text in tokens]
    noted = Noted()
    looked_for, keyed = _keys(tokens, scripts, before, noted)
    letters = _letters(first)
    by_letters = np.argsort(letters, kind="stable")
    return Index(
        ids=ids,
        tokens=tuple(tokens),
        scripts=np.array(scripts, dtype=np.int8),
        idf=np.array([weight(text) for text in tokens], dtype=np.int32),
        keys=looked_for,
        keyed=keyed,
        shelves=_shelves(looked_for),
        postings=_postings(rows, len(tokens)),
        rows=rows,
        bearers=slices(borne),
        row_kinds=np.array([one.kind for one in first], dtype=np.int8),
        row_forms=np.array([one.forms for one in first], dtype=np.uint64),
        row_native=np.array([one.native for one in first], dtype=np.bool_),
        wholes=tuple([one.whole for one in first]),
        latins=tuple([one.latin for one in first]),
        letters=letters[by_letters],
        lettered=by_letters.astype(np.int32),
        **noted.parts(),
        spelt_rows=np.array([row for row, _, _ in several], dtype=np.int32),
        spelt_tokens=slices([[numbers[text] for text in one.texts] for _, _, one in several]),
        spelt_bearers=slices([held for _, held, _ in several]),
        spelt_native=np.array([one.native for _, _, one in several], dtype=np.bool_),
        spelt_wholes=tuple([one.whole for _, _, one in several]),
        spelt_latins=tuple([one.latin for _, _, one in several]),
    )


def _keys(
    tokens: Sequence[str], scripts: Sequence[Script], before: Index | None, noted: Noted
) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
    """Return all keys, sorted, and whose they are, and note the shapes; what an index has of a token is taken from there."""
    if before is None:
        return keys.every(noted.passing(map(shape, tokens, scripts)))
    known = {text: at for at, text in enumerate(before.tokens)}
    numbers = {text: at for at, text in enumerate(tokens)}
    moved = np.array([numbers.get(text, GONE) for text in before.tokens], dtype=np.int32)
    shapes = {text: shape(text, script) for text, script in zip(tokens, scripts, strict=True) if text not in known}
    for text in tokens:
        noted.add(shapes[text] if text in shapes else before.shape(known[text]))
    new = [numbers[text] for text in shapes]
    more, whose = keys.every(shapes.values())
    kept = moved[before.keyed] != GONE
    found = np.concatenate([before.keys[kept], more])
    keyed = np.concatenate([moved[before.keyed[kept]], np.array(new, dtype=np.int32)[whose]])
    by_key = np.lexsort((keyed, found))
    return found[by_key], keyed[by_key]


def _letters(spellings: Iterable[Spelling]) -> NDArray[np.uint32]:
    """Return the key of all letters of each name, in the likeliest reading of each word."""
    found = []
    for one in spellings:
        texts = one.texts
        if not one.whole.isascii():
            readings = [shape(text, script_of(text)).readings for text in texts]
            texts = tuple([read[0] for read in readings if read])
        found.append(keys.letters(texts))
    return np.array(found, dtype=np.uint32)


def _postings(rows: Slices, tokens: int) -> Slices:
    """Return the rows of each token, in order, each once."""
    numbers = np.repeat(np.arange(len(rows.starts) - 1, dtype=np.int64), rows.lengths())
    pairs = rows.values.astype(np.int64) << ROW_BITS | numbers
    pairs.sort()
    pairs = pairs[np.concatenate([pairs[:1] == pairs[:1], pairs[1:] != pairs[:-1]])]
    starts = np.searchsorted(pairs, np.arange(tokens + 1, dtype=np.int64) << ROW_BITS)
    return Slices(starts.astype(np.int64), (pairs & ((1 << ROW_BITS) - 1)).astype(np.int32))


def _shelves(looked_for: NDArray[np.uint32]) -> NDArray[np.int32]:
    bits = min(max(len(looked_for).bit_length(), 1), KEY_BITS - 1)
    firsts = np.arange((1 << bits) + 1, dtype=np.uint64) << np.uint64(KEY_BITS - bits)
    return np.searchsorted(looked_for, firsts).astype(np.int32)


def slices(lists: Sequence[Sequence[int]]) -> Slices:
    """Return lists laid end to end."""
    starts = np.zeros(len(lists) + 1, dtype=np.int64)
    np.cumsum([len(one) for one in lists], out=starts[1:])
    return Slices(starts, np.fromiter(chain.from_iterable(lists), dtype=np.int32, count=int(starts[-1])))
