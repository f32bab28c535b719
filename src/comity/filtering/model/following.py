"""What follows from one match under one regime that binds: measure by measure, with its article and its authorisations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from comity.filtering.model.authorisation import Authorisation, gaps
from comity.filtering.model.decision import Bound, Licensed, Step
from comity.filtering.model.outcome import Outcome
from comity.filtering.model.payment import Match, Payment, PaymentKind
from comity.filtering.model.regime import EYE, Passing, Regime, Rule

if TYPE_CHECKING:
    from comity.model.measure import Measure, MeasureKind

UNREJECTABLE = frozenset({PaymentKind.RETURN, PaymentKind.RECALL})
"""What asks for money back is answered, not rejected."""


class Asked(msgspec.Struct, frozen=True):
    """One regime that binds, asked of one match in one payment."""

    regime: Regime
    bound: Bound
    match: Match
    payment: Payment
    authorisations: tuple[Authorisation, ...]
    """Those that were given under the regime."""


def begin(match: Match, bound: Bound | None) -> Step:
    """Return the beginning of a chain of reasons, from which nothing follows yet."""
    return Step(
        hit=match.hit,
        part=match.part,
        person=match.person,
        programme=match.programme,
        resolution=match.resolution,
        is_owned=match.ownership is not None,
        bound=bound,
        measure=None,
        forbids="",
        article="",
        says="",
        outcome=Outcome.RELEASE,
    )


def follow(asked: Asked) -> Iterator[Step]:
    """Yield what follows from each measure of a true match."""
    beginning = begin(asked.match, asked.bound)
    if not asked.match.measures:
        yield msgspec.structs.replace(
            beginning, outcome=Outcome.HOLD, says="The list does not say what it forbids.", note=EYE
        )
    for measure in asked.match.measures:
        cited = msgspec.structs.replace(
            beginning, measure=measure.kind, forbids=measure.article, article=measure.article
        )
        yield _measured(asked, measure, cited)


def passing(regime: Regime, match: Match, payment: Payment) -> Passing | None:
    """Return why a payment may not be held for an undecided match: none of its measures may be left that could touch it."""
    if not payment.is_instant or payment.amount is None or not match.measures:
        return None
    touching = {
        one.kind
        for one in match.measures
        if (rule := _rule(regime, one.kind, match, payment)) is None or rule.then is not Outcome.RELEASE
    }
    for one in regime.passing:
        is_within = not one.within or payment.agents <= one.within
        if match.part in one.parts and payment.amount.currency == one.currency and is_within and touching <= one.kinds:
            return one
    return None


def _measured(asked: Asked, measure: Measure, step: Step) -> Step:
    """Say what follows from one measure."""
    replace = msgspec.structs.replace
    if not _stands(measure, asked.payment):
        return replace(step, says="The measure is not in force on this day.")
    reached, why = _reached(asked.regime, asked.match, measure.kind)
    if not reached:
        owned = asked.regime.owned
        outcome = Outcome.HOLD if reached is None else Outcome.RELEASE
        return replace(step, outcome=outcome, says=why, article=owned.article if owned else "")
    rule = _rule(asked.regime, measure.kind, asked.match, asked.payment)
    if rule is None:
        return replace(step, outcome=Outcome.HOLD, says="What follows for a payment is not settled.", note=EYE)
    return _ruled(asked, rule, replace(step, says=f"{why}{rule.says}", article=rule.article, note=rule.note))


def _ruled(asked: Asked, rule: Rule, step: Step) -> Step:
    """Complete a step by what its rule says, then by the authorisations."""
    if rule.then is Outcome.RELEASE:
        return step
    then, says = rule.then, step.says
    if then is Outcome.REJECT_AND_REPORT and asked.payment.kind in UNREJECTABLE:
        then, says = Outcome.HOLD, f"{says} A return or a recall cannot be rejected: a person decides."
    licences = tuple(_licensed(one, step, asked) for one in asked.authorisations)
    if any(not one.gaps for one in licences):
        then = Outcome.RELEASE_UNDER_LICENCE
    return msgspec.structs.replace(step, outcome=then, says=says, licences=licences)


def _licensed(authorisation: Authorisation, step: Step, asked: Asked) -> Licensed:
    assert step.measure is not None
    return Licensed(
        reference=authorisation.reference,
        article=authorisation.article,
        gaps=gaps(authorisation, asked.match, step.measure, asked.payment),
    )


def _stands(measure: Measure, payment: Payment) -> bool:
    return (measure.since is None or measure.since <= payment.on) and (
        measure.until is None or payment.on < measure.until
    )


def _rule(regime: Regime, kind: MeasureKind, match: Match, payment: Payment) -> Rule | None:
    return next((one for one in regime.rules if one.meets(kind, match, payment)), None)


def _reached(regime: Regime, match: Match, kind: MeasureKind) -> tuple[bool | None, str]:
    """Say whether a measure reaches the party of a match, as a sentence; None: cannot tell."""
    held, owned = match.ownership, regime.owned
    if held is None:
        return True, ""
    if owned is None or (owned.kinds and kind not in owned.kinds):
        return None, "Whether the measure reaches what the listed one owns is not settled."
    if held.share_bp is not None and held.share_bp >= owned.share_bp + (not owned.is_enough):
        return True, "The party is treated as listed for the share that listed persons hold. "
    if owned.control and held.control:
        return True, "The party is treated as listed because a listed person controls it. "
    if held.share_bp is None:
        return None, "The listed persons' share of the party is not known."
    if owned.control and held.control is None:
        return None, "The listed persons' share does not suffice, and whether they control the party is not known."
    return False, "The listed persons' share of the party does not suffice."
