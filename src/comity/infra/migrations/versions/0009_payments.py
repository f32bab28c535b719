"""Payments: found by the references that a recall of them repeats, and by who lists those who may be meant."""

from __future__ import annotations

import msgspec
import sqlalchemy as sa
from alembic import op

from comity.infra.columns import Text

revision = "0009"
down_revision = "0008"

BATCH = 500


def upgrade() -> None:
    """Create the two indexes and the column, and fill it."""
    op.create_index(op.f("ix_payments_uetr"), "payments", ["uetr"])
    op.create_index(op.f("ix_payments_end_to_end"), "payments", ["end_to_end_id"])
    op.add_column("payments", sa.Column("lists", Text, nullable=False, server_default=""))
    _fill()


def _fill() -> None:
    """Write who lists those who may be meant, by the verdicts that are kept."""
    payments = sa.table("payments", *(sa.column(name) for name in ("key", "hits", "verdict", "lists")))
    query = sa.select(payments.c.key, payments.c.verdict).where(payments.c.hits > 0)
    for some in op.get_bind().execute(query).partitions(BATCH):
        for key, verdict in some:
            op.execute(payments.update().where(payments.c.key == key).values(lists=_lists(bytes(verdict))))


def _lists(verdict: bytes) -> str:
    told = {
        "territory" if hit["odds"] is None else reference.rpartition(":")[0]
        for hit in msgspec.json.decode(verdict)["hits"]
        for reference in hit["listed"]["references"]
    }
    return f" {' '.join(sorted(told))} " if told else ""
