"""Versions of screening profiles; how much each screening asked and found, so that past ones can be listed."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from comity.infra.columns import Bytes, Instant, Integer, Text, append_only_ddl

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the tables of profiles, and count in the screenings that there are."""
    op.create_table(
        "screening_profiles",
        sa.Column("id", Text, primary_key=True),
        sa.Column("version", Integer, primary_key=True),
        sa.Column("body", Text, nullable=False),
        sa.Column("digest", Text, nullable=False),
        sa.Column("by", Text, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("note", Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "screening_profile_decisions",
        sa.Column("id", Text, primary_key=True),
        sa.Column("version", Integer, primary_key=True),
        sa.Column("decision", Text, nullable=False),
        sa.Column("by", Text, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("backtest", Text, nullable=False),
        sqlite_strict=True,
    )
    for table in ("screening_profiles", "screening_profile_decisions"):
        for statement in append_only_ddl(table)[op.get_context().dialect.name]:
            op.execute(statement)
    op.add_column("screenings", sa.Column("rows", Integer, nullable=False, server_default="1"))
    op.add_column("screenings", sa.Column("matches", Integer, nullable=False, server_default="0"))
    _count()
    op.create_index(op.f("ix_screenings_actor_at"), "screenings", ["actor", "at"])


def _count() -> None:
    columns = (
        sa.column("id", Text),
        sa.column("answer", Bytes),
        sa.column("rows", Integer),
        sa.column("matches", Integer),
    )
    screenings = sa.table("screenings", *columns)
    connection = op.get_bind()
    for id_, raw in connection.execute(sa.select(screenings.c.id, screenings.c.answer)).all():
        answer = json.loads(bytes(raw))
        counted = {"rows": answer.get("rows", 1), "matches": answer.get("matches", len(answer.get("results", ())))}
        connection.execute(screenings.update().where(screenings.c.id == id_).values(**counted))
