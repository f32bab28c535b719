"""Screening a portfolio: everybody, or whom a change can touch; in steps that a killed process leaves whole.

Each step asks about some customers and stores what is found of them, with what alerts make of it and how far the run is, in one
transaction. A run that was killed is taken up where it was, if it rests on what is in force still; else another begins.
"""

from __future__ import annotations

import copy
import secrets
from contextlib import AbstractContextManager
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

import msgspec
import numpy as np

from comity.alerts import service as alerts
from comity.alerts.model.answers import Found
from comity.alerts.model.subject import Subject, SubjectKind
from comity.kit import json
from comity.kit.limits import SEARCH_TEXT_CHARS_MAX
from comity.matching.asked import Asked
from comity.matching.changing import change
from comity.matching.names import Kind
from comity.matching.touched import Kept as Asking
from comity.matching.touched import touch
from comity.matching.tracing import BY_NAME, Tracer, Traces
from comity.model.permission import Permission
from comity.portfolios.model.failures import PortfolioEmpty
from comity.portfolios.model.portfolio import Finding, Kept, Run, RunKind, RunState
from comity.portfolios.service import keeping
from comity.portfolios.service.keeping import Book
from comity.portfolios.service.listing import find
from comity.portfolios.store import customers, portfolios, runs
from comity.screening import service as screening
from comity.screening.model.answer import Answer, Cleared, Matched, Result
from comity.screening.model.question import Question
from comity.screening.service import Asker

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from comity.infra.work import Work
    from comity.portfolios.service.books import Books
    from comity.portfolios.service.keeping import Restated, Standing
    from comity.screening.model.answer import Setting

STEP: Final = 500
"""Customers of whom everything is stored at a time."""


class Place(Protocol):
    """Where runs run: works are begun and ended here."""

    @property
    def books(self) -> Books:
        """What the services of this feature need."""
        ...

    def work(self, permission: Permission, *, write: bool = True) -> AbstractContextManager[Work]:
        """Begin a unit of work."""
        ...


class Answered(NamedTuple):
    """What is found of one customer."""

    kept: Kept
    results: tuple[Result, ...]
    likeliest: tuple[Question, Answer] | None
    """The question whose answer holds the likeliest of them, with that answer."""

    @property
    def digest(self) -> str:
        """The digest of the results: the same on every ground that gives them."""
        return json.digest(self.results)


class Plan(NamedTuple):
    """What a run is to do."""

    run: Run
    book: Book
    traces: Traces
    wanted: tuple[str, ...]
    """The ids of the customers to ask about, in order."""


def run(place: Place, portfolio: str, told: Callable[[int, int | None], None], *, whole: bool = False) -> Run:
    """Screen a portfolio, and return the run when it is done.

    Raises `PortfolioUnknown`, `PortfolioEmpty`, `GroundAbsent`.
    """
    with place.work(Permission.PORTFOLIOS_MANAGE, write=False) as work:
        opened = copy.copy(screening.fresh(work, place.books.screening))
    with place.work(Permission.PORTFOLIOS_MANAGE) as work:
        plan = _plan(work, place.books, opened, portfolio, whole=whole)
    plan = _taken_up(place.books.folder / portfolio, plan)
    opened.engine = tracer = Tracer(opened.engine.index, opened.engine.score)
    runner = _Runner(place, Asker(opened, plan.run.setting.profile), tracer, plan)
    ended = runner.run(told)
    keeping.keep(place.books.folder / portfolio, ended.id, plan.book, plan.traces, opened)
    with place.work(Permission.PORTFOLIOS_MANAGE) as work:
        done = _finish(work, ended)
    keeping.tidy(place.books.folder / portfolio, done.id)
    return done


def _taken_up(folder: Path, plan: Plan) -> Plan:
    """Have the traces of a whole run on disk from the first step on, so that a killed one goes on where it was."""
    if plan.run.kind is not RunKind.FULL:
        return plan
    traces = keeping.part(folder, plan.run.id, plan.book, plan.traces)
    position = plan.run.position if traces.was_there else ""
    wanted = tuple(one for one in plan.wanted if one > position)
    return plan._replace(traces=traces.traces, wanted=wanted)


def find_run(work: Work, id_: str) -> Run | None:
    """Return a run by its id."""
    return runs.find(work, id_)


def _plan(work: Work, books: Books, opened: screening.Opened, portfolio: str, *, whole: bool) -> Plan:
    """Work out who is to be asked about, and begin the run or take it up."""
    one = find(work, portfolio)
    portfolios.alone(work, portfolio)
    asker = Asker(opened, screening.profile(work, one.profile))
    folder = books.folder / portfolio
    before = next(iter(runs.latest(work, portfolio, RunState.DONE)), None)
    left = keeping.standing(folder, before.id) if before and not whole else None
    comparable = left is not None and before is not None and _is_comparable(before.setting, asker.setting)
    if left is not None and comparable and before is not None:
        plan = _delta(work, left, opened, before, asker.setting)
    else:
        plan = _full(work, portfolio, opened, asker.setting)
    if not plan.book.customers:
        raise PortfolioEmpty("Nobody is in the portfolio. Import customers first: comity portfolio import")
    begun = _begun(work, plan)
    runs.put(work, begun.run)
    work.record(
        "portfolios.run_began",
        portfolio=portfolio,
        run=begun.run.id,
        run_kind=begun.run.kind.value,
        digest=begun.run.digest,
        asked=len(begun.wanted),
    )
    return begun


def _is_comparable(before: Setting, now: Setting) -> bool:
    """Whether all but the lists is the same: code, tables and profile. What else changed changes every answer."""
    same = ("layout", "score", "profile", "version")
    return all(getattr(before, name) == getattr(now, name) for name in same)


def _full(work: Work, portfolio: str, opened: screening.Opened, setting: Setting) -> Plan:
    held = keeping.book((one.customer for one in customers.every(work, portfolio, ended=True)), setting.profile)
    traces = Traces(len(held.askings.texts), len(held.askings.words))
    traces.count(opened.engine.index, held.askings)
    return Plan(_new(work, portfolio, RunKind.FULL, setting), held, traces, tuple(held.customers))


def _delta(work: Work, left: Standing, opened: screening.Opened, before: Run, setting: Setting) -> Plan:
    """Find whom the change of the lists, and of the customers, can touch."""
    held, traces = left.book, left.traces
    changed = customers.changed_since(work, before.portfolio, before.began_at)
    if changed:
        held = keeping.book(
            (one.customer for one in customers.every(work, before.portfolio, ended=True)), setting.profile
        )
        traces = _moved(left, held)
    restated = keeping.restated(left, opened)
    made = change(left.listed, opened.engine.index)
    touched = touch(Asking(held.askings, traces, held.floors), made, opened.engine.score, restated.leads)
    numbers = set(keeping.numbered(held, restated).tolist())
    for name in touched.again.tolist():
        numbers.update(held.holders.list(name))
    numbers.update(_untraced(held, traces))
    wanted = {held.customers[at] for at in numbers} | changed | _found_among(work, before.portfolio, restated)
    wanted |= {one.customer for each in _unfinished(work, before) for one in runs.changes(work, each.id)}
    return Plan(_new(work, before.portfolio, RunKind.DELTA, setting), held, traces, tuple(sorted(wanted)))


def _moved(left: Standing, held: Book) -> Traces:
    """Carry the traces of names over to a book in which some customers are other ones; a new name has none."""
    traces = Traces(len(held.askings.texts), len(held.askings.words))
    traces.count(left.listed, held.askings)
    was = {
        pair: at for at, pair in enumerate(zip(left.book.askings.texts, left.book.askings.kinds.tolist(), strict=True))
    }
    pairs = zip(held.askings.texts, held.askings.kinds.tolist(), strict=True)
    places = np.array([was.get(pair, -1) for pair in pairs], dtype=np.int64)
    known = places >= 0
    for name in BY_NAME:
        getattr(traces, name)[known] = getattr(left.traces, name)[places[known]]
    traces.room[~known] = NEVER
    return traces


NEVER: Final = -1
"""The room of a name that was never asked."""


def _untraced(held: Book, traces: Traces) -> set[int]:
    return {at for name in np.flatnonzero(traces.room == NEVER).tolist() for at in held.holders.list(name)}


def _found_among(work: Work, portfolio: str, restated: Restated) -> set[str]:
    """Return the customers of whom somebody is found of whom something else is said now."""
    ids = {one.id for one in restated.before}
    return {one.customer for one in runs.every(work, portfolio) if any(result.id in ids for result in one.results)}


def _unfinished(work: Work, before: Run) -> list[Run]:
    """Return the runs that began after the last one that was done: they may rest on lists that are in force no longer."""
    return [
        one
        for one in runs.latest(work, before.portfolio, limit=1_000)
        if one.began_at >= before.began_at and one.id != before.id
    ]


def _new(work: Work, portfolio: str, kind: RunKind, setting: Setting) -> Run:
    return Run(
        id=f"r-{secrets.token_hex(6)}",
        portfolio=portfolio,
        kind=kind,
        state=RunState.RUNNING,
        setting=setting,
        digest=setting.digest,
        began_at=work.at,
    )


def _begun(work: Work, plan: Plan) -> Plan:
    """Begin a run; what a killed run of the same setting has stored already stays, and another's is superseded."""
    made = msgspec.structs.replace(plan.run, customers=len(plan.book.customers))
    for one in runs.latest(work, made.portfolio, RunState.RUNNING, limit=100):
        if one.kind is made.kind and one.digest == made.digest:
            made = msgspec.structs.replace(one, customers=made.customers, asked=0)
        else:
            runs.put(work, msgspec.structs.replace(one, state=RunState.SUPERSEDED, ended_at=work.at))
    return plan._replace(run=made)


class _Runner:
    """One run, step by step."""

    def __init__(self, place: Place, asker: Asker, tracer: Tracer, plan: Plan) -> None:
        self._place, self._asker, self._tracer, self._plan = place, asker, tracer, plan

    def run(self, told: Callable[[int, int | None], None]) -> Run:
        """Ask about everybody who is wanted, and return the run as it stands then."""
        run, wanted = self._plan.run, iter(self._plan.wanted)
        asked = 0
        while ids := tuple(islice(wanted, STEP)):
            with self._place.work(Permission.PORTFOLIOS_MANAGE, write=False) as work:
                kept = list(customers.some(work, run.portfolio, ids))
            answered = [self._answered(one) for one in kept]
            self._plan.traces.flush()
            with self._place.work(Permission.PORTFOLIOS_MANAGE) as work:
                run = self._store(work, run, answered, ids[-1])
            asked += len(ids)
            told(asked, len(self._plan.wanted))
        return run

    def _answered(self, kept: Kept) -> Answered:
        best: dict[str, Result] = {}
        likeliest: tuple[Question, Answer] | None = None
        most = 0.0
        for question in kept.customer.questions():
            answer = self._asker.ask(question)
            asked = Asked(question.text, screening.KINDS.get(question.schema, Kind.ANY))
            name = self._plan.book.askings.number(asked)
            if name is not None:
                self._tracer.trace(self._plan.traces, name)
            for one in answer.results:
                if one.id not in best or one.probability > best[one.id].probability:
                    best[one.id] = one
            if answer.results and answer.results[0].probability > most:
                most, likeliest = answer.results[0].probability, (question, answer)
        ordered = sorted(best.values(), key=lambda one: (-one.probability, one.references))
        return Answered(kept, tuple(ordered[: self._asker.setting.profile.limit]), likeliest)

    def _store(self, work: Work, run: Run, answered: list[Answered], last: str) -> Run:
        """Store what is found of some customers where it is another than before, and report it."""
        portfolios.alone(work, run.portfolio)
        before = runs.standing(work, run.portfolio, [one.kept.customer.id for one in answered])
        gone, found, reported = [], [], []
        for one in answered:
            was = before.get(one.kept.customer.id)
            if (was.digest, was.facts) == (one.digest, one.kept.customer.digest) if was else not one.results:
                continue
            finding = self._finding(work, run, one)
            gone += [(run.portfolio, finding.customer)] if was else []
            found += [finding] if one.results else []
            reported.append(self._found(one, finding))
        runs.write(work, run.id, gone, found)
        if reported:
            alerts.report(work, self._place.books.office, reported)
        now = msgspec.structs.replace(
            run, position=last, asked=run.asked + len(answered), changed=run.changed + len(reported)
        )
        runs.put(work, now)
        return now

    def _finding(self, work: Work, run: Run, one: Answered) -> Finding:
        kept = one.likeliest and screening.keep_answer(work, *one.likeliest, self._asker.setting)
        return Finding(
            portfolio=run.portfolio,
            customer=one.kept.customer.id,
            since_run=run.id,
            digest=one.digest,
            results=one.results,
            facts=one.kept.customer.digest,
            screening=kept.id if kept else "",
        )

    def _found(self, one: Answered, finding: Finding) -> Found:
        setting = self._asker.setting
        editions = setting.ground.editions
        answer = (
            Matched(editions=editions, digest=self._asker.digest, results=one.results)
            if one.results
            else Cleared(editions=editions, digest=self._asker.digest)
        )
        return Found(
            subject=subject(one.kept), answer=answer, screening=finding.screening, profile=setting.profile.name
        )


def subject(kept: Kept) -> Subject:
    """Return a customer as alerts know it."""
    one = kept.customer
    return Subject(
        kind=SubjectKind.CUSTOMER,
        id=kept.subject,
        caption=one.caption[:SEARCH_TEXT_CHARS_MAX],
        schema=one.schema,
        properties=one.properties,
    )


def _finish(work: Work, run: Run) -> Run:
    """End a run: from now on the portfolio stands against its ground."""
    done = msgspec.structs.replace(
        run,
        state=RunState.DONE,
        ended_at=work.at,
        matched=runs.matched(work, run.portfolio),
        result=runs.digest(work, run.portfolio),
    )
    runs.put(work, done)
    work.record(
        "portfolios.screened",
        portfolio=run.portfolio,
        run=run.id,
        asked=run.asked,
        customers=run.customers,
        matched=done.matched,
        changed=run.changed,
        result=done.result,
    )
    return done
