"""Judgements about pairs of entries, the pairs that wait for one, and the clusters that follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from comity.infra.columns import Instant, Json, Real, Text, append_only, table
from comity.register.model.resolution import Candidate, Judgement, Verdict
from comity.register.store import rows
from comity.register.store.entities import entities, identifiers, names, redirects

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from comity.infra.work import Work

judgements = table(
    "judgements",
    sa.Column("id", Text, primary_key=True),
    sa.Column("left", Text, nullable=False),
    sa.Column("right", Text, nullable=False),
    sa.Column("verdict", Text, nullable=False),
    sa.Column("by", Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("reason", Text, nullable=False),
    sa.Index("ix_judgements_left", "left"),
    sa.Index("ix_judgements_right", "right"),
)
append_only(judgements)

undone = table(
    "judgements_undone",
    sa.Column("judgement_id", Text, sa.ForeignKey("judgements.id"), primary_key=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("by", Text, nullable=False),
    sa.Column("reason", Text, nullable=False),
)
append_only(undone)

candidates = table(
    "candidates",
    sa.Column("left", Text, primary_key=True),
    sa.Column("right", Text, primary_key=True),
    sa.Column("score", Real, nullable=False),
    sa.Column("agrees", Json, nullable=False),
    sa.Column("differs", Json, nullable=False),
    sa.Index("ix_candidates_score", "score"),
    sa.Index("ix_candidates_right", "right"),
)


def sharing_numbers(work: Work, ids: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (entity, other entity of another list, property) for every number that two entries share."""
    one, other = identifiers.alias("one"), identifiers.alias("other")
    mine, theirs = entities.alias("mine"), entities.alias("theirs")
    query = (
        sa.select(one.c.entity_id, other.c.entity_id, one.c.kind)
        .join(other, (one.c.kind == other.c.kind) & (one.c.value == other.c.value) & (one.c.country == other.c.country))
        .join(mine, mine.c.id == one.c.entity_id)
        .join(theirs, theirs.c.id == other.c.entity_id)
        .where(mine.c.source != theirs.c.source)
    )
    for row in rows.select(work, query, one.c.entity_id, ids):
        yield row[0], row[1], row[2]


def sharing_names(work: Work, ids: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (entity, other entity of another list, words) for every whole name that two entries share in any order of words."""
    one, other = names.alias("one"), names.alias("other")
    mine, theirs = entities.alias("mine"), entities.alias("theirs")
    query = (
        sa.select(one.c.entity_id, other.c.entity_id, one.c.bag)
        .join(other, one.c.bag == other.c.bag)
        .join(mine, mine.c.id == one.c.entity_id)
        .join(theirs, theirs.c.id == other.c.entity_id)
        .where(mine.c.source != theirs.c.source)
    )
    for row in rows.select(work, query, one.c.entity_id, ids):
        yield row[0], row[1], row[2]


def add(work: Work, found: Iterable[Judgement]) -> None:
    """Add judgements, and take their pairs off the queue."""
    written = [
        {
            **{name: getattr(one, name) for name in ("id", "left", "right", "by", "at", "reason")},
            "verdict": one.verdict.value,
        }
        for one in found
    ]
    if written:
        work.connection.execute(judgements.insert(), written)


def undo(work: Work, id_: str, reason: str) -> None:
    """Mark a judgement as undone."""
    work.connection.execute(undone.insert().values(judgement_id=id_, at=work.at, by=work.actor.id, reason=reason))


def find(work: Work, id_: str) -> Judgement | None:
    """Return one judgement."""
    row = work.connection.execute(_query().where(judgements.c.id == id_)).one_or_none()
    return _judgement(row) if row is not None else None


def about(work: Work, ids: Collection[str]) -> list[Judgement]:
    """Return every judgement about some entries, undone ones too, oldest first."""
    found = {}
    for column in (judgements.c.left, judgements.c.right):
        found.update({row.id: _judgement(row) for row in rows.select(work, _query(), column, ids)})
    return sorted(found.values(), key=lambda one: (one.at, one.id))


def keeping_apart(work: Work) -> list[Judgement]:
    """Return the standing judgements that keep two entries apart; people make them, so they are few."""
    query = _query().where(judgements.c.verdict == Verdict.DIFFERENT.value, undone.c.judgement_id.is_(None))
    return [_judgement(row) for row in work.connection.execute(query)]


def log(work: Work, limit: int, offset: int, *, by_people: bool = False) -> tuple[list[Judgement], int]:
    """Return judgements, newest first, and how many there are."""
    query = _query().where(~judgements.c.by.startswith("rule:")) if by_people else _query()
    total = work.connection.execute(sa.select(sa.func.count()).select_from(query.subquery())).scalar_one()
    found = work.connection.execute(query.order_by(judgements.c.at.desc(), judgements.c.id).limit(limit).offset(offset))
    return [_judgement(row) for row in found], total


def set_candidates(work: Work, ids: Collection[str], found: Mapping[tuple[str, str], Candidate]) -> None:
    """Write the pairs that wait for a person over those of some entries that waited before."""
    for column in (candidates.c.left, candidates.c.right):
        listed = sorted(ids)
        for start in range(0, len(listed), rows.BATCH):
            batch = listed[start : start + rows.BATCH]
            work.connection.execute(candidates.delete().where(column.in_(batch)))
    wanted = [
        {"left": left, "right": right, "score": one.score, "agrees": list(one.agrees), "differs": list(one.differs)}
        for (left, right), one in found.items()
    ]
    if wanted:
        work.connection.execute(candidates.insert(), wanted)


def drop_candidates(work: Work, ids: Collection[str]) -> None:
    """Take every pair among some entries off the queue: a person who judges one pair of two clusters answers for them all."""
    among = set(ids)
    query = sa.select(candidates.c.left, candidates.c.right)
    found = rows.select(work, query, candidates.c.left, among)
    rows.delete(work, candidates, [(row.left, row.right) for row in found if row.right in among])


def drop_answered(work: Work, ids: Collection[str]) -> None:
    """Take every pair off the queue whose left is one of some entries and whose right is in the same cluster by now."""
    one, other = entities.alias("one"), entities.alias("other")
    query = (
        sa.select(candidates.c.left, candidates.c.right)
        .join(one, one.c.id == candidates.c.left)
        .join(other, (other.c.id == candidates.c.right) & (other.c.cluster == one.c.cluster))
    )
    rows.delete(work, candidates, [tuple(row) for row in rows.select(work, query, candidates.c.left, ids)])


def waiting(work: Work, limit: int, offset: int, source: str = "") -> tuple[list[Candidate], int]:
    """Return the pairs that wait for a person, the likeliest first, and how many there are.

    Where a list is named, only pairs with an entry of it.
    """
    query = candidates.select()
    if source:
        of_list = sa.select(entities.c.id).where(entities.c.source == source)
        query = query.where(candidates.c.left.in_(of_list) | candidates.c.right.in_(of_list))
    total = work.connection.execute(sa.select(sa.func.count()).select_from(query.subquery())).scalar_one()
    order = (candidates.c.score.desc(), candidates.c.left, candidates.c.right)
    found = work.connection.execute(query.order_by(*order).limit(limit).offset(offset))
    return [
        Candidate(left=row.left, right=row.right, score=row.score, agrees=tuple(row.agrees), differs=tuple(row.differs))
        for row in found
    ], total


def clusters_of(work: Work, ids: Collection[str]) -> dict[str, str]:
    """Return the cluster of each of some entries."""
    query = sa.select(entities.c.id, entities.c.cluster)
    return {row[0]: row[1] for row in rows.select(work, query, entities.c.id, ids)}


def in_clusters(work: Work, clusters: Collection[str]) -> list[str]:
    """Return every entry in some clusters."""
    return list(rows.scalars(work, sa.select(entities.c.id), entities.c.cluster, clusters))


def move(work: Work, moves: Mapping[str, str]) -> None:
    """Put entries into clusters."""
    if moves:
        statement = entities.update().where(entities.c.id == sa.bindparam("entry")).values(cluster=sa.bindparam("into"))
        work.connection.execute(statement, [{"entry": id_, "into": cluster} for id_, cluster in moves.items()])


def revive(work: Work, ids: Collection[str]) -> str | None:
    """Return the id of a cluster that was taken apart and whose address leads to one of some entries, to be used again."""
    found = sorted(rows.scalars(work, sa.select(redirects.c.old), redirects.c.new, ids))
    if found:
        work.connection.execute(redirects.delete().where(redirects.c.old == found[0]))
        work.connection.execute(redirects.update().where(redirects.c.new.in_(ids)).values(new=found[0]))
        return str(found[0])
    return None


def redirect(work: Work, old: str, new: str) -> None:
    """Let an address of a cluster that is no more lead to the one that is left, or to its first entry."""
    work.connection.execute(redirects.update().where(redirects.c.new == old).values(new=new))
    work.connection.execute(redirects.delete().where(redirects.c.old.in_([old, new])))
    work.connection.execute(redirects.insert().values(old=old, new=new))


def _query() -> Any:
    joined = judgements.outerjoin(undone, undone.c.judgement_id == judgements.c.id)
    renamed = (undone.c.at.label("undone_at"), undone.c.by.label("undone_by"), undone.c.reason.label("undone_because"))
    return sa.select(judgements, *renamed).select_from(joined)


def _judgement(row: Any) -> Judgement:
    values = dict(row._mapping)
    values["verdict"] = Verdict(values["verdict"])
    values["undone_by"], values["undone_because"] = values["undone_by"] or "", values["undone_because"] or ""
    return Judgement(**values)
