"""What a list of payments is narrowed to, beside a state or a file."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

import msgspec

from comity.filtering.model.failures import QuestionUnfit
from comity.model.money import Money, MoneyMalformed

TERRITORY: Final = "territory"
"""Stands for a list where a text names a territory under a measure."""
LIST_ID: Final = re.compile(r"[a-z0-9_:.-]{1,100}")


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """The same in words, as an address or a command line has it; what is empty narrows nothing."""

    list: str = ""
    """The id of a list of the catalogue, or `territory`."""
    since: str = ""
    """A day, as 2031-11-21."""
    until: str = ""
    currency: str = ""
    least: str = ""
    """An amount, with a currency."""
    most: str = ""
    likely: str = ""
    """The least probability of the likeliest hit."""
    instant: str = ""
    """Anything: instant payments alone."""


class Narrowed(msgspec.Struct, frozen=True, kw_only=True):
    """A payment is listed if it meets everything that is given."""

    list: str = ""
    """Somebody on this list may be meant; `territory` for a territory that is named."""
    since: date | None = None
    """Screened on this day or later, in the time zone of the ledger (UTC)."""
    until: date | None = None
    """Screened on this day or earlier."""
    currency: str = ""
    least_minor: int | None = None
    """In the minor unit of the currency."""
    most_minor: int | None = None
    probability: float = 0.0
    is_instant: bool = False


def narrowed(asked: Asked) -> Narrowed:
    """Read what a list is narrowed to. Raises `QuestionUnfit`, naming the field."""
    if asked.list and not LIST_ID.fullmatch(asked.list):
        raise QuestionUnfit("list: the id of a list, as un_consolidated, or territory.")
    if (asked.least or asked.most) and not asked.currency:
        raise QuestionUnfit("currency: amounts are compared within one currency, as EUR.")
    try:
        least, most = (Money.parse(one, asked.currency).minor if one else None for one in (asked.least, asked.most))
        currency = Money(0, asked.currency).currency if asked.currency else ""
    except MoneyMalformed as error:
        raise QuestionUnfit(
            "least, most: an amount in the currency, as 1250.50; currency: a code of ISO 4217."
        ) from error
    return Narrowed(
        list=asked.list,
        since=_day("since", asked.since),
        until=_day("until", asked.until),
        currency=currency,
        least_minor=least,
        most_minor=most,
        probability=_probability(asked.likely),
        is_instant=bool(asked.instant),
    )


def _day(field: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise QuestionUnfit(f"{field}: a day, as 2031-11-21.") from error


def _probability(text: str) -> float:
    try:
        found = float(text or 0)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 1:
        raise QuestionUnfit("likely: a probability, from 0 to 1.")
    return found
