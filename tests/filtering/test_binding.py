"""Which regimes bind is data, read strictly: what is wrong in it is named by its field."""

from __future__ import annotations

from datetime import date

import pytest

from comity.catalogue.dialects.told_cases import Teller
from comity.filtering.model import BindingsInvalid, BranchUnknown, Direction, bound
from comity.filtering.model.binding import Bindings, read
from support.law import REGIMES

TEXT = """
version = 3

[[branches]]
id = "harbour"
country = "QM"

[[branches]]
id = "desk"
country = "US"

[[bindings]]
regime = "exercise"
nexus = "in_meridia"

[[bindings]]
regime = "us_ofac"
nexus = "us_person"
branches = ["desk"]

[[bindings]]
regime = "us_ofac"
nexus = "us_financial_system"
currencies = ["USD"]
agents_in = ["US"]
directions = ["outgoing", "through"]
since = 2031-01-01
until = 2032-01-01
"""
PAYS = Teller(source="exercise", currency="USD").pays


def known() -> Bindings:
    return read(TEXT, REGIMES)


def test_what_is_written_is_read() -> None:
    found = known()
    assert found.version == 3
    assert found.country("harbour") == "QM"
    assert found.bindings[2].directions == (Direction.OUTGOING, Direction.THROUGH)
    assert found.bindings[2].since == date(2031, 1, 1)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("version = 3", "version = 0", "$.version"),
        ("version = 3", "version = 3\nsurprise = 1", "surprise"),
        ("version = 3", "version = ", "bindings:"),
        ('country = "QM"', 'country = "Meridia"', "$.branches[0].country"),
        ('id = "desk"', 'id = "harbour"', "branches[0].id"),
        ('regime = "exercise"', 'regime = "atlantis"', "bindings[0].regime: there is no regime called 'atlantis'"),
        ('nexus = "in_meridia"', 'nexus = "us_person"', "bindings[0].nexus: exercise does not bind by 'us_person'"),
        ('branches = ["desk"]', 'branches = ["desk", "moon"]', "bindings[1].branches[1]: there is no branch"),
        ('currencies = ["USD"]', 'currencies = ["dollars"]', "$.bindings[2].currencies[0]"),
        ('agents_in = ["US"]', 'agents_in = "US"', "$.bindings[2].agents_in"),
        ('["outgoing", "through"]', '["outwards"]', "$.bindings[2].directions[0]"),
        ("until = 2032-01-01", "until = 2031-01-01", "bindings[2].until: it is not after since"),
    ],
)
def test_what_is_wrong_is_refused_with_its_field(old: str, new: str, field: str) -> None:
    assert old in TEXT
    with pytest.raises(BindingsInvalid) as failure:
        read(TEXT.replace(old, new, 1), REGIMES)
    assert field in failure.value.detail


def test_a_regime_without_conditions_binds_everywhere() -> None:
    for branch in ("harbour", "desk"):
        found = bound(known(), REGIMES, PAYS(Direction.INCOMING, branch=branch))
        assert "exercise" in [one.regime for one in found]


def test_a_branch_is_bound_always_and_another_only_where_every_condition_is_met() -> None:
    def bound_by_us(**said: object) -> bool:
        payment = PAYS(**{"direction": Direction.OUTGOING, "branch": "harbour", "agents": frozenset({"US"})} | said)
        return "us_ofac" in [one.regime for one in bound(known(), REGIMES, payment)]

    assert bound_by_us()
    assert bound_by_us(branch="desk", agents=frozenset())
    assert not bound_by_us(agents=frozenset({"QZ"}))
    assert not bound_by_us(amount=Teller("exercise", "EUR").pays(Direction.OUTGOING).amount)
    assert bound_by_us(amount=None), "a payment without an amount is bound as if it had any currency"
    assert not bound_by_us(direction=Direction.INCOMING)
    assert bound_by_us(on=date(2031, 1, 1))
    assert not bound_by_us(on=date(2030, 12, 31))
    assert not bound_by_us(on=date(2032, 1, 1))


def test_a_regime_that_binds_twice_is_named_once_with_its_first_reason() -> None:
    payment = PAYS(Direction.OUTGOING, branch="desk", agents=frozenset({"US"}))
    found = bound(known(), REGIMES, payment)
    assert [one.regime for one in found] == ["exercise", "us_ofac"]
    assert found[1].because.endswith("(branch desk)")
    assert found[1].article.startswith("50 U.S.C. 1702(a)(1)")


def test_a_branch_that_nobody_knows_is_refused_without_saying_which() -> None:
    with pytest.raises(BranchUnknown) as failure:
        bound(known(), REGIMES, PAYS(Direction.OUTGOING, branch="moon"))
    assert "moon" not in failure.value.detail
