"""How names and numbers are folded, cut and compared when somebody looks for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.register.model import names
from comity.register.model.names import Likeness, closest, joined, numbers, weight, words

text = st.text(max_size=60)
plain = st.lists(st.text("abcde", min_size=1, max_size=5), min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("spelt", "found"),
    [
        ("Oleg DRESNOV", ("oleg", "dresnov")),
        ("  Société  Générale-Öl  ", ("societe", "generale", "ol")),
        ("O'Brien & Sons, Ltd.", ("o", "brien", "sons", "ltd")),
        ("Иван", ("ivan",)),
        ("北京", ("beijing",)),
        ("???", ()),
        ("", ()),
    ],
)
def test_a_text_is_its_words_in_plain_letters(spelt: str, found: tuple[str, ...]) -> None:
    assert words(spelt) == found


@given(text)
def test_words_hold_only_plain_letters_and_figures(spelt: str) -> None:
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in words(spelt))
    assert words(" ".join(words(spelt))) == words(spelt)
    assert joined(spelt) == "".join(words(spelt))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("4418 20937", {"441820937"}),
        ("IMO 9074729", {"imo9074729", "9074729"}),
        ("passport AB-123456", {"passportab123456", "123456"}),
        ("1FictionaLAddress", {"1fictionaladdress"}),
        ("born 1971", {"born1971"}),
        ("Oleg Dresnov", set()),
        ("", set()),
    ],
)
def test_what_may_be_a_number_is_looked_for_as_one(typed: str, found: set[str]) -> None:
    assert numbers(typed) == found


@given(plain, plain, st.floats(0.5, 10))
def test_likeness_lies_between_nothing_and_everything(query: list[str], name: list[str], heavy: float) -> None:
    score = Likeness(query, {query[0]: heavy}).of(name)
    assert 0 <= score <= 1


@given(plain)
def test_a_name_answers_itself_fully(name: list[str]) -> None:
    distinct = list(dict.fromkeys(name))
    assert Likeness(distinct, {}).of(distinct) == pytest.approx(1)
    assert Likeness(list(reversed(distinct)), {}).of(distinct) == pytest.approx(1)


@given(plain, plain)
def test_what_was_compared_before_changes_nothing(query: list[str], name: list[str]) -> None:
    fresh, used = Likeness(query, {}), Likeness(query, {})
    used.of([*name, "other"])
    assert used.of(name) == fresh.of(name)


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    weights = {"trading": weight(900, 1000), "nordhavn": weight(1, 1000)}
    likeness = Likeness(["nordhavn", "trading"], weights)
    assert likeness.of(["nordhavn", "shipping"]) > likeness.of(["southport", "trading"])
    assert weight(1, 1000) > weight(2, 1000) > weight(1000, 1000) == pytest.approx(1)


def test_what_a_name_has_beyond_the_query_costs_little() -> None:
    likeness = Likeness(["oleg", "dresnov"], {})
    exact, longer, other = (likeness.of(name.split()) for name in ("oleg dresnov", "oleg ivan dresnov", "oleg berg"))
    assert exact > longer > 0.9 > other


def test_a_beginning_and_a_slip_of_the_pen_count_as_nearly_the_word() -> None:
    assert 0.9 < Likeness(["dres"], {}).of(["dresnov"]) < 1
    assert 0.7 < Likeness(["dresnof"], {}).of(["dresnov"]) < 1
    assert Likeness(["dresnov"], {}).of(["harbour"]) == 0
    assert Likeness([], {}).of(["oleg"]) == Likeness(["oleg"], {}).of([]) == 0


def test_the_closest_words_come_first_and_not_more_than_asked_for() -> None:
    assert closest("dresnov", ["dresnow", "dresnof", "dressler", "x"], 0.7, 2) == ["dresnow", "dresnof"]
    assert closest("dresnov", ["x"], 0.7, 2) == []
    assert names.WORDS_MAX >= 10
