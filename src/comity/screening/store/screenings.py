"""What was asked and what was answered, each answer in the very bytes that a replay must reproduce."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import sqlalchemy as sa

from comity.infra.columns import Bytes, Instant, Integer, Json, Text, table
from comity.screening.model.answer import Screening, Setting, answer_bytes, read_answer
from comity.screening.model.history import Outcome, Past, matches_of, rows_of
from comity.screening.model.question import Asked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.infra.work import Work
    from comity.screening.model.history import Looked

screenings = table(
    "screenings",
    sa.Column("id", Text, primary_key=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("actor", Text, nullable=False),
    sa.Column("asked", Json, nullable=False),
    sa.Column("answer", Bytes, nullable=False),
    sa.Column("digest", Text, nullable=False),
    sa.Column("editions", Json, nullable=False),
    sa.Column("setting", Json, nullable=False),
    sa.Column("rows", Integer, nullable=False, server_default="1"),
    sa.Column("matches", Integer, nullable=False, server_default="0"),
    sa.Index("ix_screenings_at", "at"),
    sa.Index("ix_screenings_actor_at", "actor", "at"),
)


class Stored(NamedTuple):
    """A screening with what a replay needs."""

    screening: Screening
    setting: Setting
    raw: bytes
    """The answer's bytes."""


def add(work: Work, one: Screening, setting: Setting) -> bytes:
    """Keep a screening, and return the bytes of its answer."""
    raw = answer_bytes(one.answer)
    work.connection.execute(
        screenings.insert().values(
            id=one.id,
            at=one.at,
            actor=one.actor,
            asked=msgspec.to_builtins(one.asked),
            answer=raw,
            digest=one.answer.digest,
            editions=list(one.answer.editions),
            setting=msgspec.to_builtins(setting),
            rows=rows_of(one.asked),
            matches=matches_of(one.answer),
        )
    )
    return raw


def history(work: Work, asked: Looked, window: slice) -> Iterator[Past]:
    """Yield some of the screenings that fit, the latest first, without what was asked."""
    query = (
        sa.select(
            screenings.c.id,
            screenings.c.at,
            screenings.c.actor,
            screenings.c.rows,
            screenings.c.matches,
            screenings.c.digest,
            screenings.c.setting,
            screenings.c.asked,
        )
        .where(*_where(asked))
        .order_by(screenings.c.at.desc(), screenings.c.id)
        .offset(window.start or 0)
        .limit(window.stop - (window.start or 0))
    )
    for row in work.connection.execute(query):
        profile = row.setting["profile"]
        name = f"{profile['id']} {profile['version']}" if profile.get("id") else ""
        yield Past(
            id=row.id, at=row.at, actor=row.actor, rows=row.rows, matches=row.matches, digest=row.digest,
            profile=name, is_file=row.asked["of"] == "file",
        )  # fmt: skip


def count(work: Work, asked: Looked) -> int:
    """Return how many screenings fit."""
    query = sa.select(sa.func.count()).select_from(screenings).where(*_where(asked))
    return int(work.connection.execute(query).scalar_one())


def _where(asked: Looked) -> Iterator[sa.ColumnElement[bool]]:
    if asked.actor:
        yield screenings.c.actor == asked.actor
    if asked.outcome is not None:
        yield screenings.c.matches > 0 if asked.outcome is Outcome.MATCHED else screenings.c.matches == 0
    if asked.since is not None:
        yield screenings.c.at >= datetime.combine(asked.since, time(), UTC)
    if asked.until is not None:
        yield screenings.c.at <= datetime.combine(asked.until, time.max, UTC)


def find(work: Work, id_: str) -> Stored | None:
    """Return a screening by its id."""
    row = work.connection.execute(screenings.select().where(screenings.c.id == id_)).one_or_none()
    if row is None:
        return None
    raw, asked = bytes(row.answer), msgspec.convert(row.asked, Asked)
    screening = Screening(id=row.id, at=row.at, actor=row.actor, asked=asked, answer=read_answer(raw))
    return Stored(screening, msgspec.convert(row.setting, Setting), raw)
