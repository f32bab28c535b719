"""The answers to a file of payments as a table: what was found in which field, what was seen without an alert, what passed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.filtering.store import payments
from comity.kit.limits import PAGE_ROWS_MAX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.filtering.model.holding import Payment
    from comity.filtering.model.verdict import Hit
    from comity.infra.work import Work

COLUMNS: Final = (
    *("number", "payment", "state", "way", "role", "place", "text", "entity_id", "caption", "references"),
    *("probability", "evidence", "not_alerted_because"),
)
"""A row for each hit, one for what was seen without an alert, and one with an empty `way` for each payment with neither."""


def answers(work: Work, file: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows that answer a file, payment by payment, in its order."""
    offset = 0
    while True:
        page = payments.in_order(work, file, PAGE_ROWS_MAX, offset)
        for payment in page:
            yield from _rows(work, payment)
        offset += len(page)
        if len(page) < PAGE_ROWS_MAX:
            return


def _rows(work: Work, payment: Payment) -> Iterator[tuple[str, ...]]:
    start = (str(payment.number), payment.id, payment.state.value)
    verdict = payments.find(work, payment.id).verdict
    if verdict is None:
        yield (*start, *("",) * (len(COLUMNS) - len(start)))
        return
    for hit in verdict.hits:
        yield (*start, *_cells(hit), "")
    for one in verdict.seen:
        yield (*start, *_cells(one.hit), one.reason.value)


def _cells(hit: Hit) -> tuple[str, ...]:
    return (
        hit.way.value,
        hit.role,
        "|".join(one.place for one in hit.standing),
        hit.text,
        hit.listed.id,
        hit.listed.caption,
        "|".join(hit.listed.references),
        f"{hit.probability:.6f}",
        "; ".join(one.text for one in hit.evidence),
    )
