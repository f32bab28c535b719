"""What a transfer is, who is named in it, which of its texts are screened as what, and how its messages are told apart."""

from comity.lists.model import InMemory, Opened
from comity.payments.model import xml
from comity.payments.model.assembling import REMITTANCE, Gathered
from comity.payments.model.failures import (
    FieldUnknown,
    KindUnknown,
    MessageTooLarge,
    MessageUnreadable,
    ValueMalformed,
    located,
)
from comity.payments.model.files import Announced, Standard, announced, message_name, messages
from comity.payments.model.kinds import Example, Expected, MessageKind, find, read
from comity.payments.model.named import Agent, Named, Party
from comity.payments.model.screened import AGAINST, Against, FieldKind, Role, Screened, screened
from comity.payments.model.transfer import Chain, Original, Remittance, Transfer, fields

__all__ = [
    "AGAINST",
    "REMITTANCE",
    "Against",
    "Agent",
    "Announced",
    "Chain",
    "Example",
    "Expected",
    "FieldKind",
    "FieldUnknown",
    "Gathered",
    "InMemory",
    "KindUnknown",
    "MessageKind",
    "MessageTooLarge",
    "MessageUnreadable",
    "Named",
    "Opened",
    "Original",
    "Party",
    "Remittance",
    "Role",
    "Screened",
    "Standard",
    "Transfer",
    "ValueMalformed",
    "announced",
    "fields",
    "find",
    "located",
    "message_name",
    "messages",
    "read",
    "screened",
    "xml",
]
