"""Portfolios, and the files that were read into them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa

from comity.infra import database, jobs
from comity.infra.columns import Instant, Json, Text, table
from comity.portfolios.model.columns import Mapping
from comity.portfolios.model.portfolio import Import, Portfolio

if TYPE_CHECKING:
    from collections.abc import Collection

    from comity.infra.work import Work

portfolios = table(
    "portfolios",
    sa.Column("id", Text, primary_key=True),
    sa.Column("title", Text, nullable=False),
    sa.Column("profile", Text, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("created_by", Text, nullable=False),
    sa.Column("mapping", Json),
)

imports = table(
    "portfolio_imports",
    sa.Column("id", Text, primary_key=True),
    sa.Column("portfolio", Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("said", Json, nullable=False),
    sa.Index("ix_portfolio_imports_portfolio_at", "portfolio", "at"),
)


def alone(work: Work, portfolio: str) -> None:
    """Wait until no other work changes this portfolio, and keep others waiting until this one ends."""
    database.alone(work.connection, f"portfolio {portfolio}")


def add(work: Work, one: Portfolio) -> None:
    """Keep a portfolio."""
    mapping = msgspec.to_builtins(one.mapping) if one.mapping else None
    values = {"id": one.id, "title": one.title, "profile": one.profile, "created_at": one.created_at}
    work.connection.execute(portfolios.insert().values(created_by=one.created_by, mapping=mapping, **values))


def find(work: Work, id_: str) -> Portfolio | None:
    """Return a portfolio by its id."""
    row = work.connection.execute(portfolios.select().where(portfolios.c.id == id_)).one_or_none()
    return _portfolio(row) if row is not None else None


def every(work: Work) -> list[Portfolio]:
    """Return every portfolio, in order of title."""
    rows = work.connection.execute(portfolios.select().order_by(portfolios.c.title, portfolios.c.id))
    return [_portfolio(row) for row in rows]


def remember(work: Work, id_: str, mapping: Mapping) -> None:
    """Remember what the columns of a portfolio's file were taken for."""
    change = portfolios.update().where(portfolios.c.id == id_).values(mapping=msgspec.to_builtins(mapping))
    work.connection.execute(change)


def put_import(work: Work, one: Import) -> None:
    """Keep an import, or what became of it."""
    said = msgspec.to_builtins(one)
    done = work.connection.execute(imports.update().where(imports.c.id == one.id).values(said=said))
    if done.rowcount == 0:
        work.connection.execute(imports.insert().values(id=one.id, portfolio=one.portfolio, at=one.at, said=said))


def find_import(work: Work, id_: str) -> Import | None:
    """Return an import by its id."""
    said = work.connection.execute(sa.select(imports.c.said).where(imports.c.id == id_)).scalar_one_or_none()
    return msgspec.convert(said, Import) if said is not None else None


def imports_of(work: Work, portfolio: str) -> list[Import]:
    """Return the imports of a portfolio, newest first."""
    asked = sa.select(imports.c.said).where(imports.c.portfolio == portfolio)
    rows = work.connection.execute(asked.order_by(imports.c.at.desc(), imports.c.id))
    return [msgspec.convert(row.said, Import) for row in rows]


def orders(work: Work, kinds: Collection[str], portfolio: str) -> list[jobs.Job]:
    """Return the jobs of some kinds that are due or under way for a portfolio."""
    found = jobs.latest(work.connection, (jobs.State.WAITING, jobs.State.RUNNING), kinds)
    mine = [job for job in found if job.payload.get("portfolio") == portfolio]
    return [job for job in mine if job.state is jobs.State.RUNNING or job.due <= work.at]


def _portfolio(row: sa.Row[tuple[object, ...]]) -> Portfolio:
    said = dict(row._mapping)
    mapping = said.pop("mapping")
    return Portfolio(**said, mapping=msgspec.convert(mapping, Mapping) if mapping else None)
