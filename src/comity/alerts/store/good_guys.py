"""Good-guy entries: pairs that stay silent for a time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import msgspec
import sqlalchemy as sa

from comity.alerts.model.answers import GoodGuy
from comity.alerts.model.mattering import Rested
from comity.alerts.store.dossiers import alerts, for_reader
from comity.infra.columns import Instant, Json, Text, table

if TYPE_CHECKING:
    from collections.abc import Collection

    from comity.alerts.model.asking import WhichGoodGuys
    from comity.alerts.model.subject import SubjectKind
    from comity.infra.work import Work

BATCH: Final = 500

good_guys = table(
    "good_guys",
    sa.Column("id", Text, primary_key=True),
    sa.Column("kind", Text, nullable=False),
    sa.Column("subject_id", Text, nullable=False),
    sa.Column("caption", Text, nullable=False),
    sa.Column("listed", Text, nullable=False),
    sa.Column("listed_caption", Text, nullable=False),
    sa.Column("known_as", Json, nullable=False),
    sa.Column("reason", Text, nullable=False),
    sa.Column("note", Text, nullable=False),
    sa.Column("by", Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("until", Text, nullable=False),
    sa.Column("rests", Json, nullable=False),
    sa.Column("confirmed_by", Text, nullable=False),
    sa.Column("confirmed_at", Instant),
    sa.Column("ended_at", Instant),
    sa.Column("ended_by", Text, nullable=False),
    sa.Column("ended_because", Text, nullable=False),
    sa.Index("ix_good_guys_subject", "kind", "subject_id"),
    sa.Index("ix_good_guys_until", "until"),
)


def of_subjects(work: Work, kind: SubjectKind, ids: Collection[str]) -> list[GoodGuy]:
    """Return the entries of some subjects of one kind that have not ended."""
    listed, found = list(ids), []
    query = good_guys.select().where(good_guys.c.kind == kind.value, good_guys.c.ended_at.is_(None))
    for start in range(0, len(listed), BATCH):
        batch = query.where(good_guys.c.subject_id.in_(listed[start : start + BATCH]))
        found += [_entry(row) for row in work.connection.execute(batch)]
    return found


def find(work: Work, id_: str) -> GoodGuy | None:
    """Return one entry by its id, if the alert about its subject is for whoever asks."""
    row = work.connection.execute(good_guys.select().where(good_guys.c.id == id_, ~_hidden(work))).one_or_none()
    return _entry(row) if row is not None else None


def add(work: Work, one: GoodGuy) -> None:
    """Keep an entry."""
    work.connection.execute(good_guys.insert().values(_row(one)))


def change(work: Work, one: GoodGuy) -> None:
    """Write an entry over what is kept of it."""
    work.connection.execute(good_guys.update().where(good_guys.c.id == one.id).values(_row(one)))


def expired(work: Work, on: date) -> list[GoodGuy]:
    """Return the entries that have not ended though their last day has passed."""
    query = good_guys.select().where(good_guys.c.ended_at.is_(None), good_guys.c.until <= on.isoformat())
    return [_entry(row) for row in work.connection.execute(query)]


def page(work: Work, which: WhichGoodGuys) -> tuple[list[GoodGuy], int]:
    """Return a page of entries, those that end first before others, and how many there are."""
    ended = good_guys.c.ended_at.is_not(None)
    standing: dict[str, list[Any]] = {
        "standing": [~ended],
        "waiting": [~ended, good_guys.c.confirmed_by == ""],
        "ended": [ended],
        "all": [],
    }
    where = [*standing[which.standing], ~_hidden(work)]
    where += [good_guys.c.kind == which.kind] if which.kind else []
    where += [good_guys.c.listed == which.listed] if which.listed else []
    total = work.connection.execute(sa.select(sa.func.count()).select_from(good_guys).where(*where)).scalar_one()
    query = good_guys.select().where(*where).order_by(good_guys.c.until, good_guys.c.id)
    found = work.connection.execute(query.limit(which.limit).offset(which.offset))
    return [_entry(row) for row in found], total


def _hidden(work: Work) -> Any:
    """Return the condition that the alert about an entry's subject is not for whoever asks."""
    own = (alerts.c.kind == good_guys.c.kind) & (alerts.c.subject_id == good_guys.c.subject_id)
    return sa.exists().where(own, ~for_reader(work))


def _row(one: GoodGuy) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in one.__struct_fields__ if name != "subject"}
    kind, subject_id = one.subject
    return {
        **values,
        "kind": kind,
        "subject_id": subject_id,
        "known_as": list(one.known_as),
        "until": one.until.isoformat(),
        "rests": msgspec.to_builtins(one.rests),
    }


def _entry(row: Any) -> GoodGuy:
    values = dict(row._mapping)
    subject = (values.pop("kind"), values.pop("subject_id"))
    values["rests"] = msgspec.convert(values["rests"], Rested)
    values["known_as"] = tuple(values["known_as"])
    return GoodGuy(**{**values, "subject": subject, "until": date.fromisoformat(values["until"])})
