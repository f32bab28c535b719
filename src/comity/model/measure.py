"""Measures: what a designation forbids, to whom, and within which bounds.

A name on a list is not yet a prohibition. Some lists freeze, some only forbid new debt beyond a maturity, some require a licence,
some warn and prohibit nothing. Each list file says which of its programmes carries which measure, with the article.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from functools import lru_cache

import msgspec

from comity.kit.json import canonical, decode


class MeasureKind(Enum):
    """What is forbidden or required; the words are the field's own."""

    ASSET_FREEZE = "asset_freeze"
    """Funds and economic resources are frozen or blocked."""
    NO_FUNDS = "no_funds"
    """No funds or economic resources may be made available, directly or indirectly."""
    TRAVEL_BAN = "travel_ban"
    """Entry into or transit through the territory is refused."""
    ARMS_EMBARGO = "arms_embargo"
    """Arms and related material, and assistance with them, may not be supplied."""
    DEBT = "debt"
    """New debt beyond a maturity may not be dealt in."""
    EQUITY = "equity"
    """New equity may not be dealt in."""
    SECURITIES = "securities"
    """Publicly traded securities may not be bought or sold."""
    BONDS = "bonds"
    """Sovereign bonds may not be dealt in or lent against."""
    LOANS = "loans"
    """Loans and credits may not be given."""
    CORRESPONDENT_ACCOUNT = "correspondent_account"
    """A correspondent or payable-through account is forbidden or subject to strict conditions."""
    TRANSACTIONS = "transactions"
    """Transactions with or involving the entity are forbidden, without a freeze."""
    REJECT = "reject"
    """Transactions must be rejected and returned, and are not blocked."""
    FOREIGN_EXCHANGE = "foreign_exchange"
    """Foreign-exchange transactions are forbidden."""
    BANKING_TRANSACTIONS = "banking_transactions"
    """Transfers of credit or payments through the financial system are forbidden."""
    SERVICES = "services"
    """Named services may not be provided."""
    EXPORT = "export"
    """Goods, software or technology may not be supplied, or only under a licence."""
    EXPORT_PRIVILEGES = "export_privileges"
    """The person may not take part in any export transaction."""
    IMPORT = "import"
    """Goods may not be imported from the entity."""
    PROCUREMENT = "procurement"
    """No public contracts may be awarded."""
    VESSEL_PORT_ENTRY = "vessel_port_entry"
    """The ship may not enter port."""
    VESSEL_DEFLAG = "vessel_deflag"
    """The ship loses, or may not obtain, its registration."""
    VESSEL_SERVICES = "vessel_services"
    """The ship may not be chartered, crewed, insured or otherwise served."""
    VESSEL_IMPOUND = "vessel_impound"
    """The ship is to be seized, inspected or held."""
    AIRCRAFT = "aircraft"
    """The aircraft may not land, take off, fly over or be served."""
    TRUST_SERVICES = "trust_services"
    """Trust services may not be provided."""
    DIRECTOR_DISQUALIFICATION = "director_disqualification"
    """The person may not be a director."""
    INTERNET_SERVICES = "internet_services"
    """Internet, social-media and application services must block the entity's content."""
    OFFICERS = "officers"
    """Its officers or shareholders are excluded from the territory, or sanctioned as it is."""
    OTHER = "other"
    """A measure that the list states in words of its own, kept in `object`."""
    NONE = "none"
    """The list informs or warns, and prohibits nothing by itself."""


class Measure(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One prohibition or duty that follows from a designation."""

    kind: MeasureKind
    object: str = ""
    """What is touched, in words: `new debt`, `funds and economic resources`."""
    parameters: dict[str, str] = {}
    """Bounds with the unit in the key: `maturity_days_max: 14`, `price_usd_max: 60`."""
    binds: str = ""
    """Who must obey, in words: `US persons`, `all UN member states`."""
    since: date | None = None
    """First day on which it binds, if that is not the day of listing."""
    until: date | None = None
    """First day on which it no longer binds: the end of a wind-down, an expiry."""
    article: str = ""
    """The provision that forbids: `E.O. 13662, Directive 1, section 1`."""
    exceptions: tuple[str, ...] = ()
    """Exceptions, general licences and wind-downs that the source states, with their citation."""

    def write(self) -> str:
        """Return the canonical JSON text under which a statement keeps this measure."""
        return _written(msgspec.json.encode(self))

    @staticmethod
    def read(text: str) -> Measure:
        """Read a measure back from a statement. Raises `JsonMalformed`."""
        return decode(text, Measure)

    @property
    def prohibits(self) -> bool:
        """Whether anything is forbidden at all."""
        return self.kind is not MeasureKind.NONE


@lru_cache(maxsize=4_096)
def _written(measure: bytes) -> str:
    """Return the canonical text of an encoded measure; a list repeats few of them thousands of times."""
    return canonical(decode(measure, Measure)).decode()
