"""What people ask of the ledger, and what it answers."""

from __future__ import annotations

import msgspec

from comity.kit.errors import NotFound
from comity.kit.limits import PAGE_ROWS_DEFAULT


class EntryUnknown(NotFound):
    """The ledger has no entry of this number."""

    code = "accounts.entry_unknown"


class EntryUnopened(NotFound):
    """The entry was erased: only its commitment stands, and nobody can open it."""

    code = "accounts.entry_unopened"


class WhichEntries(msgspec.Struct, frozen=True, kw_only=True):
    """Which entries of the ledger; an empty filter is open."""

    kind: str = ""
    actor: str = ""
    before: int | None = None
    """Only entries below this index; None: from the newest on."""
    limit: int = PAGE_ROWS_DEFAULT

    @property
    def is_open(self) -> bool:
        """Whether entries of every kind and actor are asked for, erased ones too."""
        return not self.kind and not self.actor
