"""Screening for programs: ask about one name or number, look answers up, and see, propose and release profiles."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from comity.infra.work import Work
from comity.kit.limits import PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX, SEARCH_TEXT_CHARS_MAX
from comity.model.actor import Purpose
from comity.model.permission import Permission
from comity.screening import service
from comity.screening.model.answer import Screening
from comity.screening.model.history import ACTOR_CHARS_MAX, OFFSET_MAX, History, Looked, Outcome
from comity.screening.model.profile import MATCHES_MAX, Profile
from comity.screening.model.question import FACTS_MAX, Question
from comity.screening.model.release import Trials, Version
from comity.screening.service import Place

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=SEARCH_TEXT_CHARS_MAX)]
Facts = Annotated[tuple[Name, ...], msgspec.Meta(max_length=FACTS_MAX)]
Offset = Annotated[int, QueryParameter(ge=0, le=OFFSET_MAX)]
Limit = Annotated[int, QueryParameter(ge=1, le=PAGE_ROWS_MAX)]
ASK: dict[str, Any] = {"permission": Permission.SCREENING_ASK}
TUNE: dict[str, Any] = {"permission": Permission.SCREENING_TUNE}
REVIEW: dict[str, Any] = {"permission": Permission.SCREENING_REVIEW, "purpose": Purpose.AUDIT, "write": True}
LIMITS = frozenset({"profile", "threshold", "limit"})


class NewScreening(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who or what to ask about. It travels in the body: a name never stands in an address."""

    text: Name
    """A name in any script, or a number; one of a known type as `imoNumber:9074729`."""
    schema: str = ""
    birth_date: str = ""
    """A day, a month or a year: `1971-03-14`, `1971-03` or `1971`."""
    countries: Facts = ()
    """By code or name, with the relation before it where it is known: `nationality:no`."""
    identifiers: Facts = ()
    """`4418 20937`, or with its type and issuing country: `passportNumber:no:4418 20937`."""
    gender: str = ""
    addresses: Facts = ()
    incorporated: str = ""
    """When an organisation came into being."""
    built: str = ""
    """When a vessel or an aircraft was built."""
    vessel_type: str = ""
    tonnage: str = ""
    other_birth_dates: Facts = ()
    """What records of the same bearer state beside `birth_date`; whichever agrees best counts."""
    profile: str = ""
    """`customer`: the version in force; `customer 12`: that version; empty: the defaults."""
    threshold: Annotated[float, msgspec.Meta(ge=0, le=1)] | None = None
    """The least probability of a match; that of the profile where it is not given."""
    limit: Annotated[int, msgspec.Meta(ge=1, le=MATCHES_MAX)] | None = None

    def question(self) -> Question:
        """Return what is asked. Raises `QuestionUnfit`."""
        said = msgspec.structs.asdict(self)
        return Question.of(**{name: value for name, value in said.items() if name not in LIMITS})


class NewVersion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A version of a profile to propose."""

    profile: Profile
    note: str
    """Why."""


class NewRelease(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a release rests on."""

    backtest: Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{64})?$")] = ""
    """The digest of what the version was tried on; empty if nothing was."""


class Screenings(Controller):
    """Questions about names and numbers, and their answers."""

    path = "/v1/screenings"
    opt = ASK

    @post(sync_to_thread=True)
    def screen(
        self, data: JSONBody[NewScreening], work: NamedDependency[Work], screening: NamedDependency[Place]
    ) -> Screening:
        """Ask whether a name or number belongs to anybody in force now; the answer is kept, and names its editions."""
        profile = service.profile(work, data.profile) if data.profile else Profile()
        return service.screen(work, screening, data.question(), profile.asking(data.threshold, data.limit))

    @get(sync_to_thread=True)
    def history(
        self,
        work: NamedDependency[Work],
        outcome: FromQuery[Outcome | None] = None,
        since: FromQuery[date | None] = None,
        until: FromQuery[date | None] = None,
        offset: Offset = 0,
        limit: Limit = PAGE_ROWS_DEFAULT,
    ) -> History:
        """List one's own screenings, the latest first. Who was asked about stands in each answer alone."""
        asked = Looked(actor=work.actor.id, outcome=outcome, since=since, until=until)
        return service.history(work, asked, slice(offset, offset + limit))

    @get("/{screening_id:str}", opt=ASK | {"write": True}, sync_to_thread=True)
    def show(self, screening_id: FromPath[str], work: NamedDependency[Work]) -> Screening:
        """Show what one asked, and what was answered; that it was read is recorded."""
        return service.read(work, screening_id).screening


class Reviews(Controller):
    """What others asked, for whoever reviews it; each look is recorded."""

    path = "/v1/screening-reviews"
    opt = REVIEW

    @get(sync_to_thread=True)
    def review(  # noqa: PLR0913, PLR0917 - one parameter for each filter
        self,
        work: NamedDependency[Work],
        actor: Annotated[str, QueryParameter(max_length=ACTOR_CHARS_MAX)] = "",
        outcome: FromQuery[Outcome | None] = None,
        since: FromQuery[date | None] = None,
        until: FromQuery[date | None] = None,
        offset: Offset = 0,
        limit: Limit = PAGE_ROWS_DEFAULT,
    ) -> History:
        """List anybody's screenings, the latest first; those of one actor if that is asked for."""
        looked = Looked(actor=actor, outcome=outcome, since=since, until=until)
        return service.review(work, looked, slice(offset, offset + limit))

    @get("/{screening_id:str}", sync_to_thread=True)
    def show(self, screening_id: FromPath[str], work: NamedDependency[Work]) -> Screening:
        """Show what anybody asked, and what was answered."""
        return service.read(work, screening_id).screening


class Profiles(Controller):
    """Profiles: how names are screened for one purpose."""

    path = "/v1/screening-profiles"
    opt = ASK

    @get(sync_to_thread=True)
    def versions(self, work: NamedDependency[Work]) -> list[Version]:
        """List every version of every profile."""
        return service.versions(work)

    @get("/{profile_id:str}/{version:str}", sync_to_thread=True)
    def show(self, profile_id: FromPath[str], version: FromPath[str], work: NamedDependency[Work]) -> Version:
        """Show one version."""
        return service.version(work, f"{profile_id} {version}")

    @get("/{profile_id:str}/{version:str}/trials", opt=TUNE, sync_to_thread=True)
    def trials(
        self,
        profile_id: FromPath[str],
        version: FromPath[str],
        work: NamedDependency[Work],
        screening: NamedDependency[Place],
    ) -> Trials:
        """Tell on how many decisions a version can be tried, and what came of its trials, in figures alone."""
        return service.trials(work, screening, f"{profile_id} {version}")

    @post(opt=TUNE, sync_to_thread=True)
    def propose(self, data: JSONBody[NewVersion], work: NamedDependency[Work]) -> Version:
        """Propose a version; somebody else releases it."""
        return service.propose(work, data.profile, data.note)

    @post("/{profile_id:str}/{version:str}/release", opt=TUNE, status_code=200, sync_to_thread=True)
    def release(
        self,
        profile_id: FromPath[str],
        version: FromPath[str],
        data: JSONBody[NewRelease],
        work: NamedDependency[Work],
        screening: NamedDependency[Place],
    ) -> Version:
        """Put a version into force that somebody else proposed; where people have decided, it was tried on what they decided."""
        return service.release(work, screening, f"{profile_id} {version}", data.backtest)

    @post("/{profile_id:str}/{version:str}/withdraw", opt=TUNE, status_code=200, sync_to_thread=True)
    def withdraw(self, profile_id: FromPath[str], version: FromPath[str], work: NamedDependency[Work]) -> Version:
        """Take a proposal back."""
        return service.withdraw(work, f"{profile_id} {version}")


CONTROLLERS = (Screenings, Reviews, Profiles)
"""What this feature adds to the API."""
