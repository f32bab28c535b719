"""What tests of alerts share: an office over the invented lists, customers, and how they are screened and reported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from comity.alerts import service as alerts
from comity.alerts.model.answers import Reported
from comity.alerts.model.subject import Subject
from comity.alerts.service import Office
from comity.infra.work import Work
from comity.lists.service import Desk
from comity.screening.service import Place
from support.alerting import Report, found
from support.invented import EVERYBODY, load_document


@pytest.fixture(autouse=True)
def loaded(request: pytest.FixtureRequest) -> None:
    """The invented list in force, for every test that opens a work."""
    if "work" in request.fixturenames:
        load_document(request.getfixturevalue("work"), request.getfixturevalue("desk"), "2031-01-10", *EVERYBODY)


@pytest.fixture
def office(desk: Desk) -> Office:
    """Whoever decides here."""
    return Office(desk)


@pytest.fixture
def place(tmp_path: Path, desk: Desk) -> Place:
    """Where these tests screen: with the score that the node ships."""
    return Place(desk, tmp_path / "screening")


@pytest.fixture
def report(work: Work, office: Office, place: Place) -> Report:
    """Screen a subject and report what was found."""

    def screen_and_report(subject: Subject, **more: Any) -> Reported:
        (reported,) = alerts.report(work, office, [found(work, place, subject, **more)])
        return reported

    return screen_and_report
