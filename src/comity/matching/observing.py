"""What is observed of two names that were laid beside each other: in whole numbers, what agrees, is missing or contradicts.

What is missing on one side is cheap; what is left over on both sides is a contradiction, and dear. What each is worth is fitted,
not set here: this module only observes.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, Final

import msgspec
from rapidfuzz.distance import Indel

from comity.matching import legal
from comity.matching.aligning import JOINED_FROM, out_of_order
from comity.matching.closeness import Way
from comity.matching.rarity import RAREST
from comity.matching.scripts import SYLLABIC, Script

if TYPE_CHECKING:
    from comity.matching.aligning import Asked, Laid, Pair
    from comity.matching.index import Index, Row
    from comity.matching.names import Name
    from comity.matching.spelling import Shape

FULL: Final = 95
"""The strength from which two words are the same."""
REJOINED_STRENGTH: Final = 90
LETTERS_MAX: Final = 30
NOTHING_LEFT: Final = 101
RARITY_STEP: Final = 25
"""How rare something is, is told in quarters of a logarithm."""


class Feature(IntEnum):
    """What is observed of two names; every value is a whole number. The order is that of the score's columns."""

    MATCHED = 0
    """Words that stand for each other."""
    MATCHED_FULL = 1
    """Of these, the same word or a reading of it."""
    EVIDENCE = 2
    """How rare what agrees is, together."""
    COVER_ASKED = 3
    """Of what the question says, how much agrees, in hundredths."""
    COVER_LISTED = 4
    """And of what the row says."""
    LEFT_ASKED = 5
    """How rare what is left of the question is."""
    LEFT_LISTED = 6
    """And of the row."""
    CONTRADICTION = 7
    """The lesser of the two."""
    LEFT_ASKED_COUNT = 8
    """Words left of the question."""
    LEFT_LISTED_COUNT = 9
    """And of the row."""
    CONTRADICTIONS = 10
    """The lesser of the two."""
    REJOINED = 11
    """How alike what is left on both sides is as one text; 101 where nothing is left on one."""
    STRENGTH_MIN = 12
    """The weakest pair."""
    STRENGTH_MEAN = 13
    """The mean of the pairs."""
    OTHERS = 14
    """Pairs of two known names."""
    CROSSED = 15
    """Pairs in two scripts: readings, and four times those that only sound alike."""
    TRANSLATED = 16
    """Pairs of one institutional word."""
    SINGLES = 17
    """Words of one letter, on both sides."""
    LETTERS = 18
    """Letters of the row that agree."""
    FORMS = 19
    """The legal forms: see `legal_forms`."""
    NUMBERS = 20
    """Numbers that are left over: see `_numbers`."""
    REVERSED = 21
    """How far out of order the pairs are."""
    WHOLE = 22
    """How alike the letters are, word by word in the order of the alphabet."""
    PACKED = 23
    """The same without spaces."""
    RAREST_ASKED = 24
    """The strength with which the rarest word of the question agrees."""
    RAREST_FULL = 25
    """How rare the rarest word is that is the same."""
    INEXACT_ASKED = 26
    """How rare the commonest word of the question is that is not quite the listed one: a common name is seldom a slip."""
    INEXACT_LISTED = 27
    """And of the row."""
    KIND = 28
    """What bears the name."""
    SCRIPT = 29
    """The group of scripts of the question: see `GROUPS`."""


WAYS: Final = len(Way)
CROSS, CROSS_SOUND, CONCEPT, OTHER = map(int, (Way.CROSS, Way.CROSS_SOUND, Way.CONCEPT, Way.OTHER))
SLIPS: Final = frozenset(
    {Way.EDIT1, Way.EDIT2, Way.SOUND, Way.TABLE, Way.NICKNAME, Way.CROSS, Way.CROSS_SOUND, Way.OTHER}
)
"""Ways in which two words may be two names after all."""
OWN_SCRIPT: Final = 5
"""The group of a name that is compared in its own script."""
GROUPS: Final = {
    Script.LATIN: 0, Script.OTHER: 0, Script.CYRILLIC: 1, Script.GREEK: 1, Script.GEORGIAN: 1, Script.ARMENIAN: 1, Script.ARABIC: 2,
    Script.HEBREW: 2, Script.HAN: 3, Script.HANGUL: 4, Script.KANA: 4, Script.THAI: 1, Script.DEVANAGARI: 1,
}  # fmt: skip


class _Said(msgspec.Struct, frozen=True, gc=False):
    """What the pairs of words say together. Two words that agree weigh what the more common of them does."""

    gained: int
    lost: int
    full: int
    full_rarest: int
    inexact_asked: int
    inexact_listed: int
    strengths: int
    letters: int
    least: int
    ways: Sequence[int]
    """How many pairs there are of each way."""
    rarest: tuple[int, int, int]
    """Of the rarest word asked that agrees: how rare, how long, how strongly."""


def observe(asked: Asked, row: Row, laid: Laid) -> list[int]:
    """Return what is observed of a name and a row, one number for each `Feature`."""
    name, index, tokens, pairs = asked.name, row.within, row.tokens, laid.pairs
    words, lengths, weights = name.words, index.lengths, index.weights
    said = _said(words, index, tokens, pairs)
    gained, lost, rarest_asked = said.gained, said.lost, said.rarest
    left_asked = left_listed = 0
    for at in laid.left_listed:
        left_listed += weights[tokens[at]]
    for at in laid.left_asked:
        one = words[at]
        left_asked += one.weight
        if one.weight >= rarest_asked[0]:
            rarest_asked = max(rarest_asked, (one.weight, len(one.text), 0))
    count_asked, count_listed, rarest = len(laid.left_asked), len(laid.left_listed), rarest_asked[2]
    rejoined = laid.rejoined if count_asked and count_listed else NOTHING_LEFT
    has_number = asked.has_number or not index.numeric.isdisjoint(tokens)
    numbers = _numbers(name, index, tokens, laid) if has_number else 0
    if laid.rejoined >= JOINED_FROM:
        gained += min(left_asked, left_listed)
        left_asked = left_listed = count_asked = count_listed = 0
        rarest = REJOINED_STRENGTH
    own = name.native and row.native
    whole, packed = _alike(asked, row, said.strengths, own=own)
    everything = gained + lost + left_asked
    forms = index.forms[row.number]
    return [
        len(pairs),
        said.full,
        gained // RARITY_STEP,
        gained * 100 // everything if everything else 0,
        gained * 100 // (gained + lost + left_listed) if gained else 0,
        left_asked // RARITY_STEP,
        left_listed // RARITY_STEP,
        min(left_listed, left_asked) // RARITY_STEP,
        count_asked,
        count_listed,
        min(count_listed, count_asked),
        rejoined,
        said.least,
        said.strengths // len(pairs) if pairs else 0,
        said.ways[OTHER],
        said.ways[CROSS] + 4 * said.ways[CROSS_SOUND],
        said.ways[CONCEPT],
        asked.singles
        + (0 if index.letters_alone.isdisjoint(tokens) else [lengths[token] for token in tokens].count(1)),
        min(said.letters, LETTERS_MAX),
        legal_forms(name.forms, forms) if name.forms or forms else 0,
        numbers,
        out_of_order(pairs) if len(pairs) > 1 else 0,
        whole,
        packed,
        rarest,
        said.full_rarest // RARITY_STEP,
        said.inexact_asked // RARITY_STEP,
        said.inexact_listed // RARITY_STEP,
        int(name.kind or index.kinds[row.number]),
        OWN_SCRIPT if own else GROUPS[words[0].script],
    ]


def _said(words: Sequence[Shape], index: Index, tokens: Sequence[int], pairs: Sequence[Pair]) -> _Said:
    weights, lengths = index.weights, index.lengths
    gained = lost = full = full_rarest = strengths = letters = 0
    least = 100 if pairs else 0
    inexact_asked = inexact_listed = RAREST
    ways = [0] * WAYS
    rarest = (0, 0, 0)
    for asked, listed, strength, way in pairs:
        word, token = words[asked], tokens[listed]
        of_asked, of_listed = word.weight, weights[token]
        weight = min(of_listed, of_asked)
        gained += weight * strength
        lost += weight * (100 - strength)
        if strength >= FULL:
            full += 1
            full_rarest = max(full_rarest, weight)
        elif way in SLIPS:
            inexact_asked, inexact_listed = min(inexact_asked, of_asked), min(inexact_listed, of_listed)
        strengths += strength
        letters += lengths[token]
        least = min(least, strength)
        ways[way] += 1
        if of_asked >= rarest[0]:
            rarest = max(rarest, (of_asked, len(word.text), strength))
    return _Said(
        gained // 100,
        lost // 100,
        full,
        full_rarest,
        inexact_asked,
        inexact_listed,
        strengths,
        letters,
        least,
        ways,
        rarest,
    )


def _alike(asked: Asked, row: Row, strengths: int, *, own: bool) -> tuple[int, int]:
    """Return how alike the letters of two names are, in alphabetical order of the words and without the spaces.

    Syllables have many readings, of which a text can have only one: of them, the words say it.
    """
    name = asked.name
    if not own and name.words[0].script in SYLLABIC:
        said = strengths // max(len(name.words), len(row.tokens))
        return said, said
    whole, packed, other = (
        (name.whole, name.whole.replace(" ", ""), row.whole) if own else (name.latin, asked.packed, row.latin)
    )
    together = Indel.normalized_similarity(packed, other.replace(" ", ""))
    return int(Indel.normalized_similarity(whole, other) * 100), int(together * 100)


def legal_forms(asked: int, listed: int) -> int:
    """0: none on either side, 1: agree, 2: missing on one side or said more loosely, 3: disagree."""
    if not asked and not listed:
        return 0
    if not asked or not listed:
        return 2
    if asked & listed:
        return 1
    return 3 if _contradict(asked, listed) else 2


@cache
def _contradict(asked: int, listed: int) -> bool:
    """Tell whether no form of one side may be another word for one of the other's."""
    return all(legal.contradict(one, other) for one in _bits(asked) for other in _bits(listed))


def _bits(forms: int) -> list[int]:
    return [at for at in range(forms.bit_length()) if forms >> at & 1]


def _numbers(name: Name, index: Index, tokens: Sequence[int], laid: Laid) -> int:
    """0: no number is left over, 1: on one side, 2: on both sides."""
    words, numeric = name.words, index.numeric
    asked = any([words[at].is_number for at in laid.left_asked])
    return int(asked) + int(any([tokens[at] in numeric for at in laid.left_listed]))
