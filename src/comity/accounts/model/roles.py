"""What somebody is on this node, and what they may therefore do."""

from __future__ import annotations

from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING

from comity.accounts.model.failures import RolesUnfit
from comity.model.permission import Permission

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Role(Enum):
    """A named set of permissions: the least that one kind of work needs."""

    ADMINISTRATOR = "administrator"
    """Decides who may do what, and therefore nothing else: what is listed is not the administrator's to judge."""
    SANCTIONS_OFFICER = "sanctions_officer"
    """Answers for the lists: loads editions, releases quarantines, joins entities, enters legal acts, screens."""
    ANALYST = "analyst"
    """Reads the register and the lists, screens names and decides alerts, and decides nothing about the lists."""
    COMPLIANCE_OFFICER = "compliance_officer"
    """The second person: confirms what analysts decide, and releases good-guy entries and thresholds."""
    AUDITOR = "auditor"
    """Reads everything that was done, and does nothing."""
    OPERATOR = "operator"
    """Keeps the node running and its lists fetched, and reads nothing about persons."""


_READS = frozenset({Permission.REGISTER_READ, Permission.LISTS_READ})
_DECIDES = frozenset(
    {Permission.SCREENING_ASK, Permission.ALERTS_READ, Permission.ALERTS_DECIDE, Permission.PORTFOLIOS_READ}
)
_PAYS = frozenset({Permission.PAYMENTS_READ, Permission.PAYMENTS_SCREEN, Permission.PAYMENTS_DECIDE})

ROLES: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.ADMINISTRATOR: _READS | {Permission.ACCOUNTS_MANAGE, Permission.LEDGER_READ},
        Role.SANCTIONS_OFFICER: _READS
        | {
            Permission.REGISTER_DECIDE,
            Permission.LISTS_UPDATE,
            Permission.LISTS_DECIDE,
            Permission.SCREENING_ASK,
            Permission.SCREENING_TUNE,
        },
        Role.ANALYST: _READS | _DECIDES | _PAYS,
        Role.COMPLIANCE_OFFICER: _READS
        | _DECIDES
        | _PAYS
        | {
            Permission.ALERTS_CONFIRM,
            Permission.PORTFOLIOS_MANAGE,
            Permission.SCREENING_REVIEW,
            Permission.SCREENING_TUNE,
        },
        Role.AUDITOR: _READS
        | {
            Permission.ALERTS_READ,
            Permission.LEDGER_READ,
            Permission.PAYMENTS_READ,
            Permission.PORTFOLIOS_READ,
            Permission.SCREENING_REVIEW,
        },
        Role.OPERATOR: frozenset({Permission.OPERATE, Permission.LISTS_READ, Permission.LISTS_UPDATE}),
    }
)
"""Every role with its permissions. `PUBLIC` and `SELF` belong to everyone who signs in, and stand in none."""

FIRST_ROLES = (Role.ADMINISTRATOR, Role.SANCTIONS_OFFICER, Role.COMPLIANCE_OFFICER, Role.OPERATOR)
"""What the first person on a node holds, so that one person can begin alone; an office then divides them."""

GRANTABLE = frozenset(Permission) - {Permission.PUBLIC, Permission.SELF}
"""The permissions that a token can be given."""


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """Return what the holder of these roles may do, with what everybody may."""
    return frozenset({Permission.SELF}).union(*(ROLES[role] for role in roles))


def narrowed(granted: Iterable[Permission], owner: frozenset[Permission]) -> frozenset[Permission]:
    """Return what a token may do now: what it was granted, met with what its owner may do now."""
    return (frozenset(granted) & owner & GRANTABLE) | {Permission.SELF}


def fit_roles(roles: Iterable[Role]) -> tuple[Role, ...]:
    """Return roles once each, in their order. Raises `RolesUnfit`."""
    held = set(roles)
    if not held:
        raise RolesUnfit("A person holds at least one role.")
    return tuple(role for role in Role if role in held)
