"""What one can do with payments: screen a file, see what is held, decide it, replay a verdict."""

from comity.filtering.service.answering import COLUMNS, answers
from comity.filtering.service.deciding import Shown, act, confirm, give_back, settle, show
from comity.filtering.service.examining import Examiner
from comity.filtering.service.lookback import keep_lookback, look_back, look_backs
from comity.filtering.service.looking import (
    due,
    files,
    has_past,
    held,
    likeliest,
    listed,
    narrowing,
    received,
    statistics,
)
from comity.filtering.service.place import Place, Stands
from comity.filtering.service.recalling import recall_answer, recalls
from comity.filtering.service.rejecting import rejection
from comity.filtering.service.replaying import replay
from comity.filtering.service.reporting import subject_id
from comity.filtering.service.running import PROFILE, begin, end, examine, keep, keep_file, screen_message

__all__ = [
    "COLUMNS",
    "PROFILE",
    "Examiner",
    "Place",
    "Shown",
    "Stands",
    "act",
    "answers",
    "begin",
    "confirm",
    "due",
    "end",
    "examine",
    "files",
    "give_back",
    "has_past",
    "held",
    "keep",
    "keep_file",
    "keep_lookback",
    "likeliest",
    "listed",
    "look_back",
    "look_backs",
    "narrowing",
    "recall_answer",
    "recalls",
    "received",
    "rejection",
    "replay",
    "screen_message",
    "settle",
    "show",
    "statistics",
    "subject_id",
]
