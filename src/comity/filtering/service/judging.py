"""Judging a payment: what people have decided of its matches, put before the law that binds this institution."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from comity.alerts.model.answers import Stand, Standing
from comity.filtering.model import Decision, Match, Outcome, Resolution, decide, describe, part
from comity.filtering.model import Stand as Standpoint
from comity.filtering.service import reporting
from comity.payments.model import Role
from comity.register import service as register
from comity.register.model.answers import EntityUnknown
from comity.register.model.naming import IN_FORCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.filtering.model.verdict import Hit, Verdict
    from comity.filtering.service.place import Place
    from comity.infra.work import Work
    from comity.payments.model import Transfer


class Judged(NamedTuple):
    """What becomes of a payment as things stand."""

    outcome: Outcome | None
    """None where a person must decide without the law of this house: nobody has said which binds, or a territory is named."""
    decision: Decision | None
    """The law's reasons; None where nobody has said which law binds."""
    standing: dict[str, Standing]
    """Where the subjects of the payment stand, by id."""

    @property
    def is_undecided(self) -> bool:
        """Whether a match still waits for a person."""
        return any(one.stand is Stand.UNDECIDED for one in self.standing.values())


def judge(work: Work, place: Place, id_: str, transfer: Transfer, verdict: Verdict) -> Judged:
    """Return what becomes of a payment, by what people have decided so far."""
    standing = reporting.standing(work, id_, verdict)
    resolved = [(hit, _resolution(standing, id_, hit)) for hit in verdict.hits if hit.odds is not None]
    names_territory = len(resolved) < len(verdict.hits)
    stands = place.stands()
    if stands is None:
        outcome = _unlawed([resolution for _, resolution in resolved])
        return Judged(None if names_territory and outcome is not Outcome.HOLD else outcome, None, standing)
    where = Standpoint(branch=stands.branch, on=work.at.date(), bics=stands.bics)
    matches = [match for hit, resolution in resolved for match in _matches(work, place, hit, resolution)]
    decision = decide(stands.law, describe(transfer, where), matches)
    is_free = decision.outcome in {Outcome.RELEASE, Outcome.RELEASE_UNDER_LICENCE}
    return Judged(None if names_territory and is_free else decision.outcome, decision, standing)


def at_first(work: Work, place: Place, transfer: Transfer, verdict: Verdict) -> Outcome:
    """Return what becomes of a payment before anybody has decided anything: it passes, or it is held."""
    if not verdict.hits:
        return Outcome.RELEASE
    stands = place.stands()
    if stands is None or any(hit.odds is None for hit in verdict.hits):
        return Outcome.HOLD
    where = Standpoint(branch=stands.branch, on=work.at.date(), bics=stands.bics)
    matches = [match for hit in verdict.hits for match in _matches(work, place, hit, Resolution.UNDECIDED)]
    outcome = decide(stands.law, describe(transfer, where), matches).outcome
    return outcome if outcome is Outcome.RELEASE else Outcome.HOLD


def _unlawed(resolutions: list[Resolution]) -> Outcome | None:
    """Say what follows without a law: all false is a release, an open question holds, and a true match is a person's to decide."""
    if Resolution.UNDECIDED in resolutions:
        return Outcome.HOLD
    return None if Resolution.TRUE in resolutions else Outcome.RELEASE


def _resolution(standing: dict[str, Standing], payment_id: str, hit: Hit) -> Resolution:
    """Return what people have said of a hit; whatever is not clearly settled is undecided."""
    where = standing.get(reporting.subject_id(payment_id, hit))
    if where is None or hit.listed.id in where.undecided:
        return Resolution.UNDECIDED
    if hit.listed.id in where.true:
        return Resolution.TRUE
    is_settled = hit.listed.id in where.false or not (where.undecided or where.true)  # kept silent by a good-guy entry
    return Resolution.FALSE if is_settled else Resolution.UNDECIDED


def _matches(work: Work, place: Place, hit: Hit, resolution: Resolution) -> Iterator[Match]:
    """Yield a match for each designation in force of whoever may be meant."""
    role = part(Role(hit.role) if hit.role else None)
    try:
        shown = register.show(work, place.office.desk, hit.listed.id).designations
    except EntityUnknown:
        shown = ()
    standing = [one for one in shown if one.state in IN_FORCE and not one.is_aggregated]
    for one in standing:
        yield Match(
            hit=hit.standing[0].place,
            part=role,
            resolution=resolution,
            person=hit.listed.id,
            source=one.source,
            programme=one.programme,
            measures=one.measures,
        )
    if not standing:
        source = hit.listed.references[0].partition(":")[0]
        yield Match(hit=hit.standing[0].place, part=role, resolution=resolution, person=hit.listed.id, source=source)
