"""Runs, and what they found: a row where something was found of a customer, from one run until another; none for the cleared."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sa

from comity.infra.columns import Bytes, Instant, Json, Text, table
from comity.portfolios.model.portfolio import Finding, Run, RunState
from comity.screening.model.answer import Result

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from comity.infra.work import Work

runs = table(
    "portfolio_runs",
    sa.Column("id", Text, primary_key=True),
    sa.Column("portfolio", Text, nullable=False),
    sa.Column("state", Text, nullable=False),
    sa.Column("began_at", Instant, nullable=False),
    sa.Column("said", Json, nullable=False),
    sa.Index("ix_portfolio_runs_portfolio_began_at", "portfolio", "began_at"),
)

findings = table(
    "portfolio_findings",
    sa.Column("portfolio", Text, primary_key=True),
    sa.Column("customer", Text, primary_key=True),
    sa.Column("since_run", Text, primary_key=True),
    sa.Column("until_run", Text, nullable=False),
    sa.Column("digest", Text, nullable=False),
    sa.Column("facts", Text, nullable=False),
    sa.Column("screening", Text, nullable=False),
    sa.Column("results", Bytes, nullable=False),
    sa.Index("ix_portfolio_findings_standing", "portfolio", "until_run", "customer"),
)

BATCH = 500
"""Values in one IN (…) clause."""
_STANDS = findings.c.until_run == ""


def put(work: Work, run: Run) -> None:
    """Keep a run, or how far it is."""
    values = {
        "portfolio": run.portfolio,
        "state": run.state.value,
        "began_at": run.began_at,
        "said": msgspec.to_builtins(run),
    }
    done = work.connection.execute(runs.update().where(runs.c.id == run.id).values(**values))
    if done.rowcount == 0:
        work.connection.execute(runs.insert().values(id=run.id, **values))


def find(work: Work, id_: str) -> Run | None:
    """Return a run by its id."""
    said = work.connection.execute(sa.select(runs.c.said).where(runs.c.id == id_)).scalar_one_or_none()
    return msgspec.convert(said, Run) if said is not None else None


def latest(work: Work, portfolio: str, state: RunState | None = None, limit: int = 1) -> list[Run]:
    """Return the last runs of a portfolio, newest first."""
    asked = sa.select(runs.c.said).where(runs.c.portfolio == portfolio)
    if state is not None:
        asked = asked.where(runs.c.state == state.value)
    rows = work.connection.execute(asked.order_by(runs.c.began_at.desc(), runs.c.id).limit(limit))
    return [msgspec.convert(row.said, Run) for row in rows]


def standing(work: Work, portfolio: str, ids: Sequence[str]) -> dict[str, Finding]:
    """Return what is found of some customers now, by id; those of whom nothing is are left out."""
    found: dict[str, Finding] = {}
    for start in range(0, len(ids), BATCH):
        some = findings.c.customer.in_(ids[start : start + BATCH])
        rows = work.connection.execute(findings.select().where(findings.c.portfolio == portfolio, some, _STANDS))
        found |= {row.customer: _finding(row) for row in rows}
    return found


def every(work: Work, portfolio: str) -> Iterator[Finding]:
    """Stream what is found of anybody now, in order of customer."""
    asked = findings.select().where(findings.c.portfolio == portfolio, _STANDS).order_by(findings.c.customer)
    yield from map(_finding, work.connection.execute(asked.execution_options(yield_per=1_000)))


def of_customer(work: Work, portfolio: str, customer: str) -> list[Finding]:
    """Return everything that was found of a customer, newest first."""
    asked = findings.select().where(findings.c.portfolio == portfolio, findings.c.customer == customer)
    found = [_finding(row) for row in work.connection.execute(asked)]
    began = {run.id: run.began_at for run in latest(work, portfolio, limit=100_000)}
    return sorted(found, key=lambda one: (began[one.since_run], one.since_run), reverse=True)


def changes(work: Work, run: str) -> list[Finding]:
    """Return what a run found anew, and what it found no longer."""
    asked = findings.select().where(sa.or_(findings.c.since_run == run, findings.c.until_run == run))
    return [_finding(row) for row in work.connection.execute(asked.order_by(findings.c.customer, findings.c.since_run))]


def write(work: Work, run: str, gone: Sequence[tuple[str, str]], found: Sequence[Finding]) -> None:
    """End what is found no longer, given as (portfolio, customer), and keep what is found now; written twice it is the same.

    What this same run had written of a customer is written anew: a run that was killed begins again where it was.
    """
    for portfolio, customer in gone:
        mine = sa.and_(findings.c.portfolio == portfolio, findings.c.customer == customer, _STANDS)
        work.connection.execute(findings.delete().where(mine, findings.c.since_run == run))
        work.connection.execute(findings.update().where(mine).values(until_run=run))
    rows = [
        {
            "portfolio": one.portfolio,
            "customer": one.customer,
            "since_run": one.since_run,
            "until_run": one.until_run,
            "digest": one.digest,
            "facts": one.facts,
            "screening": one.screening,
            "results": msgspec.msgpack.encode(one.results),
        }
        for one in found
    ]
    if rows:
        work.connection.execute(findings.insert(), rows)


def matched(work: Work, portfolio: str) -> int:
    """Return of how many customers something is found now."""
    asked = sa.select(sa.func.count()).select_from(findings).where(findings.c.portfolio == portfolio, _STANDS)
    return int(work.connection.execute(asked).scalar_one())


def digest(work: Work, portfolio: str) -> str:
    """Return the digest (SHA-256) of everything that is found now: equal digests found the same of everybody."""
    made = sha256()
    wanted = sa.select(findings.c.customer, findings.c.digest).where(findings.c.portfolio == portfolio, _STANDS)
    for row in work.connection.execute(wanted.order_by(findings.c.customer)):
        made.update(f"{row.customer}\0{row.digest}\n".encode())
    return made.hexdigest()


def _finding(row: Any) -> Finding:
    return Finding(
        portfolio=row.portfolio,
        customer=row.customer,
        since_run=row.since_run,
        until_run=row.until_run,
        digest=row.digest,
        facts=row.facts,
        screening=row.screening,
        results=msgspec.msgpack.decode(bytes(row.results), type=tuple[Result, ...]),
    )
