"""Lists for programs: where they stand, their editions, and what differs between two of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from anyio import current_time, sleep, to_thread
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, HeaderParameter, JSONBody, QueryParameter
from litestar.response import ServerSentEvent, ServerSentEventMessage, Stream

from comity.infra.work import Reading, Work
from comity.kit.limits import NOTE_CHARS_MAX
from comity.lists import service
from comity.lists.model import Edition, Status
from comity.lists.model.answers import ListState, Taken
from comity.lists.service import Desk
from comity.model.permission import Permission

NDJSON = "application/x-ndjson"
STREAM_S_MAX = 3600
"""After this long a stream ends, and its client asks again."""
POLL_S = 1.0
"""How often a stream looks for news."""
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=NOTE_CHARS_MAX)]
InStatus = Annotated[Status | None, QueryParameter(name="status")]

READ: dict[str, Any] = {"permission": Permission.LISTS_READ}
UPDATE: dict[str, Any] = {"permission": Permission.LISTS_UPDATE}
DECIDE: dict[str, Any] = {"permission": Permission.LISTS_DECIDE}


class Because(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why an edition is released or rejected."""

    reason: Reason


class Lists(Controller):
    """Where every list stands."""

    path = "/v1/lists"
    opt = READ

    @get(sync_to_thread=True)
    def states(self, work: NamedDependency[Work], desk: NamedDependency[Desk]) -> list[ListState]:
        """Show where every list stands: the edition in force, its age, and what waits in quarantine."""
        return service.states(work, desk)

    @get("/{list_id:str}/editions", sync_to_thread=True)
    def editions(
        self,
        list_id: FromPath[str],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
        in_status: InStatus = None,
    ) -> list[Edition]:
        """List the editions of a list in the order of publication."""
        desk.source(list_id)
        return service.editions(work, list_id, statuses=[in_status] if in_status else ())

    @get("/{list_id:str}/delta", sync_to_thread=True, media_type=NDJSON)
    def delta(
        self,
        list_id: FromPath[str],
        since: Annotated[str, QueryParameter(name="from")],
        until: Annotated[str, QueryParameter(name="to")],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
    ) -> Stream:
        """Send what differs between two editions, one JSON object a line: added, removed, changed property by property."""
        changes = service.diff(work, desk, *(service.edition_name(list_id, end) for end in (since, until)))
        return Stream(list(_lines(changes)), media_type=NDJSON)


class Editions(Controller):
    """One edition, and what a person decides about it."""

    path = "/v1/editions"
    opt = READ

    @get("/{edition_id:str}", sync_to_thread=True)
    def show(self, edition_id: FromPath[str], work: NamedDependency[Work]) -> Edition:
        """Show one edition."""
        return service.find(work, edition_id)

    @post("/{edition_id:str}/release", status_code=200, opt=DECIDE, sync_to_thread=True)
    def release(
        self,
        edition_id: FromPath[str],
        data: JSONBody[Because],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
    ) -> Taken:
        """Put an edition in quarantine into force."""
        return service.release(work, desk, edition_id, data.reason)

    @post("/{edition_id:str}/reject", status_code=200, opt=DECIDE, sync_to_thread=True)
    def reject(self, edition_id: FromPath[str], data: JSONBody[Because], work: NamedDependency[Work]) -> Taken:
        """Refuse an edition in quarantine for good."""
        return service.reject(work, edition_id, data.reason)


class Events(Controller):
    """What comes into force, as it happens."""

    path = "/v1/events"
    opt = READ

    @get(media_type="text/event-stream")
    async def follow(
        self,
        reading: NamedDependency[Reading],
        since: FromQuery[datetime | None] = None,
        wait_s: Annotated[int, QueryParameter(ge=0, le=STREAM_S_MAX)] = STREAM_S_MAX,
        last_event_id: Annotated[str, HeaderParameter(name="last-event-id", max_length=64)] = "",
    ) -> ServerSentEvent:
        """Send one event for each edition that comes into force or into quarantine, and keep the connection for the next.

        An event's id is the known time up to which nothing was missed; a client that reconnects sends it back.
        """
        start = _instant(last_event_id) or since
        return ServerSentEvent(_events(reading, start, wait_s))


async def _events(reading: Reading, since: datetime | None, wait_s: int) -> AsyncIterator[ServerSentEventMessage]:
    known, deadline = since, current_time() + wait_s
    while True:
        known, found = await to_thread.run_sync(_look, reading, known)
        for at, edition in found:
            yield ServerSentEventMessage(
                event=f"edition.{edition.status.value}",
                id=at.isoformat(),
                data=msgspec.json.encode(_summary(edition)).decode(),
            )
        if current_time() >= deadline:
            return
        await sleep(min(POLL_S, max(deadline - current_time(), 0)))


def _look(reading: Reading, known: datetime | None) -> tuple[datetime, list[tuple[datetime, Edition]]]:
    """Return what became known after an instant, oldest first, and up to when nothing was missed; without an instant, from now."""
    with reading() as work:
        if known is None:
            return work.at, []
        found = [(one.decided_at or one.fetched_at, one) for one in service.editions(work)]
    news = sorted(((at, one) for at, one in found if at > known), key=lambda pair: (pair[0], pair[1].id))
    return (news[-1][0] if news else known), news


def _summary(edition: Edition) -> dict[str, Any]:
    counts = edition.counts
    return {
        "source": edition.source,
        "edition": edition.id,
        "status": edition.status.value,
        "published_at": edition.published_at.isoformat(),
        "designations": counts.designations,
        "added": counts.added,
        "removed": counts.removed,
        "changed": counts.changed,
    }


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).astimezone(UTC) if text else None
    except ValueError:
        return None


def _lines(changes: Iterator[Any]) -> Iterator[bytes]:
    encoder = msgspec.json.Encoder()
    for change in changes:
        yield encoder.encode(change) + b"\n"


CONTROLLERS = (Lists, Editions, Events)
