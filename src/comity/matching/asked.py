"""Names that are asked again and again, keyed by their words, so that a listed word finds those that it can concern.

The same keys by which listed words are found (`keys`), the other way round: what is looked up is a word of the list, what is found
are the names that would look for it. So the work after a change of the list is in proportion to the change.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from zlib import crc32

import numpy as np

from comity.matching import folders, keys, legal
from comity.matching.engine import HALF_LETTERS_MIN, WITHOUT_FORMS
from comity.matching.index import SCRIPTS, Slices
from comity.matching.names import Kind, parse
from comity.matching.spelling import shape, splits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from comity.matching.names import Name
    from comity.matching.spelling import Shape

UNGLUED_MAX: Final = 8
"""Ways to take legal words off a name that are foreseen whole; of a name with more, each half is foreseen by itself."""


TEXTS: Final = ("texts", "words", "spelled", "backwards")
SLICES: Final = ("spoken", "held", "wider")


class Asked(NamedTuple):
    """One name that is asked."""

    text: str
    kind: Kind


@dataclass(frozen=True)
class Askings:
    """Names that are asked, by number, and the arrays by which a listed word finds them."""

    texts: Sequence[str]
    kinds: NDArray[np.int8]
    sums: NDArray[np.uint32]
    """Sorted checksums of the names at the same places in `summed`."""
    summed: NDArray[np.int32]
    words: Sequence[str]
    """Every word of any of them."""
    scripts: NDArray[np.int8]
    keys: NDArray[np.uint32]
    """Sorted; each stands for the word at the same place in `keyed`."""
    keyed: NDArray[np.int32]
    spoken: Slices
    """The words of each name as it is written, in its order."""
    held: Slices
    """The names in which each word stands, a name as often as the word stands in it."""
    wider: Slices
    """The names in which each word stands only as they may be written too: with a legal word taken off, or syllables joined."""
    letters: NDArray[np.uint32]
    """Sorted; the key of all letters of the name at the same place in `lettered`."""
    lettered: NDArray[np.int32]
    joined: NDArray[np.uint32]
    """Sorted checksums of two neighbouring words written as one, of the names in `joining`: `~name` as it may be written too."""
    joining: NDArray[np.int32]
    initials: NDArray[np.int8]
    """How many words of one letter each name has."""
    spelled: Sequence[str]
    """Sorted: every way in which the word at the same place in `spelling` is read."""
    spelling: NDArray[np.int32]
    backwards: Sequence[str]
    """The same from the last letter to the first, and sorted so; the words stand in `backing`."""
    backing: NDArray[np.int32]
    loose: NDArray[np.bool_]
    """Names that may be written in another way too: a legal word may be glued to one of their words, or syllables be joined."""

    def number(self, of: Asked) -> int | None:
        """Return the number of a name; None where it is not one of these."""
        key = np.uint32(crc32(of.text.encode()))
        since, until = np.searchsorted(self.sums, key, "left"), np.searchsorted(self.sums, key, "right")
        found = self.summed[since:until].tolist()
        return next((one for one in found if self.texts[one] == of.text and self.kinds[one] == of.kind), None)

    def shape(self, word: int) -> Shape:
        """Return what a word is compared by."""
        return shape(self.words[word], SCRIPTS[self.scripts[word]])


def keep(askings: Askings, folder: Path) -> None:
    """Write askings into a folder."""
    for one in fields(askings):
        value = getattr(askings, one.name)
        if isinstance(value, Slices):
            folders.put_slices(folder, one.name, value)
        elif isinstance(value, np.ndarray):
            folders.put(folder, one.name, value)
        else:
            folders.put_texts(folder, one.name, value)


def opened(folder: Path) -> Askings:
    """Open the askings of a folder, mapped into memory. Raises `OSError`, `ValueError`."""
    parts: dict[str, Any] = {}
    for one in fields(Askings):
        opens = folders.texts if one.name in TEXTS else folders.slices if one.name in SLICES else folders.array
        parts[one.name] = opens(folder, one.name)
    return Askings(**parts)


def build(asked: Iterable[Asked]) -> Askings:
    """Key some names by their words."""
    texts: list[str] = []
    kinds: list[int] = []
    numbers: dict[Shape, int] = {}
    spoken: list[array[int]] = []
    held: dict[int, array[int]] = defaultdict(lambda: array("i"))
    wider: dict[int, array[int]] = defaultdict(lambda: array("i"))
    letters, lettered, joined, joining = array("I"), array("i"), array("I"), array("i")
    loose: list[bool] = []
    initials = array("b")
    for number, one in enumerate(asked):
        texts.append(one.text)
        kinds.append(one.kind)
        name = parse(one.text, one.kind)
        others = [*name.others(), *_unglued(one, name)]
        loose.append(bool(others))
        initials.append(sum(len(word.text) == 1 for word in name.words))
        spoken.append(array("i", [numbers.setdefault(word, len(numbers)) for word in name.words]))
        for each in (name, *others):
            for word in each.words:
                (held if each is name else wider)[numbers.setdefault(word, len(numbers))].append(number)
            letters.append(letters_of(each))
            lettered.append(number)
            for text in joined_words(each):
                joined.append(crc32(text.encode()))
                joining.append(number if each is name else ~number)
    words = list(numbers)
    sorted_keys, sorted_words = keys.every(words)
    sorted_letters, sorted_names = _sorted(letters, lettered)
    sorted_joined, sorted_joining = _sorted(joined, joining)
    sums, summed = _sorted(array("I", [crc32(text.encode()) for text in texts]), array("i", range(len(texts))))
    spelled, spelling = _spelled(words, 1)
    backwards, backing = _spelled(words, -1)
    return Askings(
        texts=texts,
        kinds=np.array(kinds, dtype=np.int8),
        sums=sums,
        summed=summed,
        words=[word.text for word in words],
        scripts=np.array([SCRIPTS.index(word.script) for word in words], dtype=np.int8),
        keys=sorted_keys,
        keyed=sorted_words,
        spoken=_end_to_end(spoken),
        held=_end_to_end([held[at] for at in range(len(words))]),
        wider=_end_to_end([wider[at] for at in range(len(words))]),
        letters=sorted_letters,
        lettered=sorted_names,
        joined=sorted_joined,
        joining=sorted_joining,
        initials=np.array(initials, dtype=np.int8),
        spelled=spelled,
        spelling=spelling,
        backwards=backwards,
        backing=backing,
        loose=np.array(loose, dtype=np.bool_),
    )


def letters_of(name: Name) -> int:
    """Return the key of all letters of a name."""
    return keys.letters(one.readings[0] for one in name.words if one.readings)


def joined_words(name: Name) -> Iterator[str]:
    """Yield what two neighbouring words of a name are as one."""
    for left, right in pairwise(name.words):
        yield from (one + other for one in left.readings for other in right.readings)


def _unglued(asked: Asked, name: Name) -> Iterator[Name]:
    """Yield the other names that this may be read as, if the list knows what is left of a word without its legal half."""
    if asked.kind in WITHOUT_FORMS:
        return
    texts, halved = [asked.text.casefold()], []
    for word in name.words:
        for two in _halves(word.text):
            halved.append(two)
            texts += [text.replace(word.text, two) for text in texts[: UNGLUED_MAX + 1]]
    yield from (parse(text, asked.kind) for text in texts[1 : UNGLUED_MAX + 1])
    if len(texts) > UNGLUED_MAX + 1:
        yield from (parse(text, asked.kind) for text in halved)


def _halves(word: str) -> Iterator[str]:
    for left, right in splits(word, HALF_LETTERS_MIN):
        if legal.is_legal_word(right) or legal.is_legal_word(left):
            yield f"{left} {right}"


def _spelled(words: list[Shape], turn: int) -> tuple[list[str], NDArray[np.int32]]:
    read = sorted({(text[::turn], at) for at, word in enumerate(words) for text in (word.text, *word.readings)})
    return [text for text, _ in read], np.array([at for _, at in read], dtype=np.int32)


def _end_to_end(lists: list[array[int]]) -> Slices:
    starts = np.zeros(len(lists) + 1, dtype=np.int64)
    np.cumsum([len(one) for one in lists], out=starts[1:])
    return Slices(starts, np.frombuffer(b"".join(one.tobytes() for one in lists), dtype=np.int32))


def _sorted(values: array[int], of: array[int]) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
    found = np.frombuffer(values, dtype=np.uint32) if values else np.zeros(0, np.uint32)
    order = np.argsort(found, kind="stable")
    return found[order], np.frombuffer(of, dtype=np.int32)[order] if of else np.zeros(0, np.int32)
