"""Alerts: `comity alerts …`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol, cast

import click

from comity.alerts import service
from comity.alerts.model.asking import Decide, Order, WhichAlerts, WhichGoodGuys, row_shown
from comity.alerts.model.state import Disposition
from comity.infra.terminal import Terminal
from comity.kit.limits import PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX
from comity.model.permission import Permission

if TYPE_CHECKING:
    from comity.alerts.model.answers import GoodGuy, Hit
    from comity.alerts.model.asking import AlertShown, Shown, Statistics


class Console(Terminal, Protocol):
    """A terminal at a node that decides alerts."""

    @property
    def office(self) -> service.Office:
        """What the services of this feature need."""
        ...


DAY = click.DateTime(["%Y-%m-%d"])
LIMIT = click.option("--limit", type=click.IntRange(1, PAGE_ROWS_MAX), default=PAGE_ROWS_DEFAULT, help="Rows at most.")
OFFSET = click.option("--offset", type=click.IntRange(0), default=0, help="Begin after this many rows.")
NEEDS = click.option(
    "--needs",
    type=click.Choice(["decision", "second", "facts", "nothing", "all"]),
    default=None,
    help="What they need; everything that waits if not said.",
)
PROFILE = click.option("--profile", default="", help="Only of this screening profile, as customer or payment.")
REASON = click.option("--reason", required=True, help="Why, for whoever decides next.")


@click.group("alerts")
def alerts() -> None:
    """Decide what screening found, see what waits, and what was decided."""


@alerts.command("list")
@NEEDS
@PROFILE
@click.option(
    "--band", type=click.IntRange(0, 3), help="Only of this band of probability: 0 weak to 3 all but certain."
)
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
    text = "\n".join([*map(_alert_text, rows), f"{len(rows)} of {found.total}; {found.late} late."])
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
    console.say(opened, f"{opened.alert}: {len(opened.opened)} opened.")


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


@alerts.command("statistics")
@PROFILE
@click.option("--since", type=DAY, help="From this day on (YYYY-MM-DD); four weeks before the end if not said.")
@click.option("--until", type=DAY, help="Before this day; today included if not said.")
@click.pass_obj
def statistics(console: Console, profile: str, since: datetime | None, until: datetime | None) -> None:
    """Show what was opened, decided and carried, how precisely, and how long it took.

    \b
    comity alerts statistics
    comity alerts statistics --profile payment --since 2026-01-01 --json
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.ALERTS_READ, write=False) as work:
        found = service.statistics(work, profile, since.date() if since else None, until.date() if until else None)
    console.say(found, _statistics_text(found))


@alerts.command("backtest")
@click.argument("threshold", type=click.FloatRange(0, 1))
@PROFILE
@click.pass_obj
def backtest(console: Console, threshold: float, profile: str) -> None:
    """Try a threshold on the decisions that stand, and name every true match that it would lose.

    \b
    comity alerts backtest 0.4 --profile customer

    The result has a digest, which whoever proposes a profile names.
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.ALERTS_READ) as work:
        tried = service.backtest(work, profile, threshold)
    lost = [f"  would lose {one.alert} {one.hit} at {one.probability:.2f}" for one in tried.true_lost]
    kept = f"{tried.true_kept} true matches kept, {len(lost)} lost; {tried.false_avoided} false positives avoided"
    console.say({"backtest": tried, "digest": tried.digest}, "\n".join([f"{kept}.", *lost, f"digest {tried.digest}"]))


@alerts.group("good-guys")
def good_guys() -> None:
    """Pairs that stay silent for a time: one subject is not one who is listed."""


@good_guys.command("list")
@click.option(
    "--standing",
    type=click.Choice(["standing", "waiting", "ended", "all"]),
    default="standing",
    show_default=True,
    help="Which.",
)
@LIMIT
@OFFSET
@click.pass_obj
def list_good_guys(console: Console, standing: str, limit: int, offset: int) -> None:
    """List good-guy entries, those that end first before others.

    \b
    comity alerts good-guys list --standing waiting
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.ALERTS_READ, write=False) as work:
        found, total = service.vouched(work, WhichGoodGuys(standing=standing, limit=limit, offset=offset))
    console.say(
        {"results": found, "total": total}, "\n".join([*map(_good_guy_text, found), f"{len(found)} of {total}."])
    )


@good_guys.command("add")
@click.argument("hit")
@click.option("--until", type=DAY, required=True, help="The first day on which it no longer holds (YYYY-MM-DD).")
@click.option("--note", required=True, help="Why, for the second person.")
@click.pass_obj
def add_good_guy(console: Console, hit: str, until: datetime, note: str) -> None:
    """Ask that a pair which was decided as a false positive stay silent until a day.

    \b
    comity alerts good-guys add h-0c41f2a97be3 --until 2027-06-30 --note "Known at the branch since 2019."
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.ALERTS_DECIDE) as work:
        entry = service.vouch(work, hit, until.date(), note)
    console.say(entry, _good_guy_text(entry))


@good_guys.command("confirm")
@click.argument("good_guy", metavar="ID")
@click.pass_obj
def confirm_good_guy(console: Console, good_guy: str) -> None:
    """Agree as the second person; from now on the pair stays silent.

    \b
    comity alerts good-guys confirm g-0c41f2a97be3
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.ALERTS_CONFIRM) as work:
        entry = service.confirm_good_guy(work, good_guy)
    console.say(entry, _good_guy_text(entry))


@good_guys.command("end")
@click.argument("good_guy", metavar="ID")
@REASON
@click.pass_obj
def end_good_guy(console: Console, good_guy: str, reason: str) -> None:
    """End an entry; what it kept silent is open again.

    \b
    comity alerts good-guys end g-0c41f2a97be3 --reason "The customer has moved."
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.ALERTS_DECIDE) as work:
        entry = service.revoke(work, good_guy, reason)
    console.say(entry, _good_guy_text(entry))


def _alert_text(one: AlertShown) -> str:
    due = one.due_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
    return f"{one.probability:.2f}  {one.id}  {one.caption}  ~  {one.listed} ({', '.join(one.regimes)})  {one.needs}, due {due} UTC"


def _shown_text(shown: Shown) -> str:
    hit = shown.hit
    lines = [
        f"{hit.probability:.2f}  {shown.alert.subject.caption}  ~  {hit.listed.caption}",
        f"alert {shown.alert.id}, hit {hit.id}, screening {hit.screening}; {_state_text(hit)}",
        *(f"  {one.effect.value}: {one.text}" for one in hit.evidence),
        *(f"  {one.points / 1000:+.1f}  {one.kind}" for one in hit.odds.weights),
        "What follows from a true match:",
    ]
    for one in shown.consequences.listings:
        lines.append(f"  {one.code} {one.programme} ({one.source}:{one.reference})")
        lines += [
            f"    {measure.kind.value}; binds {measure.binds or 'as the list says'}; {measure.article}"
            for measure in one.measures
        ]
    lines.append(f"  measures {shown.consequences.digest}")
    lines += [f"{of.value}: {', '.join(one.id for one in reasons)}" for of, reasons in shown.reasons.items()]
    return "\n".join(lines)


def _state_text(hit: Hit) -> str:
    decision = getattr(hit.state, "decision", None)
    said = f" {decision.disposition.value} by {decision.by}" if decision else ""
    return f"{hit.id}: {hit.state.__struct_config__.tag}{said}"


def _good_guy_text(one: GoodGuy) -> str:
    stands = "ended" if one.ended_at else "holds" if one.confirmed_by else "waits for a second person"
    return f"{one.id}  {one.caption}  is not  {one.listed_caption}  until {one.until}: {stands}"


def _statistics_text(found: Statistics) -> str:
    lines = [
        f"{day.on}  opened {day.opened}, again {day.reopened}, decided {day.decided}, carried {day.carried}, closed {day.closed}"
        for day in found.days
    ]
    lines += [
        f"{one.profile} band {one.band}: {one.true} true, {one.false} false, precision {one.share:.2f}"
        for one in found.precision
    ]
    return "\n".join([*lines, f"{found.waiting} wait, {found.late} late."])


COMMANDS: tuple[click.Command, ...] = (alerts,)
