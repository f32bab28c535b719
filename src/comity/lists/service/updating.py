"""One list, from its publisher or from a person's files into force: what the schedule, the command line and the button all do."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from comity.kit.errors import Failure
from comity.lists.service import fetching, files, loading
from comity.model.permission import Permission

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from comity.lists.model.answers import Taken
    from comity.lists.service.desk import Desk
    from comity.lists.service.files import Staged


def update(place: fetching.Place, desk: Desk, list_id: str, progress: Callable[[int, int | None], None]) -> list[Taken]:
    """Ask the publisher, read what came, and take it; each step in a transaction of its own, the network in none.

    However it ends, it is noted. Raises what `ask`, `read` and `take` raise.
    """
    with place.work(Permission.LISTS_READ, write=False) as work:
        known = fetching.validators(work, list_id)
    with noting(place, desk, list_id, "failed"):
        asked = fetching.ask(desk, list_id, known, place, progress)
        readings = [files.read(desk, staged) for staged in asked.staged]
        with place.work(Permission.LISTS_UPDATE) as work:
            taken = [
                loading.take(work, desk, read, fetching.modified(asked.validators) or work.at) for read in readings
            ]
            outcome = taken[-1].status.value if taken else "unchanged"
            fetching.note(work, list_id, outcome, known=asked.validators)
    return taken


def load(place: fetching.Place, desk: Desk, staged: Staged, published: date | None) -> Taken:
    """Read a set of files that a person has given, outside any transaction, and take it in one.

    A refusal is noted, until something is taken. Raises what `read` and `take` raise.
    """
    with noting(place, desk, staged.list_id, "refused"):
        read = files.read(desk, staged)
        with place.work(Permission.LISTS_UPDATE) as work:
            taken = loading.take(work, desk, read, published)
            fetching.mend(work, staged.list_id, taken.status.value)
    return taken


@contextmanager
def noting(place: fetching.Place, desk: Desk, list_id: str, outcome: str) -> Iterator[None]:
    """Note a failure of what is done here, in a work of its own, and let it go on."""
    try:
        yield
    except Failure as failure:
        if list_id.partition(":")[0] in desk.sources:
            with place.work(Permission.LISTS_UPDATE) as work:
                fetching.note(work, list_id, outcome, failure)
        raise
