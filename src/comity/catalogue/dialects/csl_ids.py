"""The `ids` column of the US Consolidated Screening List: numbers, features and directives of OFAC's entries, in one cell.

`QM, 99366, Tax ID No.; Male, Gender` until 2022, and with the kind in front since: `Tax ID No., 99366, QM; Gender, Male`. The kinds
are OFAC's own, so that its table of kinds says where each belongs and on which side of the value it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from comity.catalogue.dialects import ofac_remarks
from comity.catalogue.dialects.ofac_kinds import KINDS, PROPERTIES, How, document_property, plain
from comity.catalogue.dialects.ofac_named import Named
from comity.lists.model import About, Listed
from comity.model import countries

if TYPE_CHECKING:
    from comity.lists.model import Record

BETWEEN, WITHIN = "; ", ", "
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_GENDERS = {"Male": "male", "Female": "female"}
_IMO = "IMO "


class Item(NamedTuple):
    """One item: what kind of fact, and what stands beside it."""

    kind: str
    """As in OFAC's table; empty where the table does not know it."""
    currency: str
    """Of a wallet: what follows the kind after a dash."""
    values: tuple[str, ...]

    @property
    def text(self) -> str:
        """All that stands beside the kind, as printed."""
        return WITHIN.join(self.values)


def items(cell: str) -> list[Item]:
    """Return the items of a cell."""
    return [_item(text) for text in cell.split(BETWEEN) if text.strip()]


class Facts:
    """Says what the items mean, and gathers the directives and menu items among them."""

    def __init__(self, record: Record, about: About) -> None:
        self._record, self._about = record, about
        self._properties = PROPERTIES[about.schema]
        self.named = Named()
        self._currencies: dict[str, dict[str, None]] = {}

    def say(self, item: Item) -> None:
        """Say one item; a kind that is not known, and whatever does not fit the schema, becomes a note."""
        how, name = KINDS.get(item.kind, (How.NOTE, ""))
        match how:
            case How.DOCUMENT:
                self._document(item, name)
            case How.WALLET:
                self._currencies.setdefault(item.text, {})[item.currency] = None
            case How.NAMED | How.NAMED_ON:
                self._name(item)
            case How.COUNTRY if countries.code(item.text):
                self._about.country(name if name in self._properties else "country", item.text)
            case How.DATE if (when := ofac_remarks.date(item.text)) and name in self._properties:
                self._about.on(name, when)
            case How.GENDER | How.TEXT if name in self._properties:
                self._about.say(name, _GENDERS.get(item.text, item.text))
            case _:
                self._note(item)

    def wallets(self) -> Iterator[Listed]:
        """Yield each wallet that the items name, as a thing of its own."""
        for address, currencies in self._currencies.items():
            wallet = About(f"{self._about.reference}/wallet/{address}", "CryptoWallet")
            wallet.identify("publicKey", address)
            for currency in currencies:
                wallet.say("currency", currency)
            wallet.say("topics", "sanction")
            yield wallet.listed()

    def _name(self, item: Item) -> None:
        when = ofac_remarks.date(item.text)
        known = self.named.date(item.kind, when) if when else self.named.take(item.kind, item.text)
        self._note(item)
        if not known and not item.text.startswith("For more information"):
            self._record.odd("ids", f"{item.kind}: {item.text}")

    def _document(self, item: Item, name: str) -> None:
        dates = [value for value in item.values if _ISO_DATE.fullmatch(value)]
        rest = [value for value in item.values if value not in dates] or [dates.pop()]
        ends = (0, -1) if len(rest) > 1 else ()
        place = next((end for end in ends if _COUNTRY.fullmatch(rest[end])), None)
        country = rest.pop(place) if place is not None else ""
        number = WITHIN.join(rest)
        if number.startswith(_IMO):
            name, number = "imoNumber", number.removeprefix(_IMO)
        name = document_property(name, number, country.lower())
        if name not in self._properties:
            name = "idNumber" if "idNumber" in self._properties else ""
        if not name:
            self._note(item)
            return
        validity = {"expires_on": dates[0], "issued_on": dates[-1]} if len(dates) > 1 else {"dated": "".join(dates)}
        self._about.identify(name, number, country=country, kind=item.kind, **validity)

    def _note(self, item: Item) -> None:
        self._about.say("notes", f"{item.kind}: {item.text}" if item.kind else item.text)


def _item(text: str) -> Item:
    values = text.strip().split(WITHIN)
    for place in (-1, 0):
        kind, _, currency = plain(values[place]).partition(" - ")
        if kind in KINDS:
            return Item(kind, currency, tuple(values[:-1] if place else values[1:]))
    return Item("", "", tuple(values))
