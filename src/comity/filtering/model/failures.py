"""What can go wrong when payments are screened and decided. No sentence says of whom a payment speaks, or that anybody is meant."""

from __future__ import annotations

from comity.kit.errors import Conflict, Corrupt, Denied, Invalid, Limited, NotFound


class PaymentUnknown(NotFound):
    """There is no such payment, or it is not for this reader to see: said alike of both."""

    code = "filtering.payment_unknown"


class QuestionUnfit(Invalid):
    """A filter or a page of payments is none that there is."""

    code = "filtering.question_unfit"


class MessageOfTooMany(Limited):
    """A message holds more payments than are screened while somebody waits; a file of any length is screened at the terminal."""

    code = "filtering.message_of_too_many"


class ReasonMissing(Invalid):
    """An act on a held payment needs a reason in words."""

    code = "filtering.reason_missing"


class ActClosed(Conflict):
    """The law, or the state of the payment, does not leave this act open."""

    code = "filtering.act_closed"


class SamePerson(Denied):
    """The second person is another than the first."""

    code = "filtering.same_person"


class ReplayDiffers(Corrupt):
    """Screened again on the same ground, the verdict is not what was kept."""

    code = "filtering.replay_differs"
