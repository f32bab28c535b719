"""What one can ask of the register, and decide in it."""

from comity.register.service.acting import enter_act, entered_acts, withdraw_act
from comity.register.service.following import follow
from comity.register.service.resolving import candidates, decide, joins, log, propose, undo
from comity.register.service.searching import search
from comity.register.service.showing import records, resolve_id, show, shown

__all__ = [
    "candidates",
    "decide",
    "enter_act",
    "entered_acts",
    "follow",
    "joins",
    "log",
    "propose",
    "records",
    "resolve_id",
    "search",
    "show",
    "shown",
    "undo",
    "withdraw_act",
]
