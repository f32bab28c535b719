"""Asking an index: by name through the engine, by number exactly. The same question on the same ground gives the same answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from comity import __version__
from comity.matching import keeping
from comity.matching.engine import Match
from comity.matching.evidence import Effect, Evidence, evidence
from comity.matching.names import Kind
from comity.matching.scoring import probability
from comity.model import identifiers
from comity.register.model.naming import Named
from comity.screening.model.answer import Cleared, Matched, Result, Setting
from comity.screening.model.question import may_be
from comity.screening.service.indexing import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.screening.model.answer import Answer
    from comity.screening.model.question import Profile, Question
    from comity.screening.service.indexing import Opened

DECIMALS: Final = 6
"""Of a probability in an answer."""

NUMBER_CHARS_MIN: Final = 4
"""A shorter text is no number that anybody issues."""

CODE: Final = "swiftBic"
"""The one kind of number that may have no digit in it."""

LABELS: Final = {
    "imoNumber": "IMO number", "leiCode": "LEI", "swiftBic": "BIC", "innCode": "INN", "ogrnCode": "OGRN", "isinCode": "ISIN",
    "publicKey": "wallet address", "mmsi": "MMSI", "registrationNumber": "registration number", "taxNumber": "tax number",
    "passportNumber": "passport number", "idNumber": "identity number", "unscId": "UN reference", "ofsiGroupId": "OFSI group",
    "ofacUid": "OFAC number",
}  # fmt: skip
"""What a kind of number is called in a sentence."""


class _Found(NamedTuple):
    """Somebody who may be meant, and why."""

    entry: Named
    probability: float
    match: Match | None
    numbers: tuple[Evidence, ...]


class Asker:
    """Asks one index under one profile."""

    def __init__(self, opened: Opened, profile: Profile) -> None:
        self._opened = opened
        self.setting = Setting(
            ground=opened.ground,
            index=opened.digest,
            layout=keeping.layout(),
            score=opened.score,
            profile=profile,
            version=__version__,
        )
        """Everything that the answers depend on beside their questions."""
        self.digest = self.setting.digest

    def ask(self, question: Question) -> Answer:
        """Return whether anybody is likely enough to be meant, likeliest first; of equals, the lesser lead."""
        profile, editions = self.setting.profile, self.setting.ground.editions
        with self._opened.lock:
            found = _found(self._opened, question, profile.threshold)
            ordered = sorted(found, key=lambda one: (-one.probability, -len(one.numbers), _points(one), one.entry.lead))
            results = tuple(_result(one) for one in ordered[: profile.limit])
        if results:
            return Matched(editions=editions, digest=self.digest, results=results)
        return Cleared(editions=editions, digest=self.digest)


def _points(one: _Found) -> int:
    return -one.match.points if one.match else 0


def _found(opened: Opened, question: Question, threshold: float) -> list[_Found]:
    matches = _by_name(opened, question)
    numbers = _by_number(opened, question)
    found = [_Found(opened.entries[lead], 1.0, matches.get(lead), tuple(said)) for lead, said in numbers.items()]
    for lead, match in matches.items():
        likely = round(probability(match.points), DECIMALS)
        entry = opened.entries[lead]
        if lead not in numbers and likely >= threshold and may_be(question.schema, entry.schema):
            found.append(_Found(entry, likely, match, ()))
    return found


def _by_name(opened: Opened, question: Question) -> dict[str, Match]:
    """Return the best match of each bearer's names, by lead."""
    index = opened.engine.index
    best: dict[str, Match] = {}
    for match in opened.engine.ask(question.text, KINDS.get(question.schema, Kind.ANY)):
        for bearer in index.bearers[match.row.number].tolist():
            best.setdefault(index.ids[bearer], match)
    return best


def _by_number(opened: Opened, question: Question) -> dict[str, list[Evidence]]:
    """Return what numbers of the question are somebody's, by lead."""
    found: dict[str, list[Evidence]] = {}
    for text in dict.fromkeys((question.text, *question.identifiers)):
        for property_, value, entry in _equal(opened, text):
            said = f"the {LABELS.get(property_, property_)} {value} is the same"
            one = Evidence(kind="identifier", query=text, listed=value, effect=Effect.FOR, text=said)
            found.setdefault(entry.lead, []).append(one)
    return found


def _equal(opened: Opened, text: str) -> Iterator[tuple[str, str, Named]]:
    """Yield every listed number that a text is, each compared in the normal form of its own kind."""
    bare = identifiers.bare(text)
    if len(bare) < NUMBER_CHARS_MIN:
        return
    has_digit = any(char.isdigit() for char in bare)
    for form in dict.fromkeys((bare, bare.removeprefix("IMO"))):
        for property_, value, entry in opened.numbers.get(form, ()):
            is_equal = identifiers.check(property_, text).value == value
            if is_equal and (has_digit or property_ == CODE):
                yield property_, value, entry


def _result(one: _Found) -> Result:
    by_name = evidence(one.match) if one.match else ()
    return Result(
        id=one.entry.id,
        caption=one.entry.caption,
        schema=one.entry.schema,
        probability=one.probability,
        evidence=(*one.numbers, *by_name),
        references=one.entry.references,
    )
