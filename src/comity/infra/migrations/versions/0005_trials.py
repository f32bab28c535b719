"""Alerts: trials of versions of profiles on what people have decided."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from comity.infra.columns import Instant, Text, append_only_ddl

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the append-only table of trials."""
    op.create_table(
        "alert_trials",
        sa.Column("digest", Text, primary_key=True),
        sa.Column("proposed", Text, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("by", Text, nullable=False),
        sa.Column("body", Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_alert_trials_proposed"), "alert_trials", ["proposed", "at"])
    for statement in append_only_ddl("alert_trials")[op.get_bind().dialect.name]:
        op.execute(statement)
