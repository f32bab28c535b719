"""Looking at what was screened: files, payments by state, and how many alerts there are for ten thousand payments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from comity.filtering.model.failures import PaymentUnknown, QuestionUnfit
from comity.filtering.model.holding import File, Payment, State
from comity.filtering.store import payments
from comity.kit.limits import PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX

if TYPE_CHECKING:
    from comity.infra.work import Work

PER: Final = 10_000
"""Payments for which alerts are counted."""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Some payments of all that meet a question."""

    payments: tuple[Payment, ...]
    count: int
    offset: int
    limit: int


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """How often one profile stops payments."""

    profile: str
    payments: int
    stopped: int
    """Payments with at least one hit."""
    hits: int
    stopped_per_10000: float
    """Stopped payments of ten thousand; one decimal."""


def listed(work: Work, state: str = "", file: str = "", limit: int = PAGE_ROWS_DEFAULT, offset: int = 0) -> Page:
    """Return payments in a state, or of a file, the oldest first. Raises `QuestionUnfit`."""
    if state and state not in {one.value for one in State}:
        raise QuestionUnfit(f"state is one of {', '.join(one.value for one in State)}.")
    if not 1 <= limit <= PAGE_ROWS_MAX or offset < 0:
        raise QuestionUnfit(f"A page has 1 to {PAGE_ROWS_MAX} rows, and begins at 0 or later.")
    where = {name: value for name, value in (("state", state), ("file", file)) if value}
    found, count = payments.listed(work, where, limit, offset)
    return Page(payments=tuple(found), count=count, offset=offset, limit=limit)


def held(work: Work, limit: int = PAGE_ROWS_DEFAULT, offset: int = 0) -> Page:
    """Return the payments that wait, the oldest first."""
    return listed(work, State.HELD.value, "", limit, offset)


def files(work: Work, id_: str) -> File:
    """Return a file of payments. Raises `PaymentUnknown`."""
    found = payments.file(work, id_)
    if found is None:
        raise PaymentUnknown("There is no file of payments with this id.")
    return found


def has_past(work: Work) -> bool:
    """Return whether any payment was ever screened."""
    return payments.are_any(work)


def statistics(work: Work) -> tuple[Rate, ...]:
    """Return how often each profile stops payments."""
    return tuple(
        Rate(
            profile=profile,
            payments=count,
            stopped=stopped,
            hits=hits,
            stopped_per_10000=round(stopped * PER / count, 1),
        )
        for profile, count, stopped, hits in payments.counted(work)
    )
