"""An authorisation lifts a measure within its bounds, and not one unit beyond."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.catalogue.dialects.told_cases import DAY, Teller, licence
from comity.filtering.model import (
    Authorisation,
    AuthorisationInvalid,
    AuthorisationKind,
    Direction,
    Matter,
    Part,
    read_authorisations,
)
from comity.filtering.model.authorisation import gaps
from comity.kit.errors import Invalid
from comity.model.measure import MeasureKind
from comity.model.money import Money

FREEZE = MeasureKind.ASSET_FREEZE
OURS = Teller(source="exercise:qm", currency="QMF", programme="Straits shipping")


def given_(**said: Any) -> Authorisation:
    return licence(**({"regime": "exercise", "reference": "L-1", "article": "art. 10"} | said))


def left(authorisation: Authorisation, **said: Any) -> tuple[str, ...]:
    payment = OURS.pays(Direction.OUTGOING, **said)
    return gaps(authorisation, OURS.match(Part.PAYEE, FREEZE), FREEZE, payment)


@pytest.mark.parametrize(
    ("said", "gap"),
    [
        ({}, ""),
        ({"persons": frozenset({"listed-2"})}, "other persons"),
        ({"programmes": frozenset({"Fisheries"})}, "other programmes"),
        ({"programmes": frozenset({"Straits shipping"})}, ""),
        ({"measures": frozenset({MeasureKind.DEBT})}, "does not lift this measure: asset freeze"),
        ({"matters": frozenset({Matter.LEGAL_FEES})}, "what is paid for: unknown"),
        ({"since": date(2031, 11, 22)}, "begins on 2031-11-22"),
        ({"until": DAY}, "ended on 2031-11-21"),
        ({"until": date(2031, 11, 22)}, ""),
        ({"amount_max": Money(100_000, "QMF")}, ""),
        ({"amount_max": Money(99_999, "QMF")}, "one payment may move at most 999.99 QMF"),
        ({"amount_max": Money(100_000, "EUR")}, "one payment may move at most 1000.00 EUR"),
        ({"total_max": Money(150_000, "QMF"), "used": Money(50_000, "QMF")}, ""),
        (
            {"total_max": Money(150_000, "QMF"), "used": Money(50_001, "QMF")},
            "all payments may move at most 1500.00 QMF",
        ),
        ({"conditions": ("notice is given",)}, "conditions are met: notice is given"),
    ],
)
def test_each_bound_binds(said: dict[str, Any], gap: str) -> None:
    found = left(given_(**said))
    assert bool(found) == bool(gap)
    assert not gap or gap in found[0]


def test_a_person_confirms_what_a_payment_cannot_tell() -> None:
    asked = given_(conditions=("notice is given",))
    assert left(asked, confirmed=frozenset({"L-1"})) == ()
    assert left(asked, confirmed=frozenset({"L-2"})) != ()


def test_a_payment_without_an_amount_keeps_to_no_limit() -> None:
    assert left(given_(amount_max=Money(1, "QMF")), amount=None) != ()
    assert left(given_(total_max=Money(1, "QMF")), amount=None) != ()


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_total_is_never_exceeded(limit: int, used: int, amount: int) -> None:
    asked = given_(total_max=Money(limit, "QMF"), used=Money(used, "QMF"))
    assert (left(asked, amount=Money(amount, "QMF")) == ()) == (used + amount <= limit)


@given(st.integers(-400, 400))
def test_a_day_outside_its_interval_is_never_covered(days: int) -> None:
    on = DAY + timedelta(days=days)
    assert (left(given_(), on=on) == ()) == (date(2031, 1, 1) <= on < date(2032, 1, 1))


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"persons": frozenset()}, "persons is empty"),
        ({"until": None}, "until is missing"),
        ({"until": date(2031, 1, 1)}, "until is not after since"),
        ({"article": " "}, "article is empty"),
        ({"total_max": Money(1, "EUR"), "used": Money(1, "QMF")}, "two currencies"),
        ({"kind": AuthorisationKind.GENERAL, "persons": frozenset()}, "programmes, persons and measures are empty"),
    ],
)
def test_what_is_no_authorisation_is_refused_with_its_field(said: dict[str, Any], field: str) -> None:
    with pytest.raises(AuthorisationInvalid, match=field):
        given_(**said)


def test_a_general_licence_may_have_no_end() -> None:
    general = {"kind": AuthorisationKind.GENERAL, "persons": frozenset(), "until": None}
    assert left(given_(**general, programmes=frozenset({"Straits shipping"}))) == ()


WRITTEN = """
[[authorisations]]
regime = "exercise"
reference = "L-1"
kind = "individual"
article = "Order 2029/17, art. 10"
persons = ["listed-1"]
matters = ["basic_needs"]
amount_max = {minor = 100000, currency = "QMF"}
since = 2031-01-01
until = 2032-01-01
"""


def test_authorisations_are_written_as_they_are_read() -> None:
    (found,) = read_authorisations(WRITTEN, {"exercise"})
    assert found == given_(
        article="Order 2029/17, art. 10",
        matters=frozenset({Matter.BASIC_NEEDS}),
        amount_max=Money(100_000, "QMF"),
    )
    assert read_authorisations("", {"exercise"}) == ()


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('kind = "individual"', 'kind = "verbal"', "$.authorisations[0].kind"),
        ('matters = ["basic_needs"]', 'matters = ["anything"]', "$.authorisations[0].matters[0]"),
        ("minor = 100000", "minor = 1000.00", "$.authorisations[0].amount_max.minor"),
        ('currency = "QMF"', 'currency = "francs"', "currency code"),
        ("until = 2032-01-01", "until = 2032-01-01\nsurprise = 1", "surprise"),
        ("until = 2032-01-01", "", "until is missing"),
        ('regime = "exercise"', 'regime = "atlantis"', "authorisations[0].regime"),
        (WRITTEN, WRITTEN + WRITTEN, "authorisations[1].reference"),
    ],
)
def test_what_is_wrong_in_writing_is_refused_with_its_field(old: str, new: str, field: str) -> None:
    assert old in WRITTEN
    with pytest.raises(Invalid) as failure:
        read_authorisations(WRITTEN.replace(old, new), {"exercise"})
    assert field in failure.value.detail
