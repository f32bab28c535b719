"""The verdict on one payment: what was screened, what was found and where, and what was seen without an alert, with the reason."""

from __future__ import annotations

from enum import Enum

import msgspec

from comity.filtering.model.enquiry import Way
from comity.filtering.model.wording import Reason
from comity.kit import json
from comity.matching.evidence import Evidence
from comity.screening.model.answer import Result, Setting
from comity.screening.model.odds import Odds


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where in the message something stands."""

    place: str
    """The field, as the reader of the message names it: `FIToFICstmrCdtTrf/CdtTrfTxInf[1]/Cdtr/Nm`, `:59:2`."""
    start: int
    """In characters of the field's text."""
    end: int


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """Who or what may be meant: somebody on the lists, or a territory."""

    id: str
    caption: str
    schema: str
    """Of FollowTheMoney; `Territory` for a territory."""
    references: tuple[str, ...]
    """`list:reference` of every designation in force; of a territory its provisions."""


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A text of a payment that may mean somebody or something listed."""

    way: Way
    role: str
    """Of whom the text speaks: a `Role` of the message; empty if of nobody."""
    standing: tuple[Standing, ...]
    text: str
    """What stands there."""
    listed: Listed
    probability: float
    """That it is meant; 1 for a territory that is named."""
    odds: Odds | None
    """What makes the probability; None for a territory, which is named or not."""
    evidence: tuple[Evidence, ...]

    def result(self) -> Result | None:
        """Return it as screening says it; None for a territory."""
        if self.odds is None:
            return None
        return Result(
            id=self.listed.id,
            caption=self.listed.caption,
            schema=self.listed.schema,
            probability=self.probability,
            odds=self.odds,
            evidence=self.evidence,
            references=self.listed.references,
        )


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What would be a hit, and raises no alert."""

    hit: Hit
    reason: Reason


class Conclusion(Enum):
    """What screening alone concludes."""

    PASSED = "passed"
    STOPPED = "stopped"


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one payment."""

    conclusion: Conclusion
    editions: tuple[str, ...]
    digest: str
    """Of everything that the verdict depends on beside the payment."""
    fields: int
    """Texts of the message that were asked about."""
    evidence_fields: int
    """Texts that are kept as evidence and are never a question: streets, references, birth dates."""
    hits: tuple[Hit, ...]
    """The likeliest first."""
    seen: tuple[Seen, ...]


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that verdicts depend on beside the payments."""

    screening: Setting
    reading: str
    """The digest of the words, the territories and the code by which payments are read."""

    @property
    def digest(self) -> str:
        """The SHA-256 of the canonical JSON, in lower-case hexadecimal."""
        return json.digest(self)


def verdict_bytes(verdict: Verdict) -> bytes:
    """Return a verdict's canonical JSON (RFC 8785): what is kept, and what a replay reproduces."""
    if not verdict.hits and not verdict.seen:  # without fractions, sorted JSON is canonical, and sixty times as quick
        return msgspec.json.encode(verdict, order="sorted")
    return json.canonical(verdict)


def read_verdict(raw: bytes) -> Verdict:
    """Return the verdict that some bytes hold."""
    return msgspec.json.decode(raw, type=Verdict)
