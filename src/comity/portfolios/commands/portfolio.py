"""Portfolios: `comity portfolio …`."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

import click
import msgspec

from comity.infra.terminal import Terminal
from comity.model.permission import Permission
from comity.portfolios import service
from comity.portfolios.commands import saying
from comity.portfolios.model import columns
from comity.portfolios.model.answers import Filter, Show
from comity.portfolios.model.customer import SCHEMAS
from comity.portfolios.model.dates import DateOrder
from comity.portfolios.model.failures import DatesAmbiguous, ManyEnded, RowsUnfit
from comity.portfolios.model.files import DELIMITERS, ENCODINGS
from comity.portfolios.model.portfolio import PROFILE, Given, ImportState, Kept, Mode

if TYPE_CHECKING:
    from comity.portfolios.model.columns import Column, Mapping
    from comity.portfolios.model.portfolio import Finding, Import


class Console(Terminal, Protocol):
    """A terminal at a node with portfolios."""

    @property
    def books(self) -> service.Books:
        """What the services of this feature need."""
        ...


READABLE = click.Path(exists=True, dir_okay=False, path_type=Path)
WRITABLE = click.Path(dir_okay=False, path_type=Path)


@click.group("portfolio")
def portfolio() -> None:
    """Import customers, screen them again and again, and see where they stand."""


@portfolio.command("create")
@click.argument("id_", metavar="PORTFOLIO")
@click.option("--title", required=True, help="What people call it.")
@click.option("--profile", default=PROFILE, show_default=True, help="The screening profile, in its released version.")
@click.pass_obj
def create(console: Console, id_: str, title: str, profile: str) -> None:
    """Create a portfolio.

    \b
    comity portfolio create retail --title "Retail customers"
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.PORTFOLIOS_MANAGE) as work:
        made = service.create(work, id_, title, profile)
    console.say(
        made, f"{made.id}: {made.title}, screened as {made.profile}. Next: comity portfolio import {made.id} FILE"
    )


@portfolio.command("list")
@click.pass_obj
def list_(console: Console) -> None:
    """List the portfolios, with how many are in each and what was found.

    \b
    comity portfolio list
    """  # noqa: D301 - a backslash and a b, as click reads them
    _table(console, "")


@portfolio.command("status")
@click.argument("id_", metavar="[PORTFOLIO]", required=False, default="")
@click.pass_obj
def status(console: Console, id_: str) -> None:
    """Show against which editions each portfolio stands, and how old that is.

    \b
    comity portfolio status
    comity portfolio status retail --json

    A portfolio is stale when it was last screened more than a day ago: for instant credit transfers, Regulation (EU)
    No 260/2012 art. 5d(1) asks for at least once in a calendar day, and at once after a change.
    """  # noqa: D301 - a backslash and a b, as click reads them
    _table(console, id_)


@portfolio.command("import")
@click.argument("id_", metavar="PORTFOLIO")
@click.argument("path", metavar="FILE", type=READABLE)
@click.option("--map", "said", multiple=True, metavar="COLUMN=PROPERTY", help="What a column holds; may be repeated.")
@click.option("--mode", type=click.Choice([one.value for one in Mode]), default=Mode.FULL.value, show_default=True,
              help="full: whoever is not in the file is ended. update: the others stay.")  # fmt: skip
@click.option("--schema", type=click.Choice(SCHEMAS), help="What every row is for which no column says it.")
@click.option(
    "--dates", type=click.Choice([one.value for one in DateOrder]), help="Which of day and month comes first."
)
@click.option("--separator", default="", help="What stands between several values of one cell.")
@click.option("--encoding", type=click.Choice(ENCODINGS), help="Where the file is neither UTF-8 nor UTF-16.")
@click.option("--delimiter", type=click.Choice(DELIMITERS), help="Where it cannot be told.")
@click.option("--dry-run", is_flag=True, help="Show what the columns are taken for, and take nothing.")
@click.option(
    "--accept-fit", is_flag=True, help="Take the rows that can be read, if not all can; nobody is ended then."
)
@click.option("--errors", type=WRITABLE, help="Where to write the error report.")
@click.pass_obj
def import_(console: Console, /, id_: str, path: Path, **given: Any) -> None:
    """Read a file of customers into a portfolio: CSV, JSON lines, FollowTheMoney or Parquet.

    \b
    comity portfolio import retail customers.csv --dry-run
    comity portfolio import retail customers.csv --map Kundennummer=id --map "date de naissance=birthDate" --dates day-first
    comity portfolio import retail new.csv --mode update --errors errors.csv

    Columns are told by their headings, in many languages, and by what stands in them; --map corrects that, and is remembered
    for the portfolio's next file. Dates whose day and month cannot be told apart are never guessed. Nothing is taken unless
    every row can be read; --accept-fit takes the others, and ends nobody: a row that cannot be read may be anybody's. A file that
    would end more than ten customers, and more than a tenth of them, waits too: it may have broken off.
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.PORTFOLIOS_READ, write=False) as work:
        one = service.find(work, id_)
    with console.waiting(f"Looking at {path.name}"):
        sha256 = service.keep(console.books.blobs, path)
        looked = service.look(
            console.books.blobs, sha256, one, encoding=given["encoding"] or "", delimiter=given["delimiter"] or ""
        )
    found = columns.corrected(looked.columns, dict(_pair(text) for text in given["said"]))
    mapping = _mapping(found, one.mapping, given)
    if given["dry_run"]:
        console.say(
            {"form": looked.form, "mapping": mapping, "columns": found}, saying.columns_text(looked, found, mapping)
        )
        return
    if ignored := [each.name for each in found if each.target == columns.IGNORED]:
        console.remark(saying.ignored_text(ignored))
    to_take = Given(
        portfolio=id_, name=path.name, sha256=sha256, form=looked.form, mapping=mapping, mode=Mode(given["mode"])
    )
    with console.progress(f"Reading {path.name}") as told:
        examined = service.examine(console.books, to_take, told)
    if given["errors"] and examined.report:
        _write(given["errors"], console.books.blobs.open(examined.report).read())
    with console.progress("Taking customers") as told, console.work(Permission.PORTFOLIOS_MANAGE) as work:
        taken = service.take(work, console.books, examined, told, accept=given["accept_fit"])
    if taken.state is ImportState.WAITING:
        raise _untaken(taken, given["errors"])
    console.say(taken, saying.import_text(taken))


@portfolio.command("accept")
@click.argument("import_id", metavar="IMPORT")
@click.pass_obj
def accept(console: Console, import_id: str) -> None:
    """Take the rows of a waiting import that can be read, and end whoever is not among them, where it is the whole portfolio.

    \b
    comity portfolio accept i-3f9c12d07a44
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.progress("Taking customers") as told, console.work(Permission.PORTFOLIOS_MANAGE) as work:
        taken = service.accept(work, console.books, import_id, told)
    console.say(taken, saying.import_text(taken))


@portfolio.command("discard")
@click.argument("import_id", metavar="IMPORT")
@click.pass_obj
def discard(console: Console, import_id: str) -> None:
    """Discard a waiting import.

    \b
    comity portfolio discard i-3f9c12d07a44
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.PORTFOLIOS_MANAGE) as work:
        done = service.discard(work, import_id)
    console.say(done, f"{done.id}: discarded. Nothing of it was taken.")


@portfolio.command("errors")
@click.argument("import_id", metavar="IMPORT")
@click.pass_obj
def errors(console: Console, import_id: str) -> None:
    """Print the error report of an import: a line for each thing that cannot be read, and what sort of value stands there.

    \b
    comity portfolio errors i-3f9c12d07a44
    comity portfolio errors i-3f9c12d07a44 --json
    """  # noqa: D301 - a backslash and a b, as click reads them
    with (
        console.work(Permission.PORTFOLIOS_READ, write=False) as work,
        service.report(work, console.books, import_id) as file,
    ):
        raw = file.read()
    lines = list(csv.DictReader(io.StringIO(raw.decode())))
    console.stream(lines, lambda one: ",".join(cast("dict[str, str]", one).values()))


@portfolio.command("screen")
@click.argument("id_", metavar="PORTFOLIO")
@click.option("--whole", is_flag=True, help="Ask about everybody, whatever was found before.")
@click.pass_obj
def screen(console: Console, id_: str, whole: bool) -> None:  # noqa: FBT001 - click's way
    """Screen a portfolio against what is in force.

    \b
    comity portfolio screen retail
    comity portfolio screen retail --whole

    Only those are asked about whom a change of the lists or of the customers since the last run can touch; what is found of
    everybody else provably stays. `result` is the digest of all that is found: it is the same after --whole. A run that is
    interrupted goes on when it is ordered again.
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.progress(f"Screening {id_}") as told:
        done = service.run(console, id_, told, whole=whole)
    console.say(done, saying.run_text(done))


@portfolio.command("runs")
@click.argument("id_", metavar="PORTFOLIO")
@click.option("--limit", type=click.IntRange(1, 1_000), default=50, show_default=True, help="Runs at most.")
@click.pass_obj
def runs(console: Console, id_: str, limit: int) -> None:
    """List the last runs of a portfolio, newest first.

    \b
    comity portfolio runs retail
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.PORTFOLIOS_READ, write=False) as work:
        found = service.runs_of(work, id_, limit)
    console.table(found, ("Run", "Began", "Kind", "State", "Asked", "Changed", "Matched"), saying.run_row)


@portfolio.command("changes")
@click.argument("run", metavar="RUN")
@click.pass_obj
def changes(console: Console, run: str) -> None:
    """Show what a run found anew, and what it found no longer.

    \b
    comity portfolio changes r-0f4a90c1b2d3
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.PORTFOLIOS_READ) as work:
        found = service.changes(work, run)
    console.stream(found, lambda one: saying.change_text(cast("Finding", one), run))


@portfolio.command("customers")
@click.argument("id_", metavar="PORTFOLIO")
@click.option("--text", default="", help="A part of a name, or the beginning of an id.")
@click.option(
    "--show",
    type=click.Choice([one.value for one in Show]),
    default=Show.STANDING.value,
    show_default=True,
    help="Which customers.",
)
@click.option("--offset", type=click.IntRange(0), default=0, help="Customers to pass over.")
@click.option("--limit", type=click.IntRange(1, 1_000), default=50, show_default=True, help="Customers at most.")
@click.pass_obj
def customers(console: Console, id_: str, text: str, show: str, offset: int, limit: int) -> None:
    """List the customers of a portfolio.

    \b
    comity portfolio customers retail --show found
    comity portfolio customers retail --text dresnov
    comity portfolio customers retail --show ended
    """  # noqa: D301 - a backslash and a b, as click reads them
    asked = Filter(text=text, show=Show(show), offset=offset, limit=limit)
    with console.work(Permission.PORTFOLIOS_READ) as work:
        page = service.search(work, id_, asked)
    console.table(
        page.customers,
        ("Id", "Name", "What", "Since", "Found"),
        lambda one: saying.customer_row(cast("Kept", one), page),
    )


@portfolio.command("show")
@click.argument("id_", metavar="PORTFOLIO")
@click.argument("customer")
@click.pass_obj
def show(console: Console, id_: str, customer: str) -> None:
    """Show all that is known of a customer, what was found of it and when, and where its alerts stand.

    \b
    comity portfolio show retail 40117
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.PORTFOLIOS_READ) as work:
        shown = service.show(work, id_, customer)
    console.say(shown, saying.shown_text(shown))


@portfolio.command("end")
@click.argument("id_", metavar="PORTFOLIO")
@click.argument("customer")
@click.pass_obj
def end(console: Console, id_: str, customer: str) -> None:
    """End a customer. Nothing is deleted, and look-backs find it still.

    \b
    comity portfolio end retail 40117
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.PORTFOLIOS_MANAGE) as work:
        ended = service.end(work, id_, customer)
    console.say(ended, f"{customer}: ended. It stays in look-backs.")


@portfolio.command("export")
@click.argument("id_", metavar="PORTFOLIO")
@click.option("--ended", is_flag=True, help="Also those who were ended.")
@click.option("--found", is_flag=True, help="What is found of customers, in the place of the customers.")
@click.pass_obj
def export(console: Console, id_: str, ended: bool, found: bool) -> None:  # noqa: FBT001 - click's way
    """Print the customers of a portfolio as FollowTheMoney, or what is found of them, one JSON object a line.

    \b
    comity portfolio export retail > customers.jsonl
    comity portfolio export retail --found > found.jsonl
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.PORTFOLIOS_READ) as work:
        for one in service.found(work, id_) if found else service.every(work, id_, ended=ended):
            sys.stdout.buffer.write(msgspec.json.encode(one.customer if isinstance(one, Kept) else one) + b"\n")


def _table(console: Console, id_: str) -> None:
    with console.work(Permission.PORTFOLIOS_READ, write=False) as work:
        found = [service.standing(work, id_)] if id_ else service.standings(work)
    if not found:
        console.remark(
            'There are no portfolios yet. Create one: comity portfolio create retail --title "Retail customers"'
        )
    console.table(
        found, ("Portfolio", "Customers", "Ended", "Found", "Screened", "Stands", "Editions"), saying.standing_row
    )


def _pair(text: str) -> tuple[str, str]:
    column, sign, target = text.rpartition("=")
    if not sign or not column:
        raise click.BadParameter(f"{text!r} is not COLUMN=PROPERTY.", param_hint="--map")
    return column, target


def _mapping(found: tuple[Column, ...], remembered: Mapping | None, given: dict[str, Any]) -> Mapping:
    order = DateOrder(given["dates"]) if given["dates"] else (remembered.order if remembered else None)
    unsure = [one.name for one in found if one.needs_order and one.target != columns.IGNORED]
    if unsure and order is None and not given["dry_run"]:
        raise DatesAmbiguous(
            f"Day and month cannot be told apart in {', '.join(unsure)}. "
            "Say which comes first: --dates day-first or --dates month-first"
        )
    schema = given["schema"] or (remembered.schema if remembered else "Person")
    separator = given["separator"] or (remembered.separator if remembered else "")
    return columns.mapping(found, schema=schema, order=order, separator=separator)


def _untaken(taken: Import, errors: Path | None) -> RowsUnfit | ManyEnded:
    if not taken.counts.unfit:
        return ManyEnded(
            f"This file would end {taken.counts.ended:,} customers: is it whole? Nothing was taken. "
            f"If it holds only some of them, say --mode update.\nTo end them: comity portfolio accept {taken.id}"
        )
    where = f"The error report is in {errors}." if errors else f"To see why: comity portfolio errors {taken.id}"
    return RowsUnfit(
        f"{taken.counts.unfit:,} of {taken.counts.rows:,} rows cannot be read, and nothing was taken. {where}\n"
        f"To take the others: comity portfolio accept {taken.id}"
    )


def _write(path: Path, raw: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(raw)
    part.replace(path)


COMMANDS: tuple[click.Command, ...] = (portfolio,)
