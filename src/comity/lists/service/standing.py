"""Where the lists stand, and what their editions hold: the questions that other features and the pages ask."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any, BinaryIO

from comity.lists import store
from comity.lists.model import Edition, Every, Listed, Span, Status
from comity.lists.model.answers import EditionUnknown, InForce, ListState
from comity.lists.service.fetching import fetchable

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from comity.infra.work import Work
    from comity.lists.service.desk import Desk


def editions(work: Work, list_id: str | None = None, *, statuses: Collection[Status] = ()) -> list[Edition]:
    """Return the editions of a list, or of all, in the order of publication."""
    return store.find_editions(work, source=list_id, statuses=statuses)


def find(work: Work, id_: str) -> Edition:
    """Return an edition by id, or by a beginning of it that fits only one. Raises `EditionUnknown`."""
    edition = store.edition(work, id_)
    if edition is None:
        raise EditionUnknown(f"There is no edition {id_!r}, or more than one begins so.")
    return edition


def predecessor(work: Work, edition: Edition) -> Edition | None:
    """Return the nearest earlier edition that was accepted, against which this one is judged."""
    earlier = [one for one in editions(work, edition.source, statuses=[Status.ACCEPTED]) if one.key < edition.key]
    return earlier[-1] if earlier else None


def edition_name(list_id: str, text: str) -> str:
    """Return the id that somebody means by a day or by an id of an edition of this list."""
    return text if "@" in text else f"{list_id}@{text}"


def states(work: Work, desk: Desk) -> list[ListState]:
    """Return where every known list stands, also those of which no edition has come."""
    by_list: dict[str, list[Edition]] = defaultdict(list)
    for edition in store.current(work):
        by_list[edition.source].append(edition)
    counts, checks = store.count_accepted(work), store.read_checks(work)
    return [
        _state(work, desk, list_id, by_list[list_id], counts.get(list_id, 0), checks.get(list_id, {}))
        for list_id in sorted({*desk.lists, *by_list})
    ]


def ground(work: Work, desk: Desk) -> list[InForce]:
    """Return the editions in force, list by list: what every answer of this node rests on."""
    found: list[InForce] = []
    for state in states(work, desk):
        edition = state.in_force
        if edition is not None and edition.decided_at is not None:
            found.append(
                InForce(
                    source=state.source,
                    code=state.code,
                    title=state.title,
                    edition=edition.id,
                    published_at=edition.published_at,
                    accepted_at=edition.decided_at,
                    designations=edition.counts.designations,
                    quarantined=len(state.quarantined),
                )
            )
    return found


def contents(work: Work, edition: Edition) -> dict[str, Span]:
    """Return the records that stand in an accepted edition, by reference."""
    return store.standing(work, edition.source, edition.key)


def history(work: Work, list_id: str, references: Collection[str]) -> dict[str, list[Span]]:
    """Return in which editions each of some references stood, and with which record."""
    return store.history(work, list_id, references)


def records(work: Work, digests: Collection[bytes]) -> Mapping[bytes, Listed]:
    """Return records by digest."""
    return dict(store.read_records(work, digests))


def _state(
    work: Work, desk: Desk, list_id: str, known: list[Edition], count: int, check: Mapping[str, Any]
) -> ListState:
    source = desk.source(list_id)
    accepted = [one for one in known if one.status is Status.ACCEPTED]
    latest = accepted[-1] if accepted else None
    schedule = source.schedule
    overdue = (
        isinstance(schedule, Every)
        and latest is not None
        and work.at - latest.published_at > timedelta(days=schedule.overdue_days)
    )
    waited = latest.decided_at - latest.published_at if latest and latest.decided_at else None
    return ListState(
        source=list_id,
        title=source.title,
        code=source.issuer.code,
        is_current=source.is_current,
        interval_hours=schedule.hours if isinstance(schedule, Every) and fetchable(desk, list_id) else None,
        in_force=latest,
        quarantined=tuple(one for one in known if one.status is Status.QUARANTINED),
        editions=count,
        hours_to_force=waited / timedelta(hours=1) if waited is not None else None,
        checked_at=check.get("checked_at"),
        check_outcome=check.get("outcome", ""),
        check_detail=check.get("detail", ""),
        is_overdue=overdue,
    )


def open_file(desk: Desk, edition: Edition, name: str) -> BinaryIO:
    """Open a file of an edition as published. Raises `EditionUnknown` where the edition has no such file."""
    sha256 = edition.files.get(name)
    if sha256 is None:
        raise EditionUnknown(f"The edition {edition.id} has no file {name!r}.")
    return desk.blobs.open(sha256)
