"""Numbers within running text: those that say themselves what they are, and those of which a word before them says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from comity.filtering.model.wording import beside, words
from comity.model import identifiers

TOKEN: Final = re.compile(r"[0-9A-Za-z]+(?:[-/.][0-9A-Za-z]+)*")
IMO: Final = re.compile(r"\bIMO[\s:./#-]*(?:NO\.?|NUMBER)?[\s:./#-]*(\d{7})\b", re.IGNORECASE)
BIC: Final = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
WALLET_CHARS: Final = range(26, 111)
"""Characters of addresses on the chains that lists name; nothing else in a payment is so long without a space."""
NEAR_WORDS: Final = 3

SAID: Final = {
    "passport_before": frozenset({"passportNumber"}),
    "identity_before": frozenset({"idNumber", "socialSecurityNumber"}),
    "tax_before": frozenset({"taxNumber", "innCode"}),
    "registration_before": frozenset({"registrationNumber", "ogrnCode"}),
    "bank_before": frozenset({"swiftBic"}),
    "account_before": frozenset({"accountNumber", "ibanCode"}),
}
"""Which listed numbers each kind of word speaks of."""


class Numbered(NamedTuple):
    """A number in a text, and the kinds of listed numbers with which it may be compared."""

    text: str
    kinds: frozenset[str]
    start: int
    end: int


def numbers(text: str) -> Iterator[Numbered]:
    """Yield the numbers of a text that can be compared; any other number may be anything, and is compared with nothing."""
    for found in IMO.finditer(text):
        yield Numbered(found.group(1), frozenset({"imoNumber"}), found.start(1), found.end(1))
    for found in TOKEN.finditer(text):
        kinds = _of_itself(found.group()) or _of_its_words(text, found.start(), found.end())
        if kinds and any(char.isdigit() or char.isupper() for char in found.group()):
            yield Numbered(found.group(), kinds, found.start(), found.end())


def _of_itself(token: str) -> frozenset[str]:
    """Return what a number says itself to be, by its form and its check digits."""
    for property_ in ("leiCode", "ibanCode", "isinCode"):
        if len(token) >= 12 and identifiers.check(property_, token).is_valid:  # noqa: PLR2004 - the shortest of them
            return frozenset({property_})
    if len(token) in WALLET_CHARS and any(char.isdigit() for char in token) and token.isalnum():
        return frozenset({"publicKey"})
    if BIC.fullmatch(token) and any(char.isdigit() for char in token):
        return frozenset({"swiftBic"})
    return frozenset()


def _of_its_words(text: str, start: int, end: int) -> frozenset[str]:
    before = beside(text, start, end).before[-NEAR_WORDS:]
    near = {*before, *(" ".join(before[at : at + 2]) for at in range(len(before) - 1))}
    return frozenset().union(*(kinds for name, kinds in SAID.items() if near & words(name)))
