"""Who does something, and what for."""

from __future__ import annotations

from enum import Enum

import msgspec


class Purpose(Enum):
    """Why something is done; recorded with it, and later decided on by agreements."""

    ADMINISTRATION = "administration"
    SANCTIONS_IMPLEMENTATION = "sanctions_implementation"
    AUDIT = "audit"
    OPERATION = "operation"


class ActorKind(Enum):
    """What sort of actor: a person is answerable, the node acts by rule."""

    PERSON = "person"
    TOKEN = "token"  # noqa: S105 - a kind of actor, not a secret
    NODE = "node"


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody or something that acts on this node."""

    id: str
    """Stable id: `user:…`, `token:…` or `node`."""
    name: str
    """As shown to colleagues; never written to the ledger's leaves."""
    kind: ActorKind = ActorKind.PERSON


NODE = Actor(id="node", name="This node", kind=ActorKind.NODE)
"""The node itself: schedules, rules, start-up."""

OPERATOR = Actor(id="operator", name="Operator at the machine", kind=ActorKind.NODE)
"""Whoever runs `comity` on the machine itself: the operating system has already decided that they may."""
