"""Asking at the terminal: `comity screen-name`, `screen`, `replay` and `screenings`."""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import click
import msgspec

from comity.infra.terminal import Terminal, likely
from comity.kit.limits import PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX
from comity.model.permission import Permission
from comity.screening import service
from comity.screening.model.answer import Matched, Screened
from comity.screening.model.history import OFFSET_MAX, Looked, Outcome
from comity.screening.model.profile import MATCHES_DEFAULT, MATCHES_MAX, THRESHOLD_DEFAULT, Profile
from comity.screening.model.question import NATURES, Question

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.infra.work import Work
    from comity.screening.model.answer import Result, Screening
    from comity.screening.model.history import Past


class Console(Terminal, Protocol):
    """A terminal at a node that screens."""

    @property
    def screening(self) -> service.Place:
        """What the services of this feature need."""
        ...


DAY = click.DateTime(["%Y-%m-%d"])
THRESHOLD = click.option(
    "--threshold",
    metavar="P",
    type=click.FloatRange(0, 1),
    help=f"The least probability of a match, from 0 to 1; that of the profile, or {THRESHOLD_DEFAULT}.",
)
LIMIT = click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(1, MATCHES_MAX),
    help=f"Matches of one name at most, the likeliest; as the profile says, or {MATCHES_DEFAULT}.",
)
PROFILE = click.option(
    "--profile",
    default="",
    metavar="NAME",
    help="How to screen: payment, customer, licence, or a version: 'customer 12'.",
)


@click.command("screen-name")
@click.argument("text")
@click.option("--schema", type=click.Choice(list(NATURES)), help="What it is; anything if not said.")
@click.option(
    "--birth-date",
    "birth_dates",
    multiple=True,
    metavar="DATE",
    help="A day, month or year: 1971-03-14, 1971-03 or 1971; may be repeated.",
)
@click.option(
    "--country", "countries", multiple=True, help="A country, by code or name: no, nationality:no; may be repeated."
)
@click.option(
    "--identifier",
    "identifiers",
    multiple=True,
    help="A further number: 4418 20937, passportNumber:no:4418 20937; may be repeated.",
)
@click.option("--gender", default="", metavar="GENDER", help="female, male or other.")
@click.option("--address", "addresses", multiple=True, help="An address on one line; may be repeated.")
@click.option("--incorporated", default="", metavar="DATE", help="When an organisation came into being.")
@click.option("--built", default="", metavar="DATE", help="When a vessel or an aircraft was built.")
@click.option("--vessel-type", default="", help="What vessel it is, in words.")
@click.option("--tonnage", default="", metavar="TONNES", help="Gross or deadweight tonnage.")
@PROFILE
@THRESHOLD
@LIMIT
@click.pass_obj
def screen_name(console: Console, /, text: str, profile: str, **known: Any) -> None:
    """Ask whether a name or a number belongs to anybody who is in force on any list.

    \b
    comity screen-name "oleg dresnov"
    comity screen-name "Олег Дреснов" --schema Person --birth-date 1971-03-14
    comity screen-name 9074729 --schema Vessel
    comity screen-name imoNumber:9074729
    comity screen-name "Nordhavn Trading" --profile customer --country jurisdiction:no
    comity screen-name "Nordhavn Trading" --threshold 0.2 --json

    TEXT is a name in any script, or a number: passport, registration, tax or IMO number, BIC, LEI, wallet address. The answer
    is CLEARED or MATCHED, names the editions that it rests on, and is kept: `comity replay ID` gives the same bytes again later.
    What else is known speaks for or against each match; a number that is listed matches whatever the name is. A number of
    a known type is compared with that type alone.
    """  # noqa: D301 - a backslash and a b, as click reads them
    limits = {name: known.pop(name) for name in ("threshold", "limit")}
    born, *also = known.pop("birth_dates") or ("",)
    question = Question.of(text, known.pop("schema") or "", born, other_birth_dates=tuple(also), **known)
    _ready(console)
    with console.work(Permission.SCREENING_ASK) as work:
        screening = service.screen(work, console.screening, question, _profile(work, profile).asking(**limits))
    console.say({"id": screening.id, **msgspec.to_builtins(screening.answer)}, _text(screening))


@click.command("screen")
@click.argument("source", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out",
    "target",
    metavar="FILE",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the answers; appears whole or not at all.",
)
@PROFILE
@THRESHOLD
@LIMIT
@click.pass_obj
def screen(console: Console, /, source: Path, target: Path, profile: str, **limits: Any) -> None:
    """Screen a file of names.

    \b
    comity screen customers.csv --out matches.csv
    comity screen customers.csv --out matches.csv --profile customer
    comity screen customers.csv --out matches.csv --threshold 0.7 --limit 3

    FILE is CSV in UTF-8, or in UTF-16 with a byte order mark, whose first line is `id,name`, and any of
    `schema,birth_date,country,identifier,gender,address` after them. Several birth dates, countries, identifiers or addresses of
    one row are joined by `|`. The answers are CSV too: `id,entity_id,caption,references,probability,evidence`, one row for each
    match, and one with an empty `entity_id` for each name that is cleared. References are `list:reference`, joined by `|`. A row
    that cannot be screened, or whose id another row has, is named by line and field, and then nothing is written.
    """  # noqa: D301 - a backslash and a b, as click reads them
    _ready(console)
    with _beside(target) as part:
        with (
            console.progress(f"Screening {source.name}", unit="rows") as told,
            console.work(Permission.SCREENING_ASK, write=False) as work,
        ):
            asked = _profile(work, profile).asking(**limits)
            read = service.screen_file(work, console.screening, (source, part), asked, told)
        with console.work(Permission.SCREENING_ASK) as work:
            screening = service.keep(work, read)
    console.say({"id": screening.id, **msgspec.to_builtins(screening.answer)}, f"{_text(screening)}\nAnswers: {target}")


def _profile(work: Work, name: str) -> Profile:
    return service.profile(work, name) if name else Profile()


def _ready(console: Console) -> None:
    """Build the index first, where nobody else has to wait for the database meanwhile."""
    with console.work(Permission.SCREENING_ASK, write=False) as work:
        if not service.is_fresh(work, console.screening):
            console.remark("What is in force has changed since the last screening. Building the index of names.")
            with console.waiting("Building the index of names"):
                service.fresh(work, console.screening)


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """Lend a path beside a file, and put what was written there in the file's place; or leave no trace."""
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        yield part
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _text(screening: Screening) -> str:
    answer = screening.answer
    rests = f"{screening.id}: against {len(answer.editions)} editions: {', '.join(answer.editions)}"
    match answer:
        case Screened():
            names = "name" if answer.rows == 1 else "names"
            said = f"{answer.rows:,} {names}: {answer.matched:,} matched, {answer.rows - answer.matched:,} cleared."
            return f"{said}\n{rests}"
        case Matched():
            return "\n".join([f"MATCHED: {len(answer.results)}", *map(_result_text, answer.results), rests])
        case _:
            return f"CLEARED\n{rests}"


def _result_text(one: Result) -> str:
    evidence = [f"      {said.effect.value}: {said.text}" for said in one.evidence]
    first = f"{likely(one.probability)}  {one.id}  {one.caption}  ({one.schema})"
    weights = [f"{each.kind.replace('_', ' ')} {each.points / 1000:+.1f}" for each in one.odds.weights]
    odds = f"      odds: {', '.join([f'start {one.odds.start / 1000:+.1f}', *weights])}"
    return "\n".join([first, f"      {', '.join(one.references)}", *evidence, odds])


@click.command("screenings")
@click.option("--outcome", type=click.Choice([one.value for one in Outcome]), help="Only what was cleared, or matched.")
@click.option("--since", type=DAY, help="From this day on (YYYY-MM-DD).")
@click.option("--until", type=DAY, help="Up to this day, included.")
@click.option("--everybody", is_flag=True, help="Those of others too; that they were listed is recorded.")
@click.option("--limit", type=click.IntRange(1, PAGE_ROWS_MAX), default=PAGE_ROWS_DEFAULT, help="Rows at most.")
@click.option("--offset", type=click.IntRange(0, OFFSET_MAX), default=0, help="Begin after this many rows.")
@click.pass_obj
def screenings(console: Console, /, limit: int, offset: int, **asked: Any) -> None:
    """List past screenings, the latest first. A line names nobody: `comity replay ID` gives the answer.

    \b
    comity screenings
    comity screenings --outcome matched --since 2031-11-01 --everybody
    """  # noqa: D301 - a backslash and a b, as click reads them
    outcome = Outcome(asked["outcome"]) if asked["outcome"] else None
    days = {name: asked[name].date() for name in ("since", "until") if asked[name]}
    window = slice(offset, offset + limit)
    if asked["everybody"]:
        with console.work(Permission.SCREENING_REVIEW) as work:
            found = service.review(work, Looked(outcome=outcome, **days), window)
    else:
        with console.work(Permission.SCREENING_ASK, write=False) as work:
            found = service.history(work, Looked(actor=work.actor.id, outcome=outcome, **days), window)
    columns = ("ID", "At", "By", "Names", "Matches", "Profile", "Digest")
    console.table(found.results, columns, _past)


def _past(one: object) -> tuple[str, ...]:
    past: Past = one  # type: ignore[assignment]
    at = past.at.isoformat(timespec="seconds")
    return (past.id, at, past.actor, str(past.rows), str(past.matches), past.profile or "none", past.digest[:12])
