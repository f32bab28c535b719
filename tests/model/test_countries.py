"""Countries by whatever name a list gives them."""

from __future__ import annotations

import pytest
from followthemoney.types import registry
from hypothesis import given
from hypothesis import strategies as st

from comity.model import countries
from comity.model.countries import ALIASES, code, fold, name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway", "no"),
        ("NORWAY", "no"),
        (" norway. ", "no"),
        ("no", "no"),
        ("NOR", "no"),
        ("Norvège", "no"),
        ("Норвегия", "no"),
        ("Iran (Islamic Republic of)", "ir"),
        ("Democratic People\u2019s Republic of Korea", "kp"),
        ("Côte d'Ivoire", "ci"),
        ("Cote d\u2019Ivoire", "ci"),
        ("Namibia", "na"),
        ("NA", "na"),
        ("USSR", "suhh"),
        ("RUSSIAN FEDERATION", "ru"),
        ("Türkiye", "tr"),
        ("Atlantis", None),
        ("", None),
        ("QL", None),
        ("QM", "qm"),
        ("qo", "qo"),
        ("QZ", "qz"),
        ("EU", None),
    ],
)
def test_names_adjectives_and_codes_are_understood(text: str, expected: str | None) -> None:
    assert code(text) == expected


def test_every_code_that_is_answered_is_one_of_followthemoneys() -> None:
    assert sorted(one for one in set(countries._table().values()) if not registry.country.validate(one)) == []


def test_every_alias_is_reached_as_it_is_written() -> None:
    assert [alias for alias, expected in ALIASES.items() if code(alias) != expected] == []


@given(st.text())
def test_folding_is_final_and_no_text_breaks_it(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert code(text) == code(fold(text))


@given(st.sampled_from(["Norway", "Syrian Arab Republic", "Viet Nam"]), st.booleans(), st.integers(0, 3))
def test_case_and_space_do_not_matter(text: str, upper: bool, spaces: int) -> None:  # noqa: FBT001 - hypothesis draws it
    varied = (" " * (spaces + 1)).join(text.split(" "))
    assert code(varied.upper() if upper else varied.lower()) == code(text) is not None


def test_names_come_in_the_readers_language() -> None:
    assert (name("no"), name("no", "fr")) == ("Norway", "Norvège")
    assert name("suhh") == "SUHH"


def test_countries_that_do_not_exist_are_named_by_their_code_in_every_language() -> None:
    assert [name("qo"), name("qm", "fr"), name("qz", "ar")] == ["QO", "QM", "QZ"]
    assert name("qa") == "Qatar"
