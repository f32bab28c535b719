"""Lists that spread one entry over several rows: one row per alias, per address, per paragraph of the law.

The rows of an entry need not stand together. A first reading learns the keys, a second hands over each entry as soon as its last
row is there, so that no more is held in memory than the entries that are still open.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from comity.lists.model import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROW = "row"
LABELS_MAX = 3
"""How many rows an error names; an entry may have dozens."""


def entries(read: Callable[[], Iterator[Record]], key: Callable[[Record], str]) -> Iterator[tuple[str, Record]]:
    """Yield each key with all rows that have it, as one record; `rows` gives them back.

    `read` begins from the start each time and must give the same rows. `key` may take fields: it is shown a row of its own.
    """
    keys = [key(row) for row in read()]
    missing = Counter(keys)
    waiting: dict[str, list[Record]] = {}
    for name, row in zip(keys, read(), strict=True):
        waiting.setdefault(name, []).append(row)
        missing[name] -= 1
        if not missing[name]:
            yield name, _together(waiting.pop(name))


def rows(entry: Record) -> list[Record]:
    """Take the rows of an entry, in the order of the file."""
    return entry.children(ROW)


def _together(gathered: list[Record]) -> Record:
    labels = [row.label for row in gathered[:LABELS_MAX]]
    more = ["…"] if len(gathered) > LABELS_MAX else []
    return Record(
        {ROW: list(gathered)},
        file=gathered[0].file,
        label=", ".join(labels + more),
        raw="\n".join(row.raw for row in gathered),
    )
