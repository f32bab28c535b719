"""How close two tokens are, and in which way: the one judgement on which finding and scoring both stand.

Strength is in hundredths: 100 says the same word, 55 that it may be. The kinds are the reasons that are read aloud to a person.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from rapidfuzz.distance import OSA, Indel

from comity.matching.scripts import SYLLABIC, Script
from comity.matching.skeleton import agreement
from comity.matching.spelling import LENGTH_MAX

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
    OTHER = 13
    """Two known names that are not known to be one, a slip or a sound apart."""


class Close(NamedTuple):
    """How close two tokens are."""

    strength: int
    way: Way


IN: Final = {way: tuple(Close(strength, way) for strength in range(101)) for way in Way}
"""Every closeness there is, by the way and the strength: they are told far more often than they differ."""
NOT: Final = Close(0, Way.NONE)
SAME: Final = Close(100, Way.EXACT)
SOUND, CROSS, CROSS_SOUND = IN[Way.SOUND], IN[Way.CROSS], IN[Way.CROSS_SOUND]
LATIN: Final = Script.LATIN
EDITED_FROM: Final = 3
"""Letters of a word in which there may be a slip."""
TWICE_FROM: Final = 5
"""And two."""
SLIPS_MAX: Final = 2
"""Slips in one word."""
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
    strength, way = found
    if asked.concept >= 0 and asked.concept == listed.concept and strength < TRANSLATED.strength:
        return TRANSLATED
    if asked.known_in & listed.known_in and way in DOUBTFUL and not _shared(asked.pivots, listed.pivots):
        return OTHERS[strength]
    return found


SLIP: Final = tuple(IN[Way.EDIT1][100 - 75 // max(shorter, 1)] for shorter in range(2 * LENGTH_MAX + 1))
SLIPS: Final = tuple(IN[Way.EDIT2][100 - 170 // max(shorter, 2)] for shorter in range(2 * LENGTH_MAX + 1))
"""Words of so many letters that differ by one, and by two; folding makes two letters of one at most."""
OTHERS: Final = IN[Way.OTHER]
DOUBTFUL: Final = frozenset({Way.EDIT1, Way.EDIT2, Way.SOUND, Way.CROSS_SOUND})
"""Ways in which two words are one name only if neither is a name of its own."""
TRANSLATED: Final = Close(88, Way.CONCEPT)
FOLDED: Final = Close(95, Way.FOLDED)
TABLE: Final = Close(87, Way.TABLE)
NICKNAME: Final = Close(82, Way.NICKNAME)
KNOWN: Final = Close(95, Way.CROSS)
READ: Final = Close(89, Way.CROSS)
"""One folded reading in common."""
SUGGESTED: Final = IN[Way.CROSS][80]
"""A known spelling that does not sound so."""
NEARLY: Final = Close(60, Way.CROSS_SOUND)
"""Several syllables that only sound alike: enough to be found."""
HEARD_MAX: Final = 70
"""The strength below which sounds alone may say more than letters."""
LIKELIEST: Final = 97
"""The strength of the likeliest reading."""
FOLDS_COST: Final = 2
"""How much less the letters of folded words say."""
READING_COSTS: Final = 6
"""And those of words that were read from another script."""
HEARD_LEAST: Final = 40
"""What like sounds say at least in one script."""
ACROSS_LEAST: Final = 50
"""And across two."""
SOUNDS_MAX: Final = 4
"""Consonants of a word of which each says more that two sound alike."""
SURE: Final = 76
"""The strength from which letters say enough, and sounds are not asked."""
TABLED_FROM: Final = 60
"""The agreement of consonants from which two words that stand for one name are variants of it."""
CONFIRMS_FROM: Final = 50
"""The agreement of consonants that confirms what a table says."""


def _within(asked: Shape, listed: Shape) -> Close:
    text, other, folds, others = asked.text, listed.text, asked.folds, listed.folds
    if folds == others or (len(folds) + len(others) > 2 and any([one in others for one in folds])):
        return FOLDED
    best = _edited(text, other)
    if asked.script is LATIN:
        one, two = folds[0], others[0]
        if one != text or two != other:  # otherwise it would be said twice
            strength, way = _edited(one, two)
            if strength - FOLDS_COST > best[0]:
                best = IN[way][strength - FOLDS_COST]
        if best[0] < TABLE.strength and _shared(asked.pivots, listed.pivots):
            best = TABLE if _sounds(asked, listed, TABLED_FROM) >= TABLED_FROM else best
        if best[0] < NICKNAME.strength and _shared(asked.nicknames, listed.nicknames):
            best = NICKNAME
    return max(best, _heard(asked, listed)) if best[0] < SURE else best


def _edited(left: str, right: str) -> Close:
    """Two words that differ by slips: one from three letters on, two from five on."""
    one, other = len(left), len(right)
    shorter = min(other, one)
    if shorter < EDITED_FROM or one + other - 2 * shorter > SLIPS_MAX:
        return NOT
    distance = OSA.distance(left, right, score_cutoff=SLIPS_MAX)
    if distance > SLIPS_MAX:
        return NOT
    if distance == 1:
        return SLIP[shorter]
    if distance == 0:
        return FOLDED
    return SLIPS[shorter] if shorter >= TWICE_FROM else NOT


def _heard(asked: Shape, listed: Shape) -> Close:
    sounds = _sounds(asked, listed, AGREES_FROM)
    if sounds < AGREES_FROM:
        return NOT
    alike = int(Indel.normalized_similarity(asked.text, listed.text) * 100)
    length = min(len(asked.skeletons[0]), len(listed.skeletons[0]), SOUNDS_MAX)
    return SOUND[HEARD_LEAST + (sounds - AGREES_FROM) // 2 + alike // 4 + length * 2]


def _across(asked: Shape, listed: Shape) -> Close:
    if asked.script in SYLLABIC or listed.script in SYLLABIC:
        return _syllables(asked, listed)
    shares = _shared(asked.pivots, listed.pivots)
    sounds = _sounds(asked, listed, CONFIRMS_FROM if shares else AGREES_FROM)
    is_abjad = asked.script in ABJADS or listed.script in ABJADS
    read = NOT if is_abjad else _read(asked, listed)
    if read.strength < KNOWN.strength and shares:
        return KNOWN if sounds >= CONFIRMS_FROM else SUGGESTED  # the table suggests, the sounds confirm
    if read.strength < HEARD_MAX and sounds >= AGREES_FROM:
        length = min(max(map(len, asked.skeletons)), max(map(len, listed.skeletons)), SOUNDS_MAX)
        return max(read, CROSS_SOUND[ACROSS_LEAST + (sounds - AGREES_FROM) + (length * 3 if is_abjad else 0)])
    return read


def _syllables(asked: Shape, listed: Shape) -> Close:
    """Syllables are few, and a letter more or less is another: what is not a reading is no word in common."""
    for at, one in enumerate(asked.readings):
        if one in listed.readings:
            return CROSS[LIKELIEST - min(at + listed.readings.index(one), 2)]
    if _shared(asked.pivots, listed.pivots) and _sounds(asked, listed, CONFIRMS_FROM) >= CONFIRMS_FROM:
        return KNOWN
    if (len(asked.text) == 1 and asked.script in SYLLABIC) or (len(listed.text) == 1 and listed.script in SYLLABIC):
        return NOT
    return NEARLY if _sounds(asked, listed, AGREES_FROM) >= AGREES_FROM else NOT


def _read(asked: Shape, listed: Shape) -> Close:
    """How close a reading of one is to a reading of the other, the likeliest readings first."""
    for at, one in enumerate(asked.readings):
        if one in listed.readings:
            return CROSS[LIKELIEST - 2 * (at + listed.readings.index(one))]
    folds, others = asked.folds, listed.folds
    if any([one in others for one in folds]):
        return READ
    best = NOT
    for one in folds:
        for other in others:
            best = max(best, _edited(one, other))
    return CROSS_SOUND[best.strength - READING_COSTS] if best is not NOT else NOT


def _sounds(asked: Shape, listed: Shape, least: int) -> int:
    """Return how far two tokens say the same sounds, in the skeletons in which they do most; 0 if it is less than is asked for."""
    ours, theirs = asked.skeletons, listed.skeletons
    if len(ours) == len(theirs) == 1:
        return agreement(ours[0], theirs[0], least)
    for one in ours:
        if one in theirs:
            return 100
    best = 0
    for one in ours:
        for other in theirs:
            found = agreement(one, other, least)
            best = max(best, found)
    return best


def _shared(left: tuple[int, ...], right: tuple[int, ...]) -> bool:
    return bool(left and right) and not set(left).isdisjoint(right)
