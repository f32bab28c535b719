"""Subjects: whoever was screened, with what was known of them then."""

from __future__ import annotations

from enum import Enum
from hashlib import sha256
from typing import Final

import msgspec

from comity.alerts.model.failures import SubjectUnfit
from comity.kit import json
from comity.kit.limits import SEARCH_TEXT_CHARS_MAX

ID_CHARS_MAX: Final = 400
"""Characters of a subject's id."""


class SubjectKind(Enum):
    """What sort of subject; its id is unique within its kind."""

    CUSTOMER = "customer"
    """Somebody of a portfolio: the id is the portfolio's and the customer's."""
    PAYMENT_PARTY = "payment_party"
    """Somebody named in one payment: the id is the payment's and the place in it."""
    NAME = "name"
    """A name that a person asked about: the id is the screening's and one of its own, since whoever may not know of an alert about
    it opens another."""


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A text in which a subject was found, and what of it was meant."""

    place: str
    """The field, as the reader of the message names it."""
    text: str
    """What stands there, whole."""
    start: int
    """In characters of the text."""
    end: int


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever was screened. Where they come from is the business of whoever reports them."""

    kind: SubjectKind
    id: str
    caption: str
    schema: str = ""
    """FollowTheMoney's; empty if that is not known."""
    properties: dict[str, tuple[str, ...]] = {}
    """FollowTheMoney's, in their normal forms: names, birth dates, countries, addresses, identifiers."""
    said: tuple[Said, ...] = ()
    """Where in a payment it was found."""

    def __post_init__(self) -> None:
        """Refuse what nobody could find again. Raises `SubjectUnfit`."""
        if not self.id.strip() or len(self.id) > ID_CHARS_MAX:
            raise SubjectUnfit(f"A subject has an id of at most {ID_CHARS_MAX} characters.")
        if not self.caption.strip() or len(self.caption) > SEARCH_TEXT_CHARS_MAX:
            raise SubjectUnfit(f"A subject is called something, in at most {SEARCH_TEXT_CHARS_MAX} characters.")

    @property
    def key(self) -> tuple[str, str]:
        """Kind and id: the same key is the same subject."""
        return self.kind.value, self.id

    @property
    def address(self) -> str:
        """The address of the customer's or the payment's page; empty for a name, whose answer is its asker's."""
        first, _, rest = self.id.partition(":")
        if self.kind is SubjectKind.PAYMENT_PARTY:
            return "/payments/earlier" if rest.startswith("l-") else f"/payments/{first}"
        return f"/customers/{customer_key(first, rest)}" if self.kind is SubjectKind.CUSTOMER else ""

    @property
    def digest(self) -> str:
        """The SHA-256 of what is known, in lower-case hexadecimal: it stands for the facts in the ledger."""
        return json.digest(self)


def customer_key(portfolio: str, customer: str) -> str:
    """Return what stands in a customer's address in the place of its id, which may be personal data."""
    return "c-" + sha256(f"{portfolio}\0{customer}".encode()).hexdigest()[:24]
