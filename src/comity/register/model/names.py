"""How names are looked for on the search page: folded to plain letters, cut into words, compared word by word.

This finds what somebody types; whether two parties are the same is the business of screening and of resolution.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from anyascii import anyascii
from rapidfuzz import process
from rapidfuzz.distance import Indel

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

WORDS_MAX = 12
"""Words of a query that are looked for; the rest of a long text adds nothing."""

NUMBER_CHARS_MIN = 6
"""From this length on a word with a digit in it is looked for as an identifier; shorter ones are years and house numbers."""

_SIMILAR = 0.7
"""Below this two words have nothing to do with each other."""

_WORD = re.compile(r"[0-9a-z]+")


def words(text: str) -> tuple[str, ...]:
    """Return a text's words in lower-case ASCII, romanised where the script is not Latin."""
    return tuple(_WORD.findall(anyascii(text).lower()))


def joined(text: str) -> str:
    """Return a text as one word without spaces and punctuation: how identifiers are looked for."""
    return "".join(words(text))


def numbers(text: str) -> frozenset[str]:
    """Return what in a text may be an identifier: the whole without its spaces, and every longer word with a digit in it."""
    found = {joined(text), *(word for word in words(text) if len(word) >= NUMBER_CHARS_MIN)}
    return frozenset(one for one in found if any(char.isdigit() for char in one))


class Likeness:
    """How well names answer one query, from 0 to 1.

    Each word of the query counts with its weight for as much as the most similar word of the name; a beginning counts as nearly
    the whole word; what the name has beyond the query costs little. What two words have in common is worked out once.
    """

    def __init__(self, query: Sequence[str], weights: Mapping[str, float]) -> None:
        self._words = [(word, weights.get(word, 1.0), dict[str, float]()) for word in query]
        self._total = sum(weight for _, weight, _ in self._words)

    def of(self, name: Sequence[str]) -> float:
        """Return how well one name answers, given by its words."""
        if not self._words or not name:
            return 0.0
        found = 0.0
        used: set[int] = set()
        for word, weight, known in self._words:
            best, place = 0.0, 0
            for index, other in enumerate(name):
                similar = known.get(other)
                if similar is None:
                    similar = known[other] = _similar(word, other)
                if similar > best:
                    best, place = similar, index
            found += best * weight
            used.add(place)
        extra = 1 - min(len(used), len(name)) / len(name)
        return found / self._total * (1 - 0.1 * extra)


def closest(word: str, others: Iterable[str], least: float, most: int) -> list[str]:
    """Return the words most similar to one, best first, no more than `most` and none less similar than `least`."""
    found = process.extract(word, list(others), scorer=Indel.normalized_similarity, score_cutoff=least, limit=most)
    return [other for other, _, _ in found]


def weight(count: int, total: int) -> float:
    """Return how much a word tells that stands in `count` of `total` names: a rare one tells more."""
    return 1.0 + math.log((1 + total) / (1 + count))


def _similar(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if len(one) > 2 and other.startswith(one):  # noqa: PLR2004 - two letters begin too much
        return 0.95
    similarity = Indel.normalized_similarity(one, other)
    return similarity if similarity >= _SIMILAR else 0.0
