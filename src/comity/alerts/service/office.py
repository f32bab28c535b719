"""The office that decides: its lists and its calendar."""

from __future__ import annotations

from typing import NamedTuple

from comity.alerts.model.practice import Calendar
from comity.lists.service import Desk


class Office(NamedTuple):
    """What the services of this feature need beside a `Work`."""

    desk: Desk
    calendar: Calendar = Calendar()
