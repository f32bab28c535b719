"""Payments: files, verdicts, the distinct questions that were asked, the steps of those who decide, and what look-backs found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from comity.infra.columns import Bytes, Flag, Instant, Integer, Json, Real, Text, append_only_ddl

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the seven tables, one of them append-only."""
    for create in (_files, _rules, _payments, _questions, _steps, _lookbacks):
        create()
    for statement in append_only_ddl("payment_steps")[op.get_bind().dialect.name]:
        op.execute(statement)


def _files() -> None:
    op.create_table(
        "payment_files",
        sa.Column("id", Text, primary_key=True),
        sa.Column("sha256", Text, nullable=False),
        sa.Column("name", Text, nullable=False),
        sa.Column("profile", Text, nullable=False),
        sa.Column("began_at", Instant, nullable=False),
        sa.Column("ended_at", Instant),
        sa.Column("transfers", Integer, nullable=False),
        sa.Column("held", Integer, nullable=False),
        sa.Column("hits", Integer, nullable=False),
        sa.Column("repeated", Integer, nullable=False),
        sa.UniqueConstraint("sha256", "profile", name="uq_payment_files_sha256"),
        sqlite_strict=True,
    )


def _rules() -> None:
    op.create_table(
        "payment_rules",
        sa.Column("digest", Text, primary_key=True),
        sa.Column("rules", Json, nullable=False),
        sqlite_strict=True,
    )


def _payments() -> None:
    op.create_table(
        "payments",
        sa.Column("key", Integer, primary_key=True, autoincrement=False),
        sa.Column("file", Text, sa.ForeignKey("payment_files.id"), nullable=False),
        sa.Column("number", Integer, nullable=False),
        sa.Column("kind", Text, nullable=False),
        sa.Column("version", Text, nullable=False),
        sa.Column("message_id", Text, nullable=False),
        sa.Column("end_to_end_id", Text, nullable=False),
        sa.Column("uetr", Text, nullable=False),
        sa.Column("identity", Integer),
        sa.Column("same_as", Integer),
        sa.Column("amount_minor", Integer),
        sa.Column("currency", Text),
        sa.Column("settles_on", Text),
        sa.Column("is_instant", Flag, nullable=False),
        sa.Column("state", Text, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("profile", Text, nullable=False),
        sa.Column("rules", Text, sa.ForeignKey("payment_rules.digest"), nullable=False),
        sa.Column("proof", Bytes, nullable=False),
        sa.Column("hits", Integer, nullable=False),
        sa.Column("probability", Real, nullable=False),
        sa.Column("verdict", Bytes),
        sa.Column("transfer", Bytes),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_payments_state"), "payments", ["state", "at", "number", "key"])
    op.create_index(op.f("ix_payments_file"), "payments", ["file", "number"])
    op.create_index(op.f("ix_payments_identity"), "payments", ["identity"])


def _questions() -> None:
    op.create_table(
        "payment_questions",
        sa.Column("key", Integer, primary_key=True, autoincrement=False),
        sa.Column("way", Text, nullable=False),
        sa.Column("text", Text, nullable=False),
        sa.Column("kinds", Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_payment_questions_way"), "payment_questions", ["way", "key"])
    op.create_table(
        "payment_asked",
        sa.Column("question", Integer, sa.ForeignKey("payment_questions.key"), primary_key=True, autoincrement=False),
        sa.Column("payment", Integer, sa.ForeignKey("payments.key"), primary_key=True, autoincrement=False),
        sqlite_strict=True,
    )


def _steps() -> None:
    op.create_table(
        "payment_steps",
        sa.Column("id", Text, primary_key=True),
        sa.Column("payment", Integer, sa.ForeignKey("payments.key"), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("by", Text, nullable=False),
        sa.Column("act", Text, nullable=False),
        sa.Column("step", Text, nullable=False),
        sa.Column("outcome", Text, nullable=False),
        sa.Column("reason", Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_payment_steps_payment"), "payment_steps", ["payment", "at"])


def _lookbacks() -> None:
    op.create_table(
        "payment_lookbacks",
        sa.Column("id", Text, primary_key=True),
        sa.Column("at", Instant, nullable=False),
        sa.Column("actor", Text, nullable=False),
        sa.Column("since", Json, nullable=False),
        sa.Column("until", Json, nullable=False),
        sa.Column("listed", Integer, nullable=False),
        sa.Column("questions", Integer, nullable=False),
        sa.Column("found", Integer, nullable=False),
        sa.Column("dealings", Json, nullable=False),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_payment_lookbacks_at"), "payment_lookbacks", ["at"])
