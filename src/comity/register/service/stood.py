"""List entries as they stood on a day, by what was known at an instant; read for many at a time."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from comity.lists import service as lists
from comity.lists.model import Edition, Source, Status
from comity.model import designation as d
from comity.model.entity import Entity
from comity.model.measure import Measure
from comity.register.model import profile
from comity.register.model.listing import removed_on, state_on
from comity.register.model.profile import Designation, Entry, View
from comity.register.service import following, indexing
from comity.register.store import acts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import datetime

    from comity.infra.work import Work
    from comity.lists.service import Desk
    from comity.model.designation import Act
    from comity.register.model.statements import Statement
    from comity.register.store.entities import Member


def stood(work: Work, desk: Desk, view: View, members: Collection[Member]) -> dict[str, Stood]:
    """Return some list entries by their ids, as they stood; one of which nothing was known then has no statements."""
    told = acts.acts_of(work, [member.id for member in members], view.known_at)
    by_list: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        by_list[member.list_id].append(member)
    found: dict[str, Stood] = {}
    for list_id, of in by_list.items():
        listed = _List(view, desk.source(list_id), _editions(work, list_id, view.known_at))
        for member, schema, own in _said(work, list_id, of, listed.editions):
            found[member.id] = Stood(listed, member, schema, own, told.get(member.id, {}))
    return found


def _editions(work: Work, list_id: str, known_at: datetime | None) -> list[Edition]:
    accepted = lists.editions(work, list_id, statuses=[Status.ACCEPTED])
    return [one for one in accepted if known_at is None or (one.decided_at is not None and one.decided_at <= known_at)]


def _said(
    work: Work, list_id: str, members: Sequence[Member], editions: Sequence[Edition]
) -> Iterator[tuple[Member, str, list[Statement]]]:
    """Yield entries with their schemas and what their list says of them, in the order in which it says it.

    That is worked out rather than read from the kept statements, which are in no order: the first name given heads the page.
    """
    records = following.records_of(work, list_id, [member.reference for member in members])
    told = dict(following.recall_each(work, list_id, set(records.values()), editions))
    for member in members:
        said, known = told[records[member.reference]]
        own = [one for one in said if one.entity_id == member.id]
        yield member, known[member.id][1] if member.id in known else "", own


class _List(NamedTuple):
    """The list of some entries, by the editions that were known, and for which day it is read."""

    view: View
    source: Source
    editions: list[Edition]


class Stood:
    """One list entry as it stood."""

    def __init__(
        self, listed: _List, member: Member, schema: str, own: list[Statement], told: Mapping[str, Sequence[Act]]
    ) -> None:
        self.view, self.source, self.editions = listed
        self.id, self.list_id, self.reference = member
        self.own, self.schema = own, schema
        self.latest = self.editions[-1].key if self.editions else ""
        self.key = profile.describing_key(own, self.editions, self.view.as_of)
        self.claims = [one.claim for one in own if one.holds(self.key)]
        self.entity = Entity.of(self.id, schema, self.claims)
        self.designations = [
            self._designation(programme, of, told.get(programme, ()), self.view)
            for programme, of in indexing.by_programme(own).items()
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

    def leads(self) -> tuple[bool, bool, str]:
        """Return by what the entry that describes a cluster is chosen: listed on the day, on a list of its own, published last."""
        return any(one.state is d.State.LISTED for one in self.designations), not self.source.aggregates, self.latest

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
