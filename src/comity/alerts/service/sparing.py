"""Good-guy entries while something is reported: whom they cover, and which of them have come to an end."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import msgspec

from comity.alerts.model.mattering import How, Side, compare, mattering
from comity.alerts.model.subject import SubjectKind
from comity.alerts.store import good_guys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.alerts.model.answers import Found, GoodGuy, Listed
    from comity.alerts.model.mattering import Rested
    from comity.infra.work import Work

CHANGED: Final = "changed"
"""Why an entry ended by itself before its day."""


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
            is_over = entry.id in self._ended or entry.until <= self._work.at.date()  # `expire` ends it on its day
            if is_over or not listed.known_as & set(entry.known_as):
                continue
            if self._has_changed(entry, rests, is_customers=is_customers):
                if not is_customers:
                    self._ended[entry.id] = msgspec.structs.replace(
                        entry, ended_at=self._work.at, ended_because=CHANGED
                    )
            elif entry.holds(self._work.at):
                return entry.id
        return ""

    def finish(self) -> None:
        """Write which entries have ended."""
        for entry in self._ended.values():
            good_guys.change(self._work, entry)
            self._work.record("alerts.good_guy_ended", good_guy=entry.id, because=entry.ended_because)

    def _has_changed(self, entry: GoodGuy, rests: Rested, *, is_customers: bool) -> bool:
        """Whether either side has changed in a way that matters. A payment says less of a customer than is known of them."""
        changes = mattering(compare(entry.rests, rests))
        if is_customers:
            changes = tuple(one for one in changes if one.side is Side.LISTED or one.how is How.ADDED)
        return bool(changes)


__all__ = ["CHANGED", "Sparer"]
