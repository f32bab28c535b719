"""Finding listed names within running text: an invoice's purpose, an instruction, a line that may be a name or an address.

A name is asked about as a whole; a text is not a name, and most of its words are nobody's. So here a listed name must stand
in the text nearly whole, its words beside each other, at least one of them rare, and all together weigh `EVIDENCE_MIN`. A
mention is judged by its own words: how long the text is, and what else stands in it, changes nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from comity.matching.engine import Match
from comity.matching.finding import Finder
from comity.matching.names import COMPOUNDED, LIGHT, Kind, parse
from comity.matching.spelling import splits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from comity.matching.engine import Engine
    from comity.matching.index import Row

EVIDENCE_MIN: Final = 1_100
"""What the words of a mention weigh together at least, in hundredths of a natural logarithm: about two words that one name of
two hundred holds each. A word that stands in no other name weighs 1,091."""
SINGLE_MIN: Final = 700
"""What the one word of a name of one word weighs at least."""
SINGLE_LETTERS_MIN: Final = 5
STRENGTH_MIN: Final = 80
"""The closeness from which a word of the text may be the listed one: another spelling, or a slip in a word of five letters."""
SLIP_LETTERS_MIN: Final = 6
"""Letters of a word in which a slip is forgiven; in running text a shorter one is another word."""
SPELLED: Final = 87
"""The closeness of another spelling; below are slips and sounds."""
COVER_MIN_PERCENT: Final = 50
"""How much of a listed name's weight must stand in the text."""
RARE_ROWS_MAX: Final = 300
"""Listed names that hold a word which may begin a mention; at least one word of every mention is as rare."""
CUT_LETTERS_MIN: Final = 3
"""Letters that are left of a word which the field's end cut off."""
CUT_STRENGTH: Final = 90
CUT_TOKENS_MAX: Final = 200
HALF_LETTERS_MIN: Final = 3
JOINED_LETTERS_MIN: Final = 8
WORDS_REMEMBERED: Final = 65_536
WORD: Final = re.compile(r"[^\W_]+(?:['\u2018\u2019`\u00b4][^\W_]+)*")


class Mention(NamedTuple):
    """A listed name that stands in a text."""

    match: Match
    start: int
    """Where it begins in the text, in characters."""
    end: int
    words: int
    """Words of the listed name that stand there."""
    left: int
    """Words of it that do not."""
    weight: int
    """What those that do weigh together."""
    is_spelled: bool
    """Whether each is the listed word or a known spelling of it, without a slip."""
    is_cut: bool
    """Whether the field's end cut the last word."""


class _Spot(NamedTuple):
    """One or two words of the text, and the listed tokens that they may be."""

    first: int
    last: int
    close: dict[int, int]
    """Strength by token."""
    is_cut: bool = False
    """Whether the field ends within the word."""


class Reader:
    """Reads texts for the names of one index. Not for several threads at once: each has its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._index = index = engine.index
        self._finder = Finder(index)
        self._numbers = self._finder.numbers
        self._rows_of = index.postings.lengths()
        weights = np.array(index.weights, dtype=np.int64)[index.rows.values]
        self._total = np.add.reduceat(weights, index.rows.starts[:-1]) if len(weights) else np.zeros(0, np.int64)
        self._close = lru_cache(WORDS_REMEMBERED)(self._close_to)
        self._is_near = lru_cache(WORDS_REMEMBERED)(self._touch)

    def read(self, text: str, *, is_cut: bool = False) -> list[Mention]:
        """Return the listed names that stand in a text, in its order; `is_cut` says that its last word may go on beyond the field.

        The same text gives the same mentions, whatever was read before.
        """
        words = [(found.start(), found.end(), found.group()) for found in WORD.finditer(text)]
        spots = list(self._spots([word for *_, word in words]))
        cut = self._cut(words[-1][2], len(words) - 1) if is_cut and words else None
        found = []
        for number in self._candidates([*spots, cut] if cut else spots):
            row = self._index.row(number)
            for one in (spots, [*spots, cut]) if cut else (spots,):
                standing = _standing(row, one)
                if standing and (mention := self._mention(words, row, standing)):
                    found.append(mention)
                    break
        return sorted(found, key=lambda one: (one.start, -one.match.points, one.match.row.number))

    def touches(self, text: str) -> bool:
        """Return whether any word of a text may be one of a listed name: what does not touch the list is no mention, and no name.

        A hundred times as quick as reading, where the list is short.
        """
        words = WORD.findall(text)
        return any(map(self._is_near, words)) or any(
            (left + right).casefold() in self._numbers for left, right in pairwise(words)
        )

    def _touch(self, word: str) -> bool:
        if word.isdigit():
            return (word.lstrip("0") or "0") in self._numbers
        near = any(self._finder.near(one).close for one in parse(word, Kind.ANY).words)
        return near or any(True for _ in self._halves(word.casefold()))

    def _close_to(self, word: str) -> dict[int, int]:
        """Return the listed tokens that one word of a text may be."""
        parsed = parse(word, Kind.ANY).words
        if len(parsed) != 1 or (len(parsed[0].text) == 1 and parsed[0].text.isascii()):
            return {}
        shape = parsed[0]
        if any(char.isdigit() for char in shape.text):
            token = self._numbers.get(shape.text)
            return {} if token is None else {token: 100}
        least = STRENGTH_MIN if len(shape.text) >= SLIP_LETTERS_MIN or not shape.text.isascii() else SPELLED
        return {token: one.strength for token, one in self._finder.near(shape).close.items() if one.strength >= least}

    def _spots(self, words: Sequence[str]) -> Iterator[_Spot]:
        for at, word in enumerate(words):
            close = self._close(word)
            if close and word.casefold() not in LIGHT:
                yield _Spot(at, at, close)
            elif len(word) >= JOINED_LETTERS_MIN and word.isalpha():
                yield from (_Spot(at, at, half) for half in self._halves(word.casefold()))
        for at, (left, right) in enumerate(pairwise(words)):
            if close := self._joined(left, right):
                yield _Spot(at, at + 1, close)

    def _joined(self, left: str, right: str) -> dict[int, int]:
        """Return the listed token that two neighbours make: a compound, or a word that a line's end broke."""
        if left.isdigit() or right.isdigit():
            return {}
        if left[:3].casefold() == "abd" or right.casefold() in COMPOUNDED or not left.isascii():
            parsed = parse(f"{left} {right}", Kind.ANY).words
            if len(parsed) == 1 and not {left.casefold(), right.casefold()} & LIGHT:
                return self._close(parsed[0].text)
        token = self._numbers.get((left + right).casefold())
        return {} if token is None else {token: CUT_STRENGTH}

    def _halves(self, word: str) -> Iterator[dict[int, int]]:
        """Yield the listed tokens that were written as one word: each pair of them."""
        for one, other in splits(word, HALF_LETTERS_MIN):
            left, right = self._numbers.get(one), self._numbers.get(other)
            if left is not None and right is not None and left != right:
                yield {left: 100}
                yield {right: 100}

    def _cut(self, word: str, at: int) -> _Spot | None:
        start = word.casefold()
        if len(start) < CUT_LETTERS_MIN or not start.isalpha():
            return None
        since = bisect_left(self._index.tokens, start)
        until = min(bisect_left(self._index.tokens, start + "\U0010ffff"), since + CUT_TOKENS_MAX)
        close = {token: CUT_STRENGTH for token in range(since, until) if self._index.tokens[token] != start}
        return _Spot(at, at, close, is_cut=True) if close else None

    def _candidates(self, spots: Sequence[_Spot]) -> list[int]:
        """Return the rows of whose words enough stands somewhere in the text."""
        index = self._index
        best: dict[int, int] = {}
        for spot in spots:
            for token, strength in spot.close.items():
                best[token] = max(best.get(token, 0), strength)
        rare = [token for token in best if self._rows_of[token] <= RARE_ROWS_MAX]
        if not rare:
            return []
        worth = [index.weights[token] * best[token] // 100 for token in rare]
        rows = np.concatenate([index.postings[token] for token in rare])
        touched, place = np.unique(rows, return_inverse=True)
        sums = np.bincount(place, np.repeat(worth, [self._rows_of[token] for token in rare])).astype(np.int64)
        for token in best.keys() - set(rare):
            self._add(token, best[token], touched, sums)
        total = self._total[touched]
        enough = (sums >= min(SINGLE_MIN, EVIDENCE_MIN)) & (sums * 100 >= total * COVER_MIN_PERCENT)
        chosen: list[int] = touched[enough].tolist()
        return chosen

    def _add(self, token: int, strength: int, touched: NDArray[np.int32], sums: NDArray[np.int64]) -> None:
        """Add what a common word says for the rows that a rare one has found."""
        rows = self._index.postings[token]
        places = np.minimum(np.searchsorted(rows, touched), len(rows) - 1)
        sums[rows[places] == touched] += self._index.weights[token] * strength // 100

    def _mention(
        self, words: Sequence[tuple[int, int, str]], row: Row, standing: dict[int, tuple[_Spot, int]]
    ) -> Mention | None:
        first = min(spot.first for spot, _ in standing.values())
        last = max(spot.last for spot, _ in standing.values())
        cut = next((at for at, (spot, _) in standing.items() if spot.is_cut), None)
        if not _is_whole(row, standing, cut) or not _is_tight(words[first : last + 1], standing):
            return None
        weights = row.weights
        weight = sum(weights[at] * strength // 100 for at, (_, strength) in standing.items())
        least = min(strength for _, strength in standing.values())
        if not _is_enough(row, weight, least, standing):
            return None
        said = _said([word for *_, word in words], row, standing, cut)
        left = len(row.tokens) - len(standing)
        return Mention(
            match=self._engine.against(self._engine.parse(said), row.number),
            start=words[first][0],
            end=words[last][1],
            words=len(standing),
            left=left,
            weight=weight,
            is_spelled=least >= SPELLED,
            is_cut=cut is not None,
        )


def _standing(row: Row, spots: Sequence[_Spot]) -> dict[int, tuple[_Spot, int]] | None:
    """Return where the words of a row stand in a text, beside its rarest word; None where even that does not."""
    tokens, weights = row.tokens, row.weights
    order = sorted(range(len(tokens)), key=lambda at: (-weights[at], at))
    best: dict[int, tuple[_Spot, int]] | None = None
    held = next((at for at in order if any(tokens[at] in spot.close for spot in spots)), None)
    if held is None:
        return None
    for anchor in (spot for spot in spots if tokens[held] in spot.close):
        found = {held: (anchor, anchor.close[tokens[held]])}
        for at in order:
            near = [spot for spot in spots if at != held and tokens[at] in spot.close and _is_free(spot, found)]
            if near:
                spot = min(near, key=lambda one: (abs(one.first - anchor.first), -one.close[tokens[at]], one.first))
                if abs(spot.first - anchor.first) <= 2 * len(tokens):
                    found[at] = (spot, spot.close[tokens[at]])
        if best is None or (len(found), -_width(found)) > (len(best), -_width(best)):
            best = found
    return best


def _said(words: Sequence[str], row: Row, standing: dict[int, tuple[_Spot, int]], cut: int | None) -> str:
    """Return the mention as a name: as it stands, but words that were joined, broken or cut off as the list has them."""
    spots = [spot for spot, _ in standing.values()]
    mended: dict[int, list[str]] = {}
    for at, (spot, _) in standing.items():
        if spot.is_cut or spot.last > spot.first or any(_is_half(spot, one) for one in spots if one is not spot):
            mended.setdefault(spot.first, []).append(row.texts[at])
            mended.setdefault(spot.last, [])
    first, last = min(spot.first for spot in spots), max(spot.last for spot in spots)
    said = [word for at in range(first, last + 1) for word in mended.get(at, [words[at]])]
    return " ".join([*said, *(row.texts[cut + 1 :] if cut is not None else ())])


def _is_free(spot: _Spot, taken: dict[int, tuple[_Spot, int]]) -> bool:
    """Whether none of a spot's words is taken, but by the other half of the same word."""
    others = [one for one, _ in taken.values()]
    return not any(
        spot.first <= one.last and one.first <= spot.last and not (_is_half(spot, one) and spot.close != one.close)
        for one in others
    )


def _is_half(one: _Spot, other: _Spot) -> bool:
    return (one.first, one.last) == (other.first, other.last) and len(one.close) == len(other.close) == 1


def _width(standing: dict[int, tuple[_Spot, int]]) -> int:
    return max(spot.last for spot, _ in standing.values()) - min(spot.first for spot, _ in standing.values())


def _is_whole(row: Row, standing: dict[int, tuple[_Spot, int]], cut: int | None) -> bool:
    """Whether nothing of the name is missing that would make it another: a person's further names may be left out.

    What follows the word that the field's end cut is not missing: there was no place for it.
    """
    until = len(row.tokens) if cut is None else cut + 1
    left = until - sum(at < until for at in standing)
    if row.kind in {Kind.ORGANISATION, Kind.VESSEL}:
        order = [standing[at][0].first for at in sorted(standing)]
        return left == 0 and order == sorted(order)
    return left == 0 or (len(standing) > 1 and left <= (len(row.tokens) - 1) // 2)


def _is_tight(within: Sequence[tuple[int, int, str]], standing: dict[int, tuple[_Spot, int]]) -> bool:
    """Whether the words stand beside each other: particles, titles, initials and one word in three do not count."""
    taken = {at for spot, _ in standing.values() for at in range(spot.first, spot.last + 1)}
    between = [word for *_, word in within if word.casefold() not in LIGHT and len(word) > 1]
    return len(between) - len(taken) <= (len(standing) - 1) // 2


def _is_enough(row: Row, weight: int, least: int, standing: dict[int, tuple[_Spot, int]]) -> bool:
    if len(row.tokens) > 1:
        return len(standing) > 1 and weight >= EVIDENCE_MIN
    long = len(row.texts[0]) >= SINGLE_LETTERS_MIN or not row.texts[0].isascii()
    return long and least == 100 and weight >= SINGLE_MIN
