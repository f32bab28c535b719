"""Alerts with their hits, and what the queue is ordered by."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

import msgspec
import sqlalchemy as sa

from comity.alerts.model.answers import Alert, Dossier, Hit, Listed
from comity.alerts.model.mattering import Rested
from comity.alerts.model.ranking import Rank, in_order, rank
from comity.alerts.model.state import State, last_decision
from comity.alerts.model.subject import Said, Subject, SubjectKind
from comity.infra import database
from comity.infra.columns import Instant, Integer, Json, Real, Text, table
from comity.matching.evidence import Evidence
from comity.model.actor import OPERATOR
from comity.model.money import Money
from comity.screening.model.odds import Odds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from comity.infra.work import Work

BATCH: Final = 500
"""Values in one IN (…) clause."""

alerts = table(
    "alerts",
    sa.Column("id", Text, primary_key=True),
    sa.Column("kind", Text, nullable=False),
    sa.Column("subject_id", Text, nullable=False),
    sa.Column("caption", Text, nullable=False),
    sa.Column("schema", Text, nullable=False),
    sa.Column("properties", Json, nullable=False),
    sa.Column("profile", Text, nullable=False),
    sa.Column("opened_at", Instant, nullable=False),
    sa.Column("changed_at", Instant, nullable=False),
    sa.Column("assigned_to", Text, nullable=False),
    sa.Column("amount_minor", Integer),
    sa.Column("currency", Text),
    sa.Column("needs", Text, nullable=False),
    sa.Column("band", Integer, nullable=False),
    sa.Column("probability", Real, nullable=False),
    sa.Column("due_at", Instant, nullable=False),
    sa.Column("undecided", Integer, nullable=False),
    sa.Column("reopened", Integer, nullable=False),
    sa.Column("top", Text, nullable=False),
    sa.Column("pattern", Text, nullable=False),
    sa.Column("regimes", Text, nullable=False, server_default=""),
    sa.Column("members", Text, nullable=False, server_default=""),
    sa.Column("said", Json, nullable=False, server_default="[]"),
    sa.UniqueConstraint("kind", "subject_id", name="uq_alerts_subject"),
    sa.Index("ix_alerts_rank", "needs", sa.text("band DESC"), "due_at", "id", "members"),
    sa.Index("ix_alerts_due", "needs", "due_at"),
    sa.Index("ix_alerts_amount", "needs", "currency", "amount_minor", "id", "members"),
    sa.Index("ix_alerts_assigned", "assigned_to", "needs"),
)

hits = table(
    "alert_hits",
    sa.Column("id", Text, primary_key=True),
    sa.Column("alert", Text, sa.ForeignKey("alerts.id"), nullable=False),
    sa.Column("listed_id", Text, nullable=False),
    sa.Column("listed", Json, nullable=False),
    sa.Column("probability", Real, nullable=False),
    sa.Column("evidence", Json, nullable=False),
    sa.Column("odds", Json, nullable=False),
    sa.Column("rests", Json, nullable=False),
    sa.Column("screening", Text, nullable=False),
    sa.Column("digest", Text, nullable=False),
    sa.Column("profile", Text, nullable=False),
    sa.Column("first_at", Instant, nullable=False),
    sa.Column("last_at", Instant, nullable=False),
    sa.Column("due_at", Instant, nullable=False),
    sa.Column("state", Json, nullable=False),
    sa.Column("stands", Text, nullable=False),
    sa.Column("disposition", Text, nullable=False),
    sa.Index("ix_alert_hits_alert", "alert"),
    sa.Index("ix_alert_hits_listed", "listed_id"),
    sa.Index("ix_alert_hits_stands", "stands", "disposition", "probability"),
)


def alone(work: Work) -> None:
    """Wait until no other work changes alerts, and keep others waiting until this one ends: a report reads, then writes."""
    database.alone(work.connection, "alerts")


def of_subjects(work: Work, kind: SubjectKind, ids: Collection[str]) -> dict[str, Dossier]:
    """Return the dossiers of some subjects of one kind, by the subject's id."""
    query = alerts.select().where(alerts.c.kind == kind.value)
    found = {row.id: row for row in _select(work, query, alerts.c.subject_id, ids)}
    return {one.alert.subject.id: one for one in _dossiers(work, found)}


def find(work: Work, id_: str) -> Dossier | None:
    """Return one dossier by its alert's id."""
    return next(iter(of_alerts(work, [id_]).values()), None)


def of_alerts(work: Work, ids: Collection[str]) -> dict[str, Dossier]:
    """Return some dossiers by their alerts' ids."""
    found = {row.id: row for row in _select(work, alerts.select(), alerts.c.id, ids)}
    return {one.alert.id: one for one in _dossiers(work, found)}


def alert_of_hit(work: Work, hit: str) -> str | None:
    """Return the id of the alert to which a hit belongs."""
    found: str | None = work.connection.execute(sa.select(hits.c.alert).where(hits.c.id == hit)).scalar_one_or_none()
    return found


def of_subject(work: Work, key: tuple[str, str]) -> set[str]:
    """Return the id of the alert about a subject, if there is one."""
    query = sa.select(alerts.c.id).where(alerts.c.kind == key[0], alerts.c.subject_id == key[1])
    return set(work.connection.execute(query).scalars())


def of_name(work: Work, screening: str) -> set[str]:
    """Return the ids of the alerts that were opened about a screening of one name."""
    own = alerts.c.subject_id.startswith(f"{screening}:", autoescape=True) | (alerts.c.subject_id == screening)
    query = sa.select(alerts.c.id).where(alerts.c.kind == SubjectKind.NAME.value, own)
    return set(work.connection.execute(query).scalars())


def spared_by(work: Work, good_guy: str) -> set[str]:
    """Return the ids of the alerts with a hit that a good-guy entry keeps silent."""
    query = sa.select(hits.c.alert, hits.c.state).where(hits.c.stands == "spared")
    return {row.alert for row in work.connection.execute(query) if row.state["good_guy"] == good_guy}


def decided(work: Work, profile: str) -> list[str]:
    """Return the ids of the alerts with a decision that stands under any version of a profile, in order of id."""
    own = (hits.c.profile == profile) | hits.c.profile.startswith(f"{profile} ", autoescape=True)
    query = sa.select(hits.c.alert).where(hits.c.stands == "decided", own).distinct().order_by(hits.c.alert)
    return list(work.connection.execute(query).scalars())


def of_listed(work: Work, listed: str, limit: int) -> list[str]:
    """Return the ids of alerts with a hit on one who is listed."""
    query = sa.select(hits.c.alert).where(hits.c.listed_id == listed).distinct().order_by(hits.c.alert).limit(limit)
    return list(work.connection.execute(query).scalars())


def write(work: Work, dossiers: Iterable[Dossier], new: Collection[str]) -> None:
    """Write dossiers over what is kept of them; `new` holds the ids of the alerts and hits that are kept nowhere yet."""
    alert_rows, hit_rows = [], []
    for one in dossiers:
        alert_rows.append({**_alert_row(one.alert, rank(one)), "regimes": words(_regimes(one))})
        hit_rows += [_hit_row(hit) for hit in one.hits]
    for rows, written in ((alerts, alert_rows), (hits, hit_rows)):
        _put(work, rows, written, new)


def _put(work: Work, rows: sa.Table, written: Sequence[dict[str, Any]], new: Collection[str]) -> None:
    fresh = [row for row in written if row["id"] in new]
    kept = [{**row, "key": row["id"]} for row in written if row["id"] not in new]
    if fresh:
        work.connection.execute(rows.insert(), fresh)
    if kept:
        named: dict[str, Any] = {
            column.name: sa.bindparam(column.name) for column in rows.columns if column.name != "id"
        }
        work.connection.execute(rows.update().where(rows.c.id == sa.bindparam("key")).values(named), kept)


def _alert_row(one: Alert, ranked: Rank) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.subject.kind.value,
        "subject_id": one.subject.id,
        "caption": one.subject.caption,
        "schema": one.subject.schema,
        "properties": msgspec.to_builtins(one.subject.properties),
        "said": msgspec.to_builtins(one.subject.said),
        "profile": one.profile,
        "opened_at": one.opened_at,
        "changed_at": one.changed_at,
        "assigned_to": one.assigned_to,
        "amount_minor": one.at_stake.minor if one.at_stake else None,
        "currency": one.at_stake.currency if one.at_stake else None,
        **{name: getattr(ranked, name) for name in ranked._fields if name != "needs"},
        "needs": ranked.needs.value,
        "members": words(one.members),
    }


def words(values: Iterable[str]) -> str:
    """Return words as one text, in which each can be looked for between spaces."""
    joined = " ".join(values)
    return f" {joined} " if joined else ""


def _regimes(one: Dossier) -> list[str]:
    """Return who lists those whom the subject may be; of everybody where nothing waits."""
    return sorted({code for hit in one.undecided or one.hits for code in hit.listed.regimes})


def for_reader(work: Work) -> Any:
    """Return the condition that an alert is for whoever reads: what is not reads as what does not exist."""
    if work.actor == OPERATOR:
        return sa.true()
    return (alerts.c.members == "") | alerts.c.members.contains(f" {work.actor.id} ", autoescape=True)


def _hit_row(one: Hit) -> dict[str, Any]:
    plain = {name: getattr(one, name) for name in _PLAIN}
    structs = {
        name: msgspec.to_builtins(getattr(one, name)) for name in ("listed", "evidence", "odds", "rests", "state")
    }
    decision = last_decision(one.state)
    return {
        **plain,
        **structs,
        "listed_id": one.listed.id,
        "stands": str(one.state.__struct_config__.tag),
        "disposition": decision.disposition.value if decision else "",
    }


_PLAIN: Final = ("id", "alert", "probability", "screening", "digest", "profile", "first_at", "last_at", "due_at")


def _dossiers(work: Work, rows: Mapping[str, Any]) -> Iterator[Dossier]:
    by_alert: dict[str, list[Hit]] = defaultdict(list)
    for row in _select(work, hits.select(), hits.c.alert, rows):
        by_alert[row.alert].append(_hit(row))
    for id_, row in rows.items():
        yield Dossier(alert=alert_of(row), hits=tuple(in_order(by_alert[id_])))


def alert_of(row: Any) -> Alert:
    """Return the alert that a row of its table holds."""
    properties = msgspec.convert(row.properties, dict[str, tuple[str, ...]])
    return Alert(
        id=row.id,
        subject=Subject(
            kind=SubjectKind(row.kind),
            id=row.subject_id,
            caption=row.caption,
            schema=row.schema,
            properties=properties,
            said=msgspec.convert(row.said, tuple[Said, ...]),
        ),
        profile=row.profile,
        opened_at=row.opened_at,
        changed_at=row.changed_at,
        assigned_to=row.assigned_to,
        at_stake=Money(row.amount_minor, row.currency) if row.currency else None,
        members=tuple(row.members.split()),
    )


def _hit(row: Any) -> Hit:
    return Hit(
        **{name: getattr(row, name) for name in _PLAIN},
        listed=msgspec.convert(row.listed, Listed),
        evidence=msgspec.convert(row.evidence, tuple[Evidence, ...]),
        odds=msgspec.convert(row.odds, Odds),
        rests=msgspec.convert(row.rests, Rested),
        state=msgspec.convert(row.state, State),
    )


def _select(work: Work, query: Any, column: Any, values: Collection[str]) -> Iterator[Any]:
    listed = list(values)
    for start in range(0, len(listed), BATCH):
        yield from work.connection.execute(query.where(column.in_(listed[start : start + BATCH]))).all()
