"""Trials of versions of profiles, each under its digest; rows are only ever added."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa

from comity.alerts.model.trying import Trial
from comity.infra.columns import Instant, Text, append_only, table

if TYPE_CHECKING:
    from comity.infra.work import Work

trials = table(
    "alert_trials",
    sa.Column("digest", Text, primary_key=True),
    sa.Column("proposed", Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("by", Text, nullable=False),
    sa.Column("body", Text, nullable=False),
    sa.Index("ix_alert_trials_proposed", "proposed", "at"),
)
append_only(trials)

_TRIAL = msgspec.json.Decoder(Trial)


def add(work: Work, one: Trial) -> None:
    """Keep what came of a trial; the same result again is kept once."""
    if find(work, one.digest) is None:
        body = msgspec.json.encode(one).decode()
        row = {"digest": one.digest, "proposed": one.proposed, "at": one.at, "by": work.actor.id, "body": body}
        work.connection.execute(trials.insert().values(row))


def find(work: Work, digest: str) -> Trial | None:
    """Return a trial by its digest."""
    body = work.connection.execute(sa.select(trials.c.body).where(trials.c.digest == digest)).scalar_one_or_none()
    return _TRIAL.decode(body) if body is not None else None


def of(work: Work, proposed: str) -> list[Trial]:
    """Return the trials of one version, known by its profile's digest, the latest first."""
    query = sa.select(trials.c.body).where(trials.c.proposed == proposed).order_by(trials.c.at.desc(), trials.c.digest)
    return [_TRIAL.decode(body) for body in work.connection.execute(query).scalars()]
