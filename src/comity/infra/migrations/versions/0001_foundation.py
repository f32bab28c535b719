"""The first shape of the database."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from comity.infra.columns import Bytes, Instant, Integer, Json, Real, Text, append_only_ddl
from comity.infra.ledger.rows import erasable_ddl

revision = "0001"
down_revision = None

APPEND_ONLY = ("ledger_entries", "ledger_erasures", "dated_acts", "withdrawn_acts", "judgements", "judgements_undone")
"""Tables whose rows are never changed or removed."""


def upgrade() -> None:
    """Create every table and trigger."""
    for create in (_infrastructure, _accounts, _lists, _register):
        create()
    dialect = op.get_bind().dialect.name
    for table in APPEND_ONLY:
        for statement in append_only_ddl(table)[dialect]:
            op.execute(statement)
    for statement in erasable_ddl()[dialect]:
        op.execute(statement)


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(name, *parts, sqlite_strict=True)


def _infrastructure() -> None:
    """Create the queue of jobs and the ledger."""
    _table(
        "jobs",
        sa.Column("id", Text, primary_key=True),
        sa.Column("kind", Text, nullable=False),
        sa.Column("key", Text),
        sa.Column("payload", Json, nullable=False),
        sa.Column("state", Text, nullable=False),
        sa.Column("due", Instant, nullable=False),
        sa.Column("attempts", Integer, nullable=False),
        sa.Column("leased_until", Instant),
        sa.Column("error_code", Text),
        sa.Column("error_detail", Text),
        sa.Column("done", Integer, nullable=False),
        sa.Column("total", Integer),
        sa.Column("message", Text, nullable=False),
        sa.Column("result", Json),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("started_at", Instant),
        sa.Column("finished_at", Instant),
        sa.CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name=op.f("ck_jobs_state")),
    )
    op.create_index(op.f("ix_jobs_next"), "jobs", ["state", "due"])
    op.create_index(
        op.f("uq_jobs_key"),
        "jobs",
        ["key"],
        unique=True,
        sqlite_where=sa.text("state = 'waiting' AND attempts = 0"),
        postgresql_where=sa.text("state = 'waiting' AND attempts = 0"),
    )
    _table(
        "ledger_entries",
        sa.Column("index", Integer, primary_key=True, autoincrement=False),
        sa.Column("leaf", Bytes, nullable=False),
        sa.CheckConstraint('"index" >= 0', name=op.f("ck_ledger_entries_index")),
        sa.CheckConstraint("length(leaf) = 32", name=op.f("ck_ledger_entries_leaf")),
    )
    _table(
        "ledger_erasures",
        sa.Column("index", Integer, primary_key=True, autoincrement=False),
        sa.Column("act", Integer, nullable=False),
        sa.CheckConstraint('act > "index"', name=op.f("ck_ledger_erasures_act")),
    )
    _table(
        "ledger_events",
        sa.Column("index", Integer, primary_key=True, autoincrement=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("kind", Text, nullable=False),
        sa.Column("actor", Text, nullable=False),
        sa.Column("event", Text, nullable=False),
        sa.Column("salt", Bytes, nullable=False),
        sa.CheckConstraint("length(salt) = 32", name=op.f("ck_ledger_events_salt")),
    )
    op.create_index(op.f("ix_ledger_events_actor_index"), "ledger_events", ["actor", "index"])
    op.create_index(op.f("ix_ledger_events_kind_index"), "ledger_events", ["kind", "index"])


def _accounts() -> None:
    """Create people, sessions, tokens."""
    _table(
        "sign_in_attempts",
        sa.Column("key", Text, primary_key=True),
        sa.Column("failures", Integer, nullable=False),
        sa.Column("since", Instant, nullable=False),
    )
    op.create_index(op.f("ix_sign_in_attempts_since"), "sign_in_attempts", ["since"])
    _table(
        "users",
        sa.Column("id", Text, primary_key=True),
        sa.Column("name", Text, nullable=False),
        sa.Column("folded", Text, nullable=False),
        sa.Column("password_hash", Text),
        sa.Column("preferences", Json, nullable=False),
        sa.Column("added_at", Instant, nullable=False),
        sa.Column("disabled_at", Instant),
        sa.Column("signed_in_at", Instant),
        sa.UniqueConstraint("folded"),
    )
    _table(
        "sessions",
        sa.Column("id", Text, primary_key=True),
        sa.Column("digest", Text, nullable=False),
        sa.Column("user_id", Text, sa.ForeignKey("users.id"), nullable=False),
        sa.Column("opened_at", Instant, nullable=False),
        sa.Column("seen_at", Instant, nullable=False),
        sa.UniqueConstraint("digest"),
    )
    op.create_index(op.f("ix_sessions_user_id"), "sessions", ["user_id"])
    _table(
        "tokens",
        sa.Column("id", Text, primary_key=True),
        sa.Column("digest", Text, nullable=False),
        sa.Column("name", Text, nullable=False),
        sa.Column("user_id", Text, sa.ForeignKey("users.id")),
        sa.Column("permissions", Json, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("expires_at", Instant, nullable=False),
        sa.Column("used_at", Instant),
        sa.Column("revoked_at", Instant),
        sa.UniqueConstraint("digest"),
    )
    op.create_index(op.f("ix_tokens_user_id"), "tokens", ["user_id"])
    _table(
        "user_roles",
        sa.Column("user_id", Text, sa.ForeignKey("users.id"), primary_key=True),
        sa.Column("role", Text, primary_key=True),
    )
    _table(
        "welcomes",
        sa.Column("digest", Text, primary_key=True),
        sa.Column("user_id", Text, sa.ForeignKey("users.id")),
        sa.Column("expires_at", Instant, nullable=False),
    )
    op.create_index(op.f("ix_welcomes_user_id"), "welcomes", ["user_id"])


def _lists() -> None:
    """Create editions and their records."""
    _table(
        "editions",
        sa.Column("id", Text, primary_key=True),
        sa.Column("source", Text, nullable=False),
        sa.Column("key", Text, nullable=False),
        sa.Column("format", Text, nullable=False),
        sa.Column("files", Json, nullable=False),
        sa.Column("parts", Json, nullable=False),
        sa.Column("published_at", Instant, nullable=False),
        sa.Column("fetched_at", Instant, nullable=False),
        sa.Column("sha256", Text, nullable=False),
        sa.Column("counts", Json, nullable=False),
        sa.Column("status", Text, nullable=False),
        sa.Column("reasons", Json, nullable=False),
        sa.Column("decided_at", Instant),
        sa.Column("decided_by", Text, nullable=False),
        sa.Column("decision", Text, nullable=False),
        sa.UniqueConstraint("source", "key"),
    )
    _table(
        "list_checks",
        sa.Column("source", Text, primary_key=True),
        sa.Column("checked_at", Instant, nullable=False),
        sa.Column("outcome", Text, nullable=False),
        sa.Column("detail", Text, nullable=False),
        sa.Column("validators", Json, nullable=False),
    )
    _table(
        "list_record_spans",
        sa.Column("source", Text, primary_key=True),
        sa.Column("reference", Text, primary_key=True),
        sa.Column("since_key", Text, primary_key=True),
        sa.Column("until_key", Text),
        sa.Column("digest", Bytes, nullable=False),
    )
    _table(
        "list_records",
        sa.Column("digest", Bytes, primary_key=True),
        sa.Column("body", Bytes, nullable=False),
    )


def _register() -> None:
    """Create entities, statements, what makes them findable, acts and judgements."""
    _table(
        "candidates",
        sa.Column("left", Text, primary_key=True),
        sa.Column("right", Text, primary_key=True),
        sa.Column("score", Real, nullable=False),
        sa.Column("agrees", Json, nullable=False),
        sa.Column("differs", Json, nullable=False),
    )
    op.create_index(op.f("ix_candidates_right"), "candidates", ["right"])
    op.create_index(op.f("ix_candidates_score"), "candidates", ["score"])
    _table(
        "cluster_redirects",
        sa.Column("old", Text, primary_key=True),
        sa.Column("new", Text, nullable=False),
    )
    _table(
        "dated_acts",
        sa.Column("id", Text, primary_key=True),
        sa.Column("entity_id", Text, nullable=False),
        sa.Column("programme", Text, nullable=False),
        sa.Column("kind", Text, nullable=False),
        sa.Column("on", Text, nullable=False),
        sa.Column("citation", Text, nullable=False),
        sa.Column("entered_at", Instant, nullable=False),
        sa.Column("entered_by", Text, nullable=False),
    )
    op.create_index(op.f("ix_dated_acts_entity_id"), "dated_acts", ["entity_id"])
    _table(
        "entities",
        sa.Column("id", Text, primary_key=True),
        sa.Column("source", Text, nullable=False),
        sa.Column("reference", Text, nullable=False),
        sa.Column("cluster", Text, nullable=False),
        sa.Column("schema", Text, nullable=False),
        sa.Column("card", Text, nullable=False),
        sa.Column("digest", Bytes, nullable=False),
    )
    op.create_index(op.f("ix_entities_cluster"), "entities", ["cluster"])
    op.create_index(op.f("ix_entities_source_reference"), "entities", ["source", "reference"])
    _table(
        "entity_facets",
        sa.Column("kind", Text, primary_key=True),
        sa.Column("value", Text, primary_key=True),
        sa.Column("entity_id", Text, primary_key=True),
    )
    op.create_index(op.f("ix_entity_facets_entity_id"), "entity_facets", ["entity_id"])
    _table(
        "entity_identifiers",
        sa.Column("kind", Text, primary_key=True),
        sa.Column("value", Text, primary_key=True),
        sa.Column("country", Text, primary_key=True),
        sa.Column("entity_id", Text, primary_key=True),
    )
    op.create_index(op.f("ix_entity_identifiers_entity_id"), "entity_identifiers", ["entity_id"])
    _table(
        "entity_names",
        sa.Column("entity_id", Text, primary_key=True),
        sa.Column("words", Text, primary_key=True),
        sa.Column("value", Text, nullable=False),
        sa.Column("bag", Text, nullable=False),
    )
    op.create_index(op.f("ix_entity_names_bag"), "entity_names", ["bag"])
    _table(
        "entity_tokens",
        sa.Column("token", Text, primary_key=True),
        sa.Column("entity_id", Text, primary_key=True),
    )
    op.create_index(op.f("ix_entity_tokens_entity_id"), "entity_tokens", ["entity_id"])
    _table(
        "judgements",
        sa.Column("id", Text, primary_key=True),
        sa.Column("left", Text, nullable=False),
        sa.Column("right", Text, nullable=False),
        sa.Column("verdict", Text, nullable=False),
        sa.Column("by", Text, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("reason", Text, nullable=False),
    )
    op.create_index(op.f("ix_judgements_left"), "judgements", ["left"])
    op.create_index(op.f("ix_judgements_right"), "judgements", ["right"])
    _table(
        "statements",
        sa.Column("entity_id", Text, primary_key=True),
        sa.Column("id", Bytes, primary_key=True),
        sa.Column("source", Text, nullable=False),
        sa.Column("about", Text, nullable=False),
        sa.Column("property", Text, nullable=False),
        sa.Column("value", Text, nullable=False),
        sa.Column("lang", Text, nullable=False),
        sa.Column("original", Text, nullable=False),
        sa.Column("detail", Text, nullable=False),
        sa.Column("part", Text, nullable=False),
        sa.Column("runs", Text, nullable=False),
    )
    _table(
        "vocabulary",
        sa.Column("token", Text, primary_key=True),
        sa.Column("count", Integer, nullable=False),
    )
    _table(
        "judgements_undone",
        sa.Column("judgement_id", Text, sa.ForeignKey("judgements.id"), primary_key=True),
        sa.Column("at", Instant, nullable=False),
        sa.Column("by", Text, nullable=False),
        sa.Column("reason", Text, nullable=False),
    )
    _table(
        "withdrawn_acts",
        sa.Column("act_id", Text, sa.ForeignKey("dated_acts.id"), primary_key=True),
        sa.Column("at", Instant, nullable=False),
        sa.Column("by", Text, nullable=False),
        sa.Column("reason", Text, nullable=False),
    )
