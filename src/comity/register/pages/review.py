"""The review queue: pairs of list entries that may be the same, side by side, for a person to decide.

A failure is caught here only where the service raises it before it writes anything; the form then comes back with what was typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import msgspec
from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from comity.infra.work import Work
from comity.kit.limits import PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX
from comity.lists import service as lists
from comity.lists.service import Desk
from comity.model.claim import Claim
from comity.model.permission import Permission
from comity.register import service
from comity.register.model.answers import Card
from comity.register.model.profile import Profile
from comity.register.model.resolution import (
    Candidate,
    Judgement,
    JudgementContradicts,
    ReasonMissing,
    Verdict,
)
from comity.register.pages import facts, pairing
from comity.register.pages.asked import Offset, Ticked, status_of, ticked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.kit.errors import Failure

REASONS = (
    "same_number", "same_name_and_birth", "same_reference", "same_facts", "other_person", "other_birth_date", "other_facts",
    "not_enough",
)  # fmt: skip
"""Reasons that a person may tick, by the keys 1 to 9; a sentence of their own may follow."""
TAKEN_BACK = "taken_back"
"""The reason of a judgement that was undone at once, on the page that followed it."""
NEXT_SHOWN = 3
"""Pairs named beside the one in hand."""
LATELY = 20
"""Judgements by people among which the last one is looked for."""


class DecisionForm(msgspec.Struct, frozen=True, kw_only=True):
    """What a person decides about a pair."""

    verdict: str = ""
    reasons: Ticked = ()
    note: str = ""
    source: str = ""
    """The list by which the queue was filtered."""
    place: int = 0
    """Where in the queue the pair stood."""

    @property
    def reason(self) -> str:
        """The reasons as one text for the record."""
        known = [one for one in ticked(self.reasons) if one in REASONS]
        return "; ".join(part for part in (*known, self.note.strip()) if part)


class UndoForm(msgspec.Struct, frozen=True, kw_only=True):
    """A judgement to take back at once."""

    id: str = ""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A pair of the queue as it is exported."""

    left: str
    left_list: str
    left_name: str
    right: str
    right_list: str
    right_name: str
    score: float
    agrees: tuple[str, ...]
    differs: tuple[str, ...]


class ReviewPages(Controller):
    """Decide whether two entries are the same."""

    path = "/review"
    opt = {"permission": Permission.REGISTER_READ}  # noqa: RUF012 - Litestar's way

    @get(sync_to_thread=True)
    def queue(
        self,
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
        source: FromQuery[str] = "",
        offset: Offset = 0,
        after: FromQuery[str] = "",
    ) -> Template:
        """List the pairs that wait, the likeliest first."""
        found, total = service.candidates(work, PAGE_ROWS_DEFAULT, offset, source=source)
        judged, _ = service.log(work, 10, by_people=True)
        named = {id_ for one in found for id_ in (one.left, one.right)}
        named |= {id_ for one in judged for id_ in (one.left, one.right)}
        context = {
            "found": found,
            "total": total,
            "cards": service.cards(work, named),
            "offset": offset,
            "page_rows": PAGE_ROWS_DEFAULT,
            "source": source,
            "lists": [state for state in lists.states(work, desk) if state.in_force],
            "judged": judged,
            "done": _last(work, after),
        }
        return Template(template_name="register/review.html", context=context)

    @get("/export", sync_to_thread=True)
    def export(self, work: NamedDependency[Work], source: FromQuery[str] = "") -> Response[bytes]:
        """Send the pairs that wait, one JSON object a line."""
        headers = {"content-disposition": 'attachment; filename="review.jsonl"'}
        lines = msgspec.json.Encoder().encode_lines(list(_rows(work, source)))
        return Response(lines, media_type="application/x-ndjson", headers=headers)

    @post("/undo", permission=Permission.REGISTER_DECIDE, sync_to_thread=True)
    def undo(self, data: URLEncodedBody[UndoForm], work: NamedDependency[Work]) -> Redirect:
        """Take a judgement back, and lead to its pair again."""
        undone = service.undo(work, data.id, TAKEN_BACK)
        return Redirect(f"/review/{undone.left}/{undone.right}?after={undone.id}", status_code=303)

    @get("/{left:str}/{right:str}", sync_to_thread=True)
    def pair(  # noqa: PLR0913, PLR0917 - where the reader came from
        self,
        left: FromPath[str],
        right: FromPath[str],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
        source: FromQuery[str] = "",
        place: Offset = 0,
        after: FromQuery[str] = "",
    ) -> Template:
        """Show two entries side by side, with what agrees and what differs."""
        return _pair(work, desk, (left, right), DecisionForm(source=source, place=place), after=after)

    @post("/{left:str}/{right:str}", permission=Permission.REGISTER_DECIDE, sync_to_thread=True)
    def decide(
        self,
        left: FromPath[str],
        right: FromPath[str],
        data: URLEncodedBody[DecisionForm],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
    ) -> Template | Redirect:
        """Record a decision, and lead to the next pair."""
        try:
            judgement = service.decide(work, left, right, _verdict(data.verdict), data.reason)
        except (ReasonMissing, JudgementContradicts) as failure:
            return _pair(work, desk, (left, right), data, failure)
        following, _ = service.candidates(work, 1, data.place, source=data.source)
        query = urlencode({"source": data.source, "place": data.place, "after": judgement.id})
        path = f"/review/{following[0].left}/{following[0].right}" if following else "/review"
        return Redirect(f"{path}?{query}", status_code=303)


def _verdict(text: str) -> Verdict:
    if text not in Verdict._value2member_map_:
        raise ReasonMissing("Choose whether they are the same, different, or cannot be told apart.")
    return Verdict(text)


def _pair(
    work: Work,
    desk: Desk,
    ids: tuple[str, str],
    form: DecisionForm,
    failure: Failure | None = None,
    after: str = "",
) -> Template:
    left, right = (service.show_entry(work, desk, id_) for id_ in ids)
    waiting, total = service.candidates(work, NEXT_SHOWN + 1, form.place, source=form.source)
    here = next((one for one in waiting if {one.left, one.right} == set(ids)), None)
    coming = [(form.place + number, one) for number, one in enumerate(waiting) if one is not here]
    before = service.candidates(work, 1, form.place - 1, source=form.source)[0] if form.place and here else []
    judged = service.joins(work, ids)
    context = {
        "sides": (left, right),
        "facts": pairing.beside(_claims(work, left), _claims(work, right)),
        "here": here,
        "total": total,
        "coming": coming[:NEXT_SHOWN],
        "before": before[0] if before else None,
        "cards": service.cards(work, {id_ for _, one in coming for id_ in (one.left, one.right)}),
        "standing": [one for one in judged if one.stands and {one.left, one.right} == set(ids)],
        "reasons": REASONS,
        "form": form,
        "ticked": ticked(form.reasons),
        "failure": failure,
        "done": _last(work, after),
    }
    return Template(template_name="register/pair.html", context=context, status_code=status_of(failure))


def _claims(work: Work, side: Profile) -> list[Claim]:
    """Return what one entry says in the edition that describes it."""
    editions = lists.editions(work, side.entries[0].source)
    return facts.claims(side, {one.id: one.key for one in editions})[side.id]


def _last(work: Work, judgement_id: str) -> Judgement | None:
    """Return the judgement that led here, so that it can be said and taken back."""
    if not judgement_id:
        return None
    return next((one for one in service.log(work, LATELY, by_people=True)[0] if one.id == judgement_id), None)


def _rows(work: Work, source: str) -> Iterator[Row]:
    total, offset = 1, 0
    while offset < total:
        found, total = service.candidates(work, PAGE_ROWS_MAX, offset, source=source)
        cards = service.cards(work, {id_ for one in found for id_ in (one.left, one.right)})
        yield from (_row(one, cards) for one in found)
        offset += PAGE_ROWS_MAX


def _row(one: Candidate, cards: dict[str, tuple[str, Card]]) -> Row:
    left, right = cards[one.left][1], cards[one.right][1]
    return Row(
        left=one.left,
        left_list=left.code,
        left_name=left.caption,
        right=one.right,
        right_list=right.code,
        right_name=right.caption,
        score=one.score,
        agrees=one.agrees,
        differs=one.differs,
    )


__all__ = ["ReviewPages"]
