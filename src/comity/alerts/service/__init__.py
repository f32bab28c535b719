"""What one can do with what screening found: report it, decide it, and ask where it stands."""

from comity.alerts.service.deciding import alike, assign, confirm, decide, decide_alike, give_back, undo
from comity.alerts.service.looking import (
    beside,
    consequences,
    every,
    history,
    needs_of,
    pace,
    patterns,
    queue,
    show,
    subjects,
)
from comity.alerts.service.measuring import backtest, statistics, tuning
from comity.alerts.service.office import Office
from comity.alerts.service.practising import profiles, reasons
from comity.alerts.service.reporting import open_name, report, retract
from comity.alerts.service.standing import standing
from comity.alerts.service.vouching import confirm_good_guy, expire, revoke, vouch, vouched

__all__ = [
    "Office",
    "alike",
    "assign",
    "backtest",
    "beside",
    "confirm",
    "confirm_good_guy",
    "consequences",
    "decide",
    "decide_alike",
    "every",
    "expire",
    "give_back",
    "history",
    "needs_of",
    "open_name",
    "pace",
    "patterns",
    "profiles",
    "queue",
    "reasons",
    "report",
    "retract",
    "revoke",
    "show",
    "standing",
    "statistics",
    "subjects",
    "tuning",
    "undo",
    "vouch",
    "vouched",
]
