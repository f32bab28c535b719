"""Payments: `comity payments …`."""

from __future__ import annotations

import csv
import os
import secrets
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import click
import msgspec

from comity.filtering import service
from comity.filtering.model.asking import Asked
from comity.filtering.model.explaining import explain
from comity.filtering.model.holding import Act, State
from comity.filtering.service.running import PROFILE
from comity.infra.terminal import Terminal, likely
from comity.kit.limits import PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX
from comity.model.permission import Permission
from comity.screening import service as screening

if TYPE_CHECKING:
    from comity.filtering.model.dealing import Lookback
    from comity.filtering.model.holding import File, Held, Payment
    from comity.filtering.model.verdict import Hit
    from comity.filtering.service.looking import Page, Rate


class Console(Terminal, Protocol):
    """A terminal at a node that screens payments."""

    @property
    def filtering(self) -> service.Place:
        """What the services of this feature need."""
        ...


REASON = click.option("--reason", required=True, help="Why, for whoever decides next; a customer never sees it.")
PAYMENT = click.argument("payment", metavar="ID")
LIMIT = click.option("--limit", type=click.IntRange(1, PAGE_ROWS_MAX), default=PAGE_ROWS_DEFAULT, help="Rows at most.")
OFFSET = click.option("--offset", type=click.IntRange(0), default=0, help="Begin after this many rows.")


@click.group("payments")
def payments() -> None:
    """Screen payments, decide those that are held, and look back."""


@payments.command("screen")
@click.argument(
    "sources", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--profile", default=PROFILE, show_default=True, help="How likely a match must be: a screening profile.")
@click.option(
    "--out",
    "target",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the answers as CSV; appears whole or not at all.",
)
@click.pass_obj
def screen(console: Console, sources: tuple[Path, ...], profile: str, target: Path | None) -> None:
    """Screen files of payments: ISO 20022, SWIFT MT or CSV, of any length.

    \b
    comity payments screen incoming.xml
    comity payments screen batch-1.xml batch-2.fin --out answers.csv
    comity payments screen payments.csv --profile "payment 3" --json

    Read are pacs.008, pacs.009 (and COV), pacs.004, pain.001, camt.056, MT103, MT202 (and COV), MT101 and CSV. A payment in which
    somebody on the lists, or a territory under a measure, may be meant is held; all others pass. Killed at any moment, the
    same command goes on where it ended; a file that was screened to its end is recognised by its content.

    The answers are CSV: a row for each match with its field, text, probability and evidence, one for what was seen and raises no
    alert, with the reason, and one with an empty `way` for each payment with neither.
    """  # noqa: D301 - a backslash and a b, as click reads them
    _ready(console)
    done = [_screen(console, source, profile) for source in sources]
    if target is not None:
        _answer(console, done, target)
    lines = [*map(_file_text, done), *([f"Answers: {target}"] if target else [])]
    console.say([msgspec.to_builtins(one) for one in done], "\n".join(lines))


def _screen(console: Console, source: Path, profile: str) -> File:
    place = console.filtering
    with console.waiting(f"Keeping {source.name}"):
        sha256 = service.keep_file(place, source)
    with console.work(Permission.PAYMENTS_SCREEN) as work:
        run = service.begin(work, place, sha256, source.name, profile)
    if run.file.ended_at is not None:
        console.remark(
            f"{source.name} was screened already, on {run.file.began_at:%d %B %Y}; nothing is screened twice."
        )
        return run.file
    if run.file.transfers:
        console.remark(f"{source.name}: going on after {run.file.transfers:,} payments.")
    with console.progress(f"Screening {source.name}") as told:
        for batch in service.examine(place, run, lambda done: told(done, None)):
            with console.work(Permission.PAYMENTS_SCREEN) as work:
                service.keep(work, place, run, batch)
    with console.work(Permission.PAYMENTS_SCREEN) as work:
        return service.end(work, run.file.id)


def _ready(console: Console) -> None:
    """Build the index first, where nobody else has to wait for the database meanwhile."""
    with console.work(Permission.PAYMENTS_SCREEN, write=False) as work:
        if not screening.is_fresh(work, console.filtering.screening):
            with console.waiting("Building the index of names"):
                screening.fresh(work, console.filtering.screening)


def _answer(console: Console, done: list[File], target: Path) -> None:
    """Write the answers beside their place, and put them there when they are whole."""
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with (
            part.open("x", encoding="utf-8", newline="") as out,
            console.work(Permission.PAYMENTS_READ, write=False) as work,
        ):
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(("file", *service.COLUMNS))
            for one in done:
                writer.writerows((one.id, *row) for row in service.answers(work, one.id))
            out.flush()
            os.fsync(out.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


@payments.command("holds")
@LIMIT
@OFFSET
@click.pass_obj
def holds(console: Console, limit: int, offset: int) -> None:
    """List the payments that wait for a decision, the oldest first.

    \b
    comity payments holds
    comity payments holds --limit 10 --json
    """  # noqa: D301 - a backslash and a b, as click reads them
    _list(console, State.HELD.value, "", (limit, offset))


@payments.command("list")
@click.option("--state", type=click.Choice([one.value for one in State]), help="Only those that stand so.")
@click.option("--file", default="", metavar="ID", help="Only those of one file.")
@click.option(
    "--list", default="", metavar="ID", help="Only where somebody on this list may be meant, or a `territory`."
)
@click.option("--since", default="", metavar="DAY", help="Screened on this day (YYYY-MM-DD) or later.")
@click.option("--until", default="", metavar="DAY", help="Screened on this day or earlier.")
@click.option("--currency", default="", metavar="CODE", help="Only in this currency.")
@click.option("--least", default="", metavar="AMOUNT", help="Of at least this amount of the currency.")
@click.option("--most", default="", metavar="AMOUNT", help="Of at most this amount of the currency.")
@click.option("--likely", default="", metavar="P", help="Whose likeliest hit has at least this probability.")
@click.option("--instant", is_flag=True, help="Only instant payments.")
@LIMIT
@OFFSET
@click.pass_obj
def list_(console: Console, /, state: str | None, file: str, limit: int, offset: int, **asked: Any) -> None:
    """List payments that were screened, the oldest first.

    \b
    comity payments list
    comity payments list --state blocked
    comity payments list --state held --list un_consolidated --likely 0.75
    comity payments list --currency EUR --least 10000 --since 2031-11-01
    comity payments list --file f-1f0a91d4c2b7e853 --json
    """  # noqa: D301 - a backslash and a b, as click reads them
    narrowed = Asked(**{**asked, "instant": "1" if asked["instant"] else ""})
    _list(console, state or "", file, (limit, offset), narrowed)


def _list(console: Console, state: str, file: str, page: tuple[int, int], asked: Asked | None = None) -> None:
    with console.work(Permission.PAYMENTS_READ, write=False) as work:
        found = service.listed(work, state, file, *page, asked)
    console.say(msgspec.to_builtins(found), _page_text(found, state))


@payments.command("show")
@PAYMENT
@click.pass_obj
def show(console: Console, payment: str) -> None:
    """Show a payment that was held: what was found where, what the law makes of it, and what is open.

    \b
    comity payments show p-51895f63d8d88f63
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.PAYMENTS_READ) as work:
        shown = service.show(work, console.filtering, payment)
    outcome = shown.judged.outcome.value if shown.judged.outcome else None
    value = {
        "payment": shown.held.payment,
        "verdict": shown.held.verdict,
        "outcome": outcome,
        "reasons": explain(shown.judged.decision) if shown.judged.decision else (),
        "steps": shown.held.steps,
        "acts": shown.ways,
    }
    console.say(msgspec.to_builtins(value), _shown_text(shown))


def _acting(act: Act, says: str, example: str) -> click.Command:
    """Make the command of one act."""

    @click.pass_obj
    def command(console: Console, payment: str, reason: str) -> None:
        with console.work(Permission.PAYMENTS_DECIDE) as work:
            held = service.act(work, console.filtering, payment, act, reason)
        console.say(msgspec.to_builtins(held.payment), _acted_text(held))

    made = click.command(act.value, help=f"{says}\n\n\b\ncomity payments {act.value} {example}")(
        PAYMENT(REASON(command))
    )
    assert isinstance(made, click.Command)
    return made


ACTS = {
    Act.RELEASE: "Release a held payment, or propose it where a second person must agree.",
    Act.REJECT: "Reject a held payment: it is not carried out, and the sender is told in neutral words.",
    Act.BLOCK: "Block the money of a held payment: nothing is rejected and nothing is returned.",
    Act.ASK: "Ask the sending bank for more, in neutral words; the payment stays held.",
    Act.ESCALATE: "Hand a held payment to somebody who may decide more; it stays held.",
}
for _act, _says in ACTS.items():
    payments.add_command(_acting(_act, _says, 'p-51895f63d8d88f63 --reason "Another birth date and country."'))


@payments.command("confirm")
@PAYMENT
@REASON
@click.pass_obj
def confirm(console: Console, payment: str, reason: str) -> None:
    """Agree, as the second person, to what another proposed for a payment.

    \b
    comity payments confirm p-51895f63d8d88f63 --reason "Seen the passport."
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.PAYMENTS_DECIDE) as work:
        held = service.confirm(work, console.filtering, payment, reason)
    console.say(msgspec.to_builtins(held.payment), _acted_text(held))


@payments.command("return")
@PAYMENT
@REASON
@click.pass_obj
def give_back(console: Console, payment: str, reason: str) -> None:
    """Return, as the second person, what another proposed for a payment: it is open again.

    \b
    comity payments return p-51895f63d8d88f63 --reason "The country is missing."
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.PAYMENTS_DECIDE) as work:
        held = service.give_back(work, console.filtering, payment, reason)
    console.say(msgspec.to_builtins(held.payment), _acted_text(held))


@payments.command("answer")
@PAYMENT
@click.pass_obj
def answer(console: Console, payment: str) -> None:
    """Write the answer to a recall (camt.056) of a payment that is held or blocked here.

    \b
    comity payments answer p-51895f63d8d88f63

    ID is the recall's. Money that is blocked is given back to nobody: the recall is refused (camt.029, RJCR). Money that is held is
    neither promised nor refused: the answer is pending (PDCR). The message never says why. Nothing is sent.
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.PAYMENTS_READ, write=False) as work:
        written = service.recall_answer(work, console.filtering, payment)
    console.say(msgspec.to_builtins(written), written.text)


@payments.command("lookback")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Look for whoever was listed since this day; by default since the last look back, or the first payment.",
)
@click.pass_obj
def lookback(console: Console, since: datetime | None) -> None:
    """Look for whoever was listed since among the payments that were screened before.

    \b
    comity payments lookback
    comity payments lookback --since 2031-01-01 --json

    Every earlier dealing becomes an alert. The node looks back by itself when an edition comes into force.
    """  # noqa: D301 - a backslash and a b, as click reads them
    _ready(console)
    with (
        console.progress("Looking back") as told,
        console.work(Permission.PAYMENTS_SCREEN, write=False) as work,
    ):
        found = service.look_back(work, console.filtering, _day(since), told)
    with console.work(Permission.PAYMENTS_SCREEN) as work:
        service.keep_lookback(work, console.filtering, found)
    console.say(msgspec.to_builtins(found), _lookback_text(found))


@payments.command("statistics")
@click.pass_obj
def statistics(console: Console) -> None:
    """Show how many of ten thousand payments each profile stops.

    \b
    comity payments statistics --json
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(Permission.PAYMENTS_READ, write=False) as work:
        found = service.statistics(work)
    console.table(found, ("profile", "payments", "stopped", "hits", "of 10,000"), _rate_row)


def _day(at: datetime | None) -> date | None:
    return at.date() if at else None


def _rate_row(one: object) -> tuple[str, ...]:
    rate: Rate = one  # type: ignore[assignment]
    return rate.profile, f"{rate.payments:,}", f"{rate.stopped:,}", f"{rate.hits:,}", f"{rate.stopped_per_10000:,.1f}"


def _file_text(one: File) -> str:
    said = f"{one.id}: {_counted(one.transfers, 'payment')}, {one.held:,} held, {one.transfers - one.held:,} passed"
    return said + (f", {one.repeated:,} seen before" if one.repeated else "")


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what if count == 1 else f'{what}s'}"


def _payment_text(one: Payment) -> str:
    amount = str(one.amount) if one.amount else "no amount"
    again = f"  repeats {one.same_as}" if one.same_as else ""
    return f"{one.id}  {one.state.value}  {one.kind}  {amount}  {one.hits} found, {likely(one.probability)}{again}"


def _page_text(found: Page, state: str) -> str:
    if not found.count:
        return "Nothing is held." if state == State.HELD.value else "No payment was screened that meets this."
    return "\n".join([*map(_payment_text, found.payments), f"{len(found.payments)} of {found.count}."])


def _hit_text(hit: Hit) -> list[str]:
    places = ", ".join(one.place for one in hit.standing)
    first = f"  {likely(hit.probability)}  {hit.way.value}  {hit.text!r} in {places}: {hit.listed.caption}"
    return [
        first,
        f"      {', '.join(hit.listed.references)}",
        *(f"      {one.effect.value}: {one.text}" for one in hit.evidence),
    ]


def _shown_text(shown: service.Shown) -> str:
    held = shown.held
    lines = [_payment_text(held.payment), f"{held.verdict.fields} fields were screened."]
    lines += [line for hit in held.verdict.hits for line in _hit_text(hit)]
    lines += [
        f"  seen, no alert ({one.reason.value}): {one.hit.text!r}: {one.hit.listed.caption}"
        for one in held.verdict.seen
    ]
    lines += (
        list(explain(shown.judged.decision))
        if shown.judged.decision
        else ["Nobody has said which law binds this node."]
    )
    lines += [
        f"{one.at:%Y-%m-%d %H:%M} {one.by}: {one.act.value}, {one.step.value}. {one.reason}" for one in held.steps
    ]
    lines += [f"  {'open  ' if one.is_open else 'closed'}  {one.act.value}  {one.because}" for one in shown.ways]
    return "\n".join(lines)


def _acted_text(held: Held) -> str:
    last = held.steps[-1]
    waits = " A second person must agree: comity payments confirm" if held.proposed else ""
    return f"{held.payment.id}: {last.act.value}, {last.step.value}; {held.payment.state.value}.{waits}"


def _lookback_text(found: Lookback) -> str:
    lines = [
        f"{found.id}: {found.listed:,} newly listed, {found.questions:,} past names, numbers and texts asked again."
    ]
    for one in found.dealings:
        lines += [*_hit_text(one.hit), f"      in {', '.join(one.payments)}"]
    return "\n".join([*lines, f"{_counted(found.payments, 'earlier payment')} found."])


COMMANDS: tuple[click.Command, ...] = (payments,)
