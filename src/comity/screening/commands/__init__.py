"""Screening: `comity screen-name`, `screen`, `profiles …` and `screenings`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.screening.commands.asking import screen, screen_name, screenings
from comity.screening.commands.profiles import profiles

if TYPE_CHECKING:
    import click

COMMANDS: tuple[click.Command, ...] = (screen_name, screen, screenings, profiles)
