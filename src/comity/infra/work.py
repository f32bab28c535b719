"""The unit of work: one actor, one purpose, one permission, one transaction, one clock.

Every service takes a `Work` first. Only the edge begins and ends one; a service can neither commit nor forget whom it serves.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

from comity.infra import jobs, ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    import sqlalchemy as sa

    from comity.infra.database import Database
    from comity.kit.clock import Clock
    from comity.model.actor import Actor, Purpose
    from comity.model.permission import Permission


class Work:
    """One thing being done, by someone, for a stated purpose, in one transaction."""

    __slots__ = ("_events", "actor", "at", "connection", "permission", "purpose")

    def __init__(
        self, connection: sa.Connection, *, actor: Actor, purpose: Purpose, permission: Permission, at: datetime
    ) -> None:
        self.connection = connection
        """The open transaction; only stores use it."""
        self.actor = actor
        self.purpose = purpose
        self.permission = permission
        self.at = at
        """The one instant at which everything in this work happens."""
        self._events: list[ledger.Event] = []

    def record(self, kind: str, **facts: Any) -> None:
        """Append an event to the ledger when this work commits; facts are ids, counts, digests and dates, never names."""
        self._events.append(
            ledger.Event(
                kind=kind,
                at=self.at,
                actor=self.actor.id,
                purpose=self.purpose.value,
                permission=self.permission.value,
                facts=facts,
            )
        )

    def enqueue(
        self, kind: str, payload: dict[str, Any], *, due: datetime | None = None, key: str | None = None
    ) -> str:
        """Order a job in this same transaction, and return its id: it runs if, and only if, this work commits.

        With a key, at most one untried job waits: a second order moves the first one forward.
        """
        return jobs.enqueue(self.connection, kind, payload, due=due or self.at, at=self.at, key=key)

    @property
    def recorded(self) -> frozenset[str]:
        """The kinds of the events that this work has recorded so far, by which the node tells one feature of another's doings."""
        return frozenset(event.kind for event in self._events)

    def finish(self) -> None:
        """Write the recorded events. Called by `begin` just before it commits."""
        ledger.append(self.connection, self._events)
        self._events = []


Reading = Callable[[], AbstractContextManager[Work]]
"""Opens a work that only reads, for whoever asked: streams open one for each look, because they outlive the first."""


@contextmanager
def begin(
    database: Database, clock: Clock, *, actor: Actor, purpose: Purpose, permission: Permission, write: bool = True
) -> Iterator[Work]:
    """Open a work; commit it with its ledger events at the end, or leave no trace of it on any failure."""
    with database.transaction(write=write) as connection:
        work = Work(connection, actor=actor, purpose=purpose, permission=permission, at=clock.now())
        yield work
        work.finish()
