"""The page of one entity: every regime side by side, its history, its statements, its records, its joins, its dated acts."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from comity.infra.work import Work
from comity.lists import service as lists
from comity.lists.service import Desk
from comity.model import designation as d
from comity.model.dates import DateMalformed, PartialDate
from comity.model.designation import Act, ActKind
from comity.model.permission import Permission
from comity.register import service
from comity.register.model.profile import Profile
from comity.register.pages import chart
from comity.register.pages.searching import aware

if TYPE_CHECKING:
    from comity.lists.model import Edition

ROWS = (
    "name", "birthDate", "birthPlace", "incorporationDate", "gender", "nationality", "citizenship", "country", "passportNumber",
    "idNumber", "taxNumber", "registrationNumber", "imoNumber", "mmsi", "callSign", "flag", "type", "buildDate", "publicKey",
    "position", "address",
)  # fmt: skip
"""The facts that stand side by side, in this order."""

CHANGES_SHOWN = 8
"""Changes on the overview; all stand on their own page."""

VALUES_SHOWN = 4
"""Values of one fact in one cell; the rest are counted and stand among the statements."""

OfDay = FromQuery[date | None]
OfInstant = FromQuery[datetime | None]


class ActForm(msgspec.Struct, frozen=True, kw_only=True):
    """A dated act to enter about one entry."""

    entry: str = ""
    """The entity and the programme, joined by a space."""
    kind: ActKind = ActKind.REMOVED
    on: date | None = None
    citation: str = ""


class BecauseForm(msgspec.Struct, frozen=True, kw_only=True):
    """Why something is taken back."""

    id: str
    reason: str = ""


class ChangeRow(msgspec.Struct, frozen=True, kw_only=True):
    """What an edition changed about one fact."""

    edition: Any
    code: str
    property: str
    about: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


class FactRow(msgspec.Struct, frozen=True, kw_only=True):
    """One fact across the entries."""

    property: str
    cells: tuple[tuple[str, ...], ...]
    is_apart: bool
    """Whether entries that state it disagree."""


class EntityPages(Controller):
    """One person, organisation or thing."""

    path = "/entities/{entity_id:str}"
    opt = {"permission": Permission.REGISTER_READ}  # noqa: RUF012 - Litestar's way

    @get(sync_to_thread=True)
    def overview(
        self,
        entity_id: FromPath[str],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
        as_of: OfDay = None,
        known_at: OfInstant = None,
    ) -> Template:
        """Say who lists it, since when, under which programme and with which measures, regime by regime."""
        profile = service.show(work, desk, entity_id, as_of=as_of, known_at=aware(known_at))
        changes = _changes(work, profile)
        facts = _facts(profile)
        amended = _amended(profile)
        context = {
            "facts": facts,
            "apart": sum(row.is_apart for row in facts),
            "changes": changes[:CHANGES_SHOWN],
            "drawing": chart.draw(profile.designations, amended, work.at.date()),
            "shown_values": VALUES_SHOWN,
            "joins": [one for one in service.joins(work, profile.members) if one.stands],
        }
        return _page("register/entity.html", work, profile, "overview", context, len(changes))

    @get("/statements", sync_to_thread=True)
    def statements(
        self,
        entity_id: FromPath[str],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
        as_of: OfDay = None,
        known_at: OfInstant = None,
    ) -> Template:
        """List every statement with its source, its original spelling and the editions that make it."""
        profile = service.show(work, desk, entity_id, as_of=as_of, known_at=aware(known_at))
        shown = service.shown(work, profile)
        ordered = sorted(
            shown.statements, key=lambda one: (one.about, one.property, one.until_edition is not None, one.value)
        )
        return _page("register/statements.html", work, profile, "statements", {"rows": ordered})

    @get("/changes", sync_to_thread=True)
    def changes(
        self,
        entity_id: FromPath[str],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
        as_of: OfDay = None,
        known_at: OfInstant = None,
    ) -> Template:
        """List what each edition changed, newest first."""
        profile = service.show(work, desk, entity_id, as_of=as_of, known_at=aware(known_at))
        changes = _changes(work, profile)
        return _page("register/changes.html", work, profile, "changes", {"changes": changes}, len(changes))

    @get("/records", sync_to_thread=True)
    def records(
        self,
        entity_id: FromPath[str],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
        as_of: OfDay = None,
        known_at: OfInstant = None,
    ) -> Template:
        """Show the records of the lists exactly as published, edition by edition."""
        profile = service.show(work, desk, entity_id, as_of=as_of, known_at=aware(known_at))
        found = service.records(work, entity_id)
        return _page("register/records.html", work, profile, "records", {"records": found})

    @get("/joins", sync_to_thread=True)
    def joins(self, entity_id: FromPath[str], work: NamedDependency[Work], desk: NamedDependency[Desk]) -> Template:
        """Show which entries were joined, by whom and why, and let a person undo it."""
        profile = service.show(work, desk, entity_id)
        context = {"judgements": service.joins(work, profile.members)}
        return _page("register/joins.html", work, profile, "joins", context)

    @post("/joins/undo", permission=Permission.REGISTER_DECIDE, sync_to_thread=True)
    def undo(
        self, entity_id: FromPath[str], data: URLEncodedBody[BecauseForm], work: NamedDependency[Work]
    ) -> Redirect:
        """Undo a judgement."""
        service.undo(work, data.id, data.reason)
        return Redirect(f"/entities/{entity_id}/joins", status_code=303)

    @get("/acts", sync_to_thread=True)
    def acts(self, entity_id: FromPath[str], work: NamedDependency[Work], desk: NamedDependency[Desk]) -> Template:
        """List dated acts that people entered, and let a person enter one where the editions cannot tell."""
        profile = service.show(work, desk, entity_id)
        context = {"acts": service.entered_acts(work, entity_id), "kinds": list(ActKind), "form": ActForm()}
        return _page("register/acts.html", work, profile, "acts", context)

    @post("/acts", permission=Permission.REGISTER_DECIDE, sync_to_thread=True)
    def enter_act(
        self,
        entity_id: FromPath[str],
        data: URLEncodedBody[ActForm],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
    ) -> Redirect:
        """Enter an act."""
        entry, _, programme = data.entry.partition(" ")
        act = Act(kind=data.kind, on=data.on or work.at.date(), citation=data.citation.strip())
        service.enter_act(work, desk, entry, programme, act)
        return Redirect(f"/entities/{entity_id}/acts", status_code=303)

    @post("/acts/withdraw", permission=Permission.REGISTER_DECIDE, sync_to_thread=True)
    def withdraw_act(
        self,
        entity_id: FromPath[str],
        data: URLEncodedBody[BecauseForm],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
    ) -> Redirect:
        """Withdraw an act that was entered wrongly."""
        service.withdraw_act(work, desk, data.id, data.reason)
        return Redirect(f"/entities/{entity_id}/acts", status_code=303)


def _page(
    template: str, work: Work, profile: Profile, part: str, context: dict[str, Any], changed: int | None = None
) -> Template:
    counts = {"statements": sum(len(one.runs) for one in profile.statements), "changes": changed}
    shared = {"profile": profile, "part": part, "counts": counts, "today": work.at.date()}
    return Template(template_name=template, context={**shared, **context})


def _facts(profile: Profile) -> list[FactRow]:
    rows: list[FactRow] = []
    for name in ROWS:
        cells = tuple(entry.properties.get(name, ()) for entry in profile.entries)
        if any(cells):
            rows.append(FactRow(property=name, cells=cells, is_apart=name != "address" and _apart(name, cells)))
    return rows


def _apart(name: str, cells: tuple[tuple[str, ...], ...]) -> bool:
    stated = [cell for cell in cells if cell]
    if name in {"name", "position", "birthPlace", "type"}:
        return False  # every list spells these in its own way; a difference of spelling is not a disagreement
    if name == "birthDate":
        return any(not _dates_meet(one, other) for one in stated for other in stated)
    return any(not set(one) & set(other) for one in stated for other in stated)


def _dates_meet(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    try:
        return any(PartialDate.parse(a).agrees(PartialDate.parse(b)) for a in one for b in other)
    except DateMalformed:
        return True


def _changes(work: Work, profile: Profile) -> list[ChangeRow]:
    """Return what each edition after an entry's first one changed, newest first."""
    named: dict[tuple[str, str], Edition] = {
        (edition.source, edition.key): edition
        for list_id in {entry.source for entry in profile.entries}
        for edition in lists.editions(work, list_id)
    }
    codes = {entry.id: entry.code for entry in profile.entries}
    first: dict[str, str] = {}
    for one in profile.statements:
        first[one.entity_id] = min(first.get(one.entity_id, "~"), one.runs[0].since)
    came: dict[tuple[str, str, str, str, str], list[str]] = defaultdict(list)
    went: dict[tuple[str, str, str, str, str], list[str]] = defaultdict(list)
    for one in profile.statements:
        place = (one.entity_id, one.source, one.claim.about, one.claim.property)
        for run in one.runs:
            if run.since != first[one.entity_id]:
                came[run.since, *place].append(one.claim.value)
            if run.until:
                went[run.until, *place].append(one.claim.value)
    rows = [
        ChangeRow(
            edition=named[source, key],
            code=codes.get(entity, ""),
            property=name,
            about=about,
            removed=tuple(went[key, entity, source, about, name]),
            added=tuple(came[key, entity, source, about, name]),
        )
        for key, entity, source, about, name in came.keys() | went.keys()
        if (source, key) in named
    ]
    return sorted(rows, key=lambda row: (row.edition.key, row.property == d.PROGRAMME, row.property), reverse=True)


def _amended(profile: Profile) -> dict[tuple[str, str], list[date]]:
    """Return the days on which each list says that it amended the entry."""
    return {
        (one.entity_id, one.programme): [day for text in one.amended_on if (day := _day(text)) is not None]
        for one in profile.designations
    }


def _day(text: str) -> date | None:
    try:
        return PartialDate.parse(text).day
    except DateMalformed:
        return None
