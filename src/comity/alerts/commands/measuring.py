"""What was decided, in figures: `comity alerts statistics`, `backtest` and `try`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from comity.alerts import service
from comity.alerts.commands.asked import DAY, PROFILE
from comity.alerts.commands.deciding import alerts
from comity.alerts.model.spanning import Span
from comity.infra.terminal import likely
from comity.model.permission import Permission

if TYPE_CHECKING:
    from datetime import datetime

    from comity.alerts.commands.asked import Console
    from comity.alerts.model.asking import Statistics
    from comity.alerts.model.trying import Trial


@alerts.command("statistics")
@PROFILE
@click.option("--since", type=DAY, help="From this day on (YYYY-MM-DD); four weeks before the end if not said.")
@click.option("--until", type=DAY, help="Before this day; today included if not said.")
@click.option(
    "--by", type=click.Choice([one.value for one in Span]), default="day", show_default=True, help="Each line."
)
@click.pass_obj
def statistics(console: Console, profile: str, since: datetime | None, until: datetime | None, by: str) -> None:
    """Show what was opened, decided and carried, how precisely, and how long it took.

    \b
    comity alerts statistics
    comity alerts statistics --by month --since 2026-01-01
    comity alerts statistics --profile payment --since 2026-01-01 --json
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.ALERTS_READ, write=False) as work:
        first, last = (one.date() if one else None for one in (since, until))
        found = service.statistics(work, profile, first, last, Span(by))
    console.say(found, _statistics_text(found))


@alerts.command("backtest")
@click.argument("threshold", type=click.FloatRange(0, 1))
@PROFILE
@click.pass_obj
def backtest(console: Console, threshold: float, profile: str) -> None:
    """Try a threshold on the decisions that stand, and name every true match that it would lose.

    \b
    comity alerts backtest 0.4 --profile customer

    A first look, by the probability that each had when it was found. `comity alerts try` asks again under a whole version, and a
    release names its digest.
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.ALERTS_READ) as work:
        tried = service.backtest(work, profile, threshold)
    lost = [f"  would lose {one.alert} {one.hit} at {likely(one.probability)}" for one in tried.true_lost]
    kept = f"{tried.true_kept} true matches kept, {len(lost)} lost; {tried.false_avoided} false positives avoided"
    console.say({"backtest": tried, "digest": tried.digest}, "\n".join([f"{kept}.", *lost, f"digest {tried.digest}"]))


@alerts.command("try")
@click.argument("name", metavar="NAME")
@click.pass_obj
def try_(console: Console, name: str) -> None:
    """Try a version of a profile on everything that was decided, before it is released.

    \b
    comity alerts try "customer 12"
    comity profiles release "customer 12" --backtest DIGEST

    Every decided pair is asked about again, under this version and under the one in force, on what is in force today. Every true
    match that would be lost is named, and the result is kept under its digest.
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.progress("Asking again") as progress, console.work(Permission.ALERTS_READ, write=False) as work:
        found = service.attempt(work, console.screening, name, progress)
    with console.work(Permission.SCREENING_TUNE) as work:
        digest = service.keep_trial(work, found)
    console.say({"trial": found, "digest": digest}, _trial_text(found))


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


def _trial_text(found: Trial) -> str:
    figures = ("true_kept", "true_lost", "true_gained", "false_kept", "false_avoided", "false_added", "new", "dropped")
    lines = [f"{found.profile} beside {found.against or 'the defaults'}: {found.decisions} decided pairs tried."]
    if not found.subjects + found.unasked:
        return "\n".join([*lines, "Nobody has decided anything under this profile.", f"digest {found.digest}"])
    for one in found.bands:
        said = [f"{name.replace('_', ' ')} {count}" for name in figures if (count := getattr(one, name))]
        lines.append(f"  band {one.band}: {', '.join(said) or 'nothing'}")
    lines += [f"  would lose {one.alert} {one.hit}, now at {one.before:.2f}" for one in found.lost]
    if found.absent or found.unasked:
        lines.append(f"{found.absent} found by neither today; {found.unasked} subjects of whom too little is kept.")
    return "\n".join([*lines, f"digest {found.digest}"])
