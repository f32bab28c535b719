"""`comity.matching.observing` and `comity.matching.scoring`, compiled: what is observed of two names, and the points of that."""

from __future__ import annotations

import numpy as np
from numba import njit

from comity.matching.aligning import JOINED_FROM
from comity.matching.calibration import POINTS_PER_LOGIT
from comity.matching.compiled.arrays import (
    FORMS,
    IDS,
    IS_NATIVE,
    IS_NUMBER,
    KIND,
    LATIN,
    LENGTH,
    OWN,
    SCRIPT,
    SINGLES,
    WEIGHT,
    WHOLE,
    WHOLE_END,
)
from comity.matching.compiled.closeness import IS_SYLLABIC
from comity.matching.compiled.laying import out_of_order
from comity.matching.compiled.texts import SPACE, alike, read
from comity.matching.engine import SAME_POINTS
from comity.matching.observing import (
    CONCEPT,
    CROSS,
    CROSS_SOUND,
    FULL,
    GROUPS,
    LETTERS_MAX,
    NOTHING_LEFT,
    OTHER,
    OWN_SCRIPT,
    RARITY_STEP,
    REJOINED_STRENGTH,
    SLIPS,
    WAYS,
    Feature,
)
from comity.matching.rarity import RAREST
from comity.matching.scripts import Script

(
    MATCHED, MATCHED_FULL, EVIDENCE, COVER_ASKED, COVER_LISTED, LEFT_ASKED, LEFT_LISTED, CONTRADICTION, LEFT_ASKED_COUNT,
    LEFT_LISTED_COUNT, CONTRADICTIONS, REJOINED, STRENGTH_MIN, STRENGTH_MEAN, OTHERS, CROSSED, TRANSLATED, ONES, LETTERS,
    OF_FORMS, NUMBERS, REVERSED, WHOLE_ALIKE, PACKED, RAREST_ASKED, RAREST_FULL, INEXACT_ASKED, INEXACT_LISTED, OF_KIND, OF_SCRIPT,
) = map(int, Feature)  # fmt: skip
SLIPPED = np.array([way in SLIPS for way in range(WAYS)])
GROUP = np.array([GROUPS[script] for script in Script])


@njit(nogil=True, inline="always")
def observe(index, asked, which, laid, room):
    """Fill what is observed of a name and a row, one number for each `Feature`."""
    listed, words = index
    way, row, tokens, said = which
    head = asked.heads[way]
    ids = asked.numbers[head[IDS] : head[SINGLES]]
    pairs, count, used, taken, together = laid
    of_asked, of_listed = words.shapes.heads, listed.shapes.heads
    gained, lost, rarest, strengths = _of_pairs((of_asked, of_listed), (ids, tokens), pairs, count, said)
    left_asked, count_asked, number_asked, rarest = _left_asked(of_asked, ids, used, rarest)
    left_listed, count_listed, number_listed = _left_listed(of_listed, tokens, taken)
    said[REJOINED] = together if count_asked and count_listed else NOTHING_LEFT
    said[RAREST_ASKED] = rarest & 127
    if together >= JOINED_FROM:
        gained += min(left_asked, left_listed)
        left_asked = left_listed = count_asked = count_listed = 0
        said[RAREST_ASKED] = REJOINED_STRENGTH
    _cover((gained, lost), (left_asked, left_listed), (count_asked, count_listed), said)
    said[ONES] = _alone(of_asked, ids) + _alone(of_listed, tokens)
    said[OF_FORMS] = _forms(listed.contradicting, np.uint64(head[FORMS]), listed.forms[row])
    said[NUMBERS] = number_asked + number_listed
    said[REVERSED] = out_of_order(pairs, count)
    is_own = listed.native[row] and head[IS_NATIVE]
    script = of_asked[ids[0], SCRIPT]
    if IS_SYLLABIC[script] and not is_own:
        said[WHOLE_ALIKE] = said[PACKED] = strengths // max(len(ids), len(tokens))
    else:
        _alike(listed, asked.letters, (head, row, is_own), room.desk.texts, said)
    said[OF_KIND] = head[KIND] or listed.kinds[row]
    said[OF_SCRIPT] = OWN_SCRIPT if is_own else GROUP[script]


@njit(nogil=True, inline="always")
def _cover(agreed, left, counts, said):
    gained, lost = agreed
    left_asked, left_listed = left
    everything, all_listed = gained + lost + left_asked, gained + lost + left_listed
    said[EVIDENCE] = gained // RARITY_STEP
    said[COVER_ASKED] = gained * 100 // everything if everything else 0
    said[COVER_LISTED] = gained * 100 // all_listed if gained else 0
    said[LEFT_ASKED] = left_asked // RARITY_STEP
    said[LEFT_LISTED] = left_listed // RARITY_STEP
    said[CONTRADICTION] = min(left_asked, left_listed) // RARITY_STEP
    said[LEFT_ASKED_COUNT], said[LEFT_LISTED_COUNT] = counts
    said[CONTRADICTIONS] = min(counts[0], counts[1])


@njit(nogil=True, inline="always")
def _of_pairs(heads, beside, pairs, count, said):
    """Fill what the pairs of words say; return what is gained and lost by them, the rarest word asked, and all strengths."""
    of_words, of_tokens = heads
    ids, tokens = beside
    full_rarest = np.int64(0)
    gained = lost = full = strengths = letters = others = crossed = translated = rarest = 0
    least = 100 if count else 0
    inexact_asked = inexact_listed = np.int64(RAREST)
    for at in range(count):
        one, token, strength, way = ids[pairs[at, 0]], tokens[pairs[at, 1]], pairs[at, 2], pairs[at, 3]
        of_asked, of_listed = np.int64(of_words[one, WEIGHT]), np.int64(of_tokens[token, WEIGHT])
        weight = min(of_asked, of_listed)
        gained += weight * strength
        lost += weight * (100 - strength)
        if strength >= FULL:
            full += 1
            full_rarest = max(full_rarest, weight)
        elif SLIPPED[way]:
            inexact_asked, inexact_listed = min(inexact_asked, of_asked), min(inexact_listed, of_listed)
        strengths += strength
        letters += of_tokens[token, LENGTH]
        least = min(least, strength)
        others += way == OTHER
        crossed += (way == CROSS) + 4 * (way == CROSS_SOUND)
        translated += way == CONCEPT
        rarest = max(rarest, _rank(of_words, one, strength))
    said[MATCHED], said[MATCHED_FULL], said[LETTERS] = count, full, min(letters, LETTERS_MAX)
    said[STRENGTH_MIN], said[STRENGTH_MEAN] = least, strengths // count if count else 0
    said[OTHERS], said[CROSSED], said[TRANSLATED] = others, crossed, translated
    said[RAREST_FULL] = full_rarest // RARITY_STEP
    said[INEXACT_ASKED], said[INEXACT_LISTED] = inexact_asked // RARITY_STEP, inexact_listed // RARITY_STEP
    return gained // 100, lost // 100, rarest, strengths


@njit(nogil=True, inline="always")
def _rank(heads, one, strength):
    """Return a number that orders words by how rare they are, how long, and how strongly they agree."""
    return np.int64(heads[one, WEIGHT]) << 20 | np.int64(heads[one, LENGTH]) << 7 | strength


@njit(nogil=True, inline="always")
def _left_asked(heads, ids, used, rarest):
    left = count = number = 0
    for at in range(len(ids)):
        if not used[at]:
            left += heads[ids[at], WEIGHT]
            count += 1
            number |= heads[ids[at], IS_NUMBER]
            rarest = max(rarest, _rank(heads, ids[at], 0))
    return left, count, number, rarest


@njit(nogil=True, inline="always")
def _left_listed(heads, tokens, taken):
    left = count = number = 0
    for place in range(len(tokens)):
        if not taken[place]:
            left += heads[tokens[place], WEIGHT]
            count += 1
            number |= heads[tokens[place], IS_NUMBER]
    return left, count, number


@njit(nogil=True, inline="always")
def _alone(heads, which):
    count = 0
    for one in which:
        count += heads[one, LENGTH] == 1
    return count


@njit(nogil=True, inline="always")
def _forms(contradicting, asked, other):
    if asked == 0 and other == 0:
        return 0
    if asked == 0 or other == 0:
        return 2
    if asked & other:
        return 1
    for form in range(len(contradicting)):
        if asked >> np.uint64(form) & np.uint64(1) and other & ~contradicting[form]:
            return 2
    return 3


@njit(nogil=True, inline="always")
def _alike(listed, letters, which, texts, said):
    """Fill how alike the letters of two names are, in alphabetical order of the words and without the spaces."""
    head, row, is_own = which
    if is_own:
        count = read(letters, (head[WHOLE], head[WHOLE_END]), texts[0], 0)
        other = read(listed.wholes, (listed.whole_starts[row], listed.whole_starts[row + 1]), texts[1], 0)
    else:
        count = read(letters, (head[LATIN], head[WHOLE]), texts[0], 0)
        other = read(listed.latins, (listed.latin_starts[row], listed.latin_starts[row + 1]), texts[1], 0)
    said[WHOLE_ALIKE] = alike(texts[0], count, texts[1], other)
    said[PACKED] = alike(texts[0], _packed(texts[0], count), texts[1], _packed(texts[1], other))


@njit(nogil=True)
def _packed(text, count):
    """Take the spaces out of a text; return how many letters are left."""
    kept = 0
    for at in range(count):
        if text[at] != SPACE:
            text[kept] = text[at]
            kept += 1
    return kept


@njit(nogil=True, inline="always")
def points(score, said):
    """Return the points of what is observed, as scored."""
    width = score.answers.shape[1]
    leaves = np.zeros(width, np.uint64)
    for feature in range(len(said)):
        place = min(max(said[feature], score.low[feature]), score.high[feature]) + score.first[feature]
        for at in range(width):
            leaves[at] |= score.answers[place, at]
    total = score.start
    for at, byte in enumerate(leaves.view(np.uint8)):
        total += score.points[2 * at, byte & 15] + score.points[2 * at + 1, byte >> 4]
    return total


@njit(nogil=True, inline="always")
def meant(score, said, scored, is_same):
    """Return what scored points mean; a row with the very words of the name means at least that it is the name."""
    start, rise = score.lines[said[OF_KIND], said[OF_SCRIPT]]
    found = start + rise * scored // POINTS_PER_LOGIT
    return max(found, SAME_POINTS) if is_same else found


@njit(nogil=True, inline="always")
def is_same(heads, ids, tokens):
    """Tell whether a name and a row have the very same words, in whatever order."""
    if len(ids) != len(tokens):
        return False
    for one in ids:
        own = heads[one, OWN]
        many = here = 0
        for at in range(len(ids)):
            many += heads[ids[at], OWN] == own
            here += tokens[at] == own
        if own < 0 or many != here:
            return False
    return True
