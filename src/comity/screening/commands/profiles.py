"""Profiles at the terminal: `comity profiles list`, `show`, `propose`, `release` and `withdraw`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from comity.infra.terminal import Terminal
from comity.model.permission import Permission
from comity.screening import service
from comity.screening.model.failures import ProfileUnfit
from comity.screening.model.release import FILE_BYTES_MAX, beside, differences, read

if TYPE_CHECKING:
    from comity.screening.model.release import Version


class Console(Terminal, Protocol):
    """A terminal at a node that screens."""

    @property
    def screening(self) -> service.Place:
        """What the services of this feature need."""
        ...


NAME = click.argument("name", metavar="NAME")


@click.group("profiles")
def profiles() -> None:
    """How names are screened for each purpose: thresholds, facts, limits, and what whoever decides keeps to."""


@profiles.command("list")
@click.pass_obj
def list_(console: Terminal) -> None:
    """List every version of every profile: which is in force, who proposed it and who released it.

    \b
    comity profiles list
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.SCREENING_ASK, write=False) as work:
        found = service.versions(work)
    columns = ("Profile", "Version", "State", "Threshold", "Proposed by", "Decided by", "Digest")
    console.table(found, columns, _row)


@profiles.command("show")
@NAME
@click.option("--against", default="", metavar="NAME", help="Show only where it differs from another version.")
@click.pass_obj
def show(console: Terminal, name: str, against: str) -> None:
    """Show one version of a profile, whole or where it differs from another.

    \b
    comity profiles show customer
    comity profiles show "customer 12" --against "customer 11"
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.SCREENING_ASK, write=False) as work:
        found = service.version(work, name)
        other = service.version(work, against) if against else None
    lines = [f"{one.field}: {one.after}" for one in beside(found.profile, found.profile)]
    if other is not None:
        changed = differences(other.profile, found.profile)
        lines = [f"{one.field}: {one.before or 'absent'} -> {one.after or 'absent'}" for one in changed]
    console.say(found, "\n".join([_head(found), *(lines or ["They say the same."])]))


@profiles.command("propose")
@click.argument("source", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--note", required=True, help="Why: what is to be better, and how you know.")
@click.pass_obj
def propose(console: Terminal, source: Path, note: str) -> None:
    """Propose another version of a profile, or a new profile. It holds when somebody else has released it.

    \b
    comity profiles propose customer.toml --note "Too many companies: 0.3 to 0.4, tried on March."

    FILE is TOML: `id`, `title`, `purpose`, `threshold`, `[thresholds]` by kind, `limit`, `schemas`, `facts`, `weak_aliases`,
    `four_eyes`, `[[reasons]]` and `[[service_levels]]`. What it does not say is as a profile has it by default.
    """  # noqa: D301 - a backslash and a b, as click reads them
    if source.stat().st_size > FILE_BYTES_MAX:
        raise ProfileUnfit(f"A profile's file has {FILE_BYTES_MAX:,} bytes at most.")
    try:
        wanted = read(source.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise ProfileUnfit("The file is not in UTF-8.") from error
    with console.work(Permission.SCREENING_TUNE) as work:
        made = service.propose(work, wanted, note)
    console.say(made, f"{_head(made)}\nIt holds when somebody else has released it.")


@profiles.command("release")
@NAME
@click.option("--backtest", default="", metavar="DIGEST", help="The digest of what it was tried on.")
@click.pass_obj
def release(console: Console, name: str, backtest: str) -> None:
    """Put a version into force that somebody else proposed.

    \b
    comity profiles release "customer 12" --backtest DIGEST

    Where people have decided under the profile, the version was tried on what they decided: `comity alerts try "customer 12"`
    prints the digest. The operator at the machine is one person here: what was proposed at the terminal is released in the
    console or over the API.
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.SCREENING_TUNE) as work:
        made = service.release(work, console.screening, name, backtest)
    console.say(made, _head(made))


@profiles.command("withdraw")
@NAME
@click.pass_obj
def withdraw(console: Terminal, name: str) -> None:
    """Take a proposal back.

    \b
    comity profiles withdraw "customer 12"
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.SCREENING_TUNE) as work:
        made = service.withdraw(work, name)
    console.say(made, _head(made))


def _head(one: Version) -> str:
    return f"{one.name}: {one.state.value.replace('_', ' ')}, digest {one.digest}"


def _row(one: object) -> tuple[str, ...]:
    version: Version = one  # type: ignore[assignment]
    made = version.profile
    by = (version.proposed_by or "shipped", version.decided_by or "nobody")
    return (made.id, str(made.version), version.state.value, str(made.threshold), *by, version.digest[:12])
