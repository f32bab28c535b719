"""What one can do with lists: load editions, decide about those in quarantine, compare them, and see where each list stands."""

from comity.lists.service.comparing import diff, differing
from comity.lists.service.desk import Desk, Follow
from comity.lists.service.fetching import Place, fetchable, note
from comity.lists.service.files import Read, Received, Staged, read, stage
from comity.lists.service.loading import EditionDecided, reject, release, take
from comity.lists.service.ordering import FOLLOW, UPDATE, order, order_now, orders
from comity.lists.service.standing import (
    contents,
    edition_name,
    editions,
    find,
    ground,
    history,
    open_file,
    records,
    states,
)
from comity.lists.service.updating import update

__all__ = [
    "FOLLOW",
    "UPDATE",
    "Desk",
    "EditionDecided",
    "Follow",
    "Place",
    "Read",
    "Received",
    "Staged",
    "contents",
    "diff",
    "differing",
    "edition_name",
    "editions",
    "fetchable",
    "find",
    "ground",
    "history",
    "note",
    "open_file",
    "order",
    "order_now",
    "orders",
    "read",
    "records",
    "reject",
    "release",
    "stage",
    "states",
    "take",
    "update",
]
