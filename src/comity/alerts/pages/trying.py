"""Trying a version of a profile on what was decided: ordered by whoever tunes, shown with names to whoever reads alerts."""

from __future__ import annotations

from typing import Final

import msgspec
from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from comity.alerts import service
from comity.alerts.pages.asked import READ
from comity.infra.work import Work
from comity.model.permission import Permission

SHOWN_MAX: Final = 200
"""Changed decisions on the page; the export has all."""


class TrialForm(msgspec.Struct, frozen=True, kw_only=True):
    """Which version is tried."""

    profile: str = ""


class TryingPages(Controller):
    """Ordering a trial, and following it."""

    path = "/screen/trials"
    opt = {"permission": Permission.SCREENING_TUNE}  # noqa: RUF012 - Litestar's way

    @post(sync_to_thread=True)
    def order(self, data: URLEncodedBody[TrialForm], work: NamedDependency[Work]) -> Redirect:
        """Order that a version is tried on the decisions that stand."""
        return Redirect(f"/screen/trials/{service.order_trial(work, data.profile)}", status_code=303)

    @get("/{job_id:str}", sync_to_thread=True)
    def follow(self, job_id: FromPath[str], work: NamedDependency[Work]) -> Template:
        """Show how far a trial is; its figures stand on the page of the version."""
        job = service.ordered_trial(work, job_id)
        profile, _, version = str(job.payload["profile"]).partition(" ")
        context = {"job": job, "back": f"/screen/profiles/{profile}/{version}"}
        return Template("alerts/trying.html", context=context)


class TrialPages(Controller):
    """What came of a trial, decision by decision."""

    path = "/alerts/trials"
    opt = READ

    @get("/{digest:str}", sync_to_thread=True)
    def show(self, digest: FromPath[str], work: NamedDependency[Work]) -> Template:
        """Show what a version would change, band by band, and name every true match that it would lose."""
        found = service.trial(work, digest)
        context = {"found": found, "digest": digest, "shown": found.changed[: max(SHOWN_MAX, len(found.lost))]}
        return Template("alerts/trial.html", context=context)

    @get("/{digest:str}/export", sync_to_thread=True)
    def export(self, digest: FromPath[str], work: NamedDependency[Work]) -> Response[bytes]:
        """Send the whole result as one JSON object."""
        headers = {"content-disposition": f'attachment; filename="trial-{digest[:12]}.json"'}
        found = msgspec.json.encode(service.trial(work, digest))
        return Response(found, media_type="application/json", headers=headers)
