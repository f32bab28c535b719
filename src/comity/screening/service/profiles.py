"""Profiles: those that are shipped, the node's own versions of them, and which one is in force."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

from comity.infra import database
from comity.screening.model.failures import (
    BacktestWanted,
    FourEyesWanted,
    ProfileDecided,
    ProfileSame,
    ProfileUnfit,
    ProfileUnknown,
)
from comity.screening.model.release import NOTE_CHARS_MAX, State, Version, read
from comity.screening.store import profiles as store
from comity.screening.store.profiles import RELEASED, WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from comity.infra.work import Work
    from comity.screening.model.profile import Profile
    from comity.screening.model.release import Trials
    from comity.screening.service.place import Place

SHIPPED = ("payment", "customer", "licence")


@cache
def shipped() -> Mapping[str, Profile]:
    """Return the profiles that this version ships, by id."""
    folder = files("comity.screening") / "profiles"
    return {id_: read((folder / f"{id_}.toml").read_text(encoding="utf-8")) for id_ in SHIPPED}


@cache
def _shipped_digest(id_: str) -> str:
    return shipped()[id_].digest


def versions(work: Work, id_: str = "") -> list[Version]:
    """Return every version of one profile, or of all: by id, the latest first."""
    wanted = [id_] if id_ else sorted({*shipped(), *(row.profile.id for row in store.every(work))})
    return [one for each in wanted for one in _versions(work, each)]


def profile(work: Work, name: str) -> Profile:
    """Return the profile that a name means: the version in force, or one version (`customer 12`). Raises `ProfileUnknown`."""
    return version(work, name).profile


def version(work: Work, name: str) -> Version:
    """Return the version that a name means: of an id that in force, or one version (`customer 12`). Raises `ProfileUnknown`."""
    id_, _, number = name.replace("@", " ").strip().partition(" ")
    found = _versions(work, id_)
    if number:
        found = [one for one in found if str(one.profile.version) == number.strip()]
    else:
        found = [one for one in found if one.state in {State.IN_FORCE, State.SHIPPED}]
    if not found:
        raise ProfileUnknown("There is no such profile in force. See: comity profiles list")
    return found[0]


def propose(work: Work, wanted: Profile, note: str) -> Version:
    """Propose another version of a profile, or a new profile; it holds when somebody else has released it.

    Raises `ProfileUnfit`, and `ProfileSame` where it says what the version in force says.
    """
    database.alone(work.connection, "screening.profiles")
    if not note.strip() or len(note) > NOTE_CHARS_MAX:
        raise ProfileUnfit(f"note: say why, in {NOTE_CHARS_MAX:,} characters at most.")
    before = _versions(work, wanted.id)
    holding = [one.profile for one in before if one.state in {State.IN_FORCE, State.SHIPPED}]
    if any(msgspec.structs.replace(one, version=0) == msgspec.structs.replace(wanted, version=0) for one in holding):
        raise ProfileSame("The version in force says the same.")
    number = max((one.profile.version for one in before), default=0) + 1
    made = msgspec.structs.replace(wanted, version=number)
    store.add(work, made, note.strip())
    work.record("screening.profile_proposed", profile=made.id, version=number, digest=made.digest)
    return version(work, made.name)


def trials(work: Work, place: Place, name: str) -> Trials:
    """Return on how many decisions a version can be tried, and what came of its trials. Raises `ProfileUnknown`."""
    return place.deciders.tried(work, profile(work, name))


def release(work: Work, place: Place, name: str, backtest: str = "") -> Version:
    """Put a proposed version into force, in the place of the one before.

    `backtest` is the digest of what it was tried on. Raises `ProfileUnknown`, `ProfileDecided`, `FourEyesWanted` where whoever
    proposed it releases it, and `BacktestWanted` where people have decided under the profile and no trial of this version is named.
    """
    database.alone(work.connection, "screening.profiles")
    wanted = _open(work, name)
    if wanted.proposed_by == work.actor.id:
        raise FourEyesWanted("A version is released by somebody else than the person who proposed it.")
    later = [one for one in _versions(work, wanted.profile.id) if one.profile.version > wanted.profile.version]
    if any(one.state is State.IN_FORCE for one in later):
        raise ProfileDecided("A later version is in force already. Propose this one anew.")
    known = place.deciders.tried(work, wanted.profile)
    if known.decisions and backtest not in {one.digest for one in known.tried}:
        raise BacktestWanted(
            "People have decided under this profile. Try the version on what they decided, and name the digest of the result."
        )
    return _decided(work, wanted, RELEASED, backtest)


def withdraw(work: Work, name: str) -> Version:
    """Take a proposal back; what is in force is replaced, never withdrawn. Raises `ProfileUnknown`, `ProfileDecided`."""
    database.alone(work.connection, "screening.profiles")
    return _decided(work, _open(work, name), WITHDRAWN, "")


def _open(work: Work, name: str) -> Version:
    found = version(work, name)
    if found.state is not State.PROPOSED:
        raise ProfileDecided(
            "Only a proposed version can be released or withdrawn; name it with its number: customer 12"
        )
    return found


def _decided(work: Work, one: Version, decision: str, backtest: str) -> Version:
    made = one.profile
    store.decide(work, made, decision, backtest)
    work.record(
        f"screening.profile_{decision}", profile=made.id, version=made.version, digest=made.digest, backtest=backtest
    )
    return version(work, made.name)


def _versions(work: Work, id_: str) -> list[Version]:
    rows = list(store.every(work, id_))
    released = [row.profile.version for row in rows if row.decision == RELEASED]
    found = [_version(row, max(released, default=0)) for row in rows]
    if id_ in shipped():
        state = State.SUPERSEDED if released else State.SHIPPED
        found.insert(0, Version(profile=shipped()[id_], state=state, digest=_shipped_digest(id_)))
    return found[::-1]


def _version(row: store.Row, in_force: int) -> Version:
    state = State.PROPOSED
    if row.decision == WITHDRAWN:
        state = State.WITHDRAWN
    elif row.decision == RELEASED:
        state = State.IN_FORCE if row.profile.version == in_force else State.SUPERSEDED
    return Version(
        profile=row.profile,
        state=state,
        digest=row.digest,
        proposed_by=row.by,
        proposed_at=row.at,
        note=row.note,
        decided_by=row.decided_by or "",
        decided_at=row.decided_at,
        backtest=row.backtest or "",
    )


def in_force(work: Work) -> Sequence[Profile]:
    """Return every profile in force, by id."""
    return [one.profile for one in versions(work) if one.state in {State.IN_FORCE, State.SHIPPED}]
