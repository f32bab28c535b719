"""Examining a node, part by part: what is well, what is wrong, and what to do about it."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator

import msgspec

from comity.infra import ledger
from comity.lists import service as lists
from comity.matching import compiled
from comity.model.actor import OPERATOR, Purpose
from comity.model.permission import Permission
from comity.node import Node

FREE_BYTES_MIN = 2_000_000_000
"""Below this much free space a node should not go on loading lists."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What was looked at, and what was found."""

    what: str
    is_well: bool
    says: str


def examine(node: Node) -> list[Finding]:
    """Look at every part of a node; a part that fails is a finding, not the end."""
    return [
        finding
        for what, look in (
            ("settings", _settings),
            ("keys", _keys),
            ("database", _database),
            ("files", _files),
            ("ledger", _ledger),
            ("lists", _lists),
            ("matching", _matching),
        )
        for finding in _looked(node, what, look)
    ]


def _looked(node: Node, what: str, look: Callable[[Node], Iterator[tuple[bool, str]]]) -> Iterator[Finding]:
    try:
        for is_well, says in look(node):
            yield Finding(what=what, is_well=is_well, says=says)
    except Exception as error:  # whatever is wrong with a part is what we are asked to find
        yield Finding(what=what, is_well=False, says=str(error))


def _settings(node: Node) -> Iterator[tuple[bool, str]]:
    web = node.settings.web
    yield True, f"{node.settings.node.name}, {node.settings.node.country}; Python {sys.version.split()[0]}."
    open_to_others = web.host not in {"127.0.0.1", "::1", "localhost"}
    if open_to_others and not web.public_url.startswith("https://"):
        yield False, f"It listens on {web.host} and web.public_url is not https: cookies would travel in clear."
    unknown = set(node.settings.lists.disabled) - set(node.sources)
    if unknown:
        yield False, f"lists.disabled names sources that do not exist: {', '.join(sorted(unknown))}."


def _keys(node: Node) -> Iterator[tuple[bool, str]]:
    yield True, f"Log key {ledger.log_key(node.keys.log.public_key()).name}; no key file is open to others."


def _database(node: Node) -> Iterator[tuple[bool, str]]:
    with node.database.transaction(write=False) as connection:
        if node.database.is_embedded:
            verdict = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar())
            yield verdict == "ok", f"SQLite {sqlite3.sqlite_version}: {verdict}."
        else:
            yield True, str(connection.exec_driver_sql("SHOW server_version").scalar())


def _files(node: Node) -> Iterator[tuple[bool, str]]:
    free = shutil.disk_usage(node.home).free
    yield free >= FREE_BYTES_MIN, f"{free / 1e9:,.1f} GB free."
    with node.work(OPERATOR, Permission.LISTS_READ, Purpose.OPERATION, write=False) as work:
        needed = {sha256 for edition in lists.editions(work) for sha256 in edition.files.values()}
    for sha256 in sorted(needed):
        node.blobs.verify(sha256)
    yield True, f"{len(needed)} files of editions are whole."


def _ledger(node: Node) -> Iterator[tuple[bool, str]]:
    result = ledger.verify(node.database, node.home / "ledger", ledger.log_key(node.keys.log.public_key()))
    if isinstance(result, ledger.Damaged):
        yield False, f"{result.where}: {result.reason}"
    else:
        yield True, f"{result.size:,} entries verify."


def _lists(node: Node) -> Iterator[tuple[bool, str]]:
    with node.work(OPERATOR, Permission.LISTS_READ, Purpose.OPERATION, write=False) as work:
        states = lists.states(work, node.desk)
    in_force = [state for state in states if state.in_force]
    yield bool(in_force), f"{len(in_force)} of {len(states)} lists are in force."
    for state in states:
        if state.quarantined:
            yield False, f"{state.source}: {len(state.quarantined)} in quarantine. Decide: comity lists status"
        if state.is_overdue and state.source not in node.settings.lists.disabled:
            yield False, f"{state.source}: no new edition for longer than is usual."


def _matching(node: Node) -> Iterator[tuple[bool, str]]:
    folder = node.screening.compiled
    if not compiled.is_installed():
        yield True, "Names are compared in Python. To compile it: pip install 'comity[compiled]'"
    elif not compiled.can_keep(folder):
        yield False, f"Compiled code cannot be kept in {folder}; names are compared in Python."
    elif compiled.is_kept(folder):
        yield True, "Where many names are asked, those in Latin letters are compared by compiled code."
    else:
        yield (
            True,
            "Names are compared in Python until the first file of a hundred thousand compiles the code.",
        )
