"""Downloads of the register that stand on other pages: what an edition changed, as FollowTheMoney operations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Stream

from comity.infra.work import Work
from comity.lists import service as lists
from comity.lists.model.answers import EditionUnknown
from comity.lists.service import Desk
from comity.model.permission import Permission
from comity.register import service

if TYPE_CHECKING:
    from collections.abc import Iterator

NDJSON = "application/x-ndjson"


class FtmDeltas(Controller):
    """What an edition changed, for programs that speak FollowTheMoney."""

    path = "/editions/{edition_id:str}/ftm"
    opt = {"permission": Permission.REGISTER_READ}  # noqa: RUF012 - Litestar's way

    @get(sync_to_thread=True, media_type=NDJSON)
    def delta(
        self,
        edition_id: FromPath[str],
        against: FromQuery[str],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
    ) -> Stream:
        """Send what differs from another edition of the list as ADD, MOD and DEL, one JSON object a line."""
        edition, before = lists.find(work, edition_id), lists.find(work, against)
        if before.source != edition.source:
            raise EditionUnknown("That is an edition of another list.")
        lines = list(_lines(work, desk, before.id, edition.id))  # written before the unit of work ends
        headers = {"content-disposition": f'attachment; filename="{edition.id}.ftm-delta.jsonl"'}
        return Stream(lines, media_type=NDJSON, headers=headers)


def _lines(work: Work, desk: Desk, before_id: str, after_id: str) -> Iterator[bytes]:
    for operation in service.ftm_delta(work, desk, before_id, after_id):
        yield msgspec.json.encode(operation) + b"\n"
