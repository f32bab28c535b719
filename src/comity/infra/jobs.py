"""The one queue of work to be done later: ordered in the transaction of its cause, leased by one worker at a time.

    waiting ──lease──> running ──finish──> done
       ^                  │
       └──fail, again─────┴──fail, for good──> failed

Because a job is written by the transaction that causes it, the queue is also the outbox: what rolled back was never ordered.
A worker that dies loses its lease, and the next one takes the job; so a handler may run twice and must bear it. A recurring
job orders its successor, under the same key and in a transaction of its own, before it does anything else: at most one untried
job waits per key, so a retry orders no second one and a failure does not break the chain.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from comity.infra.columns import Instant, Integer, Json, Text, table
from comity.kit.errors import Conflict, Invalid, NotFound

if TYPE_CHECKING:
    from collections.abc import Collection

ATTEMPTS_MAX = 6
"""How often a job is begun before it has failed for good: with the waits below, over a quarter of an hour."""

BACKOFF_S = 30
"""The wait after the first failure; it doubles with each further one."""

LEASE_S = 120
"""How long a silent worker keeps a job: longer than any transaction of a handler, for SQLite renews no lease during one."""

PAYLOAD_BYTES_MAX = 100_000
"""What a job may carry, as JSON; larger things are blobs, and the job names their hash."""

LISTED_MAX = 200
"""Jobs in one listing."""


class JobAbsent(NotFound):
    """There is no such job, or it was finished and forgotten long ago."""

    code = "job.absent"


class JobTooLarge(Invalid):
    """A job's payload is larger than `PAYLOAD_BYTES_MAX`."""

    code = "job.too_large"


class LeaseLost(Conflict):
    """The job was taken over by another worker, because this one was silent for too long."""

    code = "job.lease_lost"


class State(Enum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to be done, and what has become of it."""

    id: str
    kind: str
    """Names the handler: `lists.update`, …"""
    key: str | None
    """At most one untried job waits per key."""
    payload: dict[str, Any]
    """Ids, dates and counts; never names of persons."""
    state: State
    due: datetime
    attempts: int
    """How often it was begun; with the id it names one lease."""
    leased_until: datetime | None
    error_code: str | None
    """The stable code of the last failure."""
    error_detail: str | None
    """A sentence about it that is safe to show."""
    done: int
    """How many of `total` units are done."""
    total: int | None
    """How many there are; None while nobody knows."""
    message: str
    """What is being done now."""
    result: Any
    """What the handler returned, as plain JSON."""
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


jobs = table(
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
    sa.CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name="state"),
)
_untried = sa.and_(jobs.c.state == sa.literal_column("'waiting'"), jobs.c.attempts == sa.literal_column("0"))
sa.Index("ix_jobs_next", jobs.c.state, jobs.c.due)
sa.Index("uq_jobs_key", jobs.c.key, unique=True, sqlite_where=_untried, postgresql_where=_untried)


def enqueue(
    connection: sa.Connection,
    kind: str,
    payload: dict[str, Any],
    *,
    due: datetime,
    at: datetime,
    key: str | None = None,
) -> str:
    """Order a job in the caller's transaction and return its id; an untried one of the same key is moved forward instead."""
    if len(msgspec.json.encode(payload)) > PAYLOAD_BYTES_MAX:
        raise JobTooLarge(f"A job carries at most {PAYLOAD_BYTES_MAX} bytes.", kind=kind)
    insert = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(jobs)
    order = insert.values(
        id=secrets.token_hex(16),
        kind=kind,
        key=key,
        payload=payload,
        state=State.WAITING.value,
        due=due,
        attempts=0,
        done=0,
        message="",
        created_at=at,
    )
    earlier = sa.case((order.excluded.due < jobs.c.due, order.excluded.due), else_=jobs.c.due)
    once = order.on_conflict_do_update(index_elements=["key"], index_where=_untried, set_={"due": earlier})
    job_id: str = connection.execute(once.returning(jobs.c.id)).scalar_one()
    return job_id


def is_due(connection: sa.Connection, now: datetime, kinds: Collection[str]) -> bool:
    """Tell whether `lease` would find a job or a lost one; a reader may ask, so that an idle worker never locks anything."""
    return connection.execute(sa.select(jobs.c.id).where(_due(now, kinds)).limit(1)).first() is not None


def lease(connection: sa.Connection, now: datetime, kinds: Collection[str]) -> Job | None:
    """Take the longest-due job of these kinds for `LEASE_S` seconds, or None; no two workers are given the same one.

    A job whose worker disappeared is taken over, and fails for good when that has happened to its last attempt.
    """
    lost = jobs.c.state == State.RUNNING.value, jobs.c.leased_until <= now, jobs.c.attempts >= ATTEMPTS_MAX
    connection.execute(
        sa.update(jobs)
        .where(*lost, jobs.c.kind.in_(kinds))
        .values(
            state=State.FAILED.value,
            finished_at=now,
            leased_until=None,
            error_code="job.worker_lost",
            error_detail="The worker stopped before this job was done.",
        )
    )
    # One scalar, not `IN`: PostgreSQL may evaluate an IN subquery again and then locks more rows than its limit.
    next_ = (
        sa.select(jobs.c.id)
        .where(_due(now, kinds))
        .order_by(jobs.c.due, jobs.c.created_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    taken = connection.execute(
        sa.update(jobs)
        .where(jobs.c.id == next_.scalar_subquery())
        .values(
            state=State.RUNNING.value,
            attempts=jobs.c.attempts + 1,
            leased_until=now + timedelta(seconds=LEASE_S),
            started_at=now,
            done=0,
            total=None,
            message="",
        )
        .returning(*jobs.c)
    ).first()
    return _job(taken) if taken else None


def extend(connection: sa.Connection, job: Job, now: datetime) -> None:
    """Keep a leased job for another `LEASE_S` seconds. Raises `LeaseLost`."""
    _change(connection, job, leased_until=now + timedelta(seconds=LEASE_S))


def progress(
    connection: sa.Connection, job: Job, now: datetime, *, done: int, total: int | None = None, message: str = ""
) -> None:
    """Say how far a leased job is, and keep it for another `LEASE_S` seconds. Raises `LeaseLost`."""
    until = now + timedelta(seconds=LEASE_S)
    _change(connection, job, leased_until=until, done=done, total=total, message=message)


def finish(connection: sa.Connection, job: Job, result: Any, now: datetime) -> None:
    """Record that a leased job is done, and its result as plain JSON. Raises `LeaseLost`."""
    plain = msgspec.to_builtins(result)
    _change(connection, job, state=State.DONE.value, leased_until=None, result=plain, finished_at=now)


def fail(connection: sa.Connection, job: Job, error: tuple[str, str], now: datetime, *, again: bool = True) -> State:
    """Record a leased job's failure as (code, safe sentence), and return whether it waits for another attempt or has failed.

    Each attempt waits twice as long as the one before; there are `ATTEMPTS_MAX` of them. Raises `LeaseLost`.
    """
    code, detail = error
    facts: dict[str, Any] = {"leased_until": None, "error_code": code, "error_detail": detail}
    if again and job.attempts < ATTEMPTS_MAX:
        due = now + timedelta(seconds=BACKOFF_S * 2 ** (job.attempts - 1))
        _change(connection, job, state=State.WAITING.value, due=due, **facts)
        return State.WAITING
    _change(connection, job, state=State.FAILED.value, finished_at=now, **facts)
    return State.FAILED


def find(connection: sa.Connection, job_id: str) -> Job:
    """Return a job as it stands. Raises `JobAbsent`."""
    row = connection.execute(sa.select(jobs).where(jobs.c.id == job_id)).first()
    if row is None:
        raise JobAbsent("There is no such job.", job=job_id)
    return _job(row)


def latest(connection: sa.Connection, states: Collection[State], kinds: Collection[str] = ()) -> list[Job]:
    """Return up to `LISTED_MAX` jobs in these states, of these kinds or of every kind, the newest first."""
    query = sa.select(jobs).where(jobs.c.state.in_([state.value for state in states]))
    if kinds:
        query = query.where(jobs.c.kind.in_(kinds))
    rows = connection.execute(query.order_by(jobs.c.created_at.desc(), jobs.c.id).limit(LISTED_MAX))
    return [_job(row) for row in rows]


def forget(connection: sa.Connection, before: datetime) -> int:
    """Delete the jobs that were done or failed for good before an instant, and return how many."""
    return connection.execute(sa.delete(jobs).where(jobs.c.finished_at < before)).rowcount


def _due(now: datetime, kinds: Collection[str]) -> sa.ColumnElement[bool]:
    waiting = sa.and_(jobs.c.state == State.WAITING.value, jobs.c.due <= now)
    abandoned = sa.and_(jobs.c.state == State.RUNNING.value, jobs.c.leased_until <= now)
    return sa.and_(jobs.c.kind.in_(kinds), waiting | abandoned)


def _change(connection: sa.Connection, job: Job, **values: Any) -> None:
    mine = jobs.c.id == job.id, jobs.c.state == State.RUNNING.value, jobs.c.attempts == job.attempts
    if connection.execute(sa.update(jobs).where(*mine).values(**values)).rowcount != 1:
        raise LeaseLost("Another worker has taken this job over.", job=job.id)


def _job(row: sa.Row[Any]) -> Job:
    return Job(**{**row._asdict(), "state": State(row.state)})
