"""Customers, and what screening says of them: for tests of alerts and of whoever reports to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from comity.alerts.model.answers import Found, Reported
from comity.alerts.model.subject import Subject, SubjectKind
from comity.infra.work import Work
from comity.screening import service as screening
from comity.screening.model.question import Question
from comity.screening.service import Place

Report = Callable[..., Reported]
"""Screens a subject and reports what was found."""


def customer(id_: str = "c-1", name: str = "Oleg Dresnov", **properties: tuple[str, ...]) -> Subject:
    """Return a customer with some facts."""
    facts = {"name": (name,), **properties}
    return Subject(kind=SubjectKind.CUSTOMER, id=id_, caption=name, schema="Person", properties=facts)


def found(work: Work, place: Place, subject: Subject, **more: Any) -> Found:
    """Return what screening says of a subject now."""
    kept = screening.screen(work, place, Question.of(subject.caption))
    return Found(subject=subject, answer=kept.answer, screening=kept.id, profile="customer 1", **more)  # type: ignore[arg-type]
