"""Statistics: what happened on each day, how long it took, and what the decisions that stand say of a threshold."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from comity.alerts.model.asking import Day, Lost, Precision
from comity.alerts.model.history import SETTLING, Step
from comity.alerts.model.practice import band
from comity.alerts.model.state import Disposition
from comity.alerts.store.dossiers import alerts, for_reader, hits
from comity.alerts.store.steps import steps

if TYPE_CHECKING:
    from comity.infra.work import Work

_COUNTED: Final = {
    Step.OPENED: "opened",
    Step.REOPENED: "reopened",
    Step.DECIDED: "decided",
    Step.CONFIRMED: "decided",
    Step.CARRIED: "carried",
    Step.SPARED: "spared",
    Step.CLOSED: "closed",
}


def days(work: Work, since: date, until: date, profile: str) -> tuple[Day, ...]:
    """Return what happened on each day of a half-open span, the first day first; days of nothing are left out."""
    day = _day(work)
    query = (
        sa.select(day, steps.c.step, sa.func.count())
        .where(*_within(work, since, until, profile))
        .group_by(day, steps.c.step)
    )
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for on, step, count in work.connection.execute(query):
        if name := _COUNTED.get(Step(step)):
            counts[str(on)[:10]][name] += count
    return tuple(Day(on=date.fromisoformat(on), **counted) for on, counted in sorted(counts.items()))


def ages(work: Work, since: date, until: date, profile: str) -> list[int]:
    """Return how many seconds each hit took from opening to settling, in order."""
    settling = steps.c.step.in_([one.value for one in SETTLING])
    query = sa.select(steps.c.age_s).where(settling, *_within(work, since, until, profile)).order_by(steps.c.age_s)
    return list(work.connection.execute(query).scalars())


def settled(work: Work, profile: str = "") -> list[tuple[str, float, bool, str, str]]:
    """Return (profile, probability, whether it is a true match, alert, hit) of every decision that stands."""
    columns = (hits.c.profile, hits.c.probability, hits.c.disposition, hits.c.alert, hits.c.id)
    joined = sa.select(*columns).join(alerts, alerts.c.id == hits.c.alert)
    query = joined.where(hits.c.stands == "decided", for_reader(work), *_of_profile(hits, profile)).order_by(hits.c.id)
    true = Disposition.TRUE_MATCH.value
    return [(row[0], row[1], row[2] == true, row[3], row[4]) for row in work.connection.execute(query)]


def decided(work: Work, profile: str) -> int:
    """Return how many decisions stand, whoever may know of their alerts."""
    query = sa.select(sa.func.count()).select_from(hits)
    query = query.where(hits.c.stands == "decided", *_of_profile(hits, profile))
    return int(work.connection.execute(query).scalar_one())


def precision(work: Work, profile: str) -> tuple[Precision, ...]:
    """Return how many of the decisions that stand were true matches, by profile and band."""
    counts: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0])
    for name, probability, is_true, _, _ in settled(work, profile):
        counts[name.partition(" ")[0], band(probability)][is_true] += 1
    return tuple(
        Precision(profile=name, band=at, true=true, false=false) for (name, at), (false, true) in sorted(counts.items())
    )


def lost(work: Work, profile: str, threshold: float) -> tuple[Lost, ...]:
    """Return the true matches below a threshold, the likeliest first."""
    below = [one for one in settled(work, profile) if one[2] and one[1] < threshold]
    return tuple(
        Lost(alert=alert, hit=hit, probability=probability)
        for _, probability, _, alert, hit in sorted(below, key=lambda one: -one[1])
    )


def _within(work: Work, since: date, until: date, profile: str) -> list[Any]:
    first, last = (datetime.combine(on, time(), UTC) for on in (since, until))
    hidden = sa.select(alerts.c.id).where(~for_reader(work))
    return [steps.c.at >= first, steps.c.at < last, steps.c.alert.not_in(hidden), *_of_profile(steps, profile)]


def _of_profile(rows: sa.Table, profile: str) -> list[Any]:
    if not profile:
        return []
    return [(rows.c.profile == profile) | rows.c.profile.startswith(f"{profile} ", autoescape=True)]


def _day(work: Work) -> Any:
    """Return the day of a step, UTC: text has it in front, a time must be asked."""
    if work.connection.dialect.name == "sqlite":
        return sa.func.substr(sa.cast(steps.c.at, sa.Text), 1, 10)
    return sa.func.to_char(sa.func.timezone("UTC", steps.c.at), "YYYY-MM-DD")
