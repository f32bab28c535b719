"""Keeping the register in step with the lists: told of an edition, it works out again what the touched entries say and said."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from comity.lists import service as lists
from comity.lists.model import Status
from comity.register.model.statements import Statement, described, statements, timeline, versions
from comity.register.service import resolving
from comity.register.service.indexing import Indexing
from comity.register.store import acts, entities, rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import datetime

    from comity.infra.work import Work
    from comity.lists.model import Edition, Listed, Source, Span
    from comity.lists.service import Desk

BATCH = 2000
"""References worked out at a time; memory stays in proportion to this."""


def follow(work: Work, source: Source, list_id: str, references: Collection[str]) -> int:
    """Work out the entities behind some references of a list again, and return how many entities changed.

    What comes out depends on the accepted editions and on the entered acts alone, never on the order in which they came.
    """
    rows.alone(work)
    changed = rework(work, source, list_id, {*references, *_acted_upon(work, list_id)})
    entities.recount(work)
    return changed


def rework(work: Work, source: Source, list_id: str, references: Collection[str]) -> int:
    """Work out the entities behind some references again after an act, which leaves their names as they are."""
    rows.alone(work)
    editions = lists.editions(work, list_id, statuses=[Status.ACCEPTED])
    ordered = sorted(references)
    changed = 0
    for start in range(0, len(ordered), BATCH):
        changed += _rework(work, source, list_id, editions, ordered[start : start + BATCH])
    return changed


def _acted_upon(work: Work, list_id: str) -> Iterator[str]:
    """Yield the references about which people entered acts: another edition may bear them out or contradict them."""
    for _, entry_list, reference in entities.entries(work, acts.acted_upon(work)):
        if entry_list == list_id:
            yield record_of(work, list_id, reference)


def recall(
    work: Work, list_id: str, references: Collection[str], editions: Sequence[Edition]
) -> tuple[dict[str, list[Statement]], dict[str, tuple[str, str]]]:
    """Return what a list says by some of its editions alone: statements by entity, and each entity's reference and schema."""
    said: dict[str, list[Statement]] = defaultdict(list)
    known: dict[str, tuple[str, str]] = {}
    for _, (own, identities) in recall_each(work, list_id, references, editions):
        for one in own:
            said[one.entity_id].append(one)
        known.update(identities)
    return said, known


def recall_each(
    work: Work, list_id: str, references: Collection[str], editions: Sequence[Edition]
) -> Iterator[tuple[str, tuple[list[Statement], dict[str, tuple[str, str]]]]]:
    """Yield what a list says under each of some references by itself, as `recall` returns it of all together."""
    spans = lists.history(work, list_id, references)
    records = lists.records(work, {span.digest for of_one in spans.values() for span in of_one})
    along = timeline(editions)
    keys = [key for key, _ in along]
    for reference in references:
        said = statements(list_id, versions(along, spans[reference]), records)
        held = [span for span in spans[reference] if _held(span, keys)]
        yield reference, (said, dict(_identities(list_id, held, records)))


def _held(span: Span, keys: Sequence[str]) -> bool:
    """Return whether a record stands in any edition of some, in the order of their keys."""
    place = bisect_left(keys, span.since)
    return place < len(keys) and (span.until is None or keys[place] < span.until)


def record_of(work: Work, list_id: str, reference: str) -> str:
    """Return the reference of the record that describes an entity: its own, or that of the record it is linked to."""
    return records_of(work, list_id, [reference])[reference]


def records_of(work: Work, list_id: str, references: Collection[str]) -> dict[str, str]:
    """Return the references of the records that describe some entities, by the entities' own."""
    above = {
        reference: [reference[:cut] for cut, char in enumerate(reference) if char == "/"] for reference in references
    }
    wanted = {one for reference, cuts in above.items() if cuts for one in (reference, *cuts)}
    spans = lists.history(work, list_id, wanted) if wanted else {}
    return {
        reference: max((one for one in (reference, *cuts) if spans.get(one)), key=len, default=reference)
        for reference, cuts in above.items()
    }


def recall_indexed(work: Work, desk: Desk, ids: Collection[str], known_at: datetime) -> Iterator[entities.Indexed]:
    """Yield entries as they were known at an instant, leaving out those that were not known yet."""
    for indexed, _ in recall_told(work, desk, ids, known_at):
        yield indexed


def recall_told(
    work: Work, desk: Desk, ids: Collection[str], known_at: datetime
) -> Iterator[tuple[entities.Indexed, list[Statement]]]:
    """Yield entries as they were known at an instant, each with its statements as they were known then."""
    by_list: dict[str, dict[str, str]] = defaultdict(dict)
    for id_, list_id, reference in entities.entries(work, ids):
        by_list[list_id][id_] = record_of(work, list_id, reference)
    for list_id, of in by_list.items():
        accepted = lists.editions(work, list_id, statuses=[Status.ACCEPTED])
        editions = [one for one in accepted if one.decided_at is not None and one.decided_at <= known_at]
        said, known = recall(work, list_id, sorted(set(of.values())), editions)
        in_force, indexing = acts.acts_of(work, of, known_at), Indexing(desk.source(list_id), list_id, editions)
        for id_ in of:
            if id_ in said:
                yield indexing.of(id_, known[id_], said[id_], in_force.get(id_, {})), said[id_]


def _rework(work: Work, source: Source, list_id: str, editions: Sequence[Edition], references: Collection[str]) -> int:
    said, known = recall(work, list_id, references, editions)
    told, indexing = acts.acts_of(work, said.keys()), Indexing(source, list_id, editions)
    indexed = [
        indexing.of(entity_id, known[entity_id], own, told.get(entity_id, {})) for entity_id, own in said.items()
    ]
    changed = entities.replace(work, indexed, said)
    resolving.propose(work, changed)
    return len(changed)


def _identities(
    list_id: str, spans: Sequence[Span], records: Mapping[bytes, Listed]
) -> Iterator[tuple[str, tuple[str, str]]]:
    for span in spans:
        for one in described(list_id, records[span.digest]):
            yield one.entity_id, (one.reference, one.schema)
