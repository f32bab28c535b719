"""Saying why, in sentences that a compliance officer can read aloud. They are for those who decide, never for a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.filtering.model.outcome import Outcome
from comity.filtering.model.payment import Part, Resolution

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.filtering.model.decision import Decision, Licensed, Step

SPOKEN: Final = {
    Outcome.RELEASE: "The payment is carried out.",
    Outcome.RELEASE_UNDER_LICENCE: "The payment is carried out under a licence.",
    Outcome.REJECT_AND_REPORT: "The payment is rejected, and the rejection reported where the law asks for it.",
    Outcome.HOLD: "The payment is held until a person has decided.",
    Outcome.BLOCK_AND_REPORT: "The money is blocked and reported. Nothing is rejected and nothing is returned.",
}

NAMED: Final = {
    Part.PAYER: "The payer",
    Part.PAYEE: "The payee",
    Part.ULTIMATE_PAYER: "The person for whom it is paid",
    Part.ULTIMATE_PAYEE: "The person who is paid in the end",
    Part.PAYER_AGENT: "The payer's bank",
    Part.PAYEE_AGENT: "The payee's bank",
    Part.INTERMEDIARY: "A bank on the way",
    Part.MENTIONED: "Somebody who is named in a text",
    Part.SUBJECT: "Somebody whom the payment serves without being a party",
}


def explain(decision: Decision) -> tuple[str, ...]:
    """Return the outcome, then for each chain one sentence, then conflicts and duties."""
    return (
        SPOKEN[decision.outcome],
        *(_step(one) for one in decision.steps),
        *(
            f"One law requires it: {one.requires} ({one.required_by}). Another forbids to comply: {one.forbids} "
            f"({one.forbidden_by}). A person decides, with counsel."
            for one in decision.conflicts
        ),
        *(
            f"Owed to {one.report.to}: {one.report.title}, by {one.due_on} ({one.report.within.says}; {one.report.article})."
            for one in decision.duties
        ),
    )


def _step(step: Step) -> str:
    return " ".join(filter(None, _clauses(step)))


def _clauses(step: Step) -> Iterator[str]:
    """Yield match, measure, who is bound, authorisation, consequence, in this order."""
    if step.part is not None:
        verb = "may be" if step.resolution is Resolution.UNDECIDED else "is"
        whose = "what listed persons own or control" if step.is_owned else "a listed person"
        yield f"{NAMED[step.part]} {verb} {whose}."
    if step.measure is not None:
        yield f"The measure is {_words(step.measure.value)}{f' ({step.forbids})' if step.forbids else ''}."
    if step.bound is not None:
        yield f"{step.bound.title} binds: {step.bound.because} ({step.bound.article})."
    yield f"{step.says.removesuffix('.')} ({step.article})." if step.article else step.says
    yield from (_licence(one) for one in step.licences)
    yield f"Consequence: {_words(step.outcome.value)}.{f' This {step.note}.' if step.note else ''}"


def _licence(licensed: Licensed) -> str:
    named = f"{licensed.reference} ({licensed.article})"
    return f"{named} does not cover it: {'; '.join(licensed.gaps)}." if licensed.gaps else f"{named} covers it."


def _words(value: str) -> str:
    return value.replace("_", " ")
