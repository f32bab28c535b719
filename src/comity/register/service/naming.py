"""Everybody in force on a day, by all names and numbers: by what is known now, or by what was known at an instant."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.lists import service as lists
from comity.lists.model import Status
from comity.model import designation as d
from comity.model import identifiers
from comity.model.claim import Claim
from comity.model.designation import State
from comity.model.entity import COUNTRY_PROPERTIES, NAME_PROPERTIES
from comity.model.identifiers import ISSUED_BY_COUNTRY, TYPED
from comity.register.model import profile
from comity.register.model.naming import IN_FORCE, Named, Said
from comity.register.service import following, resolving
from comity.register.store import naming
from comity.register.store.naming import Told, learned

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from comity.infra.work import Work
    from comity.lists.model import Edition
    from comity.lists.service import Desk

BATCH: Final = 2_000
"""Entries that are recalled at a time; memory stays in proportion to this."""

WALLET, HOLDER, ADDRESS = "CryptoWallet", "holder", "publicKey"
WEAK: Final = "weakAlias"
FACTS: Final = frozenset(
    {
        *COUNTRY_PROPERTIES, "birthDate", "gender", "title", "address", "incorporationDate", "buildDate", "type", "tonnage",
        "grossRegisteredTonnage", "deadweightTonnage",
    }
)  # fmt: skip
ASKED: Final = frozenset({*NAME_PROPERTIES, *TYPED, *FACTS, d.PROGRAMME, HOLDER})
"""Properties that are read: names, numbers, facts, and what tells which edition describes an entry."""


class _Entry(NamedTuple):
    """One entry in force, by what describes it on the day."""

    id: str
    cluster: str
    is_listed: bool
    schema: str
    caption: str
    said: tuple[Claim, ...]
    """Its names, numbers and facts as they hold on the day."""
    regime: str
    reference: str


def names_in_force(work: Work, desk: Desk, as_of: date, known_at: datetime | None = None) -> Iterator[Named]:
    """Yield everybody who is in force on a day, those that are joined as one, in order of lead.

    Without `known_at` this is one stream over the register. With it everything is worked out again as it was known then,
    which takes longer; for an instant since which nothing was learned it gives the same.
    """
    accepted = _accepted(work, known_at)
    told = naming.every(work, ASKED) if known_at is None else _recalled(work, desk, known_at)
    entries: list[_Entry] = []
    wallets: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for one in told:
        if one.schema == WALLET:
            for holder, address in _held(one, accepted[one.source], as_of):
                wallets[holder].add((ADDRESS, address))
        elif one.card.state(as_of) in IN_FORCE:
            entries.append(_entry(one, accepted[one.source], as_of, desk.source(one.source).issuer.code))
    yield from sorted(_joined(work, entries, wallets, known_at), key=lambda one: one.lead)


def _accepted(work: Work, known_at: datetime | None) -> Mapping[str, list[Edition]]:
    found: dict[str, list[Edition]] = defaultdict(list)
    for one in lists.editions(work, statuses=[Status.ACCEPTED]):
        if known_at is None or (one.decided_at is not None and one.decided_at <= known_at):
            found[one.source].append(one)
    return {source: sorted(editions, key=lambda one: one.key) for source, editions in found.items()}


def _recalled(work: Work, desk: Desk, known_at: datetime) -> Iterator[Told]:
    ids = naming.ids(work)
    for start in range(0, len(ids), BATCH):
        for one, own in following.recall_told(work, desk, ids[start : start + BATCH], known_at):
            yield Told(one.id, "", one.source, one.reference, one.schema, one.card, own)


def _entry(one: Told, editions: Sequence[Edition], as_of: date, regime: str) -> _Entry:
    own = [said for said in one.own if said.claim.property in ASKED]
    key = profile.describing_key(own, editions, as_of)
    return _Entry(
        id=one.id,
        cluster=one.cluster,
        is_listed=one.card.state(as_of) is State.LISTED,
        schema=one.schema,
        caption=one.card.caption,
        said=tuple(said.claim for said in own if said.holds(key) and not said.claim.about),
        regime=regime,
        reference=f"{one.source}:{one.reference}",
    )


def _held(one: Told, editions: Sequence[Edition], as_of: date) -> Iterator[tuple[str, str]]:
    """Yield (holder, address) of a wallet as it is described on a day."""
    own = [said for said in one.own if said.claim.property in ASKED]
    key = profile.describing_key(own, editions, as_of)
    now = [said.claim for said in own if said.holds(key)]
    addresses = [identifiers.check(ADDRESS, claim.value).value for claim in now if claim.property == ADDRESS]
    yield from ((claim.value, address) for claim in now if claim.property == HOLDER for address in addresses)


def _joined(
    work: Work, entries: Sequence[_Entry], wallets: Mapping[str, set[tuple[str, str]]], known_at: datetime | None
) -> Iterator[Named]:
    if known_at is None:
        cluster_of = {one.id: one.cluster for one in entries}
    else:
        groups = resolving.joined_at(work, [one.id for one in entries], known_at)
        cluster_of = {id_: shown for shown, group in groups.items() for id_ in group}
    clusters: dict[str, list[_Entry]] = defaultdict(list)
    for one in entries:
        clusters[cluster_of[one.id]].append(one)
    for cluster, of in clusters.items():
        of.sort(key=lambda one: (not one.is_listed, one.id))
        yield _named(cluster, of, {(one.regime, wallet) for one in of for wallet in wallets.get(one.id, ())})


def _named(cluster: str, of: Sequence[_Entry], wallets: Collection[tuple[str, tuple[str, str]]]) -> Named:
    regimes: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    strong: set[str] = set()
    for entry in of:
        for claim in entry.said:
            regimes[_key(claim)].add(entry.regime)
            if claim.property in NAME_PROPERTIES and claim.property != WEAK:
                strong.add(claim.value)
    for regime, (property_, address) in wallets:
        regimes[property_, address, ""].add(regime)
    said = sorted(Said(*key, tuple(sorted(held))) for key, held in regimes.items())
    return Named(
        lead=min(one.id for one in of),
        id=cluster,
        schema=of[0].schema,
        caption=of[0].caption,
        names=tuple(sorted({one.value for one in said if one.property in NAME_PROPERTIES})),
        weak=tuple(one for one in said if one.property == WEAK and one.value not in strong),
        identifiers=tuple(one for one in said if one.property in TYPED),
        facts=tuple(one for one in said if one.property in FACTS),
        references=tuple(sorted(one.reference for one in of)),
    )


def _key(claim: Claim) -> tuple[str, str, str]:
    """Return (property, normal form, issuing country) of what a claim says."""
    if claim.property not in TYPED:
        return claim.property, claim.value, ""
    issuer = claim.detail.get("country", "") if claim.property in ISSUED_BY_COUNTRY else ""
    return claim.property, identifiers.check(claim.property, claim.value).value, issuer


__all__ = ["learned", "names_in_force"]
