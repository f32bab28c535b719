"""Taking an edition: judged against its nearest earlier one, then accepted as a whole, or set aside for a person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from comity.kit.errors import Conflict
from comity.lists import store
from comity.lists.model import Counts, Edition, EditionChange, Span, Status, edition_id, edition_key, judge, weave
from comity.lists.model.answers import PublicationDiffers, PublicationUnknown, Taken
from comity.lists.service import comparing, files, standing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from comity.infra.work import Work
    from comity.lists.model import Head
    from comity.lists.service.comparing import Side
    from comity.lists.service.desk import Desk
    from comity.lists.service.files import Read, Staged

FUTURE = timedelta(days=1)
"""How far ahead of our clock a publisher's may be."""


class EditionDecided(Conflict):
    """The edition is no longer in quarantine: somebody has decided already."""

    code = "lists.edition_decided"


def take(work: Work, desk: Desk, read: Read, published: date | datetime | None = None) -> Taken:
    """Judge a set of files that was read, and put it into force or into quarantine. Nothing is half done: one transaction.

    `published` is needed where the file itself does not say it; where both do they must agree on the day. Raises
    `PublicationUnknown`, `PublicationDiffers`.
    """
    staged = read.staged
    at = when_published(staged, read.head, published)
    key = edition_key(at, staged.sha256)
    store.alone(work, staged.list_id)
    earlier, following = _neighbours(work, staged.list_id, key)
    same = store.find_editions(work, source=staged.list_id, sha256=staged.sha256)
    if here := _here_already(same, key, (earlier, following)):
        return _taken(here, Status.UNCHANGED, reason=f"This edition is here already: {here.status.value}.")
    change = _change_from(earlier, comparing.side(work, desk, earlier), comparing.reading(read), at)
    source = desk.source(staged.list_id)
    counts = Counts(
        designations=len(read.records),
        statements=read.statements,
        parts=read.said,
        added=change.added,
        removed=change.removed,
        changed=change.changed,
    )
    reasons = judge(source.expect, read.head, counts, change, read.oddities)
    by_server = read.head.published_at is None and isinstance(published, datetime)
    reasons = (*reasons, *_ill_dated(work, at, (earlier, following), by_server=by_server))
    accepted = not reasons
    edition = Edition(
        id=_name(staged.list_id, at, staged.sha256, same),
        source=staged.list_id,
        key=key,
        format=staged.format,
        files=staged.files,
        parts=read.parts,
        published_at=at,
        fetched_at=work.at,
        sha256=staged.sha256,
        counts=counts,
        status=Status.ACCEPTED if accepted else Status.QUARANTINED,
        reasons=reasons,
        decided_at=work.at if accepted else None,
        decided_by="rule" if accepted else "",
    )
    store.insert_edition(work, edition)
    if accepted:
        _put_into_force(work, desk, edition, read, following)
    work.record(
        "lists.edition_accepted" if accepted else "lists.edition_quarantined",
        edition=edition.id,
        sha256=edition.sha256,
        designations=counts.designations,
        added=counts.added,
        removed=counts.removed,
        changed=counts.changed,
        standing=source.format(staged.format).standing.value,
    )
    return _taken(edition, edition.status, reason=" ".join(reasons))


def release(work: Work, desk: Desk, edition_id_: str, decision: str) -> Taken:
    """Put a quarantined edition into force, on the responsibility of the person who says why. Raises `EditionDecided`."""
    edition = _waiting(work, edition_id_)
    read = files.reread(desk, edition.source, edition.format, edition.files)
    earlier, following = _neighbours(work, edition.source, edition.key)
    change = comparing.count(comparing.side(work, desk, earlier), comparing.reading(read))
    counts = msgspec.structs.replace(edition.counts, added=change.added, removed=change.removed, changed=change.changed)
    decided = _decide(work, msgspec.structs.replace(edition, counts=counts), Status.ACCEPTED, decision)
    _put_into_force(work, desk, decided, read, following)
    is_historical = following is not None
    work.record("lists.edition_released", edition=edition.id, historical=is_historical, reasons=len(edition.reasons))
    return _taken(decided, Status.ACCEPTED)


def reject(work: Work, edition_id_: str, decision: str) -> Taken:
    """Refuse a quarantined edition for good; its file and hash are kept for the record. Raises `EditionDecided`."""
    decided = _decide(work, _waiting(work, edition_id_), Status.REJECTED, decision)
    work.record("lists.edition_rejected", edition=decided.id, reasons=len(decided.reasons))
    return _taken(decided, Status.REJECTED, reason=" ".join(decided.reasons))


def when_published(staged: Staged, head: Head, published: date | datetime | None) -> datetime:
    """Return when an edition was published, by its file or, where that is silent, by whoever loads it.

    Raises `PublicationUnknown`, `PublicationDiffers`.
    """
    given = (
        published
        if isinstance(published, datetime) or published is None
        else datetime(published.year, published.month, published.day, tzinfo=UTC)
    )
    stated = head.published_at
    if stated is None and given is None:
        named = ", ".join(staged.names.values())
        raise PublicationUnknown(f"{named} does not say when it was published. Say it: --published YYYY-MM-DD")
    if (
        stated is not None
        and given is not None
        and not isinstance(published, datetime)
        and stated.date() != given.date()
    ):
        raise PublicationDiffers(f"The file says that it was published on {stated.date()}, not on {given.date()}.")
    chosen = stated or given
    assert chosen is not None
    return chosen.astimezone(UTC)


def _neighbours(work: Work, list_id: str, key: str) -> tuple[Edition | None, Edition | None]:
    accepted = store.find_editions(work, source=list_id, statuses=[Status.ACCEPTED])
    earlier = [one for one in accepted if one.key < key]
    later = [one for one in accepted if one.key > key]
    return (earlier[-1] if earlier else None), (later[0] if later else None)


def _here_already(same: list[Edition], key: str, neighbours: tuple[Edition | None, Edition | None]) -> Edition | None:
    """Return the edition with the same bytes that this one repeats.

    One that is not in force is repeated by any later fetch. One in force is not, if another lies between: then what a list that is
    not dated says again is a new edition, and brings back what the other took away.
    """
    beside = {one.id for one in neighbours if one is not None}
    repeated = (one for one in same if one.key == key or one.status is not Status.ACCEPTED or one.id in beside)
    return next(repeated, None)


def _name(list_id: str, published_at: datetime, sha256: str, same: list[Edition]) -> str:
    """Return the id of a new edition; the second with the same bytes on one day is numbered."""
    id_ = edition_id(list_id, published_at, sha256)
    return f"{id_}.{len(same) + 1}" if any(one.id == id_ for one in same) else id_


def _ill_dated(
    work: Work, published_at: datetime, neighbours: tuple[Edition | None, Edition | None], *, by_server: bool
) -> Iterator[str]:
    """Yield what is the matter with the publication: it lies ahead, is another's too, or only a server says that it lies back."""
    following = neighbours[1]
    if any(one is not None and one.published_at == published_at for one in neighbours):
        yield "An edition in force was published at the same moment: which of the two came later cannot be told."
    if published_at > work.at + FUTURE:
        yield f"It says that it will be published on {files.day_of(published_at)}."
    if by_server and following is not None:
        yield (
            f"The server dates it {files.day_of(published_at)}, before the edition of"
            f" {files.day_of(following.published_at)}; the file does not say."
        )


def _change_from(earlier: Edition | None, old: Side, new: Side, published_at: datetime) -> EditionChange:
    change = comparing.count(old, new)
    if earlier is None:
        return change
    days = (published_at - earlier.published_at) / timedelta(days=1)
    parts = earlier.counts.parts if old.format == new.format else {}
    return msgspec.structs.replace(change, earlier_id=earlier.id, days=days, earlier_parts=parts)


def _put_into_force(work: Work, desk: Desk, edition: Edition, read: Read, following: Edition | None) -> None:
    """Weave the edition's records into the history of the list, and let the register follow."""
    store.keep_records(work, read.bodies)
    touched = store.standing(work, edition.source, edition.key)
    references = {
        reference
        for reference in touched.keys() | read.records.keys()
        if reference not in touched or touched[reference].digest != read.records.get(reference)
    }
    spans = store.history(work, edition.source, references)
    woven: dict[str, list[Span]] = {
        reference: weave(
            spans[reference],
            reference=reference,
            key=edition.key,
            following=following.key if following else None,
            digest=read.records.get(reference),
        )
        for reference in references
    }
    store.replace_spans(work, edition.source, woven)
    desk.follow(work, edition, references | _unsettled(work, edition, following))
    if following is not None:
        _recount(work, desk, edition, following)


def _unsettled(work: Work, edition: Edition, following: Edition | None) -> set[str]:
    """Return what reads differently although its record is as before.

    An edition tells of the time around it, also of entries that it holds unchanged; and one that speaks of a part of which the one
    before was silent may end what the same record does not say.
    """
    earlier, _ = _neighbours(work, edition.source, edition.key)
    if earlier is None:  # the history of the list begins earlier than we knew, for everyone who was ever on it
        return store.references(work, edition.source)
    unsettled = store.turning(work, edition.source, following.key) if following is not None else set[str]()
    if set(edition.parts) - set(earlier.parts):
        unsettled |= store.standing(work, edition.source, edition.key).keys()
    return unsettled


def _recount(work: Work, desk: Desk, edition: Edition, following: Edition) -> None:
    """Count what the next edition changed anew, now that another stands before it."""
    change = comparing.count(comparing.side(work, desk, edition), comparing.side(work, desk, following))
    counts = msgspec.structs.replace(
        following.counts, added=change.added, removed=change.removed, changed=change.changed
    )
    store.replace_edition(work, msgspec.structs.replace(following, counts=counts))


def _waiting(work: Work, edition_id_: str) -> Edition:
    store.alone(work, standing.find(work, edition_id_).source)
    edition = standing.find(work, edition_id_)
    if edition.status is not Status.QUARANTINED:
        raise EditionDecided(f"The edition {edition.id} is not in quarantine: it is {edition.status.value}.")
    return edition


def _decide(work: Work, edition: Edition, status: Status, decision: str) -> Edition:
    decided = msgspec.structs.replace(
        edition, status=status, decided_at=work.at, decided_by=work.actor.id, decision=decision
    )
    store.replace_edition(work, decided)
    return decided


def _taken(edition: Edition, status: Status, reason: str = "") -> Taken:
    counts = edition.counts
    return Taken(
        source=edition.source,
        edition=edition.id,
        status=status,
        published_on=files.day_of(edition.published_at),
        designations=counts.designations,
        added=counts.added,
        removed=counts.removed,
        changed=counts.changed,
        reason=reason,
    )
