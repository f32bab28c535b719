"""Alerts: `comity alerts …`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.alerts.commands import good_guys, measuring
from comity.alerts.commands.deciding import alerts

if TYPE_CHECKING:
    import click

COMMANDS: tuple[click.Command, ...] = (alerts,)
"""What this feature adds to the command line."""

__all__ = ["COMMANDS", "good_guys", "measuring"]
