"""Good-guy entries while something is reported: whom they cover, and which of them have come to an end."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from comity.alerts.model.mattering import How, Side, compare, mattering
from comity.alerts.model.subject import SubjectKind
from comity.alerts.store import good_guys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.alerts.model.answers import Found, GoodGuy, Listed
    from comity.alerts.model.mattering import Rested
    from comity.infra.work import Work

CHANGED, EXPIRED = "changed", "expired"
"""Why an entry ended by itself."""


class Sparer:
    """The good-guy entries of the subjects that are reported together, read once."""

    def __init__(self, work: Work, found: Sequence[Found]) -> None:
        self._work = work
        wanted: dict[SubjectKind, set[str]] = defaultdict(set)
        for one in found:
            wanted[one.subject.kind].add(one.subject.id)
            if one.customer:
                wanted[SubjectKind.CUSTOMER].add(one.customer)
        self._held: dict[tuple[str, str], list[GoodGuy]] = defaultdict(list)
        for kind, ids in wanted.items():
            for entry in good_guys.of_subjects(work, kind, ids):
                self._held[entry.subject].append(entry)
        self._ended: dict[str, GoodGuy] = {}

    def covering(self, found: Found, listed: Listed, rests: Rested) -> str:
        """Return the id of the entry that covers a pair, or nothing; one whose grounds have changed ends here."""
        own = [(entry, False) for entry in self._held[found.subject.key]]
        customers = [(entry, True) for entry in self._held[SubjectKind.CUSTOMER.value, found.customer]]
        for entry, is_customers in (*own, *customers):
            if entry.id in self._ended or not listed.known_as & set(entry.known_as):
                continue
            if why := self._over(entry, rests, is_customers=is_customers):
                if not is_customers:
                    self._ended[entry.id] = msgspec.structs.replace(entry, ended_at=self._work.at, ended_because=why)
            elif entry.holds(self._work.at):
                return entry.id
        return ""

    def finish(self) -> None:
        """Write which entries have ended."""
        for entry in self._ended.values():
            good_guys.change(self._work, entry)
            self._work.record("alerts.good_guy_ended", good_guy=entry.id, because=entry.ended_because)

    def _over(self, entry: GoodGuy, rests: Rested, *, is_customers: bool) -> str:
        """Return why an entry does not cover a pair, or nothing. A payment says less of a customer than is known of them."""
        if entry.until <= self._work.at.date():
            return EXPIRED
        changes = mattering(compare(entry.rests, rests))
        if is_customers:
            changes = tuple(one for one in changes if one.side is Side.LISTED or one.how is How.ADDED)
        return CHANGED if changes else ""


__all__ = ["CHANGED", "EXPIRED", "Sparer"]
