"""Statements: what a list said, in which editions; worked out from its records, and workable out again at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from comity.model.claim import ENTRY, Claim, entity_id, statement_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from comity.lists.model import Edition, Listed, Span


class Run(NamedTuple):
    """Editions without a gap: from `since`, to before `until`, by edition key; `until` None while it lasts."""

    since: str
    until: str | None

    def holds(self, key: str) -> bool:
        """Whether the edition with this key is among them."""
        return self.since <= key and (self.until is None or key < self.until)


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """One value of one property of one entity, as one list said it, and in which of its editions."""

    id: bytes
    """The content hash: the same claim is the same statement in every edition and format."""
    entity_id: str
    source: str
    """The list."""
    claim: Claim
    runs: tuple[Run, ...]

    def holds(self, key: str | None) -> bool:
        """Whether it stands in the edition with this key; it stands in none if there is no edition."""
        return key is not None and any(run.holds(key) for run in self.runs)


class Described(NamedTuple):
    """One entity of a record: the record's own, or one linked to it."""

    entity_id: str
    reference: str
    schema: str
    claims: tuple[Claim, ...]


def described(source: str, listed: Listed) -> Iterator[Described]:
    """Yield the entities that a record describes, its own first; a linked one says to whom it belongs."""
    own = entity_id(source, listed.reference)
    yield Described(own, listed.reference, listed.schema, listed.claims)
    for other in listed.linked:
        part = next(
            (claim.part for claim in other.claims), ENTRY
        )  # what is silent on the wallet is silent on its holder
        holder = Claim(property="holder", value=own, part=part)
        claims = (*other.claims, holder) if other.schema == "CryptoWallet" else other.claims
        yield Described(entity_id(source, other.reference), other.reference, other.schema, claims)


class Version(NamedTuple):
    """What one edition of a list holds under a reference."""

    key: str
    parts: frozenset[str]
    """What the edition speaks of."""
    digest: bytes | None
    """The record, or None where the reference is absent."""


def timeline(editions: Sequence[Edition]) -> list[tuple[str, frozenset[str]]]:
    """Return the key of each edition and the parts of which it speaks, in the order of publication."""
    return [(edition.key, frozenset(edition.parts)) for edition in editions]


def versions(editions: Sequence[tuple[str, frozenset[str]]], spans: Sequence[Span]) -> list[Version]:
    """Return a reference's versions along a `timeline`, leaving out those that say the same as the one before."""
    found: list[Version] = []
    for key, parts in editions:
        digest = next((span.digest for span in spans if span.holds(key)), None)
        if not found or found[-1][1:] != (parts, digest):
            found.append(Version(key, parts, digest))
    return found


def statements(source: str, history: Sequence[Version], records: Mapping[bytes, Listed]) -> list[Statement]:
    """Return every statement of one reference with its runs, from its versions in the order of publication.

    A record that is gone ends all its statements. A record that stays ends those it no longer makes, except in parts of which its
    edition, or the record itself, says nothing: there the earlier word stands.
    """
    open_: dict[tuple[str, bytes], tuple[Claim, str]] = {}
    runs: dict[tuple[str, bytes], list[Run]] = {}
    claims: dict[tuple[str, bytes], Claim] = {}
    for key, parts, digest in history:
        listed = records[digest] if digest is not None else None
        made = _made(source, listed)
        heard = parts - set(listed.silent) if listed is not None else parts
        for id_, (claim, since) in list(open_.items()):
            if id_ not in made and (listed is None or claim.part in heard):
                runs[id_].append(Run(since, key))
                del open_[id_]
        for id_, claim in made.items():
            since = open_[id_][1] if id_ in open_ else key
            open_[id_] = (claim, since)
            claims.setdefault(id_, claim)
            runs.setdefault(id_, [])
    for id_, (_, since) in open_.items():
        runs[id_].append(Run(since, None))
    return [
        Statement(id=id_[1], entity_id=id_[0], source=source, claim=claims[id_], runs=tuple(found))
        for id_, found in runs.items()
    ]


def _made(source: str, listed: Listed | None) -> dict[tuple[str, bytes], Claim]:
    if listed is None:
        return {}
    return {
        (one.entity_id, statement_id(one.entity_id, claim)): claim
        for one in described(source, listed)
        for claim in one.claims
    }
