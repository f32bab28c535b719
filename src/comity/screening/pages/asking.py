"""Asking about one name or number. The question travels in the body; the answer has an address that names nobody.

A failure is caught here only where nothing was written before it; the form then comes back with what was typed.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Stream, Template

from comity.infra.work import Work
from comity.model import identifiers
from comity.model.actor import Purpose
from comity.model.permission import Permission
from comity.screening import service
from comity.screening.model.answer import Screened, Screening
from comity.screening.model.failures import ProfileUnknown, QuestionUnfit
from comity.screening.model.profile import Profile
from comity.screening.model.question import NATURES, RELATIONS, Question
from comity.screening.pages.weighed import Weighed, weighed
from comity.screening.service import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.kit.errors import Failure

CSV = "text/csv; charset=utf-8"
CHUNK_BYTES = 262_144
REVIEW: dict[str, Any] = {"permission": Permission.SCREENING_REVIEW, "purpose": Purpose.AUDIT, "write": True}
"""Of pages that show what others asked."""


class AskForm(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody knows of the bearer of a name."""

    text: str = ""
    schema: str = ""
    birth_date: str = ""
    """Several are separated by commas, as countries and numbers are."""
    relation: str = ""
    country: str = ""
    number_type: str = ""
    identifier: str = ""
    gender: str = ""
    address: str = ""
    incorporated: str = ""
    built: str = ""
    vessel_type: str = ""
    tonnage: str = ""
    profile: str = ""

    def question(self) -> Question:
        """Return what is asked. Raises `QuestionUnfit`."""
        before = f"{self.relation}:" if self.relation else ""
        of_type = f"{self.number_type}:" if self.number_type else ""
        born, *also = _several(self.birth_date) or ("",)
        return Question.of(
            self.text,
            self.schema,
            born,
            tuple(f"{before}{one}" for one in _several(self.country)),
            tuple(f"{of_type}{one}" for one in _several(self.identifier)),
            gender=self.gender,
            addresses=(self.address,),
            incorporated=self.incorporated,
            built=self.built,
            vessel_type=self.vessel_type,
            tonnage=self.tonnage,
            other_birth_dates=tuple(also),
        )

    @classmethod
    def of(cls, asked: Question, profile: str) -> AskForm:
        """Return the form in which a question can be asked again, or be changed."""
        relations = {one.rpartition(":")[0] for one in asked.countries}
        is_one = len(relations) == 1
        return cls(
            text=asked.text,
            schema=asked.schema,
            birth_date=", ".join(asked.birth_dates),
            relation=next(iter(relations)) if is_one else "",
            country=", ".join(one.rpartition(":")[2] if is_one else one for one in asked.countries),
            identifier=", ".join(asked.identifiers),
            gender=asked.gender,
            address=" ".join(asked.addresses),
            incorporated=asked.incorporated,
            built=asked.built,
            vessel_type=asked.vessel_type,
            tonnage=asked.tonnage,
            profile=profile,
        )


class AskPages(Controller):
    """Screening one name."""

    path = "/screen"
    opt = {"permission": Permission.SCREENING_ASK}  # noqa: RUF012 - Litestar's way

    @get(sync_to_thread=True)
    def form(self, work: NamedDependency[Work]) -> Template:
        """Show the form in which one asks about a name or a number."""
        return _page(work, AskForm(profile="customer"))

    @post(sync_to_thread=True)
    def ask(
        self, data: URLEncodedBody[AskForm], work: NamedDependency[Work], screening: NamedDependency[Place]
    ) -> Template | Redirect:
        """Ask, keep the answer, and lead to it."""
        try:
            question = data.question()
            profile = service.profile(work, data.profile) if data.profile else Profile()
        except (QuestionUnfit, ProfileUnknown) as failure:
            return _page(work, data, failure=failure)
        kept = service.screen(work, screening, question, profile)
        return Redirect(f"/screen/answers/{kept.id}", status_code=303)

    @get("/answers/{screening_id:str}", write=True, sync_to_thread=True)
    def answer(
        self, screening_id: FromPath[str], work: NamedDependency[Work], screening: NamedDependency[Place]
    ) -> Template:
        """Show an answer: the verdict, who may be meant and why, and on which editions it rests. That it was read is recorded."""
        return _answer(work, screening, screening_id)

    @post("/answers/{screening_id:str}/replay", sync_to_thread=True)
    def replay(self, screening_id: FromPath[str], work: NamedDependency[Work]) -> Redirect:
        """Order that the same is asked again on the same editions."""
        return Redirect(f"/screen/jobs/{service.order_replay(work, screening_id)}", status_code=303)

    @get("/answers/{screening_id:str}/bytes", write=True, sync_to_thread=True, media_type=CSV)
    def raw(
        self, screening_id: FromPath[str], work: NamedDependency[Work], screening: NamedDependency[Place]
    ) -> Stream:
        """Send an answer as it is kept: of a file the answers as CSV, of a name the canonical JSON."""
        read = service.read(work, screening_id)
        answer = read.screening.answer
        if isinstance(answer, Screened):
            name, media, parts = "csv", CSV, _chunks(screening, answer.sha256)
        else:
            name, media, parts = "json", "application/json", iter([read.raw])
        headers = {"content-disposition": f'attachment; filename="{screening_id}.{name}"'}
        return Stream(parts, media_type=media, headers=headers)


class ReviewedPages(Controller):
    """An answer to somebody else, for whoever reviews what is asked."""

    path = "/screen/review"
    opt = REVIEW

    @get("/{screening_id:str}", sync_to_thread=True)
    def answer(
        self, screening_id: FromPath[str], work: NamedDependency[Work], screening: NamedDependency[Place]
    ) -> Template:
        """Show what anybody asked, and what was answered. That it was read is recorded."""
        return _answer(work, screening, screening_id)


def _answer(work: Work, place: Place, screening_id: str) -> Template:
    read = service.read(work, screening_id)
    found, profile = read.screening, read.setting.profile
    form = AskForm.of(found.asked, profile.id) if isinstance(found.asked, Question) else AskForm()
    grounds = [_edition(place, one) for one in found.answer.editions]
    alert = place.deciders.opened(work, screening_id)
    return _page(work, form, found=found, profile=profile, grounds=grounds, alert=alert)


def _page(  # noqa: PLR0913 - each is one thing that the page may show
    work: Work,
    form: AskForm,
    *,
    found: Screening | None = None,
    profile: Profile | None = None,
    grounds: list[tuple[str, str, str]] | None = None,
    failure: Failure | None = None,
    alert: str = "",
) -> Template:
    results: tuple[Weighed, ...] = () if found is None else weighed(found.answer)
    context: dict[str, Any] = {
        "form": form,
        "found": found,
        "is_review": work.permission is Permission.SCREENING_REVIEW,
        "is_file": found is not None and isinstance(found.answer, Screened),
        "results": results,
        "alert": alert,
        "grounds": grounds or [],
        "profile": profile,
        "profiles": service.in_force(work),
        "schemas": list(NATURES),
        "relations": RELATIONS,
        "types": sorted(identifiers.TYPED),
        "failure": failure,
    }
    status = HTTPStatus.OK if failure is None else HTTPStatus.UNPROCESSABLE_ENTITY
    return Template(template_name="screening/screen.html", context=context, status_code=status)


def _several(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(",") if one.strip())


def _edition(place: Place, edition: str) -> tuple[str, str, str]:
    """Return an edition with its regime's two letters and its day."""
    list_id, _, rest = edition.partition("@")
    return edition, place.desk.source(list_id).issuer.code, rest[:10]


def _chunks(place: Place, sha256: str) -> Iterator[bytes]:
    with place.blobs.open(sha256) as file:
        yield from iter(lambda: file.read(CHUNK_BYTES), b"")
