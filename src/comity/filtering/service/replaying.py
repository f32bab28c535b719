"""Replaying a verdict: the same payment, read again from its file, on the same ground, gives the same bytes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from comity.filtering.model.failures import ReplayDiffers
from comity.filtering.model.verdict import Listed, verdict_bytes
from comity.filtering.service.examining import Examiner
from comity.filtering.service.running import transfer_of
from comity.filtering.store import payments
from comity.screening import service as screening

if TYPE_CHECKING:
    from comity.filtering.model.verdict import Hit, Verdict
    from comity.filtering.service.place import Place
    from comity.infra.work import Work


def replay(work: Work, place: Place, id_: str) -> bytes:
    """Screen a payment again on the ground of its verdict, and return the bytes that come out: those that were kept.

    The index is worked out again from the register as it was known then. Raises `PaymentUnknown`, and `ReplayDiffers` where other
    bytes come out.
    """
    kept = payments.find(work, id_)
    file = payments.file(work, kept.payment.file)
    assert file is not None, "a payment belongs to a file"
    then = kept.rules.screening
    examiner = Examiner(screening.inspector_of(work, place.screening, then))
    verdict = examiner.examine(transfer_of(place, file, kept.payment.number))
    screening.dismiss(place.screening, then.ground)
    if kept.verdict is not None:
        verdict = _called(verdict, kept.verdict)
    raw = verdict_bytes(verdict)
    if hashlib.sha256(raw).digest() != kept.proof:
        what = (
            "the payments are read otherwise"
            if examiner.rules.reading != kept.rules.reading
            else "the index, or the evidence"
        )
        raise ReplayDiffers(
            f"Screened again on the editions of then, the verdict is another than was kept; what differs: {what}."
        )
    return raw


def _called(verdict: Verdict, then: Verdict) -> Verdict:
    """Call those who are listed by the ids that they had then: a cluster's id is random."""
    ids = {hit.listed.references: hit.listed for hit in (*then.hits, *(one.hit for one in then.seen))}
    return msgspec.structs.replace(
        verdict,
        hits=tuple(_renamed(hit, ids) for hit in verdict.hits),
        seen=tuple(msgspec.structs.replace(one, hit=_renamed(one.hit, ids)) for one in verdict.seen),
    )


def _renamed(hit: Hit, ids: dict[tuple[str, ...], Listed]) -> Hit:
    then = ids.get(hit.listed.references, hit.listed)
    return msgspec.structs.replace(hit, listed=msgspec.structs.replace(hit.listed, id=then.id))
