"""Proposing, deciding and undoing that two list entries are the same."""

from __future__ import annotations

import secrets
from collections import defaultdict
from typing import TYPE_CHECKING

from comity.register.model.answers import EntityUnknown
from comity.register.model.resolution import (
    Candidate,
    Judgement,
    JudgementContradicts,
    JudgementUnknown,
    Pair,
    ReasonMissing,
    Verdict,
    components,
    rule,
    weigh,
)
from comity.register.store import entities, judgements, rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from comity.infra.work import Work
    from comity.register.model.answers import Card


def propose(work: Work, ids: Collection[str]) -> tuple[int, int]:
    """Compare some entries with those of other lists: join by rule, or put before a person. Return how many of each.

    A pair about which a person has ever decided is never joined by rule again, and a rule joins nobody whom a person keeps apart.
    """
    rows.alone(work)
    numbers: dict[tuple[str, str], set[str]] = defaultdict(set)
    names: dict[tuple[str, str], int] = defaultdict(int)
    for one, other, kind in judgements.sharing_numbers(work, ids):
        numbers[min(one, other), max(one, other)].add(kind)
    for one, other, words in judgements.sharing_names(work, ids):
        pair = (min(one, other), max(one, other))
        names[pair] = max(names[pair], words.count(" ") + 1)
    pairs = sorted(numbers.keys() | names.keys())
    known = entities.short(work, {id_ for pair in pairs for id_ in pair})
    decided = _decided(work, {left for left, _ in pairs})
    found: list[Judgement] = []
    queue: dict[tuple[str, str], Candidate] = {}
    for pair in pairs:
        compared = _pair(known[pair[0]], known[pair[1]], frozenset(numbers[pair]), names[pair])
        grounds = decided.get(pair, [])
        if any(one.stands for one in grounds):
            continue
        by = rule(compared)
        if by is not None and not grounds:
            found.append(
                _judgement(work, pair, Verdict.SAME, by, "Joined by rule; both entries state what the rule asks for.")
            )
        if candidate := weigh(compared):
            queue[pair] = candidate
    apart = judgements.keeping_apart(work)
    joined = _allowed(work, found, apart)
    _join(work, joined)
    open_ = _open(work, queue, apart)
    judgements.set_candidates(work, ids, open_)
    return len(joined), len(open_)


def candidates(work: Work, limit: int, offset: int = 0, *, source: str = "") -> tuple[list[Candidate], int]:
    """Return the pairs that wait for a person, the likeliest first, and how many there are; of one list alone where it is named."""
    return judgements.waiting(work, limit, offset, source)


def decide(work: Work, left: str, right: str, verdict: Verdict, reason: str) -> Judgement:
    """Record what a person decided about two entries, and let the clusters follow.

    Raises `EntityUnknown`, `ReasonMissing`, and `JudgementContradicts` where a standing judgement keeps them apart.
    """
    rows.alone(work)
    pair = (min(left, right), max(left, right))
    if not reason.strip():
        raise ReasonMissing("Say why, for whoever reads this next.")
    if left == right or len(judgements.clusters_of(work, pair)) != 2:  # noqa: PLR2004 - both must be there
        raise EntityUnknown("A judgement needs two different list entries that exist.")
    for earlier in _decided(work, [pair[0]]).get(pair, []):
        if earlier.stands:
            raise JudgementContradicts(
                f"These two are judged already ({earlier.id}: {earlier.verdict.value}). Undo that first."
            )
    judgement = _judgement(work, pair, verdict, work.actor.id, reason.strip())
    if verdict is Verdict.SAME:
        if against := _contradiction(work, pair, judgements.keeping_apart(work)):
            raise JudgementContradicts(f"Judgement {against.id} keeps two of these entries apart. Undo it first.")
        _join(work, [judgement])
    else:
        _refuse_split(work, pair, verdict)
        judgements.add(work, [judgement])
    judgements.drop_candidates(work, judgements.in_clusters(work, judgements.clusters_of(work, pair).values()))
    work.record("register.judged", judgement=judgement.id, left=pair[0], right=pair[1], verdict=verdict.value)
    return judgement


def undo(work: Work, judgement_id: str, reason: str) -> Judgement:
    """Undo a judgement; what it joined falls apart again unless another judgement holds it. Raises `JudgementUnknown`."""
    rows.alone(work)
    judgement = judgements.find(work, judgement_id)
    if judgement is None or not judgement.stands:
        raise JudgementUnknown("There is no such judgement, or it was undone already.")
    if not reason.strip():
        raise ReasonMissing("Say why, for whoever reads this next.")
    judgements.undo(work, judgement_id, reason.strip())
    touched = _settle(work, [judgement.left, judgement.right])
    propose(work, touched)
    work.record("register.judgement_undone", judgement=judgement_id)
    undone = judgements.find(work, judgement_id)
    assert undone is not None
    return undone


def log(work: Work, limit: int, offset: int = 0, *, by_people: bool = False) -> tuple[list[Judgement], int]:
    """Return judgements, newest first, and how many there are."""
    return judgements.log(work, limit, offset, by_people=by_people)


def joins(work: Work, ids: Collection[str]) -> list[Judgement]:
    """Return every judgement about some entries, undone ones too, oldest first."""
    return judgements.about(work, ids)


def joined_at(work: Work, ids: Collection[str], known_at: datetime) -> dict[str, set[str]]:
    """Return some entries with those that were joined with them at an instant, by the id under which each group is shown.

    That is the cluster's, if the group is the cluster of today, or else its first entry's.
    """
    edges: set[tuple[str, str]] = set()
    seen: set[str] = set()
    frontier = set(ids)
    while frontier:
        seen |= frontier
        about = judgements.about(work, frontier)
        near = {(one.left, one.right) for one in about if one.verdict is Verdict.SAME and one.stood(known_at)}
        frontier = {id_ for edge in near for id_ in edge} - seen
        edges |= near
    today: dict[str, set[str]] = defaultdict(set)
    around = judgements.in_clusters(work, set(judgements.clusters_of(work, seen).values()))
    clusters = judgements.clusters_of(work, around)
    for id_, cluster in clusters.items():
        today[cluster].add(id_)
    groups = components(edges, seen)
    return {clusters[min(one)] if one == today[clusters[min(one)]] else min(one): one for one in groups}


def _judgement(work: Work, pair: tuple[str, str], verdict: Verdict, by: str, reason: str) -> Judgement:
    id_ = f"j-{secrets.token_hex(8)}"
    return Judgement(id=id_, left=pair[0], right=pair[1], verdict=verdict, by=by, at=work.at, reason=reason)


def _decided(work: Work, ids: Collection[str]) -> dict[tuple[str, str], list[Judgement]]:
    found: dict[tuple[str, str], list[Judgement]] = defaultdict(list)
    for one in judgements.about(work, ids):
        found[one.left, one.right].append(one)
    return found


def _pair(left: tuple[str, Card], right: tuple[str, Card], numbers: frozenset[str], names: int) -> Pair:
    return Pair(left=left[1], right=right[1], left_schema=left[0], right_schema=right[0], numbers=numbers, names=names)


def _join(work: Work, joined: list[Judgement]) -> None:
    if joined:
        judgements.add(work, joined)
        _settle(work, {id_ for one in joined for id_ in (one.left, one.right)})
        by_rule = [one for one in joined if one.is_by_rule]
        if by_rule:
            work.record("register.joined_by_rule", joins=len(by_rule))


def _allowed(work: Work, found: list[Judgement], apart: list[Judgement]) -> list[Judgement]:
    """Return those judgements, in their order, that together join nobody whom others keep apart."""
    if not apart:
        return found
    leads = judgements.clusters_of(work, {id_ for one in (*found, *apart) for id_ in (one.left, one.right)})
    allowed: list[Judgement] = []
    for one in found:
        left, right = leads[one.left], leads[one.right]
        if left != right and any({leads[other.left], leads[other.right]} == {left, right} for other in apart):
            continue
        allowed.append(one)
        leads = {id_: left if lead == right else lead for id_, lead in leads.items()}
    return allowed


def _open(
    work: Work, queue: Mapping[tuple[str, str], Candidate], apart: Iterable[Judgement]
) -> dict[tuple[str, str], Candidate]:
    """Return the pairs that are still a question: not joined by others yet, nor kept apart by others."""
    apart = list(apart)
    ids = {id_ for pair in queue for id_ in pair} | {id_ for one in apart for id_ in (one.left, one.right)}
    clusters = judgements.clusters_of(work, ids)
    settled = {frozenset((clusters[one.left], clusters[one.right])) for one in apart}
    ends = {pair: frozenset(clusters[id_] for id_ in pair) for pair in queue}
    return {pair: one for pair, one in queue.items() if len(ends[pair]) > 1 and ends[pair] not in settled}


def _contradiction(work: Work, pair: tuple[str, str], apart: Iterable[Judgement]) -> Judgement | None:
    """Return the judgement that keeps apart two entries which joining this pair would join."""
    clusters = judgements.clusters_of(work, pair)
    left = set(judgements.in_clusters(work, [clusters[pair[0]]]))
    right = set(judgements.in_clusters(work, [clusters[pair[1]]]))
    return next((one for one in apart if {one.left, one.right} & left and {one.left, one.right} & right), None)


def _refuse_split(work: Work, pair: tuple[str, str], verdict: Verdict) -> None:
    clusters = judgements.clusters_of(work, pair)
    if verdict is Verdict.DIFFERENT and clusters[pair[0]] == clusters[pair[1]]:
        raise JudgementContradicts("Other judgements join these two. Undo those first, then keep them apart.")


def _settle(work: Work, ids: Iterable[str]) -> set[str]:
    """Work the clusters around some entries out again, and return every entry in them.

    A merged cluster keeps its oldest id, and the others lead to it.
    """
    clusters = judgements.clusters_of(work, list(ids))
    touched = set(judgements.in_clusters(work, set(clusters.values())))
    standing = [one for one in judgements.about(work, touched) if one.stands and one.verdict is Verdict.SAME]
    before = judgements.clusters_of(work, touched | {id_ for one in standing for id_ in (one.left, one.right)})
    ages = _ages(standing, before)
    taken: set[str] = set()
    moves: dict[str, str] = {}
    for group in sorted(
        components(((one.left, one.right) for one in standing), touched), key=lambda group: (-len(group), min(group))
    ):
        old = sorted({before[id_] for id_ in group if before[id_].startswith("c-")} - taken, key=ages.__getitem__)
        cluster = min(group) if len(group) == 1 else (old[0] if old else _name(work, group))
        taken.add(cluster)
        moves |= {id_: cluster for id_ in group if before[id_] != cluster}
        for merged in old[1:] if len(group) > 1 else ():
            judgements.redirect(work, merged, cluster)
            taken.add(merged)
    judgements.move(work, moves)
    judgements.drop_answered(work, touched)
    for gone in {cluster for cluster in before.values() if cluster.startswith("c-")} - taken:
        judgements.redirect(work, gone, min(id_ for id_, cluster in before.items() if cluster == gone))
    return touched


def _ages(standing: Iterable[Judgement], before: Mapping[str, str]) -> dict[str, tuple[bool, str, str]]:
    """Return by what clusters are put in order of age: the first judgement that still holds one together."""
    ages = {cluster: (True, "", cluster) for cluster in before.values()}
    for one in standing:
        if before[one.left] == before[one.right]:
            cluster = before[one.left]
            ages[cluster] = min(ages[cluster], (False, one.at.isoformat(), cluster))
    return ages


def _name(work: Work, group: Collection[str]) -> str:
    """Return the id of a new cluster: the one that its entries had before they were taken apart, or a random one."""
    former = judgements.revive(work, group)
    return former or f"c-{secrets.token_hex(6)}"
