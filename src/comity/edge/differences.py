"""What differs between two texts, marked where it differs and nowhere else.

Long texts are compared word by word, and what both say is left out but for a few words on either side. Two spellings are compared
character by character within the words that are near each other, whatever order the words stand in. Everything is escaped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from markupsafe import Markup, escape
from rapidfuzz.distance import Indel

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

KEPT: Final = 6
"""Words that stand on either side of a difference; what both texts say beyond them is left out."""
WORDS_MAX: Final = 4_000
"""Words of a text that are compared; longer ones stand side by side whole."""
ALIKE: Final = 0.35
"""Below this share of common words two texts are two texts, and nothing within them is marked."""
NEAR: Final = 0.5
"""From this likeness on two words are spellings of one, and their characters are compared."""
ELLIPSIS: Final = Markup('<span class="cut">…</span>')

WORD = re.compile(r"\S+")
LETTERS = re.compile(r"\w+")


class Sides(NamedTuple):
    """Two texts with what differs marked: each alone, and both in one line."""

    before: Markup
    after: Markup
    both: Markup


class _Run(NamedTuple):
    """Words that both texts hold, or that stand in the place of others."""

    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def is_common(self) -> bool:
        return self.before == self.after


def sides(before: str, after: str) -> Sides:
    """Compare two texts word by word."""
    old, new = tuple(WORD.findall(before)), tuple(WORD.findall(after))
    runs = _runs(old, new)
    return Sides(
        before=_written(runs, gone=True, come=False),
        after=_written(runs, gone=False, come=True),
        both=_written(runs, gone=True, come=True),
    )


def pairs(gone: Sequence[str], come: Sequence[str]) -> list[tuple[str, str]]:
    """Put each value that went beside the one that came in its place; an empty text stands where there is none."""
    left = list(come)
    found: list[tuple[str, str]] = []
    for old in gone:
        best = max(left, key=lambda new: _alike(old, new), default="")
        if best and (_alike(old, best) >= NEAR or len(gone) == len(come) == 1):
            left.remove(best)
            found.append((old, best))
        else:
            found.append((old, ""))
    return [*found, *(("", new) for new in left)]


def against(text: str, other: str, mark: str = "diff") -> Markup:
    """Mark the characters of a spelling that another does not have; capitals and the order of words are no difference.

    Where the two have no word in common that is near, such as a name in two scripts, nothing is marked: all of it differs.
    """
    waiting = [word.casefold() for word in LETTERS.findall(other)]
    spoken = {match.start(): match.group() for match in LETTERS.finditer(text)}
    partners = _partners({at: word.casefold() for at, word in spoken.items()}, waiting)
    if not any(partners.values()):
        return escape(text)
    out, position = [], 0
    for at, word in spoken.items():
        out += [escape(text[position:at]), _word(word, partners[at], mark)]
        position = at + len(word)
    return Markup("").join([*out, escape(text[position:])])


def _runs(old: tuple[str, ...], new: tuple[str, ...]) -> list[_Run]:
    if max(len(old), len(new)) > WORDS_MAX or Indel.normalized_similarity(old, new) < ALIKE:
        return [_Run(old, new)]
    runs: list[_Run] = []
    for step in Indel.opcodes(old, new):
        run = _Run(old[step.src_start : step.src_end], new[step.dest_start : step.dest_end])
        is_stray = len(run.before) == 1 < len(old) - step.src_end
        if runs and not runs[-1].is_common and (step.tag != "equal" or is_stray):
            runs[-1] = _Run(
                runs[-1].before + run.before, runs[-1].after + run.after
            )  # one word alone holds nothing together
        else:
            runs.append(run)
    return runs


def _written(runs: Sequence[_Run], *, gone: bool, come: bool) -> Markup:
    out: list[Markup] = []
    for number, run in enumerate(runs):
        if run.is_common:
            out.append(_common(run.before, is_first=number == 0, is_last=number == len(runs) - 1))
            continue
        if gone and run.before:
            out.append(Markup('<del class="d-del">{}</del>').format(" ".join(run.before)))
        if come and run.after:
            out.append(Markup('<ins class="d-add">{}</ins>').format(" ".join(run.after)))
    return Markup(" ").join(out)


def _common(words: tuple[str, ...], *, is_first: bool, is_last: bool) -> Markup:
    head = words[:0] if is_first else words[:KEPT]
    tail = words[:0] if is_last else words[-KEPT:]
    if len(words) <= len(head) + len(tail) + 1 or (is_first and is_last):
        return escape(" ".join(words))
    return Markup(" ").join([escape(" ".join(head)), ELLIPSIS, escape(" ".join(tail))]).strip()


def _alike(one: str, other: str) -> float:
    return Indel.normalized_similarity(one.casefold(), other.casefold())


def _partners(spoken: dict[int, str], waiting: list[str]) -> dict[int, str]:
    """Give each word the one of the other text that it stands for: the same first, then the nearest; empty where there is none."""
    found: dict[int, str] = {}
    for at, word in spoken.items():
        if word in waiting:
            waiting.remove(word)
            found[at] = word
    for at, word in spoken.items():
        if at not in found:
            best = max(waiting, key=lambda other: _alike(word, other), default="")
            found[at] = best if best and _alike(word, best) >= NEAR else ""
            if found[at]:
                waiting.remove(best)
    return found


def _word(word: str, partner: str, mark: str) -> Markup:
    folded = word.casefold()
    if folded == partner:
        return escape(word)
    if not partner or len(folded) != len(word):
        return _marked(word, mark)
    same = [step for step in Indel.opcodes(folded, partner) if step.tag == "equal"]
    kept = {number for step in same for number in range(step.src_start, step.src_end)}
    return Markup("").join(
        _marked(part, mark) if differs else escape(part)
        for differs, part in _grouped(word, (number not in kept for number in range(len(word))))
    )


def _grouped(word: str, flags: Iterable[bool]) -> list[tuple[bool, str]]:
    groups: list[tuple[bool, str]] = []
    for letter, flag in zip(word, flags, strict=True):
        if groups and groups[-1][0] == flag:
            groups[-1] = (flag, groups[-1][1] + letter)
        else:
            groups.append((flag, letter))
    return groups


def _marked(text: str, mark: str) -> Markup:
    return Markup('<span class="{}">{}</span>').format(mark, text)
