"""Foreign names carry their language or at least their script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from comity.edge import i18n
from comity.edge.tongues import script, script_name, tongue


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    i18n.speak(i18n.ENGLISH)
    yield
    i18n.speak(i18n.ENGLISH)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Mira", "Latn"),
        ("Олег", "Cyrl"),
        ("أوليغ", "Arab"),
        ("覃墨林", "Hani"),
        ("임꺽정", "Hang"),
        ("(7) Ωμέγα", "Grek"),
        ("42", ""),
    ],
)
def test_a_text_has_the_script_of_its_first_letter(text: str, code: str) -> None:
    assert script(text) == code


def test_a_stated_language_is_said_and_a_guessed_one_is_not() -> None:
    assert tongue("Олег", "ukr") == "uk"
    assert tongue("Олег") == "und-Cyrl"
    assert tongue("جمشید", "prs") == "fa-AF"


def test_a_name_in_the_pages_own_script_is_read_as_the_page_is() -> None:
    assert tongue("Mira") == ""
    i18n.speak(i18n.LANGUAGES["ar"])
    assert tongue("Mira") == "und-Latn"
    assert tongue("ميرا") == ""


def test_a_script_is_called_as_the_reader_calls_it() -> None:
    i18n.speak(i18n.LANGUAGES["fr"])
    assert script_name("Олег") == "Cyrillique"
    assert script_name("42") == ""
