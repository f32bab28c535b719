"""Every step that was taken about a hit, in order; rows are only ever added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sa

from comity.alerts.model.history import Step, Taken
from comity.alerts.model.state import Decision, Disposition
from comity.infra.columns import Instant, Integer, Json, Real, Text, append_only, table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.infra.work import Work

steps = table(
    "alert_steps",
    sa.Column("id", Text, primary_key=True),
    sa.Column("hit", Text, nullable=False),
    sa.Column("alert", Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("by", Text, nullable=False),
    sa.Column("step", Text, nullable=False),
    sa.Column("disposition", Text, nullable=False),
    sa.Column("profile", Text, nullable=False),
    sa.Column("band", Integer, nullable=False),
    sa.Column("probability", Real, nullable=False),
    sa.Column("age_s", Integer, nullable=False),
    sa.Column("remark", Text, nullable=False),
    sa.Column("decision", Json),
    sa.Index("ix_alert_steps_alert", "alert", "at"),
    sa.Index("ix_alert_steps_at", "at", "step"),
    sa.Index("ix_alert_steps_by", "by", "at"),
)
append_only(steps)


def add(work: Work, taken: Iterable[Taken]) -> None:
    """Add steps."""
    if rows := [_row(one) for one in taken]:
        work.connection.execute(steps.insert(), rows)


def of_alert(work: Work, alert: str) -> list[Taken]:
    """Return every step about one alert, oldest first."""
    query = steps.select().where(steps.c.alert == alert).order_by(steps.c.at, steps.c.id)
    return [_taken(row) for row in work.connection.execute(query)]


def _row(one: Taken) -> dict[str, Any]:
    plain = {name: getattr(one, name) for name in one.__struct_fields__}
    disposition, decision = one.disposition, one.decision
    return {
        **plain,
        "step": one.step.value,
        "disposition": disposition.value if disposition else "",
        "decision": msgspec.to_builtins(decision) if decision else None,
    }


def _taken(row: Any) -> Taken:
    values = dict(row._mapping)
    decision, disposition = values["decision"], values["disposition"]
    values["step"] = Step(values["step"])
    values["disposition"] = Disposition(disposition) if disposition else None
    values["decision"] = msgspec.convert(decision, Decision) if decision else None
    return Taken(**values)
