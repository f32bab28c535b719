"""`comity.matching.closeness` for many words and tokens, two and two: each judgement is made of all that ask for it.

How close two are is one number, the strength and behind it the way, so that the greater of two is the one that is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA, Levenshtein

from comity.matching import closeness as close
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
    LIKELIEST,
    READING_COSTS,
    SLIPS_MAX,
    SOUNDS_MAX,
    SURE,
    TABLED_FROM,
    TWICE_FROM,
    Close,
    Way,
)
from comity.matching.index import LATIN, SCRIPTS
from comity.matching.scripts import SYLLABIC
from comity.matching.skeleton import BROAD, agreed, distance_max
from comity.matching.together.shapes import Shapes, Texts
from comity.matching.together.slices import Numbers, Truths, hundredths, least, most, places, within

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from comity.matching.index import Slices

WAY_BITS: Final = 4
WAY_MAX: Final = (1 << WAY_BITS) - 1


def _said(one: Close) -> int:
    return (one.strength << WAY_BITS) + one.way


SAME, FOLDED, TABLE, NICKNAME, KNOWN, READ, NEARLY, SUGGESTED, TRANSLATED = map(
    _said,
    (
        close.SAME,
        close.FOLDED,
        close.TABLE,
        close.NICKNAME,
        close.KNOWN,
        close.READ,
        close.NEARLY,
        close.SUGGESTED,
        close.TRANSLATED,
    ),
)
SLIP, SLIPS = (np.array(list(map(_said, ways))) for ways in (close.SLIP, close.SLIPS))
SOUND, CROSS, CROSS_SOUND = (np.array(list(map(_said, ways))) for ways in (close.SOUND, close.CROSS, close.CROSS_SOUND))
IS_ABJAD, IS_SYLLABIC = (np.array([script in some for script in SCRIPTS]) for some in (ABJADS, SYLLABIC))
IS_DOUBTFUL: Final = np.array([way in DOUBTFUL for way in Way])
UNREAD: Final = 1 << 16
"""The place of a reading that is none."""
PLACE_BITS: Final = 8


class Two(NamedTuple):
    """Words and tokens, two and two."""

    words: Shapes
    tokens: Shapes
    texts: Texts
    word: Numbers
    token: Numbers

    def some(self, which: Numbers | Truths) -> Two:
        """Return some of them."""
        return self._replace(word=self.word[which], token=self.token[which])


class Crossed(NamedTuple):
    """Everything that is said of a word beside everything that is said of its token."""

    of: Numbers
    """Which two it is of."""
    left: Numbers
    right: Numbers
    places: Numbers
    """The places of both, added."""
    first: Numbers
    """That of the word's."""


def closeness(two: Two) -> Numbers:
    """Return how close each two are."""
    words, tokens, _, word, token = two
    found = np.zeros(len(word), np.int64)
    same = words.texts[word] == tokens.texts[token]
    found[same] = SAME
    others = ~(same | words.is_number[word] | tokens.is_number[token])
    is_one_script = words.scripts[word] == tokens.scripts[token]
    for which, judged in ((others & is_one_script, _within), (others & ~is_one_script, _across)):
        found[which] = judged(two.some(which))
    concepts = words.concepts[word]
    found[others & _less(found, TRANSLATED) & (concepts >= 0) & (concepts == tokens.concepts[token])] = TRANSLATED
    doubtful = np.flatnonzero(IS_DOUBTFUL[found & WAY_MAX] & (words.known_in[word] & tokens.known_in[token] != 0))
    doubtful = doubtful[~_shares(two.some(doubtful), "pivots")]
    found[doubtful] += Way.OTHER - (found[doubtful] & WAY_MAX)
    return found


def _less(found: Numbers, than: int) -> Truths:
    return found >> WAY_BITS < than >> WAY_BITS


def _within(two: Two) -> Numbers:
    found = np.where(_shares(two, "folds"), FOLDED, 0)
    rest = np.flatnonzero(found == 0)
    two = two.some(rest)
    words, tokens, _, word, token = two
    best = _edited(two.texts, words.texts[word], tokens.texts[token])
    latin = np.flatnonzero(words.scripts[word] == LATIN)
    best[latin] = _latin(two.some(latin), best[latin])
    unsure = np.flatnonzero(best < SURE << WAY_BITS)
    best[unsure] = np.maximum(best[unsure], _heard(two.some(unsure)))
    found[rest] = best
    return found


def _latin(two: Two, best: Numbers) -> Numbers:
    """Return what is said of Latin words where `best` is said of their letters."""
    words, tokens, texts, word, token = two
    left, right = words.folds.values[words.folds.starts[word]], tokens.folds.values[tokens.folds.starts[token]]
    folded = _edited(texts, left, right) - (FOLDS_COST << WAY_BITS)
    best = np.where(folded >> WAY_BITS > best >> WAY_BITS, folded, best)
    tabled = np.flatnonzero(_less(best, TABLE) & _shares(two, "pivots"))
    best[tabled[_sounds(two.some(tabled), TABLED_FROM) > 0]] = TABLE
    best[_less(best, NICKNAME) & _shares(two, "nicknames")] = NICKNAME
    return best


def _edited(texts: Texts, left: Numbers, right: Numbers) -> Numbers:
    """Two texts that differ by slips."""
    one, other = texts.lengths[left], texts.lengths[right]
    shorter = np.minimum(one, other)
    which = np.flatnonzero((shorter >= EDITED_FROM) & (np.abs(one - other) <= SLIPS_MAX))
    which = which[_apart(texts.letters, left[which], right[which]) <= SLIPS_MAX]
    texts_of = _texts_of(texts, left[which], right[which])
    distance = process.cpdist(*texts_of, scorer=OSA.distance, score_cutoff=SLIPS_MAX)
    shorter = shorter[which]
    found = np.zeros(len(left), np.int64)
    twice = np.where((distance == SLIPS_MAX) & (shorter >= TWICE_FROM), SLIPS[shorter], 0)
    found[which] = np.where(distance == 0, FOLDED, np.where(distance == 1, SLIP[shorter], twice))
    return found


def _apart(letters: NDArray[np.uint64], left: Numbers, right: Numbers) -> Numbers:
    """Return how many edits there are at least between texts: each takes away one letter of one, and one of the other."""
    one, other = letters[left], letters[right]
    found: Numbers = np.maximum(np.bitwise_count(one & ~other), np.bitwise_count(other & ~one)).astype(np.int64)
    return found


def _texts_of(texts: Texts, left: Numbers, right: Numbers) -> tuple[list[str], list[str]]:
    said = texts.texts
    return [said[at] for at in left.tolist()], [said[at] for at in right.tolist()]


def _heard(two: Two) -> Numbers:
    sounds = _sounds(two, AGREES_FROM)
    which = np.flatnonzero(sounds)
    words, tokens, texts, word, token = two.some(which)
    alike = hundredths(*_texts_of(texts, words.texts[word], tokens.texts[token]))
    lengths = (
        texts.lengths[side.skeletons.values[side.skeletons.starts[at]]] for side, at in ((words, word), (tokens, token))
    )
    length = np.minimum(np.minimum(*lengths), SOUNDS_MAX)
    found = np.zeros(len(two.word), np.int64)
    found[which] = SOUND[HEARD_LEAST + (sounds[which] - AGREES_FROM) // 2 + alike // 4 + length * 2]
    return found


def _across(two: Two) -> Numbers:
    words, tokens, _, word, token = two
    one, other = words.scripts[word], tokens.scripts[token]
    syllabic = IS_SYLLABIC[one] | IS_SYLLABIC[other]
    found = np.zeros(len(word), np.int64)
    found[syllabic] = _syllables(two.some(syllabic))
    found[~syllabic] = _letters(two.some(~syllabic))
    return found


def _letters(two: Two) -> Numbers:
    words, tokens, texts, word, token = two
    shares = _shares(two, "pivots")
    sounds = _sounds(two, np.where(shares, CONFIRMS_FROM, AGREES_FROM))
    abjad = IS_ABJAD[words.scripts[word]] | IS_ABJAD[tokens.scripts[token]]
    found = np.zeros(len(word), np.int64)
    found[~abjad] = _read(two.some(~abjad))
    known = _less(found, KNOWN) & shares
    heard = np.flatnonzero(~known & (found < HEARD_MAX << WAY_BITS) & (sounds >= AGREES_FROM))
    found[known] = np.where(sounds[known] >= CONFIRMS_FROM, KNOWN, SUGGESTED)
    lengths = (_longest(side.skeletons, at[heard], texts) for side, at in ((words, word), (tokens, token)))
    length = np.minimum(np.minimum(*lengths), SOUNDS_MAX)
    said = CROSS_SOUND[ACROSS_LEAST + sounds[heard] - AGREES_FROM + np.where(abjad[heard], 3 * length, 0)]
    found[heard] = np.maximum(found[heard], said)
    return found


def _longest(said: Slices, which: Numbers, texts: Texts) -> Numbers:
    """Return the letters of the longest text that is said of each."""
    counts = said.starts[which + 1] - said.starts[which]
    every = said.values[places(said.starts[which], counts)]
    return most(np.repeat(np.arange(len(which)), counts), texts.lengths[every], len(which))


def _syllables(two: Two) -> Numbers:
    words, tokens, texts, word, token = two
    place = _reading(two)
    read = place < UNREAD
    sounds = _sounds(two, CONFIRMS_FROM)
    is_one = np.zeros(len(word), np.bool_)
    for side, at in ((words, word), (tokens, token)):
        is_one |= IS_SYLLABIC[side.scripts[at]] & (texts.lengths[side.texts[at]] == 1)
    found = np.where((sounds >= AGREES_FROM) & ~is_one, NEARLY, 0)
    found[(sounds > 0) & _shares(two, "pivots")] = KNOWN
    found[read] = CROSS[LIKELIEST - np.minimum(place[read], 2)]
    return found


def _reading(two: Two) -> Numbers:
    """Return the places of the likeliest reading of each word that is one of its token, added; `UNREAD` where none is."""
    crossed = _crossed(two, "readings")
    equal = crossed.left == crossed.right
    order = (
        crossed.first << PLACE_BITS
    ) + crossed.places  # the likeliest of the word's, then the likeliest of the token's
    found = least(crossed.of[equal], order[equal], len(two.word), UNREAD)
    return np.where(found == UNREAD, UNREAD, found & (1 << PLACE_BITS) - 1)


def _read(two: Two) -> Numbers:
    place = _reading(two)
    read = place < UNREAD
    found = np.where(_shares(two, "folds"), READ, 0)
    found[read] = CROSS[LIKELIEST - 2 * place[read]]
    rest = np.flatnonzero(found == 0)
    crossed = _crossed(two.some(rest), "folds")
    best = most(crossed.of, _edited(two.texts, crossed.left, crossed.right), len(rest)) >> WAY_BITS
    found[rest] = np.where(best > 0, CROSS_SOUND[best - READING_COSTS], 0)
    return found


def _sounds(two: Two, at_least: int | Numbers) -> Numbers:
    """Return how far words and tokens say the same sounds, in the skeletons in which they do most; 0 if less than is asked for."""
    crossed = _crossed(two, "skeletons")
    left, right, texts = crossed.left, crossed.right, two.texts
    said = np.where(left == right, 100, 0)
    length = np.maximum(texts.lengths[left], texts.lengths[right]) + 1
    wanted = at_least if isinstance(at_least, int) else at_least[crossed.of]
    limit = distance_max(length, wanted)
    which = np.flatnonzero((left != right) & (np.abs(texts.lengths[left] - texts.lengths[right]) <= limit))
    apart = [_apart(letters, left[which], right[which]) for letters in (texts.letters, texts.broad)]
    which = which[sum(apart) <= limit[which]]
    texts_of = _texts_of(texts, left[which], right[which])
    distance = process.cpdist(*texts_of, scorer=Levenshtein.distance).astype(np.int64)
    kept = distance <= limit[which]
    which, distance = which[kept], distance[kept]
    broad = ([text.translate(BROAD) for text in side] for side in _texts_of(texts, left[which], right[which]))
    distance += process.cpdist(*broad, scorer=Levenshtein.distance).astype(np.int64)
    said[which] = np.where(distance <= limit[which], agreed(distance, length[which]), 0)
    return most(crossed.of, said, len(two.word))


def _shares(two: Two, what: str) -> Truths:
    """Tell whether anything that is said of a word is said of its token."""
    crossed = _crossed(two, what)
    found = np.zeros(len(two.word), np.bool_)
    found[crossed.of[crossed.left == crossed.right]] = True
    return found


def _crossed(two: Two, what: str) -> Crossed:
    left: Slices = getattr(two.words, what)
    right: Slices = getattr(two.tokens, what)
    since, other = left.starts[two.word], right.starts[two.token]
    across = right.starts[two.token + 1] - other
    counts = (left.starts[two.word + 1] - since) * across
    of = np.repeat(np.arange(len(counts)), counts)
    at, place = np.divmod(within(counts), across[of])
    return Crossed(of, left.values[since[of] + at], right.values[other[of] + place], at + place, at)
