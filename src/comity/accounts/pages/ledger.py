"""The ledger's pages: what happened on this node, newest first, and the proof of each entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol
from urllib.parse import urlencode

import msgspec
from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.response import Template

from comity.accounts import service
from comity.accounts.model.recorded import EntryUnknown, WhichEntries
from comity.accounts.pages.asked import Asked
from comity.infra.ledger import Entry, VerifierKey, log_key
from comity.infra.work import Work
from comity.kit.limits import PAGE_ROWS_MAX
from comity.model.actor import Purpose
from comity.model.permission import Permission

if TYPE_CHECKING:
    from comity.infra.keys import Keys

LEDGER = "/ledger"
EXPORTED_MAX = 100_000
"""Entries in one export; a longer ledger is exported from an index on, or copied as the files that it is."""
TELLING = ("edition", "entity", "user", "list", "token", "left", "judgement", "act", "joins", "index", "country")
"""The facts by which an entry is told from others, the most telling first; a list shows one."""
NDJSON = "application/x-ndjson"
PROOF = "application/octet-stream"
INDEX_MAX = 2**53
DIGITS_MAX = 15
Before = Annotated[int | None, QueryParameter(ge=0, le=INDEX_MAX)]


class House(Protocol):
    """What these pages need of the node beside a work: where its log is published, and the key that signs it."""

    @property
    def home(self) -> Path:
        """The node's home."""
        ...

    @property
    def keys(self) -> Keys:
        """The node's secret keys."""
        ...


class LedgerPages(Controller):
    """Everything that was done on this node, in the order in which it was done."""

    path = LEDGER
    opt = {"permission": Permission.LEDGER_READ, "purpose": Purpose.ADMINISTRATION}  # noqa: RUF012 - Litestar's way

    @get(sync_to_thread=True)
    def entries(
        self,
        request: Asked,
        work: NamedDependency[Work],
        kind: FromQuery[str] = "",
        actor: FromQuery[str] = "",
        before: Before = None,
    ) -> Template:
        """List what happened, newest first, with the checkpoint that commits to it and the way to verify it."""
        which = WhichEntries(kind=kind, actor=actor, before=before)
        found = service.entries(work, which)
        size, kinds, actors = service.recorded(work)
        folder, key = _log(request)
        present = service.checkpoint(folder, key)
        query = urlencode([pair for pair in (("kind", kind), ("actor", actor)) if pair[1]])
        context: dict[str, Any] = {
            "which": which,
            "found": found,
            "size": size,
            "kinds": kinds,
            "actors": actors,
            "names": service.names(work, [*actors, *_people(found)]),
            "telling": TELLING,
            "checkpoint": present.checkpoint if present else None,
            "vkey": key.text,
            "address": f"{LEDGER}?{query}&" if query else f"{LEDGER}?",
            "export": f"{LEDGER}/export?{query}",
            "older": found[-1].index if len(found) == which.limit and found[-1].index else None,
        }
        return Template("accounts/ledger.html", context=context)

    @get("/export", sync_to_thread=True, media_type=NDJSON)
    def export(
        self, work: NamedDependency[Work], kind: FromQuery[str] = "", actor: FromQuery[str] = "", before: Before = None
    ) -> Response[bytes]:
        """Hand out what happened, newest first, one JSON object a line."""
        rows = [_row(one) for one in _every(work, WhichEntries(kind=kind, actor=actor, before=before))]
        headers = {"content-disposition": 'attachment; filename="ledger.jsonl"'}
        return Response(msgspec.json.Encoder().encode_lines(rows), media_type=NDJSON, headers=headers)

    @get("/entries/{entry:str}", sync_to_thread=True)
    def entry(self, request: Asked, entry: FromPath[str], work: NamedDependency[Work]) -> Template:
        """Show one entry: what it says, what commits to it, and how to prove it to somebody else."""
        found = service.entry(work, _index(entry))
        folder, key = _log(request)
        present = service.checkpoint(folder, key)
        people = [found.event.actor, *_people([found])] if found.event else []
        context = {
            "entry": found,
            "size": service.recorded(work)[0],
            "names": service.names(work, people),
            "checkpoint": present.checkpoint if present else None,
            "vkey": key.text,
        }
        return Template("accounts/entry.html", context=context)

    @get("/entries/{entry:str}/proof", sync_to_thread=True, media_type=PROOF)
    def proof(
        self, request: Asked, entry: FromPath[str], work: NamedDependency[Work], opened: FromQuery[str] = ""
    ) -> Response[bytes]:
        """Hand out the proof that the checkpoint includes an entry (C2SP tlog-proof); opened, with the event itself."""
        folder, key = _log(request)
        index = _index(entry)
        text = service.prove(work, folder, key, index, is_open=bool(opened))
        headers = {"content-disposition": f'attachment; filename="entry-{index}.tlog-proof"'}
        return Response(text.encode(), media_type=PROOF, headers=headers)


def _index(text: str) -> int:
    """Return the index that an address names. Raises `EntryUnknown`."""
    if not text.isascii() or not text.isdigit() or len(text) > DIGITS_MAX:
        raise EntryUnknown("The ledger has no such entry.")
    return int(text)


def _log(request: Asked) -> tuple[Path, VerifierKey]:
    """Return where this node's log is published, and the key that signs it."""
    node: House = request.app.state["node"]
    return node.home / "ledger", log_key(node.keys.log.public_key())


def _every(work: Work, which: WhichEntries) -> Iterator[Entry]:
    below, left = which.before, EXPORTED_MAX
    while left:
        page = msgspec.structs.replace(which, before=below, limit=min(left, PAGE_ROWS_MAX))
        found = service.entries(work, page)
        yield from found
        if len(found) < page.limit:
            break
        below, left = found[-1].index, left - len(found)


def _row(entry: Entry) -> dict[str, Any]:
    said = {"event": msgspec.to_builtins(entry.event)} if entry.event else {"erased_by": entry.erased_by}
    return {"index": entry.index, "leaf": entry.leaf.hex(), **said}


def _people(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield what may be a person's id among the facts of some entries."""
    for entry in entries:
        if entry.event:
            yield from (value for value in entry.event.facts.values() if isinstance(value, str))
