"""Records as FollowTheMoney entities: what they describe, and each designation as a `Sanction` of it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING

from comity.model import designation as d
from comity.model.entity import Entity
from comity.model.measure import Measure
from comity.register.model.statements import described

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from comity.lists.model import Listed
    from comity.model.claim import Claim
    from comity.register.model.profile import Designation

_PROPERTIES = {
    d.PROGRAMME: "program",
    d.AUTHORITY: "authority",
    d.REFERENCE: "authorityId",
    d.LEGAL_BASIS: "program",
    d.LISTED_ON: "listingDate",
    d.DELISTED_ON: "endDate",
    d.AMENDED_ON: "modifiedAt",
    d.STATUS: "status",
    d.REASON: "reason",
}
"""Where FollowTheMoney's `Sanction` keeps the facts of a designation."""


def exported(list_id: str, authority: str, listed: Listed) -> Iterator[Entity]:
    """Yield every entity that a record describes, and a `Sanction` for each of its designations."""
    for one in described(list_id, listed):
        yield Entity.of(one.entity_id, one.schema, one.claims)
        grouped: dict[str, list[Claim]] = defaultdict(list)
        for claim in one.claims:
            if claim.about:
                grouped[claim.about].append(claim)
        for programme, claims in grouped.items():
            yield _sanction(one.entity_id, authority, programme, claims)


def designated(one: Designation, authority: str) -> Entity:
    """Return a designation, as it is shown, as a `Sanction` of its entity."""
    said = {
        "entity": (one.entity_id,),
        "program": (one.programme, *one.legal_basis),
        "authority": (one.authority or authority,),
        "authorityId": (one.reference,),
        "listingDate": (one.listed_on,),
        "modifiedAt": one.amended_on,
        "endDate": (one.delisted_on,),
        "status": (one.status,),
        "reason": one.reasons,
        "provisions": tuple(_words(measure) for measure in one.measures),
    }
    return Entity(
        id=_sanction_id(one.entity_id, one.programme),
        schema="Sanction",
        caption=one.programme,
        properties={name: kept for name, values in said.items() if (kept := tuple(v for v in values if v))},
    )


def _sanction(entity_id: str, authority: str, programme: str, claims: Sequence[Claim]) -> Entity:
    values: dict[str, dict[str, None]] = {"entity": {entity_id: None}}
    for claim in claims:
        if claim.property in _PROPERTIES:
            values.setdefault(_PROPERTIES[claim.property], {})[claim.value] = None
        elif claim.property == d.MEASURE:
            values.setdefault("provisions", {})[_words(Measure.read(claim.value))] = None
    values.setdefault("authority", {authority: None})
    return Entity(
        id=_sanction_id(entity_id, programme),
        schema="Sanction",
        caption=programme,
        properties={name: tuple(of) for name, of in values.items()},
    )


def _sanction_id(entity_id: str, programme: str) -> str:
    digest = hashlib.sha256(f"{entity_id}\x1f{programme}".encode()).hexdigest()[:16]
    return f"{entity_id}-s{digest}"


def _words(measure: Measure) -> str:
    bounds = ", ".join(f"{key} {value}" for key, value in measure.parameters.items())
    parts = (measure.kind.value.replace("_", " "), measure.object, bounds, measure.binds, measure.article)
    return "; ".join(part for part in parts if part)
