"""Reading the ledger: what happened, who did it, and the proof that it stands in the published log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.accounts import store
from comity.accounts.model.recorded import EntryUnopened
from comity.infra import ledger

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from comity.accounts.model.recorded import WhichEntries
    from comity.infra.ledger import Entry, Published, VerifierKey
    from comity.infra.work import Work


def entries(work: Work, which: WhichEntries) -> list[Entry]:
    """Return the newest entries that fit a filter, newest first. Raises `EntryDamaged`."""
    return ledger.read(
        work.connection,
        before=which.before,
        kind=which.kind or None,
        actor=which.actor or None,
        limit=which.limit,
    )


def entry(work: Work, index: int) -> Entry:
    """Return one entry. Raises `EntryAbsent`, `EntryDamaged`."""
    return ledger.entry(work.connection, index)


def recorded(work: Work) -> tuple[int, list[str], list[str]]:
    """Return how many entries the ledger has, every kind of event in it, and the id of everybody who acted."""
    return ledger.size(work.connection), ledger.kinds(work.connection), ledger.actors(work.connection)


def names(work: Work, ids: Iterable[str]) -> dict[str, str]:
    """Return what the people behind some ids are called; the ledger itself knows no name."""
    found = (store.user(work, id_) for id_ in sorted(set(ids)) if id_.startswith("user:"))
    return {one.id: one.name for one in found if one is not None}


def checkpoint(folder: Path, key: VerifierKey) -> Published | None:
    """Return the checkpoint in force with its signed note; None before the first. Raises `CheckpointDamaged`."""
    return ledger.published(folder, key)


def prove(work: Work, folder: Path, key: VerifierKey, index: int, *, is_open: bool) -> str:
    """Return the proof that an entry stands in the published log; an open one carries the event itself.

    Raises `EntryAbsent`, `EntryUnopened`, `NotPublished`, and what `ledger.prove` raises.
    """
    if is_open and ledger.entry(work.connection, index).event is None:
        raise EntryUnopened("This entry was erased; there is nothing to open.")
    extra = ledger.opening(work.connection, index) if is_open else b""
    return ledger.prove(folder, key, index, extra)
