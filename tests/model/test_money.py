"""Amounts are whole minor units of one currency."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.model.money import CurrenciesDiffer, Money, MoneyMalformed

DECIMALS = {"EUR": 2, "JPY": 0, "KWD": 3, "CLF": 4}


@given(st.integers(0, 10**15), st.sampled_from(sorted(DECIMALS)))
def test_what_is_written_is_read_again(minor: int, currency: str) -> None:
    text, _, code = str(Money(minor, currency)).partition(" ")
    assert Money.parse(text, code) == Money(minor, currency)
    assert len(text.partition(".")[2]) == DECIMALS[currency]


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("1250.5", "EUR", 125050),
        ("1250,", "EUR", 125000),
        ("0.01", "EUR", 1),
        ("100.00", "JPY", 100),
        ("1.005", "KWD", 1005),
        ("9" * 18, "JPY", int("9" * 18)),
        ("92233720368547758.07", "EUR", 2**63 - 1),
    ],
)
def test_amounts_are_exact(text: str, currency: str, minor: int) -> None:
    assert Money.parse(text, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("1.005", "EUR"),
        ("0.5", "JPY"),
        ("", "EUR"),
        ("-1", "EUR"),
        ("1e3", "EUR"),
        ("1,000.00", "EUR"),
        ("1", ""),
        ("1", "eur"),
        ("1" * 19, "EUR"),
        ("92233720368547758.08", "EUR"),
        ("١٢", "EUR"),
    ],
)
def test_what_is_no_amount_is_refused(text: str, currency: str) -> None:
    with pytest.raises(MoneyMalformed):
        Money.parse(text, currency)


def test_only_one_currency_has_a_sum() -> None:
    assert Money(5, "EUR") + Money(-7, "EUR") == Money(-2, "EUR")
    assert str(Money(-205, "EUR")) == "-2.05 EUR"
    with pytest.raises(CurrenciesDiffer):
        Money(5, "EUR") + Money(5, "JPY")
