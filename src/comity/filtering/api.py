"""Payments for programs: screen a message, see what is held, decide, look back. Long files are screened at the terminal."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.enums import MediaType
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.response import Response

from comity.filtering import service
from comity.filtering.model import Written
from comity.filtering.model.asking import Asked
from comity.filtering.model.dealing import Lookback
from comity.filtering.model.explaining import explain
from comity.filtering.model.holding import Act, Held, Payment, Taken, Way
from comity.filtering.model.verdict import Verdict
from comity.filtering.service import Place
from comity.filtering.service.looking import OFFSET_MAX, Page, Rate
from comity.infra.work import Work
from comity.kit.limits import NOTE_CHARS_MAX, PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX, REQUEST_BODY_BYTES_MAX
from comity.model.permission import Permission

READ: dict[str, Any] = {"permission": Permission.PAYMENTS_READ, "secret": True}
SCREEN: dict[str, Any] = {"permission": Permission.PAYMENTS_SCREEN}
DECIDE: dict[str, Any] = {"permission": Permission.PAYMENTS_DECIDE, "secret": True}

Limit = Annotated[int, QueryParameter(ge=1, le=PAGE_ROWS_MAX)]
Offset = Annotated[int, QueryParameter(ge=0, le=OFFSET_MAX)]
InState = Annotated[str, QueryParameter(name="state")]
"""`state` is a word of the framework's own."""
ListedBy = Annotated[str, QueryParameter(name="list")]
"""`list` is a type."""
Message = Annotated[str, msgspec.Meta(min_length=1, max_length=REQUEST_BODY_BYTES_MAX)]
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=NOTE_CHARS_MAX)]


class NewMessage(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A message of one payment or several, as it was received."""

    message: Message
    """ISO 20022, SWIFT MT or CSV."""
    name: Annotated[str, msgspec.Meta(max_length=200)] = "message"
    """What the message is called, for whoever looks at it later."""
    profile: str = service.PROFILE
    """A screening profile, with or without its version."""


class Because(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why something is done; a customer never sees it."""

    reason: Reason


class PaymentShown(msgspec.Struct, frozen=True, kw_only=True):
    """A payment that was held."""

    payment: Payment
    verdict: Verdict
    outcome: str | None
    """What becomes of it as things stand; null where two people must decide without the law of the house."""
    reasons: tuple[str, ...]
    steps: tuple[Taken, ...]
    acts: tuple[Way, ...]


class Payments(Controller):
    """Payments that were screened."""

    path = "/v1/payments"
    opt = READ

    @get(sync_to_thread=True)
    def find(  # noqa: PLR0913, PLR0917 - each is a filter of the address
        self,
        work: NamedDependency[Work],
        in_state: InState = "",
        file: FromQuery[str] = "",
        listed_by: ListedBy = "",
        since: FromQuery[str] = "",
        until: FromQuery[str] = "",
        currency: FromQuery[str] = "",
        least: FromQuery[str] = "",
        most: FromQuery[str] = "",
        likely: FromQuery[str] = "",
        instant: FromQuery[str] = "",
        limit: Limit = PAGE_ROWS_DEFAULT,
        offset: Offset = 0,
    ) -> Page:
        """List payments, the oldest first: of one state, as `held`, or of one file.

        They can be narrowed to those in which somebody on one list may be meant, or a `territory`; by the days between which they
        were screened; by a currency, and amounts in it; by the probability of the likeliest hit; and to instant payments.
        """
        asked = Asked(
            list=listed_by,
            since=since,
            until=until,
            currency=currency,
            least=least,
            most=most,
            likely=likely,
            instant=instant,
        )
        return service.listed(work, in_state, file, limit, offset, asked)

    @post(sync_to_thread=True, opt=SCREEN)
    def screen(
        self, data: JSONBody[NewMessage], work: NamedDependency[Work], filtering: NamedDependency[Place]
    ) -> Page:
        """Screen a message of at most a thousand payments; what may mean somebody is held. A message is screened once."""
        file = service.screen_message(work, filtering, data.message.encode(), data.name, data.profile)
        return service.listed(work, "", file.id, PAGE_ROWS_MAX, 0)

    @get("/statistics", sync_to_thread=True)
    def statistics(self, work: NamedDependency[Work]) -> tuple[Rate, ...]:
        """Show how many of ten thousand payments each profile stops."""
        return service.statistics(work)

    @get("/lookbacks", sync_to_thread=True)
    def lookbacks(self, work: NamedDependency[Work]) -> list[Lookback]:
        """List the last looks back over past payments, with the earlier dealings that they found."""
        return service.look_backs(work)

    @get("/{payment_id:str}", sync_to_thread=True, opt={"write": True})
    def show(
        self, payment_id: FromPath[str], work: NamedDependency[Work], filtering: NamedDependency[Place]
    ) -> PaymentShown:
        """Show a payment that was held: what was found where, what the law makes of it, and what is open."""
        return _shown(service.show(work, filtering, payment_id))

    @get("/{payment_id:str}/verdict", sync_to_thread=True, media_type=MediaType.JSON)
    def replay(
        self, payment_id: FromPath[str], work: NamedDependency[Work], filtering: NamedDependency[Place]
    ) -> Response[bytes]:
        """Screen a payment again on the editions of its verdict; the answer is the verdict that was kept, byte for byte."""
        return Response(service.replay(work, filtering, payment_id), media_type=MediaType.JSON)

    @get("/{payment_id:str}/answer", sync_to_thread=True)
    def answer(
        self, payment_id: FromPath[str], work: NamedDependency[Work], filtering: NamedDependency[Place]
    ) -> Written:
        """Write the answer to a recall of a payment that is held or blocked here; the id is the recall's, and nothing is sent."""
        return service.recall_answer(work, filtering, payment_id)


class Decisions(Controller):
    """What people do about held payments."""

    path = "/v1/payments/{payment_id:str}"
    opt = DECIDE

    @post("/acts/{act:str}", sync_to_thread=True)
    def act(
        self,
        payment_id: FromPath[str],
        act: FromPath[Act],
        data: JSONBody[Because],
        work: NamedDependency[Work],
        filtering: NamedDependency[Place],
    ) -> Payment:
        """Release, reject, block, ask or escalate, as far as the law leaves it open; some acts wait for a second person."""
        return _payment(service.act(work, filtering, payment_id, act, data.reason))

    @post("/confirmation", sync_to_thread=True)
    def confirm(
        self,
        payment_id: FromPath[str],
        data: JSONBody[Because],
        work: NamedDependency[Work],
        filtering: NamedDependency[Place],
    ) -> Payment:
        """Agree, as the second person, to what another proposed."""
        return _payment(service.confirm(work, filtering, payment_id, data.reason))

    @post("/return", sync_to_thread=True)
    def give_back(
        self,
        payment_id: FromPath[str],
        data: JSONBody[Because],
        work: NamedDependency[Work],
        filtering: NamedDependency[Place],
    ) -> Payment:
        """Return, as the second person, what another proposed."""
        return _payment(service.give_back(work, filtering, payment_id, data.reason))


def _payment(held: Held) -> Payment:
    return held.payment


def _shown(shown: service.Shown) -> PaymentShown:
    return PaymentShown(
        payment=shown.held.payment,
        verdict=shown.held.verdict,
        outcome=shown.judged.outcome.value if shown.judged.outcome else None,
        reasons=explain(shown.judged.decision) if shown.judged.decision else (),
        steps=shown.held.steps,
        acts=shown.ways,
    )


CONTROLLERS = (Payments, Decisions)
"""What this feature adds to the API."""
