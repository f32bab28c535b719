"""What one can ask: screen a name or a file of names, look an answer up, replay it; and inspect a document."""

from comity.screening.service.asking import Asker
from comity.screening.service.files import examine, screen_file
from comity.screening.service.indexing import KINDS, Opened, fresh, ground, is_fresh
from comity.screening.service.inspecting import Inspector, Mentioned, dismiss, inspector, inspector_among, inspector_of
from comity.screening.service.ordering import (
    FILE,
    REPLAY,
    Node,
    Received,
    order_file,
    order_replay,
    ordered,
    receive,
    run_file,
    run_replay,
)
from comity.screening.service.place import Place
from comity.screening.service.profiles import in_force, profile, propose, release, shipped, version, versions, withdraw
from comity.screening.service.screening import (
    find,
    history,
    keep,
    keep_answer,
    raw,
    replay,
    screen,
    screen_each,
    setting,
)

__all__ = [
    "FILE",
    "KINDS",
    "REPLAY",
    "Asker",
    "Inspector",
    "Mentioned",
    "Node",
    "Opened",
    "Place",
    "Received",
    "dismiss",
    "examine",
    "find",
    "fresh",
    "ground",
    "history",
    "in_force",
    "inspector",
    "inspector_among",
    "inspector_of",
    "is_fresh",
    "keep",
    "keep_answer",
    "order_file",
    "order_replay",
    "ordered",
    "profile",
    "propose",
    "raw",
    "receive",
    "release",
    "replay",
    "run_file",
    "run_replay",
    "screen",
    "screen_each",
    "screen_file",
    "setting",
    "shipped",
    "version",
    "versions",
    "withdraw",
]
