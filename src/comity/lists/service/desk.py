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
        """Return the source of a list, which for a dataset is named before the colon. Raises `SourceUnknown`."""
        id_, _, dataset = list_id.partition(":")
        found = self.sources.get(id_)
        if found is None or found.has_datasets != bool(dataset):
            known = ", ".join(f"{one.id}:NAME" if one.has_datasets else one.id for one in self.sources.values())
            raise SourceUnknown(f"There is no list called {list_id!r}. The lists are: {known}.")
        return found
