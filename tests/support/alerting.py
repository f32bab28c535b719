"""Customers, and what screening says of them: for tests of alerts and of whoever reports to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from comity.alerts.model.answers import Found, Hit, Listed, Reported
from comity.alerts.model.mattering import Rested
from comity.alerts.model.state import State
from comity.alerts.model.subject import Subject, SubjectKind
from comity.infra.work import Work
from comity.screening import service as screening
from comity.screening.model.odds import Odds
from comity.screening.model.question import Question
from comity.screening.service import Place

Report = Callable[..., Reported]
"""Screens a subject and reports what was found."""


def customer(
    id_: str = "c-1", name: str = "Oleg Dresnov", schema: str = "Person", **properties: tuple[str, ...]
) -> Subject:
    """Return a customer with some facts."""
    facts = {"name": (name,), **properties}
    return Subject(kind=SubjectKind.CUSTOMER, id=id_, caption=name, schema=schema, properties=facts)


def found(work: Work, place: Place, subject: Subject, **more: Any) -> Found:
    """Return what screening says of a subject now."""
    kept = screening.screen(work, place, Question.of(subject.caption))
    return Found(subject=subject, answer=kept.answer, screening=kept.id, profile="customer 1", **more)  # type: ignore[arg-type]


def hit_of(state: State) -> Hit:
    """Return a hit in a state, for questions about states alone."""
    at = datetime(2031, 11, 21, 12, tzinfo=UTC)
    listed = Listed(id="e-1", lead="e-1", caption="DRESNOV", schema="Person", properties={}, references=(), listings=())
    return Hit(
        id="h-1", alert="a-1", listed=listed, probability=0.6, evidence=(), odds=Odds(start=0, weights=()),
        rests=Rested(subject={}, listed={}, band=1), screening="s-1", digest="", profile="customer 1", first_at=at, last_at=at,
        due_at=at, state=state,
    )  # fmt: skip
