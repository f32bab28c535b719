"""Looking at alerts: the queue, one hit with everything that decides it, and how quickly one decides."""

from __future__ import annotations

import itertools
from statistics import median
from typing import TYPE_CHECKING, Final

from comity.alerts.model.asking import Consequences, Pace, Shown, WhichAlerts
from comity.alerts.model.failures import AlertUnknown
from comity.alerts.model.ranking import in_order
from comity.alerts.model.state import Disposition, Open, Proposed
from comity.alerts.service.describing import in_force
from comity.alerts.service.practising import practice_of
from comity.alerts.store import dossiers, steps
from comity.alerts.store import queue as queue_
from comity.kit.limits import PAGE_ROWS_MAX
from comity.register import service as register
from comity.register.model.answers import EntityUnknown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from comity.alerts.model.answers import Dossier, Hit
    from comity.alerts.model.asking import Queue, Row
    from comity.alerts.model.history import Taken
    from comity.alerts.model.subject import Subject
    from comity.alerts.service.office import Office
    from comity.infra.work import Work

PAUSE_S: Final = 900
"""What is longer between two decisions was a pause."""
PACE_FROM: Final = 4
"""Gaps between decisions before a pace is told."""
PATTERNS_SHOWN: Final = 8


def queue(work: Work, which: WhichAlerts) -> Queue:
    """Return a page of the queue."""
    return queue_.page(work, which)


def every(work: Work, which: WhichAlerts) -> Iterator[Row]:
    """Yield every alert that a question asks for, page by page, from its offset on."""
    offset, total = which.offset, which.offset + 1
    while offset < total:
        page = queue_.page(work, _paged(which, offset, PAGE_ROWS_MAX))
        yield from page.rows
        offset, total = offset + PAGE_ROWS_MAX, page.total


def beside(work: Work, which: WhichAlerts, id_: str) -> tuple[int | None, Row | None, list[Row]]:
    """Return an alert's place in the queue as it is ordered, the row before it, and the next few; what has left has no place."""
    place = queue_.place_of(work, which, id_)
    if place is None:
        return None, None, list(queue_.page(work, _paged(which, 0, 3)).rows)
    first = max(place - 1, 0)
    rows = queue_.page(work, _paged(which, first, 5)).rows
    return place, rows[0] if place else None, [row for row in rows[place - first :] if row.alert.id != id_][:3]


def patterns(work: Work) -> list[tuple[str, int]]:
    """Return the commonest patterns of evidence that wait, with how many alerts have each."""
    return queue_.patterns(work, PATTERNS_SHOWN)


def regimes(work: Work) -> list[str]:
    """Return the two letters of every regime that lists somebody whom a subject may be."""
    return queue_.regimes(work)


def pace(work: Work) -> Pace:
    """Return how quickly whoever asks has decided today."""
    times = queue_.decided_at(work, work.actor.id)
    gaps = [(later - earlier).total_seconds() for earlier, later in itertools.pairwise(times)]
    steady = [gap for gap in gaps if gap <= PAUSE_S]
    return Pace(today=len(times), median_s=median(steady) if len(steady) >= PACE_FROM else None)


def show(work: Work, office: Office, id_: str, hit: str = "") -> Shown:
    """Return an alert with one of its hits, the first that waits unless another is named. Raises `AlertUnknown`.

    Reading an alert is recorded: it says of somebody that a list may mean them.
    """
    dossier = whole(work, id_)
    chosen = next((one for one in dossier.hits if one.id == hit), None) if hit else dossier.hits[0]
    if chosen is None:
        raise AlertUnknown(UNKNOWN)
    work.record("alerts.read", alert=id_, hit=chosen.id)
    practice = practice_of(work, chosen.profile)
    return Shown(
        alert=dossier.alert,
        hit=chosen,
        hits=dossier.hits,
        consequences=consequences(work, office, chosen),
        needs_second=tuple(one for one in Disposition if practice.needs_second(one, chosen.probability)),
        reasons={one: practice.reasons(one) for one in Disposition},
        texts=practice.texts,
    )


def history(work: Work, id_: str) -> list[Taken]:
    """Return every step that was taken about an alert, oldest first."""
    return steps.of_alert(work, id_) if id_ in readable(work, [id_]) else []


def consequences(work: Work, office: Office, hit: Hit) -> Consequences:
    """Return what follows from a true match, as the register says it now; nothing where nobody lists it any more."""
    try:
        return Consequences(listings=in_force(register.show(work, office.desk, hit.listed.id).designations))
    except EntityUnknown:
        return Consequences(listings=())


def to_decide(work: Work, id_: str) -> str:
    """Return the hit of an alert that is to be decided next; empty if none is. Raises `AlertUnknown`."""
    return next((one.id for one in in_order(whole(work, id_).hits) if isinstance(one.state, Open)), "")


def to_confirm(work: Work, id_: str) -> str:
    """Return the hit of an alert that whoever asks can confirm next, as the second person; empty if none. Raises `AlertUnknown`."""
    hits = in_order(whole(work, id_).hits)
    own = work.actor.id
    return next((one.id for one in hits if isinstance(one.state, Proposed) and one.state.decision.by != own), "")


def whole(work: Work, id_: str) -> Dossier:
    """Return an alert with its hits. Raises `AlertUnknown`."""
    found = dossiers.find(work, id_)
    if found is None or not found.hits or not found.alert.is_for(work.actor.id):
        raise AlertUnknown(UNKNOWN)
    return found


UNKNOWN: Final = "There is nothing here."
"""What is said of an alert that is not there, and of one that is not for the reader."""


def _paged(which: WhichAlerts, offset: int, limit: int) -> WhichAlerts:
    return WhichAlerts(
        **{
            **{name: getattr(which, name) for name in which.__struct_fields__},
            "offset": offset,
            "limit": limit,
        }
    )


def readable(work: Work, ids: Collection[str]) -> dict[str, Dossier]:
    """Return those of some alerts that are for whoever asks, by their ids: the others are as if they were not there."""
    found = dossiers.of_alerts(work, ids)
    return {id_: one for id_, one in found.items() if one.alert.is_for(work.actor.id)}


def subjects(work: Work, ids: Collection[str]) -> dict[str, Subject]:
    """Return the subjects of some alerts, by the alerts' ids."""
    return {id_: one.alert.subject for id_, one in readable(work, ids).items()}
