"""What is screened in a message: each piece of text with its kind and its place, and what it may be compared with.

The kind decides the comparison. A street named after a listed person, a reference that reads like a ship, and a town inside a word
are false alarms by construction unless the text says what it is; so every text does.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import msgspec

from comity.model import identifiers


class Role(Enum):
    """The part that somebody plays in a payment, in the words of ISO 20022."""

    __hash__ = object.__hash__  # by identity: asked for with every text of every payment

    DEBTOR = "debtor"
    ULTIMATE_DEBTOR = "ultimate_debtor"
    INITIATING_PARTY = "initiating_party"
    CREDITOR = "creditor"
    ULTIMATE_CREDITOR = "ultimate_creditor"
    ORIGINATOR = "originator"
    """Who asked for a return or a recall."""
    INVOICER = "invoicer"
    INVOICEE = "invoicee"
    GARNISHEE = "garnishee"
    GARNISHMENT_ADMINISTRATOR = "garnishment_administrator"
    TAX_CREDITOR = "tax_creditor"
    TAX_DEBTOR = "tax_debtor"
    TAX_ULTIMATE_DEBTOR = "tax_ultimate_debtor"
    CHEQUE_FROM = "cheque_from"
    DELIVERED_TO = "delivered_to"
    """Where a cheque or the advice of a remittance is sent."""
    CREDITOR_SCHEME = "creditor_scheme"
    ORIGINAL_CREDITOR_SCHEME = "original_creditor_scheme"
    ORIGINAL_DEBTOR = "original_debtor"
    ALLOCATED = "allocated"
    """Whose account a part of the amount is booked to."""
    CHARGES_ACCOUNT = "charges_account"
    SETTLEMENT_ACCOUNT = "settlement_account"
    CASE_CREATOR = "case_creator"
    ASSIGNER = "assigner"
    ASSIGNEE = "assignee"
    SENDER = "sender"
    RECEIVER = "receiver"
    RELATED_SENDER = "related_sender"
    RELATED_RECEIVER = "related_receiver"
    INSTRUCTING_AGENT = "instructing_agent"
    INSTRUCTED_AGENT = "instructed_agent"
    DEBTOR_AGENT = "debtor_agent"
    CREDITOR_AGENT = "creditor_agent"
    INTERMEDIARY_AGENT_1 = "intermediary_agent_1"
    INTERMEDIARY_AGENT_2 = "intermediary_agent_2"
    INTERMEDIARY_AGENT_3 = "intermediary_agent_3"
    PREVIOUS_INSTRUCTING_AGENT_1 = "previous_instructing_agent_1"
    PREVIOUS_INSTRUCTING_AGENT_2 = "previous_instructing_agent_2"
    PREVIOUS_INSTRUCTING_AGENT_3 = "previous_instructing_agent_3"
    INSTRUCTING_REIMBURSEMENT_AGENT = "instructing_reimbursement_agent"
    INSTRUCTED_REIMBURSEMENT_AGENT = "instructed_reimbursement_agent"
    THIRD_REIMBURSEMENT_AGENT = "third_reimbursement_agent"
    FORWARDING_AGENT = "forwarding_agent"
    CHARGES_AGENT = "charges_agent"
    EXCHANGE_AGENT = "exchange_agent"
    ORIGINAL_DEBTOR_AGENT = "original_debtor_agent"
    ORIGINAL_CREDITOR_AGENT = "original_creditor_agent"
    FURTHER_AGENT = "further_agent"
    """An agent that a note to the receiver names."""


class FieldKind(Enum):
    """What a piece of text is."""

    __hash__ = object.__hash__  # the same

    PARTY_NAME = "party_name"
    AGENT_NAME = "agent_name"
    CONTACT_NAME = "contact_name"
    """A person to write or to speak to, or in whose care a letter is sent."""
    ACCOUNT_NAME = "account_name"
    NAME_OR_ADDRESS = "name_or_address"
    """A line that may continue a name or begin an address: the old format does not say which."""
    BIC = "bic"
    LEI = "lei"
    CLEARING_ID = "clearing_id"
    IBAN = "iban"
    ACCOUNT = "account"
    PROXY = "proxy"
    """What stands for an account: a telephone number, an address for mail, a wallet."""
    NATIONAL_ID = "national_id"
    ORGANISATION_ID = "organisation_id"
    CONTACT = "contact"
    """A telephone number, an address for mail, a department."""
    ADDRESS_LINE = "address_line"
    STREET = "street"
    POSTCODE = "postcode"
    TOWN = "town"
    REGION = "region"
    COUNTRY = "country"
    BIRTH_DATE = "birth_date"
    BIRTH_PLACE = "birth_place"
    REMITTANCE = "remittance"
    FREE_TEXT = "free_text"
    """Instructions, reasons, reports to authorities: anything that a person may have written."""
    REFERENCE = "reference"


class Against(Enum):
    """What a piece of text may be compared with."""

    PARTY = "party"
    """The names of listed persons and organisations; within running text, as mentions."""
    VESSEL = "vessel"
    """The names of listed ships and aircraft."""
    IDENTIFIER = "identifier"
    """Listed numbers of the same type, exactly; within running text, those that can be told by their form."""
    PLACE = "place"
    """Towns and regions under a territorial measure."""
    COUNTRY = "country"
    """Countries under a territorial measure."""


_NAME = frozenset({Against.PARTY})
_NUMBER = frozenset({Against.IDENTIFIER})
_TEXT = frozenset({Against.PARTY, Against.VESSEL, Against.IDENTIFIER, Against.PLACE, Against.COUNTRY})
_PLACE = frozenset({Against.PLACE})
_EVIDENCE: frozenset[Against] = frozenset()
"""Never a question of its own: shown beside a match of the same party, for or against it."""

AGAINST: Final = MappingProxyType(
    {
        FieldKind.PARTY_NAME: frozenset({Against.PARTY, Against.VESSEL}),
        FieldKind.AGENT_NAME: _NAME,
        FieldKind.CONTACT_NAME: _NAME,
        FieldKind.ACCOUNT_NAME: _NAME,
        FieldKind.NAME_OR_ADDRESS: frozenset({Against.PARTY, Against.PLACE, Against.COUNTRY}),
        FieldKind.BIC: frozenset({Against.IDENTIFIER, Against.COUNTRY}),
        FieldKind.LEI: _NUMBER,
        FieldKind.CLEARING_ID: _NUMBER,
        FieldKind.IBAN: frozenset({Against.IDENTIFIER, Against.COUNTRY}),
        FieldKind.ACCOUNT: _NUMBER,
        FieldKind.PROXY: _NUMBER,
        FieldKind.NATIONAL_ID: _NUMBER,
        FieldKind.ORGANISATION_ID: _NUMBER,
        FieldKind.CONTACT: _NUMBER,
        FieldKind.ADDRESS_LINE: frozenset({Against.PLACE, Against.COUNTRY}),
        FieldKind.STREET: _EVIDENCE,
        FieldKind.POSTCODE: _EVIDENCE,
        FieldKind.TOWN: _PLACE,
        FieldKind.REGION: _PLACE,
        FieldKind.COUNTRY: frozenset({Against.COUNTRY}),
        FieldKind.BIRTH_DATE: _EVIDENCE,
        FieldKind.BIRTH_PLACE: _EVIDENCE,
        FieldKind.REMITTANCE: _TEXT,
        FieldKind.FREE_TEXT: _TEXT,
        FieldKind.REFERENCE: _EVIDENCE,
    }
)
"""What each kind of text is compared with, and with nothing else."""

_CHECKED = {FieldKind.BIC: "swiftBic", FieldKind.IBAN: "ibanCode", FieldKind.LEI: "leiCode"}


class Screened(msgspec.Struct, frozen=True):
    """One piece of text of a message, as it stands there."""

    kind: FieldKind
    text: str
    place: str
    """`FIToFICstmrCdtTrf/CdtTrfTxInf[1]/Cdtr/Nm` in XML, `:59:2` (field and line) in a SWIFT message, `4/creditor_name` (line and
    column) in CSV."""
    role: Role | None = None
    """Of whom it speaks, if of anybody."""
    scheme: str = ""
    """Of which type an identifier is, as the message says: `CCPT`, `TXID`, `USABA`."""
    is_valid: bool | None = None
    """Whether the check digits and the form of a BIC, IBAN or LEI are right; None where nothing can be checked.

    A malformed one is kept and screened like any other text: a wrong digit must not hide an account.
    """

    @property
    def against(self) -> frozenset[Against]:
        """What this text may be compared with; where a number is malformed, anything may stand there, and so a name."""
        return AGAINST[self.kind] | _NAME if self.is_valid is False else AGAINST[self.kind]


def screened(kind: FieldKind, text: str, place: str, role: Role | None = None, scheme: str = "") -> Screened:
    """Make a piece of text; identifiers are judged, never mended."""
    property_ = _CHECKED.get(kind)
    return Screened(kind, text, place, role, scheme, _is_valid(property_, text) if property_ else None)


@lru_cache(maxsize=8192)
def _is_valid(property_: str, text: str) -> bool | None:
    return identifiers.check(property_, text).is_valid
