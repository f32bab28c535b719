"""Statements that stand today, in the form in which clients read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from comity.lists import service as lists
from comity.model import ftm
from comity.model.entity import COUNTRY_PROPERTIES, DATE_PROPERTIES
from comity.opensanctions.model.datasets import Asked, name_of
from comity.opensanctions.model.entities import Total, published
from comity.opensanctions.model.schemata import pointers
from comity.opensanctions.model.statements import Statement, Statements
from comity.opensanctions.service.catalogue import scope
from comity.register import service as register

if TYPE_CHECKING:
    from comity.infra.work import Work
    from comity.lists.service import Desk
    from comity.register.model.answers import Said, StatementSearch

_TYPES: Final = (
    (ftm.NAMES, "name"), (ftm.ADDRESSES, "address"), (ftm.TEXTS, "text"), (ftm.URLS, "url"), (ftm.NUMBERS, "number"),
    (ftm.IDENTIFIERS, "identifier"), (DATE_PROPERTIES, "date"), (frozenset(COUNTRY_PROPERTIES), "country"),
    (frozenset({"topics"}), "topic"), (frozenset({"gender"}), "gender"), (frozenset({"email"}), "email"),
    (frozenset({"phone"}), "phone"),
)  # fmt: skip
"""The types of FollowTheMoney by their properties; any other is a plain string."""


def statements(work: Work, desk: Desk, dataset: str, question: StatementSearch) -> Statements:
    """Return a page of statements; without a dataset those of every list in force. Raises `DatasetUnknown`."""
    of = scope(work, desk, Asked(dataset=dataset or "default"))
    asked = msgspec.structs.replace(question, sources=tuple(sorted(of)))
    found, total = register.standing(work, asked)
    seen = {one.source: f"{one.published_at:%Y-%m-%dT%H:%M:%S}" for one in lists.ground(work, desk)}
    return Statements(
        results=tuple(_shown(one, seen[one.source]) for one in found),
        total=Total(value=total),
        limit=question.limit,
        offset=question.offset,
    )


def _shown(one: Said, seen: str) -> Statement:
    return Statement(
        id=one.id,
        entity_id=one.entity,
        canonical_id=one.cluster,
        prop=one.property,
        prop_type=_type(one),
        schema=one.schema,
        value=one.value,
        original_value=one.original or None,
        dataset=name_of(one.source),
        lang=one.lang or None,
        origin=one.part,
        first_seen=published(one.since),
        last_seen=seen,
        target=True,
    )


def _type(one: Said) -> str:
    if one.property in pointers(one.schema):
        return "entity"
    return next((name for properties, name in _TYPES if one.property in properties), "string")
