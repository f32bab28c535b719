"""When a designation stood: listing intervals out of editions, the list's own dates and acts that people entered.

Two consecutive editions that both hold an entry mean that it was listed between them, and two that both lack it that it was not.
Where they differ, a date inside the gap decides: the list's own date of listing or removal, or an act with its citation. Without
one the answer inside the gap is *cannot tell*. No date overrides an edition: an entry that an edition lacks is not listed that day.
Where an act and the list's own date meet in one gap, the act decides.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from comity.model.dates import PartialDate
from comity.model.designation import ActKind, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from comity.model.designation import Act

CLOSED = "the list was closed"
"""On what it rests that nobody is listed by a list that is no longer published."""

DAY = timedelta(days=1)

_ON_THE_LIST = frozenset({State.LISTED, State.SUSPENDED, State.ANNULLED})
"""What an entry may be while an edition holds it."""
_OFF_THE_LIST = frozenset({State.NOT_LISTED, State.ANNULLED})
"""What it may be while none does: an annulled entry may be struck off at any time."""

_RESULT = {
    ActKind.LISTED: State.LISTED,
    ActKind.REMOVED: State.NOT_LISTED,
    ActKind.SUSPENDED: State.SUSPENDED,
    ActKind.RESUMED: State.LISTED,
    ActKind.ANNULLED: State.ANNULLED,
}
"""What follows from an act; to vary a designation leaves it as it stands."""


class Sighting(NamedTuple):
    """What one edition says of a designation."""

    on: date
    """The day of publication."""
    edition: str
    """The edition's id."""
    is_present: bool
    listed_on: PartialDate | None = None
    delisted_on: PartialDate | None = None

    @property
    def stands(self) -> bool:
        """Whether the entry is there, and not merely kept as history with the day of its removal."""
        gone = self.delisted_on is not None and self.delisted_on.last <= self.on
        return self.is_present and not gone

    @property
    def possible(self) -> frozenset[State]:
        """What the designation may be just before this edition, if the edition is right."""
        return _ON_THE_LIST if self.stands else _OFF_THE_LIST


STRONGEST: Final = (State.LISTED, State.SUSPENDED, State.UNKNOWN, State.ANNULLED, State.NOT_LISTED)
"""States by how much they bind: where one cannot tell, nobody may be told that someone is free."""


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

    def covers(self, on: date) -> bool:
        """Whether a day is one of these."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


class _Point(NamedTuple):
    """A dated change of state, and on what it rests."""

    on: date
    result: State | None
    """None: as it was."""
    follows: frozenset[State]
    """The states in which such a change finds a designation."""
    ground: str

    def after(self, state: State | None) -> State:
        """Return the state after the change, from the one before it."""
        if self.result is not None:
            return self.result
        return state if state in _ON_THE_LIST else State.LISTED


class _Segment(NamedTuple):
    """Days in one state, up to the next segment."""

    since: date | None
    state: State
    ground: str


def intervals(
    sightings: Sequence[Sighting], acts: Iterable[Act] = (), closed_on: date | None = None
) -> tuple[Interval, ...]:
    """Return a designation's whole history, day by day, from its sightings in the order of publication and its acts.

    `closed_on` is the first day on which the list itself was no longer published: its last known edition speaks for no later day.
    """
    if not sightings:
        return ()
    days = _last_of_each_day(sightings)
    points = [_point(act) for act in sorted(acts, key=lambda act: act.on)]
    segments = _before(days, [point for point in points if point.on <= days[0].on])
    segments.append(_on_the_day(days[0], segments[-1].state))
    for earlier, later in pairwise(days):
        inside = [point for point in points if earlier.on < point.on <= later.on]
        segments += _between(earlier, later, segments[-1].state, inside)
        segments.append(_on_the_day(later, segments[-1].state))
    following = _after(days[-1], segments[-1].state, [point for point in points if point.on > days[-1].on])
    segments += following if closed_on is None else _closed(following, closed_on)
    return _merge(segments)


def state_on(history: Sequence[Interval], on: date) -> State:
    """Return the state on a day; a designation that was never seen is not listed."""
    return next((one.state for one in history if one.covers(on)), State.NOT_LISTED)


def strongest(states: Iterable[State]) -> State:
    """Return the state that binds most: who is listed by any is listed, and who is in none is not."""
    return min(states, key=STRONGEST.index, default=State.NOT_LISTED)


def removed_on(history: Sequence[Interval], on: date) -> date | None:
    """Return the first day on which a designation that is not listed on a day was no longer so, if that is known to the day."""
    last = next((one for one in reversed(history) if one.since is None or one.since <= on), None)
    if last is None or last.state is not State.NOT_LISTED or last.opened_by == CLOSED:
        return None
    before = next((one for one in history if one.until is not None and one.until == last.since), None)
    return last.since if before is not None and before.state in {State.LISTED, State.SUSPENDED} else None


def contradiction(sightings: Sequence[Sighting], acts: Sequence[Act], act: Act) -> str:
    """Return why an act cannot have happened as dated; empty if it can. `acts` are those known before.

    An act is refused if, with it, the last word before the next edition, or the first after the edition before, does not go with
    what that edition holds.
    """
    days = _last_of_each_day(sightings)
    later = next((day for day in days if day.on >= act.on), None)
    earlier = next((day for day in reversed(days) if day.on < act.on), None)
    between = [
        _point(one)
        for one in sorted((*acts, act), key=lambda one: one.on)
        if (earlier is None or one.on > earlier.on) and (later is None or one.on <= later.on)
    ]
    state = state_on(intervals(sightings, acts), earlier.on) if earlier is not None else None
    if earlier is not None and state not in between[0].follows:
        return f"the edition {earlier.edition} {'holds' if earlier.stands else 'lacks'} the entry before."
    for point in between:
        state = point.after(state)
    if later is not None and state not in later.possible:
        return f"the edition {later.edition} {'holds' if later.stands else 'lacks'} the entry afterwards."
    return ""


def _last_of_each_day(sightings: Sequence[Sighting]) -> list[Sighting]:
    days: list[Sighting] = []
    for sighting in sightings:
        if days and days[-1].on == sighting.on:
            days.pop()
        days.append(sighting)
    return days


def _on_the_day(sighting: Sighting, carried: State) -> _Segment:
    """Say what an edition says of its own day; a suspension or an annulment outlasts it."""
    standing = carried if carried in _ON_THE_LIST else State.LISTED
    return _Segment(sighting.on, standing if sighting.stands else State.NOT_LISTED, sighting.edition)


def _before(days: Sequence[Sighting], acts: Sequence[_Point]) -> list[_Segment]:
    """Say what is known of the time before the first edition: the list's own dates, and acts."""
    first = days[0]
    points = _with_own(acts, None, None, first.on, _own_listing(first))
    points = _with_own(points, None, None, first.on, _own_removal(first))
    if points:
        return _walk(None, None, points, first.possible)
    seen = next((day for day in days if day.is_present), None)
    stated = seen.listed_on if seen is not None and seen is not first else None
    if stated is not None and not stated.circa and stated.first >= first.on:
        return [_Segment(None, State.NOT_LISTED, first.edition)]
    return [_Segment(None, State.UNKNOWN, "")]


def _between(earlier: Sighting, later: Sighting, state: State, acts: Sequence[_Point]) -> list[_Segment]:
    """Say what is known of the days between two editions, both excluded."""
    start = earlier.on + DAY
    points = _with_own(acts, state, start, later.on, _own_listing(later))
    if not later.stands:  # what still stands has not left, whatever was announced
        points = _with_own(points, state, start, later.on, _own_removal(later if later.is_present else earlier))
    if points or state in later.possible:
        return _walk(start, state, points, later.possible)
    return [_Segment(start, State.UNKNOWN, "")]


def _after(last: Sighting, state: State, acts: Sequence[_Point]) -> list[_Segment]:
    """Say what is known of the days after the last edition."""
    start = last.on + DAY
    return _walk(start, state, _with_own(acts, state, start, date.max, _own_removal(last)), frozenset(State))


def _closed(following: Sequence[_Segment], closed_on: date) -> list[_Segment]:
    """Say what is known of the days after the last known edition of a list that was closed: nothing that only it would say."""
    first, *told = following
    assert first.since is not None
    open_until = [segment for segment in told if segment.since is not None and segment.since < closed_on]
    is_told = first.state is State.NOT_LISTED or bool(open_until)  # an act within that time says what came before it
    return [
        first if is_told else _Segment(first.since, State.UNKNOWN, ""),
        *open_until,
        _Segment(max(closed_on, first.since), State.NOT_LISTED, CLOSED),
    ]


def _walk(
    start: date | None, state: State | None, points: Sequence[_Point], possible: frozenset[State]
) -> list[_Segment]:
    """Follow dated changes through a gap; whatever goes with neither its end nor the next change stays unknown."""
    segments: list[_Segment] = []
    opened, ground = start, ""
    for point in points:
        if opened is None or opened < point.on:
            segments.append(_believed(opened, _until(state, point), point.follows, ground))
        state, opened, ground = point.after(state), point.on, point.ground
    segments.append(_believed(opened, state, possible, ground))
    return segments


def _until(state: State | None, point: _Point) -> State | None:
    """Return the state before a change: before the first listing that is known of, not listed."""
    return State.NOT_LISTED if state is None and State.NOT_LISTED in point.follows else state


def _believed(since: date | None, state: State | None, possible: frozenset[State], ground: str) -> _Segment:
    if state is None or (state not in possible and state is not State.UNKNOWN):
        return _Segment(since, State.UNKNOWN, "")
    return _Segment(since, state, ground)


def _point(act: Act) -> _Point:
    follows = _OFF_THE_LIST if act.kind is ActKind.LISTED else _ON_THE_LIST
    return _Point(act.on, _RESULT.get(act.kind), follows, act.citation)


_Own = tuple[PartialDate, State, str]
"""A date that the list itself states, what the entry is from then on, and the edition that says so."""


def _own_listing(sighting: Sighting) -> _Own | None:
    stated = sighting.listed_on if sighting.is_present else None
    return (stated, State.LISTED, sighting.edition) if stated else None


def _own_removal(sighting: Sighting) -> _Own | None:
    stated = sighting.delisted_on if sighting.is_present else None
    return (stated, State.NOT_LISTED, sighting.edition) if stated else None


def _with_own(
    points: Sequence[_Point], state: State | None, start: date | None, end: date, own: _Own | None
) -> Sequence[_Point]:
    """Put a date that the list itself states among the changes of a gap, if it lies there and no act says the same.

    A month or a year leaves its own days unknown; an approximate date decides nothing.
    """
    if own is None or own[0].circa or own[0].first > end or (start is not None and own[0].last < start):
        return points
    when, result, edition = own
    since = when.first if start is None else max(when.first, start)
    follows = _OFF_THE_LIST if result is State.LISTED else _ON_THE_LIST
    before = [point for point in points if point.on < since]
    after = points[len(before) :]
    for point in before:
        state = point.after(state)
    is_told = bool(after) and (after[0].result, after[0].follows) == (result, follows)
    if is_told or (state is not None and state not in follows):
        return points
    if when.day is not None:
        return [*before, _Point(since, result, follows, edition), *after]
    decided = when.last + DAY
    known = [_Point(decided, result, frozenset({State.UNKNOWN}), edition)] if decided <= end else []
    later = [*known, *after] if not after or decided <= after[0].on else after
    return [*before, _Point(since, State.UNKNOWN, follows, edition), *later]


def _merge(segments: Sequence[_Segment]) -> tuple[Interval, ...]:
    """Join neighbours in the same state, and leave out what lasts no day."""
    kept: list[_Segment] = []
    for segment in segments:
        while kept and kept[-1].since == segment.since and kept[-1].state is not segment.state:
            kept.pop()
        if not kept or kept[-1].state is not segment.state:
            kept.append(segment)
    ends = [*kept[1:], None]
    return tuple(
        Interval(
            state=one.state,
            since=one.since,
            until=following.since if following else None,
            opened_by=one.ground,
            closed_by=following.ground if following else "",
        )
        for one, following in zip(kept, ends, strict=True)
    )
