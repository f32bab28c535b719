"""What one can ask of the register, and decide in it."""

from comity.register.service.acting import enter_act, entered_acts, withdraw_act
from comity.register.service.deltas import changes, ftm_delta, ftm_entities, in_force
from comity.register.service.following import follow
from comity.register.service.naming import learned, names_in_force
from comity.register.service.resolving import candidates, decide, joins, log, propose, undo
from comity.register.service.saying import beside, pointed_at, standing
from comity.register.service.searching import search
from comity.register.service.showing import cards, records, resolve_id, show, show_each, show_entry, shown

__all__ = [
    "beside",
    "candidates",
    "cards",
    "changes",
    "decide",
    "enter_act",
    "entered_acts",
    "follow",
    "ftm_delta",
    "ftm_entities",
    "in_force",
    "joins",
    "learned",
    "log",
    "names_in_force",
    "pointed_at",
    "propose",
    "records",
    "resolve_id",
    "search",
    "show",
    "show_each",
    "show_entry",
    "shown",
    "standing",
    "undo",
    "withdraw_act",
]
