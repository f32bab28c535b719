"""Portfolios: their customers in every version, imports, runs, and what was found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from comity.infra.columns import Bytes, Instant, Integer, Json, Text

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create the five tables."""
    for create in (_portfolios, _imports, _customers, _runs, _findings):
        create()


def _portfolios() -> None:
    op.create_table(
        "portfolios",
        sa.Column("id", Text, primary_key=True),
        sa.Column("title", Text, nullable=False),
        sa.Column("profile", Text, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("created_by", Text, nullable=False),
        sa.Column("mapping", Json),
        sqlite_strict=True,
    )


def _imports() -> None:
    op.create_table(
        "portfolio_imports",
        sa.Column("id", Text, primary_key=True),
        sa.Column("portfolio", Text, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("said", Json, nullable=False),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_portfolio_imports_portfolio_at"), "portfolio_imports", ["portfolio", "at"])


def _customers() -> None:
    op.create_table(
        "portfolio_customers",
        sa.Column("portfolio", Text, primary_key=True),
        sa.Column("customer", Text, primary_key=True),
        sa.Column("version", Integer, primary_key=True),
        sa.Column("key", Text, nullable=False),
        sa.Column("schema", Text, nullable=False),
        sa.Column("caption", Text, nullable=False),
        sa.Column("sought", Text, nullable=False),
        sa.Column("properties", Json, nullable=False),
        sa.Column("digest", Text, nullable=False),
        sa.Column("since", Instant, nullable=False),
        sa.Column("until", Instant),
        sa.Column("ended_at", Instant),
        sa.Column("origin", Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_portfolio_customers_standing"), "portfolio_customers", ["portfolio", "until", "customer"])
    op.create_index(op.f("ix_portfolio_customers_key"), "portfolio_customers", ["key"])


def _runs() -> None:
    op.create_table(
        "portfolio_runs",
        sa.Column("id", Text, primary_key=True),
        sa.Column("portfolio", Text, nullable=False),
        sa.Column("state", Text, nullable=False),
        sa.Column("began_at", Instant, nullable=False),
        sa.Column("said", Json, nullable=False),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_portfolio_runs_portfolio_began_at"), "portfolio_runs", ["portfolio", "began_at"])


def _findings() -> None:
    op.create_table(
        "portfolio_findings",
        sa.Column("portfolio", Text, primary_key=True),
        sa.Column("customer", Text, primary_key=True),
        sa.Column("since_run", Text, primary_key=True),
        sa.Column("until_run", Text, nullable=False),
        sa.Column("digest", Text, nullable=False),
        sa.Column("facts", Text, nullable=False),
        sa.Column("screening", Text, nullable=False),
        sa.Column("results", Bytes, nullable=False),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_portfolio_findings_standing"), "portfolio_findings", ["portfolio", "until_run", "customer"]
    )
