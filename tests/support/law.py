"""The law that tests decide by: the catalogue's regimes, bound at one branch without further conditions."""

from __future__ import annotations

from collections.abc import Iterable

from comity.catalogue import regimes
from comity.catalogue.dialects.told_cases import BRANCH
from comity.filtering.model import Authorisation, Binding, Bindings, Branch, Law, Regime
from comity.filtering.model.regime import Case, Checked, Reading
from comity.kit.catalogue import discover

REGIMES = discover(regimes, "REGIME", Regime)


def bindings(bound: Iterable[str]) -> Bindings:
    """Return bindings under which some regimes bind in every payment of the branch of the cases."""
    return Bindings(
        version=1,
        branches=(Branch(id=BRANCH, country="QM"),),
        bindings=tuple(Binding(regime=id_, nexus=REGIMES[id_].nexuses[0].id) for id_ in bound),
    )


def cited(regime: Regime) -> tuple[str, ...]:
    """Return all citations of a regime, each once, in the order in which a reader meets them."""
    stated = (regime.nexuses, regime.rules, regime.passing, regime.counters, regime.reports)
    articles = [one.article for several in stated for one in several]
    owned = [regime.owned.article] if regime.owned else []
    return tuple(dict.fromkeys([*articles, *owned, regime.kept, regime.licensing]))


def check(regime: Regime, case: Case) -> Checked | None:
    """Return what stands behind the provision of a case, in its own regime or another that binds; None where none decides."""
    if not case.article:
        return None
    of = (regime, *(REGIMES[id_] for id_ in case.also))
    found = [one.check(case.article) for one in of]
    return next((one for one in found if one.how is not Reading.UNREAD), found[0])


def law(*bound: str, authorisations: tuple[Authorisation, ...] = ()) -> Law:
    """Return the law of the catalogue where some regimes bind."""
    return Law(regimes=REGIMES, bindings=bindings(bound), authorisations=authorisations)
