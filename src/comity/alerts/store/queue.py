"""The queue: filtered, ordered and paged by the columns that each alert keeps for it."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any, Final

import msgspec
import sqlalchemy as sa

from comity.alerts.model.answers import Listed, Needs
from comity.alerts.model.asking import ME, NOBODY, Order, Queue, Row
from comity.alerts.model.ranking import Rank
from comity.alerts.store.dossiers import alert_of, alerts, for_reader, hits
from comity.alerts.store.steps import steps

if TYPE_CHECKING:
    from comity.alerts.model.asking import WhichAlerts
    from comity.infra.work import Work

LAST: Final = "~"
"""Where the order is by currency: after every code, for what has none."""
WAITING: Final = (Needs.DECISION.value, Needs.SECOND.value, Needs.FACTS.value)

_KEYS: Final[dict[Order, tuple[tuple[Any, bool], ...]]] = {
    Order.RANK: ((alerts.c.band, True), (alerts.c.due_at, False), (alerts.c.id, False)),
    Order.PROBABILITY: ((alerts.c.probability, True), (alerts.c.id, False)),
    Order.DUE: ((alerts.c.due_at, False), (alerts.c.id, False)),
    Order.AMOUNT: (
        (sa.func.coalesce(alerts.c.currency, LAST), False),
        (sa.func.coalesce(alerts.c.amount_minor, 0), True),
        (alerts.c.id, False),
    ),
    Order.OPENED: ((alerts.c.opened_at, True), (alerts.c.id, False)),
}
"""By what each order sorts, and whether downwards."""


def page(work: Work, which: WhichAlerts) -> Queue:
    """Return a page of the queue with its totals."""
    where = _where(work, which)
    late = sa.func.coalesce(sa.func.sum(sa.case((_is_late(work), 1), else_=0)), 0)
    total, overdue = work.connection.execute(sa.select(sa.func.count(), late).select_from(alerts).where(*where)).one()
    return Queue(rows=tuple(_rows(work, where, which)), total=total, late=overdue)


def place_of(work: Work, which: WhichAlerts, id_: str) -> int | None:
    """Return where an alert stands in the queue as it is ordered, from 0; None where it is not in it."""
    where, keys = _where(work, which), _KEYS[which.order]
    own = work.connection.execute(sa.select(*(key for key, _ in keys)).where(alerts.c.id == id_, *where)).one_or_none()
    if own is None:
        return None
    before: list[Any] = []
    equal: Any = sa.true()
    for (key, is_downwards), value in zip(keys, own, strict=True):
        before.append(sa.and_(equal, key > value if is_downwards else key < value))
        equal = sa.and_(equal, key == value)
    count = sa.select(sa.func.count()).select_from(alerts).where(sa.or_(*before), *where)
    found: int = work.connection.execute(count).scalar_one()
    return found


def patterns(work: Work, limit: int) -> list[tuple[str, int]]:
    """Return the commonest patterns of evidence among what waits for a first decision, with how many alerts have each."""
    count = sa.func.count()
    query = (
        sa.select(alerts.c.pattern, count)
        .where(alerts.c.needs == Needs.DECISION.value, for_reader(work))
        .group_by(alerts.c.pattern)
        .order_by(count.desc(), alerts.c.pattern)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in work.connection.execute(query)]


def regimes(work: Work) -> list[str]:
    """Return the two letters of every regime that lists somebody whom a subject may be."""
    query = sa.select(alerts.c.regimes).where(for_reader(work)).distinct()
    return sorted({code for row in work.connection.execute(query).scalars() for code in row.split()})


def decided_at(work: Work, by: str) -> list[datetime]:
    """Return when one person decided today, in order of time."""
    midnight = datetime.combine(work.at.date(), time(), work.at.tzinfo)
    by_person = (steps.c.by == by, steps.c.at >= midnight, steps.c.step.in_(("decided", "proposed", "parked")))
    return list(work.connection.execute(sa.select(steps.c.at).where(*by_person).order_by(steps.c.at)).scalars())


def _where(work: Work, which: WhichAlerts) -> list[Any]:
    where: list[Any] = [for_reader(work)]
    if which.needs != "all":
        where.append(alerts.c.needs.in_(WAITING) if not which.needs else alerts.c.needs == which.needs)
    if which.kind:
        where.append(alerts.c.kind == which.kind)
    if which.profile:
        where.append(
            (alerts.c.profile == which.profile) | alerts.c.profile.startswith(f"{which.profile} ", autoescape=True)
        )
    if which.band is not None:
        where.append(alerts.c.band == which.band)
    if which.assigned:
        person = {ME: work.actor.id, NOBODY: ""}.get(which.assigned, which.assigned)
        where.append(alerts.c.assigned_to == person)
    if which.pattern:
        where.append(alerts.c.pattern == which.pattern)
    if which.regime:
        where.append(alerts.c.regimes.contains(f" {which.regime} ", autoescape=True))
    if which.late:
        where.append(_is_late(work))
    return where


def _is_late(work: Work) -> Any:
    return (alerts.c.due_at <= work.at) & alerts.c.needs.in_(WAITING)


def _rows(work: Work, where: list[Any], which: WhichAlerts) -> list[Row]:
    """Return a page of rows. Only its own are read whole: what stands before them is ordered by narrow columns."""
    order = [key.desc() if is_downwards else key for key, is_downwards in _KEYS[which.order]]
    ids = sa.select(alerts.c.id).where(*where).order_by(*order).limit(which.limit).offset(which.offset)
    chosen = ids.subquery()
    query = (
        sa.select(alerts, hits.c.listed)
        .join(chosen, chosen.c.id == alerts.c.id)
        .join(hits, hits.c.id == alerts.c.top)
        .order_by(*order)
    )
    return [_row(row) for row in work.connection.execute(query)]


def _row(row: Any) -> Row:
    listed = msgspec.convert(row.listed, Listed)
    return Row(
        alert=alert_of(row),
        rank=Rank(needs=Needs(row.needs), **{name: getattr(row, name) for name in Rank._fields if name != "needs"}),
        listed=listed.caption,
        regimes=listed.regimes,
    )
