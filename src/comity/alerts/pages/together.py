"""Several alerts decided together: only as false positives, only for one reason, and a second person confirms each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import URLEncodedBody
from litestar.response import Redirect, Template

from comity.alerts import service
from comity.alerts.model.failures import AlertUnknown, BulkTooLarge, BulkUnfit, ReasonMissing
from comity.alerts.model.ranking import pattern
from comity.alerts.model.state import Disposition
from comity.alerts.pages.asked import DECIDE, READ, Ticked, status_of, ticked
from comity.infra.work import Work

if TYPE_CHECKING:
    from comity.kit.errors import Failure


class TogetherForm(msgspec.Struct, frozen=True, kw_only=True):
    """Which alerts, and the one reason."""

    id: Ticked = ()
    reason: str = ""
    note: str = ""
    then: str = "/alerts"


class TogetherPages(Controller):
    """Decide several at once."""

    path = "/alerts/together"
    opt = READ

    @post(**DECIDE, status_code=200, sync_to_thread=True)
    def ask(self, data: URLEncodedBody[TogetherForm], work: NamedDependency[Work]) -> Template:
        """Show what would be decided together, before anything is."""
        return _page(work, data)

    @post("/record", **DECIDE, sync_to_thread=True)
    def record(self, data: URLEncodedBody[TogetherForm], work: NamedDependency[Work]) -> Template | Redirect:
        """Propose that all of them are false positives."""
        try:
            service.decide_alike(work, ticked(data.id), data.reason, data.note)
        except (ReasonMissing, BulkUnfit, BulkTooLarge) as failure:
            return _page(work, data, failure)
        return Redirect(data.then if data.then.startswith("/alerts") else "/alerts", status_code=303)


def _page(work: Work, form: TogetherForm, failure: Failure | None = None) -> Template:
    ids, hits = ticked(form.id), []
    try:
        hits = service.alike(work, ids)
    except (BulkUnfit, BulkTooLarge, AlertUnknown) as unfit:
        failure = failure or unfit
    context = {
        "form": form,
        "ids": ids,
        "hits": hits,
        "subjects": service.subjects(work, ids) if hits else {},
        "pattern": pattern(hits[0].evidence) if hits else "",
        "reasons": service.reasons(work, hits[0].profile, Disposition.FALSE_POSITIVE) if hits else (),
        "failure": failure,
    }
    return Template("alerts/together.html", context=context, status_code=status_of(failure))
