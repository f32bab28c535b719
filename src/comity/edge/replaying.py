"""The command `comity replay`: whatever was answered, its id is enough to have the bytes again."""

from __future__ import annotations

from typing import Final

import click

from comity.edge.terminal import Console
from comity.filtering import service as filtering
from comity.model.permission import Permission
from comity.screening import service as screening

PAYMENT: Final = "p-"
"""How the ids of payments begin; those of screenings begin with `s-`."""
WAITING: Final = "Working the register out as it was known then"


@click.command("replay")
@click.argument("answered", metavar="ID")
@click.pass_obj
def replay(console: Console, answered: str) -> None:
    """Ask again on the editions of a kept answer, and print the bytes that come out.

    \b
    comity replay s-51895f63d8d88f63
    comity replay p-51895f63d8d88f63

    ID is that of a screening (`s-…`), or of a payment (`p-…`), which is read again from its file. The index is worked out again
    from the register, as it was known then and for the day of the law then. If other bytes come out than were kept, that is said,
    and the exit code is 70. That the answer of a screening was read is recorded in the ledger.
    """  # noqa: D301 - a backslash and a b, as click reads them
    click.echo(_payment(console, answered) if answered.startswith(PAYMENT) else _screening(console, answered))


def _payment(console: Console, id_: str) -> bytes:
    with console.work(Permission.PAYMENTS_READ, write=False) as work, console.waiting(WAITING):
        return filtering.replay(work, console.filtering, id_)


def _screening(console: Console, id_: str) -> bytes:
    with console.work(Permission.SCREENING_REVIEW) as work:
        screening.read(work, id_)
    with console.work(Permission.SCREENING_REVIEW, write=False) as work, console.waiting(WAITING):
        return screening.replay(work, console.screening, id_)


COMMANDS: tuple[click.Command, ...] = (replay,)
