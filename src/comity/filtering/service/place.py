"""Where a node screens payments: what it asks, which messages it reads, who decides, and which law binds it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from comity.alerts.service import Office
from comity.filtering.model import Law
from comity.payments.model import MessageKind
from comity.screening.service import Place as Asked

if TYPE_CHECKING:
    from comity.infra.blobs import Blobs

FOLDER = "filtering"
"""The feature's own folder in the node's home."""


class Stands(NamedTuple):
    """Where this institution stands in payments: its law, the branch that carries them out, and its own codes."""

    law: Law
    branch: str
    bics: frozenset[str]


class Place(NamedTuple):
    """What the services of this feature need beside a `Work`."""

    screening: Asked
    kinds: Mapping[str, MessageKind]
    """The kinds of payment messages that this node reads."""
    office: Office
    stands: Callable[[], Stands | None] = lambda: None
    """Where the institution stands; None while nobody has said which law binds it: then every hit holds its payment."""

    @property
    def blobs(self) -> Blobs:
        """The files that were screened, by hash."""
        return self.screening.blobs
