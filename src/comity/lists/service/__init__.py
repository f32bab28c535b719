"""What one can do with lists: load editions, decide about those in quarantine, compare them, and see where each list stands."""

from comity.lists.service.comparing import Comparison, compared, diff, differing
from comity.lists.service.desk import Desk, Follow
from comity.lists.service.fetching import Place, fetchable
from comity.lists.service.files import Read, Received, Staged, read, stage
from comity.lists.service.loading import EditionDecided, reject, release, take
from comity.lists.service.ordering import FOLLOW, LOAD, UPDATE, order, order_load, order_now, ordered, orders
from comity.lists.service.standing import (
    contents,
    edition_name,
    editions,
    find,
    ground,
    history,
    open_file,
    predecessor,
    records,
    states,
)
from comity.lists.service.updating import load, noting, update

__all__ = [
    "FOLLOW",
    "LOAD",
    "UPDATE",
    "Comparison",
    "Desk",
    "EditionDecided",
    "Follow",
    "Place",
    "Read",
    "Received",
    "Staged",
    "compared",
    "contents",
    "diff",
    "differing",
    "edition_name",
    "editions",
    "fetchable",
    "find",
    "ground",
    "history",
    "load",
    "noting",
    "open_file",
    "order",
    "order_load",
    "order_now",
    "ordered",
    "orders",
    "predecessor",
    "read",
    "records",
    "reject",
    "release",
    "stage",
    "states",
    "take",
    "update",
]
