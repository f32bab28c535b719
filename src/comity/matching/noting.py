"""The shapes of an index's tokens as flat lists: noted once, when the index is made, and never worked out again."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.matching.index import LATIN, Slices

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from comity.matching.spelling import Shape

OF_TEXTS: Final = ("readings", "folds", "skeletons")
OF_NUMBERS: Final = ("pivots", "nicknames")


class Noted:
    """Shapes that have passed by, in the order of their tokens."""

    def __init__(self) -> None:
        self._said: dict[str, int] = {}
        self._lists = {name: (array("q", [0]), array("i")) for name in OF_TEXTS + OF_NUMBERS}
        self._concepts, self._known_in = array("h"), array("B")

    def passing(self, shapes: Iterable[Shape]) -> Iterator[Shape]:
        """Yield shapes as they come, and note each."""
        for one in shapes:
            self.add(one)
            yield one

    def add(self, shape: Shape) -> None:
        """Note one."""
        readings = () if shape.script <= LATIN else shape.readings
        for name, texts in zip(OF_TEXTS, (readings, shape.folds, shape.skeletons), strict=True):
            self._append(name, [self._said.setdefault(text, len(self._said)) for text in texts])
        self._append("pivots", shape.pivots)
        self._append("nicknames", shape.nicknames)
        self._concepts.append(shape.concept)
        self._known_in.append(shape.known_in)

    def _append(self, name: str, numbers: Sequence[int]) -> None:
        starts, values = self._lists[name]
        values.extend(numbers)
        starts.append(len(values))

    def parts(self) -> dict[str, Any]:
        """Return the fields of an index that tell them."""
        lists = {
            name: Slices(np.array(starts, dtype=np.int64), np.array(values, dtype=np.int32))
            for name, (starts, values) in self._lists.items()
        }
        numbers = {
            "concepts": np.array(self._concepts, dtype=np.int16),
            "known_in": np.array(self._known_in, dtype=np.uint8),
        }
        return {"said": tuple(self._said), **lists, **numbers}
