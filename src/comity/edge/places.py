"""The places of the console, as the rail lists them: what exists, what this person may enter, and how much waits there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from comity.edge.i18n import mark as _
from comity.model.permission import Permission

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


class Count(msgspec.Struct, frozen=True):
    """How much waits in a place for this person."""

    waiting: int
    is_late: bool = False
    """Whether something of it should have been done before now."""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One place of the console."""

    id: str
    path: str
    label: str
    """In English; translated where it is shown."""
    icon: str
    key: str
    """The letter that leads here after G."""
    permission: Permission
    covers: tuple[str, ...] = ()
    """Other addresses that belong here: what the place lists."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A place on somebody's rail."""

    place: Place
    count: Count | None
    is_here: bool


class Group(msgspec.Struct, frozen=True):
    """Places under one heading; the first group has none."""

    label: str
    places: tuple[Place, ...]


GROUPS: Final = (
    Group(
        "",
        (
            Place(id="home", path="/", label=_("Work queue"), icon="queue", key="q", permission=Permission.SELF),
            Place(
                id="search",
                path="/search",
                label=_("Search"),
                icon="search",
                key="s",
                permission=Permission.REGISTER_READ,
                covers=("/entities",),
            ),
        ),
    ),
    Group(
        _("Register"),
        (
            Place(
                id="lists",
                path="/lists",
                label=_("Lists"),
                icon="list",
                key="l",
                permission=Permission.LISTS_READ,
                covers=("/editions",),
            ),
            Place(
                id="review",
                path="/review",
                label=_("Review queue"),
                icon="join",
                key="r",
                permission=Permission.REGISTER_READ,
            ),
        ),
    ),
    Group(
        _("Screening"),
        (
            Place(
                id="alerts",
                path="/alerts",
                label=_("Alerts"),
                icon="alert",
                key="a",
                permission=Permission.ALERTS_READ,
            ),
            Place(
                id="payments",
                path="/payments",
                label=_("Payments on hold"),
                icon="hold",
                key="h",
                permission=Permission.PAYMENTS_READ,
            ),
            Place(
                id="screen",
                path="/screen",
                label=_("Screen one name"),
                icon="eye",
                key="n",
                permission=Permission.SCREENING_ASK,
            ),
            Place(
                id="past_screenings",
                path="/screen/past",
                label=_("Past screenings"),
                icon="clock",
                key="b",
                permission=Permission.SCREENING_ASK,
                covers=("/screen/answers", "/screen/jobs"),
            ),
            Place(
                id="screening_review",
                path="/screen/review",
                label=_("What others screened"),
                icon="eye",
                key="v",
                permission=Permission.SCREENING_REVIEW,
            ),
            Place(
                id="profiles",
                path="/screen/profiles",
                label=_("Profiles"),
                icon="scales",
                key="f",
                permission=Permission.SCREENING_ASK,
            ),
        ),
    ),
    Group(
        _("Customers"),
        (
            Place(
                id="portfolios",
                path="/portfolios",
                label=_("Portfolios"),
                icon="portfolio",
                key="p",
                permission=Permission.PORTFOLIOS_READ,
                covers=("/customers",),
            ),
        ),
    ),
    Group(
        _("Node"),
        (
            Place(
                id="ledger",
                path="/ledger",
                label=_("Ledger"),
                icon="ledger",
                key="e",
                permission=Permission.LEDGER_READ,
            ),
            Place(
                id="administration",
                path="/administration",
                label=_("Administration"),
                icon="admin",
                key="m",
                permission=Permission.ACCOUNTS_MANAGE,
            ),
        ),
    ),
)


def rail(
    *, here: str, existing: Collection[str], permissions: Collection[Permission], counts: Mapping[str, Count]
) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """Return the headings and places of a person's rail: only what exists and what they may enter."""
    allowed = [place for group in GROUPS for place in group.places if place.path in existing]
    allowed = [place for place in allowed if place.permission in permissions or place.permission is Permission.SELF]
    current = next((place for place in reversed(allowed) if _contains(place, here)), None)
    groups = []
    for group in GROUPS:
        entries = tuple(
            Entry(place=place, count=counts.get(place.id), is_here=place is current)
            for place in group.places
            if place in allowed
        )
        if entries:
            groups.append((group.label, entries))
    return tuple(groups)


def _contains(place: Place, here: str) -> bool:
    beginnings = (place.path, *place.covers)
    return here in beginnings or any(one != "/" and here.startswith(f"{one}/") for one in beginnings)
