"""Ordering that portfolios are screened: after a change of the lists or of the customers, and every day."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from comity.portfolios.store import portfolios

if TYPE_CHECKING:
    from comity.infra.work import Work
    from comity.portfolios.model.portfolio import Given

SCREEN: Final = "portfolios.screen"
"""The job that screens a portfolio: whom a change can touch, or everybody where that cannot be told."""
SCREEN_WHOLE: Final = "portfolios.screen_whole"
"""The job that screens everybody, whatever was found before."""
TAKE: Final = "portfolios.take"
"""The job that reads and takes a file which somebody has given."""
DAILY: Final = "portfolios.daily"
"""The job that orders the screening of every portfolio, once a calendar day (Reg. (EU) No 260/2012 art. 5d(1))."""


def order(work: Work, portfolio: str, *, whole: bool = False) -> str:
    """Order that a portfolio is screened, and return the job's id; several orders are one."""
    kind = SCREEN_WHOLE if whole else SCREEN
    return work.enqueue(kind, {"portfolio": portfolio}, key=f"{kind}:{portfolio}")


def order_take(work: Work, given: Given) -> str:
    """Order that a kept file is read and taken, and return the job's id."""
    work.record("portfolios.import_ordered", portfolio=given.portfolio, sha256=given.sha256)
    payload = {"portfolio": given.portfolio, "given": msgspec.to_builtins(given)}
    return work.enqueue(TAKE, payload, key=f"{TAKE}:{given.portfolio}:{given.sha256}")


def order_all(work: Work) -> None:
    """Order that every portfolio is screened: what is in force has changed."""
    for one in portfolios.every(work):
        order(work, one.id)


def order_daily(work: Work) -> None:
    """Order the next day's screening; at most one such order waits."""
    next_day = datetime.combine(work.at.date() + timedelta(days=1), time(), UTC)
    work.enqueue(DAILY, {}, due=next_day, key=DAILY)
