"""The review queue: pairs of list entries that may be the same, side by side, for a person to decide."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter, URLEncodedBody
from litestar.response import Redirect, Template

from comity.infra.work import Work
from comity.kit.limits import PAGE_ROWS_DEFAULT
from comity.lists.service import Desk
from comity.model.permission import Permission
from comity.register import service
from comity.register.model.resolution import Verdict
from comity.register.pages.facts import ROWS

REASONS = ("same_number", "same_name_and_birth", "same_reference", "other_person", "other_birth_date", "not_enough")
"""Reasons that a person may tick; a sentence of their own may follow."""

Offset = Annotated[int, QueryParameter(ge=0, le=1_000_000)]


class DecisionForm(msgspec.Struct, frozen=True, kw_only=True):
    """What a person decides about a pair."""

    verdict: Verdict
    reasons: tuple[str, ...] | str = ()
    note: str = ""

    @property
    def reason(self) -> str:
        """The reasons as one text for the record."""
        ticked = (self.reasons,) if isinstance(self.reasons, str) and self.reasons else tuple(self.reasons)
        return "; ".join(part for part in (*ticked, self.note.strip()) if part)


class ReviewPages(Controller):
    """Decide whether two entries are the same."""

    path = "/review"
    opt = {"permission": Permission.REGISTER_READ}  # noqa: RUF012 - Litestar's way

    @get(sync_to_thread=True)
    def queue(self, work: NamedDependency[Work], offset: Offset = 0, decided: FromQuery[str | None] = None) -> Template:
        """List the pairs that wait, the likeliest first."""
        found, total = service.candidates(work, PAGE_ROWS_DEFAULT, offset)
        cards = service.cards(work, {id_ for one in found for id_ in (one.left, one.right)})
        judged, _ = service.log(work, 10, by_people=True)
        context = {
            "found": found, "total": total, "cards": cards, "offset": offset, "judged": judged, "decided": decided,
        }  # fmt: skip
        return Template(template_name="register/review.html", context=context)

    @get("/{left:str}/{right:str}", sync_to_thread=True)
    def pair(
        self, left: FromPath[str], right: FromPath[str], work: NamedDependency[Work], desk: NamedDependency[Desk]
    ) -> Template:
        """Show two entries side by side, with what agrees and what differs."""
        sides = [service.show_entry(work, desk, id_) for id_ in (left, right)]
        rows = [
            (name, *(side.properties.get(name, ()) for side in sides))
            for name in ("alias", *ROWS)
            if any(side.properties.get(name) for side in sides)
        ]
        context = {"sides": sides, "rows": rows, "reasons": REASONS, "judgements": service.joins(work, [left, right])}
        return Template(template_name="register/pair.html", context=context)

    @post("/{left:str}/{right:str}", permission=Permission.REGISTER_DECIDE, sync_to_thread=True)
    def decide(
        self,
        left: FromPath[str],
        right: FromPath[str],
        data: URLEncodedBody[DecisionForm],
        work: NamedDependency[Work],
    ) -> Redirect:
        """Record a decision, and lead to the next pair."""
        judgement = service.decide(work, left, right, data.verdict, data.reason)
        following, _ = service.candidates(work, 1)
        address = (
            f"/review/{following[0].left}/{following[0].right}" if following else f"/review?decided={judgement.id}"
        )
        return Redirect(address, status_code=303)


__all__ = ["ReviewPages"]
