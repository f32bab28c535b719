"""What is answered: cleared or matched, always against named editions, in bytes that can be reproduced."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeAlias

import msgspec

from comity.kit import json
from comity.matching.evidence import Evidence
from comity.screening.model.failures import GroundAbsent
from comity.screening.model.odds import Odds
from comity.screening.model.profile import Profile
from comity.screening.model.question import Asked, Batch


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """What an index of the register was made from: the same ground gives the same index, now and in ten years."""

    editions: tuple[str, ...]
    """The edition in force of every list, in order of id."""
    as_of: date
    """The day of the law."""
    known_at: datetime
    """When the last was learned of what was known."""
    told: int
    """How much people and rules had told the register beside the lists."""

    def __post_init__(self) -> None:
        """Refuse to answer out of nothing. Raises `GroundAbsent`."""
        if not self.editions:
            raise GroundAbsent("No edition of any list is in force on this node. Load one first: comity lists update")


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that an answer depends on beside the question; its digest stands in the answer."""

    ground: Ground
    index: str
    """The digest of the index."""
    layout: str
    """The digest of the code and tables by which names are compared."""
    score: str
    """The digest of the table by which names are scored."""
    profile: Profile
    version: str
    """Of this software."""

    @property
    def digest(self) -> str:
        """The SHA-256 of the setting's canonical JSON, in lower-case hexadecimal."""
        return json.digest(self)


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody or something on the lists that the question may mean."""

    id: str
    """Under which `comity show` shows it."""
    caption: str
    schema: str
    probability: float
    """That it is meant, at the prior at which the score was fitted; six decimals."""
    odds: Odds
    """What makes the probability, in whole points that sum to it."""
    evidence: tuple[Evidence, ...]
    references: tuple[str, ...]
    """`list:reference` of every designation in force; the reference is the publisher's own."""


class Cleared(msgspec.Struct, frozen=True, kw_only=True, tag_field="outcome", tag="cleared"):
    """Nobody in force on these editions is likely enough to be meant."""

    editions: tuple[str, ...]
    digest: str
    results: tuple[()] = ()

    def __post_init__(self) -> None:
        """Nobody is cleared without saying against what. Raises `GroundAbsent`."""
        _grounded(self.editions)


class Matched(msgspec.Struct, frozen=True, kw_only=True, tag_field="outcome", tag="matched"):
    """Somebody is likely enough to be meant."""

    editions: tuple[str, ...]
    digest: str
    results: tuple[Result, ...]
    """The likeliest first."""

    def __post_init__(self) -> None:
        """Refuse a match without results. Raises `GroundAbsent`."""
        _grounded(self.editions)
        assert self.results, "a match has results"


class Screened(msgspec.Struct, frozen=True, kw_only=True, tag_field="outcome", tag="screened"):
    """A file of names was screened, row by row."""

    editions: tuple[str, ...]
    digest: str
    rows: int
    matched: int
    """Rows that have a match."""
    matches: int
    """Of all rows together."""
    sha256: str
    """Of the answer file."""

    def __post_init__(self) -> None:
        """No file is cleared without saying against what. Raises `GroundAbsent`."""
        _grounded(self.editions)


Answer: TypeAlias = Cleared | Matched
AnyAnswer: TypeAlias = Cleared | Matched | Screened


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was screened, before it is stored that it was."""

    batch: Batch
    answer: Screened
    setting: Setting


class Screening(msgspec.Struct, frozen=True, kw_only=True):
    """One act of screening, as it is stored."""

    id: str
    at: datetime
    actor: str
    asked: Asked
    answer: AnyAnswer


def answer_bytes(answer: AnyAnswer) -> bytes:
    """Return an answer's canonical JSON (RFC 8785): what is stored, and what a replay reproduces."""
    return json.canonical(answer)


def read_answer(raw: bytes) -> AnyAnswer:
    """Return the answer that some bytes hold."""
    return msgspec.json.decode(raw, type=AnyAnswer)  # type: ignore[no-any-return]


def _grounded(editions: tuple[str, ...]) -> None:
    if not editions:
        raise GroundAbsent("Nobody is cleared without saying against which editions.")
