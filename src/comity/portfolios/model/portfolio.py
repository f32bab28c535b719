"""Portfolios, what was imported into them, and what was screened."""

from __future__ import annotations

import re
from datetime import datetime
from enum import Enum
from typing import Final

import msgspec

from comity.alerts.model.subject import customer_key
from comity.portfolios.model.columns import Mapping
from comity.portfolios.model.customer import Customer
from comity.portfolios.model.failures import PortfolioUnfit
from comity.portfolios.model.files import Form
from comity.screening.model.answer import Ground, Result, Setting

TITLE_CHARS_MAX: Final = 200
PROFILE: Final = "customer"
"""The screening profile of a portfolio of which nothing else is said."""
ENDED_UNASKED_MAX: Final = 10
"""Customers whom a file may end without a person's word; more only up to `ENDED_SHARE_MAX` of those who stand."""
ENDED_SHARE_MAX: Final = 0.1
STALE_AFTER_S: Final = 86_400
"""Customers of instant credit transfers are screened at least once in a calendar day (Reg. (EU) No 260/2012 art. 5d(1))."""
_ID: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")


class Portfolio(msgspec.Struct, frozen=True, kw_only=True):
    """A set of customers that are screened together, under one profile."""

    id: str
    title: str
    profile: str
    """The id of a screening profile, always in its released version."""
    created_at: datetime
    created_by: str
    mapping: Mapping | None = None
    """What the columns of its last file were taken for."""

    def __post_init__(self) -> None:
        """Refuse a portfolio that nobody could name. Raises `PortfolioUnfit`."""
        if not _ID.fullmatch(self.id):
            raise PortfolioUnfit("A portfolio's id has 1 to 60 small letters, digits and hyphens.")
        if not self.title.strip() or len(self.title) > TITLE_CHARS_MAX:
            raise PortfolioUnfit(f"A portfolio has a title of at most {TITLE_CHARS_MAX} characters.")


class Mode(Enum):
    """What an import is."""

    FULL = "full"
    """The whole portfolio: customers who are not in the file are ended."""
    UPDATE = "update"
    """Some customers: the others stay as they are."""


def is_many(ended: int, standing: int) -> bool:
    """Whether a file that would end so many of the customers who stand may be a part of one, and waits for a person."""
    return ended > max(ENDED_UNASKED_MAX, standing * ENDED_SHARE_MAX)


class ImportState(Enum):
    """What became of an import."""

    WAITING = "waiting"
    """It has rows that cannot be read, or would end many customers; a person accepts it or discards it."""
    TAKEN = "taken"
    DISCARDED = "discarded"


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """A kept file, and what is to be done with it."""

    portfolio: str
    name: str
    """What the file was called."""
    sha256: str
    form: Form
    mapping: Mapping
    mode: Mode


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """What an import held, and what it changed."""

    rows: int = 0
    fit: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    ended: int = 0
    """Customers whom it ended; while it waits, those whom it would end."""

    @property
    def unfit(self) -> int:
        """Rows that cannot be read."""
        return self.rows - self.fit


class Import(msgspec.Struct, frozen=True, kw_only=True):
    """One file that was read into a portfolio."""

    id: str
    portfolio: str
    at: datetime
    actor: str
    file: str
    """What the file was called."""
    sha256: str
    """Of the file; it is kept."""
    form: Form
    mapping: Mapping
    mode: Mode
    state: ImportState
    counts: Counts
    report: str = ""
    """The SHA-256 of the error report (CSV), where there is one."""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A customer as it stands in a portfolio, or stood."""

    portfolio: str
    customer: Customer
    since: datetime
    """When this was learned."""
    until: datetime | None = None
    """When something else was learned, or the customer was ended."""
    ended_at: datetime | None = None
    origin: str = ""
    """The import from which it comes."""

    @property
    def subject(self) -> str:
        """Under which alerts know it."""
        return f"{self.portfolio}:{self.customer.id}"

    @property
    def key(self) -> str:
        """Under which its page stands."""
        return customer_key(self.portfolio, self.customer.id)


class RunKind(Enum):
    """How much was screened."""

    FULL = "full"
    """Everybody."""
    DELTA = "delta"
    """Whom the change of the lists, or of the customers, can touch; everybody else provably stays what they are."""


class RunState(Enum):
    """Where a run stands."""

    RUNNING = "running"
    DONE = "done"
    SUPERSEDED = "superseded"
    """Another began before it was done."""


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One screening of a portfolio."""

    id: str
    portfolio: str
    kind: RunKind
    state: RunState
    setting: Setting
    digest: str
    """Of the setting: editions, index, code, score and profile."""
    began_at: datetime
    ended_at: datetime | None = None
    position: str = ""
    """The last customer of whom everything is stored."""
    customers: int = 0
    asked: int = 0
    """Customers who were asked about."""
    matched: int = 0
    """Customers of whom something is found now."""
    changed: int = 0
    """Customers of whom something else is found than before."""
    result: str = ""
    """The digest of everything found: two runs with equal digests found the same of everybody."""

    @property
    def ground(self) -> Ground:
        """What it rests on."""
        return self.setting.ground


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What is found of one customer, since one run and until another."""

    portfolio: str
    customer: str
    since_run: str
    until_run: str = ""
    digest: str
    """Of the results: the same on every ground that gives them."""
    results: tuple[Result, ...]
    facts: str
    """The digest of the customer who was asked about."""
    screening: str = ""
    """The id under which the likeliest answer is kept, for replay."""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where a portfolio stands."""

    portfolio: Portfolio
    customers: int
    ended: int
    matched: int
    """Customers who stand and of whom something is found."""
    run: Run | None
    """The last that was done."""
    under_way: Run | None
    is_current: bool
    """Whether it was screened against what is in force now, all customers as they are now."""
    age_s: int | None
    """Seconds since the last run that was done began; None if there was none."""

    @property
    def is_stale(self) -> bool:
        """Whether the last run is older than a day, or there was none."""
        return self.age_s is None or self.age_s > STALE_AFTER_S
