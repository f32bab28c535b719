"""The node's own versions of profiles, and what people did about them; all of it is only ever added to."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import sqlalchemy as sa

from comity.infra.columns import Instant, Integer, Text, append_only, table
from comity.screening.model.profile import Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.infra.work import Work

profiles = table(
    "screening_profiles",
    sa.Column("id", Text, primary_key=True),
    sa.Column("version", Integer, primary_key=True),
    sa.Column("body", Text, nullable=False),
    sa.Column("digest", Text, nullable=False),
    sa.Column("by", Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("note", Text, nullable=False),
)
append_only(profiles)

decisions = table(
    "screening_profile_decisions",
    sa.Column("id", Text, primary_key=True),
    sa.Column("version", Integer, primary_key=True),
    sa.Column("decision", Text, nullable=False),
    sa.Column("by", Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("backtest", Text, nullable=False),
)
append_only(decisions)

RELEASED, WITHDRAWN = "released", "withdrawn"


class Row(NamedTuple):
    """A version with what was decided about it, if anything was."""

    profile: Profile
    digest: str
    by: str
    at: datetime
    note: str
    decision: str | None
    decided_by: str | None
    decided_at: datetime | None
    backtest: str | None


def every(work: Work, id_: str = "") -> Iterator[Row]:
    """Yield every version of one profile, or of all, in order."""
    joined = sa.and_(decisions.c.id == profiles.c.id, decisions.c.version == profiles.c.version)
    query = (
        sa.select(
            profiles.c.body,
            profiles.c.digest,
            profiles.c.by,
            profiles.c.at,
            profiles.c.note,
            decisions.c.decision,
            decisions.c.by.label("decided_by"),
            decisions.c.at.label("decided_at"),
            decisions.c.backtest,
        )
        .outerjoin(decisions, joined)
        .order_by(profiles.c.id, profiles.c.version)
    )
    for row in work.connection.execute(query.where(profiles.c.id == id_) if id_ else query):
        yield Row(msgspec.json.decode(row[0], type=Profile), *row[1:])


def add(work: Work, profile: Profile, note: str) -> None:
    """Keep a proposed version."""
    work.connection.execute(
        profiles.insert().values(
            id=profile.id,
            version=profile.version,
            body=msgspec.json.encode(profile).decode(),
            digest=profile.digest,
            by=work.actor.id,
            at=work.at,
            note=note,
        )
    )


def decide(work: Work, profile: Profile, decision: str, backtest: str) -> None:
    """Keep that a version was released or withdrawn."""
    made: dict[str, Any] = {"id": profile.id, "version": profile.version, "decision": decision, "backtest": backtest}
    work.connection.execute(decisions.insert().values(by=work.actor.id, at=work.at, **made))
