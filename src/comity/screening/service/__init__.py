"""What one can ask: screen a name or a file of names, look an answer up, replay it; and inspect a document."""

from comity.screening.service.files import examine, screen_file
from comity.screening.service.indexing import fresh, ground, is_fresh
from comity.screening.service.inspecting import Inspector, Mentioned, dismiss, inspector, inspector_of
from comity.screening.service.place import Place
from comity.screening.service.screening import find, keep, replay, screen

__all__ = [
    "Inspector",
    "Mentioned",
    "Place",
    "dismiss",
    "examine",
    "find",
    "fresh",
    "ground",
    "inspector",
    "inspector_of",
    "is_fresh",
    "keep",
    "replay",
    "screen",
    "screen_file",
]
