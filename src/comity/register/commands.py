"""The register: `comity search`, `show`, `act` and `resolve …`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Protocol, cast

import click
import msgspec

from comity.infra.terminal import Terminal
from comity.kit.limits import PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX
from comity.lists import service as lists
from comity.model import countries
from comity.model.designation import Act, ActKind, State
from comity.model.permission import Permission
from comity.register import service
from comity.register.model.answers import Search
from comity.register.model.resolution import Verdict

if TYPE_CHECKING:
    from comity.lists.service import Desk
    from comity.register.model.answers import EnteredAct, Hit
    from comity.register.model.profile import Designation, Profile
    from comity.register.model.resolution import Candidate, Judgement


class Console(Terminal, Protocol):
    """A terminal at a node with a register."""

    @property
    def desk(self) -> Desk:
        """What reading the lists needs."""
        ...


DAY = click.DateTime(["%Y-%m-%d"])
TIME = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S%z"])
AS_OF = click.option("--as-of", type=DAY, help="As the law stood on this day (YYYY-MM-DD); today if not said.")
KNOWN_AT = click.option("--known-at", type=TIME, help="By what this node knew at this time, UTC; now if not said.")
LIMIT = click.option("--limit", type=click.IntRange(1, PAGE_ROWS_MAX), default=PAGE_ROWS_DEFAULT, help="Rows at most.")
OFFSET = click.option("--offset", type=click.IntRange(0), default=0, help="Begin after this many rows.")
STATES = click.Choice([state.value for state in State])


@click.command("search")
@click.argument("text", default="")
@AS_OF
@KNOWN_AT
@click.option("--source", "sources", multiple=True, help="Only entries of this list; may be repeated.")
@click.option("--programme", "programmes", multiple=True, help="Only under this programme.")
@click.option("--measure", "measures", multiple=True, help="Only with a measure of this kind, such as asset_freeze.")
@click.option("--schema", "schemas", multiple=True, help="Only of this kind: Person, Organization, Vessel, …")
@click.option("--country", "countries", multiple=True, help="Only of this country, by its two-letter code.")
@click.option("--state", "states", type=STATES, multiple=True, help="Only in this state on the day.")
@LIMIT
@OFFSET
@click.pass_obj
def search(console: Console, /, text: str, as_of: datetime | None, known_at: datetime | None, **rest: Any) -> None:
    """Look for a name in any script, or for a number, in all lists.

    \b
    comity search "oleg dresnov"
    comity search 9999993 --schema Vessel
    comity search --programme Iran --as-of 2020-03-20
    """  # noqa: D301 - a backslash and a b, as click reads them
    question = Search(
        text=text,
        as_of=_day(as_of),
        known_at=_instant(known_at),
        states=tuple(map(State, rest.pop("states"))),
        countries=tuple(code.lower() for code in rest.pop("countries")),
        **rest,
    )
    with console.work(Permission.REGISTER_READ, write=False) as work:
        found = service.search(work, console.desk, question)
    lines = [_hit_text(hit) for hit in found.results] or ["Nothing answers this question."]
    shown = f"{len(found.results)} of {found.total}, as of {found.as_of}."
    console.say(found, "\n".join([*lines, shown]))


@click.command("show")
@click.argument("entity")
@AS_OF
@KNOWN_AT
@click.pass_obj
def show(console: Console, entity: str, as_of: datetime | None, known_at: datetime | None) -> None:
    """Show one entity: who lists it, since when, under which programme and with which measures.

    \b
    comity show e-4w0sm1nkv7xnv5fp
    comity show exercise:qm:MSL-2022-0061 --as-of 2023-01-01
    comity show exercise:qm:MSL-2022-0061 --known-at 2024-11-20T06:00

    ENTITY is an id that a search prints, or an entry as LIST:REFERENCE, such as un_consolidated:QDi.001.
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.REGISTER_READ, write=False) as work:
        id_ = service.resolve_id(entity)
        profile = service.show(work, console.desk, id_, as_of=_day(as_of), known_at=_instant(known_at))
        shown = service.shown(work, profile)
    console.say(shown, _profile_text(profile))


@click.group("act")
def act() -> None:
    """Dated legal acts that the editions of a list do not show: they decide what a gap between two editions leaves open."""


@act.command("enter")
@click.argument("entity")
@click.option("--programme", required=True, help="Under which programme, as `show` prints it.")
@click.option("--kind", type=click.Choice([kind.value for kind in ActKind]), required=True, help="What was done.")
@click.option("--on", "on", type=DAY, required=True, help="The first day on which it has effect.")
@click.option("--citation", required=True, help="Where it is published.")
@click.pass_obj
def enter(console: Console, entity: str, programme: str, kind: str, on: datetime, citation: str) -> None:
    """Enter what an authority did on a day.

    \b
    comity act enter exercise:qm:MSL-2022-0077 --programme "Foreign interference" --kind suspended --on 2024-03-01 \\
        --citation "Order 2024/9"
    """  # noqa: D301 - a backslash and a b, as click reads them
    wanted = Act(kind=ActKind(kind), on=on.date(), citation=citation)
    with console.work(Permission.REGISTER_DECIDE) as work:
        entered = service.enter_act(work, console.desk, service.resolve_id(entity), programme, wanted)
    console.say(entered, f"{entered.id}: {entered.act.kind.value} on {entered.act.on} entered.")


@act.command("withdraw")
@click.argument("act_id")
@click.option("--reason", required=True, help="Why the entry was wrong, for the record.")
@click.pass_obj
def withdraw(console: Console, act_id: str, reason: str) -> None:
    """Withdraw an act that was entered wrongly; the entry and its withdrawal stay on record.

    \b
    comity act withdraw act-5f0c2b7d19e3 --reason "The day was mistyped."
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.REGISTER_DECIDE) as work:
        service.withdraw_act(work, console.desk, act_id, reason)
    console.say({"id": act_id, "withdrawn": True}, f"{act_id}: withdrawn.")


@act.command("list")
@click.argument("entity")
@click.pass_obj
def list_acts(console: Console, entity: str) -> None:
    """List the acts entered about an entity.

    \b
    comity act list exercise:qm:MSL-2022-0077
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.REGISTER_READ, write=False) as work:
        found = service.entered_acts(work, service.resolve_id(entity))
    console.table(found, ("Id", "Act", "Day", "Programme", "Citation", "State"), _act_row)


@click.group("resolve")
def resolve() -> None:
    """Whether two list entries are the same: propose, decide, undo."""


@resolve.command("candidates")
@LIMIT
@OFFSET
@click.pass_obj
def candidates(console: Console, limit: int, offset: int) -> None:
    """List the pairs that wait for a person, the likeliest first.

    \b
    comity resolve candidates
    comity resolve candidates --limit 200 --json
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.REGISTER_READ, write=False) as work:
        found, _ = service.candidates(work, limit, offset)
    console.table(found, ("Score", "One", "Other", "Agrees", "Differs"), _candidate_row)


@resolve.command("decide")
@click.argument("left")
@click.argument("right")
@click.argument("verdict", type=click.Choice([verdict.value for verdict in Verdict]))
@click.option("--reason", prompt="Why", help="Why, for whoever reads this next.")
@click.pass_obj
def decide(console: Console, left: str, right: str, verdict: str, reason: str) -> None:
    """Decide that two list entries are the same, different, or that you are unsure.

    \b
    comity resolve decide exercise:qm:MSL-2022-0061 exercise:qo:3007-2-19 same --reason "Same passport."
    """  # noqa: D301 - a backslash and a b, as click reads them
    pair = (service.resolve_id(left), service.resolve_id(right))
    with console.work(Permission.REGISTER_DECIDE) as work:
        judgement = service.decide(work, *pair, Verdict(verdict), reason)
    console.say(judgement, f"{judgement.id}: {judgement.verdict.value}. To undo it: comity resolve undo {judgement.id}")


@resolve.command("undo")
@click.argument("judgement")
@click.option("--reason", prompt="Why", help="Why the judgement was wrong, for the record.")
@click.pass_obj
def undo(console: Console, judgement: str, reason: str) -> None:
    """Undo a judgement, a rule's too; what it joined falls apart again.

    \b
    comity resolve undo j-51895f63d8d88f63 --reason "Another person of the same name."
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.REGISTER_DECIDE) as work:
        undone = service.undo(work, judgement, reason)
    console.say(undone, f"{undone.id}: undone.")


@resolve.command("log")
@click.option("--people", is_flag=True, help="Only what people decided, not rules.")
@LIMIT
@OFFSET
@click.pass_obj
def log(console: Console, people: bool, limit: int, offset: int) -> None:  # noqa: FBT001 - click's way
    """List judgements, newest first.

    \b
    comity resolve log --people
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.REGISTER_READ, write=False) as work:
        found, _ = service.log(work, limit, offset, by_people=people)
    console.table(found, ("Id", "Verdict", "One", "Other", "By", "When", "State"), _judgement_row)


@click.command("export")
@click.argument("source")
@click.option("--since", metavar="EDITION", help="Only what differs from this edition, as ADD, MOD and DEL.")
@click.option("--to", metavar="EDITION", help="Up to this edition; the one in force if not said.")
@click.pass_obj
def export(console: Console, source: str, since: str | None, to: str | None) -> None:
    """Write a list as FollowTheMoney JSON lines, or its changes as a FollowTheMoney delta.

    \b
    comity export un_consolidated > entities.ftm.json
    comity export un_consolidated --since 2031-11-18 > entities.delta.json
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.REGISTER_READ, write=False) as work:
        console.desk.source(source)
        if since is None:
            values = service.ftm_entities(work, console.desk, source)
        else:
            last = to or service.in_force(work, source)
            values = service.ftm_delta(
                work, console.desk, lists.edition_name(source, since), lists.edition_name(source, last)
            )
        console.stream(values, lambda value: msgspec.json.encode(value).decode())


@click.command("delta")
@click.option("--since", type=TIME, required=True, help="From what was known at this time, UTC.")
@click.option("--until", type=TIME, help="To what was known at this time; now if not said.")
@click.pass_obj
def delta(console: Console, since: datetime, until: datetime | None) -> None:
    """Show what changed in the whole register between two known times, as JSON lines.

    \b
    comity delta --since 2024-11-20 --until 2024-11-21T12:00
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.REGISTER_READ, write=False) as work:
        found = service.changes(work, console.desk, since.replace(tzinfo=since.tzinfo or UTC), _instant(until))
        console.stream(found, lambda value: msgspec.json.encode(value).decode())


def _candidate_row(value: object) -> tuple[str, ...]:
    one = cast("Candidate", value)
    return (f"{one.score:.2f}", one.left, one.right, ", ".join(one.agrees), ", ".join(one.differs))


def _judgement_row(value: object) -> tuple[str, ...]:
    one = cast("Judgement", value)
    state = "stands" if one.stands else "undone"
    return (one.id, one.verdict.value, one.left, one.right, one.by, f"{one.at:%Y-%m-%d %H:%M}", state)


def _day(at: datetime | None) -> date | None:
    return at.date() if at else None


def _instant(at: datetime | None) -> datetime | None:
    return at.replace(tzinfo=at.tzinfo or UTC) if at else None


def _hit_text(hit: Hit) -> str:
    where = " ".join(countries.name(code) for code in hit.countries[:3])
    facts = ", ".join(filter(None, (hit.schema, *hit.born[:1], where)))
    standing = "; ".join(
        f"{one.source} {one.state.value}" + (f" since {one.since}" if one.since else "") for one in hit.standing
    )
    original = f"  {hit.original}" if hit.original else ""
    return f"{hit.score:.2f}  {hit.id}  {hit.caption}{original}\n      {facts}\n      {standing}"


def _profile_text(profile: Profile) -> str:
    lines = [f"{profile.caption}  ({profile.schema}, {profile.id})", f"As of {profile.view.as_of}."]
    for one in profile.designations:
        lines += _designation_lines(one)
    lines.append("")
    lines += [f"{name}: {'; '.join(values)}" for name, values in profile.properties.items() if name != "notes"]
    return "\n".join(lines)


def _designation_lines(one: Designation) -> list[str]:
    lines = ["", f"{one.code}  {one.source}  {one.reference}  {one.programme}: {one.state.value}"]
    lines.append(f"    listed on {one.listed_on or 'not stated'}; first seen in {one.since_edition}")
    if one.until_edition or one.delisted_on:
        lines.append(
            f"    delisted {one.delisted_on or 'at a time not known'}; gone in {one.until_edition or 'no edition'}"
        )
    lines += [
        f"    {interval.since or '…'} to {interval.until or '…'}: {interval.state.value}" for interval in one.intervals
    ]
    for measure in one.measures:
        bounds = ", ".join(f"{key} {value}" for key, value in measure.parameters.items())
        lines.append(
            "    "
            + "; ".join(filter(None, (measure.kind.value, measure.object, bounds, measure.binds, measure.article)))
        )
    return lines


def _act_row(value: object) -> tuple[str, ...]:
    one = cast("EnteredAct", value)
    state = "withdrawn" if one.withdrawn_at else "in force"
    return (one.id, one.act.kind.value, str(one.act.on), one.programme, one.act.citation, state)


COMMANDS: tuple[click.Command, ...] = (search, show, act, resolve, export, delta)
