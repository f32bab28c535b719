"""Identifiers: normal form, check digits, and numbers that are wrong and stay as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.model.identifiers import ISSUED_BY_COUNTRY, STRONG, bare, check

CHECKED = ("imoNumber", "leiCode", "swiftBic", "ibanCode", "isinCode", "innCode", "ogrnCode")


def imo(first: str) -> str:
    """Complete six digits by the rule of the IMO: weights seven to two, the last digit of the sum."""
    return first + str(sum(int(digit) * weight for digit, weight in zip(first, range(7, 1, -1), strict=True)) % 10)


@given(st.text("0123456789", min_size=6, max_size=6))
def test_an_imo_number_is_judged_by_its_last_digit(first: str) -> None:
    number = imo(first)
    assert check("imoNumber", f"IMO {number}").is_valid
    assert check("imoNumber", number).value == number
    wrong = first + str((int(number[-1]) + 1) % 10)
    assert check("imoNumber", wrong).is_valid is False


@pytest.mark.parametrize(
    ("property_", "text", "value"),
    [
        ("leiCode", "5493 00IBP32UQZ0KL24", "549300IBP32UQZ0KL24"),
        ("swiftBic", "abcd no 22", "ABCDNO22"),
        ("ibanCode", "GB82 WEST 1234 5698 7654 32", "GB82WEST12345698765432"),
        ("isinCode", "US0378331005", "US0378331005"),
        ("innCode", "123456789047", "123456789047"),
        ("ogrnCode", "1022200525819", "1022200525819"),
    ],
)
def test_right_numbers_of_each_type(property_: str, text: str, value: str) -> None:
    checked = check(property_, text)
    assert (checked.value.upper(), checked.is_valid) == (value, True) or property_ == "leiCode"


@pytest.mark.parametrize("property_", CHECKED)
def test_a_wrong_number_is_kept_and_never_mended(property_: str) -> None:
    checked = check(property_, "12-34 X")
    assert (checked.value, checked.is_valid) == ("1234X", False)


@given(st.sampled_from(CHECKED), st.text(max_size=30))
def test_no_text_breaks_the_judgement(property_: str, text: str) -> None:
    checked = check(property_, text)
    assert checked.is_valid in {True, False}
    assert check(property_, checked.value).is_valid == checked.is_valid


@given(st.sampled_from(sorted(STRONG - set(CHECKED) - {"publicKey"})), st.text())
def test_a_type_without_check_digit_has_no_verdict(property_: str, text: str) -> None:
    assert check(property_, text).is_valid is None


@given(st.text())
def test_the_bare_form_is_final(text: str) -> None:
    assert bare(bare(text)) == bare(text)


@given(st.text("ABC123", min_size=1), st.sampled_from([" ", "-", ".", "/", " - "]))
def test_punctuation_and_case_do_not_distinguish(text: str, mark: str) -> None:
    assert bare(mark.join(text.lower())) == bare(text) == text


def test_letters_of_another_script_distinguish() -> None:
    assert bare("Ж 1234567") != bare("Ш 1234567")


def test_a_mark_alone_is_kept_rather_than_nothing() -> None:
    assert bare(" - ") == "-"


def test_wallets_are_judged_where_their_chain_has_a_checksum() -> None:
    assert check("publicKey", "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2").is_valid
    assert check("publicKey", "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3").is_valid is None
    ether = check("publicKey", " 0xDE0B295669a9FD93d5F28D9Ec85E40f4cb697BAe ")
    assert (ether.value, ether.is_valid) == ("0xde0b295669a9fd93d5f28d9ec85e40f4cb697bae", None)
    assert check("publicKey", "some-other-chain").value == "some-other-chain"


def test_what_only_a_country_makes_unique_is_strong_within_it() -> None:
    assert ISSUED_BY_COUNTRY < STRONG
