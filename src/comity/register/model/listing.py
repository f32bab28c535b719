"""When a designation stood: listing intervals out of editions, the list's own dates and acts that people entered.

Two consecutive editions that both hold an entry mean that it was listed between them, and two that both lack it that it was not.
Where they differ, a date inside the gap decides: the list's own date of listing or removal, or an act with its citation. Without
one the answer inside the gap is *cannot tell*. No date overrides an edition: an entry that an edition lacks is not listed that day.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from comity.model.dates import PartialDate
from comity.model.designation import ActKind, State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.model.designation import Act

DAY = timedelta(days=1)

_RESULT = {
    ActKind.LISTED: State.LISTED,
    ActKind.REMOVED: State.NOT_LISTED,
    ActKind.SUSPENDED: State.SUSPENDED,
    ActKind.RESUMED: State.LISTED,
    ActKind.ANNULLED: State.ANNULLED,
    ActKind.VARIED: State.LISTED,
}
_STANDING = frozenset({State.LISTED, State.SUSPENDED, State.ANNULLED})


class Sighting(NamedTuple):
    """What one edition says of a designation."""

    on: date
    """The day of publication."""
    edition: str
    """The edition's id."""
    is_present: bool
    listed_on: PartialDate | None = None
    delisted_on: PartialDate | None = None


class Interval(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Days on which a designation stood in one state."""

    state: State
    since: date | None = None
    """The first day; None: as long as is known."""
    until: date | None = None
    """The first day after; None: until further notice."""
    opened_by: str = ""
    """The edition, the list's own date, or the act that opens it."""
    closed_by: str = ""


class _Point(NamedTuple):
    """A dated change of state, and on what it rests."""

    on: date
    state: State
    was_standing: bool
    ground: str


def intervals(sightings: Sequence[Sighting], acts: Sequence[Act] = ()) -> tuple[Interval, ...]:
    """Return a designation's whole history, day by day, from its sightings in the order of publication and its acts."""
    if not sightings:
        return ()
    days = _last_of_each_day(sightings)
    segments = [*_before(days[0], acts, days)]
    state, ground = _on_the_day(days[0], State.LISTED)
    segments.append((days[0].on, state, ground))
    for earlier, later in pairwise(days):
        segments += _between(earlier, later, state, acts)
        carried = segments[-1][1] if segments[-1][1] in _STANDING else State.LISTED
        state, ground = _on_the_day(later, carried)
        segments.append((later.on, state, ground))
    segments += _after(days[-1], state, acts)
    return _merge(segments)


def state_on(history: Sequence[Interval], on: date) -> State:
    """Return the state on a day; a designation that was never seen is not listed."""
    for interval in history:
        if (interval.since is None or interval.since <= on) and (interval.until is None or on < interval.until):
            return interval.state
    return State.NOT_LISTED


def contradiction(sightings: Sequence[Sighting], acts: Sequence[Act], act: Act) -> str:
    """Return why an act cannot have happened as dated; empty if it can.

    An act is refused if, with it, the last word before the next edition, or the first after the edition before, is another than
    that edition's.
    """
    days = _last_of_each_day(sightings)
    later = next((day for day in days if day.on >= act.on), None)
    earlier = next((day for day in reversed(days) if day.on < act.on), None)
    between = [
        one
        for one in sorted(acts, key=lambda one: one.on)
        if (earlier is None or one.on > earlier.on) and (later is None or one.on <= later.on)
    ]
    if later is not None and (_RESULT[between[-1].kind] in _STANDING) != (
        _on_the_day(later, State.LISTED)[0] in _STANDING
    ):
        return f"the edition {later.edition} {'holds' if later.is_present else 'lacks'} the entry afterwards."
    begins_listed = between[0].kind is not ActKind.LISTED
    if earlier is not None and begins_listed != (_on_the_day(earlier, State.LISTED)[0] in _STANDING):
        return f"the edition {earlier.edition} {'holds' if earlier.is_present else 'lacks'} the entry before."
    return ""


_Segment = tuple[date | None, State, str]


def _last_of_each_day(sightings: Sequence[Sighting]) -> list[Sighting]:
    days: list[Sighting] = []
    for sighting in sightings:
        if days and days[-1].on == sighting.on:
            days.pop()
        days.append(sighting)
    return days


def _on_the_day(sighting: Sighting, carried: State) -> tuple[State, str]:
    gone = sighting.delisted_on is not None and sighting.delisted_on.first <= sighting.on
    standing = sighting.is_present and not gone
    return (carried if standing else State.NOT_LISTED), sighting.edition


def _before(first: Sighting, acts: Sequence[Act], days: Sequence[Sighting]) -> list[_Segment]:
    """Say what is known of the time before the first edition: the list's own date of listing, and acts."""
    points = [_point(act) for act in sorted(acts, key=lambda act: act.on) if act.on < first.on]
    listed_on = first.listed_on if first.is_present else None
    if (
        listed_on is not None
        and listed_on.last <= first.on
        and not any(point.state is State.LISTED for point in points)
    ):
        points = sorted([*_own(listed_on, State.LISTED, first.edition), *points])
    if first.is_present and first.delisted_on is not None and first.delisted_on.first <= first.on:
        points = sorted([*points, *_own(first.delisted_on, State.NOT_LISTED, first.edition)])
    if points:
        return _walk(None, None, points, _on_the_day(first, State.LISTED)[0])
    later = next((day for day in days if day.is_present), None)
    never = (
        later is not None and not first.is_present and later.listed_on is not None and later.listed_on.first >= first.on
    )
    return [(None, State.NOT_LISTED if never else State.UNKNOWN, first.edition if never else "")]


def _between(earlier: Sighting, later: Sighting, state: State, acts: Sequence[Act]) -> list[_Segment]:
    """Say what is known of the days between two editions, both excluded."""
    start = earlier.on + DAY
    if start >= later.on:
        return [(start, state, earlier.edition)] if start < later.on else []
    ends = _on_the_day(later, State.LISTED)[0]
    points = [_point(act) for act in sorted(acts, key=lambda act: act.on) if earlier.on < act.on <= later.on]
    if state not in _STANDING and later.is_present and later.listed_on and earlier.on < later.listed_on.first:
        points += (
            [] if points or later.listed_on.last > later.on else _own(later.listed_on, State.LISTED, later.edition)
        )
    leaving = earlier.delisted_on or (later.delisted_on if later.is_present else None)
    if state in _STANDING and leaving and earlier.on < leaving.first and leaving.last <= later.on and not points:
        points += _own(leaving, State.NOT_LISTED, earlier.edition)
    if points:
        return _walk(start, state, points, ends)
    if (state in _STANDING) == (ends in _STANDING):
        return [(start, state, earlier.edition)]
    return [(start, State.UNKNOWN, "")]


def _after(last: Sighting, state: State, acts: Sequence[Act]) -> list[_Segment]:
    points = [_point(act) for act in sorted(acts, key=lambda act: act.on) if act.on > last.on]
    if state in _STANDING and last.delisted_on is not None and last.delisted_on.first > last.on:
        points = sorted([*points, *_own(last.delisted_on, State.NOT_LISTED, last.edition)])
    return _walk(last.on + DAY, state, points, None)[0 if points else 1 :] if points else []


def _walk(start: date | None, state: State | None, points: Sequence[_Point], ends: State | None) -> list[_Segment]:
    """Follow dated changes through a gap whose ends are known; whatever contradicts an end stays unknown."""
    segments: list[_Segment] = []
    opened, ground = start, ""
    for point in points:
        agrees = state is None or (state in _STANDING) == point.was_standing
        if opened is None or opened < point.on:
            before = state if state is not None else (State.LISTED if point.was_standing else State.NOT_LISTED)
            segments.append((opened, before if agrees else State.UNKNOWN, ground if agrees else ""))
        state, opened, ground = point.state, point.on, point.ground
    assert state is not None
    agrees = ends is None or (state in _STANDING) == (ends in _STANDING) or state is State.UNKNOWN
    segments.append((opened, state if agrees else State.UNKNOWN, ground))
    return segments


def _point(act: Act) -> _Point:
    return _Point(act.on, _RESULT[act.kind], act.kind is not ActKind.LISTED, act.citation)


def _own(when: PartialDate, state: State, edition: str) -> list[_Point]:
    """Turn a date that the list itself states into changes; a month or a year leaves its own days unknown."""
    standing = state is State.NOT_LISTED
    if when.day is not None:
        return [_Point(when.day, state, standing, edition)]
    return [_Point(when.first, State.UNKNOWN, standing, edition), _Point(when.last + DAY, state, False, edition)]


def _merge(segments: Sequence[_Segment]) -> tuple[Interval, ...]:
    kept: list[_Segment] = []
    for segment in segments:
        if not kept or kept[-1][1] is not segment[1]:
            kept.append(segment)
    found: list[Interval] = []
    for number, (since, state, ground) in enumerate(kept):
        following = kept[number + 1] if number + 1 < len(kept) else None
        found.append(
            Interval(
                state=state,
                since=since,
                until=following[0] if following else None,
                opened_by=ground,
                closed_by=following[2] if following else "",
            )
        )
    return tuple(found)
