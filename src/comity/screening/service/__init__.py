"""What one can ask: screen a name or a file of names, look an answer up, and replay it."""

from comity.screening.service.files import examine, screen_file
from comity.screening.service.indexing import fresh, ground, is_fresh
from comity.screening.service.place import Place
from comity.screening.service.screening import find, keep, replay, screen, screen_each

__all__ = [
    "Place",
    "examine",
    "find",
    "fresh",
    "ground",
    "is_fresh",
    "keep",
    "replay",
    "screen",
    "screen_each",
    "screen_file",
]
