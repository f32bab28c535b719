"""A payment as the law sees it: who carries it out where, in which direction, through whom, and for what."""

from __future__ import annotations

from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import Final

import msgspec

from comity.model.measure import Measure
from comity.model.money import Money
from comity.payments.model import Role


class PaymentKind(Enum):
    """What a message asks for."""

    CUSTOMER_TRANSFER = "customer_transfer"
    """One customer pays another (pacs.008, MT103)."""
    BANK_TRANSFER = "bank_transfer"
    """Banks pay each other on their own account (pacs.009, MT202)."""
    COVER = "cover"
    """Banks move money to cover a customer's payment (pacs.009 COV, MT202 COV)."""
    ORDER = "order"
    """A customer orders his bank to pay (pain.001, MT101)."""
    RETURN = "return"
    """Money of an earlier payment comes back (pacs.004)."""
    RECALL = "recall"
    """Somebody asks for the money of an earlier payment back (camt.056)."""


class Direction(Enum):
    """Where this node's institution stands in a payment."""

    OUTGOING = "outgoing"
    """It is the payer's bank."""
    INCOMING = "incoming"
    """It is the payee's bank."""
    THROUGH = "through"
    """It is a bank on the way, and neither side is its customer."""
    WITHIN = "within"
    """Both are its customers."""


class Part(Enum):
    """The part that a matched person plays in a payment."""

    PAYER = "payer"
    PAYEE = "payee"
    ULTIMATE_PAYER = "ultimate_payer"
    """For whom the payer pays, or who ordered it."""
    ULTIMATE_PAYEE = "ultimate_payee"
    """For whom the payee is paid."""
    PAYER_AGENT = "payer_agent"
    PAYEE_AGENT = "payee_agent"
    INTERMEDIARY = "intermediary"
    """Any other bank on the way of the money or of the message."""
    MENTIONED = "mentioned"
    """Named in a text, or in a part that says nothing of the money; what that means for it nobody has determined yet."""
    SUBJECT = "subject"
    """A person has determined that the payment is for what the listed one sold, shipped, owns or does, without being a party."""


class Matter(Enum):
    """What a payment is for, as far as somebody has determined it."""

    UNKNOWN = "unknown"
    NEW_DEBT = "new_debt"
    """New debt of a maturity that a measure forbids."""
    NEW_EQUITY = "new_equity"
    SECURITIES = "securities"
    LOAN = "loan"
    FOREIGN_EXCHANGE = "foreign_exchange"
    GOODS = "goods"
    """Goods, software or technology that a measure restricts."""
    SERVICES = "services"
    """Services that a measure restricts."""
    SHIP = "ship"
    """Chartering, port dues, crew, insurance or another service to a ship or an aircraft."""
    HUMANITARIAN = "humanitarian"
    """Humanitarian aid, and what supports basic human needs."""
    BASIC_NEEDS = "basic_needs"
    """Food, rent, medicine, taxes, insurance, utilities of a listed person and dependants."""
    LEGAL_FEES = "legal_fees"
    HOLDING_FEES = "holding_fees"
    """Fees for holding or keeping frozen funds: account charges, custody."""
    INTEREST = "interest"
    """Interest and other earnings on a frozen account."""
    PRIOR_CONTRACT = "prior_contract"
    """A payment due under a contract concluded before the listing."""
    ORDINARY = "ordinary"
    """None of these."""


class Resolution(Enum):
    """Whether it is the listed one who is meant."""

    UNDECIDED = "undecided"
    TRUE = "true"
    FALSE = "false"


class Ownership(msgspec.Struct, frozen=True, kw_only=True):
    """Listed persons hold shares of a party that is not listed itself; a share or a control that nobody knows is None."""

    share_bp: int | None = None
    """All listed persons' shares together, in hundredths of a per cent: 5000 is one half."""
    control: bool | None = None
    """Whether a listed person controls it by other means than shares."""


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """One party or text of a payment, and one designation that may be meant."""

    hit: str
    """The hit of the alert on which a person decides."""
    part: Part
    resolution: Resolution
    person: str
    """The listed entity's id."""
    source: str
    """The list of the catalogue on which it stands: `us_ofac_sdn`."""
    programme: str = ""
    measures: tuple[Measure, ...] = ()
    ownership: Ownership | None = None
    """Set where the party is not the listed one, but owned or controlled by it; `person` is then the owner."""


class Payment(msgspec.Struct, frozen=True, kw_only=True):
    """What must be known of a payment to say what the law makes of it."""

    kind: PaymentKind
    direction: Direction
    branch: str
    """The branch of this institution that carries it out, as the bindings call it."""
    on: date
    """The day on which it is decided."""
    amount: Money | None = None
    agents: frozenset[str] = frozenset()
    """Countries of all agents on the way, as codes of ISO 3166; without this institution itself."""
    is_instant: bool = False
    """Whether it is an instant credit transfer."""
    matter: Matter = Matter.UNKNOWN
    confirmed: frozenset[str] = frozenset()
    """References of the authorisations whose conditions a person has confirmed to be met."""
    blocked_under: frozenset[str] = frozenset()
    """Of a return or a recall: the regimes under which the money of the original payment is blocked here."""


_PARTS: Final = MappingProxyType(
    {
        Role.DEBTOR: Part.PAYER,
        Role.ORIGINAL_DEBTOR: Part.PAYER,
        Role.ULTIMATE_DEBTOR: Part.ULTIMATE_PAYER,
        Role.INITIATING_PARTY: Part.ULTIMATE_PAYER,
        Role.CREDITOR: Part.PAYEE,
        Role.ULTIMATE_CREDITOR: Part.ULTIMATE_PAYEE,
        Role.ALLOCATED: Part.ULTIMATE_PAYEE,
        Role.DEBTOR_AGENT: Part.PAYER_AGENT,
        Role.ORIGINAL_DEBTOR_AGENT: Part.PAYER_AGENT,
        Role.CREDITOR_AGENT: Part.PAYEE_AGENT,
        Role.ORIGINAL_CREDITOR_AGENT: Part.PAYEE_AGENT,
        **dict.fromkeys(
            (
                Role.SENDER,
                Role.RECEIVER,
                Role.RELATED_SENDER,
                Role.RELATED_RECEIVER,
                Role.INSTRUCTING_AGENT,
                Role.INSTRUCTED_AGENT,
                Role.INTERMEDIARY_AGENT_1,
                Role.INTERMEDIARY_AGENT_2,
                Role.INTERMEDIARY_AGENT_3,
                Role.PREVIOUS_INSTRUCTING_AGENT_1,
                Role.PREVIOUS_INSTRUCTING_AGENT_2,
                Role.PREVIOUS_INSTRUCTING_AGENT_3,
                Role.INSTRUCTING_REIMBURSEMENT_AGENT,
                Role.INSTRUCTED_REIMBURSEMENT_AGENT,
                Role.THIRD_REIMBURSEMENT_AGENT,
                Role.FORWARDING_AGENT,
                Role.CHARGES_AGENT,
                Role.EXCHANGE_AGENT,
                Role.FURTHER_AGENT,
            ),
            Part.INTERMEDIARY,
        ),
    }
)


def part(role: Role | None) -> Part:
    """Return the part of whoever plays a role; a text that speaks of nobody, and a role without a hand on the money, mention."""
    return Part.MENTIONED if role is None else _PARTS.get(role, Part.MENTIONED)
