"""Many questions at once: nobody is cleared whom a question by itself would have found."""

from __future__ import annotations

from itertools import product

import pytest

from comity.infra.work import Work
from comity.lists.service import Desk
from comity.matching.together.asking import Together
from comity.screening.model.answer import Cleared, Matched
from comity.screening.model.profile import Profile, WeakAliases
from comity.screening.model.question import Question
from comity.screening.service import Asker, Place, fresh
from support.invented import EVERYBODY, load_document

TEXTS = (
    "Oleg Dresnov", "Oleg Dresnow Petrov", "O. Dresnov", "Olga Drezner", "Дреснов Олег", "Ilse Vosk", "Elsa Vossek", "Sea Heron",
    "Heron", "Rowan Quill", "9074729", "passportNumber:no:4418 20937", "Nordhavn", "x",
)  # fmt: skip
KNOWN = (
    {}, {"birth_date": "1971-03-14"}, {"birth_date": "1971", "countries": ("nationality:no",)}, {"gender": "male"},
    {"countries": ("flag:qp",), "birth_date": "1999-12-01"}, {"addresses": ("Quay 7, Kavrel",), "birth_date": "1971-03-14"},
    {"identifiers": ("imoNumber:9074729",)}, {"identifiers": ("passportNumber:no:4418 20937",), "birth_date": "1980"},
)  # fmt: skip


@pytest.fixture(autouse=True)
def loaded(work: Work, desk: Desk) -> None:
    load_document(work, desk, "2031-01-10", *EVERYBODY)


@pytest.mark.parametrize("threshold", [0.0, 0.02, 0.3, 0.5, 0.87, 1.0])
def test_questions_are_answered_together_as_each_is_alone(work: Work, place: Place, threshold: float) -> None:
    questions = [
        Question.of(text, schema, **known)  # type: ignore[arg-type]
        for text, schema, known in product(TEXTS, ("", "Person", "Organization", "Vessel"), KNOWN)
    ]
    opened = fresh(work, place)
    profile = Profile(
        threshold=threshold, thresholds={"person": min(threshold, 0.4)}, weak_aliases=WeakAliases.SUPPORTED
    )
    asker = Asker(opened, profile)
    answers = asker.ask_all(questions, Together(opened.engine).ask)
    assert answers == [asker.ask(one) for one in questions]
    assert {type(one) for one in answers} == {Cleared, Matched}


def test_whom_no_fact_could_save_is_cleared_without_being_asked_alone(
    work: Work, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = fresh(work, place)
    asker, asked = Asker(opened, Profile()), []
    monkeypatch.setattr(asker, "ask", asked.append)
    asker.ask_all([Question.of("Rowan Quill", "Person"), Question.of("Ilse Vosk")], Together(opened.engine).ask)
    assert [one.text for one in asked] == ["Ilse Vosk"]
