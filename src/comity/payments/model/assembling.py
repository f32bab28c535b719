"""Putting together who plays which role, out of texts in the order of the message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.payments.model.named import Agent, Party
from comity.payments.model.screened import FieldKind, Role
from comity.payments.model.transfer import Remittance

if TYPE_CHECKING:
    from collections.abc import Hashable

    from comity.payments.model.screened import Screened

REMITTANCE: Final = "remittance"
"""The group of what the payer tells the payee."""

AGENTS: Final = frozenset(role for role in Role if role.value.endswith(("_agent", "_1", "_2", "_3"))) | {
    Role.SENDER,
    Role.RECEIVER,
    Role.RELATED_SENDER,
    Role.RELATED_RECEIVER,
}
"""Roles that only financial institutions play; the others may be played by either."""


class Gathered:
    """Texts by whom or what they speak of, in the order of the message."""

    def __init__(self) -> None:
        self.groups: dict[Hashable, list[Screened]] = {}
        self.agents: set[Hashable] = set()

    def add(self, one: Screened, group: Hashable = None) -> None:
        """Add a text to a group; by default to that of its role."""
        key = one.role if group is None else group
        found = self.groups.get(key)
        if found is None:
            self.groups[key] = [one]
        else:
            found.append(one)

    def extend(self, other: Gathered) -> None:
        """Add everything that another has gathered."""
        self.agents |= other.agents
        for key, said in other.groups.items():
            self.groups.setdefault(key, []).extend(said)

    def parts(self) -> tuple[tuple[Party, ...], tuple[Agent, ...], Remittance, tuple[Screened, ...]]:
        """Return parties, agents, remittance and the other texts, as the fields of a `Chain` stand."""
        parties: list[Party] = []
        agents: list[Agent] = []
        texts: list[Screened] = []
        remittance = Remittance()
        for key, said in self.groups.items():
            role = said[0].role
            if key == REMITTANCE:
                remittance = Remittance(tuple(said))
            elif role is None:
                texts.extend(said)
            elif key in self.agents or role in AGENTS or any(one.kind is FieldKind.AGENT_NAME for one in said):
                agents.append(Agent(role, tuple(said)))
            else:
                parties.append(Party(role, tuple(said)))
        return tuple(parties), tuple(agents), remittance, tuple(texts)
