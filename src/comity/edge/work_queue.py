"""What waits for a person, and what happened while they were away, in the words of the home page."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from comity.edge.i18n import mark as _

if TYPE_CHECKING:
    from collections.abc import Iterable

SOON: Final = timedelta(days=7)
ITEMS_MAX: Final = 200
"""Lines on the home page; what is beyond is counted and stands on its own page."""


class HomeItem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that somebody should do."""

    title: str
    """What is needed, as a verb with its object, in the reader's language."""
    path: str
    """Where to do it."""
    about: str = ""
    """Its context: which list, which pair, how many."""
    why: str = ""
    """Why it is here: the rule, the limit, the article."""
    why_language: str = ""
    """Where that is said in one language for everybody: which."""
    origin: str = ""
    """From whom or from what it comes."""
    label: str = "green"
    """Its handling, as in `tlp`: clear, green, amber, amber-strict, red."""
    due_at: datetime | None = None
    """By when; None has no clock."""
    kind: str = ""
    """What sort of work it is, so that it can be ordered by what this node is for."""


class News(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened and needs nothing."""

    verdict: str
    """The class of its shape: match, possible, clear, escalate, idle."""
    word: str
    """The verdict's word, in the reader's language."""
    title: str
    path: str
    text: str
    at: datetime


class Heap(msgspec.Struct, frozen=True):
    """Items of one urgency, under a heading."""

    label: str
    items: tuple[HomeItem, ...]


class Queue(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that waits, the most urgent first."""

    heaps: tuple[Heap, ...]
    late: int
    today: int
    total: int
    left_out: int


HEAPS: Final = (_("Overdue"), _("Due today"), _("Next seven days"), _("Later"), _("No clock"))
KINDS: Final = {
    "sanctions_office": ("lists", "register", "alerts"),
    "bank": ("alerts", "register", "lists"),
    "fiu": ("alerts", "register", "lists"),
    "export_control": ("alerts", "register", "lists"),
    "central_authority": ("alerts", "register", "lists"),
    "customs": ("alerts", "register", "lists"),
}
"""Which kind of work comes first where nothing else decides, by what the node is."""


def queue(items: Iterable[HomeItem], now: datetime, kind: str) -> Queue:
    """Put items in order: by urgency, then by due time, then by what this node is for."""
    order = KINDS.get(kind, ())
    ranked = sorted(items, key=lambda item: (_urgency(item, now), item.due_at or now, _rank(order, item.kind)))
    shown = ranked[:ITEMS_MAX]
    heaps = (
        Heap(label, tuple(item for item in shown if _urgency(item, now) == urgency))
        for urgency, label in enumerate(HEAPS)
    )
    urgencies = [_urgency(item, now) for item in ranked]
    return Queue(
        heaps=tuple(heap for heap in heaps if heap.items),
        late=urgencies.count(0),
        today=urgencies.count(1),
        total=len(ranked),
        left_out=len(ranked) - len(shown),
    )


def _urgency(item: HomeItem, now: datetime) -> int:
    if item.due_at is None:
        return 4
    if item.due_at <= now:
        return 0
    if item.due_at.date() == now.date():
        return 1
    return 2 if item.due_at - now <= SOON else 3


def _rank(order: tuple[str, ...], kind: str) -> int:
    return order.index(kind) if kind in order else len(order)
