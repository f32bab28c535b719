"""Trying a proposed version of a profile: every decided pair is asked about again, under it and under the version in force."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

import msgspec

from comity.alerts.model.failures import TrialUnknown
from comity.alerts.model.practice import BANDS, band
from comity.alerts.model.state import Decided, Disposition
from comity.alerts.model.trying import TRY, Changed, Tally, Trial, questions
from comity.alerts.service.looking import readable
from comity.alerts.store import counting, dossiers, trials
from comity.infra import jobs
from comity.infra.jobs import JobAbsent
from comity.model.actor import Actor
from comity.model.permission import Permission
from comity.screening import service as screening
from comity.screening.model.failures import QuestionUnfit
from comity.screening.model.profile import Profile
from comity.screening.model.release import State, Trials, Tried

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager

    from comity.alerts.model.answers import Dossier, Hit
    from comity.infra.jobs import Job
    from comity.infra.work import Work
    from comity.infra.worker import Progress
    from comity.screening.model.answer import Result
    from comity.screening.service import Asker, Place

BATCH: Final = 500
"""Subjects that are read together."""


class Node(Protocol):
    """Where a trial runs."""

    @property
    def screening(self) -> Place:
        """What screening needs."""
        ...

    def work(self, permission: Permission, *, write: bool = True) -> AbstractContextManager[Work]:
        """Begin a unit of work of the node itself."""
        ...


def order_trial(work: Work, name: str) -> str:
    """Order that a version of a profile is tried on the decisions that stand, and return the job's id. Raises `ProfileUnknown`."""
    wanted = screening.version(work, name)
    job = work.enqueue(TRY, {"profile": wanted.name, "actor": work.actor.id}, key=f"{TRY} {wanted.name}")
    work.record("alerts.trial_ordered", job=job, profile=wanted.profile.id, version=wanted.profile.version)
    return job


def ordered_trial(work: Work, job_id: str) -> Job:
    """Return a trial that was ordered. Raises `JobAbsent`, whatever else stands under that id."""
    job = jobs.find(work.connection, job_id)
    if job.kind != TRY:
        raise JobAbsent("There is no such job.")
    return job


def run_trial(node: Node, job: Job, progress: Progress) -> str:
    """Try an ordered version, keep the result in the name of whoever ordered it, and return its digest."""
    with node.work(Permission.SCREENING_TUNE, write=False) as work:
        trial = attempt(work, node.screening, job.payload["profile"], progress)
    with node.work(Permission.SCREENING_TUNE) as work:
        work.actor = Actor(id=job.payload["actor"], name="")
        return keep_trial(work, trial)


def attempt(work: Work, place: Place, name: str, progress: Callable[[int, int | None], Any]) -> Trial:
    """Ask again about every subject of whom something is decided under any version of a profile, and return what comes of it.

    Both versions are asked of one index, so that what differs is the version's doing alone. All
    decisions are tried, also those about alerts that are for named reviewers alone: `trial` names none of them to anybody else.
    Raises `ProfileUnknown`, `GroundAbsent`.
    """
    wanted = screening.version(work, name).profile
    opened = screening.fresh(work, place)
    before = _in_force(work, wanted)
    tallying = _Tallying(screening.Asker(opened, before), screening.Asker(opened, wanted), wanted.id)
    ids = dossiers.decided(work, wanted.id)
    for start in range(0, len(ids), BATCH):
        progress(start, len(ids))
        for dossier in dossiers.of_alerts(work, ids[start : start + BATCH]).values():
            tallying.take(dossier)
    progress(len(ids), len(ids))
    setting = screening.Asker(opened, wanted).setting
    return Trial(
        profile=wanted.name,
        proposed=wanted.digest,
        against=before.name,
        editions=setting.ground.editions,
        index=setting.index,
        at=work.at,
        subjects=len(ids) - tallying.unasked,
        unasked=tallying.unasked,
        absent=tallying.absent,
        bands=tallying.bands(),
        changed=tuple(sorted(tallying.changed, key=lambda one: (not one.is_lost, not one.is_true, one.hit))),
    )


def keep_trial(work: Work, trial: Trial) -> str:
    """Keep what came of a trial, and return its digest."""
    trials.add(work, trial)
    work.record(
        "alerts.tried",
        profile=trial.profile,
        digest=trial.digest,
        decisions=trial.decisions,
        lost=len(trial.lost),
        avoided=trial.total("false_avoided"),
        added=trial.total("false_added"),
    )
    return trial.digest


def trial(work: Work, digest: str) -> Trial:
    """Return what came of a trial, by its digest: its figures of all decisions, and by name those that are for whoever asks.

    A true match that is for named reviewers alone is counted where it would be lost, and named to them. Raises `TrialUnknown`.
    """
    found = trials.find(work, digest)
    if found is None:
        raise TrialUnknown("There is nothing here.")
    own = readable(work, {one.alert for one in found.changed})
    return msgspec.structs.replace(found, changed=tuple(one for one in found.changed if one.alert in own))


def tried(work: Work, profile: Profile) -> Trials:
    """Return how many decisions a version could be tried on, and what came of its trials: figures, and nobody's name."""
    return Trials(
        decisions=counting.decided(work, profile.id),
        tried=tuple(
            Tried(
                digest=one.digest,
                at=one.at,
                decisions=one.decisions,
                true_lost=one.total("true_lost"),
                true_gained=one.total("true_gained"),
                false_avoided=one.total("false_avoided"),
                false_added=one.total("false_added"),
                new=one.total("new"),
            )
            for one in trials.of(work, profile.digest)
        ),
    )


def _in_force(work: Work, wanted: Profile) -> Profile:
    held = screening.versions(work, wanted.id)
    return next((one.profile for one in held if one.state in {State.IN_FORCE, State.SHIPPED}), Profile())


class _Pair(NamedTuple):
    """One pair under both versions."""

    before: float | None
    after: float | None

    @property
    def band(self) -> int:
        """The band of the higher probability."""
        return band(max(self.before or 0.0, self.after or 0.0))

    def verb(self, same: str, gone: str, come: str) -> str:
        """Return which of three words it is: found by both, by the first alone, by the second alone."""
        return come if self.before is None else gone if self.after is None else same


class _Tallying:
    """Counts what two versions make of decided pairs."""

    def __init__(self, before: Asker, after: Asker, profile: str) -> None:
        self._before, self._after, self._profile = before, after, profile
        self._counts: dict[int, Counter[str]] = defaultdict(Counter)
        self.unasked = self.absent = 0
        self.changed: list[Changed] = []

    def take(self, dossier: Dossier) -> None:
        """Ask about one subject again under both versions, and count."""
        try:
            asked = questions(dossier.alert.subject)
        except QuestionUnfit:
            self.unasked += 1
            return
        before, after = ({one.id: one for one in _results(asker, asked)} for asker in (self._before, self._after))
        for hit in dossier.hits:
            own = {id_ for id_, one in {**before, **after}.items() if _is_of(hit, one)}
            pair = _Pair(_likely(before, own), _likely(after, own))
            if isinstance(hit.state, Decided) and hit.profile.partition(" ")[0] == self._profile:
                self._decided(hit, pair)
            if hit.disposition is not None:
                before, after = _without(before, own), _without(after, own)
        for id_ in before.keys() | after.keys():
            pair = _Pair(_likely(before, {id_}), _likely(after, {id_}))
            if word := pair.verb("", "dropped", "new"):
                self._counts[pair.band][word] += 1

    def bands(self) -> tuple[Tally, ...]:
        """Return the counts, the likeliest band first."""
        return tuple(Tally(band=at, **self._counts[at]) for at in reversed(range(len(BANDS) + 1)))

    def _decided(self, hit: Hit, pair: _Pair) -> None:
        if pair == (None, None):
            self.absent += 1
            return
        is_true = hit.disposition is Disposition.TRUE_MATCH
        words = ("true_kept", "true_lost", "true_gained") if is_true else ("false_kept", "false_avoided", "false_added")
        self._counts[pair.band][pair.verb(*words)] += 1
        if None in pair:
            self.changed.append(
                Changed(alert=hit.alert, hit=hit.id, is_true=is_true, before=pair.before, after=pair.after)
            )


def _results(asker: Asker, asked: Iterable[Any]) -> Iterator[Result]:
    """Yield who is found under any of some names, the less likely first."""
    found = [one for question in asked for one in asker.ask(question).results]
    yield from sorted(found, key=lambda one: one.probability)


def _is_of(hit: Hit, one: Result) -> bool:
    return bool(hit.listed.known_as & {one.id, *one.references})


def _without(found: dict[str, Result], ids: set[str]) -> dict[str, Result]:
    return {id_: one for id_, one in found.items() if id_ not in ids}


def _likely(found: dict[str, Result], ids: set[str]) -> float | None:
    return max((found[id_].probability for id_ in ids if id_ in found), default=None)
