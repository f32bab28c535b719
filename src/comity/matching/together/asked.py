"""The names of a batch, in every way in which they may be written, and their words as columns, each word once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from comity.matching.aligning import READINGS_MAX, is_syllabic
from comity.matching.closeness import ABJADS
from comity.matching.names import Name
from comity.matching.spelling import Shape
from comity.matching.together.slices import Numbers, Truths, begins

if TYPE_CHECKING:
    from comity.matching.finding import Near


class Asked(NamedTuple):
    """Names that are asked together."""

    names: Sequence[Name]
    owners: Numbers
    """Of each name, which of the questions it is a way to write."""
    words: Sequence[Shape]
    """The words of all names, each once."""
    slots: Numbers
    """The words of each name, by number, laid end to end."""
    counts: Numbers
    """How many words each name has."""
    starts: Numbers
    """Where its slots begin."""
    is_syllabic: Truths
    has_initial: Truths

    def of(self, name: int, near: Sequence[Near]) -> list[Near]:
        """Return what is near each word of a name, of what is near all words."""
        return [near[at] for at in self.slots[self.starts[name] : self.starts[name] + self.counts[name]].tolist()]


class Columns(NamedTuple):
    """Words, column by column."""

    weights: Numbers
    lengths: Numbers
    is_number: Truths
    is_abjad: Truths
    first: Numbers
    """The first letter of a reading; -1 for a digit."""
    is_single: Truths
    """Whether that reading is of one letter."""
    is_plain: Truths
    """Whether it has that reading and no other."""
    read: Numbers
    """Letters of the likeliest reading; 0 without one."""
    shortest: Numbers
    longest: Numbers
    """Letters of the readings of which all are tried."""


def asked(names: Sequence[Name]) -> Asked:
    """Return names as they are asked together. Those without words are left out: they mean nobody."""
    ways = [(at, way) for at, name in enumerate(names) for way in (name, *name.others()) if way.words]
    numbers: dict[str, int] = {}
    words: list[Shape] = []
    slots: list[int] = []
    for _, way in ways:
        for word in way.words:
            at = numbers.setdefault(word.text, len(words))
            if at == len(words):
                words.append(word)
            slots.append(at)
    counts = np.array([len(way.words) for _, way in ways], np.int64)
    return Asked(
        names=[way for _, way in ways],
        owners=np.array([owner for owner, _ in ways], np.int64),
        words=words,
        slots=np.array(slots, np.int64),
        counts=counts,
        starts=begins(counts),
        is_syllabic=np.array([not way.whole.isascii() and is_syllabic(way) for _, way in ways], np.bool_),
        has_initial=np.array([any([len(one.text) == 1 for one in way.words]) for _, way in ways], np.bool_),
    )


def columns(words: Sequence[Shape]) -> Columns:
    """Return words column by column."""
    ones = [one.readings[0] if one.readings else one.text for one in words]
    lengths = [[len(each) for each in one.readings[:READINGS_MAX]] or [0] for one in words]
    return Columns(
        weights=np.array([one.weight for one in words], np.int64),
        lengths=np.array([len(one.text) for one in words], np.int64),
        is_number=np.array([one.is_number for one in words], np.bool_),
        is_abjad=np.array([one.script in ABJADS for one in words], np.bool_),
        first=np.array([-1 if one[:1].isdigit() or not one else ord(one[0]) for one in ones], np.int64),
        is_single=np.array([len(one) == 1 for one in ones], np.bool_),
        is_plain=np.array([len(one.readings) == 1 for one in words], np.bool_),
        read=np.array([one[0] for one in lengths], np.int64),
        shortest=np.array([min(one) for one in lengths], np.int64),
        longest=np.array([max(one) for one in lengths], np.int64),
    )
