"""Profiles: every version of each, two versions side by side, and what people do about a proposal.

A failure is caught here only where the service raises it before it writes anything; the form then comes back with what was typed.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from comity.infra.work import Work
from comity.model.permission import Permission
from comity.screening import service
from comity.screening.model.failures import BacktestWanted, FourEyesWanted, ProfileDecided, ProfileSame, ProfileUnfit
from comity.screening.model.release import State, beside, differences, read, written
from comity.screening.service import Place

if TYPE_CHECKING:
    from comity.kit.errors import Failure


class ProposalForm(msgspec.Struct, frozen=True, kw_only=True):
    """A version as somebody writes it, and why."""

    profile: str = ""
    """In TOML."""
    note: str = ""


class DecisionForm(msgspec.Struct, frozen=True, kw_only=True):
    """What is decided about a proposal."""

    decision: str = ""
    backtest: str = ""


class ProfilePages(Controller):
    """Profiles and their versions."""

    path = "/screen/profiles"
    opt = {"permission": Permission.SCREENING_ASK}  # noqa: RUF012 - Litestar's way

    @get(sync_to_thread=True)
    def overview(self, work: NamedDependency[Work]) -> Template:
        """Show every version of every profile, and what waits for a second person."""
        found = service.versions(work)
        context = {
            "versions": found,
            "in_force": [one for one in found if one.state in {State.IN_FORCE, State.SHIPPED}],
            "waiting": [one for one in found if one.state is State.PROPOSED],
        }
        return Template(template_name="screening/profiles.html", context=context)

    @get("/{profile_id:str}/{version:str}", sync_to_thread=True)
    def show(
        self,
        profile_id: FromPath[str],
        version: FromPath[str],
        work: NamedDependency[Work],
        screening: NamedDependency[Place],
        against: FromQuery[int | None] = None,
    ) -> Template:
        """Show one version beside another: beside the one in force, if no other is named."""
        return _one(work, screening, f"{profile_id} {version}", against=against)

    @post("/{profile_id:str}/{version:str}/propose", permission=Permission.SCREENING_TUNE, sync_to_thread=True)
    def propose(
        self,
        profile_id: FromPath[str],
        version: FromPath[str],
        data: URLEncodedBody[ProposalForm],
        work: NamedDependency[Work],
        screening: NamedDependency[Place],
    ) -> Template | Redirect:
        """Propose another version, written from this one."""
        try:
            made = service.propose(work, read(data.profile.replace("\r\n", "\n")), data.note)
        except (ProfileUnfit, ProfileSame) as failure:
            return _one(work, screening, f"{profile_id} {version}", failure=failure, typed=data)
        return Redirect(f"/screen/profiles/{made.profile.id}/{made.profile.version}", status_code=303)

    @post("/{profile_id:str}/{version:str}/decide", permission=Permission.SCREENING_TUNE, sync_to_thread=True)
    def decide(
        self,
        profile_id: FromPath[str],
        version: FromPath[str],
        data: URLEncodedBody[DecisionForm],
        work: NamedDependency[Work],
        screening: NamedDependency[Place],
    ) -> Template | Redirect:
        """Release a version that somebody else proposed, or withdraw it."""
        name = f"{profile_id} {version}"
        try:
            if data.decision == "withdraw":
                service.withdraw(work, name)
            else:
                service.release(work, screening, name, data.backtest.strip())
        except (FourEyesWanted, ProfileDecided, BacktestWanted) as failure:
            return _one(work, screening, name, failure=failure)
        return Redirect(f"/screen/profiles/{profile_id}/{version}", status_code=303)


def _one(
    work: Work,
    place: Place,
    name: str,
    *,
    against: int | None = None,
    failure: Failure | None = None,
    typed: ProposalForm | None = None,
) -> Template:
    found = service.version(work, name)
    versions = service.versions(work, found.profile.id)
    others = [one for one in versions if one.profile.version != found.profile.version]
    other = next((one for one in others if one.profile.version == against), None)
    if against is None and others:
        standing = (one for one in others if one.state in {State.IN_FORCE, State.SHIPPED})
        other = next(standing, others[0])
    context = {
        "found": found,
        "other": other,
        "others": others,
        "rows": beside((other or found).profile, found.profile),
        "differing": len(differences((other or found).profile, found.profile)),
        "trials": service.trials(work, place, name) if found.state is State.PROPOSED else None,
        "is_own": found.proposed_by == work.actor.id,
        "failure": failure,
        "typed": typed or ProposalForm(profile=written(found.profile)),
    }
    status = HTTPStatus.OK if failure is None else HTTPStatus.UNPROCESSABLE_ENTITY
    return Template(template_name="screening/profile.html", context=context, status_code=status)
