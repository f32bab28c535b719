"""Which datasets there are: every list with an edition in force, and the collections of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.kit import json
from comity.lists import service as lists
from comity.opensanctions.model.datasets import (
    COLLECTIONS,
    EVERYTHING,
    SANCTIONS,
    Asked,
    Catalogue,
    Coverage,
    Dataset,
    Publisher,
    name_of,
)
from comity.opensanctions.model.failures import DatasetUnknown
from comity.screening import service as screening

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from comity.infra.work import Work
    from comity.lists.model import Source
    from comity.lists.model.answers import InForce
    from comity.lists.service import Desk
    from comity.screening.service import Place

INTERNATIONAL = frozenset({"UN", "EU", "XX"})
"""Codes of issuers that are no state; the European Union has a code of its own among countries."""
DAY_HOURS, WEEK_HOURS = 24, 168


def scope(work: Work, desk: Desk, asked: Asked) -> frozenset[str]:
    """Return the ids of the lists among which a client looks. Raises `DatasetUnknown`."""
    return among(desk, [one.source for one in lists.ground(work, desk)], asked)


def among(desk: Desk, in_force: Collection[str], asked: Asked) -> frozenset[str]:
    """Return the ids of those lists in force among which a client looks. Raises `DatasetUnknown`."""
    found = _members(desk, in_force, asked.dataset)
    if asked.include:
        found &= frozenset().union(*(_members(desk, in_force, name) for name in asked.include))
    return found.difference(*(_members(desk, in_force, name) for name in asked.exclude))


def catalogue(work: Work, place: Place) -> Catalogue:
    """Return every dataset, with its edition, and whether the index of names holds it yet."""
    in_force = lists.ground(work, place.desk)
    is_fresh = bool(in_force) and screening.is_fresh(work, place)
    single = [_dataset(place.desk.source(one.source), one, is_fresh=is_fresh) for one in in_force]
    together = [_collection(place.desk, name, in_force, is_fresh=is_fresh) for name in COLLECTIONS if in_force]
    found = (*together, *single)
    loaded = tuple(one.name for one in found)
    return Catalogue(
        datasets=found,
        current=loaded if is_fresh else (),
        outdated=() if is_fresh else loaded,
        index_stale=bool(found) and not is_fresh,
    )


def _members(desk: Desk, in_force: Collection[str], name: str) -> frozenset[str]:
    if name in EVERYTHING and in_force:
        return frozenset(in_force)
    if name == SANCTIONS and in_force:
        return frozenset(one for one in in_force if _forbids(desk.source(one)))
    found = frozenset(one for one in in_force if name in {one, name_of(one)})
    if not found:
        raise DatasetUnknown("There is no such dataset, or no edition of it is in force here.")
    return found


def _forbids(source: Source) -> bool:
    return not source.aggregates and not source.says


def _dataset(source: Source, one: InForce, *, is_fresh: bool) -> Dataset:
    at = f"{one.published_at:%Y-%m-%dT%H:%M:%S}"
    country = None if source.issuer.code in INTERNATIONAL - {"EU"} else source.issuer.code.lower()
    hours = getattr(source.schedule, "hours", None)
    frequency = (
        "never" if hours is None else "daily" if hours <= DAY_HOURS else "weekly" if hours <= WEEK_HOURS else "monthly"
    )
    return Dataset(
        name=name_of(one.source),
        title=source.title,
        summary=source.says or None,
        url=source.homepage,
        entities_url=f"/v1/ftm/{one.source}/entities",
        version=one.edition,
        index_version=one.edition if is_fresh else None,
        index_current=is_fresh,
        updated_at=at,
        last_export=at,
        entity_count=one.designations,
        thing_count=one.designations,
        target_count=one.designations,
        coverage=Coverage(countries=(country,) if country else (), frequency=frequency),
        publisher=Publisher(
            name=source.issuer.authority,
            acronym=source.issuer.code,
            official=not source.aggregates,
            url=source.homepage,
            country=country,
        ),
    )


def _collection(desk: Desk, name: str, in_force: Sequence[InForce], *, is_fresh: bool) -> Dataset:
    of = [one for one in in_force if name != SANCTIONS or _forbids(desk.source(one.source))]
    version = json.digest(sorted(one.edition for one in of))[:16]
    latest = max((f"{one.published_at:%Y-%m-%dT%H:%M:%S}" for one in of), default=None)
    count = sum(one.designations for one in of)
    titles = {SANCTIONS: "Lists that forbid something themselves"}
    return Dataset(
        name=name,
        title=titles.get(name, "Every list in force on this node"),
        version=version,
        index_version=version if is_fresh else None,
        index_current=is_fresh,
        updated_at=latest,
        last_export=latest,
        entity_count=count,
        thing_count=count,
        target_count=count,
        coverage=Coverage(),
        children=tuple(sorted(name_of(one.source) for one in of)),
    )
