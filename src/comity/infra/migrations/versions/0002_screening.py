"""Screenings: what was asked, and the bytes of what was answered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from comity.infra.columns import Bytes, Instant, Json, Text

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the table of screenings."""
    op.create_table(
        "screenings",
        sa.Column("id", Text, primary_key=True),
        sa.Column("at", Instant, nullable=False),
        sa.Column("actor", Text, nullable=False),
        sa.Column("asked", Json, nullable=False),
        sa.Column("answer", Bytes, nullable=False),
        sa.Column("digest", Text, nullable=False),
        sa.Column("editions", Json, nullable=False),
        sa.Column("setting", Json, nullable=False),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_screenings_at"), "screenings", ["at"])
