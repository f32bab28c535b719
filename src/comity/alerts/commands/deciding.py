"""The queue at the terminal, and decisions: `comity alerts list`, `show`, `decide`, `confirm`, `return`, `undo`, `assign`."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any, cast

import click

from comity.alerts import service
from comity.alerts.commands.asked import LIMIT, NEEDS, OFFSET, PROFILE, REASON
from comity.alerts.model.answers import Needs
from comity.alerts.model.asking import Decide, Order, WhichAlerts, row_shown
from comity.alerts.model.ranking import needs
from comity.alerts.model.state import Disposition
from comity.infra.terminal import likely
from comity.model.permission import Permission

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.alerts.commands.asked import Console
    from comity.alerts.model.answers import Hit
    from comity.alerts.model.asking import AlertShown, Shown


NOTHING = (
    "No alert answers this. Alerts come from screening customers and payments, and from a name that was screened alone: "
    "comity alerts open SCREENING"
)


@click.group("alerts")
def alerts() -> None:
    """Decide what screening found, see what waits, and what was decided."""


@alerts.command("list")
@NEEDS
@PROFILE
@click.option(
    "--band", type=click.IntRange(0, 3), help="Only of this band of probability: 0 weak to 3 all but certain."
)
@click.option("--regime", default="", metavar="CODE", help="Only where this regime lists somebody, as UN or EU.")
@click.option("--assigned", default="", help="Only those assigned to this person's id, or to nobody.")
@click.option("--late", is_flag=True, help="Only what should have been decided before now.")
@click.option(
    "--order", type=click.Choice([one.value for one in Order]), default="rank", show_default=True, help="By what."
)
@LIMIT
@OFFSET
@click.pass_obj
def list_(console: Console, /, needs: str | None, order: str, **rest: Any) -> None:
    """List alerts, the likeliest and most urgent first.

    \b
    comity alerts list
    comity alerts list --needs second
    comity alerts list --profile payment --late --json
    """  # noqa: D301 - a backslash and a b, as click reads them
    which = WhichAlerts(needs=needs or "", order=Order(order), **rest)
    with console.work(Permission.ALERTS_READ, write=False) as work:
        found = service.queue(work, which)
    rows = [row_shown(row) for row in found.rows]
    counted = f"{len(rows)} of {found.total}; {found.late} late."
    text = "\n".join([*map(_alert_text, rows), counted if found.total else NOTHING])
    console.say({"results": rows, "total": found.total, "late": found.late}, text)


@alerts.command("open")
@click.argument("screening")
@click.pass_obj
def open_(console: Console, screening: str) -> None:
    """Open an alert about a name that was screened alone, so that it is decided and kept.

    \b
    comity screen-name "oleg dresnov"
    comity alerts open s-51895f63d8d88f63
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.ALERTS_DECIDE) as work:
        opened = service.open_name(work, console.office, screening)
    console.say(opened, f"{opened.alert}: {len(opened.opened)} opened. See: comity alerts show {opened.alert}")


@alerts.command("show")
@click.argument("alert")
@click.option("--hit", default="", help="Which of its hits; the first that waits if not said.")
@click.pass_obj
def show(console: Console, alert: str, hit: str) -> None:
    """Show an alert: both sides, the evidence with its weights, what follows from a true match, and what may be decided.

    \b
    comity alerts show a-51895f63d8d8
    comity alerts show a-51895f63d8d8 --hit h-0c41f2a97be3 --json

    That somebody looked is recorded.
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.ALERTS_READ) as work:
        shown = service.show(work, console.office, alert, hit)
    digest = shown.consequences.digest
    console.say({"shown": shown, "measures": digest}, _shown_text(shown))


@alerts.command("decide")
@click.argument("hit")
@click.argument("disposition", type=click.Choice([one.value for one in Disposition]))
@click.option("--reason", "reasons", multiple=True, required=True, help="A reason that `show` lists; may be repeated.")
@click.option("--note", default="", help="In your own words, for the second person.")
@click.option("--measures", default="", help="For a true match: the digest of what follows, as `show` prints it.")
@click.pass_obj
def decide(console: Console, hit: str, disposition: str, reasons: tuple[str, ...], note: str, measures: str) -> None:
    """Say what a hit is; where the practice asks for it, a second person confirms.

    \b
    comity alerts decide h-0c41f2a97be3 false_positive --reason other_birth_date
    comity alerts decide h-0c41f2a97be3 true_match --reason same_identifier --measures DIGEST
    """  # noqa: D301 - a backslash and a b, as click reads them
    said = Decide(hit=hit, disposition=Disposition(disposition), reasons=reasons, note=note, measures=measures)
    with console.work(Permission.ALERTS_DECIDE) as work:
        decided = service.decide(work, console.office, said)
    console.say(decided, _state_text(decided))


@alerts.command("confirm")
@click.argument("hit")
@click.pass_obj
def confirm(console: Console, hit: str) -> None:
    """Agree, as the second person, with what another proposed.

    \b
    comity alerts confirm h-0c41f2a97be3

    The operator at this machine counts as one person: what was proposed here is confirmed by somebody who signs in.
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.ALERTS_CONFIRM) as work:
        confirmed = service.confirm(work, hit)
    console.say(confirmed, _state_text(confirmed))


@alerts.command("return")
@click.argument("hit")
@REASON
@click.pass_obj
def return_(console: Console, hit: str, reason: str) -> None:
    """Give a proposal back to the first person.

    \b
    comity alerts return h-0c41f2a97be3 --reason "The passport was not compared."
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.ALERTS_CONFIRM) as work:
        returned = service.give_back(work, hit, reason)
    console.say(returned, _state_text(returned))


@alerts.command("undo")
@click.argument("hit")
@REASON
@click.pass_obj
def undo(console: Console, hit: str, reason: str) -> None:
    """Take back what was decided: whatever waits for the answer waits again.

    \b
    comity alerts undo h-0c41f2a97be3 --reason "Decided on the wrong line."
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.ALERTS_DECIDE) as work:
        undone = service.undo(work, hit, reason)
    console.say(undone, _state_text(undone))


@alerts.command("assign")
@click.argument("alert_ids", metavar="ALERT…", nargs=-1, required=True)
@click.option("--to", default="", help="The id of a person; nobody in particular if not said.")
@click.pass_obj
def assign(console: Console, alert_ids: tuple[str, ...], to: str) -> None:
    """Give alerts to a person, or back to everybody.

    \b
    comity alerts assign a-51895f63d8d8 a-7be30c41f2a9 --to user:4c1d0e
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.ALERTS_DECIDE) as work:
        count = service.assign(work, alert_ids, to)
    console.say({"assigned": count, "to": to}, f"{count} assigned to {to or 'nobody in particular'}.")


@alerts.command("restrict")
@click.argument("alert")
@click.option(
    "--to", "members", multiple=True, help="The id of a person who may know; repeated for each, two at least."
)
@click.pass_obj
def restrict(console: Console, alert: str, members: tuple[str, ...]) -> None:
    """Let only some people know of an alert; without --to, everybody again who reads alerts.

    \b
    comity alerts restrict a-51895f63d8d8 --to user:4c1d0e --to user:9a2b7f
    comity alerts restrict a-51895f63d8d8

    For others it is as if it did not exist. The operator at this machine, who could read the database anyway, still sees it.
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.ALERTS_CONFIRM) as work:
        restricted = service.restrict(work, alert, members)
    said = f"for {', '.join(restricted.members)} alone" if restricted.members else "for whoever reads alerts"
    console.say({"alert": alert, "members": restricted.members}, f"{alert}: {said}.")


@alerts.command("export")
@NEEDS
@PROFILE
@click.pass_obj
def export(console: Console, needs: str | None, profile: str) -> None:
    """Print alerts one a line, all of them.

    \b
    comity alerts export --needs all --json > alerts.jsonl
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.ALERTS_READ, write=False) as work:
        rows = map(row_shown, service.every(work, WhichAlerts(needs=needs or "", profile=profile)))
        console.stream(rows, lambda row: _alert_text(cast("AlertShown", row)))


def _alert_text(one: AlertShown) -> str:
    due = one.due_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
    listed = f"{one.listed} ({', '.join(one.regimes)})"
    return f"{likely(one.probability)}  {one.id}  {one.caption}  ~  {listed}  {one.needs}, due {due} UTC"


def _shown_text(shown: Shown) -> str:
    hit = shown.hit
    lines = [
        f"{likely(hit.probability)}  {shown.alert.subject.caption}  ~  {hit.listed.caption}",
        f"alert {shown.alert.id}, screening {hit.screening}; {_state_text(hit)}",
        *(f"  {name}: {', '.join(values)}" for name, values in shown.alert.subject.properties.items()),
        *(f"  in {one.place}: {one.text}" for one in shown.alert.subject.said),
        f"Listed as {', '.join(hit.listed.references)}:",
        *(f"  {name}: {', '.join(values)}" for name, values in hit.listed.properties.items()),
        "Evidence:",
        *(f"  {one.effect.value}: {one.text}" for one in hit.evidence),
        *(f"  {one.points / 1000:+.1f}  {one.kind}" for one in hit.odds.weights),
        *_following(shown),
        *_choices(shown),
    ]
    others = [one for one in shown.hits if one.id != hit.id]
    lines += ["Other hits of this subject:"] if others else []
    lines += [f"  {likely(one.probability)}  {one.listed.caption}; {_state_text(one)}" for one in others]
    return "\n".join(lines)


def _following(shown: Shown) -> Iterator[str]:
    yield "What follows from a true match:"
    for one in shown.consequences.listings:
        yield f"  {one.code} {one.programme} ({one.source}:{one.reference})"
        for measure in one.measures:
            yield f"    {measure.kind.value}; binds {measure.binds or 'as the list says'}; {measure.article}"
    yield f"  measures {shown.consequences.digest}"


def _choices(shown: Shown) -> Iterator[str]:
    """Yield what can be decided, with the reasons for each, where something waits for a decision."""
    if needs(shown.hit) not in {Needs.DECISION, Needs.FACTS}:
        return
    yield f"Decide it: comity alerts decide {shown.hit.id} DISPOSITION --reason REASON"
    for disposition, reasons in shown.reasons.items():
        yield f"  {disposition.value}{' (a second person confirms)' if disposition in shown.needs_second else ''}:"
        yield from (f"    {one.id}: {one.text}" for one in reasons)


def _state_text(hit: Hit) -> str:
    decision = getattr(hit.state, "decision", None)
    said = f" {decision.disposition.value} by {decision.by}" if decision else ""
    return f"{hit.id}: {hit.state.__struct_config__.tag}{said}"
