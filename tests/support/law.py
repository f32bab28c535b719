"""The law that tests decide by: the catalogue's regimes, bound at one branch without further conditions."""

from __future__ import annotations

from collections.abc import Iterable

from comity.catalogue import regimes
from comity.catalogue.dialects.told_cases import BRANCH
from comity.filtering.model import Authorisation, Binding, Bindings, Branch, Law, Regime
from comity.kit.catalogue import discover

REGIMES = discover(regimes, "REGIME", Regime)


def bindings(bound: Iterable[str]) -> Bindings:
    """Return bindings under which some regimes bind in every payment of the branch of the cases."""
    return Bindings(
        version=1,
        branches=(Branch(id=BRANCH, country="QM"),),
        bindings=tuple(Binding(regime=id_, nexus=REGIMES[id_].nexuses[0].id) for id_ in bound),
    )


def law(*bound: str, authorisations: tuple[Authorisation, ...] = ()) -> Law:
    """Return the law of the catalogue where some regimes bind."""
    return Law(regimes=REGIMES, bindings=bindings(bound), authorisations=authorisations)
