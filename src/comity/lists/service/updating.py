"""One list, from its publisher into force: what the schedule, the command line and the button all do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.kit.errors import Failure
from comity.lists.service import fetching, files, loading
from comity.model.permission import Permission

if TYPE_CHECKING:
    from collections.abc import Callable

    from comity.lists.model.answers import Taken
    from comity.lists.service.desk import Desk


def update(place: fetching.Place, desk: Desk, list_id: str, progress: Callable[[int, int | None], None]) -> list[Taken]:
    """Ask the publisher, read what came, and take it; each step in a transaction of its own, the network in none.

    However it ends, it is noted. Raises what `ask`, `read` and `take` raise.
    """
    with place.work(Permission.LISTS_READ, write=False) as work:
        known = fetching.validators(work, list_id)
    try:
        asked = fetching.ask(desk, list_id, known, place, progress)
        readings = [files.read(desk, staged) for staged in asked.staged]
        with place.work(Permission.LISTS_UPDATE) as work:
            taken = [
                loading.take(work, desk, read, fetching.modified(asked.validators) or work.at) for read in readings
            ]
            outcome = taken[-1].status.value if taken else "unchanged"
            fetching.note(work, list_id, outcome, known=asked.validators)
    except Failure as failure:
        with place.work(Permission.LISTS_UPDATE) as work:
            fetching.note(work, list_id, "failed", failure)
        raise
    return taken
