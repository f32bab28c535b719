"""Looks back over past payments, and what they found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa

from comity.filtering.model.dealing import Dealing, Lookback
from comity.filtering.store.payments import rules_
from comity.infra.columns import Instant, Integer, Json, Text, table
from comity.screening.model.answer import Ground

if TYPE_CHECKING:
    from comity.infra.work import Work

lookbacks = table(
    "payment_lookbacks",
    sa.Column("id", Text, primary_key=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("actor", Text, nullable=False),
    sa.Column("since", Json, nullable=False),
    sa.Column("until", Json, nullable=False),
    sa.Column("listed", Integer, nullable=False),
    sa.Column("questions", Integer, nullable=False),
    sa.Column("found", Integer, nullable=False),
    sa.Column("dealings", Json, nullable=False),
    sa.Index("ix_payment_lookbacks_at", "at"),
)


def add(work: Work, one: Lookback) -> None:
    """Keep a look-back."""
    values = msgspec.structs.asdict(one)
    values |= {name: msgspec.to_builtins(values[name]) for name in ("since", "until", "dealings")}
    values["since"] = values["since"] or {}
    work.connection.execute(lookbacks.insert().values(**values, found=one.payments))


def latest(work: Work, limit: int) -> list[Lookback]:
    """Return the last look-backs, the latest first."""
    query = lookbacks.select().order_by(lookbacks.c.at.desc(), lookbacks.c.id).limit(limit)
    return [
        Lookback(
            id=row.id,
            at=row.at,
            actor=row.actor,
            since=msgspec.convert(row.since, Ground) if row.since else None,
            until=msgspec.convert(row.until, Ground),
            listed=row.listed,
            questions=row.questions,
            dealings=msgspec.convert(row.dealings, tuple[Dealing, ...]),
        )
        for row in work.connection.execute(query)
    ]


def first_ground(work: Work) -> Ground | None:
    """Return the ground on which the first payment of all was screened; None if none was."""
    found = [
        msgspec.convert(row.rules["screening"]["ground"], Ground)
        for row in work.connection.execute(sa.select(rules_.c.rules))
    ]
    return min(found, key=lambda one: (one.known_at, one.as_of), default=None)
