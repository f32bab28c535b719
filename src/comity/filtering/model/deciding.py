"""Deciding what the law makes of a payment: from match, measure, who is bound, authorisation and kind of payment.

An undecided match holds the payment, whatever the law would make of a true one; the only exception are matches that the law has
dealt with elsewhere (`Passing`). A true match is put before every regime that binds and knows the list. The strictest answer
stands, and where one regime forbids to comply with another, a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from comity.filtering.model.authorisation import Authorisation
from comity.filtering.model.binding import Bindings, bound
from comity.filtering.model.decision import Bound, Conflict, Decision, Duty, Step
from comity.filtering.model.following import UNREJECTABLE, Asked, begin, follow, passing
from comity.filtering.model.outcome import STRICTNESS, Outcome, strictest
from comity.filtering.model.payment import Match, Payment, Resolution
from comity.filtering.model.regime import Passing, Regime, Report
from comity.filtering.model.term import due
from comity.model.measure import MeasureKind


class Law(msgspec.Struct, frozen=True, kw_only=True):
    """What a payment is judged by."""

    regimes: Mapping[str, Regime]
    bindings: Bindings
    authorisations: tuple[Authorisation, ...] = ()


def decide(law: Law, payment: Payment, matches: Sequence[Match]) -> Decision:
    """Say what the law makes of a payment. Raises `BranchUnknown`."""
    binding = bound(law.bindings, law.regimes, payment)
    told = [(match, step) for match in matches for step in _match(law, binding, payment, match)]
    steps = (*_kept(law, payment), *(step for _, step in told))
    conflicts = tuple(_conflicts(law, binding, told))
    outcome = Outcome.HOLD if conflicts else strictest(one.outcome for one in steps)
    duties = () if outcome is Outcome.HOLD else tuple(_duties(law, payment, steps))
    return Decision(outcome=outcome, steps=steps, version=law.bindings.version, conflicts=conflicts, duties=duties)


def _kept(law: Law, payment: Payment) -> Iterator[Step]:
    """Say of a return or a recall of money that is blocked here that it is not carried out."""
    if payment.kind not in UNREJECTABLE:
        return
    for id_ in sorted(payment.blocked_under):
        regime = law.regimes[id_]
        yield Step(
            hit="",
            part=None,
            person="",
            programme="",
            resolution=Resolution.TRUE,
            is_owned=False,
            bound=None,
            measure=MeasureKind.ASSET_FREEZE,
            forbids=regime.kept,
            article=regime.kept,
            says=f"The money of the original payment is blocked under the law of {regime.title} and is not given back.",
            outcome=Outcome.BLOCK_AND_REPORT,
        )


def _match(law: Law, binding: Sequence[Bound], payment: Payment, match: Match) -> Iterator[Step]:
    if match.resolution is Resolution.FALSE:
        return
    asked = [
        Asked(regime, one, match, payment, tuple(given for given in law.authorisations if given.regime == one.regime))
        for one in binding
        if (regime := law.regimes[one.regime]).knows(match.source)
    ]
    if match.resolution is Resolution.UNDECIDED:
        yield from _undecided(law, payment, match, asked)
        return
    for one in asked:
        yield from follow(one)
    if not asked:
        yield msgspec.structs.replace(begin(match, None), says="No regime that binds here makes this listing binding.")


def _undecided(law: Law, payment: Payment, match: Match, asked: Sequence[Asked]) -> Iterator[Step]:
    """Hold for a match that nobody has decided, unless each regime that knows the list lets the payment pass.

    Where no regime that binds knows it, this institution screens against the list by its own choice; a law that would let the
    payment pass if it bound does so all the more where it does not.
    """
    for one in asked:
        yield _open(match, one.bound, passing(one.regime, match, payment))
    if not asked:
        let = [passing(one, match, payment) for one in law.regimes.values() if one.knows(match.source)]
        yield _open(match, None, let[0] if all(let) and let else None)


def _open(match: Match, binding: Bound | None, let: Passing | None) -> Step:
    if let is not None:
        return msgspec.structs.replace(begin(match, binding), says=let.instead, article=let.article)
    where = "" if binding else ", on a list that no regime makes binding here"
    return msgspec.structs.replace(
        begin(match, binding),
        outcome=Outcome.HOLD,
        says=f"Nobody has decided yet whether this is the listed one{where}.",
    )


# --- several regimes at once


def _restricts(step: Step) -> bool:
    return step.measure is not None and STRICTNESS[step.outcome] >= STRICTNESS[Outcome.REJECT_AND_REPORT]


def _conflicts(law: Law, binding: Sequence[Bound], told: Sequence[tuple[Match, Step]]) -> Iterator[Conflict]:
    """Yield what one regime requires and another forbids to comply with, unless that other stops the payment itself."""
    stopping = {step.bound.regime for _, step in told if step.bound and _restricts(step)}
    required = [(match.programme, step.bound, step.article) for match, step in told if step.bound and _restricts(step)]
    for one in binding:
        if one.regime in stopping:
            continue
        for counter in law.regimes[one.regime].counters:
            for programme, requires, article in required:
                if requires.regime == counter.regime and programme in counter.programmes:
                    yield Conflict(
                        requires=requires.title,
                        required_by=article,
                        forbids=one.title,
                        forbidden_by=counter.article,
                    )


def _duties(law: Law, payment: Payment, steps: Iterable[Step]) -> Iterator[Duty]:
    """Yield each report that is owed once, in the order of its reasons."""
    owed: set[tuple[str, str]] = set()
    for step in steps:
        if step.bound is None or step.measure is None:
            continue
        regime = law.regimes[step.bound.regime]
        for report in regime.reports:
            if (regime.id, report.id) not in owed and _owes(regime, report, step, payment):
                owed.add((regime.id, report.id))
                yield Duty(regime=regime.id, report=report, due_on=due(report.within, payment.on, regime.calendar))


def _owes(regime: Regime, report: Report, step: Step, payment: Payment) -> bool:
    """Say whether a report is owed for a step; one for named programmes takes the place of the general one of its title."""
    special = {name for one in regime.reports if one.title == report.title for name in one.programmes}
    return (
        step.outcome in report.after
        and (step.programme in report.programmes if report.programmes else step.programme not in special)
        and (not report.parts or step.part in report.parts)
        and (not report.directions or payment.direction in report.directions)
    )
