"""What was asked and what was answered, each answer in the very bytes that a replay must reproduce."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec
import sqlalchemy as sa

from comity.infra.columns import Bytes, Instant, Json, Text, table
from comity.screening.model.answer import Screening, Setting, answer_bytes, read_answer
from comity.screening.model.question import Asked

if TYPE_CHECKING:
    from comity.infra.work import Work

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
    sa.Index("ix_screenings_at", "at"),
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
        )
    )
    return raw


def find(work: Work, id_: str) -> Stored | None:
    """Return a screening by its id."""
    row = work.connection.execute(screenings.select().where(screenings.c.id == id_)).one_or_none()
    if row is None:
        return None
    raw, asked = bytes(row.answer), msgspec.convert(row.asked, Asked)
    screening = Screening(id=row.id, at=row.at, actor=row.actor, asked=asked, answer=read_answer(raw))
    return Stored(screening, msgspec.convert(row.setting, Setting), raw)
