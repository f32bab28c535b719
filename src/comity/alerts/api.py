"""Alerts for programs: the queue, decisions, good-guy entries, statistics. Subjects are reported by the node's own features."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.response import Stream

from comity.alerts import service
from comity.alerts.model.answers import GoodGuy, Hit, Reported
from comity.alerts.model.asking import (
    OFFSET_MAX,
    AlertShown,
    Backtest,
    Decide,
    Order,
    Shown,
    Statistics,
    Tuning,
    WhichAlerts,
    WhichGoodGuys,
    row_shown,
)
from comity.alerts.model.spanning import Span
from comity.alerts.model.state import Disposition
from comity.alerts.model.trying import Trial
from comity.alerts.service import MEMBERS_MAX, Office
from comity.infra.work import Reading, Work
from comity.kit.limits import NOTE_CHARS_MAX, PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX
from comity.model.permission import Permission

NDJSON = "application/x-ndjson"
Offset = Annotated[int, QueryParameter(ge=0, le=OFFSET_MAX)]
Limit = Annotated[int, QueryParameter(ge=1, le=PAGE_ROWS_MAX)]
Share = Annotated[float, QueryParameter(ge=0, le=1)]
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=NOTE_CHARS_MAX)]

READ: dict[str, Any] = {"permission": Permission.ALERTS_READ, "secret": True}
DECIDE: dict[str, Any] = {"permission": Permission.ALERTS_DECIDE, "secret": True}
CONFIRM: dict[str, Any] = {"permission": Permission.ALERTS_CONFIRM, "secret": True}


class Alerts(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the queue."""

    results: tuple[AlertShown, ...]
    total: int
    late: int
    """Of the total, how many should have been decided before now."""


class GoodGuys(msgspec.Struct, frozen=True, kw_only=True):
    """A page of good-guy entries."""

    results: tuple[GoodGuy, ...]
    total: int


class NewAlert(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A name to decide about."""

    screening: str
    """The id of the screening that found somebody."""


class NewTrial(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A version to try."""

    profile: str
    """`customer 12`."""


class Ordered(msgspec.Struct, frozen=True, kw_only=True):
    """Work that was ordered."""

    job: str


class NewDecision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a person says of a hit."""

    disposition: Disposition
    reasons: tuple[str, ...]
    """Of the reasons that the alert lists for this disposition."""
    note: Annotated[str, msgspec.Meta(max_length=NOTE_CHARS_MAX)] = ""
    measures: str = ""
    """For a true match: the digest of the consequences that the alert shows."""


class Because(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why something is given back, taken back or ended."""

    reason: Reason


class Assignment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is to decide an alert."""

    to: str = ""
    """A person's id; empty: nobody in particular."""


class Members(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who alone may know of an alert."""

    members: Annotated[tuple[str, ...], msgspec.Meta(max_length=MEMBERS_MAX)] = ()
    """People's ids, two at least; none: whoever reads alerts."""


class NewGoodGuy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pair that is to stay silent for a time."""

    hit: str
    until: date
    """The first day on which it no longer holds."""
    note: Reason


class AlertQueue(Controller):
    """What waits for a person, and what was decided."""

    path = "/v1/alerts"
    opt = READ

    @get(sync_to_thread=True)
    def queue(  # noqa: PLR0913, PLR0917 - each is a filter of the address
        self,
        work: NamedDependency[Work],
        needs: FromQuery[str] = "",
        kind: FromQuery[str] = "",
        profile: FromQuery[str] = "",
        band: FromQuery[int | None] = None,
        regime: FromQuery[str] = "",
        assigned: FromQuery[str] = "",
        late: FromQuery[bool] = False,  # noqa: FBT002 - a filter
        order: FromQuery[Order] = Order.RANK,
        limit: Limit = PAGE_ROWS_DEFAULT,
        offset: Offset = 0,
    ) -> Alerts:
        """List alerts, the likeliest band and what is due first, unless another order is asked for."""
        which = WhichAlerts(
            needs=needs,
            kind=kind,
            profile=profile,
            band=band,
            regime=regime,
            assigned=assigned,
            late=late,
            order=order,
            limit=limit,
            offset=offset,
        )
        found = service.queue(work, which)
        return Alerts(results=tuple(map(row_shown, found.rows)), total=found.total, late=found.late)

    @post(**DECIDE, sync_to_thread=True)
    def open_name(
        self, data: JSONBody[NewAlert], work: NamedDependency[Work], office: NamedDependency[Office]
    ) -> Reported:
        """Open an alert about a name that was screened alone."""
        return service.open_name(work, office, data.screening)

    @get("/export", sync_to_thread=True, media_type=NDJSON)
    def export(
        self, reading: NamedDependency[Reading], needs: FromQuery[str] = "", profile: FromQuery[str] = ""
    ) -> Stream:
        """Stream alerts, one JSON object a line."""
        which = WhichAlerts(needs=needs, profile=profile)

        def lines() -> Iterable[bytes]:
            with reading() as work:
                for row in service.every(work, which):
                    yield msgspec.json.encode(row_shown(row)) + b"\n"

        return Stream(lines(), media_type=NDJSON)

    @get("/statistics", sync_to_thread=True)
    def statistics(
        self,
        work: NamedDependency[Work],
        profile: FromQuery[str] = "",
        since: FromQuery[date | None] = None,
        until: FromQuery[date | None] = None,
        by: FromQuery[Span] = Span.DAY,
    ) -> Statistics:
        """Show what a span of days made of alerts, by day, week or month, how precisely, and how long it took."""
        return service.statistics(work, profile, since, until, by)

    @get("/tuning", sync_to_thread=True)
    def tuning(self, work: NamedDependency[Work], profile: FromQuery[str] = "") -> Tuning:
        """Show recall and false positives against threshold, on the decisions that stand."""
        return service.tuning(work, profile)

    @get("/backtest", sync_to_thread=True, write=True)
    def backtest(self, work: NamedDependency[Work], threshold: Share, profile: FromQuery[str] = "") -> Backtest:
        """Try a threshold on the decisions that stand, and name every true match that it would lose."""
        return service.backtest(work, profile, threshold)

    @get("/trials/{digest:str}", sync_to_thread=True)
    def trial(self, digest: FromPath[str], work: NamedDependency[Work]) -> Trial:
        """Show what a version of a profile would change of what was decided, and name every true match that it would lose."""
        return service.trial(work, digest)

    @post("/trials", permission=Permission.SCREENING_TUNE, sync_to_thread=True)
    def attempt(self, data: JSONBody[NewTrial], work: NamedDependency[Work]) -> Ordered:
        """Order that a version is tried on the decisions that stand; its figures stand beside the version when the job is done."""
        return Ordered(job=service.order_trial(work, data.profile))

    @post("/{alert_id:str}/members", **CONFIRM, status_code=200, sync_to_thread=True)
    def restrict(self, alert_id: FromPath[str], data: JSONBody[Members], work: NamedDependency[Work]) -> Members:
        """Let only some people know of an alert, or everybody again who reads alerts."""
        return Members(members=service.restrict(work, alert_id, data.members).members)

    @get("/{alert_id:str}", sync_to_thread=True, write=True)
    def show(
        self,
        alert_id: FromPath[str],
        work: NamedDependency[Work],
        office: NamedDependency[Office],
        hit: FromQuery[str] = "",
    ) -> Shown:
        """Show an alert with one of its hits, and what follows from a true match; that somebody looked is recorded."""
        return service.show(work, office, alert_id, hit)

    @post("/{alert_id:str}/assignment", **DECIDE, status_code=200, sync_to_thread=True)
    def assign(self, alert_id: FromPath[str], data: JSONBody[Assignment], work: NamedDependency[Work]) -> Assignment:
        """Give an alert to a person, or to nobody in particular."""
        service.assign(work, [alert_id], data.to)
        return data


class Hits(Controller):
    """Decisions about one subject and one who is listed."""

    path = "/v1/hits/{hit_id:str}"
    opt = DECIDE

    @post("/decision", sync_to_thread=True)
    def decide(
        self,
        hit_id: FromPath[str],
        data: JSONBody[NewDecision],
        work: NamedDependency[Work],
        office: NamedDependency[Office],
    ) -> Hit:
        """Decide a hit; where the practice asks for a second person it is proposed."""
        return service.decide(work, office, Decide(hit=hit_id, **msgspec.structs.asdict(data)))

    @post("/confirmation", **CONFIRM, sync_to_thread=True)
    def confirm(self, hit_id: FromPath[str], work: NamedDependency[Work]) -> Hit:
        """Agree, as the second person, with what another proposed."""
        return service.confirm(work, hit_id)

    @post("/return", **CONFIRM, status_code=200, sync_to_thread=True)
    def give_back(self, hit_id: FromPath[str], data: JSONBody[Because], work: NamedDependency[Work]) -> Hit:
        """Give a proposal back to the first person."""
        return service.give_back(work, hit_id, data.reason)

    @post("/undoing", status_code=200, sync_to_thread=True)
    def undo(self, hit_id: FromPath[str], data: JSONBody[Because], work: NamedDependency[Work]) -> Hit:
        """Take back what was decided."""
        return service.undo(work, hit_id, data.reason)


class GoodGuyEntries(Controller):
    """Pairs that stay silent for a time."""

    path = "/v1/good-guys"
    opt = READ

    @get(sync_to_thread=True)
    def entries(
        self,
        work: NamedDependency[Work],
        standing: FromQuery[str] = "standing",
        listed: FromQuery[str] = "",
        limit: Limit = PAGE_ROWS_DEFAULT,
        offset: Offset = 0,
    ) -> GoodGuys:
        """List good-guy entries, those that end first before others."""
        which = WhichGoodGuys(standing=standing, listed=listed, limit=limit, offset=offset)
        found, total = service.vouched(work, which)
        return GoodGuys(results=tuple(found), total=total)

    @post(**DECIDE, sync_to_thread=True)
    def vouch(self, data: JSONBody[NewGoodGuy], work: NamedDependency[Work]) -> GoodGuy:
        """Ask that a pair stay silent until a day; it holds once another person has confirmed it."""
        return service.vouch(work, data.hit, data.until, data.note)

    @post("/{good_guy_id:str}/confirmation", **CONFIRM, sync_to_thread=True)
    def confirm(self, good_guy_id: FromPath[str], work: NamedDependency[Work]) -> GoodGuy:
        """Agree as the second person."""
        return service.confirm_good_guy(work, good_guy_id)

    @post("/{good_guy_id:str}/end", **DECIDE, status_code=200, sync_to_thread=True)
    def end(self, good_guy_id: FromPath[str], data: JSONBody[Because], work: NamedDependency[Work]) -> GoodGuy:
        """End an entry; what it kept silent is open again."""
        return service.revoke(work, good_guy_id, data.reason)


CONTROLLERS = (AlertQueue, Hits, GoodGuyEntries)
"""What this feature adds to the API."""
