"""Portfolios and customers: created, listed, shown, ended, exported; and where each portfolio stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.alerts import service as alerts
from comity.alerts.model.subject import SubjectKind
from comity.portfolios.model.answers import Filter, Page, Shown
from comity.portfolios.model.failures import (
    CustomerEnded,
    CustomerUnknown,
    PortfolioExists,
    PortfolioUnfit,
    PortfolioUnknown,
    RunUnknown,
)
from comity.portfolios.model.portfolio import PROFILE, Portfolio, Run, RunState, Standing
from comity.portfolios.service import ordering
from comity.portfolios.store import customers, portfolios, runs
from comity.screening import service as screening
from comity.screening.model.failures import GroundAbsent, ProfileUnknown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from comity.infra.jobs import Job
    from comity.infra.work import Work
    from comity.portfolios.model.portfolio import Finding, Import, Kept


def create(work: Work, id_: str, title: str, profile: str = PROFILE) -> Portfolio:
    """Create a portfolio. Raises `PortfolioUnfit`, `PortfolioExists`."""
    made = Portfolio(id=id_, title=title.strip(), profile=profile, created_at=work.at, created_by=work.actor.id)
    portfolios.alone(work, id_)
    if portfolios.find(work, id_) is not None:
        raise PortfolioExists(f"There is a portfolio {id_} already.")
    try:
        screening.profile(work, profile)
    except ProfileUnknown as failure:
        raise PortfolioUnfit(failure.detail) from failure
    portfolios.add(work, made)
    work.record("portfolios.created", portfolio=id_, profile=profile)
    return made


def find(work: Work, id_: str) -> Portfolio:
    """Return a portfolio. Raises `PortfolioUnknown`."""
    found = portfolios.find(work, id_)
    if found is None:
        raise PortfolioUnknown("There is no portfolio with this id.")
    return found


def standings(work: Work) -> list[Standing]:
    """Return where every portfolio stands."""
    return [_standing(work, one) for one in portfolios.every(work)]


def standing(work: Work, id_: str) -> Standing:
    """Return where one portfolio stands. Raises `PortfolioUnknown`."""
    return _standing(work, find(work, id_))


def imports(work: Work, id_: str) -> list[Import]:
    """Return the imports of a portfolio, newest first. Raises `PortfolioUnknown`."""
    return portfolios.imports_of(work, find(work, id_).id)


def runs_of(work: Work, id_: str, limit: int = 50) -> list[Run]:
    """Return the last runs of a portfolio, newest first. Raises `PortfolioUnknown`."""
    return runs.latest(work, find(work, id_).id, limit=limit)


def runs_by_id(work: Work, id_: str) -> dict[str, Run]:
    """Return every run of a portfolio by its id. Raises `PortfolioUnknown`."""
    return {run.id: run for run in runs_of(work, id_, 100_000)}


def some(work: Work, id_: str, wanted: Collection[str]) -> dict[str, Kept]:
    """Return some customers as they stand, by id."""
    return {one.customer.id: one for one in customers.some(work, id_, wanted)}


def changes(work: Work, run: str) -> list[Finding]:
    """Return what one run found anew, and what it found no longer. Raises `RunUnknown`."""
    if runs.find(work, run) is None:
        raise RunUnknown("There is no run with this id.")
    work.record("portfolios.changes_read", run=run)
    return runs.changes(work, run)


def search(work: Work, id_: str, asked: Filter) -> Page:
    """Return the customers of a portfolio that fit, in order of id, one page of them. Raises `PortfolioUnknown`."""
    find(work, id_)
    total, found = customers.search(work, id_, asked)
    findings = runs.standing(work, id_, [one.customer.id for one in found])
    work.record("portfolios.customers_listed", portfolio=id_, customers=len(found))
    return Page(total=total, offset=asked.offset, customers=tuple(found), findings=findings, run=_done(work, id_))


def show(work: Work, id_: str, customer: str) -> Shown:
    """Return all that is known of a customer, what was found of it, and where its alerts stand. Raises `CustomerUnknown`."""
    find(work, id_)
    history = customers.history(work, id_, customer)
    if not history:
        raise CustomerUnknown("There is no customer with this id in the portfolio.")
    subject = history[0].subject
    work.record("portfolios.customer_read", portfolio=id_, digest=history[0].customer.digest)
    return Shown(
        now=history[0],
        history=tuple(history),
        findings=tuple(runs.of_customer(work, id_, customer)),
        run=_done(work, id_),
        standing=alerts.known(work, SubjectKind.CUSTOMER, [subject]).get(subject),
    )


def locate(work: Work, key: str) -> tuple[str, str]:
    """Return the portfolio and id of the customer whose address has a key. Raises `CustomerUnknown`."""
    found = customers.by_key(work, key)
    if found is None:
        raise CustomerUnknown("There is no customer with this id in the portfolio.")
    return found


def orders(work: Work, id_: str) -> list[Job]:
    """Return what is done for a portfolio in the background now, or waits to be."""
    return portfolios.orders(work, (ordering.SCREEN, ordering.SCREEN_WHOLE, ordering.TAKE), id_)


def end(work: Work, id_: str, customer: str) -> Kept:
    """End a customer: nobody deletes it, and look-backs find it still. Raises `CustomerUnknown`, `CustomerEnded`."""
    portfolios.alone(work, id_)
    shown = customers.history(work, id_, customer)
    if not shown:
        raise CustomerUnknown("There is no customer with this id in the portfolio.")
    if not customers.end(work, id_, [customer]):
        raise CustomerEnded("The customer has been ended already.")
    work.record("portfolios.customer_ended", portfolio=id_, digest=shown[0].customer.digest)
    return customers.history(work, id_, customer)[0]


def every(work: Work, id_: str, *, ended: bool = False) -> Iterator[Kept]:
    """Stream the customers of a portfolio, in order of id. Raises `PortfolioUnknown`."""
    find(work, id_)
    work.record("portfolios.exported", portfolio=id_)
    return customers.every(work, id_, ended=ended)


def found(work: Work, id_: str) -> Iterator[Finding]:
    """Stream what is found of anybody in a portfolio now, in order of id. Raises `PortfolioUnknown`."""
    find(work, id_)
    work.record("portfolios.findings_exported", portfolio=id_)
    return runs.every(work, id_)


def order(work: Work, id_: str, *, whole: bool = False) -> str:
    """Order that a portfolio is screened, and return the job's id. Raises `PortfolioUnknown`."""
    return ordering.order(work, find(work, id_).id, whole=whole)


def _standing(work: Work, one: Portfolio) -> Standing:
    standing, ended = customers.counts(work, one.id)
    done = _done(work, one.id)
    under_way = next(iter(runs.latest(work, one.id, RunState.RUNNING)), None)
    return Standing(
        portfolio=one,
        customers=standing,
        ended=ended,
        matched=customers.found(work, one.id),
        run=done,
        under_way=under_way,
        is_current=done is not None and _is_current(work, one, done),
        age_s=int((work.at - done.began_at).total_seconds()) if done else None,
    )


def _done(work: Work, id_: str) -> Run | None:
    return next(iter(runs.latest(work, id_, RunState.DONE)), None)


def _is_current(work: Work, one: Portfolio, done: Run) -> bool:
    try:
        ground = screening.ground(work)
    except GroundAbsent:
        return False
    same_profile = screening.profile(work, one.profile) == done.setting.profile
    return ground == done.ground and same_profile and not customers.changed_since(work, one.id, done.began_at)
