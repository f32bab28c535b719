"""The command `comity`: a node from the machine on which it runs."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.console import Console as Screen
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from comity import __version__
from comity.edge.problems import ANSWERS
from comity.infra.work import Work
from comity.kit.errors import Failure
from comity.lists.service import Desk
from comity.model.actor import OPERATOR
from comity.model.permission import Permission
from comity.node import Node, open_node

FEATURES = ("accounts", "lists", "register")
"""Features with commands."""

_ENCODER = msgspec.json.Encoder()


class Console:
    """The terminal at one node: opens it when first asked for, and prints text or JSON."""

    def __init__(self, home: Path, *, as_json: bool) -> None:
        self.home = home
        self.as_json = as_json
        self._screen = Screen(highlight=False)
        self._errors = Screen(stderr=True, highlight=False)

    @cached_property
    def node(self) -> Node:
        """The node in this home. Raises `NodeAbsent`, `SettingsInvalid`."""
        node = open_node(self.home)
        node.prepare()
        return node

    @property
    def desk(self) -> Desk:
        """What the lists need."""
        return self.node.desk

    @property
    def timeout_s(self) -> float:
        """How long a publisher's server may stay silent."""
        return self.node.settings.lists.timeout_s

    @property
    def address(self) -> str:
        """Where people reach this node."""
        web = self.node.settings.web
        return web.public_url.rstrip("/") or f"http://{web.host}:{web.port}"

    @contextmanager
    def work(self, permission: Permission, *, write: bool = True) -> Iterator[Work]:
        """Begin a unit of work of the operator at the machine, and publish the ledger after it."""
        with self.node.work(OPERATOR, permission, write=write) as work:
            yield work
        if write:
            self.node.publish()

    def say(self, value: object, text: str) -> None:
        """Print a value as JSON, or its text."""
        if self.as_json:
            click.echo(_ENCODER.encode(value))
        else:
            click.echo(text)

    def stream(self, values: Iterable[object], text: Callable[[object], str]) -> None:
        """Print values one by one, as JSON lines or as text."""
        for value in values:
            self.say(value, "" if self.as_json else text(value))

    def table(self, values: Iterable[object], columns: Iterable[str], row: Callable[[object], Iterable[str]]) -> None:
        """Print a JSON array, or a table."""
        if self.as_json:
            click.echo(_ENCODER.encode(list(values)))
            return
        drawn = Table(*columns, box=None, pad_edge=False, header_style="bold")
        for value in values:
            drawn.add_row(*row(value))
        self._screen.print(drawn)

    @contextmanager
    def progress(self, title: str) -> Iterator[Callable[[int, int | None], None]]:
        """Show a progress bar on standard error, where somebody watches."""
        columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
        with Progress(*columns, console=self._errors, transient=True, disable=self.as_json) as bar:
            task = bar.add_task(title, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)

    def close(self) -> None:
        """Let go of the node, if it was opened."""
        if "node" in self.__dict__:
            self.node.close()


class Commands(click.Group):
    """The commands of the features, loaded when one of them is asked for."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a failure is one clear sentence and its kind's exit code."""
        try:
            return super().invoke(ctx)
        except Failure as failure:
            self._fail(ctx, failure)
            ctx.exit(ANSWERS[failure.kind].exit_code)

    @staticmethod
    def _fail(ctx: click.Context, failure: Failure) -> None:
        if ctx.params.get("as_json"):
            problem = {
                "type": f"/problems/{failure.code}",
                "title": ANSWERS[failure.kind].title,
                "detail": failure.detail,
            }
            click.echo(_ENCODER.encode(problem), err=True)
        else:
            click.echo(f"{failure.detail} [{failure.code}]", err=True)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    default=lambda: Path(click.get_app_dir("comity", force_posix=False)),
    show_default="your data folder",
    help="The node's home: settings, keys, database, files.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON: one value, or one a line where there are many.")
@click.version_option(__version__)
@click.pass_context
def cli(ctx: click.Context, home: Path, as_json: bool) -> None:  # noqa: FBT001 - click's way
    """Operate a Comity node: who is sanctioned, by whom, since when, and with which measures."""
    ctx.obj = Console(home, as_json=as_json)
    ctx.call_on_close(ctx.obj.close)


def attach(group: click.Group) -> None:
    """Attach the commands of the node itself and of every feature."""
    modules = ["comity.edge.operating", *(f"comity.{feature}.commands" for feature in FEATURES)]
    for module in modules:
        for command in importlib.import_module(module).COMMANDS:
            group.add_command(command)


def main() -> None:
    """Run `comity`."""
    attach(cli)
    sys.exit(cli(standalone_mode=True))


__all__ = ["Console", "cli", "main"]
