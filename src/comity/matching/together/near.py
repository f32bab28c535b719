"""What is near the words of a batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from comity.matching.finding import Near

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.matching.finding import Finder
    from comity.matching.spelling import Shape
    from comity.matching.together.asked import Numbers

TOKEN_BITS = 32


class Met(NamedTuple):
    """Which listed tokens the words of a batch may be."""

    keys: Numbers
    """Word and token in one number, rising."""
    said: Numbers
    """The strength, and the way in the lowest bits."""

    def of(self, words: Numbers, tokens: Numbers) -> tuple[Numbers, Numbers]:
        """Return how strongly words are tokens, and in which way; nothing where they are not."""
        wanted = (words << TOKEN_BITS) + tokens
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        found = np.where(self.keys[at] == wanted, self.said[at], 0)
        return found >> 4, found & 15


def plainly(words: Sequence[Shape], finder: Finder) -> tuple[list[Near], Met]:
    near = [finder.near(one) for one in words]
    keys, said = [-1], [0]
    for at, one in enumerate(near):
        for token, (strength, way) in sorted(one.close.items()):
            keys.append((at << TOKEN_BITS) + token)
            said.append((strength << 4) + way)
    return near, Met(np.array(keys, np.int64), np.array(said, np.int64))
