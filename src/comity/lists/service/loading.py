"""Taking an edition: judged against its nearest earlier one, then accepted as a whole, or set aside for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from comity.kit.errors import Conflict
from comity.lists import store
from comity.lists.model import (
    Change,
    Counts,
    Edition,
    EditionChange,
    Listed,
    Op,
    Span,
    Standing,
    Status,
    compare,
    edition_id,
    edition_key,
    judge,
    weave,
    whole,
)
from comity.lists.model.answers import EditionUnknown, PublicationDiffers, PublicationUnknown, Taken
from comity.lists.service import files
from comity.model.claim import entity_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from comity.infra.work import Work
    from comity.lists.service.desk import Desk
    from comity.lists.service.files import Read

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
    published_at = _published_at(read, published)
    known = store.find_editions(work, source=staged.list_id, sha256=staged.sha256)
    if known:
        return _taken(known[-1], Status.UNCHANGED, reason=f"This edition is here already: {known[-1].status.value}.")
    earlier, following = _neighbours(work, staged.list_id, edition_key(published_at, staged.sha256))
    change = _difference(work, desk, read, earlier, published_at)
    source = desk.source(staged.list_id)
    counts = Counts(
        designations=len(read.records),
        statements=read.statements,
        added=change.added,
        removed=change.removed,
        changed=change.changed,
    )
    reasons = judge(source.expect, read.head, counts, change, read.oddities)
    if published_at > work.at + FUTURE:
        reasons = (*reasons, f"It says that it will be published on {files.day_of(published_at)}.")
    accepted = not reasons
    edition = Edition(
        id=edition_id(staged.list_id, published_at, staged.sha256),
        source=staged.list_id,
        key=edition_key(published_at, staged.sha256),
        format=staged.format,
        files=staged.files,
        parts=read.parts,
        published_at=published_at,
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
    change = _difference(work, desk, read, earlier, edition.published_at)
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


def find(work: Work, id_: str) -> Edition:
    """Return an edition by id, or by a beginning of it that fits only one. Raises `EditionUnknown`."""
    edition = store.edition(work, id_)
    if edition is None:
        raise EditionUnknown(f"There is no edition {id_!r}, or more than one begins so.")
    return edition


def edition_name(list_id: str, text: str) -> str:
    """Return the id that somebody means by a day or by an id of an edition of this list."""
    return text if "@" in text else f"{list_id}@{text}"


def diff(work: Work, desk: Desk, from_id: str, to_id: str) -> Iterator[Change]:
    """Yield what differs between two editions of one list, record by record in order of reference.

    Either may be in quarantine: then its file is read again, to show what it would change. An empty `from_id` stands for the time
    before the list was known.
    """
    before, after = find(work, from_id) if from_id else None, find(work, to_id)
    parts = set(before.parts) & set(after.parts) if before else set(after.parts)
    terms = _Terms(after.source, parts, before is not None and before.format == after.format)
    for reference, was, now in differing(work, desk, before, after):
        change = _change(terms, reference, was, now)
        if change is not None:
            yield change


def differing(
    work: Work, desk: Desk, before: Edition | None, after: Edition | None
) -> Iterator[tuple[str, Listed | None, Listed | None]]:
    """Yield the records that two editions do not hold alike, in order of reference; None stands for an absent edition."""
    old, new = (_side(work, desk, edition) if edition else _Side({}, lambda _: {}) for edition in (before, after))
    references = old.digests.keys() | new.digests.keys()
    unlike = sorted(ref for ref in references if old.digests.get(ref) != new.digests.get(ref))
    for start in range(0, len(unlike), store.BATCH):
        batch = unlike[start : start + store.BATCH]
        was, now = old.load(batch), new.load(batch)
        yield from ((reference, was.get(reference), now.get(reference)) for reference in batch)


@dataclass(frozen=True)
class _Terms:
    """On which terms two editions are compared."""

    source: str
    parts: set[str]
    same_format: bool


def _change(terms: _Terms, reference: str, was: Listed | None, now: Listed | None) -> Change | None:
    here = now or was
    assert here is not None
    if was is None or now is None:
        op = Op.ADDED if was is None else Op.REMOVED
        properties = whole(here, op)
    else:
        op = Op.CHANGED
        properties = compare(was, now, parts=terms.parts, same_format=terms.same_format)
        if not properties:
            return None
    return Change(
        op=op,
        source=terms.source,
        reference=reference,
        entity_id=entity_id(terms.source, reference),
        schema=here.schema,
        caption=here.caption,
        properties=properties,
    )


def _published_at(read: Read, published: date | datetime | None) -> datetime:
    given = (
        published
        if isinstance(published, datetime) or published is None
        else datetime(published.year, published.month, published.day, tzinfo=UTC)
    )
    stated = read.head.published_at
    if stated is None and given is None:
        named = ", ".join(read.staged.names.values())
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


def _difference(work: Work, desk: Desk, read: Read, earlier: Edition | None, published_at: datetime) -> EditionChange:
    if earlier is None:
        return EditionChange(added=len(read.records))
    before = _side(work, desk, earlier)
    differing = [ref for ref, digest in read.records.items() if before.digests.get(ref, digest) != digest]
    parts, same = set(earlier.parts) & set(read.parts), earlier.format == read.staged.format
    changed = 0
    for start in range(0, len(differing), store.BATCH):
        batch = differing[start : start + store.BATCH]
        was, now = before.load(batch), files.load({ref: read.records[ref] for ref in batch}, read.bodies)
        changed += sum(bool(compare(was[ref], now[ref], parts=parts, same_format=same)) for ref in batch)
    return EditionChange(
        earlier_id=earlier.id,
        days=(published_at - earlier.published_at) / timedelta(days=1),
        earlier_count=len(before.digests),
        added=len(read.records.keys() - before.digests.keys()),
        removed=len(before.digests.keys() - read.records.keys()),
        changed=changed,
    )


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


def _unsettled(work: Work, edition: Edition, following: Edition | None) -> set[str]:
    """Return what reads differently although its record is as before: what an earlier edition tells of the time around it."""
    if following is None:
        return set()
    earlier, _ = _neighbours(work, edition.source, edition.key)
    if earlier is None:  # the history of the list begins earlier than we knew, for everyone who was ever on it
        return store.references(work, edition.source)
    return store.turning(work, edition.source, following.key)


@dataclass(frozen=True)
class _Side:
    """One edition of a comparison: the digest of each record by reference, and how to read some of them."""

    digests: dict[str, bytes]
    read: Callable[[set[bytes]], Mapping[bytes, Listed]]

    def load(self, references: list[str]) -> dict[str, Listed]:
        """Return those of the references that it holds."""
        wanted = {reference: self.digests[reference] for reference in references if reference in self.digests}
        bodies = self.read(set(wanted.values()))
        return {reference: bodies[digest] for reference, digest in wanted.items()}


def _side(work: Work, desk: Desk, edition: Edition) -> _Side:
    if edition.status is Status.ACCEPTED:
        held = {reference: span.digest for reference, span in store.standing(work, edition.source, edition.key).items()}
        return _Side(held, lambda digests: dict(store.read_records(work, digests)))
    again = files.reread(desk, edition.source, edition.format, edition.files)
    return _Side(again.records, lambda digests: {digest: store.unpack_body(again.bodies[digest]) for digest in digests})


def _waiting(work: Work, edition_id_: str) -> Edition:
    edition = find(work, edition_id_)
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


__all__ = ["EditionDecided", "Standing", "diff", "find", "reject", "release", "take"]
