r"""Several values in one field, numbered by hand: `1) Kandahar 2) Pishin`, `(a) Iraq (b) Iran`, `(1)-(3) Tunisia (4) Libya`.

Numbers and letters count alike, because lists mix them. A text is taken apart only where the marks run from the first upwards; a
mark out of that order is part of the text (`Article 7d(2)`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ALL: Final = 0
"""The number of a value that stands for itself, without a mark."""

_MARK: Final = re.compile(r"(?:\(|(?<![\w(]))(\d{1,2}|[A-Za-z])\)(?:\s*(?:-|to)\s*\(?(\d{1,2}|[A-Za-z])\))?", re.ASCII)
_UNKNOWN: Final = "-"
_EDGES: Final = " ,;"


def pieces(text: str, *, lead: bool = False) -> dict[int, str]:
    """Return the values by their numbers, without those that the list leaves open by a dash.

    A text before the first mark makes it no list, unless `lead`: then it is part of every value (`Passport no. (a) 1 (b) 2`).
    """
    marks = list(_in_order(text))
    before = text[: marks[0][2]].strip(_EDGES) if marks else ""
    if not marks or (before and not lead):
        return {ALL: text.strip()} if text.strip() else {}
    ends = [start for _, _, start, _ in marks[1:]] + [len(text)]
    values: dict[int, str] = {}
    for (first, last, _, after), end in zip(marks, ends, strict=True):
        value = text[after:end].strip(_EDGES)
        values |= dict.fromkeys(range(first, last + 1), f"{before} {value}".strip() if value else "")
    return {number: value for number, value in _shared(values).items() if value not in {"", _UNKNOWN}}


def values(text: str) -> list[str]:
    """Return the distinct values of a field in their order."""
    return list(dict.fromkeys(pieces(text).values()))


def _in_order(text: str) -> Iterator[tuple[int, int, int, int]]:
    """Yield each mark that counts on: from which number to which it goes, where it begins and where it ends."""
    due = 1
    for mark in _MARK.finditer(text):
        first = _ordinal(mark[1])
        if first == due:
            last = max(first, _ordinal(mark[2] or mark[1]))
            due = last + 1
            yield first, last, mark.start(), mark.end()


def _ordinal(mark: str) -> int:
    return int(mark) if mark.isdigit() else ord(mark.lower()) - ord("a") + 1


def _shared(values_: dict[int, str]) -> dict[int, str]:
    """Give a mark that is followed by another at once the value of the other: `(1) (2) Egypt`."""
    shared: dict[int, str] = {}
    for number in sorted(values_, reverse=True):
        shared[number] = values_[number] or shared.get(number + 1, "")
    return dict(sorted(shared.items()))
