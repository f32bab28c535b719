"""Authorisations: a general or an individual licence, and whether a payment stays within its bounds."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import Enum
from typing import Any

import msgspec

from comity.filtering.model.payment import Match, Matter, Payment
from comity.kit.errors import Invalid
from comity.model.measure import MeasureKind
from comity.model.money import Money


class AuthorisationInvalid(Invalid):
    """An authorisation lacks what makes it one, or its bounds contradict each other."""

    code = "filtering.authorisation_invalid"


class AuthorisationKind(Enum):
    """For whom an authority has given it."""

    GENERAL = "general"
    """For everybody, by publication."""
    INDIVIDUAL = "individual"
    """To one applicant, by a letter."""


class Authorisation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one authority allows, within which bounds; a bound that is empty does not bind."""

    regime: str
    reference: str
    """The authority's own number: `GL 8`, `INT/2031/0042`."""
    kind: AuthorisationKind
    article: str
    """The provision under which it was given."""
    persons: frozenset[str] = frozenset()
    """Ids of the listed entities whom it concerns. An individual licence names at least one."""
    programmes: frozenset[str] = frozenset()
    measures: frozenset[MeasureKind] = frozenset()
    matters: frozenset[Matter] = frozenset()
    amount_max: Money | None = None
    """The most that one payment may move."""
    total_max: Money | None = None
    """The most that all payments under it may move."""
    used: Money | None = None
    """What has been moved under it already."""
    since: date
    until: date | None = None
    """First day on which it no longer stands; None only for a general licence without end."""
    conditions: tuple[str, ...] = ()
    """What must be met and cannot be read from a payment; a person confirms it."""

    def __post_init__(self) -> None:
        """Refuse what names nobody, ends before it begins, or counts in two currencies. Raises `AuthorisationInvalid`."""
        for is_wrong, why in self._wrongs():
            if is_wrong:
                raise AuthorisationInvalid(f"{self.reference or 'An authorisation without a number'}: {why}.")

    def _wrongs(self) -> tuple[tuple[bool, str], ...]:
        is_individual = self.kind is AuthorisationKind.INDIVIDUAL
        currencies = {one.currency for one in (self.total_max, self.used) if one is not None}
        return (
            (not self.reference.strip(), "reference is empty"),
            (not self.article.strip(), "article is empty"),
            (is_individual and not self.persons, "persons is empty, and an individual licence names somebody"),
            (
                not (self.persons or self.programmes or self.measures),
                "programmes, persons and measures are empty, and it would allow everything",
            ),
            (is_individual and self.until is None, "until is missing, and an individual licence ends"),
            (self.until is not None and self.until <= self.since, "until is not after since"),
            (len(currencies) > 1, "used and total_max are in two currencies"),
        )


class _Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    authorisations: tuple[Authorisation, ...] = ()


def read_authorisations(text: str, regimes: Collection[str]) -> tuple[Authorisation, ...]:
    """Read authorisations from TOML, one table `[[authorisations]]` each. Raises `AuthorisationInvalid`, which names the field."""
    try:
        found = msgspec.toml.decode(text, type=_Written).authorisations
    except msgspec.DecodeError as error:
        raise AuthorisationInvalid(f"authorisations: {error}") from error
    seen: set[tuple[str, str]] = set()
    for place, one in enumerate(found):
        if one.regime not in regimes:
            raise AuthorisationInvalid(f"authorisations[{place}].regime: there is no regime called {one.regime!r}.")
        if (one.regime, one.reference) in seen:
            raise AuthorisationInvalid(f"authorisations[{place}].reference: {one.reference!r} stands more than once.")
        seen.add((one.regime, one.reference))
    return found


def gaps(authorisation: Authorisation, match: Match, kind: MeasureKind, payment: Payment) -> tuple[str, ...]:
    """Return the bounds that a payment would leave, as sentences; none: it is authorised."""
    return tuple(
        says
        for is_open, says in (
            (not _holds(authorisation.persons, match.person), "it concerns other persons"),
            (not _holds(authorisation.programmes, match.programme), "it concerns other programmes"),
            (not _holds(authorisation.measures, kind), f"it does not lift this measure: {_words(kind)}"),
            (not _holds(authorisation.matters, payment.matter), f"it does not cover what is paid for: {_words(payment.matter)}"),
            (payment.on < authorisation.since, f"it begins on {authorisation.since}"),
            (authorisation.until is not None and payment.on >= authorisation.until, f"it ended on {authorisation.until}"),
            (not _fits(payment.amount, authorisation.amount_max), f"one payment may move at most {authorisation.amount_max}"),
            (not _fits_total(payment.amount, authorisation), f"all payments may move at most {authorisation.total_max}"),
            (
                bool(authorisation.conditions) and authorisation.reference not in payment.confirmed,
                f"nobody has confirmed that its conditions are met: {'; '.join(authorisation.conditions)}",
            ),
        )
        if is_open
    )  # fmt: skip


def _words(one: MeasureKind | Matter) -> str:
    return str(one.value).replace("_", " ")


def _holds(bound: frozenset[Any], one: object) -> bool:
    return not bound or one in bound


def _fits(amount: Money | None, limit: Money | None) -> bool:
    """Say whether an amount keeps to a limit; one in another currency cannot be shown to."""
    if limit is None:
        return True
    return amount is not None and amount.currency == limit.currency and amount.minor <= limit.minor


def _fits_total(amount: Money | None, authorisation: Authorisation) -> bool:
    limit, used = authorisation.total_max, authorisation.used
    if limit is None or amount is None or amount.currency != limit.currency:
        return _fits(amount, limit)
    return _fits(amount + used if used else amount, limit)
