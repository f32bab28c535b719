"""What screening found is reported: new hits are opened, decided ones carried or opened again, and what is gone is closed."""

from __future__ import annotations

import secrets
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from comity.alerts.model import state as states
from comity.alerts.model.answers import Alert, Dossier, Found, Hit, Listed, Reported
from comity.alerts.model.carrying import follow, leading
from comity.alerts.model.failures import SubjectUnfit
from comity.alerts.model.history import Step
from comity.alerts.model.state import Gone, Open, Why
from comity.alerts.model.subject import Subject, SubjectKind
from comity.alerts.service.describing import Describer, resting
from comity.alerts.service.looking import readable
from comity.alerts.service.practising import OTHERWISE, Practices
from comity.alerts.service.sparing import Sparer
from comity.alerts.service.stepping import step
from comity.alerts.store import dossiers, steps
from comity.screening import service as screening
from comity.screening.model.answer import Matched, Result
from comity.screening.model.question import Batch

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from comity.alerts.model.history import Taken
    from comity.alerts.service.office import Office
    from comity.infra.work import Work


class Pair(NamedTuple):
    """A subject and one of those whom its answer holds."""

    alert: Alert
    found: Found
    listed: Listed
    result: Result


class Outcome(NamedTuple):
    """What becomes of one hit."""

    hit: Hit
    step: Step | None
    """None where an undecided hit is only renewed."""
    is_new: bool


def report(work: Work, office: Office, found: Sequence[Found]) -> tuple[Reported, ...]:
    """Take in what screening found of some subjects, each with its whole answer; return what became of it, in the same order.

    A hit that is new is opened. One that was decided stays silent and is counted as carried, unless either side has changed in a
    way that matters (`model.mattering.RULES`): then it is opened again. A hit that the answer no longer holds is closed. The same
    subject twice in one report is taken as reported last.
    """
    dossiers.alone(work)
    latest = {one.subject.key: one for one in found}
    reporter = _Reporter(work, office, list(latest.values()))
    done = {key: reporter.take(one) for key, one in latest.items()}
    reporter.finish()
    return tuple(done[one.subject.key] for one in found)


def retract(work: Work, kind: SubjectKind, ids: Collection[str], grounds: str) -> int:
    """Close every hit of subjects that are screened no longer, and return how many; `grounds` says what took them away, by id."""
    dossiers.alone(work)
    written, taken = [], []
    for dossier in dossiers.of_subjects(work, kind, ids).values():
        gone = [hit for hit in dossier.hits if not isinstance(hit.state, Gone)]
        left = [
            msgspec.structs.replace(hit, state=states.vanish(hit.state, work.at, Why.LEFT, grounds)) for hit in gone
        ]
        kept = [hit for hit in dossier.hits if isinstance(hit.state, Gone)]
        taken += [step(work, hit, Step.CLOSED) for hit in left]
        alert = msgspec.structs.replace(dossier.alert, changed_at=work.at)
        written.append(Dossier(alert=alert, hits=(*left, *kept)))
    dossiers.write(work, written, ())
    steps.add(work, taken)
    work.record("alerts.retracted", subject_kind=kind.value, subjects=len(ids), hits=len(taken), grounds=grounds)
    return len(taken)


def open_name(work: Work, office: Office, screening_id: str) -> Reported:
    """Open an alert about a name that a person asked about, from the screening as it is kept.

    Opened again it is the same, but for somebody who may not know of it: they get one of their own, as if there were none.
    Raises `AnswerUnknown`, also for somebody else's question, and `SubjectUnfit` where the screening is of a file, or found nobody.
    """
    read = screening.read(work, screening_id)
    kept = read.screening
    if isinstance(kept.asked, Batch) or not isinstance(kept.answer, Matched):
        raise SubjectUnfit("An alert is opened from a screening of one name that found somebody.")
    asked = kept.asked
    dossiers.alone(work)
    known = _opened(work, screening_id)
    stated = {"gender": asked.gender, "incorporationDate": asked.incorporated}
    facts = {
        "name": (asked.text,),
        "birthDate": asked.birth_dates,
        "country": tuple(one.rpartition(":")[2] for one in asked.countries),
        "idNumber": tuple(one.rpartition(":")[2] for one in asked.identifiers),
        "address": asked.addresses,
        **{name: (value,) for name, value in stated.items() if value},
    }
    subject = Subject(
        kind=SubjectKind.NAME,
        id=known.alert.subject.id if known else f"{screening_id}:{secrets.token_hex(4)}",
        caption=asked.text,
        schema=asked.schema,
        properties={name: values for name, values in facts.items() if values},
    )
    profile = read.setting.profile.name or OTHERWISE
    (reported,) = report(
        work, office, [Found(subject=subject, answer=kept.answer, screening=screening_id, profile=profile)]
    )
    return reported


def opened(work: Work, screening_id: str) -> str:
    """Return the id of the alert that was opened about a screening of one name; empty if there is none."""
    known = _opened(work, screening_id)
    return known.alert.id if known else ""


def _opened(work: Work, screening_id: str) -> Dossier | None:
    """Return the first alert about a screening of which whoever asks may know."""
    found = readable(work, dossiers.of_name(work, screening_id)).values()
    return min(found, key=lambda one: (one.alert.opened_at, one.alert.id), default=None)


class _Reporter:
    """One report: what is known of its subjects is read once, and what becomes of it is written once."""

    def __init__(self, work: Work, office: Office, found: Sequence[Found]) -> None:
        self._work, self._office = work, office
        everybody = (result for one in found for result in one.answer.results)
        self._describer, self._practices = Describer(work, office.desk, everybody), Practices(work)
        by_kind: dict[SubjectKind, list[str]] = defaultdict(list)
        for one in found:
            by_kind[one.subject.kind].append(one.subject.id)
        self._known = {
            (kind.value, id_): dossier
            for kind, ids in by_kind.items()
            for id_, dossier in dossiers.of_subjects(work, kind, ids).items()
        }
        self._sparer = Sparer(work, found)
        self._new: set[str] = set()
        self._written: list[Dossier] = []
        self._taken: list[Taken] = []

    def take(self, found: Found) -> Reported:
        """Work out what becomes of one subject."""
        known = self._known.get(found.subject.key)
        if known is None and not found.answer.results:
            return Reported(subject_id=found.subject.id, alert="")
        alert = self._alert(known, found)
        outcomes = list(self._outcomes(alert, known.hits if known else (), found))
        self._new |= {outcome.hit.id for outcome in outcomes if outcome.is_new}
        self._taken += [step(self._work, hit, taken) for hit, taken, _ in outcomes if taken is not None]
        self._written.append(Dossier(alert=alert, hits=tuple(outcome.hit for outcome in outcomes)))
        return _reported(found, alert, outcomes)

    def finish(self) -> None:
        """Write everything, and say in the ledger how much of what there was."""
        dossiers.write(self._work, self._written, self._new)
        steps.add(self._work, self._taken)
        self._sparer.finish()
        counts = Counter(taken.step.value for taken in self._taken)
        self._work.record("alerts.reported", subjects=len(self._written), **dict(sorted(counts.items())))

    def _alert(self, known: Dossier | None, found: Found) -> Alert:
        if known is not None:
            now = {"subject": found.subject, "profile": found.profile, "at_stake": found.at_stake}
            return msgspec.structs.replace(known.alert, changed_at=self._work.at, **now)
        alert = Alert(
            id=f"a-{secrets.token_hex(6)}",
            subject=found.subject,
            profile=found.profile,
            opened_at=self._work.at,
            changed_at=self._work.at,
            at_stake=found.at_stake,
        )
        self._new.add(alert.id)
        return alert

    def _outcomes(self, alert: Alert, before: Sequence[Hit], found: Found) -> Iterator[Outcome]:
        """Yield what becomes of every hit: of those in the answer, and of those that are in it no longer."""
        taken: set[str] = set()
        listed_now = [self._describer.describe(result) for result in found.answer.results]
        for result, listed in zip(found.answer.results, listed_now, strict=True):
            same = leading([hit for hit in before if hit.listed.known_as & listed.known_as])
            own = next((hit for hit in same if hit.id not in taken), None)
            taken |= {own.id} if own else set()
            yield self._found(Pair(alert, found, listed, result), own, same)
        known_now = frozenset().union(*(listed.known_as for listed in listed_now))
        for hit in before:
            if hit.id not in taken:
                is_joined = bool(hit.listed.known_as & known_now)
                yield self._missing(hit, found, is_joined=is_joined)

    def _found(self, pair: Pair, own: Hit | None, same: Sequence[Hit]) -> Outcome:
        at, found, result = self._work.at, pair.found, pair.result
        rests = resting(found.subject, pair.listed, result)
        settled = [
            hit for hit in same if own is not None or not hit.is_undecided
        ]  # of a parted entry: what was decided
        state, taken = follow(settled, rests, at, self._sparer.covering(found, pair.listed, rests))
        since = state.since if isinstance(state, Open) else at
        due_at = self._office.calendar.due(since, self._practices.of(found.profile).hours(result.probability))
        hit = Hit(
            id=own.id if own else f"h-{secrets.token_hex(6)}",
            alert=pair.alert.id,
            listed=pair.listed,
            probability=result.probability,
            evidence=result.evidence,
            odds=result.odds,
            rests=rests,
            screening=found.screening,
            digest=found.answer.digest,
            profile=found.profile,
            first_at=own.first_at if own else at,
            last_at=at,
            due_at=min(due_at, own.due_at) if own and taken is None else due_at,
            state=state,
        )
        return Outcome(hit, taken, is_new=own is None)

    def _missing(self, hit: Hit, found: Found, *, is_joined: bool) -> Outcome:
        is_cut = (
            len(found.answer.results) >= self._practices.of(found.profile).profile.limit
        )  # it may have been left out as one match too many
        if isinstance(hit.state, Gone) or (is_cut and not is_joined):
            return Outcome(hit, None, is_new=False)
        why = Why.JOINED if is_joined else Why.NOT_FOUND if self._describer.is_listed(hit.listed) else Why.NOT_LISTED
        gone = states.vanish(hit.state, self._work.at, why, found.answer.digest)
        return Outcome(msgspec.structs.replace(hit, state=gone), Step.CLOSED, is_new=False)


def _reported(found: Found, alert: Alert, outcomes: Sequence[Outcome]) -> Reported:
    by_step: dict[Step | None, list[str]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.step is not None or outcome.hit.is_undecided:
            by_step[outcome.step].append(outcome.hit.id)
    return Reported(
        subject_id=found.subject.id,
        alert=alert.id,
        opened=tuple(by_step[Step.OPENED]),
        reopened=tuple(by_step[Step.REOPENED]),
        renewed=tuple(by_step[None]),
        carried=tuple(by_step[Step.CARRIED]),
        spared=tuple(by_step[Step.SPARED]),
        closed=tuple(by_step[Step.CLOSED]),
    )
