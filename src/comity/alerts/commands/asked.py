"""What the commands of alerts share: the terminal at which they run, and their options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import click

from comity.infra.terminal import Terminal
from comity.kit.limits import PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX

if TYPE_CHECKING:
    from comity.alerts import service
    from comity.screening.service import Place


class Console(Terminal, Protocol):
    """A terminal at a node that decides alerts."""

    @property
    def office(self) -> service.Office:
        """What the services of this feature need."""
        ...

    @property
    def screening(self) -> Place:
        """What screening needs."""
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
