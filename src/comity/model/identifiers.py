"""Identifiers and their check digits: a number that lists print is normalised, judged, and kept either way.

A wrong check digit is shown, never mended: lists do print wrong numbers, and the number as listed is what the law says.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import msgspec
from stdnum import bic, bitcoin, iban, imo, isin, lei
from stdnum.exceptions import ValidationError
from stdnum.ru import inn, ogrn

ETHEREUM = re.compile(r"0x[0-9a-fA-F]{40}")
BECH32 = re.compile(r"(?:bc|ltc|addr|bitcoincash:)1?[0-9a-z]{25,}", re.IGNORECASE)
"""Addresses that are written in capitals or in small letters, never in both (BIP 173)."""


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """An identifier in its normal form, and whether its check digit is right; None where the type has none."""

    value: str
    is_valid: bool | None


STRONG: Final = frozenset(
    {
        "imoNumber", "leiCode", "swiftBic", "innCode", "ogrnCode", "isinCode", "publicKey", "mmsi", "registrationNumber",
        "taxNumber", "passportNumber", "idNumber", "unscId", "ofsiGroupId", "ofacUid",
    }
)  # fmt: skip
"""Properties whose equal values, of the same country where a country issues them, mean the same thing or person."""

TYPED: Final = STRONG | {
    "callSign",
    "serialNumber",
    "uscCode",
    "okpoCode",
    "vatCode",
    "dunsCode",
    "bikCode",
    "ibanCode",
    "euReference",
}
"""Properties whose values are looked up exactly, each in the normal form of its own type."""

ISSUED_BY_COUNTRY: Final = frozenset({"registrationNumber", "taxNumber", "passportNumber", "idNumber"})
"""Types that are unique only within the country that issues them."""


def _stdnum(validate: Callable[[str], str]) -> Callable[[str], Checked]:
    def check(text: str) -> Checked:
        try:
            return Checked(value=validate(text), is_valid=True)
        except ValidationError:
            return Checked(value=bare(text), is_valid=False)

    return check


_CHECKS: Final[dict[str, Callable[[str], Checked]]] = {
    "imoNumber": _stdnum(imo.validate),
    "leiCode": _stdnum(lei.validate),
    "swiftBic": _stdnum(bic.validate),
    "ibanCode": _stdnum(iban.validate),
    "isinCode": _stdnum(isin.validate),
    "innCode": _stdnum(inn.validate),
    "ogrnCode": _stdnum(ogrn.validate),
}


def check(property_: str, text: str) -> Checked:
    """Return an identifier of a FollowTheMoney property in its normal form, with the judgement of its check digit."""
    if property_ == "publicKey":
        return _wallet(text.strip())
    checker = _CHECKS.get(property_)
    return checker(text) if checker else Checked(value=bare(text), is_valid=None)


def bare(text: str) -> str:
    """Return an identifier in upper case without spaces and punctuation, for comparison; letters of every script stay."""
    return re.sub(r"[\W_]+", "", text.upper()) or text.strip()


def _wallet(text: str) -> Checked:
    """Judge a wallet address: Bitcoin by its checksum, Ethereum by its form; other chains are kept as printed."""
    if ETHEREUM.fullmatch(text):
        return Checked(value=text.lower(), is_valid=None)
    if BECH32.fullmatch(text) and (text.isupper() or text.islower()):
        text = text.lower()
    try:
        return Checked(value=bitcoin.validate(text), is_valid=True)
    except ValidationError:
        return Checked(value=text, is_valid=None)
