"""Every step that was taken about a hit, in order; rows are only ever added."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import msgspec
import sqlalchemy as sa

from comity.alerts.model.history import Step, Taken
from comity.alerts.model.state import Decision, Disposition
from comity.infra.columns import Instant, Integer, Json, Real, Text, append_only, table

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from comity.infra.work import Work

BATCH: Final = 500
"""Values in one IN (…) clause."""

steps = table(
    "alert_steps",
    sa.Column("id", Text, primary_key=True),
    sa.Column("alert", Text, nullable=False),
    sa.Column("number", Integer, nullable=False),
    sa.Column("hit", Text, nullable=False),
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
    sa.UniqueConstraint("alert", "number", name="uq_alert_steps_number"),
    sa.Index("ix_alert_steps_at", "at", "step"),
    sa.Index("ix_alert_steps_by", "by", "at"),
)
append_only(steps)


def add(work: Work, taken: Sequence[Taken]) -> None:
    """Add steps in their order, each numbered within its alert; whoever adds is alone with alerts."""
    numbers = _counts(work, {one.alert for one in taken})
    rows = []
    for one in taken:
        numbers[one.alert] += 1
        rows.append({**_row(one), "number": numbers[one.alert]})
    if rows:
        work.connection.execute(steps.insert(), rows)


def of_alert(work: Work, alert: str) -> list[Taken]:
    """Return every step about one alert, oldest first."""
    query = steps.select().where(steps.c.alert == alert).order_by(steps.c.number)
    return [_taken(row) for row in work.connection.execute(query)]


def _counts(work: Work, ids: Collection[str]) -> Counter[str]:
    listed, found = list(ids), Counter[str]()
    query = sa.select(steps.c.alert, sa.func.max(steps.c.number)).group_by(steps.c.alert)
    for start in range(0, len(listed), BATCH):
        batch = query.where(steps.c.alert.in_(listed[start : start + BATCH]))
        found.update({row[0]: row[1] for row in work.connection.execute(batch)})
    return found


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
    values = {name: row._mapping[name] for name in Taken.__struct_fields__}
    decision, disposition = values["decision"], values["disposition"]
    values["step"] = Step(values["step"])
    values["disposition"] = Disposition(disposition) if disposition else None
    values["decision"] = msgspec.convert(decision, Decision) if decision else None
    return Taken(**values)
