"""Matching by example: what a client sends, what of it is asked, and what it is told."""

from __future__ import annotations

from typing import Annotated, Any, Final, NamedTuple

import msgspec

from comity.matching.evidence import Effect, Evidence
from comity.opensanctions.model.entities import Entity, Total
from comity.opensanctions.model.failures import AlgorithmUnknown
from comity.screening.model.odds import Odds
from comity.screening.model.profile import THRESHOLD_DEFAULT

BATCH_MAX: Final = 100
"""Queries in one request."""
RESULTS_DEFAULT: Final = 5
RESULTS_MAX: Final = 500
"""Results that a client may ask for to one query; an answer of screening has `MATCHES_MAX` at most."""
EXCLUDED_MAX: Final = 50
"""Entities that a client may exclude."""
VALUES_MAX: Final = 100
"""Values of one property of an example."""

POINTS: Final = 1_000
"""Of a natural logarithm of odds."""

ALGORITHM: Final = "comity"
ALIASES: Final = (
    "best", "logic-v2", "logic-v1", "name-based", "name-qualified", "regression-v1", "regression-v2",
)  # fmt: skip
"""Names of other algorithms that clients ask for; all of them are answered by ours, whose scores mean more."""

KINDS: Final = {
    "same_word": ("A word of one name is the same in the other.", 1.0),
    "spelling": ("Two words are ways to write one name.", 1.0),
    "variant": ("A word is a known variant of the other.", 1.0),
    "nickname": ("A word is used for the other.", 1.0),
    "slip": ("Two words differ by one or two letters.", 1.0),
    "sound": ("Two words have the same consonants.", 1.0),
    "other_script": ("A word is the other in another script.", 1.0),
    "translation": ("A word means what the other means.", 1.0),
    "initial": ("One word is the initial of the other.", 1.0),
    "spacing": ("The same letters, with other spaces.", 1.0),
    "identifier": ("A number is the same.", 1.0),
    "missing": ("A word of one name is missing in the other.", 0.0),
    "legal_form": ("Legal forms agree or differ.", 0.0),
    "number": ("Numerals in names agree or differ.", 0.0),
    "contradiction": ("A word stands where the other name has another.", -1.0),
    "name": ("All that the two names say together.", 1.0),
    "weak_alias": ("The name is one that its own publisher calls weak.", -1.0),
    "birth_date": ("Birth dates agree or contradict.", 1.0),
    "country": ("Countries agree or contradict.", 1.0),
    "gender": ("Genders agree or contradict.", 1.0),
    "address": ("Addresses agree in whole or in part.", 1.0),
    "incorporated": ("Dates of incorporation agree or contradict.", 1.0),
    "built": ("Build dates agree or contradict.", 1.0),
    "vessel_type": ("Types of vessel agree or differ.", 1.0),
    "tonnage": ("Tonnages agree or differ.", 1.0),
}
"""What can be observed of two descriptions, and which way it usually speaks; each observation says its own way itself."""
SIGNS: Final = {Effect.FOR: 1.0, Effect.AGAINST: -1.0, Effect.NEUTRAL: 0.0}

Values = Annotated[tuple[Any, ...], msgspec.Meta(max_length=VALUES_MAX)]


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """Who or what a client asks about."""

    schema: str
    properties: dict[str, str | Values]
    id: str | None = None


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """What a client asks in one request."""

    queries: dict[str, Example]
    """By a key of the client's own."""
    weights: dict[str, float] = {}
    config: dict[str, Any] = {}


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What of the answers a client wants to see."""

    limit: int = RESULTS_DEFAULT
    threshold: float = THRESHOLD_DEFAULT
    """From which probability on a result is marked as a match."""
    cutoff: float | None = None
    """From which probability on it is shown at all; none: from the threshold on, and never above it."""
    exclude_schema: tuple[str, ...] = ()
    exclude_entity_ids: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    changed_since: str = ""

    @property
    def looks_closer(self) -> bool:
        """Whether every candidate must be looked up to say whether it is wanted."""
        return bool(self.topics or self.changed_since)

    @property
    def least(self) -> float:
        """The probability from which on results are shown."""
        return self.threshold if self.cutoff is None else min(self.cutoff, self.threshold)


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """One observation about a result."""

    score: float
    """Which way it speaks: 1 for, -1 against, 0 neither."""
    detail: str
    query: str
    candidate: str


class Scored(Entity, frozen=True, kw_only=True):
    """An entity that may be meant."""

    score: float
    """The probability that it is."""
    match: bool
    explanations: dict[str, Explanation]
    features: dict[str, float]
    """What each kind of evidence adds to the natural logarithm of the odds."""


class Matches(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one query."""

    status: int = 200
    """422 where nothing of it could be asked."""
    results: tuple[Scored, ...]
    total: Total
    query: dict[str, Any]
    """What was understood of the example."""
    screenings: tuple[str, ...] = ()
    """Under which ids the answers are kept: `/v1/screenings/{id}`."""
    detail: str = ""


class Feature(msgspec.Struct, frozen=True, kw_only=True):
    """What one kind of observation means."""

    description: str
    coefficient: float
    url: str = ""


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """The answers to a batch."""

    responses: dict[str, Matches]
    matcher: dict[str, Feature]
    limit: int
    editions: tuple[str, ...]
    """The editions that every answer rests on."""


class Documented(msgspec.Struct, frozen=True, kw_only=True):
    """How an algorithm is described."""

    name: str
    description: str
    config: dict[str, Any]
    features: dict[str, Feature]


class Algorithm(msgspec.Struct, frozen=True, kw_only=True):
    """A name under which matching can be asked for."""

    name: str
    description: str
    features: dict[str, Feature]
    docs: Documented


class Algorithms(msgspec.Struct, frozen=True, kw_only=True):
    """Every name that is taken."""

    algorithms: tuple[Algorithm, ...]
    default: str
    best: str


class Likely(NamedTuple):
    """Somebody who may be meant, before it is looked up what the lists say of them."""

    id: str
    schema: str
    probability: float
    odds: Odds
    evidence: tuple[Evidence, ...]
    references: tuple[str, ...]


def check_algorithm(name: str) -> None:
    """Refuse a name that nobody knows. Raises `AlgorithmUnknown`."""
    if name.strip().lower() not in {ALGORITHM, *ALIASES}:
        raise AlgorithmUnknown(f"There is no such algorithm. The names are: {', '.join((ALGORITHM, *ALIASES))}.")


def features() -> dict[str, Feature]:
    """Return what each kind of observation means."""
    return {kind: Feature(description=text, coefficient=sign) for kind, (text, sign) in KINDS.items()}


def algorithms() -> Algorithms:
    """Return every name that is taken, with what stands behind it."""
    ours = "The probability that the entry is meant, fitted on labelled pairs, with its evidence word by word."
    described = {ALGORITHM: ours} | dict.fromkeys(ALIASES, f"Another name of {ALGORITHM}. {ours}")
    return Algorithms(
        algorithms=tuple(
            Algorithm(
                name=name,
                description=text,
                features=features(),
                docs=Documented(name=name, description=text, config={}, features=features()),
            )
            for name, text in described.items()
        ),
        default=ALGORITHM,
        best=ALGORITHM,
    )


def explanations(evidence: tuple[Evidence, ...]) -> dict[str, Explanation]:
    """Return the observations by kind; a second one of a kind is numbered."""
    found: dict[str, Explanation] = {}
    for one in evidence:
        of_kind = sum(key.partition("#")[0] == one.kind for key in found)
        key = f"{one.kind}#{of_kind + 1}" if of_kind else one.kind
        found[key] = Explanation(score=SIGNS[one.effect], detail=one.text, query=one.query, candidate=one.listed)
    return found
