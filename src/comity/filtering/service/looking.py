"""Looking at what was screened: files, payments by state, and how many alerts there are for ten thousand payments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from comity.alerts import service as alerts
from comity.alerts.model.subject import SubjectKind
from comity.filtering.model.asking import narrowed
from comity.filtering.model.failures import PaymentUnknown, QuestionUnfit
from comity.filtering.model.holding import File, Payment, State
from comity.filtering.service import reporting
from comity.filtering.store import payments
from comity.kit.limits import PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX
from comity.payments.model import fields

if TYPE_CHECKING:
    from datetime import datetime

    from comity.filtering.model.asking import Asked
    from comity.filtering.model.holding import Held
    from comity.filtering.model.verdict import Hit
    from comity.filtering.service.place import Place
    from comity.infra.work import Work

RECEIVED_BYTES_MAX: Final = 200_000
"""A message of which the page shows a part as it was received."""
LINES_BEFORE, LINES_AFTER = 6, 14

OFFSET_MAX: Final = 10_000_000
"""How far into a list of payments a page may begin."""

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


def listed(
    work: Work,
    state: str = "",
    file: str = "",
    limit: int = PAGE_ROWS_DEFAULT,
    offset: int = 0,
    asked: Asked | None = None,
) -> Page:
    """Return payments in a state, or of a file, narrowed to what is asked, the oldest first. Raises `QuestionUnfit`."""
    if state and state not in {one.value for one in State}:
        raise QuestionUnfit(f"state is one of {', '.join(one.value for one in State)}.")
    if not 1 <= limit <= PAGE_ROWS_MAX or not 0 <= offset <= OFFSET_MAX:
        raise QuestionUnfit(f"A page has 1 to {PAGE_ROWS_MAX} rows, and begins between 0 and {OFFSET_MAX:,}.")
    where = {name: value for name, value in (("state", state), ("file", file)) if value}
    found, count = payments.listed(work, where, limit, offset, narrowed(asked) if asked else None)
    return Page(payments=tuple(found), count=count, offset=offset, limit=limit)


def likeliest(work: Work, page: Page) -> dict[str, Hit]:
    """Return the likeliest hit of each payment of a page, by id."""
    return {
        id_: verdict.hits[0]
        for id_, verdict in payments.verdicts(work, [one.id for one in page.payments]).items()
        if verdict.hits
    }


def narrowing(work: Work, state: str) -> tuple[list[str], list[str]]:
    """Return the lists and the currencies to which the payments of a state can be narrowed."""
    return payments.told_of(work, state)


def due(work: Work, page: Page) -> dict[str, datetime]:
    """Return by when the payments of a page are to be decided, by id: by then the first of their alerts is due."""
    verdicts = payments.verdicts(work, [one.id for one in page.payments])
    owner = {
        reporting.subject_id(id_, hit): id_
        for id_, verdict in verdicts.items()
        for hit in verdict.hits
        if hit.odds is not None
    }
    found: dict[str, datetime] = {}
    for subject, standing in alerts.standing(work, SubjectKind.PAYMENT_PARTY, sorted(owner)).items():
        if standing.due_at is not None:
            found[owner[subject]] = min(standing.due_at, found.get(owner[subject], standing.due_at))
    return found


def held(work: Work, limit: int = PAGE_ROWS_DEFAULT, offset: int = 0) -> Page:
    """Return the payments that wait, the oldest first."""
    return listed(work, State.HELD.value, "", limit, offset)


def received(work: Work, place: Place, held: Held) -> list[tuple[int, str]]:
    """Return the lines of a message round the first text in which something was found, numbered from 1.

    None of a long file, nor of one that holds several payments: the others are not this reader's business here.
    """
    file = files(work, held.payment.file)
    if file.transfers > 1:
        return []
    with place.blobs.open(file.sha256) as kept:
        raw = kept.read(RECEIVED_BYTES_MAX + 1)
    if len(raw) > RECEIVED_BYTES_MAX:
        return []
    lines = raw.decode("utf-8", "replace").replace("><", ">\n<").splitlines()
    said = [one.text for one in fields(held.transfer) if one.place == held.verdict.hits[0].standing[0].place]
    at = next((at for at, line in enumerate(lines) for text in said if text.split()[0] in line), 0)
    since = max(at - LINES_BEFORE, 0)
    return list(enumerate(lines[since : at + LINES_AFTER], since + 1))


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
