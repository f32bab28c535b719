"""One person, organisation or thing as the register shows it: harmonised, and regime by regime."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING

import msgspec

from comity.lists.model import Every
from comity.model import designation as d
from comity.model.dates import DateMalformed, PartialDate
from comity.model.designation import State
from comity.model.entity import Entity
from comity.model.measure import Measure
from comity.register.model.listing import Interval, Sighting, intervals
from comity.register.model.statements import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from comity.lists.model import Edition, Source
    from comity.model.designation import Act


class View(msgspec.Struct, frozen=True, kw_only=True):
    """The two times of a question: what was true in law on a day, by what was known at an instant."""

    as_of: date
    known_at: datetime | None = None
    """None: everything that is known now."""


class Designation(msgspec.Struct, frozen=True, kw_only=True):
    """One designation of an entity, as one list states it, with its whole history."""

    source: str
    """The list."""
    code: str
    """The regime's two letters."""
    entity_id: str
    reference: str
    programme: str
    state: State
    """On the day asked for."""
    authority: str = ""
    legal_basis: tuple[str, ...] = ()
    listed_on: str | None = None
    """The list's own date; partial where the list's is."""
    amended_on: tuple[str, ...] = ()
    delisted_on: str | None = None
    """The first day on which it was no longer listed, if that is known."""
    status: str = ""
    reasons: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    intervals: tuple[Interval, ...] = ()
    since_edition: str = ""
    """The first edition that holds it."""
    until_edition: str | None = None
    """The first later edition that no longer holds it."""
    is_aggregated: bool = False
    """Whether the list only repeats another authority's; such a designation adds no regime."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One list entry among those that were joined, as its own list describes it."""

    id: str
    source: str
    title: str
    """The list, as its publisher calls it."""
    code: str
    reference: str
    schema: str
    caption: str
    properties: dict[str, tuple[str, ...]]
    edition: str
    """The edition that describes it on the day asked for."""
    is_aggregated: bool


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the register holds of one entity, at the two times of the question."""

    id: str
    schema: str
    caption: str
    entries: tuple[Entry, ...]
    """The list entries that were joined, the leading one first."""
    properties: dict[str, tuple[str, ...]]
    designations: tuple[Designation, ...]
    statements: tuple[Statement, ...]
    view: View

    @property
    def members(self) -> tuple[str, ...]:
        """The ids of the entries that were joined."""
        return tuple(entry.id for entry in self.entries)

    @property
    def entity(self) -> Entity:
        """The harmonised entity."""
        return Entity(id=self.id, schema=self.schema, caption=self.caption, properties=self.properties)

    @property
    def regimes(self) -> tuple[str, ...]:
        """The regimes that list it on the day asked for; an aggregator adds none."""
        listing = (one for one in self.designations if one.state is State.LISTED and not one.is_aggregated)
        return tuple(sorted({one.code for one in listing}))


def sightings(designated: Sequence[Statement], editions: Sequence[Edition]) -> list[Sighting]:
    """Return what each edition of a list says of one designation, from the statements about it."""
    listed = [one for one in designated if one.claim.property == d.PROGRAMME]
    return [
        Sighting(
            on=edition.published_at.date(),
            edition=edition.id,
            is_present=any(one.holds(edition.key) for one in listed),
            listed_on=min(_dates(designated, d.LISTED_ON, edition.key), default=None),
            delisted_on=max(_dates(designated, d.DELISTED_ON, edition.key), default=None),
        )
        for edition in editions
    ]


def history(
    source: Source, designated: Sequence[Statement], editions: Sequence[Edition], acts: Sequence[Act]
) -> tuple[Interval, ...]:
    """Return when a designation of a source stood."""
    closed_on = None if isinstance(source.schedule, Every) else source.schedule.on
    return intervals(sightings(designated, editions), acts, closed_on)


def describing_key(own: Iterable[Statement], editions: Sequence[Edition], as_of: date) -> str | None:
    """Return the key of the edition that describes an entity on a day.

    That is the latest edition by then in which the entry stands; for one that came later, the first in which it stands.
    """
    own = list(own)
    listed = [one for one in own if one.claim.property in {d.PROGRAMME, "name"}] or own  # a wallet has neither
    held = [edition for edition in editions if any(one.holds(edition.key) for one in listed)]
    by_then = [edition for edition in held if edition.published_at.date() <= as_of]
    return by_then[-1].key if by_then else (held[0].key if held else None)


def bounds(designated: Sequence[Statement], editions: Sequence[Edition]) -> tuple[str, str | None]:
    """Return the first edition that holds a designation, and the first later one that, lastingly, does not."""
    runs = [run for one in designated if one.claim.property == d.PROGRAMME for run in one.runs]
    ids = {edition.key: edition.id for edition in editions}
    first = min(run.since for run in runs)
    last = max(runs, key=lambda run: run.since).until
    return ids.get(first, ""), ids.get(last) if last else None


def _dates(designated: Iterable[Statement], name: str, key: str) -> Iterator[PartialDate]:
    for one in designated:
        if one.claim.property == name and one.holds(key):
            with suppress(DateMalformed):
                yield PartialDate.parse(one.claim.value)


class StatementShown(msgspec.Struct, frozen=True, kw_only=True):
    """A statement as programs take it."""

    id: str
    """The content hash, in hexadecimal."""
    entity_id: str
    source: str
    property: str
    value: str
    about: str
    part: str
    lang: str
    original: str
    detail: dict[str, str]
    since_edition: str
    until_edition: str | None
    """The first edition that no longer says so; None while it lasts."""


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A profile as programs take it: the harmonised entity, each designation, and every statement with its grounds."""

    id: str
    schema: str
    caption: str
    members: tuple[str, ...]
    properties: dict[str, tuple[str, ...]]
    designations: tuple[Designation, ...]
    statements: tuple[StatementShown, ...]
    as_of: date
    known_at: datetime | None


def shown(profile: Profile, editions: Mapping[str, str]) -> Shown:
    """Return a profile as programs take it; `editions` names each edition by its key."""
    return Shown(
        id=profile.id,
        schema=profile.schema,
        caption=profile.caption,
        members=profile.members,
        properties=profile.properties,
        designations=profile.designations,
        statements=tuple(
            StatementShown(
                id=one.id.hex(),
                entity_id=one.entity_id,
                source=one.source,
                property=one.claim.property,
                value=one.claim.value,
                about=one.claim.about,
                part=one.claim.part,
                lang=one.claim.lang,
                original=one.claim.original,
                detail=dict(one.claim.detail),
                since_edition=editions.get(run.since, ""),
                until_edition=editions.get(run.until, "") if run.until else None,
            )
            for one in profile.statements
            for run in one.runs
        ),
        as_of=profile.view.as_of,
        known_at=profile.view.known_at,
    )
