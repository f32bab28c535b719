"""Showing one entity as it stood on a day, by what was known at an instant."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from comity.lists import service as lists
from comity.lists.model import Status
from comity.model import designation as d
from comity.model.claim import entity_id
from comity.model.entity import Entity
from comity.model.measure import Measure
from comity.register.model import profile
from comity.register.model.answers import Card, EntityUnknown, Published
from comity.register.model.listing import removed_on, state_on
from comity.register.model.profile import Designation, Entry, Profile, Shown, View
from comity.register.service import following, indexing, resolving
from comity.register.store import acts, entities

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from comity.infra.work import Work
    from comity.lists.model import Edition
    from comity.lists.service import Desk
    from comity.model.designation import Act
    from comity.register.model.statements import Statement


def show(work: Work, desk: Desk, id_: str, *, as_of: date | None = None, known_at: datetime | None = None) -> Profile:
    """Return everything that the register holds of an entity or a cluster. Raises `EntityUnknown`."""
    view = View(as_of=as_of or work.at.date(), known_at=known_at)
    shown_as, members = _members(work, id_, known_at)
    entries = [_Entry(work, desk, view, *member) for member in members]
    entries = [entry for entry in entries if entry.own]
    if not entries:
        raise EntityUnknown("There is no entity with this id, or none was known at that time.")
    lead = max(entries, key=lambda entry: (entry.is_listed, not entry.source.aggregates, entry.latest))
    return _profile(shown_as, entries, lead)


def _members(work: Work, id_: str, known_at: datetime | None) -> tuple[str, list[tuple[str, str, str]]]:
    """Return under which id to show what, and the entries that were joined; at an earlier time, those that were joined then."""
    cluster = entities.canonical(work, id_)
    now = entities.members(work, cluster)
    if known_at is None or id_ not in {member[0] for member in now}:
        return cluster, now
    ((shown_as, then),) = resolving.joined_at(work, [id_], known_at).items()
    return shown_as, entities.entries(work, then)


def _profile(id_: str, entries: Sequence[_Entry], lead: _Entry) -> Profile:
    ordered = [lead, *(entry for entry in entries if entry is not lead)]
    merged = Entity.of(lead.id, lead.schema, [claim for entry in ordered for claim in entry.claims])
    return Profile(
        id=id_,
        schema=lead.schema,
        caption=lead.entity.caption,
        entries=tuple(entry.shown() for entry in ordered),
        properties=merged.properties,
        designations=tuple(one for entry in ordered for one in entry.designations),
        statements=tuple(one for entry in ordered for one in entry.own),
        view=lead.view,
    )


def show_entry(work: Work, desk: Desk, id_: str, *, as_of: date | None = None) -> Profile:
    """Return one list entry alone, whatever it was joined with. Raises `EntityUnknown`."""
    found = entities.entries(work, [id_])
    if not found:
        raise EntityUnknown("There is no list entry with this id.")
    entry = _Entry(work, desk, View(as_of=as_of or work.at.date()), *found[0])
    return _profile(id_, [entry], entry)


def cards(work: Work, ids: Collection[str]) -> dict[str, tuple[str, Card]]:
    """Return the schema and the card of some entries."""
    return entities.short(work, ids)


def resolve_id(text: str) -> str:
    """Return the id that somebody means: an id, or a list entry written as `LIST:REFERENCE`."""
    list_id, colon, reference = text.rpartition(":") if ":" in text else ("", "", text)
    return entity_id(list_id, reference) if colon else text


def shown(work: Work, found: Profile) -> Shown:
    """Return a profile as programs take it."""
    sources = {one.source for one in found.statements}
    names = {edition.key: edition.id for list_id in sources for edition in lists.editions(work, list_id)}
    return profile.shown(found, names)


def records(work: Work, id_: str) -> list[Published]:
    """Return the records from which an entity or a cluster was read, as published, each with the editions in which it stood.

    Raises `EntityUnknown`.
    """
    found: list[Published] = []
    for member, list_id, own_reference in entities.members(work, entities.canonical(work, id_)):
        reference = following.record_of(work, list_id, own_reference)
        names = {edition.key: edition.id for edition in lists.editions(work, list_id)}
        spans = lists.history(work, list_id, [reference])[reference]
        bodies = lists.records(work, {span.digest for span in spans})
        found += [
            Published(
                entity_id=member,
                source=list_id,
                reference=reference,
                since_edition=names.get(span.since, ""),
                until_edition=names.get(span.until, "") if span.until else None,
                raw=bodies[span.digest].raw,
            )
            for span in spans
        ]
    if not found:
        raise EntityUnknown("There is no entity with this id.")
    return found


class _Entry:
    """One list entry among those that were joined."""

    def __init__(self, work: Work, desk: Desk, view: View, id_: str, list_id: str, reference: str) -> None:
        self.id, self.reference = id_, reference
        self.source, self.view = desk.source(list_id), view
        self.list_id = list_id
        self.editions = _known(lists.editions(work, list_id, statuses=[Status.ACCEPTED]), view.known_at)
        said, known = following.recall(
            work, list_id, [following.record_of(work, list_id, reference)], self.editions
        )  # rather than the kept statements, which are in no order: the first name given heads the page
        self.own = said.get(id_, [])
        self.schema = known[id_][1] if id_ in known else ""
        self.latest = self.editions[-1].key if self.editions else ""
        self.key = profile.describing_key(self.own, self.editions, view.as_of)
        self.claims = [one.claim for one in self.own if one.holds(self.key)]
        self.entity = Entity.of(id_, self.schema, self.claims)
        told = acts.acts_of(work, [id_], view.known_at).get(id_, {})
        self.designations = [
            self._designation(programme, of, told.get(programme, ()), view)
            for programme, of in indexing.by_programme(self.own).items()
        ]

    def shown(self) -> Entry:
        """Return the entry as its list describes it."""
        name = next((edition.id for edition in self.editions if edition.key == self.key), "")
        return Entry(
            id=self.id,
            source=self.list_id,
            title=self.source.title,
            code=self.source.issuer.code,
            reference=self.reference,
            schema=self.schema,
            caption=self.entity.caption,
            properties=self.entity.properties,
            edition=name,
            is_aggregated=self.source.aggregates,
        )

    @property
    def is_listed(self) -> bool:
        """Whether any designation stands on the day."""
        return any(one.state is d.State.LISTED for one in self.designations)

    def _designation(self, programme: str, of: Sequence[Statement], told: Sequence[Act], view: View) -> Designation:
        facts: dict[str, list[str]] = defaultdict(list)
        for one in of:
            if one.holds(self.key):
                facts[one.claim.property].append(one.claim.value)
        intervals = profile.history(self.source, of, self.editions, told)
        since, until = profile.bounds(of, self.editions)
        state = state_on(intervals, view.as_of)
        ended = removed_on(intervals, view.as_of)
        return Designation(
            source=self.list_id,
            code=self.source.issuer.code,
            entity_id=self.id,
            reference=next(iter(facts[d.REFERENCE]), self.reference),
            programme=programme,
            state=state,
            authority=next(iter(facts[d.AUTHORITY]), ""),
            legal_basis=tuple(facts[d.LEGAL_BASIS]),
            listed_on=next(iter(facts[d.LISTED_ON]), None),
            amended_on=tuple(facts[d.AMENDED_ON]),
            delisted_on=next(iter(facts[d.DELISTED_ON]), str(ended) if ended else None),
            status=next(iter(facts[d.STATUS]), ""),
            reasons=tuple(facts[d.REASON]),
            measures=tuple(Measure.read(text) for text in facts[d.MEASURE]),
            intervals=intervals,
            since_edition=since,
            until_edition=until,
            is_aggregated=self.source.aggregates,
        )


def _known(editions: Sequence[Edition], known_at: datetime | None) -> list[Edition]:
    return [one for one in editions if known_at is None or (one.decided_at is not None and one.decided_at <= known_at)]
