"""Customers as they stand and stood: every version of each is kept, and none is deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import sqlalchemy as sa

from comity.alerts.model.subject import customer_key
from comity.infra.columns import Instant, Integer, Json, Text, table
from comity.portfolios.model.answers import Show
from comity.portfolios.model.customer import Customer
from comity.portfolios.model.portfolio import Kept
from comity.portfolios.store.runs import findings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import datetime

    from comity.infra.work import Work
    from comity.portfolios.model.answers import Filter

customers = table(
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
    sa.Index("ix_portfolio_customers_standing", "portfolio", "until", "customer"),
    sa.Index("ix_portfolio_customers_key", "key"),
)

BATCH = 500
"""Values in one IN (…) clause."""
_STANDS = customers.c.until.is_(None)


class Stands(NamedTuple):
    """What stands of a customer now, as far as an import compares it."""

    version: int
    digest: str
    is_ended: bool


def standing(work: Work, portfolio: str, ids: Sequence[str]) -> dict[str, Stands]:
    """Return the last version of some customers, by id; those who were never there are left out."""
    found: dict[str, Stands] = {}
    wanted = (customers.c.customer, customers.c.version, customers.c.digest, customers.c.ended_at)
    for start in range(0, len(ids), BATCH):
        asked = sa.select(*wanted).where(
            customers.c.portfolio == portfolio, customers.c.customer.in_(ids[start : start + BATCH]), _STANDS
        )
        for row in work.connection.execute(asked):
            found[row.customer] = Stands(row.version, row.digest, row.ended_at is not None)
    return found


def add(work: Work, portfolio: str, found: Iterable[tuple[Customer, int]], origin: str) -> None:
    """Keep new versions of customers, each with its number."""
    rows = [
        {
            "portfolio": portfolio,
            "customer": one.id,
            "version": version,
            "key": customer_key(portfolio, one.id),
            "schema": one.schema,
            "caption": one.caption,
            "sought": "\n".join(one.names).casefold(),
            "properties": msgspec.to_builtins(one.properties),
            "digest": one.digest,
            "since": work.at,
            "until": None,
            "ended_at": None,
            "origin": origin,
        }
        for one, version in found
    ]
    if rows:
        work.connection.execute(customers.insert(), rows)


def supersede(work: Work, portfolio: str, ids: Sequence[str]) -> None:
    """Note that something else is known of some customers from now on."""
    for start in range(0, len(ids), BATCH):
        some = customers.c.customer.in_(ids[start : start + BATCH])
        change = customers.update().where(customers.c.portfolio == portfolio, some, _STANDS)
        work.connection.execute(change.values(until=work.at))


def end(work: Work, portfolio: str, ids: Sequence[str]) -> int:
    """End some customers who stand, and return how many did; what was known of them stays."""
    ended = 0
    for start in range(0, len(ids), BATCH):
        some = customers.c.customer.in_(ids[start : start + BATCH])
        change = customers.update().where(
            customers.c.portfolio == portfolio, some, _STANDS, customers.c.ended_at.is_(None)
        )
        ended += work.connection.execute(change.values(ended_at=work.at)).rowcount
    return ended


def ids(work: Work, portfolio: str) -> set[str]:
    """Return the ids of all customers who stand and are not ended."""
    asked = sa.select(customers.c.customer).where(
        customers.c.portfolio == portfolio, _STANDS, customers.c.ended_at.is_(None)
    )
    return set(work.connection.execute(asked).scalars())


def every(work: Work, portfolio: str, after: str = "", *, ended: bool = False) -> Iterator[Kept]:
    """Stream the customers as they stand, in order of id, those after one; also those who were ended, if asked for."""
    asked = customers.select().where(customers.c.portfolio == portfolio, _STANDS, customers.c.customer > after)
    if not ended:
        asked = asked.where(customers.c.ended_at.is_(None))
    rows = work.connection.execute(asked.order_by(customers.c.customer).execution_options(yield_per=1_000))
    yield from map(_kept, rows)


def some(work: Work, portfolio: str, wanted: Collection[str]) -> Iterator[Kept]:
    """Yield some customers as they stand, in order of id."""
    listed = sorted(wanted)
    for start in range(0, len(listed), BATCH):
        asked = customers.select().where(
            customers.c.portfolio == portfolio, _STANDS, customers.c.customer.in_(listed[start : start + BATCH])
        )
        yield from map(_kept, work.connection.execute(asked.order_by(customers.c.customer)))


def history(work: Work, portfolio: str, id_: str) -> list[Kept]:
    """Return everything that was known of a customer, newest first."""
    asked = customers.select().where(customers.c.portfolio == portfolio, customers.c.customer == id_)
    return [_kept(row) for row in work.connection.execute(asked.order_by(customers.c.version.desc()))]


def by_key(work: Work, key: str) -> tuple[str, str] | None:
    """Return the portfolio and id of the customer whose address has a key."""
    asked = sa.select(customers.c.portfolio, customers.c.customer).where(customers.c.key == key).limit(1)
    row = work.connection.execute(asked).one_or_none()
    return (row.portfolio, row.customer) if row is not None else None


def counts(work: Work, portfolio: str) -> tuple[int, int]:
    """Return how many customers stand, and how many were ended."""
    is_ended = customers.c.ended_at.is_not(None)
    asked = sa.select(sa.func.count(), sa.func.sum(sa.case((is_ended, 1), else_=0)))
    total, ended = work.connection.execute(asked.where(customers.c.portfolio == portfolio, _STANDS)).one()
    return total - (ended or 0), ended or 0


def found(work: Work, portfolio: str) -> int:
    """Return of how many customers who stand something is found; of those who were ended, a run keeps count too."""
    asked = sa.select(sa.func.count()).select_from(customers)
    where = (customers.c.portfolio == portfolio, _STANDS, customers.c.ended_at.is_(None), _is_found(portfolio))
    return int(work.connection.execute(asked.where(*where)).scalar_one())


def search(work: Work, portfolio: str, asked: Filter) -> tuple[int, list[Kept]]:
    """Return how many customers fit, and one page of them in order of id."""
    where = [customers.c.portfolio == portfolio, _STANDS]
    ended = customers.c.ended_at
    if asked.show is not Show.ALL:
        where.append(ended.is_not(None) if asked.show is Show.ENDED else ended.is_(None))
    if asked.show is Show.FOUND:
        where.append(_is_found(portfolio))
    if asked.text.strip():
        plain = asked.text.strip().casefold().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        by_id = sa.func.lower(customers.c.customer).like(f"{plain}%", escape="\\")
        where.append(sa.or_(customers.c.sought.like(f"%{plain}%", escape="\\"), by_id))
    total = work.connection.execute(sa.select(sa.func.count()).select_from(customers).where(*where)).scalar_one()
    page = customers.select().where(*where).order_by(customers.c.customer).offset(asked.offset).limit(asked.limit)
    return int(total), [_kept(row) for row in work.connection.execute(page)]


def changed_since(work: Work, portfolio: str, at: datetime) -> set[str]:
    """Return the ids of customers of whom something else is known since an instant, or who are new."""
    asked = sa.select(customers.c.customer).where(customers.c.portfolio == portfolio, _STANDS, customers.c.since >= at)
    return set(work.connection.execute(asked).scalars())


def _is_found(portfolio: str) -> sa.ColumnElement[bool]:
    mine = sa.and_(findings.c.portfolio == portfolio, findings.c.until_run == "")
    return customers.c.customer.in_(sa.select(findings.c.customer).where(mine))


def _kept(row: Any) -> Kept:
    properties = {name: tuple(values) for name, values in row.properties.items()}
    return Kept(
        portfolio=row.portfolio,
        customer=Customer(id=row.customer, schema=row.schema, properties=properties),
        since=row.since,
        until=row.until,
        ended_at=row.ended_at,
        origin=row.origin,
    )
