"""Recalls of payments that do not move here: which payment is meant, and what is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from comity.filtering.model import NotAnswered, Notice, Unrejectable, Written, answer
from comity.filtering.model.failures import PaymentUnknown
from comity.filtering.model.holding import Payment, State
from comity.filtering.model.recalling import RECALL
from comity.filtering.service.rejecting import REFERENCE_CHARS
from comity.filtering.service.running import transfer_of
from comity.filtering.store import payments

if TYPE_CHECKING:
    from comity.filtering.service.place import Place
    from comity.infra.work import Work
    from comity.payments.model import Transfer

NONE_GIVEN = frozenset({"", "NOTPROVIDED", "NOTPROVIDED-NONREF"})
"""What stands for an end-to-end identification where the payer gave none."""


class Recalled(NamedTuple):
    """A recall, and what is answered."""

    recall: Payment
    written: Written


def recall_answer(work: Work, place: Place, id_: str) -> Written:
    """Return what is answered to a recall that was screened here, by where the payment of which it speaks stands now.

    Raises `PaymentUnknown`, `Unrejectable` where it is no recall or lacks what must be repeated, and `NotAnswered` where that
    payment is neither held nor blocked here.
    """
    kept = payments.find(work, id_).payment
    transfer = _read(work, place, kept)
    if kept.kind != RECALL or transfer.original is None:
        raise Unrejectable(f"A {kept.version} is not answered as a recall.")
    meant = [one for one in _alike(work, kept) if one.kind != RECALL and _is_meant(one, transfer)]
    state = next((one.state for one in meant if one.state in {State.BLOCKED, State.HELD}), State.PASSED)
    return answer(transfer, state, _notice(work, place, kept))


def recalls(work: Work, place: Place, payment: Payment) -> list[Recalled]:
    """Return the recalls of a payment that is held or blocked, each with its answer; those that cannot be answered are left out."""
    found = []
    for one in _alike(work, payment):
        if one.kind == RECALL:
            try:
                found.append(Recalled(one, recall_answer(work, place, one.id)))
            except (NotAnswered, Unrejectable):
                continue
    return found


def _alike(work: Work, one: Payment) -> list[Payment]:
    reference = "" if one.end_to_end_id in NONE_GIVEN else one.end_to_end_id
    return payments.alike(work, one.uetr, reference)


def _is_meant(one: Payment, recall: Transfer) -> bool:
    """Whether a payment with the same reference is the one that is called back: end-to-end identifications are not unique."""
    said = recall.original
    assert said is not None, "a recall speaks of a payment"
    is_same_message = not said.message_id or said.message_id == one.message_id
    return bool(said.uetr) or (is_same_message and (said.amount is None or said.amount == one.amount))


def _read(work: Work, place: Place, kept: Payment) -> Transfer:
    file = payments.file(work, kept.file)
    if file is None:
        raise PaymentUnknown("There is no payment with this id.")
    return transfer_of(place, file, kept.number)


def _notice(work: Work, place: Place, kept: Payment) -> Notice:
    stands = place.stands()
    if stands is None or not stands.bics:
        raise Unrejectable("Nobody has said which BIC is this institution's: see the settings of payments.")
    return Notice(bic=min(stands.bics), reference=kept.id.removeprefix("p-")[:REFERENCE_CHARS], at=work.at)
