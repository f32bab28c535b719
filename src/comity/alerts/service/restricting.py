"""Need to know: an alert that is for named reviewers alone does not exist for anybody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from comity.accounts import service as accounts
from comity.alerts.model.answers import Dossier
from comity.alerts.model.failures import MembersUnfit
from comity.alerts.service.looking import whole
from comity.alerts.store import dossiers

if TYPE_CHECKING:
    from collections.abc import Collection

    from comity.alerts.model.answers import Alert
    from comity.infra.work import Work

MEMBERS_MIN: Final = 2
"""One decides, and another confirms."""
MEMBERS_MAX: Final = 50


def restrict(work: Work, id_: str, members: Collection[str]) -> Alert:
    """Let only some people know of an alert, by their ids; nobody named: whoever reads alerts may know of it again.

    For others it is as if it did not exist: in the queue, in counts and statistics, and by its address. What payments and
    customers wait for is not changed. An assignment to somebody else ends. Raises `AlertUnknown`, `MembersUnfit`.
    """
    dossiers.alone(work)
    dossier = whole(work, id_)
    named = sorted(set(members))
    if named and not (MEMBERS_MIN <= len(named) <= MEMBERS_MAX and set(named) <= accounts.names(work, named).keys()):
        raise MembersUnfit(f"Name between {MEMBERS_MIN} and {MEMBERS_MAX} people of this node, or nobody.")
    to = dossier.alert.assigned_to
    alert = msgspec.structs.replace(
        dossier.alert, members=tuple(named), assigned_to=to if not named or to in named else "", changed_at=work.at
    )
    dossiers.write(work, [Dossier(alert=alert, hits=dossier.hits)], ())
    work.record("alerts.restricted", alert=id_, members=named)
    return alert


__all__ = ["MEMBERS_MAX", "MEMBERS_MIN", "restrict"]
