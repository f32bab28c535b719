"""Wallet addresses that lists name in prose, as things of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from comity.lists.model import About, Listed
from comity.model import identifiers

FORMS: Final = {
    "ETH": re.compile(r"\b0x[0-9a-fA-F]{40}\b"),
    "BTC": re.compile(r"\b(?:[13][1-9A-HJ-NP-Za-km-z]{25,34}|bc1[02-9ac-hj-np-z]{11,87})\b"),
    "TRX": re.compile(r"\bT[1-9A-HJ-NP-Za-km-z]{33}\b"),
}
"""How addresses of the chains that lists name in prose are written, by the chain's own currency."""

_SPOKEN_OF = re.compile(r"wallet|crypto|digital currency|bitcoin", re.IGNORECASE)


def named(reference: str, text: str) -> Iterator[Listed]:
    """Yield each wallet that a note names, if it speaks of wallets at all; a Bitcoin address only if its check digits are right."""
    if _SPOKEN_OF.search(text) is None:
        return
    for currency, form in FORMS.items():
        for address in dict.fromkeys(form.findall(text)):
            if currency == "BTC" and identifiers.check("publicKey", address).is_valid is not True:
                continue
            wallet = About(f"{reference}/wallet/{address}", "CryptoWallet")
            wallet.identify("publicKey", address)
            wallet.say("currency", currency)
            wallet.say("topics", "sanction")
            yield wallet.listed()
