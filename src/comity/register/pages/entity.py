"""The page of one entity: every regime side by side, its history, what changed, and the records from which it was read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from comity.infra.work import Work
from comity.lists import service as lists
from comity.lists.model import Edition
from comity.lists.service import Desk
from comity.model.dates import DateMalformed, PartialDate
from comity.model.permission import Permission
from comity.register import service
from comity.register.model.answers import RecordUnknown
from comity.register.model.profile import Designation, Entry, Profile
from comity.register.pages import chart, facts, records
from comity.register.pages.asked import OfDay, OfInstant, aware, entity_page
from comity.register.pages.changes import changes
from comity.register.pages.searching import rank

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CHANGES_SHOWN = 8
"""Changes on the overview; all stand on their own page."""
CHANGES_ROWS = 200
"""Changes on their own page; the API has them all."""
VALUES_SHOWN = 4
"""Values of one fact in one cell; the rest are counted and stand among the statements."""
NAMES_SHOWN = 8
"""Names beside the overview; all stand among the statements."""

NOTES_SHOWN = 6
"""Notes beside the overview; all stand among the statements."""


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
        editions = _editions(work, profile)
        keys = {one.id: one.key for one in editions.values()}
        said = facts.claims(profile, keys)
        entries = sorted(profile.entries, key=lambda one: (one.is_aggregated, rank(one.code)))
        side_by_side = facts.side_by_side(entries, said)
        together = [(name, facts.together(entries, said, name)) for name in facts.TOGETHER]
        changed = changes(profile, editions)
        context = {
            "entries": entries,
            "rows": side_by_side,
            "law_apart": facts.law_apart(profile.designations),
            "apart": sum(row.is_apart for row in side_by_side) + len(facts.law_apart(profile.designations)),
            "new": facts.new(profile, keys),
            "together": [(name, values) for name, values in together if values],
            "names": facts.names(entries, said),
            "notes": facts.together(entries, said, "notes"),
            "editions": {one.id: one for one in editions.values()},
            "changes": changed[:CHANGES_SHOWN],
            "changes_count": len(changed),
            "drawing": chart.draw(_ordered(profile, entries), _amended(profile), work.at.date(), profile.view.as_of),
            "shown_values": VALUES_SHOWN,
            "shown_names": NAMES_SHOWN,
            "shown_notes": NOTES_SHOWN,
            "joins": [one for one in service.joins(work, profile.members) if one.stands],
        }
        return entity_page("overview", work, profile, context)

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
        changed = changes(profile, _editions(work, profile))
        context = {"changes": changed[:CHANGES_ROWS], "changes_count": len(changed)}
        return entity_page("changes", work, profile, context)

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
        found = [records.laid_out(one) for one in service.records(work, entity_id)]
        context = {
            "records": found,
            "titles": {entry.source: entry for entry in profile.entries},
            "editions": {one.id: one for one in _editions(work, profile).values()},
        }
        return entity_page("records", work, profile, context)

    @get("/records/raw", sync_to_thread=True)
    def raw(
        self, entity_id: FromPath[str], work: NamedDependency[Work], member: FromQuery[str], since: FromQuery[str]
    ) -> Response[bytes]:
        """Send one record as published, byte for byte. Raises `RecordUnknown`."""
        for one in service.records(work, entity_id):
            if (one.entity_id, one.since_edition) == (member, since):
                headers = {"content-disposition": f'attachment; filename="{records.file_name(one)}"'}
                return Response(one.raw.encode(), media_type="application/octet-stream", headers=headers)
        raise RecordUnknown("There is no such record of this entity.")


def _editions(work: Work, profile: Profile) -> Mapping[tuple[str, str], Edition]:
    """Return the editions of the lists that speak of an entity, by list and key."""
    sources = {entry.source for entry in profile.entries}
    return {(one.source, one.key): one for source in sources for one in lists.editions(work, source)}


def _ordered(profile: Profile, entries: Sequence[Entry]) -> list[Designation]:
    """Return the designations in the order of the entries beside each other."""
    place = {entry.id: number for number, entry in enumerate(entries)}
    return sorted(profile.designations, key=lambda one: place[one.entity_id])


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
