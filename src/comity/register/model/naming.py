"""Who is in force, and by which names and numbers: what screening looks among."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

import msgspec

from comity.model.designation import State

IN_FORCE: Final = frozenset({State.LISTED, State.SUSPENDED, State.UNKNOWN})
"""States in which an entry is looked for: it stands on its list, or nobody can tell that it does not."""


class Said(msgspec.Struct, frozen=True, order=True, array_like=True):
    """One thing that lists say of somebody, and which regimes say so."""

    property: str
    """A FollowTheMoney property."""
    value: str
    """In its normal form."""
    country: str = ""
    """Of the issuer of a number, where the list says it; two letters in lower case."""
    regimes: tuple[str, ...] = ()
    """The two letters of each that says so, in order."""


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody or something that is in force on a day: the entries that were joined, as one."""

    lead: str
    """The least id of its entries. The same entries have the same lead, whatever their cluster is called."""
    id: str
    """Under which `search` and `show` know it."""
    schema: str
    caption: str
    names: tuple[str, ...]
    """Every name, alias and spelling by which the lists know it on the day, in the order of text."""
    weak: tuple[Said, ...] = ()
    """Those of its names that every list which has them calls weak."""
    identifiers: tuple[Said, ...]
    """Its numbers, and the addresses of its wallets."""
    facts: tuple[Said, ...] = ()
    """What may speak for or against it beside its name: dates, countries, gender, titles, addresses, what a vessel is."""
    references: tuple[str, ...]
    """`list:reference` of every entry in force."""


class Learned(NamedTuple):
    """What people and rules have told the register beside what the lists say; all of it is only ever added to."""

    at: datetime | None
    """When the last of it was told."""
    facts: int
    """How much there is."""
