"""What is kept of an entity so that it is found and shown in short: its card, its names and words, its numbers, its facets."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from comity.model import designation as d
from comity.model import identifiers
from comity.model.entity import COUNTRY_PROPERTIES, NAME_PROPERTIES, Entity
from comity.model.identifiers import ISSUED_BY_COUNTRY, STRONG
from comity.model.measure import Measure
from comity.register.model import names, profile
from comity.register.model.answers import Card, CardDesignation
from comity.register.store import entities

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from comity.lists.model import Edition, Source
    from comity.model.designation import Act
    from comity.register.model.statements import Statement

INDEX_VERSION = 2
"""Raised when what is kept of an entity is worked out differently, so that everything is written anew at the next rebuild."""


@dataclass(frozen=True)
class Indexing:
    """One list, by some of its editions."""

    source: Source
    list_id: str
    editions: Sequence[Edition]

    def of(
        self,
        entity_id: str,
        identity: tuple[str, str],
        own: Sequence[Statement],
        acts: Mapping[str, Sequence[Act]],
    ) -> entities.Indexed:
        """Return how an entity is found and shown in short."""
        reference, schema = identity
        key = profile.describing_key(own, self.editions, self.editions[-1].published_at.date())
        now = [one.claim for one in own if one.holds(key)]
        entity = Entity.of(entity_id, schema, now)
        designations = tuple(
            self._short(about, of, key, acts.get(about, ())) for about, of in by_programme(own).items()
        )
        spelt: dict[str, str] = {}
        for one in own:
            if one.claim.property in NAME_PROPERTIES:
                spelt.setdefault(" ".join(names.words(one.claim.value)), one.claim.value)
        card = Card(
            caption=entity.caption,
            code=self.source.issuer.code,
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
            source=self.list_id,
            reference=reference,
            schema=schema,
            card=card,
            names={key_: value for key_, value in spelt.items() if key_},
            tokens=frozenset((words | numbers | {names.joined(reference)}) - {""}),
            facets=_facets(self.list_id, schema, card),
            identifiers=frozenset(_identifiers(own)),
            digest=_digest(reference, schema, card, own),
        )

    def _short(self, programme: str, of: Sequence[Statement], key: str | None, acts: Sequence[Act]) -> CardDesignation:
        measures = [one.claim.value for one in of if one.claim.property == d.MEASURE and one.holds(key)]
        return CardDesignation(
            programme=programme,
            intervals=profile.history(self.source, of, self.editions, acts),
            measures=tuple(sorted({Measure.read(text).kind.value for text in measures})),
            is_aggregated=self.source.aggregates,
        )


def by_programme(own: Sequence[Statement]) -> dict[str, list[Statement]]:
    """Return the statements about designations, by programme."""
    grouped: dict[str, list[Statement]] = defaultdict(list)
    for one in own:
        if one.claim.about:
            grouped[one.claim.about].append(one)
    return dict(sorted(grouped.items()))


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


def _is_latin(text: str) -> bool:
    return all(ord(char) < 0x0250 or not char.isalpha() for char in text)  # noqa: PLR2004 - the end of Latin Extended-B's block
