"""Keeping the register in step with the lists: told of an edition, it works out again what the touched entries say and said."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from comity.lists import service as lists
from comity.lists.model import Status
from comity.model import designation as d
from comity.model import identifiers
from comity.model.entity import COUNTRY_PROPERTIES, NAME_PROPERTIES, Entity
from comity.model.identifiers import ISSUED_BY_COUNTRY, STRONG
from comity.model.measure import Measure
from comity.register.model import names, profile
from comity.register.model.answers import Card, CardDesignation
from comity.register.model.statements import Statement, described, statements, timeline, versions
from comity.register.service import resolving
from comity.register.store import acts, entities

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from comity.infra.work import Work
    from comity.lists.model import Edition, Listed, Source, Span
    from comity.lists.service import Desk
    from comity.model.designation import Act

INDEX_VERSION = 1
"""Raised when what is kept of an entity is worked out differently, so that everything is written anew at the next rebuild."""

BATCH = 2000
"""References worked out at a time; memory stays in proportion to this."""


def follow(work: Work, source: Source, list_id: str, references: Collection[str]) -> int:
    """Work out the entities behind some references of a list again, and return how many entities changed.

    What comes out depends on the accepted editions and on the entered acts alone, never on the order in which they came.
    """
    editions = lists.editions(work, list_id, statuses=[Status.ACCEPTED])
    ordered = sorted(references)
    changed = 0
    for start in range(0, len(ordered), BATCH):
        changed += _rework(work, source, list_id, editions, ordered[start : start + BATCH])
    entities.recount(work)
    return changed


def recall(
    work: Work, list_id: str, references: Collection[str], editions: Sequence[Edition]
) -> tuple[dict[str, list[Statement]], dict[str, tuple[str, str]]]:
    """Return what a list says by some of its editions alone: statements by entity, and each entity's reference and schema."""
    spans = lists.history(work, list_id, references)
    records = lists.records(work, {span.digest for of_one in spans.values() for span in of_one})
    along = timeline(editions)
    said: dict[str, list[Statement]] = defaultdict(list)
    known: dict[str, tuple[str, str]] = {}
    for reference in references:
        for one in statements(list_id, versions(along, spans[reference]), records):
            said[one.entity_id].append(one)
        known.update(_identities(list_id, spans[reference], records))
    return said, known


def recall_cards(
    work: Work, desk: Desk, entries: Iterable[tuple[str, str, str, str, Card]], known_at: datetime
) -> Iterator[tuple[str, str, str, str, Card]]:
    """Yield entries as they were known at an instant, leaving out those that were not known yet."""
    by_list: dict[str, list[tuple[str, str, str, str, Card]]] = defaultdict(list)
    for entry in entries:
        by_list[entry[2]].append(entry)
    for list_id, of in by_list.items():
        accepted = lists.editions(work, list_id, statuses=[Status.ACCEPTED])
        editions = [one for one in accepted if one.decided_at is not None and one.decided_at <= known_at]
        if editions:
            references = {entities.record_of(work, entry[0]) for entry in of}
            said, known = recall(work, list_id, sorted(references), editions)
            in_force = acts.acts_of(work, said.keys(), known_at)
            for id_, cluster, _, schema, _ in of:
                if id_ in said:
                    told = in_force.get(id_, {})
                    indexed = index(desk.source(list_id), list_id, id_, known[id_], said[id_], editions, told)
                    yield id_, cluster, list_id, schema, indexed.card


def _rework(work: Work, source: Source, list_id: str, editions: Sequence[Edition], references: Collection[str]) -> int:
    said, known = recall(work, list_id, references, editions)
    told = acts.acts_of(work, said.keys())
    indexed = [
        index(source, list_id, entity_id, known[entity_id], own, editions, told.get(entity_id, {}))
        for entity_id, own in said.items()
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


def index(  # noqa: PLR0913, PLR0917 - one entity, its list, and what both are told by
    source: Source,
    list_id: str,
    entity_id: str,
    identity: tuple[str, str],
    own: Sequence[Statement],
    editions: Sequence[Edition],
    acts: Mapping[str, Sequence[Act]],
) -> entities.Indexed:
    """Return how an entity is found and shown in short."""
    reference, schema = identity
    key = profile.describing_key(own, editions, editions[-1].published_at.date())
    now = [one.claim for one in own if one.holds(key)]
    entity = Entity.of(entity_id, schema, now)
    designations = tuple(_short(source, about, of, key, editions, acts) for about, of in by_programme(own).items())
    spelt: dict[str, str] = {}
    for one in own:
        if one.claim.property in NAME_PROPERTIES:
            spelt.setdefault(" ".join(names.words(one.claim.value)), one.claim.value)
    card = Card(
        caption=entity.caption,
        code=source.issuer.code,
        original=next((name for name in spelt.values() if not name.isascii() and not _is_latin(name)), ""),
        born=entity.properties.get("birthDate", entity.properties.get("incorporationDate", ())),
        countries=tuple(sorted({code for name in COUNTRY_PROPERTIES for code in entity.properties.get(name, ())})),
        topics=entity.properties.get("topics", ()),
        designations=designations,
    )
    words = {word for name in spelt for word in name.split()}
    numbers = {names.joined(one.claim.value) for one in own if one.claim.property in STRONG}
    return entities.Indexed(
        id=entity_id,
        source=list_id,
        reference=reference,
        schema=schema,
        card=card,
        names={key_: value for key_, value in spelt.items() if key_},
        tokens=frozenset((words | numbers | {names.joined(reference)}) - {""}),
        facets=_facets(list_id, schema, card),
        identifiers=frozenset(_identifiers(own)),
        digest=_digest(reference, schema, card, own),
    )


def _identifiers(own: Sequence[Statement]) -> Iterator[tuple[str, str, str]]:
    for one in own:
        claim = one.claim
        if claim.property in STRONG and not claim.about:
            country = claim.detail.get("country", "") if claim.property in ISSUED_BY_COUNTRY else ""
            yield claim.property, identifiers.check(claim.property, claim.value).value, country


def _digest(reference: str, schema: str, card: Card, own: Sequence[Statement]) -> bytes:
    made = hashlib.sha256(msgspec.json.encode((INDEX_VERSION, reference, schema, card)))
    for one in sorted(own, key=lambda one: one.id):
        made.update(one.id)
        made.update(repr(one.runs).encode())
    return made.digest()[:16]


def _facets(list_id: str, schema: str, card: Card) -> frozenset[tuple[str, str]]:
    found = {("source", list_id), ("schema", schema)}
    found |= {("country", code) for code in card.countries}
    found |= {("programme", one.programme) for one in card.designations}
    found |= {("measure", kind) for one in card.designations for kind in one.measures}
    return frozenset(found)


def by_programme(own: Sequence[Statement]) -> dict[str, list[Statement]]:
    """Return the statements about designations, by programme."""
    grouped: dict[str, list[Statement]] = defaultdict(list)
    for one in own:
        if one.claim.about:
            grouped[one.claim.about].append(one)
    return dict(sorted(grouped.items()))


def _short(
    source: Source,
    programme: str,
    of: Sequence[Statement],
    key: str | None,
    editions: Sequence[Edition],
    acts: Mapping[str, Sequence[Act]],
) -> CardDesignation:
    kinds = {
        Measure.read(one.claim.value).kind.value for one in of if one.claim.property == d.MEASURE and one.holds(key)
    }
    return CardDesignation(
        programme=programme,
        intervals=profile.history(of, editions, acts.get(programme, ())),
        measures=tuple(sorted(kinds)),
        is_aggregated=source.aggregates,
    )


def _is_latin(text: str) -> bool:
    return all(ord(char) < 0x0250 or not char.isalpha() for char in text)  # noqa: PLR2004 - the end of Latin Extended-B's block
