"""The message by which a payment would be rejected, where the law has it rejected: shown before it is sent, and silent on why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.filtering.model import Notice, NotRejected, Unrejectable, reject

if TYPE_CHECKING:
    from comity.filtering.model import Written
    from comity.filtering.model.holding import Held
    from comity.filtering.service.judging import Judged
    from comity.filtering.service.place import Place
    from comity.infra.work import Work

REFERENCE_CHARS = 16
"""What every network takes of a reference."""


def rejection(work: Work, place: Place, held: Held, judged: Judged) -> Written | None:
    """Return what is sent if a payment is rejected; None where its outcome is no rejection, or nobody has said whose it is."""
    stands = place.stands()
    if judged.decision is None or stands is None or not stands.bics:
        return None
    reference = held.payment.id.removeprefix("p-")[:REFERENCE_CHARS]
    try:
        return reject(judged.decision, held.transfer, Notice(bic=min(stands.bics), reference=reference, at=work.at))
    except (NotRejected, Unrejectable):
        return None
