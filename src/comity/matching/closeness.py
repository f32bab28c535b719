"""How close two tokens are, and in which way: the one judgement on which finding and scoring both stand.

Strength is in hundredths: 100 says the same word, 55 that it may be. The kinds are the reasons that are read aloud to a person.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from rapidfuzz.distance import OSA, Indel

from comity.matching.scripts import Script
from comity.matching.skeleton import agreement

if TYPE_CHECKING:
    from comity.matching.spelling import Shape


class Way(IntEnum):
    """In which way two tokens are the same; the numbers stand in the score's features."""

    __hash__ = int.__hash__  # an enumeration would hash its name, in Python

    NONE = 0
    EXACT = 1
    FOLDED = 2
    """Two ways to romanise one spelling."""
    TABLE = 3
    """Two known spellings of one name."""
    NICKNAME = 4
    EDIT1 = 5
    EDIT2 = 6
    SOUND = 7
    """The same consonants."""
    CROSS = 8
    """The known spelling in another script."""
    CROSS_SOUND = 9
    """The same sounds in another script."""
    CONCEPT = 10
    """An institutional word, translated."""
    INITIAL = 11
    JOINED = 12
    """Several words written as one, or one as several."""


class Close(NamedTuple):
    """How close two tokens are."""

    strength: int
    way: Way


NOT: Final = Close(0, Way.NONE)
SAME: Final = Close(100, Way.EXACT)
AGREES_FROM: Final = 80
"""The agreement of consonants, of a hundred, from which two tokens may be one name."""
ABJADS: Final = frozenset({Script.ARABIC, Script.HEBREW})
"""Scripts without vowels: a rough romanisation of them is never compared by letters, for it gives false alarms at top scores."""


def closeness(asked: Shape, listed: Shape) -> Close:
    """Return how close two tokens are; symmetric."""
    if asked.text == listed.text:
        return SAME
    if asked.is_number or listed.is_number:
        return NOT
    found = _within(asked, listed) if asked.script is listed.script else _across(asked, listed)
    if found.strength < TRANSLATED.strength and asked.concept >= 0 and asked.concept == listed.concept:
        return TRANSLATED
    return found


TRANSLATED: Final = Close(88, Way.CONCEPT)
FOLDED: Final = Close(95, Way.FOLDED)
TABLE: Final = Close(87, Way.TABLE)
NICKNAME: Final = Close(82, Way.NICKNAME)
SYLLABIC: Final = frozenset({Script.HAN, Script.HANGUL})
"""Scripts whose words are syllables: a letter more or less is another name."""
KNOWN: Final = Close(95, Way.CROSS)
HEARD_MAX: Final = 70
"""The strength below which sounds alone may say more than letters."""
CONFIRMS_FROM: Final = 50
"""The agreement of consonants that confirms what a table says."""


def _within(asked: Shape, listed: Shape) -> Close:
    if any(one in listed.folds for one in asked.folds):
        return FOLDED
    shorter = min(len(asked.text), len(listed.text))
    best = _edited(asked.text, listed.text, shorter)
    if asked.script is Script.LATIN:
        folded = _edited(asked.folds[0], listed.folds[0], min(len(asked.folds[0]), len(listed.folds[0])))
        if folded.strength - 2 > best.strength:
            best = Close(folded.strength - 2, folded.way)
        if best.strength < TABLE.strength and _shared(asked.pivots, listed.pivots) and _sounds(asked, listed) >= 60:
            best = TABLE
        if best.strength < NICKNAME.strength and _shared(asked.nicknames, listed.nicknames):
            best = NICKNAME
    if best.strength < 76:
        heard = _heard(asked, listed)
        best = max(best, heard)
    return best


def _edited(left: str, right: str, shorter: int) -> Close:
    """Two words that differ by slips: one from three letters on, two from six on."""
    if shorter < 3:
        return NOT
    distance = OSA.distance(left, right, score_cutoff=2)
    if distance == 0:
        return FOLDED
    if distance == 1:
        return Close(100 - 75 // shorter, Way.EDIT1)
    if distance == 2 and shorter >= 5:
        return Close(100 - 170 // shorter, Way.EDIT2)
    return NOT


def _heard(asked: Shape, listed: Shape) -> Close:
    sounds = _sounds(asked, listed)
    if sounds < AGREES_FROM:
        return NOT
    alike = int(Indel.normalized_similarity(asked.text, listed.text) * 100)
    length = min(len(asked.skeletons[0]), len(listed.skeletons[0]))
    return Close(40 + (sounds - AGREES_FROM) // 2 + alike // 4 + min(length, 4) * 2, Way.SOUND)


def _across(asked: Shape, listed: Shape) -> Close:
    sounds = _sounds(asked, listed)
    is_abjad = asked.script in ABJADS or listed.script in ABJADS
    read = NOT if is_abjad else _read(asked, listed)
    if read.strength < KNOWN.strength and _shared(asked.pivots, listed.pivots):
        return KNOWN if sounds >= CONFIRMS_FROM else Close(80, Way.CROSS)  # the table suggests, the sounds confirm
    if read.strength < HEARD_MAX and sounds >= AGREES_FROM:
        length = min(max(map(len, asked.skeletons)), max(map(len, listed.skeletons)))
        more = min(length, 4) * 3 if is_abjad else 0
        return max(read, Close(50 + (sounds - AGREES_FROM) + more, Way.CROSS_SOUND))
    return read


def _read(asked: Shape, listed: Shape) -> Close:
    """How close a reading of one is to a reading of the other, the likeliest readings first."""
    for at, one in enumerate(asked.readings):
        if one in listed.readings:
            return Close(97 - 2 * (at + listed.readings.index(one)), Way.CROSS)
    syllabic = asked.script in SYLLABIC or listed.script in SYLLABIC
    if any(one in listed.folds for one in asked.folds):
        return Close(80 if syllabic else 89, Way.CROSS)
    if syllabic:
        return NOT
    pairs = ((one, other) for one in asked.folds for other in listed.folds)
    best = max((_edited(one, other, min(len(one), len(other))) for one, other in pairs), default=NOT)
    return Close(best.strength - 6, Way.CROSS_SOUND) if best.strength else NOT


def _sounds(asked: Shape, listed: Shape) -> int:
    return max((agreement(one, other) for one in asked.skeletons for other in listed.skeletons), default=0)


def _shared(left: tuple[int, ...], right: tuple[int, ...]) -> bool:
    return bool(left) and bool(right) and not set(left).isdisjoint(right)
