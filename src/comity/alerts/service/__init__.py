"""What one can do with what screening found: report it, decide it, and ask where it stands."""

from comity.alerts.service.deciding import alike, assign, confirm, decide, decide_alike, give_back, undo
from comity.alerts.service.looking import (
    beside,
    consequences,
    every,
    history,
    pace,
    patterns,
    queue,
    regimes,
    show,
    subjects,
    to_confirm,
    to_decide,
)
from comity.alerts.service.measuring import backtest, statistics, tuning
from comity.alerts.service.office import Office
from comity.alerts.service.practising import profiles, reasons
from comity.alerts.service.reporting import open_name, opened, report, retract
from comity.alerts.service.restricting import MEMBERS_MAX, restrict
from comity.alerts.service.standing import known, standing
from comity.alerts.service.trying import attempt, keep_trial, order_trial, ordered_trial, run_trial, trial, tried
from comity.alerts.service.vouching import confirm_good_guy, expire, revoke, vouch, vouched

__all__ = [
    "MEMBERS_MAX",
    "Office",
    "alike",
    "assign",
    "attempt",
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
    "keep_trial",
    "known",
    "open_name",
    "opened",
    "order_trial",
    "ordered_trial",
    "pace",
    "patterns",
    "profiles",
    "queue",
    "reasons",
    "regimes",
    "report",
    "restrict",
    "retract",
    "revoke",
    "run_trial",
    "show",
    "standing",
    "statistics",
    "subjects",
    "to_confirm",
    "to_decide",
    "trial",
    "tried",
    "tuning",
    "undo",
    "vouch",
    "vouched",
]
