"""Alerts: trials of versions of profiles on what people have decided, who lists an alert's hits, and who alone may know of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from comity.infra.columns import Instant, Json, Text, append_only_ddl

revision = "0007"
down_revision = "0006"

INDEXES: dict[str, list[str | sa.TextClause]] = {
    "ix_alerts_rank": ["needs", sa.text("band DESC"), "due_at", "id", "members"],
    "ix_alerts_amount": ["needs", "currency", "amount_minor", "id", "members"],
}
"""Indexes from which the queue is read alone: they hold who may know of an alert too."""


def upgrade() -> None:
    """Create the append-only table of trials, and the two columns of alerts."""
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
    for name in ("regimes", "members"):
        op.add_column("alerts", sa.Column(name, Text, nullable=False, server_default=""))
    for name, columns in INDEXES.items():
        op.drop_index(op.f(name), "alerts")
        op.create_index(op.f(name), "alerts", columns)
    _fill_regimes()


def _fill_regimes() -> None:
    """Write who lists the hit that is looked at first: each further report writes it anew."""
    alerts = sa.table("alerts", sa.column("id"), sa.column("top"), sa.column("regimes"))
    hits = sa.table("alert_hits", sa.column("id"), sa.column("listed", Json))
    query = sa.select(alerts.c.id, hits.c.listed).join(hits, hits.c.id == alerts.c.top)
    for id_, listed in op.get_bind().execute(query).all():
        codes = " ".join(sorted({one["code"] for one in listed["listings"]}))
        op.execute(alerts.update().where(alerts.c.id == id_).values(regimes=f" {codes} " if codes else ""))
