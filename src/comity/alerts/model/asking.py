"""What is asked of the queue, and what a person says when they decide."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import Final

import msgspec

from comity.alerts.model.answers import Alert, Hit, Listing, Needs
from comity.alerts.model.failures import QuestionUnfit
from comity.alerts.model.practice import BANDS, band
from comity.alerts.model.ranking import Rank
from comity.alerts.model.state import Disposition
from comity.kit import json
from comity.kit.limits import PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX
from comity.screening.model.profile import Reason

ME, NOBODY = "me", "nobody"
"""Whom an alert may be assigned to, beside a person's id."""
OFFSET_MAX: Final = 1_000_000


class Order(Enum):
    """What the queue is ordered by."""

    RANK = "rank"
    """The likeliest band first, and within it what is due first."""
    PROBABILITY = "probability"
    DUE = "due"
    AMOUNT = "amount"
    """The largest first; amounts of other currencies are not compared, and stand apart."""
    OPENED = "opened"
    """The newest first."""


class WhichAlerts(msgspec.Struct, frozen=True, kw_only=True):
    """Which alerts; an empty filter is open."""

    needs: str = ""
    """One of `Needs`; empty: everything that waits. `all`: what is decided too."""
    kind: str = ""
    profile: str = ""
    """A screening profile, of any version."""
    band: int | None = None
    assigned: str = ""
    """`me`, `nobody` or a person's id."""
    pattern: str = ""
    """The pattern of the evidence, as `Rank` writes it."""
    regime: str = ""
    """The two letters of a regime that lists somebody whom the subject may be."""
    late: bool = False
    """Only what should have been decided before now."""
    order: Order = Order.RANK
    limit: int = PAGE_ROWS_DEFAULT
    offset: int = 0

    def __post_init__(self) -> None:
        """Refuse a page that there is not. Raises `QuestionUnfit`."""
        if self.needs not in {"", "all", *(one.value for one in Needs)}:
            raise QuestionUnfit("An alert needs a decision, a second person, facts, or nothing.")
        if self.band is not None and not 0 <= self.band <= len(BANDS):
            raise QuestionUnfit(f"A band is one of 0 to {len(BANDS)}.")
        if not (0 <= self.limit <= PAGE_ROWS_MAX and 0 <= self.offset <= OFFSET_MAX):
            raise QuestionUnfit(f"A page has at most {PAGE_ROWS_MAX} rows.")


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One alert in the queue: who, and the hit that decides its rank."""

    alert: Alert
    rank: Rank
    listed: str
    """The caption of who is listed."""
    regimes: tuple[str, ...]


class Queue(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the queue."""

    rows: tuple[Row, ...]
    total: int
    late: int
    """Of the total, how many should have been decided before now."""


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    """How quickly one person decides."""

    today: int
    """Decisions since midnight, UTC."""
    median_s: float | None
    """Between two decisions, pauses left out; None before there are enough."""


class Decide(msgspec.Struct, frozen=True, kw_only=True):
    """What a person says of one hit."""

    hit: str
    disposition: Disposition
    reasons: tuple[str, ...] = ()
    note: str = ""
    measures: str = ""
    """The digest of what was shown to follow; a true match needs it."""


class Consequences(msgspec.Struct, frozen=True, kw_only=True):
    """What follows if the subject is the one who is listed: measures, who is bound, exceptions and licences, by designation."""

    listings: tuple[Listing, ...]

    @property
    def digest(self) -> str:
        """The SHA-256 of what follows, in lower-case hexadecimal: a true match names what its decider was shown."""
        return json.digest(self)


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One hit with everything that decides it."""

    alert: Alert
    hit: Hit
    hits: tuple[Hit, ...]
    consequences: Consequences
    needs_second: tuple[Disposition, ...]
    """The dispositions that another person must confirm."""
    reasons: dict[Disposition, tuple[Reason, ...]]
    """Those that may be given for each disposition."""
    texts: dict[str, str]
    """Every reason of the profile in words, by id."""

    @property
    def band(self) -> int:
        """The band of the hit's probability."""
        return band(self.hit.probability)


class AlertShown(msgspec.Struct, frozen=True, kw_only=True):
    """An alert as programs take it."""

    id: str
    kind: str
    subject_id: str
    caption: str
    profile: str
    needs: str
    band: int
    probability: float
    due_at: datetime
    undecided: int
    assigned_to: str
    listed: str
    regimes: tuple[str, ...]
    at_stake: str
    """Amount and currency, as `1250.00 EUR`; empty where it is not known."""
    opened_at: datetime


def row_shown(row: Row) -> AlertShown:
    """Return a row of the queue as programs take it."""
    alert, rank = row.alert, row.rank
    return AlertShown(
        id=alert.id,
        kind=alert.subject.kind.value,
        subject_id=alert.subject.id,
        caption=alert.subject.caption,
        profile=alert.profile,
        needs=rank.needs.value,
        band=rank.band,
        probability=rank.probability,
        due_at=rank.due_at,
        undecided=rank.undecided,
        assigned_to=alert.assigned_to,
        listed=row.listed,
        regimes=row.regimes,
        at_stake=str(alert.at_stake) if alert.at_stake else "",
        opened_at=alert.opened_at,
    )


class WhichGoodGuys(msgspec.Struct, frozen=True, kw_only=True):
    """Which good-guy entries; an empty filter is open."""

    standing: str = "standing"
    """`standing`: those that hold or wait for a second person; `waiting`: the latter alone; `ended`; `all`."""
    kind: str = ""
    listed: str = ""
    """The register's id of who is listed."""
    limit: int = PAGE_ROWS_DEFAULT
    offset: int = 0

    def __post_init__(self) -> None:
        """Refuse what there is not. Raises `QuestionUnfit`."""
        if self.standing not in {"standing", "waiting", "ended", "all"}:
            raise QuestionUnfit("Good-guy entries are standing, waiting or ended.")


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """What happened to hits on one day, UTC, or in the week or month that begins with it."""

    on: date
    opened: int = 0
    reopened: int = 0
    decided: int = 0
    """Settled, by one person or by two."""
    carried: int = 0
    spared: int = 0
    closed: int = 0


class Precision(msgspec.Struct, frozen=True, kw_only=True):
    """How many of the decided hits of one profile and band were true matches."""

    profile: str
    """A screening profile, of any version."""
    band: int
    true: int
    false: int

    @property
    def share(self) -> float:
        """The share of true matches, from 0 to 1."""
        return self.true / (self.true + self.false)


class Statistics(msgspec.Struct, frozen=True, kw_only=True):
    """What a span of days made of alerts."""

    since: date
    until: date
    """The first day that no longer counts."""
    days: tuple[Day, ...]
    precision: tuple[Precision, ...]
    """Over decisions that stand now, whenever they were made."""
    age_median_s: float | None
    age_p90_s: float | None
    """From opening to settling; None where nothing was settled."""
    waiting: int
    late: int


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """What a threshold would have done to the decisions that stand."""

    threshold: float
    true_found: int
    false_raised: int
    recall: float
    """The share of true matches at or above it."""
    false_positive_rate: float
    """The share of false positives at or above it."""


class Tuning(msgspec.Struct, frozen=True, kw_only=True):
    """Recall and false positives against threshold, on the node's own decisions."""

    true: int
    false: int
    rates: tuple[Rate, ...]
    """In steps of a twentieth."""


class Lost(msgspec.Struct, frozen=True, kw_only=True):
    """A true match that a threshold would not have found."""

    alert: str
    hit: str
    probability: float


class Backtest(msgspec.Struct, frozen=True, kw_only=True):
    """What a proposed threshold makes of the decisions that stand."""

    profile: str
    threshold: float
    decisions: int
    true_kept: int
    true_lost: tuple[Lost, ...]
    false_kept: int
    false_avoided: int
    at: datetime

    @property
    def digest(self) -> str:
        """The SHA-256 of the result, in lower-case hexadecimal: a release names what it was tried on."""
        return json.digest(self)
