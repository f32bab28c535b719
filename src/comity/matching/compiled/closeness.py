"""`comity.matching.closeness`, compiled: how close two words are, as one number: the strength, then the way."""

from __future__ import annotations

import numpy as np
from numba import njit

from comity.matching import closeness as plain
from comity.matching.closeness import (
    ABJADS,
    ACROSS_LEAST,
    AGREES_FROM,
    CONFIRMS_FROM,
    DOUBTFUL,
    EDITED_FROM,
    FOLDS_COST,
    HEARD_LEAST,
    HEARD_MAX,
    LATIN,
    LIKELIEST,
    READING_COSTS,
    SLIPS_MAX,
    SOUNDS_MAX,
    SURE,
    TABLED_FROM,
    TWICE_FROM,
    Way,
)
from comity.matching.compiled.arrays import (
    CLOSE_BITS,
    CONCEPT,
    END,
    FOLDS,
    IS_NUMBER,
    KNOWN_IN,
    LENGTH,
    NICKNAMES,
    PIVOTS,
    READINGS,
    SCRIPT,
    SKELETONS,
    TEXT,
)
from comity.matching.compiled.sounds import agreement, is_same
from comity.matching.compiled.texts import SPACE, alike, read, slips
from comity.matching.scripts import SYLLABIC, Script


def _number(close):
    return close.strength << CLOSE_BITS | int(close.way)


SAME, FOLDED, TABLE, NICKNAME, KNOWN, READ, NEARLY, SUGGESTED, TRANSLATED = map(
    _number,
    (
        plain.SAME, plain.FOLDED, plain.TABLE, plain.NICKNAME, plain.KNOWN, plain.READ, plain.NEARLY, plain.SUGGESTED,
        plain.TRANSLATED,
    ),
)  # fmt: skip
SLIP, SLIPS = (np.array(list(map(_number, one))) for one in (plain.SLIP, plain.SLIPS))
SOUND, CROSS, CROSS_SOUND, OTHER = map(int, (Way.SOUND, Way.CROSS, Way.CROSS_SOUND, Way.OTHER))
WAY = (1 << CLOSE_BITS) - 1
IS_DOUBTFUL = np.array([way in DOUBTFUL for way in Way])
IS_SYLLABIC = np.array([script in SYLLABIC for script in Script])
IS_ABJAD = np.array([script in ABJADS for script in Script])
IN_LATIN = int(LATIN)


@njit(nogil=True)
def closeness(words, asked, listed, other, desk):
    """Return how close a word that is asked and a listed one are."""
    if is_same(words.letters, _text(words, asked), listed.letters, _text(listed, other)):
        return SAME
    if words.heads[asked, IS_NUMBER] or listed.heads[other, IS_NUMBER]:
        return 0
    if words.heads[asked, SCRIPT] == listed.heads[other, SCRIPT]:
        found = _within(words, asked, listed, other, desk)
    else:
        found = _across(words, asked, listed, other, desk)
    if (
        found < TRANSLATED & ~WAY
        and words.heads[asked, CONCEPT] >= 0
        and words.heads[asked, CONCEPT] == listed.heads[other, CONCEPT]
    ):
        return TRANSLATED
    if (
        IS_DOUBTFUL[found & WAY]
        and words.heads[asked, KNOWN_IN] & listed.heads[other, KNOWN_IN]
        and not _shared(words, asked, listed, other, PIVOTS)
    ):
        return found & ~WAY | OTHER
    return found


@njit(nogil=True)
def _text(words, one):
    """Return where the text of a word stands."""
    return words.heads[one, TEXT], words.heads[one, READINGS]


@njit(nogil=True)
def _shared(words, asked, listed, other, column):
    """Tell whether two words have a pivot, or a nickname, in common; `column` is where those begin, the next where they end."""
    for at in range(words.heads[asked, column], words.heads[asked, column + 1]):
        for place in range(listed.heads[other, column], listed.heads[other, column + 1]):
            if words.numbers[at] == listed.numbers[place]:
                return True
    return False


@njit(nogil=True)
def _common(words, asked, listed, other, column):
    """Return how far from the first the texts of a part stand, together, that both have; -1 if there is none.

    Of those it is the first of the word that is asked.
    """
    first, since = 0, words.heads[asked, column]
    for at in range(words.heads[asked, column], words.heads[asked, column + 1]):
        if words.letters[at] == SPACE:
            second, begin = 0, listed.heads[other, column]
            for place in range(listed.heads[other, column], listed.heads[other, column + 1]):
                if listed.letters[place] == SPACE:
                    if is_same(words.letters, (since, at), listed.letters, (begin, place)):
                        return first + second
                    second, begin = second + 1, place + 1
            first, since = first + 1, at + 1
    return -1


@njit(nogil=True)
def _has_none(words, one, column):
    return words.heads[one, column] == words.heads[one, column + 1]


@njit(nogil=True)
def _is_syllable(words, one):
    """Tell whether a word is one syllable."""
    return IS_SYLLABIC[words.heads[one, SCRIPT]] and words.heads[one, LENGTH] == 1


@njit(nogil=True)
def _within(words, asked, listed, other, desk):
    if _has_none(words, asked, FOLDS) and _has_none(listed, other, FOLDS):
        return FOLDED
    if _common(words, asked, listed, other, FOLDS) >= 0:
        return FOLDED
    best = _edited(words.letters, _text(words, asked), listed.letters, _text(listed, other), desk)
    if words.heads[asked, SCRIPT] == IN_LATIN:
        one, two = _first(words, asked, FOLDS), _first(listed, other, FOLDS)
        folded = _edited(words.letters, one, listed.letters, two, desk)
        if (folded >> CLOSE_BITS) - 2 > best >> CLOSE_BITS:
            best = folded - (FOLDS_COST << CLOSE_BITS)
        if (
            best < TABLE & ~WAY
            and _shared(words, asked, listed, other, PIVOTS)
            and _sounds((words, listed), (asked, other), TABLED_FROM, desk.sounds) >= TABLED_FROM
        ):
            best = TABLE
        if best < NICKNAME & ~WAY and _shared(words, asked, listed, other, NICKNAMES):
            best = NICKNAME
    return max(best, _heard(words, asked, listed, other, desk)) if best < SURE << CLOSE_BITS else best


@njit(nogil=True)
def _first(words, one, column):
    """Return where the first text of a part stands; nowhere if there is none."""
    since = until = words.heads[one, column]
    while until < words.heads[one, column + 1] and words.letters[until] != SPACE:
        until += 1
    return since, until


@njit(nogil=True)
def _edited(left, one, right, other, desk):
    """Two words that differ by slips: one from three letters on, two from five on."""
    count, many = read(left, one, desk.texts[0], 0), read(right, other, desk.texts[1], 0)
    shorter = min(count, many)
    if shorter < EDITED_FROM or count + many - 2 * shorter > SLIPS_MAX:
        return 0
    distance = slips(desk.texts[0], count, desk.texts[1], many, desk.slips)
    if distance > SLIPS_MAX:
        return 0
    if distance == 0:
        return FOLDED
    if distance == 1:
        return SLIP[min(shorter, len(SLIP) - 1)]
    return SLIPS[min(shorter, len(SLIPS) - 1)] if shorter >= TWICE_FROM else 0


@njit(nogil=True)
def _heard(words, asked, listed, other, desk):
    sounds = _sounds((words, listed), (asked, other), AGREES_FROM, desk.sounds)
    if sounds < AGREES_FROM:
        return 0
    count = read(words.letters, _text(words, asked), desk.texts[0], 0)
    many = read(listed.letters, _text(listed, other), desk.texts[1], 0)
    same = alike(desk.texts[0], count, desk.texts[1], many)
    one, two = _first(words, asked, SKELETONS), _first(listed, other, SKELETONS)
    length = min(one[1] - one[0], two[1] - two[0], SOUNDS_MAX)
    return (HEARD_LEAST + (sounds - AGREES_FROM) // 2 + same // 4 + length * 2) << CLOSE_BITS | SOUND


@njit(nogil=True)
def _across(words, asked, listed, other, desk):
    if IS_SYLLABIC[words.heads[asked, SCRIPT]] or IS_SYLLABIC[listed.heads[other, SCRIPT]]:
        return _syllables(words, asked, listed, other, desk)
    shares = _shared(words, asked, listed, other, PIVOTS)
    sounds = _sounds((words, listed), (asked, other), CONFIRMS_FROM if shares else AGREES_FROM, desk.sounds)
    is_abjad = IS_ABJAD[words.heads[asked, SCRIPT]] or IS_ABJAD[listed.heads[other, SCRIPT]]
    reading = 0 if is_abjad else _read(words, asked, listed, other, desk)
    if reading < KNOWN & ~WAY and shares:
        return KNOWN if sounds >= CONFIRMS_FROM else SUGGESTED
    if reading < HEARD_MAX << CLOSE_BITS and sounds >= AGREES_FROM:
        length = min(_longest(words, asked), _longest(listed, other), SOUNDS_MAX)
        strength = ACROSS_LEAST + (sounds - AGREES_FROM) + (length * 3 if is_abjad else 0)
        return max(reading, strength << CLOSE_BITS | CROSS_SOUND)
    return reading


@njit(nogil=True)
def _longest(words, one):
    longest, since = 0, words.heads[one, SKELETONS]
    for at in range(words.heads[one, SKELETONS], words.heads[one, END]):
        if words.letters[at] == SPACE:
            longest, since = max(longest, at - since), at + 1
    return longest


@njit(nogil=True)
def _syllables(words, asked, listed, other, desk):
    """Syllables are few, and a letter more or less is another: what is not a reading is no word in common."""
    at = _common(words, asked, listed, other, READINGS)
    if at >= 0:
        return (LIKELIEST - min(at, 2)) << CLOSE_BITS | CROSS
    sounds = _sounds((words, listed), (asked, other), CONFIRMS_FROM, desk.sounds)
    if sounds >= CONFIRMS_FROM and _shared(words, asked, listed, other, PIVOTS):
        return KNOWN
    is_one = _is_syllable(words, asked) or _is_syllable(listed, other)
    return NEARLY if sounds >= AGREES_FROM and not is_one else 0


@njit(nogil=True)
def _read(words, asked, listed, other, desk):
    """How close a reading of one is to a reading of the other, the likeliest readings first."""
    at = _common(words, asked, listed, other, READINGS)
    if at >= 0:
        return (LIKELIEST - 2 * at) << CLOSE_BITS | CROSS
    if _common(words, asked, listed, other, FOLDS) >= 0:
        return READ
    best, since = 0, words.heads[asked, FOLDS]
    for at in range(words.heads[asked, FOLDS], words.heads[asked, SKELETONS]):
        if words.letters[at] == SPACE:
            begin = listed.heads[other, FOLDS]
            for place in range(listed.heads[other, FOLDS], listed.heads[other, SKELETONS]):
                if listed.letters[place] == SPACE:
                    best = max(best, _edited(words.letters, (since, at), listed.letters, (begin, place), desk))
                    begin = place + 1
            since = at + 1
    return ((best >> CLOSE_BITS) - READING_COSTS) << CLOSE_BITS | CROSS_SOUND if best else 0


@njit(nogil=True)
def _sounds(sides, two, least, room):
    """Return how far two words say the same sounds, in the skeletons in which they do most; 0 if it is less than is asked for."""
    (words, listed), (asked, other) = sides, two
    if _common(words, asked, listed, other, SKELETONS) >= 0:
        return 100
    best, since = 0, words.heads[asked, SKELETONS]
    for at in range(words.heads[asked, SKELETONS], words.heads[asked, END]):
        if words.letters[at] == SPACE:
            begin = listed.heads[other, SKELETONS]
            for place in range(listed.heads[other, SKELETONS], listed.heads[other, END]):
                if listed.letters[place] == SPACE:
                    found = agreement((words.letters, (since, at)), (listed.letters, (begin, place)), least, room)
                    best = max(best, found)
                    begin = place + 1
            since = at + 1
    return best
