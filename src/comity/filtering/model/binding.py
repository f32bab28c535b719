"""Which regimes bind this node's institution, where and when: data that its lawyers keep, read strictly.

The form is TOML. Each binding names a regime, which of that regime's own ways to bind applies, and where: what is left out does
not limit it. Two bindings of one regime are read as *or*, the conditions within one as *and*.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta

from comity.filtering.model.decision import Bound
from comity.filtering.model.payment import Direction, Payment
from comity.kit.errors import Invalid

if TYPE_CHECKING:
    from comity.filtering.model.regime import Nexus, Regime

Country = Annotated[str, Meta(pattern="^[A-Z]{2}$")]
Currency = Annotated[str, Meta(pattern="^[A-Z]{3}$")]
Name = Annotated[str, Meta(min_length=1, max_length=60)]


class BindingsInvalid(Invalid):
    """The bindings hold an unknown key, a wrong type, or name what does not exist."""

    code = "filtering.bindings_invalid"


class BranchUnknown(Invalid):
    """The payment is carried out by a branch that the bindings do not know, so that nobody could say what binds it."""

    code = "filtering.branch_unknown"


class Branch(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place where the institution does business."""

    id: Name
    country: Country


class Binding(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One regime binds wherever all of these are met; what is left out does not limit it."""

    regime: Name
    nexus: Name
    """Why: one of the regime's own ways to bind."""
    branches: tuple[Name, ...] = ()
    currencies: tuple[Currency, ...] = ()
    agents_in: tuple[Country, ...] = ()
    """At least one agent on the way is in one of these countries."""
    directions: tuple[Direction, ...] = ()
    since: date | None = None
    until: date | None = None
    """First day on which it no longer binds."""

    def meets(self, payment: Payment) -> bool:
        """Whether it speaks of such a payment."""
        currency = payment.amount.currency if payment.amount else None
        return (
            (not self.branches or payment.branch in self.branches)
            and (not self.currencies or currency is None or currency in self.currencies)
            and (not self.agents_in or not payment.agents.isdisjoint(self.agents_in))
            and (not self.directions or payment.direction in self.directions)
            and (self.since is None or self.since <= payment.on)
            and (self.until is None or payment.on < self.until)
        )


class Bindings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that binds, in one version."""

    version: Annotated[int, Meta(ge=1)]
    """Counted up with each change; decisions name it."""
    branches: Annotated[tuple[Branch, ...], Meta(min_length=1)]
    bindings: tuple[Binding, ...]

    def country(self, branch: str) -> str:
        """Return where a branch is. Raises `BranchUnknown`."""
        for one in self.branches:
            if one.id == branch:
                return one.country
        raise BranchUnknown("The bindings know no such branch.", branch=branch)


def read(text: str, regimes: Mapping[str, Regime]) -> Bindings:
    """Read bindings from TOML. Raises `BindingsInvalid`, which names the field."""
    try:
        found = msgspec.toml.decode(text, type=Bindings)
    except msgspec.DecodeError as error:
        raise BindingsInvalid(f"bindings: {error}") from error
    for where, why in _wrongs(found, regimes):
        raise BindingsInvalid(f"{where}: {why}.")
    return found


def _wrongs(found: Bindings, regimes: Mapping[str, Regime]) -> Iterator[tuple[str, str]]:
    known = Counter(one.id for one in found.branches)
    for place, branch in enumerate(found.branches):
        if known[branch.id] > 1:
            yield f"branches[{place}].id", f"{branch.id!r} stands more than once"
    for place, one in enumerate(found.bindings):
        where = f"bindings[{place}]"
        if (regime := regimes.get(one.regime)) is None:
            yield f"{where}.regime", f"there is no regime called {one.regime!r}; known are {', '.join(sorted(regimes))}"
        elif one.nexus not in (ways := [nexus.id for nexus in regime.nexuses]):
            yield f"{where}.nexus", f"{one.regime} does not bind by {one.nexus!r}; it binds by {', '.join(ways)}"
        for number, name in enumerate(one.branches):
            if name not in known:
                yield f"{where}.branches[{number}]", f"there is no branch called {name!r}"
        if one.since and one.until and one.until <= one.since:
            yield f"{where}.until", "it is not after since"


def bound(bindings: Bindings, regimes: Mapping[str, Regime], payment: Payment) -> tuple[Bound, ...]:
    """Return the regimes that bind in a payment, each once with its first reason, by id. Raises `BranchUnknown`.

    A payment that names no amount has no currency, and is bound as if it had any.
    """
    bindings.country(payment.branch)
    found: dict[str, Bound] = {}
    for one in bindings.bindings:
        if one.meets(payment) and one.regime not in found:
            regime = regimes[one.regime]
            nexus = next(way for way in regime.nexuses if way.id == one.nexus)
            found[one.regime] = Bound(
                regime=regime.id, title=regime.title, because=_because(one, nexus), article=nexus.article
            )
    return tuple(found[id_] for id_ in sorted(found))


def _because(binding: Binding, nexus: Nexus) -> str:
    """Say why it binds here: the law's own words, then what the institution's lawyers have found to meet them."""
    met = (
        ("branch", binding.branches),
        ("currency", binding.currencies),
        ("agent in", binding.agents_in),
        ("payment", tuple(one.value for one in binding.directions)),
    )
    found = "; ".join(f"{noun} {' or '.join(values)}" for noun, values in met if values)
    return f"{nexus.says} ({found})" if found else nexus.says
