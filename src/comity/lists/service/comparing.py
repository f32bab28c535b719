"""What differs between two editions, whether they are in force, in quarantine, or only just read."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from comity.lists import store
from comity.lists.model import Change, EditionChange, Listed, Op, Status, compare, whole
from comity.lists.model.answers import EditionUnknown
from comity.lists.service import files, standing
from comity.model.claim import entity_id

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from comity.infra.work import Work
    from comity.lists.model import Edition
    from comity.lists.service.desk import Desk
    from comity.lists.service.files import Read


@dataclass(frozen=True)
class Side:
    """One edition of a comparison: its form, the digest of each record by reference, and how to read some of them."""

    format: str
    parts: frozenset[str]
    digests: Mapping[str, bytes]
    read: Callable[[set[bytes]], Mapping[bytes, Listed]]

    def load(self, references: list[str]) -> dict[str, Listed]:
        """Return those of the references that it holds."""
        wanted = {reference: self.digests[reference] for reference in references if reference in self.digests}
        bodies = self.read(set(wanted.values()))
        return {reference: bodies[digest] for reference, digest in wanted.items()}


@dataclass(frozen=True)
class Comparison:
    """What differs between two editions: how many records of each kind of change, and some of the changes."""

    counts: Mapping[Op, int]
    changes: tuple[Change, ...]


NOTHING = Side("", frozenset(), {}, lambda _: {})
"""The time before a list was known."""


def side(work: Work, desk: Desk, edition: Edition | None) -> Side:
    """Return an edition as a side of a comparison; one that is not in force is read again from its files."""
    if edition is None:
        return NOTHING
    if edition.status is not Status.ACCEPTED:
        return reading(files.reread(desk, edition.source, edition.format, edition.files))
    held = {reference: span.digest for reference, span in store.standing(work, edition.source, edition.key).items()}
    return Side(edition.format, frozenset(edition.parts), held, lambda digests: dict(store.read_records(work, digests)))


def reading(read: Read) -> Side:
    """Return what was just read as a side of a comparison."""

    def bodies(digests: set[bytes]) -> Mapping[bytes, Listed]:
        return {digest: store.unpack_body(read.bodies[digest]) for digest in digests}

    return Side(read.staged.format, frozenset(read.parts), read.records, bodies)


def count(old: Side, new: Side) -> EditionChange:
    """Count the records that came, went and changed from one side to the other."""
    parts, same = old.parts & new.parts, old.format == new.format
    both = ((was, now) for _, was, now in _unlike(old, new) if was is not None and now is not None)
    return EditionChange(
        earlier_count=len(old.digests),
        added=len(new.digests.keys() - old.digests.keys()),
        removed=len(old.digests.keys() - new.digests.keys()),
        changed=sum(bool(compare(was, now, parts=parts, same_format=same)) for was, now in both),
    )


def diff(work: Work, desk: Desk, from_id: str, to_id: str) -> Iterator[Change]:
    """Yield what differs between two editions of one list, record by record in order of reference.

    Either may be in quarantine: then its file is read again, to show what it would change. An empty `from_id` stands for the time
    before the list was known. Raises `EditionUnknown`, also where the two are of different lists.
    """
    before, after = standing.find(work, from_id) if from_id else None, standing.find(work, to_id)
    _same_list(before, after)
    yield from _changes(after.source, side(work, desk, before), side(work, desk, after))


def compared(
    work: Work, desk: Desk, before: Edition, after: Edition, *, ops: Collection[Op] = (), window: slice
) -> Comparison:
    """Return how much differs between two editions, and a window of the changes, of some kinds or of all.

    Only the records within the window, and those before it, are read. Raises `EditionUnknown` where the two are of different lists.
    """
    _same_list(before, after)
    old, new = side(work, desk, before), side(work, desk, after)
    follows = after.status is Status.ACCEPTED and standing.predecessor(work, after) == before
    found = after.counts if follows else count(old, new)
    counts = {Op.ADDED: found.added, Op.REMOVED: found.removed, Op.CHANGED: found.changed}
    changes = islice(_changes(after.source, old, new, ops or tuple(Op)), window.start, window.stop)
    return Comparison(counts=counts, changes=tuple(changes))


def differing(
    work: Work, desk: Desk, before: Edition | None, after: Edition | None
) -> Iterator[tuple[str, Listed | None, Listed | None]]:
    """Yield the records that two editions do not hold alike, in order of reference; None stands for an absent edition."""
    _same_list(before, after)
    yield from _unlike(side(work, desk, before), side(work, desk, after))


def _same_list(before: Edition | None, after: Edition | None) -> None:
    if before and after and before.source != after.source:
        raise EditionUnknown(f"{after.id} is no edition of {before.source}.")


def _unlike(
    old: Side, new: Side, ops: Collection[Op] = tuple(Op)
) -> Iterator[tuple[str, Listed | None, Listed | None]]:
    references = {
        Op.ADDED: new.digests.keys() - old.digests.keys(),
        Op.REMOVED: old.digests.keys() - new.digests.keys(),
        Op.CHANGED: {ref for ref in old.digests.keys() & new.digests.keys() if old.digests[ref] != new.digests[ref]},
    }
    unlike = sorted(set().union(*(references[op] for op in ops)))
    for start in range(0, len(unlike), store.BATCH):
        batch = unlike[start : start + store.BATCH]
        was, now = old.load(batch), new.load(batch)
        yield from ((reference, was.get(reference), now.get(reference)) for reference in batch)


def _changes(source: str, old: Side, new: Side, ops: Collection[Op] = tuple(Op)) -> Iterator[Change]:
    parts, same = (old.parts & new.parts if old is not NOTHING else new.parts), old.format == new.format
    for reference, was, now in _unlike(old, new, ops):
        here = now or was
        assert here is not None
        if was is not None and now is not None:
            op, properties = Op.CHANGED, compare(was, now, parts=parts, same_format=same)
        else:
            op = Op.ADDED if was is None else Op.REMOVED
            properties = whole(here, op)
        if properties or op is not Op.CHANGED:
            yield Change(
                op=op,
                source=source,
                reference=reference,
                entity_id=entity_id(source, reference),
                schema=here.schema,
                caption=here.caption,
                properties=properties,
            )
