"""The first start: an empty node is given the official lists, or, where no publisher can be reached, fictional ones."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, BinaryIO, Final, cast

import click

from comity.infra.outbound import FetchFailed, answers
from comity.kit.errors import Failure
from comity.lists import service as lists
from comity.lists.commands import said
from comity.model.permission import Permission

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from comity.edge.terminal import Console
    from comity.infra.work import Work

KNOCK_S: Final = 5.0
"""How long a publisher may take to answer at all."""

SILENCE_S: Final = 15.0
"""How long a publisher's server may then stay silent; the worker, which nobody waits for, is more patient."""

EXERCISE: Final = "exercise"
"""The source of the bundled lists."""

FICTIONAL: Final = """\
No official list could be fetched. What you see now is FICTIONAL: bundled lists of regimes, persons, companies and ships that
do not exist, marked “fictional, for exercise” on every page. The official lists come in as soon as their publishers can be
reached, or from files: comity lists update SOURCE --file PATH"""


def populate(console: Console) -> None:
    """Load what a new node can have. Does nothing where an official edition is here; a start that broke off is taken up again."""
    bundled = sorted(editions(), key=lambda file: file.name)
    with console.work(Permission.LISTS_READ, write=False) as work:
        here = [edition.source for edition in lists.editions(work)]
    fictional = [list_id for list_id in here if list_id.startswith(f"{EXERCISE}:")]
    if len(fictional) < len(here) or len(here) >= len(bundled):
        return
    if fictional or not _fetched(console):
        _load(console, bundled)


def editions() -> list[Traversable]:
    """Return the bundled fictional editions, named by list and day: `qm-2024-11-20.jsonl`."""
    return [file for file in (files("comity.edge") / "fictional").iterdir() if file.name.endswith(".jsonl")]


def _fetched(console: Console) -> bool:
    """Fetch every official list that can be had, and say whether any came."""
    disabled = console.node.settings.lists.disabled
    wanted = [name for name in console.desk.lists if name not in disabled and lists.fetchable(console.desk, name)]
    console.remark(f"Asking the publishers of {len(wanted)} official lists.")
    there = _reachable(console, wanted)
    came = False
    for name in wanted:
        try:
            if name not in there:
                raise FetchFailed("Its publisher does not answer.")
            with console.progress(name) as progress:
                taken = lists.update(_Hasty(console), console.desk, name, progress)
        except Failure as failure:
            console.complain(failure, name)
        else:
            came = came or bool(taken)
            console.stream(taken, said)
    return came


def _reachable(console: Console, names: Iterable[str]) -> set[str]:
    """Return the lists whose publishers answer; all are asked at once, so that a machine without a network waits only once."""
    pool = ThreadPoolExecutor(thread_name_prefix="knock")
    asked = {}
    for name in names:
        format_ = lists.fetchable(console.desk, name)
        assert format_ is not None
        asked[pool.submit(answers, format_.files[0].url, KNOCK_S)] = name
    done, _ = wait(asked, timeout=KNOCK_S + 1)
    pool.shutdown(wait=False, cancel_futures=True)
    return {asked[one] for one in done if one.exception() is None and one.result()}


def _load(console: Console, bundled: Iterable[Traversable]) -> None:
    for file in bundled:
        with file.open("rb") as stream:
            received = lists.Received(file.name, cast("BinaryIO", stream))
            staged = lists.stage(console.desk, f"{EXERCISE}:{file.name.partition('-')[0]}", [received])
        for one in staged:
            read = lists.read(console.desk, one)
            with console.work(Permission.LISTS_UPDATE) as work:
                taken = lists.take(work, console.desk, read)
            console.say(taken, said(taken))
    if not console.as_json:
        click.secho(FICTIONAL, bold=True)


@dataclass
class _Hasty:
    """The terminal, with less patience for publishers."""

    console: Console
    timeout_s: float = SILENCE_S

    @property
    def home(self) -> Path:
        return self.console.home

    def work(self, permission: Permission, *, write: bool = True) -> AbstractContextManager[Work]:
        return self.console.work(permission, write=write)
