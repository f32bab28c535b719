"""Screening a file of names: upload it, see which rows cannot be asked about, follow the work, take the answers away."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any, cast

import msgspec
from litestar import Controller, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect, Template

from comity.infra.work import Work
from comity.model.permission import Permission
from comity.screening import service
from comity.screening.model.failures import FileUnfit
from comity.screening.model.table import COLUMNS
from comity.screening.service import Place

if TYPE_CHECKING:
    from typing import BinaryIO

    from comity.kit.errors import Failure

UPLOAD_BYTES_MAX = 200_000_000
"""A file of names that is uploaded; a larger one is screened at the terminal."""


class FileForm(msgspec.Struct, frozen=True, kw_only=True):
    """A file, and how it is screened."""

    file: UploadFile
    profile: str = "customer"


class FilePages(Controller):
    """Screening a file."""

    path = "/screen/file"
    opt = {"permission": Permission.SCREENING_ASK}  # noqa: RUF012 - Litestar's way

    @get(sync_to_thread=True)
    def form(self, work: NamedDependency[Work]) -> Template:
        """Show what a file of names holds, and take one."""
        return _page(work)

    @post(request_max_body_size=UPLOAD_BYTES_MAX, sync_to_thread=True)
    def receive(
        self,
        data: Annotated[FileForm, Body(media_type=RequestEncodingType.MULTI_PART)],
        work: NamedDependency[Work],
        screening: NamedDependency[Place],
    ) -> Template | Redirect:
        """Take a file and order that it is screened; rows that cannot be asked about are shown, and then nothing is done."""
        profile = service.profile(work, data.profile)
        try:
            received = service.receive(screening, cast("BinaryIO", data.file.file))
        except FileUnfit as failure:
            return _page(work, failure=failure, chosen=profile.id)
        if received.problems or not received.rows:
            return _page(work, received=received, chosen=profile.id)
        return Redirect(f"/screen/jobs/{service.order_file(work, received, profile)}", status_code=303)


class JobPages(Controller):
    """Work in the background that somebody ordered."""

    path = "/screen/jobs"
    opt = {"permission": Permission.SCREENING_ASK}  # noqa: RUF012 - Litestar's way

    @get("/{job_id:str}", sync_to_thread=True)
    def show(self, job_id: FromPath[str], work: NamedDependency[Work]) -> Template:
        """Show how far it is, and where its answer is."""
        job = service.ordered(work, job_id)
        context = {"job": job, "is_replay": job.kind == service.REPLAY}
        return Template(template_name="screening/job.html", context=context)


def _page(
    work: Work,
    *,
    failure: Failure | None = None,
    received: service.Received | None = None,
    chosen: str = "customer",
) -> Template:
    context: dict[str, Any] = {
        "failure": failure,
        "received": received,
        "columns": COLUMNS,
        "profiles": service.in_force(work),
        "chosen": chosen,
    }
    is_wrong = failure is not None or received is not None
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    return Template(template_name="screening/file.html", context=context, status_code=status)
