"""Dated acts that people entered; they are withdrawn, never changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from comity.infra.columns import Instant, Text, append_only, table
from comity.model.designation import Act, ActKind
from comity.register.model.answers import EnteredAct
from comity.register.store import rows

if TYPE_CHECKING:
    from collections.abc import Collection

    from comity.infra.work import Work

acts = table(
    "dated_acts",
    sa.Column("id", Text, primary_key=True),
    sa.Column("entity_id", Text, nullable=False),
    sa.Column("programme", Text, nullable=False),
    sa.Column("kind", Text, nullable=False),
    sa.Column("on", Text, nullable=False),
    sa.Column("citation", Text, nullable=False),
    sa.Column("entered_at", Instant, nullable=False),
    sa.Column("entered_by", Text, nullable=False),
    sa.Index("ix_dated_acts_entity_id", "entity_id"),
)
append_only(acts)

withdrawn_acts = table(
    "withdrawn_acts",
    sa.Column("act_id", Text, sa.ForeignKey("dated_acts.id"), primary_key=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("by", Text, nullable=False),
    sa.Column("reason", Text, nullable=False),
)
append_only(withdrawn_acts)


def acts_of(work: Work, ids: Collection[str], known_at: datetime | None = None) -> dict[str, dict[str, list[Act]]]:
    """Return the acts in force about some entities, by entity and programme, in the order of their days."""
    found: dict[str, dict[str, list[Act]]] = {}
    for one in entered_acts(work, ids):
        if one.is_known(known_at):
            found.setdefault(one.entity_id, {}).setdefault(one.programme, []).append(one.act)
    return found


def acted_upon(work: Work) -> list[str]:
    """Return the entities about which any act was entered; people enter them, so they are few."""
    return list(work.connection.execute(sa.select(acts.c.entity_id).distinct()).scalars())


def entered_acts(work: Work, ids: Collection[str]) -> list[EnteredAct]:
    """Return every act entered about some entities, withdrawn ones too, in the order of their days."""
    query = sa.select(acts, withdrawn_acts.c.at, withdrawn_acts.c.by, withdrawn_acts.c.reason).outerjoin(
        withdrawn_acts, withdrawn_acts.c.act_id == acts.c.id
    )
    found = [
        EnteredAct(
            id=row.id,
            entity_id=row.entity_id,
            programme=row.programme,
            act=Act(kind=ActKind(row.kind), on=date.fromisoformat(row.on), citation=row.citation),
            entered_at=row.entered_at,
            entered_by=row.entered_by,
            withdrawn_at=row.at,
            withdrawn_by=row.by or "",
            withdrawn_because=row.reason or "",
        )
        for row in rows.select(work, query, acts.c.entity_id, ids)
    ]
    return sorted(found, key=lambda one: (one.act.on, one.entered_at))


def enter_act(work: Work, one: EnteredAct) -> None:
    """Add an act."""
    work.connection.execute(
        acts.insert().values(
            id=one.id,
            entity_id=one.entity_id,
            programme=one.programme,
            kind=one.act.kind.value,
            on=one.act.on.isoformat(),
            citation=one.act.citation,
            entered_at=one.entered_at,
            entered_by=one.entered_by,
        )
    )


def withdraw_act(work: Work, id_: str, reason: str) -> str | None:
    """Withdraw an act, and return the entity that it was about; None if there is none in force."""
    entity = work.connection.execute(sa.select(acts.c.entity_id).where(acts.c.id == id_)).scalar()
    gone = work.connection.execute(withdrawn_acts.select().where(withdrawn_acts.c.act_id == id_)).one_or_none()
    if entity is None or gone is not None:
        return None
    work.connection.execute(withdrawn_acts.insert().values(act_id=id_, at=work.at, by=work.actor.id, reason=reason))
    return str(entity)
