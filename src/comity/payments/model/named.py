"""Who is named in a payment: parties and agents, each being what the message says of them."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from comity.payments.model.screened import FieldKind, Role, Screened

ADDRESS = frozenset(
    {FieldKind.ADDRESS_LINE, FieldKind.STREET, FieldKind.POSTCODE, FieldKind.TOWN, FieldKind.REGION, FieldKind.NAME_OR_ADDRESS}
)  # fmt: skip
ACCOUNTS = frozenset({FieldKind.IBAN, FieldKind.ACCOUNT, FieldKind.PROXY})
IDENTIFIERS = frozenset(
    {FieldKind.BIC, FieldKind.LEI, FieldKind.CLEARING_ID, FieldKind.NATIONAL_ID, FieldKind.ORGANISATION_ID}
)
NAMES = frozenset({FieldKind.PARTY_NAME, FieldKind.AGENT_NAME})


class Named(msgspec.Struct, frozen=True):
    """Somebody in a role, as the message describes them; every property reads from what was said, in its order."""

    role: Role
    said: tuple[Screened, ...]

    @property
    def name(self) -> str:
        """The name; empty where only numbers are given."""
        return next((one.text for one in self.said if one.kind in NAMES), "")

    @property
    def address(self) -> tuple[str, ...]:
        """The lines of the address, or its parts."""
        return tuple(one.text for one in self.said if one.kind in ADDRESS)

    @property
    def country(self) -> str:
        """The country of the address, or of residence, as a code of ISO 3166; empty where it is not said apart."""
        return self._first(FieldKind.COUNTRY)

    @property
    def account(self) -> str:
        """The account: an IBAN or another number."""
        return next((one.text for one in self.said if one.kind in ACCOUNTS), "")

    @property
    def bic(self) -> str:
        """The business identifier code (ISO 9362)."""
        return self._first(FieldKind.BIC)

    @property
    def lei(self) -> str:
        """The legal entity identifier (ISO 17442)."""
        return self._first(FieldKind.LEI)

    @property
    def identifiers(self) -> tuple[Screened, ...]:
        """Every identifier, each with its kind and scheme."""
        return tuple(one for one in self.said if one.kind in IDENTIFIERS)

    def _first(self, kind: FieldKind) -> str:
        return next(self._all(kind), "")

    def _all(self, kind: FieldKind) -> Iterator[str]:
        return (one.text for one in self.said if one.kind is kind)


class Party(Named, frozen=True):
    """A person or an organisation that pays, is paid, or for whom somebody does."""

    @property
    def birth_date(self) -> str:
        """The date of birth as the message writes it."""
        return self._first(FieldKind.BIRTH_DATE)

    @property
    def birth_place(self) -> tuple[str, ...]:
        """Town, province and country of birth, as far as given."""
        return tuple(self._all(FieldKind.BIRTH_PLACE))


class Agent(Named, frozen=True):
    """A financial institution on the way of the money, or of the message."""

    @property
    def clearing_id(self) -> str:
        """The number by which a clearing system knows it."""
        return self._first(FieldKind.CLEARING_ID)
