"""What was screened before, as a list: it names nobody, since who was asked about stands in the answer itself."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Final

import msgspec

from comity.screening.model.answer import Screened
from comity.screening.model.question import Batch

if TYPE_CHECKING:
    from comity.screening.model.answer import AnyAnswer
    from comity.screening.model.question import Asked


OFFSET_MAX: Final = 1_000_000
"""How far back a list of screenings is paged."""
ACTOR_CHARS_MAX: Final = 80
"""The id of whoever asked."""


class Outcome(Enum):
    """Whether anybody was found."""

    CLEARED = "cleared"
    MATCHED = "matched"


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """Which screenings somebody looks for."""

    actor: str = ""
    """Whose; empty: everybody's."""
    outcome: Outcome | None = None
    since: date | None = None
    until: date | None = None
    """The last day, included."""


class Past(msgspec.Struct, frozen=True, kw_only=True):
    """One screening in a list of them."""

    id: str
    at: datetime
    actor: str
    rows: int
    matches: int
    digest: str
    profile: str
    """`customer 12`; empty if limits of its own were asked for."""
    is_file: bool


class History(msgspec.Struct, frozen=True, kw_only=True):
    """Some of the screenings that fit, the latest first, and how many do."""

    total: int
    results: tuple[Past, ...]


def rows_of(asked: Asked) -> int:
    """Return how many names were asked about."""
    return asked.rows if isinstance(asked, Batch) else 1


def matches_of(answer: AnyAnswer) -> int:
    """Return how many matches there are."""
    return answer.matches if isinstance(answer, Screened) else len(answer.results)
