"""Lists and their editions: `comity lists …`."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

import click

from comity.infra.terminal import Terminal
from comity.kit.errors import Failure, Unavailable
from comity.lists import service
from comity.lists.model import Change, Edition, Status
from comity.model.permission import Permission

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from comity.lists.model.answers import ListState, Taken
    from comity.lists.service import Desk


class Console(Terminal, Protocol):
    """A terminal at a node with lists."""

    @property
    def desk(self) -> Desk:
        """What the services of this feature need."""
        ...

    @property
    def timeout_s(self) -> float:
        """How long a publisher's server may stay silent."""
        ...


class SomeFailed(Unavailable):
    """Of several lists that were asked for, some could not be had; each was named as it failed."""

    code = "lists.some_failed"


FROM_FILES = click.Path(exists=True, dir_okay=False, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])


@click.group("lists")
def lists() -> None:
    """Official lists: fetch, load, compare, release or reject their editions."""


@lists.command("update")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--file", "paths", type=FROM_FILES, multiple=True, help="Load this file instead of fetching; may be repeated."
)
@click.option("--published", type=DAY, help="The day of publication, where the file does not say it.")
@click.option("--dataset", help="The name of a FollowTheMoney dataset, for the source ftm.")
@click.pass_obj
def update(
    console: Console, sources: tuple[str, ...], paths: tuple[Path, ...], published: datetime | None, dataset: str | None
) -> None:
    """Fetch new editions of the lists named, or of all; or load files that you have.

    \b
    comity lists update
    comity lists update un_consolidated --file consolidated.xml
    comity lists update us_ofac_sdn --file sdn.csv --file alt.csv --file add.csv --published 2031-11-20

    An edition that breaks what is expected of its list waits in quarantine; the last good one stays in force.
    """  # noqa: D301 - a backslash and a b, as click reads them
    names = tuple(f"{name}:{dataset}" if dataset and ":" not in name else name for name in sources)
    if paths:
        if len(names) != 1:
            raise click.UsageError("Say which one list the files belong to: comity lists update SOURCE --file PATH")
        console.stream(_load(console, names[0], paths, published), said)
    else:
        chosen = names or tuple(name for name in console.desk.lists if service.fetchable(console.desk, name))
        console.stream(_fetch(console, chosen), said)


@lists.command("status")
@click.pass_obj
def status(console: Console) -> None:
    """Show where every list stands: the edition in force, its age, and what waits in quarantine.

    \b
    comity lists status
    comity lists status --json
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.LISTS_READ, write=False) as work:
        states = service.states(work, console.desk)
    console.table(states, ("List", "In force", "Records", "Quarantine", "Last asked"), _state_row)


@lists.command("editions")
@click.argument("source")
@click.pass_obj
def editions(console: Console, source: str) -> None:
    """List the editions of a list, oldest first, with what each changed.

    \b
    comity lists editions un_consolidated
    """  # noqa: D301 - a backslash and a b, as click reads them
    console.desk.source(source)
    with console.work(Permission.LISTS_READ, write=False) as work:
        found = service.editions(work, source)
    console.table(found, ("Edition", "Status", "Records", "+", "-", "~", "Format"), _edition_row)


@lists.command("diff")
@click.argument("source")
@click.argument("from_", metavar="FROM")
@click.argument("to")
@click.pass_obj
def diff(console: Console, source: str, from_: str, to: str) -> None:
    """Show what differs between two editions of a list, property by property.

    \b
    comity lists diff un_consolidated 2025-04-19 2025-11-20
    comity lists diff un_consolidated 2025-04-19 2025-11-20 --json > delta.jsonl

    FROM and TO are edition ids, beginnings of them, or days of publication (2031-11-20).
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.LISTS_READ, write=False) as work:
        ends = (service.edition_name(source, from_), service.edition_name(source, to))
        console.stream(service.diff(work, console.desk, *ends), _change_text)


@lists.command("release")
@click.argument("edition")
@click.option("--reason", prompt="Why is it sound", help="Why the edition is sound, for the record.")
@click.pass_obj
def release(console: Console, edition: str, reason: str) -> None:
    """Put an edition in quarantine into force.

    \b
    comity lists release us_csl@2031-11-20.7f3ac20e --reason "The publisher confirms the removals."
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.LISTS_DECIDE) as work:
        taken = service.release(work, console.desk, edition, reason)
    console.say(taken, said(taken))


@lists.command("reject")
@click.argument("edition")
@click.option("--reason", prompt="Why is it wrong", help="Why the edition is wrong, for the record.")
@click.pass_obj
def reject(console: Console, edition: str, reason: str) -> None:
    """Refuse an edition in quarantine for good. Its file and hash are kept.

    \b
    comity lists reject us_csl@2031-11-20.7f3ac20e --reason "The file was cut short."
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.LISTS_DECIDE) as work:
        taken = service.reject(work, edition, reason)
    console.say(taken, said(taken))


def _load(console: Console, list_id: str, paths: tuple[Path, ...], published: datetime | None) -> Iterator[Taken]:
    day = published.date() if published else None
    with ExitStack() as stack:
        received = [service.Received(path.name, stack.enter_context(path.open("rb"))) for path in paths]
        with (
            console.waiting(f"{list_id}: keeping the files"),
            service.noting(console, console.desk, list_id, "refused"),
        ):
            staged = service.stage(console.desk, list_id, received)
    for one in staged:
        with console.waiting(f"{list_id}: reading {', '.join(one.names.values())}"):
            taken = service.load(console, console.desk, one, day)
        yield taken


def _fetch(console: Console, names: tuple[str, ...]) -> Iterator[Taken]:
    failed = 0
    for name in names:
        try:
            with console.progress(name) as progress:
                taken = service.update(console, console.desk, name, progress)
        except Failure as failure:
            if len(names) == 1:
                raise
            failed += 1
            console.complain(failure, name)
        else:
            if not taken:
                console.remark(f"{name}: nothing new.")
            yield from taken
    if failed:
        raise SomeFailed(f"{failed} of {len(names)} lists could not be had; the editions in force stay.")


def said(value: object) -> str:
    """Say in a line what became of an edition."""
    taken = cast("Taken", value)
    counts = f"{taken.designations:,} records, +{taken.added:,} -{taken.removed:,} ~{taken.changed:,}"
    match taken.status:
        case Status.ACCEPTED:
            return f"{taken.edition}: in force. {counts}."
        case Status.QUARANTINED:
            release = f"comity lists release {taken.edition}"
            return f"{taken.edition}: in quarantine. {taken.reason}\n  The edition before stays in force. To release it: {release}"
        case _:
            return f"{taken.edition}: {taken.status.value}. {taken.reason}".rstrip()


def _change_text(value: object) -> str:
    change = cast("Change", value)
    sign = {"added": "+", "removed": "-", "changed": "~"}[change.op.value]
    lines = [f"{sign} {change.reference}  {change.caption}"]
    for one in change.properties if change.op.value == "changed" else ():
        where = f"{one.about}: {one.property}" if one.about else one.property
        lines += [f"    - {where}: {text}" for text in one.removed] + [f"    + {where}: {text}" for text in one.added]
    return "\n".join(lines)


def _state_row(value: object) -> tuple[str, ...]:
    state = cast("ListState", value)
    edition = state.in_force
    asked = f"{state.checked_at:%Y-%m-%d %H:%M} {state.check_outcome}" if state.checked_at else "never"
    in_force = f"{edition.published_at:%Y-%m-%d}" if edition else "none"
    overdue = " (overdue)" if state.is_overdue else ""
    records = f"{edition.counts.designations:,}" if edition else ""
    return (state.source, in_force + overdue, records, ", ".join(one.id for one in state.quarantined), asked)


def _edition_row(value: object) -> tuple[str, ...]:
    one = cast("Edition", value)
    counts = one.counts
    numbers = (counts.designations, counts.added, counts.removed, counts.changed)
    return (one.id, one.status.value, *(f"{number:,}" for number in numbers), one.format)


COMMANDS: tuple[click.Command, ...] = (lists,)
