"""What one can do with lists: load editions, decide about those in quarantine, compare them, and see where each list stands."""

from comity.lists.service.desk import Desk, Follow
from comity.lists.service.fetching import fetchable, note
from comity.lists.service.files import Read, Received, Staged, read, stage
from comity.lists.service.loading import EditionDecided, diff, edition_name, find, reject, release, take
from comity.lists.service.standing import contents, editions, ground, history, records, states
from comity.lists.service.updating import update

__all__ = [
    "Desk",
    "EditionDecided",
    "Follow",
    "Read",
    "Received",
    "Staged",
    "contents",
    "diff",
    "edition_name",
    "editions",
    "fetchable",
    "find",
    "ground",
    "history",
    "note",
    "read",
    "records",
    "reject",
    "release",
    "stage",
    "states",
    "take",
    "update",
]
