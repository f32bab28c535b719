"""One transfer of money as one message tells it, whatever the format: who, through whom, how much, and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Final

import msgspec

from comity.model.money import Money
from comity.payments.model.named import Agent, Named, Party
from comity.payments.model.screened import FieldKind, Role, Screened

INSTANT: Final = "INST"
"""The service level or local instrument of an instant credit transfer (SEPA instant scheme; ISO 20022 external code sets)."""


class Remittance(msgspec.Struct, frozen=True):
    """What the payer tells the payee."""

    said: tuple[Screened, ...] = ()

    @property
    def unstructured(self) -> tuple[str, ...]:
        """The running text."""
        return tuple(one.text for one in self.said if one.kind is FieldKind.REMITTANCE)

    @property
    def references(self) -> tuple[str, ...]:
        """Numbers of invoices, creditors' references and the like."""
        return tuple(one.text for one in self.said if one.kind is FieldKind.REFERENCE)


class Chain(msgspec.Struct, frozen=True, kw_only=True):
    """Who pays whom, through whom, and what is said about it."""

    parties: tuple[Party, ...] = ()
    agents: tuple[Agent, ...] = ()
    remittance: Remittance = Remittance()
    texts: tuple[Screened, ...] = ()
    """Everything else that is screened: instructions, references, reports to authorities, supplementary data."""

    def named(self, role: Role) -> Named | None:
        """Return who plays a role, party or agent."""
        return next((one for one in chain(self.parties, self.agents) if one.role is role), None)

    def said(self) -> Iterator[Screened]:
        """Yield every text of this chain."""
        for one in chain(self.parties, self.agents):
            yield from one.said
        yield from self.remittance.said
        yield from self.texts


class Original(Chain, frozen=True, kw_only=True):
    """The earlier payment that a return or a recall speaks of."""

    message_id: str = ""
    message_name: str = ""
    instruction_id: str = ""
    end_to_end_id: str = ""
    transaction_id: str = ""
    uetr: str = ""
    amount: Money | None = None
    settles_on: date | None = None


class Transfer(Chain, frozen=True, kw_only=True):
    """One transfer, return or recall of money."""

    kind: str
    """The entry of the catalogue that read it: `pacs_008`."""
    version: str
    """What the message calls itself: `pacs.008.001.08`, `MT103`."""
    number: int
    """Its place among the transactions of the file, from 1."""
    message_id: str = ""
    instruction_id: str = ""
    end_to_end_id: str = ""
    transaction_id: str = ""
    uetr: str = ""
    """Unique end-to-end transaction reference, the same in every message about this payment."""
    amount: Money | None = None
    """What is moved between the agents; None only for a recall or a return of a whole message."""
    instructed_amount: Money | None = None
    """What the payer ordered, before charges and exchange."""
    settles_on: date | None = None
    charge_bearer: str = ""
    """Who bears the charges: `DEBT`, `CRED`, `SHAR`, `SLEV`."""
    charges: tuple[Money, ...] = ()
    purpose: str = ""
    category_purpose: str = ""
    service_levels: tuple[str, ...] = ()
    local_instrument: str = ""
    is_cover: bool = False
    """Whether agents move this money to cover a customer's payment, which then stands in `underlying`."""
    underlying: Chain | None = None
    original: Original | None = None
    reasons: tuple[str, ...] = ()
    """Codes of the grounds of a return or a recall: `AC04`, `CUST`."""

    @property
    def is_instant(self) -> bool:
        """Whether it is marked as an instant payment, by its service level or its local instrument."""
        return INSTANT in (self.local_instrument, *self.service_levels)


def fields(transfer: Transfer) -> Iterator[Screened]:
    """Yield every piece of text and every identifier of a transfer that is screened, with its kind and its exact place.

    Includes the customer's payment beneath a cover payment, and the original payment of a return or a recall.
    """
    for part in (transfer, transfer.underlying, transfer.original):
        if part is not None:
            yield from part.said()
