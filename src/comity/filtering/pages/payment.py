"""One payment: who pays whom through whom, what was found where, what the law makes of it, and what may be done.

A failure is caught here only where the service raises it before it writes anything; the form then comes back with what was typed.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import msgspec
from litestar import Controller, get, post
from litestar.connection import Request
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from comity.accounts import service as accounts
from comity.filtering import service
from comity.filtering.model.explaining import explain
from comity.filtering.model.failures import ActClosed, ReasonMissing, SamePerson
from comity.filtering.model.holding import Act
from comity.filtering.pages import showing
from comity.filtering.pages.asked import DECIDE, READ
from comity.filtering.service import Place
from comity.infra.work import Work

if TYPE_CHECKING:
    from comity.kit.errors import Failure

MENDED: Final = (ReasonMissing, ActClosed, SamePerson)


class ActForm(msgspec.Struct, frozen=True, kw_only=True):
    """What a person does about a payment, and why."""

    act: str = ""
    reason: str = ""


class PaymentPages(Controller):
    """Decide a payment that is held."""

    path = "/payments/{payment_id:str}"
    opt = READ

    @get(sync_to_thread=True, write=True)
    def show(
        self,
        payment_id: FromPath[str],
        request: Request[Any, Any, Any],
        work: NamedDependency[Work],
        filtering: NamedDependency[Place],
    ) -> Template:
        """Show a payment that was held; that somebody looked is recorded."""
        done = request.query_params.get("done", "")
        return _page(
            work, filtering, payment_id, ActForm(act=done if done in Act._value2member_map_ else ""), done=done
        )

    @post("/act", **DECIDE, sync_to_thread=True)
    def act(
        self,
        payment_id: FromPath[str],
        data: URLEncodedBody[ActForm],
        work: NamedDependency[Work],
        filtering: NamedDependency[Place],
    ) -> Template | Redirect:
        """Do something about a payment, or propose it."""
        try:
            if data.act not in Act._value2member_map_:
                raise ReasonMissing("Choose what is to be done.")
            service.act(work, filtering, payment_id, Act(data.act), data.reason)
        except MENDED as failure:
            return _page(work, filtering, payment_id, data, failure)
        return Redirect(f"/payments/{payment_id}?done={data.act}", status_code=303)

    @post("/confirm", **DECIDE, sync_to_thread=True)
    def confirm(
        self,
        payment_id: FromPath[str],
        data: URLEncodedBody[ActForm],
        work: NamedDependency[Work],
        filtering: NamedDependency[Place],
    ) -> Template | Redirect:
        """Agree, or give back, as the second person."""
        try:
            decide = service.give_back if data.act == "return" else service.confirm
            decide(work, filtering, payment_id, data.reason)
        except MENDED as failure:
            return _page(work, filtering, payment_id, data, failure)
        return Redirect(f"/payments/{payment_id}?done=confirm", status_code=303)


def _page(
    work: Work, place: Place, id_: str, form: ActForm, failure: Failure | None = None, done: str = ""
) -> Template:
    shown = service.show(work, place, id_)
    held, judged = shown.held, shown.judged
    subjects = {hit: service.subject_id(id_, hit) for hit in held.verdict.hits if hit.odds is not None}
    found = showing.matches(held, shown.known, subjects)
    context = {
        "held": held,
        "judged": judged,
        "ways": {one.act.value: one for one in shown.ways},
        "found": found,
        "links": showing.links(held.transfer, found),
        "rows": showing.rows(held.transfer, found),
        "file": service.files(work, held.payment.file),
        "received": service.received(work, place, held),
        "reasons": explain(judged.decision) if judged.decision else (),
        "due": min((one.due_at for one in judged.standing.values() if one.due_at), default=None),
        "recalls": service.recalls(work, place, held.payment),
        "rejection": service.rejection(work, place, held, judged),
        "people": accounts.names(work, {one.by for one in held.steps}),
        "me": work.actor.id,
        "form": form,
        "failure": failure,
        "done": done,
    }
    status = HTTPStatus.OK if failure is None else HTTPStatus.UNPROCESSABLE_ENTITY
    return Template("filtering/payment.html", context=context, status_code=status)
