"""Our own engine, asked as the bench asks: parties with their points, the best row of each."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from comity.matching import compiled, keeping
from comity.matching.building import build
from comity.matching.bulk import ask_many, processes
from comity.matching.engine import Engine
from comity.matching.index import Bearer
from comity.matching.names import Kind
from comity.matching.scoring import shipped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from screening.measure import Hits
    from screening.names import Listed

COMPILED = Path(tempfile.gettempdir()) / "screening-compiled"
KINDS = {"Person": Kind.PERSON, "Vessel": Kind.VESSEL}


class Comity:
    """The engine in plain wheels, on an index on disk, as a node has it."""

    name = "comity"
    compiled = False

    def build(self, listed: Sequence[Listed]) -> None:
        bearers = [Bearer(each.id, KINDS.get(each.schema, Kind.ORGANISATION), each.names) for each in listed]
        self._folder = Path(tempfile.mkdtemp(prefix="screening-index-")) / "index"
        keeping.keep(build(bearers, processes()), self._folder)

    def start(self) -> None:
        self._engine = Engine(keeping.opened(self._folder), shipped())
        if self.compiled:
            assert compiled.speed_up(self._engine, COMPILED), "numba is missing"
        self._engine.warm()

    def ask_many(self, asked: Sequence[tuple[str, str]]) -> list[Hits]:
        names = [(text, KINDS.get(schema, Kind.ORGANISATION)) for text, schema in asked]
        code = COMPILED if self.compiled else None
        return [self._hits(found) for found in ask_many(self._folder, shipped(), names, processes(), code)]

    def ask(self, text: str, schema: str) -> Hits:
        matches = self._engine.ask(text, KINDS.get(schema, Kind.ORGANISATION))
        return self._hits([(match.row.number, match.points) for match in matches])

    def _hits(self, rows: Sequence[tuple[int, int]]) -> Hits:
        index = self._engine.index
        found: dict[str, float] = {}
        for row, points in rows:
            for bearer in index.bearers.list(row):
                found.setdefault(index.ids[bearer], points)
        return list(found.items())

    def pair(self, left: str, right: str, schema: str) -> float:
        """Return the points of two names, each in turn the listed one; a list of one is the list."""
        return max(self._alone(left, right, schema), self._alone(right, left, schema))

    def _alone(self, asked: str, listed: str, schema: str) -> float:
        kind = KINDS.get(schema, Kind.ORGANISATION)
        matches = Engine(build([Bearer("only", kind, (listed,))]), shipped()).ask(asked, kind)
        return matches[0].points if matches else -1e9


class Compiled(Comity):
    """The same with the extra `compiled`."""

    name = "comity compiled"
    compiled = True
