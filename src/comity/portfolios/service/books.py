"""What the services of this feature need beside a `Work`: where screening asks, where alerts are decided, and a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from comity.alerts.service import Office
from comity.screening.service import Place

if TYPE_CHECKING:
    from comity.infra.blobs import Blobs


class Books(NamedTuple):
    """A node's books of customers."""

    screening: Place
    office: Office
    folder: Path
    """The feature's own folder in the node's home: what tells whom a change of the lists can touch."""

    @property
    def blobs(self) -> Blobs:
        """The files that were imported, and their error reports, by hash."""
        return self.screening.blobs
