"""What a person, a token or a program may do. Each route and each command names exactly one."""

from __future__ import annotations

from enum import Enum


class Permission(Enum):
    """A right to do one kind of thing; roles are sets of these."""

    PUBLIC = "public"
    """No account needed: health, the sign-in page, the published ledger."""
    SELF = "self"
    """Whatever a signed-in person may do to their own session and preferences."""
    REGISTER_READ = "register.read"
    """Search and read the register of designations."""
    REGISTER_DECIDE = "register.decide"
    """Judge whether two entities are the same, and enter dated legal acts."""
    LISTS_READ = "lists.read"
    """See lists, editions and differences."""
    LISTS_UPDATE = "lists.update"
    """Fetch or load editions."""
    LISTS_DECIDE = "lists.decide"
    """Release or reject an edition in quarantine."""
    SCREENING_ASK = "screening.ask"
    """Screen names and numbers, and see the answers."""
    SCREENING_TUNE = "screening.tune"
    """Propose versions of screening profiles, and release those that others proposed."""
    ALERTS_READ = "alerts.read"
    """See what screening found of customers and payments, and what was decided; whoever lacks it is told of nothing."""
    ALERTS_DECIDE = "alerts.decide"
    """Decide alerts, as the first person."""
    ALERTS_CONFIRM = "alerts.confirm"
    """Confirm or give back what another person decided, and release good-guy entries and thresholds."""
    LEDGER_READ = "ledger.read"
    """Read the ledger's events, not only its commitments."""
    ACCOUNTS_MANAGE = "accounts.manage"
    """Create people, roles and tokens, and change the node."""
    OPERATE = "operate"
    """Run the node: metrics, jobs, checkpoints."""
