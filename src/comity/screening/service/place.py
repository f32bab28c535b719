"""Where a node screens: its lists, the folder of its index, and the score; and the index that is open."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Final

from comity.matching.scoring import shipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from comity.infra.blobs import Blobs
    from comity.lists.service import Desk
    from comity.matching.scoring import Score
    from comity.screening.service.indexing import Opened


COMPILED: Final = "compiled"


class Place:
    """What the services of this feature need beside a `Work`. Several threads may share one."""

    def __init__(self, desk: Desk, folder: Path, score: Callable[[], Score] = shipped) -> None:
        self.desk = desk
        self.folder = folder
        """The feature's own folder in the node's home."""
        self._score = score
        self.lock = Lock()
        """Held by whoever looks whether the index is fresh, opens it or builds it."""
        self.open: Opened | None = None
        """The index that was asked last."""

    @property
    def compiled(self) -> Path:
        """Where compiled code is kept, if that extra is installed."""
        return self.folder / COMPILED

    @property
    def score(self) -> Score:
        """The table by which names are scored."""
        return self._score()

    @property
    def blobs(self) -> Blobs:
        """The files that were screened, by hash."""
        return self.desk.blobs
