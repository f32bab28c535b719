"""What a payment message tells the law: what it asks for, where this institution stands, and through which countries it goes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain
from types import MappingProxyType
from typing import Final

import msgspec

from comity.filtering.model.payment import Direction, Payment, PaymentKind
from comity.payments.model import Chain, FieldKind, Role, Screened, Transfer

KINDS: Final = MappingProxyType(
    {
        "pacs_009": PaymentKind.BANK_TRANSFER,
        "mt202": PaymentKind.BANK_TRANSFER,
        "mt202_cov": PaymentKind.COVER,
        "pain_001": PaymentKind.ORDER,
        "mt101": PaymentKind.ORDER,
        "pacs_004": PaymentKind.RETURN,
        "camt_056": PaymentKind.RECALL,
    }
)
"""By the catalogue's kind of message; all others are customers' transfers."""

BIC: Final = re.compile(r"[A-Za-z0-9]{4}[A-Za-z]{2}[A-Za-z0-9]{2}(?:[A-Za-z0-9]{3})?")
INSTITUTION_CHARS: Final = 8
"""The first eight characters of a BIC name the institution and its country; three more a branch (ISO 9362)."""


class Stand(msgspec.Struct, frozen=True, kw_only=True):
    """From where a payment is looked at."""

    branch: str
    on: date
    bics: frozenset[str]
    """This institution's own BICs, of eight or eleven characters."""


def describe(transfer: Transfer, stand: Stand) -> Payment:
    """Return what a message tells of a payment. What it is for, and what somebody has confirmed, it does not tell."""
    return Payment(
        kind=PaymentKind.COVER if transfer.is_cover else KINDS.get(transfer.kind, PaymentKind.CUSTOMER_TRANSFER),
        direction=direction(transfer, stand),
        branch=stand.branch,
        on=stand.on,
        amount=transfer.amount,
        agents=frozenset(_countries(transfer, _own(stand))),
        is_instant=transfer.is_instant,
    )


def direction(transfer: Transfer, stand: Stand) -> Direction:
    """Return where this institution stands: as payer's bank, payee's bank, both, or on the way.

    Of a return or a recall it is where it stood in the payment of which that speaks. A SWIFT message names neither bank where that
    bank sends or receives it.
    """
    own = _own(stand)
    parts = [one for one in (transfer.original, transfer.underlying, transfer) if one is not None]
    pays = any(_is_named(transfer, one, own, _PAYER) for one in parts)
    is_paid = any(_is_named(transfer, one, own, _PAYEE) for one in parts)
    if pays and is_paid:
        return Direction.WITHIN
    if pays or (transfer.kind in {"pain_001", "mt101"} and not is_paid):
        return Direction.OUTGOING
    return Direction.INCOMING if is_paid else Direction.THROUGH


_PAYER: Final = (Role.DEBTOR_AGENT, Role.DEBTOR)
_PAYEE: Final = (Role.CREDITOR_AGENT, Role.CREDITOR)
_HANDED: Final = MappingProxyType({_PAYER: Role.SENDER, _PAYEE: Role.RECEIVER})
"""Who stands in for a bank that a SWIFT message does not name."""


def _is_named(transfer: Transfer, part: Chain, own: frozenset[str], roles: tuple[Role, Role]) -> bool:
    """Say whether this institution plays one of the roles at an end of a chain."""
    named = [one for role in roles if (one := part.named(role)) is not None and one.bic]
    if not named and transfer.kind.startswith("mt"):
        handed = transfer.named(_HANDED[roles])
        named = [handed] if handed is not None else []
    return any(_institution(one.bic) in own for one in named)


def _countries(transfer: Transfer, own: frozenset[str]) -> Iterator[str]:
    """Yield the country of every other agent, by its BIC and by its address."""
    parts = [one for one in (transfer, transfer.underlying, transfer.original) if one is not None]
    for agent in chain.from_iterable(one.agents for one in parts):
        if _institution(agent.bic) in own:
            continue
        yield from (one.text for one in agent.said if one.kind is FieldKind.COUNTRY)
        yield from (one.text[4:6].upper() for one in agent.said if _is_bic(one))


def _is_bic(said: Screened) -> bool:
    """Say whether a text has the form of a BIC; one that is in no directory still says where its bank should be."""
    return said.kind is FieldKind.BIC and BIC.fullmatch(said.text) is not None


def _own(stand: Stand) -> frozenset[str]:
    return frozenset(_institution(one) for one in stand.bics)


def _institution(bic: str) -> str:
    return bic[:INSTITUTION_CHARS].upper()
