"""Our own engine, asked as the bench asks: parties with their points, the best row of each."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from comity.matching import compiled, keeping
from comity.matching.building import build
from comity.matching.bulk import processes, spread
from comity.matching.engine import Engine
from comity.matching.index import Bearer
from comity.matching.names import Kind
from comity.matching.scoring import shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from screening.measure import Hits
    from screening.names import Listed

KINDS = {"Person": Kind.PERSON, "Vessel": Kind.VESSEL}


class Comity:
    """The engine in plain wheels, on an index on disk, as a node has it."""

    name = "comity"
    compiled = False

    def build(self, listed: Sequence[Listed]) -> None:
        bearers = [Bearer(each.id, KINDS.get(each.schema, Kind.ORGANISATION), each.names) for each in listed]
        self._folder = Path(tempfile.mkdtemp(prefix="screening-index-")) / "index"
        keeping.keep(build(bearers), self._folder)

    def start(self) -> None:
        self._engine = Engine(keeping.opened(self._folder), shipped())
        self._engine.warm()
        if self.compiled:
            assert compiled.speed_up(self._engine, Path(tempfile.gettempdir()) / "screening-compiled"), (
                "numba is missing"
            )

    def ask_many(self, asked: Sequence[tuple[str, str]]) -> list[Hits]:
        start = partial(started, self.name, self._folder)
        return list(spread(start, asked, processes()))

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


class Compiled(Comity):
    """The same with the extra `compiled`."""

    name = "comity compiled"
    compiled = True


def started(name: str, folder: Path) -> Callable[[tuple[str, str]], Hits]:
    """Return what another process asks."""
    engine = Compiled() if name == Compiled.name else Comity()
    engine._folder = folder  # noqa: SLF001 - built by the process that asks for this
    engine.start()
    return lambda asked: engine.ask(*asked)
