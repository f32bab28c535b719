"""Where a node screens: its lists, the folder of its index, and the score; and the index that is open."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.infra.work import Work
from comity.matching.scoring import shipped
from comity.screening.model.profile import Profile
from comity.screening.model.release import Trials

if TYPE_CHECKING:
    from pathlib import Path

    from comity.infra.blobs import Blobs
    from comity.lists.service import Desk
    from comity.matching.scoring import Score
    from comity.screening.service.indexing import Opened


COMPILED: Final = "compiled"
"""The folder of compiled code."""


def _undecided(_work: Work, _profile: Profile) -> Trials:
    return Trials()


def _unopened(_work: Work, _screening_id: str) -> str:
    return ""


class Deciders(NamedTuple):
    """What is known of matches by whoever decides about them: the node hands it in, since this feature does not know them."""

    tried: Callable[[Work, Profile], Trials] = _undecided
    """What came of trying a version on what people have decided."""
    opened: Callable[[Work, str], str] = _unopened
    """The id of the alert that was opened about a screening; empty if there is none for whoever asks."""


NOBODY_DECIDES = Deciders()


class Place:
    """What the services of this feature need beside a `Work`. Several threads may share one."""

    def __init__(
        self,
        desk: Desk,
        folder: Path,
        score: Callable[[], Score] = shipped,
        deciders: Deciders = NOBODY_DECIDES,
    ) -> None:
        self.desk = desk
        self.folder = folder
        """The feature's own folder in the node's home."""
        self._score = score
        self.deciders = deciders
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
