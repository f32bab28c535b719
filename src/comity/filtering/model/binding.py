"""Which regimes bind this node's institution, where and when: data that its lawyers keep, read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from comity.filtering.model.decision import Bound
from comity.filtering.model.payment import Direction, Payment
from comity.filtering.model.regime import Regime


class Branch(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place where the institution does business."""

    id: str
    country: str


class Binding(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One regime binds wherever all of these are met; what is left out does not limit it."""

    regime: str
    nexus: str
    """Why: one of the regime's own ways to bind."""
    branches: tuple[str, ...] = ()
    currencies: tuple[str, ...] = ()
    agents_in: tuple[str, ...] = ()
    """At least one agent on the way is in one of these countries."""
    directions: tuple[Direction, ...] = ()
    since: date | None = None
    until: date | None = None


class Bindings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that binds, in one version."""

    version: int
    branches: tuple[Branch, ...]
    bindings: tuple[Binding, ...]


def read(text: str, regimes: Mapping[str, Regime]) -> Bindings:
    """Read bindings from TOML. Raises `BindingsInvalid`, which names the field."""
    raise NotImplementedError((text, regimes))


def bound(bindings: Bindings, regimes: Mapping[str, Regime], payment: Payment) -> tuple[Bound, ...]:
    """Return the regimes that bind in a payment, each once with its first reason, in the order of their ids."""
    raise NotImplementedError((bindings, regimes, payment))
