"""Telling alerts of what was found in payments: each party, and each text, of a payment is a subject of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.alerts import service as alerts
from comity.alerts.model.answers import Found, Standing
from comity.alerts.model.subject import SubjectKind
from comity.filtering.model.subjects import subject
from comity.screening.model.answer import Matched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from comity.filtering.model.holding import Payment
    from comity.filtering.model.verdict import Hit, Verdict
    from comity.filtering.service.examining import Examined
    from comity.filtering.service.place import Place
    from comity.infra.work import Work
    from comity.screening.model.answer import Result

TEXT = "text"
"""The role of what speaks of nobody."""


def report(work: Work, place: Place, profile: str, kept: Sequence[tuple[Payment, Examined]]) -> None:
    """Report every party and text of some payments in which somebody on the lists may be meant."""
    found = [one for payment, examined in kept for one in _found(profile, payment, examined)]
    if found:
        alerts.report(work, place.office, found)


def subject_id(payment: str, hit: Hit) -> str:
    """Return the id of the subject of which a hit speaks: the payment's, and the role or the place in it."""
    return f"{payment}:{hit.role or TEXT}:{_field(hit)}"


def standing(work: Work, payment: str, verdict: Verdict) -> dict[str, Standing]:
    """Return where the subjects of a payment stand, by id: what the payment waits for, whoever may know of it."""
    return alerts.standing(work, SubjectKind.PAYMENT_PARTY, _subjects(payment, verdict))


def known(work: Work, payment: str, verdict: Verdict) -> dict[str, Standing]:
    """Return the same as far as it is for whoever asks."""
    return alerts.known(work, SubjectKind.PAYMENT_PARTY, _subjects(payment, verdict))


def _subjects(payment: str, verdict: Verdict) -> list[str]:
    return sorted({subject_id(payment, hit) for hit in verdict.hits if hit.odds is not None})


def _found(profile: str, payment: Payment, examined: Examined) -> Iterator[Found]:
    grouped: dict[str, list[Hit]] = {}
    for hit in examined.verdict.hits:
        if hit.odds is not None:  # a territory is no subject of the register: it is decided with the payment
            grouped.setdefault(subject_id(payment.id, hit), []).append(hit)
    for id_, hits in grouped.items():
        yield Found(
            subject=subject(id_, hits, examined.transfer),
            answer=Matched(
                editions=examined.verdict.editions, digest=examined.verdict.digest, results=tuple(_results(hits))
            ),
            screening=payment.id,
            profile=profile,
            at_stake=payment.amount,
        )


def _results(hits: Iterable[Hit]) -> Iterator[Result]:
    """Yield each listed one once, by its likeliest hit."""
    seen = set()
    for hit in sorted(hits, key=lambda one: -one.probability):
        result = hit.result()
        if result is not None and hit.listed.references not in seen:
            seen.add(hit.listed.references)
            yield result


def _field(hit: Hit) -> str:
    """Return the field of a text that speaks of nobody; a party is one subject whatever field of it was hit."""
    return "" if hit.role else hit.standing[0].place
