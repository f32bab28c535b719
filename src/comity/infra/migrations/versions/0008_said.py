"""Alerts: where in a payment a subject was found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from comity.infra.columns import Json

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the column; of payments that were screened before, nothing is said there."""
    op.add_column("alerts", sa.Column("said", Json, nullable=False, server_default="[]"))
