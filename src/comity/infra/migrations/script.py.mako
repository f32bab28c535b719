"""${message}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from comity.infra.columns import Bytes, Flag, Instant, Integer, Json, Real, Text, append_only_ddl

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """${message}."""
    ${upgrades if upgrades else "pass"}
