"""Our own engine, asked as the bench asks: parties with their points, the best row of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.matching.building import build
from comity.matching.engine import Engine
from comity.matching.index import Bearer
from comity.matching.names import Kind
from comity.matching.scoring import shipped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from screening.measure import Hits
    from screening.names import Listed

KINDS = {"Person": Kind.PERSON, "Vessel": Kind.VESSEL}


class Comity:
    """The engine in plain wheels."""

    name = "comity"

    def build(self, listed: Sequence[Listed]) -> None:
        bearers = [Bearer(each.id, KINDS.get(each.schema, Kind.ORGANISATION), each.names) for each in listed]
        self._engine = Engine(build(bearers), shipped())

    def ask(self, text: str, schema: str) -> Hits:
        index = self._engine.index
        found: dict[str, float] = {}
        for match in self._engine.ask(text, KINDS.get(schema, Kind.ORGANISATION)):
            for bearer in index.bearers[match.row.number].tolist():
                found.setdefault(index.ids[bearer], match.points)
        return list(found.items())

    def pair(self, left: str, right: str, schema: str) -> float:
        """Return the points of two names, each in turn the listed one; a list of one is the list."""
        return max(self._alone(left, right, schema), self._alone(right, left, schema))

    def _alone(self, asked: str, listed: str, schema: str) -> float:
        kind = KINDS.get(schema, Kind.ORGANISATION)
        matches = Engine(build([Bearer("only", kind, (listed,))]), shipped()).ask(asked, kind)
        return matches[0].points if matches else -1e9
