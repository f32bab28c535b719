"""Who is in force, and by which names and numbers: what screening looks among."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

import msgspec

from comity.model.designation import State

IN_FORCE: Final = frozenset({State.LISTED, State.SUSPENDED, State.UNKNOWN})
"""States in which an entry is looked for: it stands on its list, or nobody can tell that it does not."""


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
    identifiers: tuple[tuple[str, str], ...]
    """Its numbers as (property, normal form), and the addresses of its wallets."""
    references: tuple[str, ...]
    """`list:reference` of every entry in force."""


class Learned(NamedTuple):
    """What people and rules have told the register beside what the lists say; all of it is only ever added to."""

    at: datetime | None
    """When the last of it was told."""
    facts: int
    """How much there is."""
