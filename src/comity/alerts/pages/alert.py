"""One alert: the subject and one who is listed side by side, what follows, and the decision.

A failure is caught here only where the service raises it before it writes anything; the form then comes back with what was typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlencode

import msgspec
from litestar import Controller, get, post
from litestar.connection import Request
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from comity.alerts import service
from comity.alerts.model.asking import Decide
from comity.alerts.model.failures import (
    GoodGuyUnfit,
    MeasuresUnseen,
    MembersUnfit,
    ReasonMissing,
    SamePerson,
    StepClosed,
)
from comity.alerts.model.state import Disposition
from comity.alerts.pages.asked import (
    CONFIRM,
    DECIDE,
    READ,
    QueueForm,
    Ticked,
    form_of,
    last_step,
    people,
    people_named,
    status_of,
    ticked,
)
from comity.alerts.pages.pairing import beside
from comity.alerts.service import Office
from comity.infra.work import Work

if TYPE_CHECKING:
    from comity.alerts.model.asking import Shown
    from comity.alerts.model.history import Taken
    from comity.kit.errors import Failure

MENDED: Final = (ReasonMissing, MeasuresUnseen, StepClosed, SamePerson)
TAKEN_BACK: Final = "taken_back"
"""The remark of a decision that was undone at once, on the page that followed it."""


class DecisionForm(msgspec.Struct, frozen=True, kw_only=True):
    """What a person says of a hit, and where in the queue they were."""

    hit: str = ""
    disposition: str = ""
    reasons: Ticked = ()
    """Each with the disposition for which it is given: `false_positive:name_only`."""
    note: str = ""
    measures: str = ""
    queue: str = ""
    """The filters of the queue, as they stand in its address."""

    def said(self) -> Decide:
        """Return the decision. Raises `ReasonMissing`."""
        if self.disposition not in Disposition._value2member_map_:
            raise ReasonMissing("Choose what the hit is.")
        own = [one.partition(":") for one in ticked(self.reasons)]
        return Decide(
            hit=self.hit,
            disposition=Disposition(self.disposition),
            reasons=tuple(reason for of, _, reason in own if of == self.disposition),
            note=self.note,
            measures=self.measures,
        )


class StepForm(msgspec.Struct, frozen=True, kw_only=True):
    """A step about a hit that was decided: agreed to, given back, or taken back."""

    hit: str = ""
    remark: str = ""
    queue: str = ""


class MembersForm(msgspec.Struct, frozen=True, kw_only=True):
    """Who alone may know of an alert."""

    members: str = ""
    """Names or ids of people, one a line; nobody: whoever reads alerts."""
    queue: str = ""


class AlertPages(Controller):
    """Decide what was found."""

    path = "/alerts/{alert_id:str}"
    opt = READ

    @get(sync_to_thread=True, write=True)
    def show(
        self,
        alert_id: FromPath[str],
        request: Request[Any, Any, Any],
        work: NamedDependency[Work],
        office: NamedDependency[Office],
    ) -> Template:
        """Show a subject and one who is listed side by side; that somebody looked is recorded."""
        query = request.query_params
        shown = service.show(work, office, alert_id, query.get("hit", ""))
        return _page(work, shown, DecisionForm(queue=query.get("queue", "")), after=query.get("after", ""))

    @post("/decide", **DECIDE, sync_to_thread=True)
    def decide(
        self,
        alert_id: FromPath[str],
        data: URLEncodedBody[DecisionForm],
        work: NamedDependency[Work],
        office: NamedDependency[Office],
    ) -> Template | Redirect:
        """Record a decision, and lead to what waits next."""
        place = _place(work, alert_id, data.queue)
        try:
            service.decide(work, office, data.said())
        except MENDED as failure:
            return _page(work, service.show(work, office, alert_id, data.hit), data, failure)
        return _onward(work, alert_id, data, place, service.to_decide(work, alert_id))

    @post("/confirm", **CONFIRM, sync_to_thread=True)
    def confirm(
        self,
        alert_id: FromPath[str],
        data: URLEncodedBody[StepForm],
        work: NamedDependency[Work],
        office: NamedDependency[Office],
    ) -> Template | Redirect:
        """Agree as the second person."""
        place = _place(work, alert_id, data.queue)
        try:
            service.confirm(work, data.hit)
        except MENDED as failure:
            return _again(work, office, alert_id, data, failure)
        left = service.to_confirm(work, alert_id) or service.to_decide(work, alert_id)
        return _onward(work, alert_id, data, place, left)

    @post("/return", **CONFIRM, sync_to_thread=True)
    def give_back(
        self,
        alert_id: FromPath[str],
        data: URLEncodedBody[StepForm],
        work: NamedDependency[Work],
        office: NamedDependency[Office],
    ) -> Template | Redirect:
        """Give a proposal back to the first person."""
        place = _place(work, alert_id, data.queue)
        try:
            service.give_back(work, data.hit, data.remark)
        except MENDED as failure:
            return _again(work, office, alert_id, data, failure)
        return _onward(work, alert_id, data, place, service.to_confirm(work, alert_id))

    @post("/members", **CONFIRM, sync_to_thread=True)
    def restrict(
        self,
        alert_id: FromPath[str],
        data: URLEncodedBody[MembersForm],
        work: NamedDependency[Work],
        office: NamedDependency[Office],
    ) -> Template | Redirect:
        """Let only some people know of the alert, or everybody again who reads alerts."""
        try:
            restricted = service.restrict(work, alert_id, people_named(work, data.members))
        except MembersUnfit as failure:
            return _again(work, office, alert_id, StepForm(queue=data.queue), failure)
        there = _address(alert_id, "", data.queue) if restricted.is_for(work.actor.id) else "/alerts"
        return Redirect(there, status_code=303)

    @post("/undo", **DECIDE, sync_to_thread=True)
    def undo(
        self,
        alert_id: FromPath[str],
        data: URLEncodedBody[StepForm],
        work: NamedDependency[Work],
        office: NamedDependency[Office],
    ) -> Template | Redirect:
        """Take a decision back, and lead to its pair again."""
        try:
            service.undo(work, data.hit, data.remark or TAKEN_BACK)
        except (*MENDED, GoodGuyUnfit) as failure:
            return _again(work, office, alert_id, data, failure)
        return Redirect(_address(alert_id, data.hit, data.queue, after=f"{alert_id}/{data.hit}"), status_code=303)


def _again(work: Work, office: Office, alert_id: str, data: StepForm, failure: Failure) -> Template:
    form = DecisionForm(hit=data.hit, note=data.remark, queue=data.queue)
    return _page(work, service.show(work, office, alert_id, data.hit), form, failure)


def _place(work: Work, alert_id: str, queue: str) -> int:
    """Return where in the queue an alert stands before it is decided: whoever comes next will stand there."""
    return service.beside(work, _filters(queue).which(0), alert_id)[0] or 0


def _onward(work: Work, alert_id: str, data: DecisionForm | StepForm, place: int, left: str) -> Redirect:
    """Lead to the hit of the same alert that the same person can go on with, or to the alert that comes next in the queue."""
    filters, after = _filters(data.queue), f"{alert_id}/{data.hit}"
    if left:
        return Redirect(_address(alert_id, left, data.queue, after=after), status_code=303)
    here = service.beside(work, filters.which(0), alert_id)[0]
    following = place if here is None else here + 1
    rows = service.queue(work, msgspec.structs.replace(filters, offset=following).which(1)).rows
    if rows:
        return Redirect(_address(rows[0].alert.id, "", data.queue, after=after), status_code=303)
    return Redirect(filters.address(after=after), status_code=303)


def _page(work: Work, shown: Shown, form: DecisionForm, failure: Failure | None = None, after: str = "") -> Template:
    filters = _filters(form.queue)
    place, before, coming = service.beside(work, filters.which(0), shown.alert.id)
    taken = service.history(work, shown.alert.id)
    total = service.queue(work, filters.which(0)).total
    context = {
        "alert": shown.alert,
        "hit": shown.hit,
        "shown": shown,
        "lines": beside(shown.alert.subject, shown.hit),
        "state": shown.hit.state.__struct_config__.tag,
        "taken": [one for one in taken if one.hit == shown.hit.id],
        "people": people(work, _who(shown, taken)),
        "me": work.actor.id,
        "place": place,
        "before": before,
        "coming": coming,
        "total": total,
        "pace": service.pace(work),
        "form": form,
        "ticked": ticked(form.reasons),
        "failure": failure,
        "done": last_step(work, after),
    }
    return Template("alerts/alert.html", context=context, status_code=status_of(failure))


def _filters(queue: str) -> QueueForm:
    return form_of(parse_qsl(queue))


def _who(shown: Shown, taken: list[Taken]) -> set[str]:
    decided = {one.decision.by for one in taken if one.decision}
    return {one.by for one in taken} | decided | {shown.alert.assigned_to, *shown.alert.members}


def _address(alert: str, hit: str, queue: str, **more: str) -> str:
    kept = {name: value for name, value in {"hit": hit, "queue": queue, **more}.items() if value}
    return f"/alerts/{alert}?{urlencode(kept)}" if kept else f"/alerts/{alert}"
