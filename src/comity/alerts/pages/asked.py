"""What the pages of alerts share: who may see them, how the queue is asked, and what people are called."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any, Final
from urllib.parse import urlencode

import msgspec
from litestar.params import QueryParameter

from comity.accounts import service as accounts
from comity.accounts.model.failures import UserUnknown
from comity.alerts import service
from comity.alerts.model.asking import Order, WhichAlerts
from comity.alerts.model.failures import MembersUnfit, QuestionUnfit
from comity.model.permission import Permission

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.alerts.model.history import Taken
    from comity.infra.work import Work
    from comity.kit.errors import Failure

READ: Final[dict[str, Any]] = {"permission": Permission.ALERTS_READ, "secret": True}
"""Whoever may not see alerts is not told that there are any."""
DECIDE: Final[dict[str, Any]] = {"permission": Permission.ALERTS_DECIDE, "secret": True}
CONFIRM: Final[dict[str, Any]] = {"permission": Permission.ALERTS_CONFIRM, "secret": True}

Ticked = tuple[str, ...] | str
"""Boxes of one name in a form: one alone arrives as text."""
Offset = Annotated[int, QueryParameter(ge=0, le=1_000_000)]


def ticked(value: Ticked) -> tuple[str, ...]:
    """Return the boxes of one name that were ticked; one alone arrives as text."""
    return (value,) if isinstance(value, str) and value else tuple(value)


class QueueForm(msgspec.Struct, frozen=True, kw_only=True):
    """The filters of the queue, as they stand in an address; no name is among them."""

    needs: str = ""
    kind: str = ""
    profile: str = ""
    band: str = ""
    regime: str = ""
    assigned: str = ""
    pattern: str = ""
    late: str = ""
    order: str = "rank"
    offset: int = 0

    def which(self, limit: int) -> WhichAlerts:
        """Return the question. Raises `QuestionUnfit`."""
        if self.order not in Order._value2member_map_ or not (self.band == "" or self.band.isdecimal()):
            raise QuestionUnfit("There is no such order, or no such band.")
        return WhichAlerts(
            needs=self.needs,
            kind=self.kind,
            profile=self.profile,
            band=int(self.band) if self.band else None,
            regime=self.regime,
            assigned=self.assigned,
            pattern=self.pattern,
            late=bool(self.late),
            order=Order(self.order),
            limit=limit,
            offset=self.offset,
        )

    def address(self, path: str = "/alerts", **changes: object) -> str:
        """Return an address with these filters and some changes; what is open is left out, and the place unless it is given."""
        values: dict[str, object] = {**msgspec.structs.asdict(self), "offset": 0, **changes}
        kept = {name: value for name, value in values.items() if value and (name, value) != ("order", "rank")}
        return f"{path}?{urlencode(kept)}" if kept else path


def form_of(query: Iterable[tuple[str, str]]) -> QueueForm:
    """Return the filters that stand in an address. Raises `QuestionUnfit`."""
    known = {name: value for name, value in query if name in QueueForm.__struct_fields__}
    try:
        return msgspec.convert(known, QueueForm, strict=False)
    except msgspec.ValidationError as error:
        raise QuestionUnfit("The address has a filter that cannot be read.") from error


def people(work: Work, ids: Iterable[str]) -> dict[str, str]:
    """Return what people are called, by id; whoever is no person here is called by the id."""
    return accounts.names(work, {one for one in ids if one})


def people_named(work: Work, text: str) -> list[str]:
    """Return the ids of the people whom lines of text name, by name or by id. Raises `MembersUnfit`."""
    wanted = [line.strip() for line in text.splitlines() if line.strip()]
    try:
        return [one if accounts.names(work, [one]) else accounts.user_named(work, one).id for one in wanted]
    except UserUnknown as error:
        raise MembersUnfit("Somebody who is named is not a person of this node.") from error


def last_step(work: Work, after: str) -> Taken | None:
    """Return the step that led here, so that it can be said and taken back."""
    alert, _, hit = after.partition("/")
    own = [one for one in service.history(work, alert) if one.hit == hit] if hit else []
    return own[-1] if own and own[-1].by == work.actor.id else None


def status_of(failure: Failure | None) -> HTTPStatus:
    """Return the status of a page: shown, or given back with its form to be mended."""
    return HTTPStatus.OK if failure is None else HTTPStatus.UNPROCESSABLE_ENTITY
