"""Good-guy entries at the terminal: `comity alerts good-guys …`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from comity.alerts import service
from comity.alerts.commands.asked import DAY, LIMIT, OFFSET, REASON
from comity.alerts.commands.deciding import alerts
from comity.alerts.model.asking import WhichGoodGuys
from comity.model.permission import Permission

if TYPE_CHECKING:
    from datetime import datetime

    from comity.alerts.commands.asked import Console
    from comity.alerts.model.answers import GoodGuy


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


def _good_guy_text(one: GoodGuy) -> str:
    stands = "ended" if one.ended_at else "holds" if one.confirmed_by else "waits for a second person"
    return f"{one.id}  {one.caption}  is not  {one.listed_caption}  until {one.until}: {stands}"
