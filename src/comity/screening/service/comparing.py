"""Comparing what is known of the bearer of a name with what the lists say: the best listed value decides, and is told with source.

Only somebody whose name or number was hit is compared. What one side does not know is worth nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from comity.matching import facts
from comity.matching.evidence import Effect, Evidence
from comity.model import identifiers
from comity.model.dates import DateMalformed, PartialDate
from comity.model.entity import COUNTRY_PROPERTIES
from comity.model.identifiers import ISSUED_BY_COUNTRY, TYPED
from comity.register.model.naming import Said
from comity.screening.model import saying
from comity.screening.model.question import Number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from comity.matching.facts import Table
    from comity.register.model.naming import Named
    from comity.screening.model.question import Question

DATES: Final = {"birth_date": "birthDate", "incorporated": "incorporationDate", "built": "buildDate"}
"""Where the lists have each kind of date."""
TONNAGES: Final = frozenset({"tonnage", "grossRegisteredTonnage", "deadweightTonnage"})


class Compared(NamedTuple):
    """One fact that both sides know, and what came out."""

    fact: str
    query: str
    listed: Said
    outcome: str
    points: int

    @property
    def evidence(self) -> Evidence:
        """What came out, as a sentence."""
        effect = Effect.FOR if self.points > 0 else Effect.AGAINST if self.points < 0 else Effect.NEUTRAL
        text = saying.of_fact(self.fact, self.query, self.listed, self.outcome)
        return Evidence(kind=self.fact, query=self.query, listed=self.listed.value, effect=effect, text=text)


def compare(question: Question, named: Named, asked: Iterable[str], table: Table) -> tuple[Compared, ...]:
    """Return what comes of comparing some facts, in the order in which they are named; those that a side lacks are left out."""
    made = (FACTS[fact](question, named, table) for fact in asked if fact in FACTS)
    return tuple(one for one in made if one is not None)


def knows(question: Question) -> bool:
    """Whether anything beside a name or number is known that could be compared."""
    return any(getattr(question, field) for field in ASKED.values())


def most(question: Question, asked: Iterable[str], table: Table) -> int:
    """Return the most that some facts can say for anybody, of those that the question knows."""
    known = (fact for fact in asked if fact in ASKED and getattr(question, ASKED[fact]))
    return sum(max([0, *table.points.get(fact, {}).values()]) for fact in known)


ASKED: Final = {
    "birth_date": "birth_dates", "country": "countries", "identifier": "identifiers", "gender": "gender", "address": "addresses",
    "incorporated": "incorporated", "built": "built", "vessel_type": "vessel_type", "tonnage": "tonnage",
}  # fmt: skip
"""Where a question has each fact."""


def _best(
    fact: str, table: Table, pairs: Iterable[tuple[str, Said]], outcome: Callable[[str, Said], str]
) -> Compared | None:
    """Return the comparison that speaks most for the two being one; of equals the first in the order of text."""
    made = [
        Compared(fact, query, said, out, facts.points(table, fact, out))
        for query, said in pairs
        if (out := outcome(query, said))
    ]
    return min(made, key=lambda one: (-one.points, one.outcome, one.query, one.listed), default=None)


def _date(fact: str) -> Callable[[Question, Named, Table], Compared | None]:
    def compared(question: Question, named: Named, table: Table) -> Compared | None:
        stated = question.birth_dates if fact == "birth_date" else (getattr(question, fact),)
        asked = {text: PartialDate.parse(text) for text in stated if text}
        listed = _said(named, {DATES[fact]}) if asked else []
        pairs = ((text, said) for text in asked for said in listed)
        return _best(fact, table, pairs, lambda text, said: _outcome(asked[text], said.value))

    return compared


def _outcome(asked: PartialDate, listed: str) -> str:
    try:
        return facts.dates(asked, PartialDate.parse(listed))
    except DateMalformed:
        return ""


def _country(question: Question, named: Named, table: Table) -> Compared | None:
    """Compare countries; what is of another kind says something only where nothing of the same kind is listed.

    What another country costs depends on what it is to whoever is asked about: `differs_nationality`, `differs_flag`.
    """
    listed = _said(named, COUNTRY_PROPERTIES)

    def outcome(query: str, said: Said) -> str:
        relation, _, code = query.rpartition(":")
        kind = facts.countries_of(relation, said.property)
        if code != said.value:
            return (
                "differs_unsaid" if not relation else f"differs_{relation}" if kind == "same" else "differs_otherwise"
            )
        return f"{kind}_common" if code in table.common else kind

    pairs = [(query, said) for query in question.countries for said in listed]
    alike = [pair for pair in pairs if outcome(*pair) != "differs_otherwise"]
    return _best("country", table, alike or pairs, outcome)


def _gender(question: Question, named: Named, table: Table) -> Compared | None:
    said = _said(named, {"gender"}) or [one for one in _said(named, {"title"}) if facts.gender_of(one.value)]
    pairs = ((question.gender, one) for one in said if question.gender)

    def outcome(query: str, one: Said) -> str:
        listed = facts.gender_of(one.value) if one.property == "title" else one.value
        return "same" if query == listed else "differs"

    return _best("gender", table, pairs, outcome)


def _address(question: Question, named: Named, table: Table) -> Compared | None:
    listed = _said(named, {"address"}) if question.addresses else []
    pairs = ((query, said) for query in question.addresses for said in listed)
    return _best("address", table, pairs, lambda query, said: facts.addresses(query, said.value))


def _identifier(question: Question, named: Named, table: Table) -> Compared | None:
    """Compare numbers of one type, and one issuing country where countries issue it; equal ones prove, and are found before."""
    made = [found for text in question.identifiers if (found := _other_number(text, named, table))]
    return min(made, key=lambda one: (one.points, one.query, one.listed), default=None)


def _other_number(text: str, named: Named, table: Table) -> Compared | None:
    asked = Number.parse(text)
    if asked.property not in TYPED:
        return None
    same_type = [said for said in named.identifiers if said.property == asked.property]
    if asked.property in ISSUED_BY_COUNTRY:
        same_type = [said for said in same_type if said.country and said.country == asked.country]
    value = identifiers.check(asked.property, asked.value).value
    if not same_type or any(said.value == value for said in same_type):
        return None
    outcome = f"{asked.property}_differs"
    return Compared("identifier", asked.value, same_type[0], outcome, facts.points(table, "identifier", outcome))


def _vessel_type(question: Question, named: Named, table: Table) -> Compared | None:
    pairs = ((question.vessel_type, said) for said in _said(named, {"type"}) if question.vessel_type)
    return _best("vessel_type", table, pairs, lambda query, said: facts.phrases(query, said.value))


def _tonnage(question: Question, named: Named, table: Table) -> Compared | None:
    if not question.tonnage:
        return None
    listed = [said for said in _said(named, TONNAGES) if _tonnes(said.value)]
    pairs = ((question.tonnage, said) for said in listed)
    return _best("tonnage", table, pairs, lambda query, said: facts.tonnages(int(query), _tonnes(said.value)))


def _tonnes(text: str) -> int:
    digits = "".join(char for char in text.partition(".")[0] if char.isdigit())
    return int(digits) if digits else 0


def _said(named: Named, properties: Iterable[str]) -> list[Said]:
    wanted = frozenset(properties)
    return [said for said in named.facts if said.property in wanted]


def _each() -> Iterator[tuple[str, Callable[[Question, Named, Table], Compared | None]]]:
    yield from ((fact, _date(fact)) for fact in DATES)
    yield from (("country", _country), ("gender", _gender), ("address", _address), ("identifier", _identifier))
    yield from (("vessel_type", _vessel_type), ("tonnage", _tonnage))


FACTS: Final = dict(_each())
"""How each fact is compared."""
