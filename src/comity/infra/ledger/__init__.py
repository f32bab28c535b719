"""The append-only ledger: what happened on this node, committed to in a public tree that tells nothing of it.

`rows` appends and erases, `reading` reads; `merkle`, `note` and `tiles` are the published formats; `publication`, `proofs` and
`verification` work on the folder that is served. Specification: docs/protocol/ledger.md.
"""

from __future__ import annotations

from comity.infra.ledger.note import Checkpoint, VerifierKey, log_key
from comity.infra.ledger.proofs import Proven, check, prove, prove_extension
from comity.infra.ledger.publication import Published, publish, published
from comity.infra.ledger.reading import Entry, actors, entry, kinds, opening, read
from comity.infra.ledger.rows import ERASED, Event, append, erase, size
from comity.infra.ledger.verification import Damaged, Verified, verify

__all__ = [
    "ERASED",
    "Checkpoint",
    "Damaged",
    "Entry",
    "Event",
    "Proven",
    "Published",
    "Verified",
    "VerifierKey",
    "actors",
    "append",
    "check",
    "entry",
    "erase",
    "kinds",
    "log_key",
    "opening",
    "prove",
    "prove_extension",
    "publish",
    "published",
    "read",
    "size",
    "verify",
]
