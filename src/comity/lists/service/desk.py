"""What the lists feature is handed by the node: its catalogue and its files, and whom to tell when an edition comes into force."""

# ruff: noqa: TC001 - the web framework reads the annotations of what it injects, at run time

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from comity.infra.blobs import Blobs
from comity.infra.work import Work
from comity.lists.model import Edition, Source
from comity.lists.model.answers import SourceUnknown

Follow = Callable[[Work, Edition, Collection[str]], int]
"""Told, within the same transaction, which references of a list may read differently now; answers how many entities changed."""


@dataclass(frozen=True)
class Desk:
    """What the services of this feature need beside a `Work`."""

    sources: Mapping[str, Source]
    blobs: Blobs
    follow: Follow

    def source(self, list_id: str) -> Source:
        """Return the source of a list, as it is for its dataset where one is named after a colon. Raises `SourceUnknown`."""
        id_, _, dataset = list_id.partition(":")
        found = self.sources.get(id_)
        if found is None or not found.holds(dataset):
            known = ", ".join(name for one in self.sources.values() for name in one.lists)
            raise SourceUnknown(f"There is no list called {list_id!r}. The lists are: {known}.")
        return found.of(dataset)

    @property
    def lists(self) -> tuple[str, ...]:
        """The ids of the lists that everybody knows: those that are not a dataset among others."""
        return tuple(source.id for source in self.sources.values() if not source.has_datasets)
