"""Editions: which publication of a list this is, how editions are ordered, and when one is not to be trusted."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from enum import Enum
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from comity.lists.model.source import Expect, Head

DAYS_PER_MONTH = 30


PART_LOSS_MIN = 5
"""Fewer statements than this may vanish from a part whatever its size: some parts hold a dozen."""


class Status(Enum):
    """Where an edition stands."""

    ACCEPTED = "accepted"
    QUARANTINED = "quarantined"
    """It breaks its expectations, or cannot be read; the last good one stays in force."""
    REJECTED = "rejected"
    """A person looked, and refused it."""
    UNCHANGED = "unchanged"
    """The same bytes as an edition that is here already; never stored, only answered."""


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """What an edition holds, and how it differs from the nearest earlier accepted edition."""

    designations: int
    """Records: entries of the list."""
    statements: int = 0
    parts: dict[str, int] = {}
    """Statements by the part of the publication that makes them, for every part of which it speaks."""
    added: int = 0
    removed: int = 0
    changed: int = 0


class EditionChange(msgspec.Struct, frozen=True, kw_only=True):
    """The references that differ between an edition and the nearest earlier accepted one."""

    earlier_id: str = ""
    days: float = 0.0
    earlier_count: int = 0
    earlier_parts: dict[str, int] = {}
    """The earlier edition's statements by part; empty where it is in another format, so that the two cannot be compared."""
    added: int = 0
    removed: int = 0
    changed: int = 0


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """One published version of one list."""

    id: str
    """`un_consolidated@2031-11-20.7f3ac20e`: the list, the day of publication, the beginning of the hash."""
    source: str
    """The source's id; for a FollowTheMoney dataset `ftm:<dataset>`."""
    key: str
    """Its place among the editions of its list, as `edition_key` gives it: text order is publication order."""
    format: str
    files: dict[str, str]
    """The SHA-256 of each file's plain bytes, by the format's name for it."""
    parts: tuple[str, ...]
    """What this set of files speaks of."""
    published_at: datetime
    fetched_at: datetime
    sha256: str
    counts: Counts
    status: Status
    reasons: tuple[str, ...] = ()
    """Why it is in quarantine, each a sentence; kept after a release."""
    decided_at: datetime | None = None
    """When it was accepted, released or rejected: from then on it is known."""
    decided_by: str = ""
    decision: str = ""
    """What the person wrote who released or rejected it."""


def edition_key(published_at: datetime, sha256: str) -> str:
    """Return the text by which the editions of one list are ordered: published instant, then hash."""
    return f"{published_at.astimezone(UTC):%Y%m%dT%H%M%S%f}.{sha256[:12]}"


def edition_id(source: str, published_at: datetime, sha256: str) -> str:
    """Return an edition's id, readable and unique."""
    return f"{source}@{published_at.astimezone(UTC).date().isoformat()}.{sha256[:8]}"


def fingerprint(files: Mapping[str, str]) -> str:
    """Return the SHA-256 that identifies a set of files by their names and hashes, whatever their order."""
    lines = "".join(f"{name}\n{sha256}\n" for name, sha256 in sorted(files.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def judge(
    expect: Expect, head: Head, counts: Counts, change: EditionChange, oddities: Mapping[str, int]
) -> tuple[str, ...]:
    """Return why an edition must wait for a person; nothing if it need not.

    It is judged against the nearest earlier accepted edition, and the share that may vanish, of its records and of what each of its
    parts says, grows with the time between the two.
    """
    reasons: list[str] = []
    fewest, most = expect.designations
    if head.count is not None and head.count != counts.designations:
        reasons.append(f"It says that it holds {head.count:,} records and holds {counts.designations:,}.")
    if not fewest <= counts.designations <= most:
        reasons.append(f"It holds {counts.designations:,} records; this list holds between {fewest:,} and {most:,}.")
    allowed = removable(expect, change.days)
    share = change.removed / change.earlier_count if change.earlier_count else 0.0
    if share > allowed:
        reasons.append(
            f"It removes {change.removed:,} of {change.earlier_count:,} records ({share:.1%}) within {_days(change.days)};"
            f" up to {allowed:.1%} is usual."
        )
    for part, before in sorted(change.earlier_parts.items()):
        now = counts.parts.get(part, before)
        lost = before * (1 - share) - now  # beyond what went with the records that it removes
        if lost >= PART_LOSS_MIN and lost / before > allowed:
            reasons.append(f"It makes {now:,} statements in its {part}, where the edition before made {before:,}.")
    reasons += [f"It holds {count:,} times an unknown value: {oddity}." for oddity, count in sorted(oddities.items())]
    return tuple(reasons)


def _days(days: float) -> str:
    return "a day" if round(days) <= 1 else f"{days:.0f} days"


def removable(expect: Expect, days: float) -> float:
    """Return the share of records that may vanish within some days."""
    return min(expect.removed_at_once_max + expect.removed_per_month_max * days / DAYS_PER_MONTH, 1.0)


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One expectation of a list, and whether an edition meets it."""

    of: str
    """`records`, their number; or `removed`, the share of them that vanished."""
    holds: bool
    found: float
    least: float
    most: float


def checks(expect: Expect, counts: Counts, earlier_count: int, days: float) -> tuple[Check, ...]:
    """Return the expectations that can be checked by an edition's figures alone, for whoever decides about it."""
    fewest, most = expect.designations
    number = counts.designations
    found = [Check(of="records", holds=fewest <= number <= most, found=number, least=fewest, most=most)]
    if earlier_count:
        share, allowed = counts.removed / earlier_count, removable(expect, days)
        found.append(Check(of="removed", holds=share <= allowed, found=share, least=0, most=allowed))
    return tuple(found)
