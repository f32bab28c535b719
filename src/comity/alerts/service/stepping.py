"""Writing down each step, with what statistics need of it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from comity.alerts.model.history import Taken
from comity.alerts.model.practice import band
from comity.alerts.model.state import last_decision

if TYPE_CHECKING:
    from datetime import datetime

    from comity.alerts.model.answers import Hit
    from comity.alerts.model.history import Step
    from comity.infra.work import Work


def step(work: Work, hit: Hit, what: Step, *, since: datetime | None = None, remark: str = "") -> Taken:
    """Return a step that leads to a hit's present state; `since` is when what it answers was opened."""
    decision = last_decision(hit.state)
    return Taken(
        id=f"t-{secrets.token_hex(8)}",
        hit=hit.id,
        alert=hit.alert,
        at=work.at,
        by=work.actor.id,
        step=what,
        profile=hit.profile,
        band=band(hit.probability),
        probability=hit.probability,
        age_s=int((work.at - (since or hit.first_at)).total_seconds()),
        disposition=decision.disposition if decision else None,
        remark=remark,
        decision=decision,
    )
