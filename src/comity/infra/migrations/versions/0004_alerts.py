"""Alerts: what was found of whom, every step that was taken about it, and good-guy entries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from comity.infra.columns import Instant, Integer, Json, Real, Text, append_only_ddl

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the four tables, one of them append-only."""
    for create in (_alerts, _hits, _steps, _good_guys):
        create()
    for statement in append_only_ddl("alert_steps")[op.get_bind().dialect.name]:
        op.execute(statement)


def _alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", Text, primary_key=True),
        sa.Column("kind", Text, nullable=False),
        sa.Column("subject_id", Text, nullable=False),
        sa.Column("caption", Text, nullable=False),
        sa.Column("schema", Text, nullable=False),
        sa.Column("properties", Json, nullable=False),
        sa.Column("profile", Text, nullable=False),
        sa.Column("opened_at", Instant, nullable=False),
        sa.Column("changed_at", Instant, nullable=False),
        sa.Column("assigned_to", Text, nullable=False),
        sa.Column("amount_minor", Integer),
        sa.Column("currency", Text),
        sa.Column("needs", Text, nullable=False),
        sa.Column("band", Integer, nullable=False),
        sa.Column("probability", Real, nullable=False),
        sa.Column("due_at", Instant, nullable=False),
        sa.Column("undecided", Integer, nullable=False),
        sa.Column("reopened", Integer, nullable=False),
        sa.Column("top", Text, nullable=False),
        sa.Column("pattern", Text, nullable=False),
        sa.UniqueConstraint("kind", "subject_id", name=op.f("uq_alerts_subject")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_alerts_rank"), "alerts", ["needs", sa.text("band DESC"), "due_at", "id"])
    op.create_index(op.f("ix_alerts_due"), "alerts", ["needs", "due_at"])
    op.create_index(op.f("ix_alerts_amount"), "alerts", ["needs", "currency", "amount_minor", "id"])
    op.create_index(op.f("ix_alerts_assigned"), "alerts", ["assigned_to", "needs"])


def _hits() -> None:
    op.create_table(
        "alert_hits",
        sa.Column("id", Text, primary_key=True),
        sa.Column("alert", Text, sa.ForeignKey("alerts.id", name=op.f("fk_alert_hits_alert_alerts")), nullable=False),
        sa.Column("listed_id", Text, nullable=False),
        sa.Column("listed", Json, nullable=False),
        sa.Column("probability", Real, nullable=False),
        sa.Column("evidence", Json, nullable=False),
        sa.Column("odds", Json, nullable=False),
        sa.Column("rests", Json, nullable=False),
        sa.Column("screening", Text, nullable=False),
        sa.Column("digest", Text, nullable=False),
        sa.Column("profile", Text, nullable=False),
        sa.Column("first_at", Instant, nullable=False),
        sa.Column("last_at", Instant, nullable=False),
        sa.Column("due_at", Instant, nullable=False),
        sa.Column("state", Json, nullable=False),
        sa.Column("stands", Text, nullable=False),
        sa.Column("disposition", Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_alert_hits_alert"), "alert_hits", ["alert"])
    op.create_index(op.f("ix_alert_hits_listed"), "alert_hits", ["listed_id"])
    op.create_index(op.f("ix_alert_hits_stands"), "alert_hits", ["stands", "disposition", "probability"])


def _steps() -> None:
    op.create_table(
        "alert_steps",
        sa.Column("id", Text, primary_key=True),
        sa.Column("alert", Text, nullable=False),
        sa.Column("number", Integer, nullable=False),
        sa.Column("hit", Text, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("by", Text, nullable=False),
        sa.Column("step", Text, nullable=False),
        sa.Column("disposition", Text, nullable=False),
        sa.Column("profile", Text, nullable=False),
        sa.Column("band", Integer, nullable=False),
        sa.Column("probability", Real, nullable=False),
        sa.Column("age_s", Integer, nullable=False),
        sa.Column("remark", Text, nullable=False),
        sa.Column("decision", Json),
        sa.UniqueConstraint("alert", "number", name=op.f("uq_alert_steps_number")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_alert_steps_at"), "alert_steps", ["at", "step"])
    op.create_index(op.f("ix_alert_steps_by"), "alert_steps", ["by", "at"])


def _good_guys() -> None:
    op.create_table(
        "good_guys",
        sa.Column("id", Text, primary_key=True),
        sa.Column("kind", Text, nullable=False),
        sa.Column("subject_id", Text, nullable=False),
        sa.Column("caption", Text, nullable=False),
        sa.Column("listed", Text, nullable=False),
        sa.Column("listed_caption", Text, nullable=False),
        sa.Column("known_as", Json, nullable=False),
        sa.Column("reason", Text, nullable=False),
        sa.Column("note", Text, nullable=False),
        sa.Column("by", Text, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("until", Text, nullable=False),
        sa.Column("rests", Json, nullable=False),
        sa.Column("confirmed_by", Text, nullable=False),
        sa.Column("confirmed_at", Instant),
        sa.Column("ended_at", Instant),
        sa.Column("ended_by", Text, nullable=False),
        sa.Column("ended_because", Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_good_guys_subject"), "good_guys", ["kind", "subject_id"])
    op.create_index(op.f("ix_good_guys_until"), "good_guys", ["until"])
