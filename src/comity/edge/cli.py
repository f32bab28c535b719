"""The command `comity`: a node from the machine on which it runs."""

from __future__ import annotations

import importlib
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from comity import __version__
from comity.edge.failing import told
from comity.edge.terminal import Console

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

NODE, REPLAY, LISTS, REGISTER, SCREENING, ALERTS, FILTERING, PORTFOLIOS, ACCOUNTS = (
    "comity.edge.operating",
    "comity.edge.replaying",
    "comity.lists.commands",
    "comity.register.commands",
    "comity.screening.commands",
    "comity.alerts.commands",
    "comity.filtering.commands",
    "comity.portfolios.commands",
    "comity.accounts.commands",
)

OFFERED: Final = {
    "This node": {
        "init": (NODE, "Create a node: its settings, its keys and an empty database."),
        "start": (NODE, "Serve the console and the API until interrupted."),
        "doctor": (NODE, "Examine the node, part by part."),
        "ledger": (NODE, "Verify, publish and prove what happened on this node."),
    },
    "Official lists": {
        "lists": (LISTS, "Fetch, load, compare, release or reject editions."),
    },
    "The register": {
        "search": (REGISTER, "Look for a name in any script, or for a number."),
        "show": (REGISTER, "Show who lists somebody, since when, and with which measures."),
        "act": (REGISTER, "Enter dated legal acts that the lists do not show."),
        "resolve": (REGISTER, "Decide whether two list entries are the same."),
        "delta": (REGISTER, "Show what changed between two times."),
        "export": (REGISTER, "Write a list, or its changes, as FollowTheMoney."),
    },
    "Screening": {
        "screen-name": (SCREENING, "Ask whether a name or a number is anybody's on the lists."),
        "screen": (SCREENING, "Screen a file of names."),
        "replay": (REPLAY, "Reproduce an earlier answer, byte for byte."),
        "screenings": (SCREENING, "List past screenings, the latest first."),
        "profiles": (SCREENING, "How names are screened for each purpose."),
        "alerts": (ALERTS, "Decide what screening found."),
        "payments": (FILTERING, "Screen payments, decide those that are held, and look back."),
    },
    "Customers": {
        "portfolio": (PORTFOLIOS, "Import customers, and screen them again and again."),
    },
    "People and programs": {
        "user": (ACCOUNTS, "People who may use this node."),
        "token": (ACCOUNTS, "Tokens with which programs ask."),
    },
}
"""Every command of the first rank: the module that has it, imported when it is called, and what `--help` says of it."""

_MODULES: Final = {name: module for section in OFFERED.values() for name, (module, _) in section.items()}


class Commands(click.Group):
    """The commands of the node and of its features, each imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's way
        """Return the names in the order in which they are shown."""
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, imported on first use."""
        if cmd_name not in self.commands and cmd_name in _MODULES:
            for command in importlib.import_module(_MODULES[cmd_name]).COMMANDS:
                self.add_command(_prepared(command))
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that was called; one that is not there is answered with those that sound like it."""
        if args[0] not in _MODULES and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise click.exceptions.NoSuchCommand(args[0], possibilities=list(_MODULES), ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's way
        """Write the table of commands without importing any."""
        for section, commands in OFFERED.items():
            with formatter.section(section):
                formatter.write_dl([(name, says) for name, (_, says) in commands.items()], col_max=12)


def data_folder() -> Path:
    """Return the folder in which programs of this user keep their data: `~/.local/share` on Linux, elsewhere its like."""
    match sys.platform:
        case "darwin":
            return Path.home() / "Library" / "Application Support"
        case "win32":
            return Path.home() / "AppData" / "Local"
        case _:
            return Path.home() / ".local" / "share"


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    default=lambda: data_folder() / "comity",
    show_default="your data folder",
    help="The node's home: settings, keys, database, files.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON: one value, or one a line where there are many.")
@click.version_option(__version__)
@click.pass_context
def cli(ctx: click.Context, home: Path, as_json: bool) -> None:  # noqa: FBT001 - click's way
    """Operate a Comity node: who is sanctioned, by whom, since when, and with which measures.

    \b
    comity init --name "Sanctions Office of Meridia" --country QM --kind sanctions_office
    comity start
    comity lists update
    comity search "oleg dresnov" --as-of 2024-02-01
    comity screen-name "oleg dresnov"

    --home and --json may stand anywhere in the line. Exit codes: 0 done, 2 asked wrongly, 66 no such thing, 75 not now, 77 not
    allowed, 70 something is damaged, 1 refused.
    """  # noqa: D301 - a backslash and a b, as click reads them
    ctx.obj = Console(home, as_json=as_json)
    ctx.call_on_close(ctx.obj.close)


def attach(group: click.Group) -> None:
    """Import every command of a group at once, for whoever walks them all."""
    for name in group.list_commands(click.Context(group)):
        group.get_command(click.Context(group), name)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run `comity`, and end the process with the exit code of what became of it."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in given
    try:
        code = cli.main(given, prog_name="comity", standalone_mode=False)
    except BaseException as error:
        code = told(error, as_json=as_json)
    sys.exit(code if isinstance(code, int) else 0)


def _prepared(command: click.Command) -> click.Command:
    """Let the options that hold everywhere stand behind this command too, and behind those below it."""
    command.params += [
        click.Option(["--json"], is_flag=True, expose_value=False, callback=_use_json, help="Print JSON."),
        click.Option(["--home"], type=click.Path(path_type=Path), expose_value=False, callback=_use_home, hidden=True),
    ]
    for option in command.params:
        if isinstance(option, click.Option) and option.prompt:
            option.prompt_for_value = partial(_ask, option, option.prompt_for_value)  # type: ignore[method-assign]
    for child in command.commands.values() if isinstance(command, click.Group) else ():
        _prepared(child)
    return command


def _ask(option: click.Option, ask: Callable[[click.Context], Any], ctx: click.Context) -> Any:
    """Ask a person for a value that is missing; a program that reads JSON is told that it is."""
    if ctx.find_root().obj.as_json:
        raise click.MissingParameter(ctx=ctx, param=option)
    return ask(ctx)


def _use_json(ctx: click.Context, _option: click.Parameter, value: Any) -> None:
    if value:
        ctx.find_root().obj.as_json = True


def _use_home(ctx: click.Context, _option: click.Parameter, value: Any) -> None:
    if value is not None:
        ctx.find_root().obj.home = value


__all__ = ["Console", "attach", "cli", "main"]
