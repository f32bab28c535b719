"""Payments: found by the references that a recall of them repeats."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Create the two indexes."""
    op.create_index(op.f("ix_payments_uetr"), "payments", ["uetr"])
    op.create_index(op.f("ix_payments_end_to_end"), "payments", ["end_to_end_id"])
