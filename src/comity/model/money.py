"""Amounts of money: whole minor units of one currency, never a fraction."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from comity.kit.errors import Invalid

CURRENCY = re.compile(r"[A-Z]{3}")
DECIMAL = re.compile(r"(\d{1,18})(?:[.,](\d{0,18}))?", re.ASCII)

MINOR_MAX: Final = 2**63 - 1
"""The largest amount, in minor units, that either database keeps: 92 quadrillion euros."""
MINOR_UNITS_USUAL: Final = 2
MINOR_UNITS: Final = {
    **dict.fromkeys(
        ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"),
        0,
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}  # fmt: skip
"""Decimals of the currencies that do not have two (ISO 4217, list one)."""


class MoneyMalformed(Invalid):
    """The text is no amount of that currency."""

    code = "money.malformed"


class CurrenciesDiffer(Invalid):
    """Amounts of two currencies have no sum."""

    code = "money.currencies_differ"


class Money(msgspec.Struct, frozen=True):
    """An amount in the minor unit of its currency: cents, fils, or whole yen."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        """Refuse what is no currency code of ISO 4217."""
        if CURRENCY.fullmatch(self.currency) is None:
            raise MoneyMalformed(f"{self.currency!r} is no currency code.")

    @classmethod
    def parse(cls, text: str, currency: str) -> Money:
        """Read a decimal number, with a point or a comma. Raises `MoneyMalformed`, also for more decimals than the currency has.

        An amount above `MINOR_MAX` is refused alike.
        """
        found = DECIMAL.fullmatch(text.strip())
        if found is None:
            raise MoneyMalformed(f"{text!r} is no amount.")
        units, decimals = found.group(1), (found.group(2) or "").rstrip("0")
        places = MINOR_UNITS.get(currency, MINOR_UNITS_USUAL)
        if len(decimals) > places:
            raise MoneyMalformed(f"{text!r} has more decimals than {currency} has.")
        minor = int(units + decimals.ljust(places, "0"))
        if minor > MINOR_MAX:
            raise MoneyMalformed(f"{text!r} is more than can be kept.")
        return cls(minor, currency)

    def __add__(self, other: Money) -> Money:
        """Add an amount of the same currency. Raises `CurrenciesDiffer`."""
        if other.currency != self.currency:
            raise CurrenciesDiffer(f"{self.currency} and {other.currency} have no sum.")
        return Money(self.minor + other.minor, self.currency)

    def __str__(self) -> str:
        """Write the amount with its decimals and its currency: `1250.00 EUR`."""
        places = MINOR_UNITS.get(self.currency, MINOR_UNITS_USUAL)
        units, rest = divmod(abs(self.minor), 10**places)
        sign = "-" if self.minor < 0 else ""
        return f"{sign}{units}{f'.{rest:0{places}}' if places else ''} {self.currency}"
