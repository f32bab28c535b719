"""The steps of those who decide on held payments, and what look-backs found: only ever added to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa

from comity.filtering.model.holding import Act, Step, Taken
from comity.filtering.store.payments import id_of, key
from comity.infra.columns import Instant, Integer, Text, append_only, table

if TYPE_CHECKING:
    from comity.infra.work import Work

steps = table(
    "payment_steps",
    sa.Column("id", Text, primary_key=True),
    sa.Column("payment", Integer, sa.ForeignKey("payments.key"), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("by", Text, nullable=False),
    sa.Column("act", Text, nullable=False),
    sa.Column("step", Text, nullable=False),
    sa.Column("outcome", Text, nullable=False),
    sa.Column("reason", Text, nullable=False),
    sa.Index("ix_payment_steps_payment", "payment", "at"),
)
append_only(steps)


def add(work: Work, one: Taken) -> None:
    """Keep a step."""
    values = msgspec.structs.asdict(one)
    values |= {"payment": key(one.payment), "act": one.act.value, "step": one.step.value}
    work.connection.execute(steps.insert().values(values))


def of(work: Work, payment: str) -> tuple[Taken, ...]:
    """Return the steps about a payment, the first first."""
    query = steps.select().where(steps.c.payment == key(payment)).order_by(steps.c.at, steps.c.id)
    return tuple(
        Taken(
            id=row.id,
            payment=id_of(row.payment),
            at=row.at,
            by=row.by,
            act=Act(row.act),
            step=Step(row.step),
            outcome=row.outcome,
            reason=row.reason,
        )
        for row in work.connection.execute(query)
    )
