"""Screening for programs: ask about one name or number, and look an answer up."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from comity.infra.work import Work
from comity.kit.limits import SEARCH_TEXT_CHARS_MAX
from comity.model.permission import Permission
from comity.screening import service
from comity.screening.model.answer import Screening
from comity.screening.model.profile import MATCHES_DEFAULT, MATCHES_MAX, THRESHOLD_DEFAULT, Profile
from comity.screening.model.question import FACTS_MAX, Question
from comity.screening.service import Place

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=SEARCH_TEXT_CHARS_MAX)]
Facts = Annotated[tuple[Name, ...], msgspec.Meta(max_length=FACTS_MAX)]
ASK: dict[str, Any] = {"permission": Permission.SCREENING_ASK}


class NewScreening(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who or what to ask about. It travels in the body: a name never stands in an address."""

    text: Name
    """A name in any script, or a number."""
    schema: str = ""
    birth_date: str = ""
    """A day, a month or a year: `1971-03-14`, `1971-03` or `1971`."""
    countries: Facts = ()
    identifiers: Facts = ()
    threshold: Annotated[float, msgspec.Meta(ge=0, le=1)] = THRESHOLD_DEFAULT
    """The least probability of a match."""
    limit: Annotated[int, msgspec.Meta(ge=1, le=MATCHES_MAX)] = MATCHES_DEFAULT


class Screenings(Controller):
    """Questions about names and numbers, and their answers."""

    path = "/v1/screenings"
    opt = ASK

    @post(sync_to_thread=True)
    def screen(
        self, data: JSONBody[NewScreening], work: NamedDependency[Work], screening: NamedDependency[Place]
    ) -> Screening:
        """Ask whether a name or number belongs to anybody in force now; the answer is kept, and names its editions."""
        question = Question.of(data.text, data.schema, data.birth_date, data.countries, data.identifiers)
        return service.screen(work, screening, question, Profile(threshold=data.threshold, limit=data.limit))

    @get("/{screening_id:str}", sync_to_thread=True)
    def show(self, screening_id: FromPath[str], work: NamedDependency[Work]) -> Screening:
        """Show what was asked and answered."""
        return service.find(work, screening_id)


CONTROLLERS = (Screenings,)
"""What this feature adds to the API."""
