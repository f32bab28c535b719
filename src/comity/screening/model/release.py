"""Versions of profiles: proposed by one person, released by another, never changed."""

from __future__ import annotations

import re
import tomllib
from datetime import datetime
from enum import Enum
from typing import Any, Final

import msgspec

from comity.screening.model.failures import ProfileUnfit
from comity.screening.model.profile import Profile

ID: Final = re.compile(r"[a-z][a-z0-9_-]{0,39}")
FILE_BYTES_MAX: Final = 100_000
"""Of a profile's file."""
TABLES: Final = ("service_levels", "reasons")
NOTE_CHARS_MAX: Final = 4_000
"""Characters of the reason for a proposal or a decision."""


class State(Enum):
    """Where a version of a profile stands."""

    SHIPPED = "shipped"
    """It came with the software, and holds until the node releases its own."""
    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    """A later version was released."""
    WITHDRAWN = "withdrawn"
    """It was never released, and never will be."""


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a profile, and what people did about it."""

    profile: Profile
    state: State
    digest: str
    proposed_by: str = ""
    proposed_at: datetime | None = None
    note: str = ""
    """Why it was proposed."""
    decided_by: str = ""
    """Who released or withdrew it."""
    decided_at: datetime | None = None
    backtest: str = ""
    """The digest of what it was tried on before it was released; empty if nothing was shown."""

    @property
    def name(self) -> str:
        """What people call it: `customer 12`."""
        return self.profile.name


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """What one trial of a version made of what people have decided here, in figures alone."""

    digest: str
    at: datetime
    decisions: int
    true_lost: int
    true_gained: int
    false_avoided: int
    false_added: int
    new: int
    """Pairs that nobody has decided, and that only this version raises."""


class Trials(msgspec.Struct, frozen=True, kw_only=True):
    """On how many decisions a version can be tried, and what came of it. Whoever keeps decisions tells it (`Place`)."""

    decisions: int = 0
    """Decisions that stand, under any version of the profile."""
    tried: tuple[Tried, ...] = ()
    """The trials of this very version, the latest first."""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One field in which two versions differ."""

    field: str
    before: str
    after: str


def read(text: str) -> Profile:
    """Read a profile as a person writes it, in TOML; its version is given when it is proposed. Raises `ProfileUnfit`."""
    try:
        said: dict[str, Any] = tomllib.loads(text)
        if "version" in said:
            raise ProfileUnfit("version: the node numbers versions when they are proposed.")
        profile = msgspec.convert(said, Profile)
    except tomllib.TOMLDecodeError as error:
        raise ProfileUnfit(f"The file is not TOML: {error}.") from error
    except msgspec.ValidationError as error:
        raise ProfileUnfit(f"{error}.") from error
    if not ID.fullmatch(profile.id):
        raise ProfileUnfit("id: a profile is called by small letters, digits, - and _, 40 at most, a letter first.")
    return profile


def differences(before: Profile, after: Profile) -> tuple[Difference, ...]:
    """Return the fields in which two versions differ, in the order of a profile's fields."""
    return tuple(one for one in beside(before, after) if one.before != one.after)


def beside(before: Profile, after: Profile) -> tuple[Difference, ...]:
    """Return every field of two versions, in words, in the order of a profile's fields; the version itself is left out."""
    left, right = _spread(before), _spread(after)
    fields = [name for name in left if name != "version"] + [name for name in right if name not in left]
    return tuple(Difference(field=one, before=left.get(one, ""), after=right.get(one, "")) for one in fields)


def _spread(profile: Profile) -> dict[str, str]:
    """Return a profile's fields in words; what has several parts is a field for each."""
    found: dict[str, str] = {}
    said: dict[str, Any] = msgspec.to_builtins(profile)
    for name, value in said.items():
        if name == "thresholds":
            found |= {f"threshold.{kind}": str(one) for kind, one in sorted(value.items())}
        elif name == "reasons":
            found |= {f"reason.{one['id']}": f"{one['text']} ({', '.join(one['dispositions'])})" for one in value}
        elif name == "service_levels":
            found |= {f"hours.{one['probability']}": str(one["hours"]) for one in value}
        else:
            found[name] = ", ".join(value) if isinstance(value, list | tuple) else str(value)
    return found


def written(profile: Profile) -> str:
    """Return a profile as a person writes it, in TOML; `read` reads it back."""
    said: dict[str, Any] = msgspec.to_builtins(profile)
    plain = {name: value for name, value in said.items() if name not in {"version", "thresholds", *TABLES}}
    lines = [f"{name} = {_toml(value)}" for name, value in plain.items()]
    lines += ["", "[thresholds]", *(f"{name} = {value}" for name, value in said["thresholds"].items())]
    for table in TABLES:
        for one in said[table]:
            lines += ["", f"[[{table}]]", *(f"{name} = {_toml(value)}" for name, value in one.items())]
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    """Return a text, a number or a list of texts; JSON writes these as TOML does."""
    return msgspec.json.encode(value).decode()
