"""What one can do with portfolios: create them, read files into them, screen them, and ask where they and their customers stand."""

from comity.portfolios.service.books import Books
from comity.portfolios.service.importing import Examined, Given, accept, discard, examine, find_import, report, take
from comity.portfolios.service.listing import (
    changes,
    create,
    end,
    every,
    find,
    found,
    imports,
    order,
    runs_of,
    search,
    show,
    standing,
    standings,
)
from comity.portfolios.service.ordering import DAILY, SCREEN, SCREEN_WHOLE, TAKE, order_all, order_daily
from comity.portfolios.service.reading import Look, keep, look
from comity.portfolios.service.running import find_run, run, subject

__all__ = [
    "DAILY",
    "SCREEN",
    "SCREEN_WHOLE",
    "TAKE",
    "Books",
    "Examined",
    "Given",
    "Look",
    "accept",
    "changes",
    "create",
    "discard",
    "end",
    "every",
    "examine",
    "find",
    "find_import",
    "find_run",
    "found",
    "imports",
    "keep",
    "look",
    "order",
    "order_all",
    "order_daily",
    "report",
    "run",
    "runs_of",
    "search",
    "show",
    "standing",
    "standings",
    "subject",
    "take",
]
