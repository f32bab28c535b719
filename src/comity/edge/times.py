"""The two times under which a page is read: as the law stood on a day, as far as this node knew at an instant.

They travel as the query parameters `as_of` and `known_at` of each address, so that an address answers the same for everybody,
and no session remembers a past that a person has forgotten to leave.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import msgspec

from comity.edge.problems import RequestInvalid

if TYPE_CHECKING:
    from collections.abc import Mapping

AS_OF: Final = "as_of"
KNOWN_AT: Final = "known_at"


def cleaned(query: bytes) -> bytes:
    """Return a query without those of the two times that are empty: a form sends both, and an empty one means now."""
    empty = (f"{AS_OF}=".encode(), f"{KNOWN_AT}=".encode())
    return b"&".join(part for part in query.split(b"&") if part not in empty)


class Times(msgspec.Struct, frozen=True, kw_only=True):
    """As the law stood on `as_of`, as far as was known at `known_at`; None is now."""

    as_of: date | None = None
    known_at: datetime | None = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Times:
        """Read the two times from an address; an empty one is now. Raises `RequestInvalid`."""
        as_of, known_at = query.get(AS_OF, ""), query.get(KNOWN_AT, "")
        try:
            on = date.fromisoformat(as_of) if as_of else None
            at = datetime.fromisoformat(known_at) if known_at else None
        except ValueError as error:
            raise RequestInvalid(
                "as_of is a day such as 2031-11-21, known_at an instant such as 2031-11-21T09:00Z."
            ) from error
        return cls(as_of=on, known_at=at and (at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)))

    @property
    def is_now(self) -> bool:
        """Whether the page shows the present, so that things can be decided on it."""
        return self.as_of is None and self.known_at is None

    def carried_by(self, path: str) -> str:
        """Return an address of this console with the two times on it."""
        marks = self.marks
        if not marks:
            return path
        address, _, fragment = path.partition("#")
        joined = f"{address}{'&' if '?' in address else '?'}{urlencode(marks)}"
        return f"{joined}#{fragment}" if fragment else joined

    @property
    def marks(self) -> dict[str, str]:
        """The query parameters that say these times; none for now."""
        found = {}
        if self.as_of:
            found[AS_OF] = self.as_of.isoformat()
        if self.known_at:
            found[KNOWN_AT] = f"{self.known_at:%Y-%m-%dT%H:%MZ}"
        return found
