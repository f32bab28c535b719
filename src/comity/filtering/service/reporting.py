"""Telling alerts of what was found in payments: each party, and each text, of a payment is a subject of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.alerts import service as alerts
from comity.alerts.model.answers import Found, Standing
from comity.alerts.model.subject import Subject, SubjectKind
from comity.filtering.model.enquiry import NAMES, Way
from comity.kit.limits import SEARCH_TEXT_CHARS_MAX
from comity.payments.model import FieldKind, fields
from comity.screening.model.answer import Matched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from comity.filtering.model.holding import Payment
    from comity.filtering.model.verdict import Hit, Verdict
    from comity.filtering.service.examining import Examined
    from comity.filtering.service.place import Place
    from comity.infra.work import Work
    from comity.payments.model import Transfer
    from comity.screening.model.answer import Result

TEXT = "text"
"""The role of what speaks of nobody."""

PROPERTIES = {
    FieldKind.BIRTH_DATE: "birthDate",
    FieldKind.COUNTRY: "country",
    FieldKind.ADDRESS_LINE: "address",
    FieldKind.STREET: "address",
    FieldKind.TOWN: "address",
    FieldKind.NATIONAL_ID: "idNumber",
    FieldKind.ORGANISATION_ID: "registrationNumber",
    FieldKind.BIC: "swiftBic",
    FieldKind.LEI: "leiCode",
    FieldKind.IBAN: "iban",
    FieldKind.ACCOUNT: "accountNumber",
}
"""What the message says of a party, as FollowTheMoney calls it."""


def report(work: Work, place: Place, profile: str, kept: Sequence[tuple[Payment, Examined]]) -> None:
    """Report every party and text of some payments in which somebody on the lists may be meant."""
    found = [one for payment, examined in kept for one in _found(profile, payment, examined)]
    if found:
        alerts.report(work, place.office, found)


def subject_id(payment: str, hit: Hit) -> str:
    """Return the id of the subject of which a hit speaks: the payment's, and the role or the place in it."""
    return f"{payment}:{hit.role or TEXT}:{_field(hit)}"


def standing(work: Work, payment: str, verdict: Verdict) -> dict[str, Standing]:
    """Return where the subjects of a payment stand, by id."""
    ids = sorted({subject_id(payment, hit) for hit in verdict.hits if hit.odds is not None})
    return alerts.standing(work, SubjectKind.PAYMENT_PARTY, ids)


def _found(profile: str, payment: Payment, examined: Examined) -> Iterator[Found]:
    grouped: dict[str, list[Hit]] = {}
    for hit in examined.verdict.hits:
        if hit.odds is not None:  # a territory is no subject of the register: it is decided with the payment
            grouped.setdefault(subject_id(payment.id, hit), []).append(hit)
    for id_, hits in grouped.items():
        yield Found(
            subject=_subject(id_, hits, examined.transfer),
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


def _subject(id_: str, hits: Sequence[Hit], transfer: Transfer) -> Subject:
    role, place = hits[0].role, hits[0].standing[0].place
    said = [one for one in fields(transfer) if role and one.role and one.role.value == role]
    properties: dict[str, list[str]] = {}
    for one in said:
        name = "name" if one.kind in NAMES else PROPERTIES.get(one.kind)
        if name:
            properties.setdefault(name, []).append(one.text.strip()[:SEARCH_TEXT_CHARS_MAX])
    own = next((one.text for one in said if one.place == place and one.kind in NAMES), "")
    caption = own if hits[0].way is Way.NAME and own else hits[0].text
    return Subject(
        kind=SubjectKind.PAYMENT_PARTY,
        id=id_,
        caption=caption.strip()[:SEARCH_TEXT_CHARS_MAX],
        properties={name: tuple(dict.fromkeys(filter(None, values))) for name, values in properties.items()},
    )


def _field(hit: Hit) -> str:
    """Return the field of a text that speaks of nobody; a party is one subject whatever field of it was hit."""
    return "" if hit.role else hit.standing[0].place
