"""What people decide about one entity: judgements that joined its entries, and dated acts where the editions cannot tell.

A failure is caught here only where the service raises it before it writes anything; the form then comes back with what was typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from comity.infra.work import Work
from comity.lists.service import Desk
from comity.model.designation import Act, ActKind
from comity.model.permission import Permission
from comity.register import service
from comity.register.model import answers
from comity.register.model.resolution import JudgementUnknown, ReasonMissing
from comity.register.pages.asked import OfDay, OfInstant, aware, day, entity_page

if TYPE_CHECKING:
    from comity.kit.errors import Failure


class ActForm(msgspec.Struct, frozen=True, kw_only=True):
    """A dated act to enter about one entry."""

    entry: str = ""
    """The entity and the programme, joined by a space."""
    kind: ActKind = ActKind.REMOVED
    on: str = ""
    citation: str = ""

    def act(self) -> Act:
        """Return the act that the form states. Raises `ActIncomplete`."""
        on = day(self.on)
        if on is None or not self.citation.strip():
            raise answers.ActIncomplete("An act needs the day on which it takes effect, and where it is published.")
        return Act(kind=self.kind, on=on, citation=self.citation.strip())


class BecauseForm(msgspec.Struct, frozen=True, kw_only=True):
    """Why something is taken back."""

    id: str = ""
    reason: str = ""


class JoinPages(Controller):
    """Which entries were joined, by whom and why."""

    path = "/entities/{entity_id:str}/joins"
    opt = {"permission": Permission.REGISTER_READ}  # noqa: RUF012 - Litestar's way

    @get(sync_to_thread=True)
    def joins(
        self,
        entity_id: FromPath[str],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
        as_of: OfDay = None,
        known_at: OfInstant = None,
    ) -> Template:
        """Show which entries were joined, by whom and why, and let a person undo it."""
        return _joins(work, desk, entity_id, asked=(as_of, known_at))

    @post("/undo", permission=Permission.REGISTER_DECIDE, sync_to_thread=True)
    def undo(
        self,
        entity_id: FromPath[str],
        data: URLEncodedBody[BecauseForm],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
    ) -> Template | Redirect:
        """Undo a judgement."""
        try:
            service.undo(work, data.id, data.reason)
        except (ReasonMissing, JudgementUnknown) as failure:
            return _joins(work, desk, entity_id, failure, data)
        return Redirect(f"/entities/{entity_id}/joins", status_code=303)


class ActPages(Controller):
    """The dated acts entered about an entity."""

    path = "/entities/{entity_id:str}/acts"
    opt = {"permission": Permission.REGISTER_READ}  # noqa: RUF012 - Litestar's way

    @get(sync_to_thread=True)
    def acts(
        self,
        entity_id: FromPath[str],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
        as_of: OfDay = None,
        known_at: OfInstant = None,
    ) -> Template:
        """List dated acts that people entered, and let a person enter one where the editions cannot tell."""
        return _acts(work, desk, entity_id, asked=(as_of, known_at))

    @post(permission=Permission.REGISTER_DECIDE, sync_to_thread=True)
    def enter_act(
        self,
        entity_id: FromPath[str],
        data: URLEncodedBody[ActForm],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
    ) -> Template | Redirect:
        """Enter an act."""
        entry, _, programme = data.entry.partition(" ")
        try:
            service.enter_act(work, desk, entry, programme, data.act())
        except (answers.ActIncomplete, answers.ActContradicts, answers.ProgrammeUnknown) as failure:
            return _acts(work, desk, entity_id, failure, data)
        return Redirect(f"/entities/{entity_id}/acts", status_code=303)

    @post("/withdraw", permission=Permission.REGISTER_DECIDE, sync_to_thread=True)
    def withdraw_act(
        self,
        entity_id: FromPath[str],
        data: URLEncodedBody[BecauseForm],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
    ) -> Template | Redirect:
        """Withdraw an act that was entered wrongly."""
        try:
            service.withdraw_act(work, desk, data.id, data.reason)
        except (ReasonMissing, answers.ActUnknown) as failure:
            return _acts(work, desk, entity_id, failure, withdrawn=data)
        return Redirect(f"/entities/{entity_id}/acts", status_code=303)


Asked = tuple[OfDay, OfInstant]


def _joins(
    work: Work,
    desk: Desk,
    entity_id: str,
    failure: Failure | None = None,
    form: BecauseForm | None = None,
    asked: Asked = (None, None),
) -> Template:
    profile = service.show(work, desk, entity_id, as_of=asked[0], known_at=aware(asked[1]))
    judgements = service.joins(work, profile.members)
    outside = {id_ for one in judgements for id_ in (one.left, one.right)}
    context = {
        "judgements": sorted(judgements, key=lambda one: (one.stands, one.at), reverse=True),
        "cards": service.cards(work, outside),
        "form": form or BecauseForm(),
    }
    return entity_page("joins", work, profile, context, failure)


def _acts(  # noqa: PLR0913, PLR0917 - a page shown for three reasons
    work: Work,
    desk: Desk,
    entity_id: str,
    failure: Failure | None = None,
    form: ActForm | None = None,
    withdrawn: BecauseForm | None = None,
    asked: Asked = (None, None),
) -> Template:
    profile = service.show(work, desk, entity_id, as_of=asked[0], known_at=aware(asked[1]))
    context = {
        "acts": service.entered_acts(work, entity_id),
        "kinds": list(ActKind),
        "form": form or ActForm(),
        "withdrawn": withdrawn or BecauseForm(),
    }
    return entity_page("acts", work, profile, context, failure)
