"""The register for programs: search, entities at two times, dated acts, judgements."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Annotated, Any

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.response import Stream

from comity.infra.work import Work
from comity.kit.limits import NOTE_CHARS_MAX, PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX, SEARCH_TEXT_CHARS_MAX
from comity.lists import service as lists
from comity.lists.service import Desk
from comity.model.designation import Act, ActKind, State
from comity.model.permission import Permission
from comity.register import service
from comity.register.model.answers import EnteredAct, Found, Published, Search
from comity.register.model.profile import Shown
from comity.register.model.resolution import Candidate, Judgement, Verdict

NDJSON = "application/x-ndjson"
OFFSET_MAX = 1_000_000
Offset = Annotated[int, QueryParameter(ge=0, le=OFFSET_MAX)]
Limit = Annotated[int, QueryParameter(ge=1, le=PAGE_ROWS_MAX)]
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=NOTE_CHARS_MAX)]
Rows = Annotated[int, msgspec.Meta(ge=1, le=PAGE_ROWS_MAX)]
Skipped = Annotated[int, msgspec.Meta(ge=0, le=OFFSET_MAX)]

READ: dict[str, Any] = {"permission": Permission.REGISTER_READ}
DECIDE: dict[str, Any] = {"permission": Permission.REGISTER_DECIDE}


class Question(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to look for. It travels in the body: a name never stands in an address."""

    text: Annotated[str, msgspec.Meta(max_length=SEARCH_TEXT_CHARS_MAX)] = ""
    as_of: date | None = None
    known_at: datetime | None = None
    sources: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    schemas: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    states: tuple[State, ...] = ()
    limit: Rows = PAGE_ROWS_DEFAULT
    offset: Skipped = 0


class NewAct(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A dated act to enter about a list entry."""

    programme: str
    kind: ActKind
    on: date
    citation: Reason


class NewJudgement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was decided about two list entries."""

    left: str
    right: str
    verdict: Verdict
    reason: Reason


class Because(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why something is taken back."""

    reason: Reason


class Candidates(msgspec.Struct, frozen=True, kw_only=True):
    """Pairs that wait for a person."""

    results: tuple[Candidate, ...]
    total: int


class Judgements(msgspec.Struct, frozen=True, kw_only=True):
    """Judgements, newest first."""

    results: tuple[Judgement, ...]
    total: int


class Entities(Controller):
    """Search, and entities as they stood on a day by what was known at an instant."""

    path = "/v1"
    opt = READ

    @post("/searches", status_code=200, write=False, sync_to_thread=True)
    def search(self, data: JSONBody[Question], work: NamedDependency[Work], desk: NamedDependency[Desk]) -> Found:
        """Look for a name in any script, or for a number, in all lists."""
        return service.search(work, desk, Search(**msgspec.structs.asdict(data)))

    @get("/entities/{entity_id:str}", sync_to_thread=True)
    def show(
        self,
        entity_id: FromPath[str],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
        as_of: FromQuery[date | None] = None,
        known_at: FromQuery[datetime | None] = None,
    ) -> Shown:
        """Show one entity: who lists it, since when, under which programme and with which measures."""
        return service.shown(work, service.show(work, desk, entity_id, as_of=as_of, known_at=known_at))

    @get("/entities/{entity_id:str}/records", sync_to_thread=True)
    def records(self, entity_id: FromPath[str], work: NamedDependency[Work]) -> list[Published]:
        """Show the records from which an entity was read, exactly as published."""
        return service.records(work, entity_id)

    @get("/entities/{entity_id:str}/judgements", sync_to_thread=True)
    def joins(
        self, entity_id: FromPath[str], work: NamedDependency[Work], desk: NamedDependency[Desk]
    ) -> list[Judgement]:
        """List every judgement about an entity, undone ones too."""
        return service.joins(work, service.show(work, desk, entity_id).members)

    @get("/entities/{entity_id:str}/acts", sync_to_thread=True)
    def acts(self, entity_id: FromPath[str], work: NamedDependency[Work]) -> list[EnteredAct]:
        """List the dated acts entered about an entity, withdrawn ones too."""
        return service.entered_acts(work, entity_id)

    @post("/entities/{entity_id:str}/acts", opt=DECIDE, sync_to_thread=True)
    def enter_act(
        self,
        entity_id: FromPath[str],
        data: JSONBody[NewAct],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
    ) -> EnteredAct:
        """Enter what an authority did on a day, where two editions leave it open."""
        act = Act(kind=data.kind, on=data.on, citation=data.citation)
        return service.enter_act(work, desk, entity_id, data.programme, act)

    @post("/acts/{act_id:str}/withdraw", status_code=204, opt=DECIDE, sync_to_thread=True)
    def withdraw_act(
        self, act_id: FromPath[str], data: JSONBody[Because], work: NamedDependency[Work], desk: NamedDependency[Desk]
    ) -> None:
        """Withdraw an act that was entered wrongly; the entry stays on record."""
        service.withdraw_act(work, desk, act_id, data.reason)


class Resolution(Controller):
    """Whether two list entries mean the same person or thing."""

    path = "/v1"
    opt = READ

    @get("/candidates", sync_to_thread=True)
    def candidates(
        self, work: NamedDependency[Work], offset: Offset = 0, limit: Limit = PAGE_ROWS_DEFAULT
    ) -> Candidates:
        """List the pairs that wait for a person, the likeliest first."""
        found, total = service.candidates(work, limit, offset)
        return Candidates(results=tuple(found), total=total)

    @get("/judgements", sync_to_thread=True)
    def log(
        self,
        work: NamedDependency[Work],
        by_people: FromQuery[bool] = False,  # noqa: FBT002 - a query parameter is named by who asks
        offset: Offset = 0,
        limit: Limit = PAGE_ROWS_DEFAULT,
    ) -> Judgements:
        """List judgements, newest first."""
        found, total = service.log(work, limit, offset, by_people=by_people)
        return Judgements(results=tuple(found), total=total)

    @post("/judgements", opt=DECIDE, sync_to_thread=True)
    def decide(self, data: JSONBody[NewJudgement], work: NamedDependency[Work]) -> Judgement:
        """Decide that two entries are the same, different, or that one cannot tell."""
        return service.decide(work, data.left, data.right, data.verdict, data.reason)

    @post("/judgements/{judgement_id:str}/undo", status_code=200, opt=DECIDE, sync_to_thread=True)
    def undo(self, judgement_id: FromPath[str], data: JSONBody[Because], work: NamedDependency[Work]) -> Judgement:
        """Undo a judgement, a rule's too; what it joined falls apart again."""
        return service.undo(work, judgement_id, data.reason)


class Deltas(Controller):
    """Lists and their changes, and those of the whole register, as files of JSON lines."""

    path = "/v1"
    opt = READ

    @get("/ftm/{list_id:str}/entities", sync_to_thread=True, media_type=NDJSON)
    def entities(self, list_id: FromPath[str], work: NamedDependency[Work], desk: NamedDependency[Desk]) -> Stream:
        """Send every entity of a list's edition in force, as FollowTheMoney JSON lines."""
        desk.source(list_id)
        return _lines(service.ftm_entities(work, desk, list_id))

    @get("/ftm/{list_id:str}/delta", sync_to_thread=True, media_type=NDJSON)
    def ftm(
        self,
        list_id: FromPath[str],
        since: Annotated[str, QueryParameter(name="from")],
        until: Annotated[str, QueryParameter(name="to")],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
    ) -> Stream:
        """Send what differs between two editions as FollowTheMoney operations: ADD, MOD, DEL."""
        ends = [lists.edition_name(list_id, end) for end in (since, until)]
        return _lines(service.ftm_delta(work, desk, ends[0], ends[1]))

    @get("/delta", sync_to_thread=True, media_type=NDJSON)
    def register(
        self,
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
        since: FromQuery[datetime],
        until: FromQuery[datetime | None] = None,
    ) -> Stream:
        """Send what changed in the whole register between two known times, record by record."""
        return _lines(service.changes(work, desk, aware(since), aware(until) if until else None))


def aware(at: datetime) -> datetime:
    """Return an instant, which is in UTC where it does not say otherwise."""
    return at.replace(tzinfo=at.tzinfo or UTC)


def _lines(values: Iterable[object]) -> Stream:
    # Written before the answer begins, because the unit of work ends then.
    return Stream([msgspec.json.encode(value) + b"\n" for value in values], media_type=NDJSON)


CONTROLLERS = (Entities, Resolution, Deltas)
