"""Deciding what the law makes of a payment: from match, measure, who is bound, authorisation and kind of payment.

An undecided match holds the payment, whatever the law would make of a true one; the only exception are matches that the law has
dealt with elsewhere (`Passing`). A true match is put before every regime that binds and knows the list. The strictest answer
stands, and where one regime forbids to comply with another, a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from comity.filtering.model.authorisation import Authorisation, gaps
from comity.filtering.model.binding import Bindings, bound
from comity.filtering.model.decision import Bound, Conflict, Decision, Duty, Licensed, Step
from comity.filtering.model.outcome import STRICTNESS, Outcome, strictest
from comity.filtering.model.payment import Match, Payment, PaymentKind, Resolution
from comity.filtering.model.regime import EYE, Passing, Regime, Report, Rule
from comity.filtering.model.term import due
from comity.model.measure import Measure, MeasureKind

UNREJECTABLE = frozenset({PaymentKind.RETURN, PaymentKind.RECALL})
"""What asks for money back is answered, not rejected."""


class Law(msgspec.Struct, frozen=True, kw_only=True):
    """What a payment is judged by."""

    regimes: Mapping[str, Regime]
    bindings: Bindings
    authorisations: tuple[Authorisation, ...] = ()


class _Asked(msgspec.Struct, frozen=True):
    """One regime that binds, asked of one match in one payment."""

    regime: Regime
    bound: Bound
    match: Match
    payment: Payment
    authorisations: tuple[Authorisation, ...]


def decide(law: Law, payment: Payment, matches: Sequence[Match]) -> Decision:
    """Say what the law makes of a payment. Raises `BranchUnknown`."""
    binding = bound(law.bindings, law.regimes, payment)
    told = [(match, step) for match in matches for step in _match(law, binding, payment, match)]
    steps = (*_kept(law, payment), *(step for _, step in told))
    conflicts = tuple(_conflicts(law, binding, told))
    outcome = Outcome.HOLD if conflicts else strictest(one.outcome for one in steps)
    duties = () if outcome is Outcome.HOLD else tuple(_duties(law, payment, steps))
    return Decision(outcome=outcome, steps=steps, conflicts=conflicts, duties=duties)


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
            bound=None,
            measure=MeasureKind.ASSET_FREEZE,
            forbids=regime.kept,
            article=regime.kept,
            says=f"The money of the original payment is blocked under {regime.title} and is not given back.",
            outcome=Outcome.BLOCK_AND_REPORT,
        )


def _match(law: Law, binding: Sequence[Bound], payment: Payment, match: Match) -> Iterator[Step]:
    if match.resolution is Resolution.FALSE:
        return
    asked = [
        _Asked(regime, one, match, payment, tuple(a for a in law.authorisations if a.regime == one.regime))
        for one in binding
        if match.source in (regime := law.regimes[one.regime]).sources
    ]
    if match.resolution is Resolution.UNDECIDED:
        yield from (_undecided(one) for one in asked)
        if not asked:
            yield _undecided_unbound(law, payment, match)
        return
    for one in asked:
        yield from _true(one)
    if not asked:
        yield _step(match, None, Outcome.RELEASE, "No regime that binds here makes this listing binding.")


# --- while nobody has decided


def _undecided(asked: _Asked) -> Step:
    passing = _passing(asked.regime, asked.match, asked.payment)
    if passing is not None:
        return _step(asked.match, asked.bound, Outcome.RELEASE, passing.instead, passing.article)
    return _step(asked.match, asked.bound, Outcome.HOLD, "Nobody has decided yet whether this is the listed one.")


def _undecided_unbound(law: Law, payment: Payment, match: Match) -> Step:
    """Say what follows where no regime that binds knows the list: this institution screens against it by its own choice.

    A regime that would let the payment pass if it bound does so all the more where it does not.
    """
    known = [one for one in law.regimes.values() if match.source in one.sources]
    passing = [_passing(one, match, payment) for one in known]
    if passing and all(one is not None for one in passing) and (first := passing[0]) is not None:
        return _step(match, None, Outcome.RELEASE, first.instead, first.article)
    says = "Nobody has decided yet whether this is the listed one, on a list that no regime makes binding here."
    return _step(match, None, Outcome.HOLD, says)


def _passing(regime: Regime, match: Match, payment: Payment) -> Passing | None:
    """Return why a payment may not be held for an undecided match: none of its measures may be left that could touch it."""
    if not payment.is_instant or payment.amount is None or not match.measures:
        return None
    touching = {
        one.kind
        for one in match.measures
        if (rule := _rule(regime, one.kind, match, payment)) is None or rule.then is not Outcome.RELEASE
    }
    for one in regime.passing:
        if match.part in one.parts and payment.amount.currency == one.currency and touching <= one.kinds:
            return one
    return None


# --- when it is the listed one


def _true(asked: _Asked) -> Iterator[Step]:
    match = asked.match
    if not match.measures:
        yield _step(match, asked.bound, Outcome.HOLD, "The list does not say what it forbids.", note=EYE)
    for measure in match.measures:
        yield _measured(asked, measure)


def _measured(asked: _Asked, measure: Measure) -> Step:
    """Say what follows from one measure of a true match."""
    plain = _step(asked.match, asked.bound, Outcome.RELEASE, "", measure.article, measure=measure)
    replace = msgspec.structs.replace
    if not _stands(measure, asked.payment):
        return replace(plain, says="The measure is not in force on this day.")
    reached, why = _reached(asked.regime, asked.match, measure.kind)
    if reached is False:
        return replace(plain, says=why, article=_owned_article(asked.regime))
    if reached is None:
        return replace(plain, outcome=Outcome.HOLD, says=why, article=_owned_article(asked.regime))
    rule = _rule(asked.regime, measure.kind, asked.match, asked.payment)
    if rule is None:
        return replace(plain, outcome=Outcome.HOLD, says="What follows for a payment is not settled.", note=EYE)
    return _ruled(asked, replace(plain, says=f"{why}{rule.says}", article=rule.article, note=rule.note), rule)


def _ruled(asked: _Asked, step: Step, rule: Rule) -> Step:
    """Complete a step by what its rule says, then by the authorisations."""
    replace = msgspec.structs.replace
    if rule.then is Outcome.RELEASE:
        return step
    then, says = rule.then, step.says
    if then is Outcome.REJECT_AND_REPORT and asked.payment.kind in UNREJECTABLE:
        then, says = Outcome.HOLD, f"{says} A return or a recall cannot be rejected: a person decides."
    assert step.measure is not None
    licences = tuple(
        Licensed(
            reference=one.reference,
            article=one.article,
            gaps=gaps(one, asked.match, step.measure, asked.payment),
        )
        for one in asked.authorisations
    )
    if any(not one.gaps for one in licences):
        then = Outcome.RELEASE_UNDER_LICENCE
    return replace(step, outcome=then, says=says, licences=licences)


def _stands(measure: Measure, payment: Payment) -> bool:
    return (measure.since is None or measure.since <= payment.on) and (
        measure.until is None or payment.on < measure.until
    )


def _rule(regime: Regime, kind: MeasureKind, match: Match, payment: Payment) -> Rule | None:
    return next((one for one in regime.rules if one.meets(kind, match, payment)), None)


def _owned_article(regime: Regime) -> str:
    return regime.owned.article if regime.owned else ""


def _reached(regime: Regime, match: Match, kind: MeasureKind) -> tuple[bool | None, str]:
    """Say whether a measure reaches the party of a match, as a sentence; None: cannot tell."""
    held, owned = match.ownership, regime.owned
    if held is None:
        return True, ""
    if owned is None or (owned.kinds and kind not in owned.kinds):
        return None, "Whether the measure reaches what the listed one owns is not settled."
    if held.share_bp is not None and (
        held.share_bp > owned.share_bp or (owned.is_enough and held.share_bp == owned.share_bp)
    ):
        return True, "The party is treated as listed for the share that listed persons hold. "
    if owned.control and held.control:
        return True, "The party is treated as listed because a listed person controls it. "
    if held.share_bp is None:
        return None, "The listed persons' share of the party is not known."
    if owned.control and held.control is None:
        return None, "The listed persons' share does not suffice, and whether they control the party is not known."
    return False, "The listed persons' share of the party does not suffice."


def _step(  # noqa: PLR0913 - the parts of one sentence
    match: Match,
    binding: Bound | None,
    outcome: Outcome,
    says: str,
    article: str = "",
    *,
    measure: Measure | None = None,
    note: str = "",
) -> Step:
    return Step(
        hit=match.hit,
        part=match.part,
        person=match.person,
        programme=match.programme,
        bound=binding,
        measure=measure.kind if measure else None,
        forbids=measure.article if measure else "",
        article=article,
        says=says,
        outcome=outcome,
        note=note,
    )


# --- several regimes at once


def _restricts(step: Step) -> bool:
    return step.measure is not None and STRICTNESS[step.outcome] >= STRICTNESS[Outcome.REJECT_AND_REPORT]


def _conflicts(law: Law, binding: Sequence[Bound], told: Sequence[tuple[Match, Step]]) -> Iterator[Conflict]:
    """Yield what one regime requires and another forbids to comply with, unless that other stops the payment itself."""
    stopping = {step.bound.regime for _, step in told if step.bound and _restricts(step)}
    for one in binding:
        if one.regime in stopping:
            continue
        for counter in law.regimes[one.regime].counters:
            for match, step in told:
                requires = step.bound.regime if step.bound and _restricts(step) else ""
                if requires == counter.regime and match.programme in counter.programmes:
                    yield Conflict(
                        requires=requires,
                        required_by=step.article,
                        forbids=one.regime,
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
