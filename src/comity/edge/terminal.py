"""The terminal in which a command runs: opens the node when first asked for, and prints text, tables or JSON."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import click
import msgspec

from comity.edge.problems import problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from rich.console import Console as Screen

    from comity.alerts.service import Office
    from comity.filtering.service import Place as Filtering
    from comity.infra.work import Work
    from comity.kit.errors import Failure
    from comity.lists.service import Desk
    from comity.model.permission import Permission
    from comity.node import Node
    from comity.portfolios.service import Books
    from comity.screening.service import Place

COLUMNS_ELSEWHERE = 240
"""How wide a table is where nobody watches: in a file or a pipe nothing is folded."""

_ENCODER = msgspec.json.Encoder()


class Console:
    """The terminal at one node. Everything heavy is imported when it is first needed, so that a command starts at once."""

    def __init__(self, home: Path, *, as_json: bool = False) -> None:
        self.home = home
        self.as_json = as_json

    @cached_property
    def node(self) -> Node:
        """The node in this home. Raises `NodeAbsent`, `SettingsInvalid`, `DatabaseNewer`."""
        from comity.node import open_node  # noqa: PLC0415 - half a second, which --help and a mistyped option need not wait for

        node = open_node(self.home)
        node.prepare()
        return node

    @property
    def desk(self) -> Desk:
        """What the lists need."""
        return self.node.desk

    @property
    def screening(self) -> Place:
        """What screening needs."""
        return self.node.screening

    @property
    def office(self) -> Office:
        """What deciding alerts needs."""
        return self.node.office

    @property
    def filtering(self) -> Filtering:
        """What screening payments needs."""
        return self.node.filtering

    @property
    def books(self) -> Books:
        """What portfolios need."""
        return self.node.books

    @property
    def timeout_s(self) -> float:
        """How long a publisher's server may stay silent."""
        return self.node.settings.lists.timeout_s

    @cached_property
    def address(self) -> str:
        """Where people reach this node, without a slash at the end."""
        web = self.node.settings.web
        return web.public_url.rstrip("/") or f"http://{web.host}:{web.port}"

    @contextmanager
    def work(self, permission: Permission, *, write: bool = True) -> Iterator[Work]:
        """Begin a unit of work of the operator at the machine, and publish the ledger after it."""
        from comity.model.actor import OPERATOR  # noqa: PLC0415 - with the node

        with self.node.work(OPERATOR, permission, write=write) as work:
            yield work
        if write:
            self.node.publish()

    def welcome(self) -> str | None:
        """Return a one-time link for the first administrator, which ends earlier ones; None where there is one already."""
        from comity.accounts import service as accounts  # noqa: PLC0415 - with the node
        from comity.accounts.model.failures import AlreadyFounded  # noqa: PLC0415 - the same
        from comity.model.permission import Permission  # noqa: PLC0415 - the same

        try:
            with self.work(Permission.ACCOUNTS_MANAGE) as work:
                return f"{self.address}/welcome/{accounts.issue_welcome(work)}"
        except AlreadyFounded:
            return None

    def say(self, value: object, text: str) -> None:
        """Print a value as JSON, or its text."""
        click.echo(_ENCODER.encode(value) if self.as_json else text)

    def stream(self, values: Iterable[object], text: Callable[[object], str]) -> None:
        """Print values one by one, as JSON lines or as text."""
        for value in values:
            self.say(value, "" if self.as_json else text(value))

    def table(self, values: Iterable[object], columns: Iterable[str], row: Callable[[object], Iterable[str]]) -> None:
        """Print a JSON array, or a table."""
        if self.as_json:
            click.echo(_ENCODER.encode(list(values)))
            return
        from rich.table import Column, Table  # noqa: PLC0415 - programs ask for JSON, and need not wait for it

        whole = (Column(name, overflow="fold") for name in columns)  # an id that was cut could not be copied
        drawn = Table(*whole, box=None, pad_edge=False, header_style="bold")
        for value in values:
            drawn.add_row(*row(value))
        _screen(stderr=False).print(drawn)

    def remark(self, text: str) -> None:
        """Tell whoever watches what is going on; programs are not told."""
        if not self.as_json:
            click.echo(text, err=True)

    def complain(self, failure: Failure, about: str = "") -> None:
        """Print a failure on standard error: one sentence with its code, or a problem document."""
        detail = f"{about}: {failure.detail}" if about else failure.detail
        if self.as_json:
            click.echo(_ENCODER.encode(msgspec.structs.replace(problem(failure), detail=detail)), err=True)
        else:
            click.echo(detail if about else f"{detail} [{failure.code}]", err=True)

    @contextmanager
    def progress(
        self, title: str, unit: Literal["bytes", "rows"] = "bytes"
    ) -> Iterator[Callable[[int, int | None], None]]:
        """Show a progress bar on standard error, where somebody watches; the log goes there too meanwhile."""
        from rich.progress import (  # noqa: PLC0415
            BarColumn,
            DownloadColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        from comity.infra import logs  # noqa: PLC0415 - what takes long may log, and nothing else here does

        screen = _screen(stderr=True)
        logs.configure(level=logs.WARNING)
        counted = MofNCompleteColumn() if unit == "rows" else DownloadColumn()
        columns = (TextColumn("{task.description}"), BarColumn(), counted, TimeRemainingColumn())
        is_watched = screen.is_terminal and not self.as_json
        with Progress(*columns, console=screen, transient=True, disable=not is_watched) as bar:
            task = bar.add_task(title, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)

    @contextmanager
    def waiting(self, title: str) -> Iterator[None]:
        """Show, where somebody watches, that something goes on of which nobody knows how long it takes."""
        if self.as_json or not sys.stderr.isatty():
            yield
            return
        with _screen(stderr=True).status(title):
            yield

    def close(self) -> None:
        """Let go of the node, if it was opened."""
        if "node" in self.__dict__:
            self.node.close()


def _screen(*, stderr: bool) -> Screen:
    from rich.console import Console as Screen  # noqa: PLC0415 - where something is drawn

    width = None if Screen(stderr=stderr).is_terminal else COLUMNS_ELSEWHERE
    # What stands in brackets or between colons is text: names and remarks of lists have both.
    return Screen(stderr=stderr, width=width, highlight=False, markup=False, emoji=False)
